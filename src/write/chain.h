/*
 * chain.h - things in order, chained by who they belong to: mentions of each entity, quotes of each speaker. What a
 * view asks of one entity costs what that entity has, not what the article has.
 */
#ifndef KIJI_WRITE_CHAIN_H
#define KIJI_WRITE_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#define KIJI_CHAIN_END ((size_t)-1)

typedef struct kiji_chain {
    size_t *first; /* of each owner: its first thing, or KIJI_CHAIN_END */
    size_t *count; /* of each owner */
    size_t *next;  /* of each thing: the owner's next one, or KIJI_CHAIN_END */
} kiji_chain;

/* Room for so many. False: out of memory. Close in any case (a chain of zeros may be closed). */
bool kiji_chain_open(kiji_chain *chain, size_t n_owners, size_t n_things);

/* Things are added from the last to the first. */
void kiji_chain_add(kiji_chain *chain, size_t owner, size_t thing);

void kiji_chain_close(kiji_chain *chain);

#endif
