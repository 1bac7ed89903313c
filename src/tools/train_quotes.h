/* train_quotes.h - examples for the rankers of quotes, reports and speakers from annotated articles. */
#ifndef KIJI_TOOLS_TRAIN_QUOTES_H
#define KIJI_TOOLS_TRAIN_QUOTES_H

#include "find/quotes.h"
#include "tools/gold.h"
#include "tools/train_rank.h"

typedef struct quote_examples {
    rank_examples brackets, reports, speakers;
    size_t speakerless; /* quotes whose speaker is no candidate */
    size_t unreachable; /* indirect quotes at which no cue was seen */
    uint32_t owner;     /* number of the article at hand */
    bool second_hand;   /* rank_example's, of the article at hand */
} quote_examples;

/*
 * Add the decisions of one article. `c` has run through the extractors before quotes; its arena must outlive the
 * training. c->quotes is filled with the annotated quotes.
 */
void add_quote_examples(quote_examples *out, kiji_case *c, const kiji_gold *gold);

#endif
