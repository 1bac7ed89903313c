#include "tools/tallies.h"

#include <stdlib.h>

bool tallies_begin(tallies *x)
{
    *x = (tallies){calloc(4096, sizeof(tally)), 4096, 0};
    return x->slots != NULL;
}

void tallies_free(tallies *x)
{
    free(x->slots);
    x->slots = NULL;
}

static tally *find(tallies *x, uint32_t hash)
{
    size_t at = hash & (x->n_slots - 1);
    while (x->slots[at].hash != 0 && x->slots[at].hash != hash) {
        at = (at + 1) & (x->n_slots - 1);
    }
    return &x->slots[at];
}

bool tallies_add(tallies *x, uint32_t hash, unsigned label)
{
    hash |= hash == 0;
    if (x->count * 2 >= x->n_slots) {
        tallies wider = {calloc(x->n_slots * 2, sizeof(tally)), x->n_slots * 2, x->count};
        if (wider.slots == NULL) {
            return false;
        }
        for (size_t i = 0; i < x->n_slots; i++) {
            if (x->slots[i].hash != 0) {
                *find(&wider, x->slots[i].hash) = x->slots[i];
            }
        }
        free(x->slots);
        *x = wider;
    }
    tally *t = find(x, hash);
    x->count += t->hash == 0;
    t->hash = hash;
    t->counts[label]++;
    return true;
}
