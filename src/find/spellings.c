/*
 * spellings.c - people of the dictionary whose names the article spells in its own way: シャフリー・シャムスディン for
 * シャフリ・シャムスディン. Only full names, and only where one person has such a name.
 */
#include "find/find.h"
#include "words/spelling.h"

typedef struct search {
    const kiji_dict_entry *entry;
    bool several;
} search;

static bool take_person(void *context, const kiji_dict_entry *entry, kiji_dict_role role)
{
    search *s = context;
    (void)role;
    s->several = s->several || (s->entry != NULL && s->entry != entry);
    s->entry = entry;
    return true;
}

/* Is the person another entity of the article already? */
static bool taken(const kiji_case *c, kiji_str key)
{
    for (size_t i = 0; i < c->entities.count; i++) {
        if (kiji_str_equal(c->entities.items[i].key, key)) {
            return true;
        }
    }
    return false;
}

static void look_up(kiji_case *c, kiji_found_entity *e)
{
    char spelling[KIJI_SPELLING_BYTES];
    const size_t n = kiji_spelling(spelling, e->name);
    for (size_t i = 0; n != 0 && i < c->knowledge->n_lexicons; i++) {
        const kiji_lexicon *lexicon = c->knowledge->lexicons[i];
        search s = {NULL, false};
        kiji_lexicon_lookup(lexicon, (kiji_str){spelling, n}, take_person, &s);
        if (s.entry == NULL || s.several || taken(c, kiji_lexicon_string(lexicon, s.entry->key))) {
            continue;
        }
        kiji_hit *hit = kiji_arena_zero(c->arena, 1, sizeof *hit);
        hit->entry = s.entry;
        hit->lexicon = lexicon;
        hit->role = KIJI_ROLE_FORM;
        e->hit = hit;
        e->key = kiji_lexicon_string(lexicon, s.entry->key);
        e->reading = kiji_lexicon_string(lexicon, s.entry->kind);
        e->name = kiji_hit_name(hit);
        return;
    }
}

void kiji_find_spellings(kiji_case *c)
{
    for (size_t i = 0; i < c->entities.count; i++) {
        kiji_found_entity *e = &c->entities.items[i];
        if (e->type == KIJI_NAME_PERSON && e->hit == NULL) {
            look_up(c, e);
        }
    }
}
