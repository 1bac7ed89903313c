/*
 * tagger.h - a linear-chain model over morphemes: labels for names, decoded by Viterbi.
 *
 * Scores of what depends on a word alone are summed once a word and window offset and kept with the word
 * (kiji_word.scores), so that a token costs five vector additions and its few token features.
 */
#ifndef KIJI_WORDS_TAGGER_H
#define KIJI_WORDS_TAGGER_H

#include "words/features.h"
#include "words/weights.h"

/* Labels: outside, then begin and inside for each type (BIO, Ramshaw and Marcus 1995). */
enum {
    KIJI_LABEL_O,
    KIJI_LABEL_B_PERSON,
    KIJI_LABEL_I_PERSON,
    KIJI_LABEL_B_PLACE,
    KIJI_LABEL_I_PLACE,
    KIJI_LABEL_B_ORGANIZATION,
    KIJI_LABEL_I_ORGANIZATION,
    KIJI_LABEL_B_WEAPON,
    KIJI_LABEL_I_WEAPON,
    KIJI_LABELS
};

typedef enum kiji_name_type {
    KIJI_NAME_PERSON,
    KIJI_NAME_PLACE,
    KIJI_NAME_ORGANIZATION,
    KIJI_NAME_WEAPON
} kiji_name_type;

/* A name that the model sees. */
typedef struct kiji_label_span {
    uint32_t first, last; /* tokens [first, last) */
    uint8_t type;         /* kiji_name_type */
    float score;          /* how far the label is ahead of the next best one, a token, on average */
} kiji_label_span;

typedef struct kiji_label_spans {
    kiji_label_span *items;
    size_t count, capacity;
    const uint8_t *labels;             /* by token */
    int16_t (*sums)[KIJI_LABEL_LANES]; /* by token: scores of the labels, before the moves between them */
} kiji_label_spans;

typedef struct kiji_tagger kiji_tagger;

/* Bind to the tables of a weights file. Errors: KIJI_EDICT when they are missing or of another shape; KIJI_ENOMEM. */
kiji_status kiji_tagger_new(kiji_tagger **out, const kiji_weights *weights, const char *name, kiji_error *err);
void kiji_tagger_free(kiji_tagger *tagger);
/* What the tagger knows of words from elsewhere: `lexicons` and the hints of its weights. Borrowed. */
kiji_lore kiji_tagger_lore(const kiji_tagger *tagger, const kiji_lexicon *const *lexicons, size_t n_lexicons);
/* What one step of the integer scores is worth. */
float kiji_tagger_scale(const kiji_tagger *tagger);

/*
 * Label an article's tokens. `lexicons` (of the words' attributes) must be the same for the life of the words. Memory
 * from `arena`. The tagger is read-only: one serves all threads; the words' kept scores belong to the worker.
 */
void kiji_tag(kiji_label_spans *out, const kiji_tagger *tagger, kiji_arena *arena, const kiji_features *features,
              const kiji_lexicon *const *lexicons, size_t n_lexicons);

#endif
