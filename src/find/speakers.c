/*
 * speakers.c - who said a quote: a learnt ranker weighs everybody near it (voices.c, voice_features.c); to whom and on
 * what occasion.
 */
#include "find/scene.h"

/* Without weights: the nearest は or が before the quote in its sentence, else behind it, else the last speaker. */
static size_t by_rule(const kiji_voices *voices, const kiji_starts *ids, const kiji_found_quote *q)
{
    size_t found = 0;
    for (size_t i = 1; i < ids->count; i++) {
        const kiji_voice *v = &voices->items[ids->items[i]];
        if (v->sentence == q->sentence && kiji_is_subject(v) && (found == 0 || v->first < q->first)) {
            found = found == 0 ? i : found;
        }
    }
    for (size_t i = 1; found == 0 && i < ids->count; i++) {
        const kiji_voice *v = &voices->items[ids->items[i]];
        found = v->sentence < q->sentence && kiji_is_subject(v) ? i : 0;
    }
    return found;
}

/* --- addressee and occasion ----------------------------------------------------------------------------------- */

#define FURTHEST 300u /* tokens on either side of a quote: sentences of a megabyte are not walked through for each */

static void find_circumstances(const kiji_case *c, kiji_found_quote *q)
{
    uint32_t begin;
    uint32_t end;
    kiji_sentence_tokens(c, q->sentence, &begin, &end);
    begin = q->first > begin + FURTHEST ? q->first - FURTHEST : begin;
    end = end > q->last + FURTHEST ? q->last + FURTHEST : end;
    for (uint32_t t = begin; t < end; t++) {
        if (t >= q->first && t < q->last) {
            t = q->last - 1;
            continue;
        }
        const bool to = t > begin && kiji_token_is(c, t, "に") &&
                        (kiji_token_is(c, t + 1, "対し") || kiji_token_is(c, t + 1, "対して") ||
                         (q->cue != KIJI_NONE && t < q->cue && q->cue - t < 4));
        /* 王毅外相に「…」と伝えた */
        const bool told = t > begin && t + 2 == q->first && kiji_token_is(c, t, "に") && q->bracket != KIJI_NONE;
        const bool against = t > begin && (kiji_token_is(c, t, "に対し") || kiji_token_is(c, t, "に対して"));
        const uint32_t run = t > begin ? c->words->features.run_first[t - 1] : t;
        const bool titled =
            told && c->name_at[run] != KIJI_NONE && c->names.items[c->name_at[run]].type == KIJI_NAME_PERSON;
        if ((to || against || titled) && q->addressee.end == 0 && run >= begin &&
            (titled || kiji_token_is(c, t - 1, "団") || kiji_token_is(c, t - 1, "記者団") ||
             kiji_token_is(c, t - 1, "氏") || kiji_token_is(c, t - 1, "記者") || kiji_token_is(c, t - 1, "ら") ||
             c->name_at[t - 1] != KIJI_NONE)) {
            q->addressee = (kiji_range){kiji_token(c, run)->begin, kiji_token(c, t - 1)->end};
        }
        if (t > begin && q->occasion.end == 0 && (kiji_token_is(c, t, "で") || kiji_token_is(c, t, "において")) &&
            kiji_token_is_on(c, t - 1, KIJI_LIST_OCCASION)) {
            q->occasion = (kiji_range){kiji_token(c, run)->begin, kiji_token(c, t - 1)->end};
        }
    }
}

/* --- all of it ------------------------------------------------------------------------------------------------ */

static kiji_range voice_words(const kiji_case *c, const kiji_voice *v)
{
    kiji_range r = v->range;
    if (v->after > v->last && v->type == KIJI_NAME_PERSON) {
        r.end = kiji_token(c, v->after - 1)->end; /* 上川氏, 岸田首相 */
    }
    return r;
}

/*
 * 同社, 同庁 as one word: a noun to the ranker, which learnt them so; what is written is whom they stand for. (As
 * candidates that name somebody they changed nothing in cross-validation.)
 */
static uint32_t stands_for(const kiji_case *c, const kiji_voice *v)
{
    const kiji_word *word = kiji_token(c, v->first)->word;
    const kiji_str same = {"同", 3};
    if (v->entity != KIJI_NONE || v->type != KIJI_VOICE_NOUN || v->last - v->first != 1 ||
        word->surface.len <= same.len || !kiji_str_begins(word->surface, same.ptr)) {
        return v->entity;
    }
    return kiji_antecedent(c, v->first, (kiji_str){word->surface.ptr + same.len, word->surface.len - same.len});
}

void kiji_find_speakers(kiji_case *c)
{
    if (c->quotes.count == 0) {
        return;
    }
    kiji_voices voices = {NULL, 0, 0};
    kiji_collect_voices(&voices, c);
    const kiji_ranker ranker = kiji_ranker_of(c->knowledge->weights, "speakers");
    kiji_group group = {.ranker = ranker};
    kiji_starts ids = {NULL, 0, 0};
    uint32_t last_speaker = KIJI_NONE;
    for (size_t i = 0; i < c->quotes.count; i++) {
        kiji_arena_check(c->arena);
        kiji_found_quote *q = &c->quotes.items[i];
        kiji_group_clear(&group);
        ids.count = 0;
        kiji_speaker_group(&group, &ids, c, &voices, (kiji_turn){i, last_speaker});
        const size_t best = ranker.rows != NULL
                                ? kiji_rank_best_of(&ranker, &group, kiji_speaker_entities(c, &voices, &ids), &q->score)
                                : by_rule(&voices, &ids, q);
        last_speaker = KIJI_NONE;
        if (best != 0) {
            const kiji_voice *v = &voices.items[ids.items[best]];
            q->entity = stands_for(c, v);
            last_speaker = v->entity;
            q->speaker = voice_words(c, v);
        }
        find_circumstances(c, q);
    }
}
