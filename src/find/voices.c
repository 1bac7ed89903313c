/*
 * voices.c - who could speak: every name, title alone, anaphor (同氏) and speaker noun outside of quotes.
 */
#include "find/quotes.h"

#include <stdlib.h>

/* Behind a name or title: honorific, title, brackets, plural; returns the token behind all of it. */
static uint32_t behind_voice(const kiji_case *c, uint32_t last, uint32_t end)
{
    uint32_t t = last;
    for (unsigned n = 0; t < end && n < 6; n++) {
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
        } else if (word->pos >= KIJI_POS_NOUN_VERBAL && word->pos <= KIJI_POS_NUMBER && c->name_at[t] == KIJI_NONE) {
            t++; /* 首相, 報道官, 委員長 … */
        } else {
            return t;
        }
    }
    return t;
}

static void add_voice(kiji_voices *out, const kiji_case *c, kiji_voice v)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, v.sentence, &begin, &end);
    v.after = behind_voice(c, v.last, end);
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

/* 関係者, 国防当局者ら, 匿名の銀行幹部: the noun with its modifiers. */
static void collect_nouns(kiji_voices *out, const kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_SPEAKER || hit->begin < done || c->name_at[hit->first] != KIJI_NONE ||
            kiji_in_bracket_quote(c, hit->begin)) {
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
        const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, last - 1)->end};
        add_voice(out, c, (kiji_voice){range, first, last, last, c->sentence_at[first], KIJI_NONE, KIJI_VOICE_NOUN});
        done = range.end;
    }
}

/* The entity of an earlier name outside of quotes that `fits`, the nearest first; KIJI_NONE where there is none. */
static uint32_t earlier_entity(const kiji_case *c, uint32_t token, kiji_str head,
                               bool (*fits)(const kiji_case *c, const kiji_name *n, kiji_str head))
{
    enum { MOST = 60 };
    size_t low = 0;
    size_t high = c->names.count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c->names.items[middle].first < token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (unsigned steps = 0; low-- > 0 && steps < MOST; steps++) {
        const kiji_name *n = &c->names.items[low];
        if (!kiji_in_bracket_quote(c, n->range.begin) && fits(c, n, head)) {
            return n->entity;
        }
    }
    return KIJI_NONE;
}

static bool is_person(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)c;
    (void)head;
    return n->type == KIJI_NAME_PERSON;
}

/* 三浦容疑者 for 同容疑者: the head stands right behind the name. */
static bool is_person_with(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    return n->type == KIJI_NAME_PERSON && n->last < c->words->tokens.count &&
           kiji_str_equal(kiji_token(c, n->last)->word->surface, head);
}

static bool is_body(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)c;
    (void)head;
    return n->type == KIJI_NAME_ORGANIZATION;
}

static bool is_company(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)head;
    const kiji_str kind = n->entity != KIJI_NONE ? c->entities.items[n->entity].kind : (kiji_str){"", 0};
    return n->type == KIJI_NAME_ORGANIZATION &&
           (kind.len == 0 || kiji_str_is(kind, "company") || kiji_str_is(kind, "media"));
}

static bool is_medium(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)head;
    return n->type == KIJI_NAME_ORGANIZATION && n->entity != KIJI_NONE &&
           kiji_str_is(c->entities.items[n->entity].kind, "media");
}

/* 防衛省 for 同省, 京都地裁 for 同地裁, 箱根彫刻の森美術館 for 同館: it ends alike, by the entity's fullest name too.
 */
static bool ends_alike(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    if (n->type != KIJI_NAME_ORGANIZATION && n->type != KIJI_NAME_PLACE) {
        return false;
    }
    const kiji_str name = kiji_words_of(c, n->range);
    const kiji_str full = n->entity != KIJI_NONE ? c->entities.items[n->entity].name : name;
    return (name.len > head.len && memcmp(name.ptr + name.len - head.len, head.ptr, head.len) == 0) ||
           (full.len > head.len && memcmp(full.ptr + full.len - head.len, head.ptr, head.len) == 0);
}

/* Does nothing but 側, ら stand behind a name: no noun of its own. */
static bool is_only_a_tail(const kiji_case *c, uint32_t first, uint32_t last)
{
    return last - first == 1 && (kiji_token_is(c, first, "側") || kiji_token_is(c, first, "ら")) &&
           kiji_token(c, first)->begin == kiji_token(c, first - 1)->end;
}

