#include "find/speech.h"

typedef struct search {
    const kiji_dict_entry *entry;
} search;

static bool take_speech(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    search *s = context;
    (void)role;
    if (entry->class_ == KIJI_DICT_SPEECH) {
        s->entry = entry;
        return false;
    }
    return true;
}

static bool look_up(kiji_speech *out, const kiji_case *c, kiji_str form, uint32_t first, uint32_t last)
{
    for (size_t i = c->knowledge->n_lexicons; i-- > 0;) {
        search s = {NULL};
        kiji_lexicon_lookup(c->knowledge->lexicons[i], form, take_speech, &s);
        if (s.entry != NULL) {
            *out = (kiji_speech){s.entry, c->knowledge->lexicons[i], first, last,
                                 kiji_lexicon_string(c->knowledge->lexicons[i], s.entry->name)};
            return true;
        }
    }
    return false;
}

/* A verbal noun without する: it ends a sentence or clause as a verb would (と指摘。 とコメント、). */
static bool ends_clause(const kiji_case *c, uint32_t t)
{
    if (t + 1 >= c->words->tokens.count || c->sentence_at[t + 1] != c->sentence_at[t]) {
        return true;
    }
    const uint8_t pos = kiji_token(c, t + 1)->word->pos;
    return pos == KIJI_POS_PERIOD || pos == KIJI_POS_COMMA || pos == KIJI_POS_CLOSE;
}

/* Tokens first … t-1 as written, then the dictionary form of t. */
static kiji_str phrase(const kiji_case *c, char *buffer, size_t size, uint32_t first, uint32_t t, bool verbal_noun)
{
    static const kiji_str suru = {"する", 6};
    const kiji_morpheme *m = kiji_token(c, t);
    const uint32_t begin = kiji_token(c, first)->begin;
    const size_t before = m->begin - begin;
    const kiji_str base = m->word->base;
    if (before + base.len + suru.len > size) {
        return (kiji_str){"", 0};
    }
    memcpy(buffer, c->article->text.norm.ptr + begin, before);
    memcpy(buffer + before, base.ptr, base.len);
    size_t n = before + base.len;
    if (verbal_noun) {
        memcpy(buffer + n, suru.ptr, suru.len);
        n += suru.len;
    }
    return (kiji_str){buffer, n};
}

bool kiji_speech_at(kiji_speech *out, const kiji_case *c, uint32_t t, uint32_t begin)
{
    const kiji_word *word = kiji_token(c, t)->word;
    const bool verbal_noun = word->pos == KIJI_POS_NOUN_VERBAL;
    if (!kiji_pos_is_verb((kiji_pos)word->pos) && !(verbal_noun && ends_clause(c, t))) {
        return false;
    }
    char buffer[128];
    for (uint32_t back = 4; back > 0; back--) {
        if (t >= begin + back && t >= back) {
            const kiji_str form = phrase(c, buffer, sizeof buffer, t - back, t, verbal_noun);
            if (form.len != 0 && look_up(out, c, form, t - back, t + 1)) {
                return true;
            }
        }
    }
    return look_up(out, c, phrase(c, buffer, sizeof buffer, t, t, verbal_noun), t, t + 1);
}

bool kiji_speech_after(kiji_speech *out, const kiji_case *c, uint32_t from, uint32_t to)
{
    for (uint32_t t = from; t < to; t++) {
        if (kiji_speech_at(out, c, t, from)) {
            return true;
        }
    }
    return false;
}
