/* by_model.c - names that the model labels become candidates. */
#include "find/find.h"

/* ミサイル技術, 核兵器開発: what is done with a weapon is none itself. Returns the token behind the weapon. */
static uint32_t without_programme(const kiji_case *c, uint32_t first, uint32_t last)
{
    static const char *const programmes[] = {"技術", "開発", "計画", "実験", "燃料", "発射", "試験"};
    const size_t n = sizeof programmes / sizeof programmes[0];
    const bool programme =
        last - first > 1 && kiji_str_is_one_of(kiji_token(c, last - 1)->word->surface, programmes, n);
    return programme ? last - 1 : last;
}

void kiji_find_by_model(kiji_case *c)
{
    const kiji_label_spans *names = &c->words->names;
    for (size_t i = 0; i < names->count; i++) {
        const kiji_label_span *span = &names->items[i];
        const uint32_t last =
            span->type == KIJI_NAME_WEAPON ? without_programme(c, span->first, span->last) : span->last;
        kiji_propose(c, (kiji_name_type)span->type, span->first, last, KIJI_BY_MODEL, NULL);
        c->candidates.items[c->candidates.count - 1].strength = span->score;
    }
}