/* 回答者, 検察側, 事務所, 捜査員: nouns whose last character makes a person or body, where they are a subject. */
static void collect_human_nouns(kiji_voices *out, const kiji_case *c)
{
    static const char *const ends[] = {"者", "家", "員", "長", "人", "側", "筋", "団", "官", "士", "局",
                                       "署", "課", "部", "所", "会", "派", "国", "民", "師", "生", "社"};
    for (uint32_t t = 1; t < c->words->tokens.count; t++) {
        const kiji_word *mark = kiji_token(c, t)->word;
        const kiji_word *head = kiji_token(c, t - 1)->word;
        if (!(mark->pos == KIJI_POS_TOPIC || (mark->pos == KIJI_POS_CASE && kiji_str_is(mark->surface, "が"))) ||
            !kiji_pos_is_noun((kiji_pos)head->pos) || c->name_at[t - 1] != KIJI_NONE ||
            c->sentence_at[t - 1] != c->sentence_at[t] || kiji_in_bracket_quote(c, kiji_token(c, t)->begin)) {
            continue;
        }
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            if (kiji_str_ends(head->surface, ends[i])) {
                uint32_t first = c->words->features.run_first[t - 1];
                while (first < t - 1 && c->name_at[first] != KIJI_NONE) {
                    first++;
                }
                if (first > 0 && c->name_at[first - 1] != KIJI_NONE && is_only_a_tail(c, first, t)) {
                    break; /* ロシア側は, 木原氏側が: the name itself speaks */
                }
                const kiji_range range = {kiji_token(c, first)->begin, kiji_token(c, t - 1)->end};
                const uint32_t entity =
                    t - first == 1 ? earlier_entity(c, first, head->surface, ends_alike) : KIJI_NONE;
                add_voice(out, c, (kiji_voice){range, first, t, t, c->sentence_at[first], entity, KIJI_VOICE_NOUN});
                break;
            }
        }
    }
}

static bool is_one_of(kiji_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (kiji_str_is(s, words[i])) {
            return true;
        }
    }
    return false;
}

/* 同氏, 同相, 同容疑者: a person; 同社, 同省, 同紙, 同党: a body. By the head, else the nearest of the type. */
static uint32_t antecedent(const kiji_case *c, uint32_t token, kiji_str head)
{
    static const char *const people[] = {"氏",   "相",     "容疑者", "被告",   "首相", "大統領", "長官", "議員",
                                         "知事", "市長",   "監督",   "選手",   "教授", "社長",   "会長", "委員長",
                                         "代表", "報道官", "さん",   "被告人", "総裁", "大臣"};
    static const char *const media[] = {"紙", "誌", "通信", "新聞", "放送", "局"};
    static const char *const bodies[] = {"省",   "庁",   "党",       "課",   "署",   "行",     "委",   "委員会", "大",
                                         "大学", "組織", "団体",     "機構", "会",   "球団",   "軍",   "部",     "協会",
                                         "裁",   "地裁", "グループ", "高裁", "県警", "サイト", "院",   "所",     "館",
                                         "校",   "園",   "店",       "高",   "寺",   "市",     "県",   "町",     "国",
                                         "村",   "病院", "政府",     "庁舎", "局",   "紙",     "府警", "都",     "州"};
    if (is_one_of(head, people, sizeof people / sizeof people[0])) {
        const uint32_t same = earlier_entity(c, token, head, is_person_with);
        return same != KIJI_NONE ? same : earlier_entity(c, token, head, is_person);
    }
    if (kiji_str_is(head, "社")) {
        return earlier_entity(c, token, head, is_company);
    }
    uint32_t found =
        is_one_of(head, media, sizeof media / sizeof media[0]) ? earlier_entity(c, token, head, is_medium) : KIJI_NONE;
    if (found == KIJI_NONE && is_one_of(head, bodies, sizeof bodies / sizeof bodies[0])) {
        found = earlier_entity(c, token, head, ends_alike);
        found = found != KIJI_NONE ? found : earlier_entity(c, token, head, is_body);
    }
    return found;
}

static void collect_anaphors(kiji_voices *out, const kiji_case *c)
{
    for (uint32_t t = 0; t + 1 < c->words->tokens.count; t++) {
        if (!kiji_token_is(c, t, "同") || c->name_at[t] != KIJI_NONE ||
            kiji_in_bracket_quote(c, kiji_token(c, t)->begin) || kiji_token(c, t + 1)->begin != kiji_token(c, t)->end) {
            continue;
        }
        const uint32_t entity = antecedent(c, t, kiji_token(c, t + 1)->word->surface);
        if (entity != KIJI_NONE) {
            const kiji_range range = {kiji_token(c, t)->begin, kiji_token(c, t + 1)->end};
            add_voice(out, c, (kiji_voice){range, t, t + 2, t + 2, c->sentence_at[t], entity, KIJI_VOICE_ANAPHOR});
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
        const kiji_name *n = &c->names.items[i];
        if (n->type != KIJI_NAME_WEAPON && !kiji_in_bracket_quote(c, n->range.begin)) {
            add_voice(out, c, (kiji_voice){n->range, n->first, n->last, n->last, n->sentence, n->entity, n->type});
        }
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        const kiji_title *t = &c->titles.items[i];
        if (t->name == KIJI_NONE && !kiji_in_bracket_quote(c, t->range.begin)) {
            add_voice(out, c,
                      (kiji_voice){t->range, t->first, t->last, t->last, t->sentence, t->entity, KIJI_VOICE_TITLE});
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
