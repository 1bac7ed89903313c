/* lexicon_way.c - what a word remembers of the dictionary: most words of a text were seen before. */
#include <string.h>

#include "base/hash.h"
#include "words/fold.h"
#include "words/lexicon_trie.h"

#define VERB_BYTES 128

static bool take_speech(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    const kiji_dict_entry **speech = context;
    (void)role;
    *speech = entry->class_ == KIJI_DICT_SPEECH ? entry : NULL;
    return *speech == NULL;
}

/* The base form, of a verbal noun with する, in `buffer`; empty where it does not fit, and for other words. */
static kiji_str verb_of(char *buffer, size_t size, const kiji_word *word)
{
    static const kiji_str suru = {"する", 6};
    const bool noun = word->pos == KIJI_POS_NOUN_VERBAL;
    const kiji_str base = word->base;
    if (base.len + suru.len > size || !(noun || kiji_pos_is_verb((kiji_pos)word->pos))) {
        return (kiji_str){"", 0};
    }
    memcpy(buffer, base.ptr, base.len);
    memcpy(buffer + base.len, suru.ptr, suru.len);
    return (kiji_str){buffer, base.len + (noun ? suru.len : 0)};
}

static const kiji_dict_entry *find_speech(const kiji_lexicon *x, kiji_str verb)
{
    const kiji_dict_entry *speech = NULL;
    kiji_lexicon_lookup(x, verb, take_speech, &speech);
    return speech;
}

/* May a longer speech form end with the verb? */
static bool may_end(const kiji_lexicon *x, kiji_str verb)
{
    if (kiji_fold_depends(verb.ptr)) {
        return true;
    }
    char folded[4 * VERB_BYTES];
    kiji_fold fold = {verb.ptr, verb.ptr + verb.len, NULL, 0};
    size_t n = 0;
    for (unsigned step; (step = kiji_fold_next(&fold, folded + n)) != 0;) {
        n += step;
    }
    const uint32_t bit = kiji_dict_ending(kiji_hash((kiji_str){folded, n}));
    return (x->endings[bit / 8] >> (bit % 8) & 1u) != 0;
}

/* The forms that begin with the word and end in it, and where it leads. */
static void follow(const kiji_lexicon *x, kiji_word *word)
{
    kiji_word_way *way = &word->way;
    kiji_fold fold = {word->surface.ptr, word->surface.ptr + word->surface.len, NULL, 0};
    kiji_trie_node node = kiji_trie_root(x);
    char bytes[4];
    if (word->surface.len > UINT8_MAX || kiji_fold_last(word->surface) == 0) {
        way->n_forms = KIJI_WAY_UNKNOWN;
        return;
    }
    while (kiji_fold_next(&fold, bytes) != 0) {
        if (!kiji_trie_step_char(x, &node, bytes)) {
            return;
        }
        const kiji_dict_item *item = kiji_trie_value(x, node);
        if (item != NULL && way->n_forms == KIJI_WAY_FORMS) {
            way->n_forms = KIJI_WAY_UNKNOWN;
            return;
        }
        if (item != NULL) {
            way->items[way->n_forms] = (*item & KIJI_DICT_LAST) != 0 ? *item : (uint32_t)(item - x->items);
            way->ends[way->n_forms++] = (uint8_t)(fold.at - word->surface.ptr);
        }
    }
    way->next = node.next;
    way->base = node.base & KIJI_DICT_BASE;
    way->node = node.next != 0 ? node.number : 0;
}

void kiji_lexicon_look_up(const kiji_lexicon *lexicon, kiji_word *word)
{
    char buffer[VERB_BYTES];
    const kiji_str verb = verb_of(buffer, sizeof buffer, word);
    word->way.lexicon = lexicon->tag;
    follow(lexicon, word);
    if (verb.len != 0) {
        const kiji_dict_entry *speech = find_speech(lexicon, verb);
        word->says = speech != NULL ? (uint32_t)(speech - lexicon->entries) + 1 : 0;
        word->ends = may_end(lexicon, verb);
    }
}

bool kiji_lexicon_goes_on(const kiji_lexicon *lexicon, kiji_word *word, const char *text)
{
    return kiji_way_goes_on(lexicon, kiji_lexicon_way(lexicon, word), text);
}

const kiji_dict_entry *kiji_lexicon_speech(const kiji_lexicon *lexicon, kiji_word *verb)
{
    (void)kiji_lexicon_way(lexicon, verb);
    if (verb->way.lexicon != lexicon->tag) {
        char buffer[VERB_BYTES];
        return find_speech(lexicon, verb_of(buffer, sizeof buffer, verb));
    }
    return verb->says != 0 ? &lexicon->entries[verb->says - 1] : NULL;
}

bool kiji_lexicon_speech_ends(const kiji_lexicon *lexicon, kiji_word *verb)
{
    (void)kiji_lexicon_way(lexicon, verb);
    return verb->way.lexicon != lexicon->tag || verb->ends != 0;
}
