#include "write/chain.h"

#include "base/mem.h"

bool kiji_chain_open(kiji_chain *chain, size_t n_owners, size_t n_things)
{
    chain->first = kiji_alloc_zero(n_owners + 1, sizeof *chain->first);
    chain->count = kiji_alloc_zero(n_owners + 1, sizeof *chain->count);
    chain->next = kiji_alloc_zero(n_things + 1, sizeof *chain->next);
    if (chain->first == NULL || chain->count == NULL || chain->next == NULL) {
        return false;
    }
    for (size_t i = 0; i < n_owners; i++) {
        chain->first[i] = KIJI_CHAIN_END;
    }
    return true;
}

void kiji_chain_add(kiji_chain *chain, size_t owner, size_t thing)
{
    chain->next[thing] = chain->first[owner];
    chain->first[owner] = thing;
    chain->count[owner]++;
}

void kiji_chain_close(kiji_chain *chain)
{
    kiji_free(chain->first);
    kiji_free(chain->count);
    kiji_free(chain->next);
    *chain = (kiji_chain){NULL, NULL, NULL};
}
