/*
 * holders.c - a title alone whose holder the article does not name (首相は…, 韓国の国防相は…): the dictionary's holder
 * at the article's day, where the country is plain and one person fits; else nobody. The holder has no mention, but can
 * speak; who does not is dropped again.
 */
#include "find/offices.h"

/* Countries that the article names, by letters: 'U' - 'A', 'S' - 'A'. */
typedef struct scene {
    kiji_case *c;
    uint32_t day;
    bool named[26][26];
    bool japan; /* somebody or something of Japan's state is named */
} scene;

static bool is_code(const char *country)
{
    return country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' && country[1] <= 'Z';
}

static bool is_japan(const char *country)
{
    return country[0] == 'J' && country[1] == 'P';
}

static bool is_state_body(const kiji_found_entity *e)
{
    static const char *const kinds[] = {"ministry", "agency", "party", "parliament", "armed_force"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kiji_str_is(e->kind, kinds[i])) {
            return true;
        }
    }
    return false;
}

static void look_around(scene *s)
{
    for (size_t i = 0; i < s->c->entities.count; i++) {
        const kiji_found_entity *e = &s->c->entities.items[i];
        const bool state =
            e->type == KIJI_NAME_PLACE ? kiji_str_is(e->kind, "country") : e->offices.count != 0 || is_state_body(e);
        if (is_code(e->country)) {
            s->named[e->country[0] - 'A'][e->country[1] - 'A'] = true;
            s->japan = s->japan || (state && is_japan(e->country));
        }
        for (size_t k = 0; k < e->offices.count; k++) {
            const char *country = e->offices.items[k].country;
            if (is_code(country)) {
                s->named[country[0] - 'A'][country[1] - 'A'] = true;
                s->japan = s->japan || is_japan(country);
            }
        }
    }
}

typedef struct holder {
    const kiji_dict_entry *entry; /* NULL: nobody, or several */
    const kiji_lexicon *lexicon;
    const char *country; /* of the term */
} holder;

/* The term of a person in an office at the day, in a country ("" any), or NULL. */
static const kiji_dict_term *held_term(const kiji_lexicon *lexicon, const kiji_dict_entry *person, kiji_str office,
                                       const char *country, uint32_t day)
{
    size_t n = 0;
    const kiji_dict_term *terms = kiji_lexicon_terms(lexicon, person, &n);
    for (size_t i = 0; i < n; i++) {
        const kiji_dict_entry *held = kiji_lexicon_entry(lexicon, terms[i].office);
        if (terms[i].first <= day && day <= terms[i].last &&
            (country[0] == '\0' || memcmp(terms[i].country, country, 2) == 0) &&
            kiji_str_equal(kiji_lexicon_string(lexicon, held->name), office)) {
            return &terms[i];
        }
    }
    return NULL;
}

/* Who holds a single seat at the day, in a country ("" any). On the day of handing over two do: nobody is guessed. */
static holder holder_of(const scene *s, const kiji_title *t, const char *country)
{
    holder found = {NULL, NULL, ""};
    const kiji_hit *row = kiji_office_row(s->c, t, country, !is_japan(country));
    const char *own = row->entry->country;
    if ((row->entry->flags & KIJI_DICT_SINGLE_SEAT) == 0 || row->entry->value > KIJI_RANK_CABINET ||
        (is_code(own) && is_code(country) && memcmp(own, country, 2) != 0)) {
        return found;
    }
    const kiji_str office = kiji_hit_name(row);
    const kiji_knowledge *k = s->c->knowledge;
    for (size_t l = 0; l < k->n_lexicons; l++) {
        const size_t n = kiji_lexicon_entries(k->lexicons[l]);
        for (uint32_t i = 0; i < n; i++) {
            const kiji_dict_entry *e = kiji_lexicon_entry(k->lexicons[l], i);
            const kiji_dict_term *term =
                e->class_ == KIJI_DICT_PERSON ? held_term(k->lexicons[l], e, office, country, s->day) : NULL;
            if (term == NULL) {
                continue;
            }
            const kiji_str key = kiji_lexicon_string(k->lexicons[l], e->key);
            if (found.entry != NULL && !kiji_str_equal(key, kiji_lexicon_string(found.lexicon, found.entry->key))) {
                return (holder){NULL, NULL, ""};
            }
            found = (holder){e, k->lexicons[l], term->country};
        }
    }
    return found;
}

