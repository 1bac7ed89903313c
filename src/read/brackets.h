/* brackets.h - pairs of brackets within a paragraph, broken ones repaired. */
#ifndef KIJI_READ_BRACKETS_H
#define KIJI_READ_BRACKETS_H

#include "read/article.h"

/*
 * Append the pairs of one paragraph to article->brackets, sorted by outer.begin. `paragraph`: bytes of the matching
 * form; `marks`: a bit (marks.h) for each of its bytes that may begin a bracket or 。. The sentence numbers are filled
 * later.
 */
void kiji_brackets_pair(kiji_article *article, kiji_arena *arena, const uint64_t *marks, kiji_range paragraph);

#endif
