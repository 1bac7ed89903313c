/* by_model.c - names that the model labels become candidates. */
#include "find/find.h"

void kiji_find_by_model(kiji_case *c)
{
    const kiji_label_spans *names = &c->words->names;
    for (size_t i = 0; i < names->count; i++) {
        const kiji_label_span *span = &names->items[i];
        kiji_propose(c, (kiji_name_type)span->type, span->first, span->last, KIJI_BY_MODEL, NULL);
        c->candidates.items[c->candidates.count - 1].strength = span->score;
    }
}
