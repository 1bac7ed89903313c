/*
 * dict_build.h - checked rows -> the image of a compiled dictionary.
 */
#ifndef KIJI_WORDS_DICT_BUILD_H
#define KIJI_WORDS_DICT_BUILD_H

#include "words/dict_source.h"
#include "words/lexicon.h"

/*
 * Build an image: *image is the caller's (kiji_free), *nbytes its size. Faults between rows (an office that no row
 * defines, a key with two names, overlapping terms of a single-seat office, a country that no row defines) are appended
 * to `faults`, and *n_faults counts them; then no image is made (KIJI_EDICT). `base`: a lexicon whose offices and
 * countries are known too (for the users' own dictionaries), or NULL. Errors: KIJI_EDICT, KIJI_ENOMEM.
 */

kiji_status kiji_dict_build(void **image, size_t *nbytes, const kiji_dict_rows *rows, kiji_buf *faults,
                            const kiji_lexicon *base);

#endif
