/*
 * link.c - names become entities: 上川陽子 and 上川氏, ジョー・バイデン and バイデン, 国際原子力機関 and its (IAEA) are
 * one. Full names first, then short ones to the nearest full name before them (else behind them) that they fit.
 */
#include "find/find.h"

typedef struct linker {
    kiji_case *c;
    size_t n_slots;
    uint32_t *table; /* hash table of the names' texts: number of a name + 1 */
} linker;

static uint32_t new_entity(kiji_case *c, const kiji_name *name)
{
    kiji_found_entity e;
    memset(&e, 0, sizeof e);
    e.type = name->type;
    e.name = kiji_words_of(c, name->range);
    KIJI_PUSH(c->arena, &c->entities, e);
    return (uint32_t)c->entities.count - 1;
}

static bool has_joiner(kiji_str s)
{
    return kiji_str_contains(s, (kiji_str){"・", 3}) || memchr(s.ptr, '=', s.len) != NULL;
}

static bool is_full_hit(const kiji_hit *hit)
{
    return hit != NULL && hit->entry->class_ == KIJI_DICT_PERSON && hit->role != KIJI_ROLE_SHORT;
}

static bool is_katakana(kiji_str s)
{
    for (size_t i = 0; i + 2 < s.len; i += 3) {
        const unsigned char *p = (const unsigned char *)s.ptr + i;
        if (p[0] != 0xE3 || p[1] < 0x82) {
            return false;
        }
    }
    return s.len != 0 && s.len % 3 == 0;
}

/* A full name: known as one, with ・, or a surname with more behind it. */
static bool is_full(const kiji_case *c, const kiji_name *name)
{
    const kiji_str text = kiji_words_of(c, name->range);
    if (is_full_hit(name->hit) || has_joiner(text)) {
        return true;
    }
    return name->last - name->first >= 2 && text.len >= 9 && !is_katakana(text);
}

static uint64_t hash_of(uint8_t type, kiji_str text)
{
    return kiji_mix(kiji_hash64(text) + type);
}

/* The slot of a text of a type: of its entity, or a free one. */
static uint32_t *find_slot(linker *l, uint8_t type, kiji_str text)
{
    size_t at = hash_of(type, text) & (l->n_slots - 1);
    while (l->table[at] != 0) {
        const kiji_name *n = &l->c->names.items[l->table[at] - 1];
        if (n->type == type && kiji_str_equal(kiji_words_of(l->c, n->range), text)) {
            break;
        }
        at = (at + 1) & (l->n_slots - 1);
    }
    return &l->table[at];
}

static bool is_of_type(const kiji_hit *hit, uint8_t type)
{
    const uint8_t class_ = hit->entry->class_;
    switch ((kiji_name_type)type) {
    case KIJI_NAME_PERSON:
        return is_full_hit(hit);
    case KIJI_NAME_PLACE:
        return class_ == KIJI_DICT_COUNTRY || class_ == KIJI_DICT_PLACE;
    case KIJI_NAME_ORGANIZATION:
        return class_ == KIJI_DICT_ORGANIZATION;
    case KIJI_NAME_WEAPON:
        return class_ == KIJI_DICT_WEAPON || class_ == KIJI_DICT_WEAPON_CLASS;
    }
    return false;
}

/* The dictionary's first line for exactly the span of a name, of its type; or NULL. */
static const kiji_hit *hit_of(const kiji_case *c, const kiji_name *name)
{
    size_t from;
    size_t to;
    kiji_hits_at(c, name->range.begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->end == name->range.end && is_of_type(hit, name->type)) {
            return hit;
        }
    }
    return NULL;
}

/* Entity that a dictionary entry already stands for in this article. */
static uint32_t entity_of_entry(const kiji_case *c, const kiji_dict_entry *entry)
{
    for (uint32_t i = 0; i < c->entities.count; i++) {
        kiji_arena_check(c->arena);
        if (c->entities.items[i].hit != NULL && c->entities.items[i].hit->entry == entry) {
            return i;
        }
    }
    return KIJI_NONE;
}

static void join(kiji_case *c, kiji_name *name, uint32_t entity)
{
    kiji_found_entity *e = &c->entities.items[entity];
    name->entity = entity;
    e->n_names++;
    const kiji_str text = kiji_words_of(c, name->range);
    if (text.len > e->name.len && e->hit == NULL) {
        e->name = text;
    }
}

