/*
 * voices.c - who could speak: every name, title alone, anaphor (同氏) and speaker noun outside of quotes.
 */
#include "find/quotes.h"

#include <stdlib.h>

/* A body or place glued to a person's name, before the title that the person has there. */
static bool is_body_of(const kiji_case *c, uint32_t last, uint32_t t)
{
    if (last == 0 || c->name_at[last - 1] == KIJI_NONE || c->name_at[t] == KIJI_NONE ||
        kiji_token(c, t)->begin != kiji_token(c, t - 1)->end) {
        return false;
    }
    const uint8_t type = c->names.items[c->name_at[t]].type;
    return c->names.items[c->name_at[last - 1]].type == KIJI_NAME_PERSON &&
           (type == KIJI_NAME_ORGANIZATION || type == KIJI_NAME_PLACE);
}

/* Behind a name or title: honorific, title, brackets, plural; returns the token behind all of it. */
static uint32_t behind_voice(const kiji_case *c, uint32_t last, uint32_t end)
{
    uint32_t t = last;
    for (unsigned n = 0; t < end && n < 8; n++) {
        const kiji_word *word = kiji_token(c, t)->word;
        if (word->pos == KIJI_POS_OPEN) {
            uint32_t close = t;
            while (close < end && close - t < 14 && kiji_token(c, close)->word->pos != KIJI_POS_CLOSE) {
                close++;
            }
            if (close >= end || kiji_token(c, close)->word->pos != KIJI_POS_CLOSE || kiji_str_is(word->surface, "「")) {
                return t;
            }
            t = close + 1;
        } else if (word->pos == KIJI_POS_SUFFIX_PERSON || word->pos == KIJI_POS_SUFFIX ||
                   word->pos == KIJI_POS_SUFFIX_ADVERBIAL || kiji_str_is(word->surface, "ら") ||
                   kiji_str_is(word->surface, "など") || kiji_str_is(word->surface, "側")) {
            t++;
        } else if (word->pos >= KIJI_POS_NOUN_VERBAL && word->pos <= KIJI_POS_NUMBER && c->name_at[t] == KIJI_NONE &&
                   !kiji_str_begins(word->surface, "両")) {
            t++; /* 首相, 報道官, 委員長 …; 日米両政府 are others than 米 */
        } else if (is_body_of(c, last, t)) {
            t = c->names.items[c->name_at[t]].last; /* 河上和雄駿河台大学教授 */
        } else {
            return t;
        }
    }
    return t;
}

/* 篠崎さんに聞いた, 氏に話を聞く. */
static bool is_asked(const kiji_case *c, const kiji_voice *v)
{
    if (!kiji_token_is(c, v->after, "に")) {
        return false;
    }
    for (uint32_t t = v->after + 1; t < v->after + 5 && t < c->words->tokens.count; t++) {
        const kiji_str base = kiji_token(c, t)->word->base;
        if (kiji_str_is(base, "聞く") || kiji_str_is(base, "インタビュー") || kiji_str_is(base, "伺う")) {
            return true;
        }
    }
    return false;
}

static kiji_particle particle_at(const kiji_case *c, uint32_t t)
{
    return kiji_token_is(c, t, "は")   ? KIJI_PARTICLE_WA
           : kiji_token_is(c, t, "が") ? KIJI_PARTICLE_GA
           : kiji_token_is(c, t, "も") ? KIJI_PARTICLE_MO
                                       : KIJI_PARTICLE_OTHER;
}

/* A voice of the words [first, last). */
static kiji_voice of_tokens(const kiji_case *c, uint32_t first, uint32_t last, uint32_t entity, uint8_t type)
{
    return (kiji_voice){.range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end},
                        .first = first,
                        .last = last,
                        .sentence = c->sentence_at[first],
                        .entity = entity,
                        .type = type};
}

static void add_voice(kiji_voices *out, const kiji_case *c, kiji_voice v)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, v.sentence, &begin, &end);
    v.after = behind_voice(c, v.last, end);
    v.particle = (uint8_t)particle_at(c, v.after);
    v.medium = kiji_is_medium(c, v.entity);
    v.asked = is_asked(c, &v);
    v.in_round = v.first > 0 && kiji_token_is(c, v.first - 1, "（");
    v.mark = kiji_hash_at(c, v.after);
    v.mark2 = kiji_hash_at(c, v.after + 1);
    KIJI_PUSH(c->arena, out, v);
}

