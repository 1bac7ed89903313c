/*
 * fold.h - the folding under which dictionary forms and text meet; see lexicon.h.
 */
#ifndef KIJI_WORDS_FOLD_H
#define KIJI_WORDS_FOLD_H

#include <string.h>

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

/* Does the folding of the character at p depend on its neighbours: a hyphen, blank, ・, = or 々? */
static inline bool kiji_fold_depends(const char *p)
{
    return *p == '-' || *p == '=' || *p == ' ' ||
           ((unsigned char)*p == 0xE3 && (memcmp(p, "・", 3) == 0 || memcmp(p, "々", 3) == 0));
}

/*
 * Length of the last character of a word (not empty); 0 where that depends on the neighbours and does not stand alone:
 * what follows could change its folding.
 */
unsigned kiji_fold_last(kiji_str word);

#endif