/* Does a short name fit a full one? 上川 / 上川陽子, バイデン / ジョー・バイデン, 陽子 / 上川陽子. */
static bool fits(kiji_str part, kiji_str full)
{
    if (part.len >= full.len || part.len == 0) {
        return false;
    }
    if (!has_joiner(full)) {
        return memcmp(full.ptr, part.ptr, part.len) == 0 ||
               (part.len >= 6 && memcmp(full.ptr + full.len - part.len, part.ptr, part.len) == 0);
    }
    /* One or several whole parts between ・ and =. */
    for (size_t i = 0; i + part.len <= full.len; i++) {
        const bool begins = i == 0 || full.ptr[i - 1] == '=' || (i >= 3 && memcmp(full.ptr + i - 3, "・", 3) == 0);
        const size_t end = i + part.len;
        const bool ends =
            end == full.len || full.ptr[end] == '=' || (end + 3 <= full.len && memcmp(full.ptr + end, "・", 3) == 0);
        if (begins && ends && memcmp(full.ptr + i, part.ptr, part.len) == 0) {
            return true;
        }
    }
    return false;
}

/* The dictionary may know that a short name belongs to this known person (申 / シン・ウォンシク). */
static bool short_of(const kiji_case *c, const kiji_name *name, const kiji_found_entity *e)
{
    if (e->hit == NULL) {
        return false;
    }
    size_t from;
    size_t to;
    kiji_hits_at(c, name->range.begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->end == name->range.end && hit->entry == e->hit->entry) {
            return true;
        }
    }
    return false;
}

/* 長谷川 beside 長谷川太郎: what looks full may be the begin of a longer name of the article. */
static bool begins_longer(const kiji_case *c, size_t i)
{
    enum { REACH = 60 };
    const kiji_str text = kiji_words_of(c, c->names.items[i].range);
    const size_t from = i > REACH ? i - REACH : 0;
    for (size_t k = from; k < c->names.count && k < i + REACH; k++) {
        const kiji_name *other = &c->names.items[k];
        const kiji_str longer = kiji_words_of(c, other->range);
        if (other->type == KIJI_NAME_PERSON && longer.len > text.len && memcmp(longer.ptr, text.ptr, text.len) == 0) {
            return true;
        }
    }
    return false;
}

static void link_full_names(linker *l)
{
    kiji_case *c = l->c;
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        kiji_name *name = &c->names.items[i];
        if (name->type != KIJI_NAME_PERSON || !is_full(c, name) || (!is_full_hit(name->hit) && begins_longer(c, i))) {
            continue;
        }
        uint32_t *slot = find_slot(l, name->type, kiji_words_of(c, name->range));
        uint32_t entity = *slot != 0 ? c->names.items[*slot - 1].entity : KIJI_NONE;
        const kiji_hit *hit = hit_of(c, name);
        if (entity == KIJI_NONE && hit != NULL) {
            entity = entity_of_entry(c, hit->entry);
        }
        if (entity == KIJI_NONE) {
            entity = new_entity(c, name);
            c->entities.items[entity].hit = hit;
        }
        if (*slot == 0) {
            *slot = (uint32_t)i + 1;
        }
        join(c, name, entity);
    }
}

/*
 * The full name that a short one stands for: the nearest before it, else the first behind it. Names are few an
 * article; a bound keeps hostile text linear.
 */
static uint32_t full_name_for(const kiji_case *c, size_t i)
{
    const kiji_name *name = &c->names.items[i];
    const kiji_str text = kiji_words_of(c, name->range);
    enum { REACH = 400 };
    for (size_t k = i, steps = 0; k-- > 0 && steps < REACH; steps++) {
        const kiji_name *other = &c->names.items[k];
        if (other->type == KIJI_NAME_PERSON && other->entity != KIJI_NONE &&
            (fits(text, kiji_words_of(c, other->range)) || short_of(c, name, &c->entities.items[other->entity]))) {
            return other->entity;
        }
    }
    for (size_t k = i + 1, steps = 0; k < c->names.count && steps < REACH; k++, steps++) {
        const kiji_name *other = &c->names.items[k];
        if (other->type == KIJI_NAME_PERSON && other->entity != KIJI_NONE &&
            (fits(text, kiji_words_of(c, other->range)) || short_of(c, name, &c->entities.items[other->entity]))) {
            return other->entity;
        }
    }
    return KIJI_NONE;
}