static int by_begin(const void *x, const void *y)
{
    const kiji_voice *a = x;
    const kiji_voice *b = y;
    if (a->range.begin != b->range.begin) {
        return a->range.begin < b->range.begin ? -1 : 1;
    }
    return (a->type > b->type) - (a->type < b->type);
}

/* Is a token part of a title that somebody has who is named beside it (林芳正官房長官): the name speaks. */
static bool is_in_ones_title(const kiji_case *c, uint32_t token)
{
    const size_t i = KIJI_FIRST_FROM(c->titles, kiji_title, last, token + 1);
    return i < c->titles.count && c->titles.items[i].first <= token && c->titles.items[i].name != KIJI_NONE;
}

/* Whom a noun of one word stands for: a body whose name ends in it, or that was introduced with it. */
static uint32_t meant_by(const kiji_case *c, uint32_t first, uint32_t last)
{
    if (last - first != 1) {
        return KIJI_NONE;
    }
    const kiji_str head = kiji_token(c, first)->word->surface;
    const uint32_t ending = kiji_body_ending_in(c, first, head);
    return ending != KIJI_NONE ? ending : kiji_body_introduced_as(c, first, head);
}

/* 関係者, 国防当局者ら, 匿名の銀行幹部: the noun with its modifiers. */
static void collect_nouns(kiji_voices *out, const kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_SPEAKER || hit->begin < done || !hit->aligned ||
            c->name_at[hit->first] != KIJI_NONE || kiji_in_bracket_quote(c, hit->begin) ||
            is_in_ones_title(c, hit->first)) {
            continue;
        }
        uint32_t begin;
        uint32_t end;
        kiji_sentence_tokens(c, c->sentence_at[hit->first], &begin, &end);
        uint32_t first = c->words->features.run_first[hit->first];
        uint32_t last = hit->last;
        first = first < begin || first > hit->first ? hit->first : first;
        while (last < end && kiji_token(c, last)->begin == kiji_token(c, last - 1)->end &&
               (kiji_token_is(c, last, "ら") || kiji_token_is(c, last, "たち") || kiji_token_is(c, last, "の一人") ||
                (c->words->features.run_last[hit->last - 1] >= last && c->name_at[last] == KIJI_NONE))) {
            last++;
        }
        add_voice(out, c, of_tokens(c, first, last, meant_by(c, first, last), KIJI_VOICE_NOUN));
        done = kiji_token(c, last - 1)->end;
    }
}

/* Does nothing but 側, ら stand behind a name: no noun of its own. */
static bool is_only_a_tail(const kiji_case *c, uint32_t first, uint32_t last)
{
    return last - first == 1 && (kiji_token_is(c, first, "側") || kiji_token_is(c, first, "ら")) &&
           kiji_token(c, first)->begin == kiji_token(c, first - 1)->end;
}

/* は, が; から, によると; の before 話, 説明, 声. */
static bool may_mark_speaker(const kiji_case *c, uint32_t t)
{
    const kiji_word *mark = kiji_token(c, t)->word;
    if (mark->pos == KIJI_POS_TOPIC || kiji_str_is(mark->surface, "によると") ||
        kiji_str_is(mark->surface, "によれば") ||
        (mark->pos == KIJI_POS_CASE && (kiji_str_is(mark->surface, "が") || kiji_str_is(mark->surface, "から")))) {
        return true;
    }
    return kiji_str_is(mark->surface, "の") && t + 1 < c->words->tokens.count &&
           kiji_token_is_on(c, t + 1, KIJI_LIST_TOLD);
}

static bool may_end_speaker(kiji_pos pos)
{
    return kiji_pos_is_noun(pos) || pos == KIJI_POS_SUFFIX || pos == KIJI_POS_SUFFIX_COUNTER ||
           pos == KIJI_POS_SUFFIX_PERSON;
}