/* What stands before the title: nothing of its own (は, 、), a country (country is set), or other words (各国の, 両).
 */
static bool stands_free(const kiji_case *c, const kiji_title *t, char country[3])
{
    memcpy(country, t->country, 3);
    uint32_t first = t->first;
    if (first == 0 || c->sentence_at[first - 1] != t->sentence) {
        return true;
    }
    const bool of = kiji_token_is(c, first - 1, "の");
    first -= of ? 1 : 0;
    if (first == 0 || c->sentence_at[first - 1] != t->sentence) {
        return !of;
    }
    const uint32_t at = c->name_at[first - 1];
    if (at != KIJI_NONE && (of || c->names.items[at].range.end == t->range.begin)) {
        const kiji_found_entity *e = &c->entities.items[c->names.items[at].entity];
        memcpy(country, e->country, 3);
        return e->type == KIJI_NAME_PLACE && kiji_str_is(e->kind, "country") && is_code(country) &&
               (at == 0 || c->names.items[at - 1].range.end != c->names.items[at].range.begin); /* 日米の外相 */
    }
    const kiji_word *word = kiji_token(c, first - 1)->word;
    return is_code(country) ||
           (!of && (kiji_token(c, first - 1)->end != t->range.begin ||
                    !(kiji_pos_is_noun((kiji_pos)word->pos) ||
                      (word->pos >= KIJI_POS_PREFIX_ADJECTIVE && word->pos <= KIJI_POS_PREFIX_NOUN))));
}

/* Does a foreign country stand in front of the title, in its sentence or the one before it? */
static bool foreign_near(const kiji_case *c, const kiji_title *t)
{
    for (size_t i = 0; i < c->names.count && c->names.items[i].range.begin < t->range.begin; i++) {
        const kiji_name *n = &c->names.items[i];
        const char *country = c->entities.items[n->entity].country;
        if (n->sentence + 1 >= t->sentence && is_code(country) && !is_japan(country)) {
            return true;
        }
    }
    return false;
}

/* Somebody else of this title is in the article: another country's holder. */
static bool another_holder(const kiji_case *c, const kiji_title *t)
{
    for (size_t i = 0; i < c->titles.count; i++) {
        const kiji_title *other = &c->titles.items[i];
        if (other != t && kiji_str_equal(kiji_hit_name(other->hit), kiji_hit_name(t->hit)) && is_code(other->country) &&
            !is_japan(other->country)) {
            return true;
        }
    }
    return false;
}

/* The holder in the only foreign country of the article that has one; nobody where several have. */
static holder only_foreign(const scene *s, const kiji_title *t, char country[3])
{
    holder found = {NULL, NULL, ""};
    for (int i = 0; i < 26 * 26; i++) {
        const char code[3] = {(char)('A' + i / 26), (char)('A' + i % 26), '\0'};
        if (!s->named[i / 26][i % 26] || is_japan(code)) {
            continue;
        }
        const holder h = holder_of(s, t, code);
        if (h.entry != NULL) {
            if (found.entry != NULL) {
                return (holder){NULL, NULL, ""};
            }
            found = h;
            memcpy(country, code, 3);
        }
    }
    return found;
}

/* A title that the dictionary knows in one foreign country only: 国務長官. */
static bool means_one_country(const kiji_case *c, const kiji_title *t, char country[3])
{
    size_t from;
    size_t to;
    kiji_hits_at(c, t->hit->begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_OFFICE || hit->end != t->hit->end) {
            continue;
        }
        if (!is_code(hit->entry->country) || is_japan(hit->entry->country) ||
            (is_code(country) && memcmp(country, hit->entry->country, 2) != 0)) {
            country[0] = '\0';
            return false;
        }
        memcpy(country, hit->entry->country, 2);
        country[2] = '\0';
    }
    return is_code(country);
}