static void link_short_names(linker *l)
{
    kiji_case *c = l->c;
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        kiji_name *name = &c->names.items[i];
        if (name->type != KIJI_NAME_PERSON || name->entity != KIJI_NONE) {
            continue;
        }
        uint32_t entity = full_name_for(c, i);
        uint32_t *slot = find_slot(l, name->type, kiji_words_of(c, name->range));
        if (entity == KIJI_NONE && *slot != 0) {
            entity = c->names.items[*slot - 1].entity;
        }
        if (entity == KIJI_NONE) {
            entity = new_entity(c, name);
        }
        if (*slot == 0) {
            *slot = (uint32_t)i + 1;
        }
        join(c, name, entity);
    }
}

/* 国際原子力機関（IAEA）: the name in brackets is another name of the one before them. */
static uint32_t named_before_bracket(const kiji_case *c, size_t i)
{
    const kiji_name *name = &c->names.items[i];
    if (i == 0 || name->first < 2 || kiji_token(c, name->first - 1)->word->pos != KIJI_POS_OPEN ||
        name->last >= c->words->tokens.count || kiji_token(c, name->last)->word->pos != KIJI_POS_CLOSE) {
        return KIJI_NONE;
    }
    if (name->type == KIJI_NAME_WEAPON && kiji_token_is(c, name->first - 1, "「")) {
        return KIJI_NONE; /* 護衛艦「くらま」: a class and one of it */
    }
    const kiji_name *before = &c->names.items[i - 1];
    return before->type == name->type && before->last + 1 == name->first ? before->entity : KIJI_NONE;
}

static void link_others(linker *l)
{
    kiji_case *c = l->c;
    for (size_t i = 0; i < c->names.count; i++) {
        kiji_arena_check(c->arena);
        kiji_name *name = &c->names.items[i];
        if (name->type == KIJI_NAME_PERSON) {
            continue;
        }
        uint32_t *slot = find_slot(l, name->type, kiji_words_of(c, name->range));
        uint32_t entity = *slot != 0 ? c->names.items[*slot - 1].entity : KIJI_NONE;
        const kiji_hit *hit = hit_of(c, name);
        if (hit != NULL) {
            name->hit = hit;
        }
        if (entity == KIJI_NONE && hit != NULL) {
            entity = entity_of_entry(c, hit->entry);
        }
        if (entity == KIJI_NONE) {
            entity = named_before_bracket(c, i);
        }
        if (entity == KIJI_NONE) {
            entity = new_entity(c, name);
            c->entities.items[entity].hit = hit;
        }
        if (*slot == 0) {
            *slot = (uint32_t)i + 1;
        }
        join(c, name, entity);
    }
}

/* The name, country and kind that the dictionary gives. */
static void describe(kiji_case *c)
{
    for (size_t i = 0; i < c->entities.count; i++) {
        kiji_arena_check(c->arena);
        kiji_found_entity *e = &c->entities.items[i];
        if (e->hit == NULL) {
            continue;
        }
        const kiji_dict_entry *entry = e->hit->entry;
        if (e->type != KIJI_NAME_WEAPON || entry->class_ == KIJI_DICT_WEAPON) {
            e->kind = kiji_lexicon_string(e->hit->lexicon, entry->kind);
        }
        e->name = kiji_hit_name(e->hit);
        e->key = kiji_lexicon_string(e->hit->lexicon, entry->key);
        if (e->type == KIJI_NAME_PERSON) {
            e->reading = e->kind;
            e->kind = (kiji_str){"", 0};
        }
        if (entry->country[0] >= 'A') {
            memcpy(e->country, entry->country, 2);
        }
    }
}

void kiji_link(kiji_case *c)
{
    linker l = {c, 64, NULL};
    while (l.n_slots < c->names.count * 2 + 1) {
        l.n_slots *= 2;
    }
    l.table = kiji_arena_zero(c->arena, l.n_slots, sizeof *l.table);
    link_full_names(&l);
    link_short_names(&l);
    link_others(&l);
    describe(c);
}
