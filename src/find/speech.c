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

static bool take_entry(kiji_speech *out, const kiji_lexicon *lexicon, const kiji_dict_entry *entry, uint32_t first,
                       uint32_t last)
{
    if (entry != NULL) {
        *out = (kiji_speech){entry, lexicon, first, last, kiji_lexicon_string(lexicon, entry->name)};
    }
    return entry != NULL;
}

/* A phrase of the tokens [first, t], of two or more. */
static bool phrase_from(kiji_speech *out, const kiji_case *c, const kiji_lexicon *lexicon, uint32_t first, uint32_t t)
{
    const kiji_morpheme *begin = kiji_token(c, first);
    const kiji_morpheme *verb = kiji_token(c, t);
    const bool close = first + 1 == t && begin->end == verb->begin;
    const char *next = close ? verb->word->base.ptr : c->article->text.norm.ptr + begin->end;
    if (!kiji_lexicon_goes_on(lexicon, begin->word, next)) {
        return false;
    }
    char buffer[128];
    search s = {NULL};
    const kiji_str form = phrase(c, buffer, sizeof buffer, first, t, verb->word->pos == KIJI_POS_NOUN_VERBAL);
    kiji_lexicon_lookup_behind(lexicon, begin->word, form, take_speech, &s);
    return take_entry(out, lexicon, s.entry, first, t + 1);
}

bool kiji_speech_at(kiji_speech *out, const kiji_case *c, uint32_t t, uint32_t begin)
{
    if (c->says_nothing[t]) {
        return false;
    }
    kiji_word *word = kiji_token(c, t)->word;
    const bool verbal_noun = word->pos == KIJI_POS_NOUN_VERBAL;
    if (!kiji_pos_is_verb((kiji_pos)word->pos) && !(verbal_noun && ends_clause(c, t))) {
        return false;
    }
    const kiji_lexicon *const *lexicons = c->knowledge->lexicons;
    const size_t n = c->knowledge->n_lexicons;
    enum { FURTHEST = 4 }; /* tokens of a phrase before its verb */
    const uint32_t before = t > begin ? t - begin : 0;
    /* The longest phrase first; of two as long, that of the users' dictionaries. */
    for (uint32_t back = before < FURTHEST ? before : FURTHEST; back > 0; back--) {
        for (size_t i = n; i-- > 0;) {
            if (kiji_lexicon_speech_ends(lexicons[i], word) && phrase_from(out, c, lexicons[i], t - back, t)) {
                return true;
            }
        }
    }
    for (size_t i = n; i-- > 0;) {
        if (take_entry(out, lexicons[i], kiji_lexicon_speech(lexicons[i], word), t, t + 1)) {
            return true;
        }
    }
    c->says_nothing[t] = before >= FURTHEST || begin <= c->words->tokens.first[c->sentence_at[t]];
    return false;
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