/* 回答者, 検察側, 事務所, 捜査員: nouns whose last character makes a person or body, where they are a subject. */
static void collect_human_nouns(kiji_voices *out, const kiji_case *c)
{
    for (uint32_t t = 1; t < c->words->tokens.count; t++) {
        const kiji_word *head = kiji_token(c, t - 1)->word;
        if (!may_mark_speaker(c, t) || !may_end_speaker((kiji_pos)head->pos) || c->name_at[t - 1] != KIJI_NONE ||
            c->sentence_at[t - 1] != c->sentence_at[t] || kiji_in_bracket_quote(c, kiji_token(c, t)->begin) ||
            !kiji_token_is_on(c, t - 1, KIJI_LIST_HUMAN) || is_in_ones_title(c, t - 1)) {
            continue;
        }
        uint32_t first = c->words->features.run_first[t - 1];
        while (first < t - 1 && c->name_at[first] != KIJI_NONE) {
            first++;
        }
        if (first > 0 && c->name_at[first - 1] != KIJI_NONE && is_only_a_tail(c, first, t)) {
            continue; /* ロシア側は, 木原氏側が: the name itself speaks */
        }
        add_voice(out, c, of_tokens(c, first, t, meant_by(c, first, t), KIJI_VOICE_NOUN));
    }
}

static void collect_anaphors(kiji_voices *out, const kiji_case *c)
{
    for (uint32_t t = 0; t + 1 < c->words->tokens.count; t++) {
        if (!kiji_token_is(c, t, "同") || c->name_at[t] != KIJI_NONE ||
            kiji_in_bracket_quote(c, kiji_token(c, t)->begin) || kiji_token(c, t + 1)->begin != kiji_token(c, t)->end) {
            continue;
        }
        uint32_t last = t + 2; /* 同容疑者 may be three tokens */
        uint32_t entity = kiji_antecedent(c, t, kiji_token(c, t + 1)->word->surface);
        if (last < c->words->tokens.count && kiji_token(c, last)->begin == kiji_token(c, last - 1)->end) {
            const kiji_range two = {kiji_token(c, t + 1)->begin, kiji_token(c, last)->end};
            const uint32_t longer = kiji_antecedent(c, t, kiji_words_of(c, two));
            last += longer != KIJI_NONE;
            entity = longer != KIJI_NONE ? longer : entity;
        }
        if (entity != KIJI_NONE) {
            add_voice(out, c, of_tokens(c, t, last, entity, KIJI_VOICE_ANAPHOR));
        }
    }
}

/* Of voices that overlap, a name comes before a title, a title before an anaphor and a noun; the order is theirs. */
static void drop_overlaps(kiji_voices *voices)
{
    size_t n = 0;
    for (size_t i = 0; i < voices->count; i++) {
        const kiji_voice *v = &voices->items[i];
        kiji_voice *last = n != 0 ? &voices->items[n - 1] : NULL;
        if (last != NULL && v->range.begin < last->range.end) {
            if (v->type == KIJI_VOICE_ANAPHOR && last->type == KIJI_VOICE_NOUN) {
                *last = *v;
            }
            continue;
        }
        voices->items[n++] = *v;
    }
    voices->count = n;
}

void kiji_collect_voices(kiji_voices *out, const kiji_case *c)
{
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_name *n = &c->names.items[i];
        if (n->type != KIJI_NAME_WEAPON && !kiji_in_bracket_quote(c, n->range.begin)) {
            add_voice(out, c,
                      (kiji_voice){.range = n->range,
                                   .first = n->first,
                                   .last = n->last,
                                   .sentence = n->sentence,
                                   .entity = n->entity,
                                   .type = n->type});
        }
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_title *t = &c->titles.items[i];
        if (t->name == KIJI_NONE && !kiji_in_bracket_quote(c, t->range.begin)) {
            add_voice(out, c,
                      (kiji_voice){.range = t->range,
                                   .first = t->first,
                                   .last = t->last,
                                   .sentence = t->sentence,
                                   .entity = t->entity,
                                   .type = KIJI_VOICE_TITLE});
        }
    }
    collect_nouns(out, c);
    collect_anaphors(out, c);
    collect_human_nouns(out, c);
    if (out->count != 0) {
        qsort(out->items, out->count, sizeof *out->items, by_begin);
        drop_overlaps(out);
    }
}
