/*
 * fold.h - the folding under which dictionary forms and text meet; see lexicon.h.
 */
#ifndef KIJI_WORDS_FOLD_H
#define KIJI_WORDS_FOLD_H

#include "base/utf8.h"
#include "kiji.h"

/* One step through matching-form bytes. */
typedef struct kiji_fold {
    const char *at; /* next character */
    const char *end;
    const char *last; /* the character emitted before, for 々 */
    uint8_t last_len;
} kiji_fold;

/*
 * The next folded character: its bytes in out (at most 4), their number, and *at moved behind it; skipped characters
 * (hyphen, blank, ・, = between letters of one name) are stepped over. 0 at the end or before a character that no form
 * can hold here.
 */
unsigned kiji_fold_next(kiji_fold *fold, char out[4]);

#endif