static holder find_holder(const scene *s, const kiji_title *t, char country[3])
{
    const holder nobody = {NULL, NULL, ""};
    if (!stands_free(s->c, t, country)) {
        return nobody;
    }
    if (is_code(country) || means_one_country(s->c, t, country)) {
        return holder_of(s, t, country);
    }
    char abroad[3] = "";
    const holder foreign = only_foreign(s, t, abroad);
    const holder home = holder_of(s, t, "JP");
    if (another_holder(s->c, t)) {
        return nobody;
    }
    bool elsewhere = false;
    for (int i = 0; i < 26 * 26; i++) {
        elsewhere = elsewhere || (s->named[i / 26][i % 26] && i != ('J' - 'A') * 26 + 'P' - 'A');
    }
    if (home.entry == NULL && foreign.entry == NULL && !elsewhere) {
        const holder only = holder_of(s, t, ""); /* the world has one: 国防長官, 総統 */
        memcpy(country, only.country, only.country[0] != '\0' ? 3 : 1);
        return only;
    }
    if (home.entry == NULL) {
        memcpy(country, abroad, 3);
        return foreign;
    }
    memcpy(country, "JP", 3);
    return !elsewhere || (s->japan && !foreign_near(s->c, t)) ? home : nobody;
}

/* The holder's entity: of the article, or a new one without a mention. */
static uint32_t entity_for(kiji_case *c, holder h)
{
    const kiji_str key = kiji_lexicon_string(h.lexicon, h.entry->key);
    for (size_t i = 0; i < c->entities.count; i++) {
        const kiji_found_entity *e = &c->entities.items[i];
        if (e->type == KIJI_NAME_PERSON && e->key.len != 0 && kiji_str_equal(e->key, key)) {
            return (uint32_t)i;
        }
    }
    kiji_found_entity e;
    memset(&e, 0, sizeof e);
    e.type = KIJI_NAME_PERSON;
    e.name = kiji_lexicon_string(h.lexicon, h.entry->name);
    e.key = key;
    e.reading = kiji_lexicon_string(h.lexicon, h.entry->kind);
    if (is_code(h.entry->country)) {
        memcpy(e.country, h.entry->country, 2);
    }
    KIJI_PUSH(c->arena, &c->entities, e);
    return (uint32_t)c->entities.count - 1;
}

void kiji_office_holders(kiji_case *c, uint32_t day)
{
    scene s;
    memset(&s, 0, sizeof s);
    s.c = c;
    s.day = day;
    bool looked = false;
    for (size_t i = 0; day != 0 && i < c->titles.count; i++) {
        kiji_title *t = &c->titles.items[i];
        if (t->name != KIJI_NONE || t->entity != KIJI_NONE || t->status != KIJI_CURRENT ||
            t->rank > KIJI_RANK_CABINET) {
            continue;
        }
        if (!looked) {
            look_around(&s);
            looked = true;
        }
        char country[3];
        const holder h = find_holder(&s, t, country);
        if (h.entry == NULL) {
            continue;
        }
        const kiji_hit *row = kiji_office_row(c, t, country, !is_japan(country));
        kiji_person_office o = {kiji_hit_name(row), "", KIJI_CURRENT, row->entry->value};
        memcpy(o.country, country, sizeof o.country);
        memcpy(t->country, country, sizeof t->country);
        t->title = o.title;
        t->entity = entity_for(c, h);
        kiji_office_add(c, &c->entities.items[t->entity], o);
    }
}

void kiji_drop_silent(kiji_case *c)
{
    const size_t n = c->entities.count;
    uint32_t *place = kiji_arena_alloc(c->arena, (n + 1) * sizeof *place);
    for (size_t i = 0; i < n; i++) {
        place[i] = c->entities.items[i].n_names != 0 ? 0 : KIJI_NONE;
    }
    for (size_t i = 0; i < c->quotes.count; i++) {
        if (c->quotes.items[i].entity != KIJI_NONE) {
            place[c->quotes.items[i].entity] = 0;
        }
    }
    uint32_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (place[i] != KIJI_NONE) {
            place[i] = kept;
            c->entities.items[kept++] = c->entities.items[i];
        }
    }
    if (kept == n) {
        return;
    }
    c->entities.count = kept;
    for (size_t i = 0; i < c->names.count; i++) {
        c->names.items[i].entity = place[c->names.items[i].entity];
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        uint32_t *entity = &c->titles.items[i].entity;
        *entity = *entity != KIJI_NONE ? place[*entity] : KIJI_NONE;
    }
    for (size_t i = 0; i < c->quotes.count; i++) {
        uint32_t *entity = &c->quotes.items[i].entity;
        *entity = *entity != KIJI_NONE ? place[*entity] : KIJI_NONE;
    }
}
