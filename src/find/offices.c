/*
 * offices.c - who holds which office: titles give offices to the people they qualify, the dictionary gives offices to
 * known people by the date of the article, and a title alone (首相は…) means the person whom the article named with it.
 */
#include "find/offices.h"

uint32_t kiji_office_day(const kiji_case *c)
{
    const char *d = c->article->date;
    return d[0] == '\0' ? 0
                        : (uint32_t)((d[0] - '0') * 10000000 + (d[1] - '0') * 1000000 + (d[2] - '0') * 100000 +
                                     (d[3] - '0') * 10000 + (d[5] - '0') * 1000 + (d[6] - '0') * 100 +
                                     (d[8] - '0') * 10 + (d[9] - '0'));
}

static bool same_country(const char *a, const char *b)
{
    return a[0] == '\0' || b[0] == '\0' || (a[0] == b[0] && a[1] == b[1]);
}

void kiji_office_add(kiji_case *c, kiji_found_entity *e, kiji_person_office office)
{
    for (size_t i = 0; i < e->offices.count; i++) {
        kiji_person_office *o = &e->offices.items[i];
        if (kiji_str_equal(o->title, office.title)) {
            if (o->country[0] == '\0') {
                memcpy(o->country, office.country, sizeof o->country);
            }
            return;
        }
    }
    if (e->offices.count < 16) {
        KIJI_PUSH(c->arena, &e->offices, office);
    }
    if (e->country[0] == '\0' && office.rank <= KIJI_RANK_CABINET) {
        memcpy(e->country, office.country, sizeof e->country);
    }
}

/* The place or state body before the person: 韓国のシン・ウォンシク国防相, 中国外務省の趙立堅報道官. */
static void country_before(const kiji_case *c, const kiji_name *person, char country[3])
{
    uint32_t t = person->first;
    if (t > 0 && kiji_token_is(c, t - 1, "の")) {
        t--;
    }
    if (t == 0 || c->name_at[t - 1] == KIJI_NONE || c->sentence_at[t - 1] != person->sentence) {
        return;
    }
    const kiji_name *n = &c->names.items[c->name_at[t - 1]];
    if (n->type == KIJI_NAME_PERSON) {
        return;
    }
    const kiji_found_entity *e = &c->entities.items[n->entity];
    memcpy(country, e->country, sizeof e->country);
    if (country[0] == '\0' && n->type == KIJI_NAME_ORGANIZATION) { /* 中国外務省: a country begins the name */
        size_t from;
        size_t to;
        kiji_hits_at(c, n->range.begin, &from, &to);
        for (size_t i = from; i < to; i++) {
            if (c->words->hits.items[i].entry->class_ == KIJI_DICT_COUNTRY) {
                memcpy(country, c->words->hits.items[i].entry->country, 2);
                return;
            }
        }
    }
}

static bool is_katakana(kiji_str s)
{
    return s.len >= 3 && (unsigned char)s.ptr[0] == 0xE3 && (unsigned char)s.ptr[1] >= 0x82;
}

/*
 * Several rows may share a written form (外相: 外務大臣 of Japan, 外相 of the others): the country decides; unknown, a
 * name in katakana is foreign and any other one Japanese.
 */
const kiji_hit *kiji_office_row(const kiji_case *c, const kiji_title *t, const char *country, bool foreign)
{
    const kiji_hit *best = t->hit;
    int best_score = -1;
    size_t from;
    size_t to;
    kiji_hits_at(c, t->hit->begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->end != t->hit->end || hit->entry->class_ != KIJI_DICT_OFFICE) {
            continue;
        }
        const char *own = hit->entry->country;
        int score = hit->role == KIJI_ROLE_NAME ? 1 : 0;
        if (country[0] != '\0') {
            score += own[0] == country[0] && own[1] == country[1] ? 8 : own[0] == '*' || own[0] == '\0' ? 4 : -4;
        } else {
            score += own[0] == 'J' ? (foreign ? -2 : 6) : own[0] == '*' || own[0] == '\0' ? 4 : 2;
        }
        if (score > best_score) {
            best_score = score;
            best = hit;
        }
    }
    return best;
}

/* Terms of a known person at the date: current ones, else the last one that ended before it. */
static void offices_by_date(kiji_case *c, kiji_found_entity *e, uint32_t date)
{
    size_t n = 0;
    const kiji_dict_term *terms = kiji_lexicon_terms(e->hit->lexicon, e->hit->entry, &n);
    const kiji_dict_term *last = NULL;
    bool current = false;
    for (size_t i = 0; i < n; i++) {
        const kiji_dict_entry *office = kiji_lexicon_entry(e->hit->lexicon, terms[i].office);
        const uint32_t at = date != 0 ? date : KIJI_STILL - 1;
        if (terms[i].first <= at && at <= terms[i].last) {
            kiji_person_office o = {kiji_lexicon_string(e->hit->lexicon, office->name), "", KIJI_CURRENT,
                                    office->value};
            memcpy(o.country, terms[i].country, 2);
            kiji_office_add(c, e, o);
            current = true;
        } else if (terms[i].last < at && (last == NULL || terms[i].last > last->last)) {
            last = &terms[i];
        }
    }
    if (!current && last != NULL) {
        const kiji_dict_entry *office = kiji_lexicon_entry(e->hit->lexicon, last->office);
        kiji_person_office o = {kiji_lexicon_string(e->hit->lexicon, office->name), "", KIJI_FORMER, office->value};
        memcpy(o.country, last->country, 2);
        kiji_office_add(c, e, o);
    }
}

/* The term in which a known person holds (or, for 前 and 元, has held) this title at the date, or NULL. */
static const kiji_dict_term *term_of(const kiji_hit *person, const kiji_title *t, uint32_t date)
{
    size_t n = 0;
    const kiji_dict_term *terms = kiji_lexicon_terms(person->lexicon, person->entry, &n);
    for (size_t i = 0; i < n; i++) {
        const kiji_dict_entry *office = kiji_lexicon_entry(person->lexicon, terms[i].office);
        const kiji_str title = kiji_lexicon_string(person->lexicon, office->name);
        const bool same = kiji_str_equal(title, t->title) || kiji_str_equal(title, kiji_hit_name(t->hit));
        const bool when = date == 0 || (t->status == KIJI_FORMER ? terms[i].first <= date
                                                                 : terms[i].first <= date && date <= terms[i].last);
        if (same && when && same_country(terms[i].country, t->country)) {
            return &terms[i];
        }
    }
    return NULL;
}

/* The only known person of this short name who fits the title at the date; NULL where none or several do. */
static const kiji_hit *known_by_title(const kiji_case *c, const kiji_name *name, const kiji_title *t, uint32_t date)
{
    const kiji_hit *only = NULL;
    size_t from;
    size_t to;
    kiji_hits_at(c, name->range.begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->end != name->range.end || hit->entry->class_ != KIJI_DICT_PERSON || term_of(hit, t, date) == NULL) {
            continue;
        }
        if (only != NULL && only->entry != hit->entry) {
            return NULL;
        }
        only = hit;
    }
    return only;
}

/*
 * The post with what it is of, where that stands right before it: 東京都知事, 国土庁長官, 環境森林部長. Party, company
 * and academic posts stay bare behind the name of their body.
 */
static kiji_str full_title(const kiji_case *c, const kiji_title *t, const kiji_name *person)
{
    if (t->rank < KIJI_RANK_DEPUTY || t->first == 0 || t->status == KIJI_ACTING) {
        return t->title;
    }
    uint32_t first = t->first;
    while (first > 0 && c->name_at[first - 1] == KIJI_NONE &&
           kiji_token(c, first - 1)->end == kiji_token(c, first)->begin &&
           kiji_pos_is_noun((kiji_pos)kiji_token(c, first - 1)->word->pos) && t->first - first < 4 &&
           c->sentence_at[first - 1] == t->sentence) {
        first--;
    }
    if (first < t->first && first == person->last) { /* nothing but nouns between the person and the post */
        return kiji_words_of(c, (kiji_range){kiji_token(c, first)->begin, t->range.end});
    }
    const uint32_t at = c->name_at[t->first - 1];
    if (at == KIJI_NONE || c->names.items[at].range.end != t->range.begin) {
        return t->title;
    }
    const kiji_name *body = &c->names.items[at];
    const kiji_found_entity *e = &c->entities.items[body->entity];
    const bool local = t->rank == KIJI_RANK_LOCAL && body->type == KIJI_NAME_PLACE;
    const bool state =
        body->type == KIJI_NAME_ORGANIZATION &&
        (kiji_str_is(e->kind, "ministry") || kiji_str_is(e->kind, "agency") || kiji_str_is(e->kind, "armed_force") ||
         kiji_str_is(e->kind, "police") || kiji_str_is(e->kind, "parliament"));
    if (!local && !state) {
        return t->title;
    }
    const kiji_str tail = t->status == KIJI_CURRENT ? kiji_words_of(c, t->range) : t->title;
    const kiji_str head = kiji_words_of(c, body->range);
    char *out = kiji_arena_alloc(c->arena, head.len + tail.len + 1);
    memcpy(out, head.ptr, head.len);
    memcpy(out + head.len, tail.ptr, tail.len);
    return (kiji_str){out, head.len + tail.len};
}

static void qualify(kiji_case *c, kiji_title *t, uint32_t date)
{
    const kiji_name *name = &c->names.items[t->name];
    kiji_found_entity *e = &c->entities.items[name->entity];
    t->entity = name->entity;
    e->honored = true;
    char country[3];
    memcpy(country, t->country, sizeof country);
    if (country[0] == '\0' && t->rank != KIJI_RANK_DIPLOMAT) {
        country_before(c, name, country);
    }
    if (country[0] == '\0') {
        memcpy(country, e->country, sizeof country);
    }
    const kiji_hit *row = kiji_office_row(c, t, country, is_katakana(kiji_words_of(c, name->range)));
    t->title = kiji_hit_name(row);
    t->rank = row->entry->value;
    memcpy(t->country, country, sizeof country);
    if (t->country[0] == '\0' && row->entry->country[0] >= 'A') {
        memcpy(t->country, row->entry->country, 2);
    }
    if (e->hit == NULL) {
        const kiji_hit *known = known_by_title(c, name, t, date);
        const kiji_dict_term *term = known != NULL ? term_of(known, t, date) : NULL;
        if (term != NULL) {
            e->hit = known;
            e->key = kiji_lexicon_string(known->lexicon, known->entry->key);
            e->reading = kiji_lexicon_string(known->lexicon, known->entry->kind);
            e->name = kiji_hit_name(known);
            if (t->country[0] == '\0') { /* 岸田首相 */
                memcpy(t->country, term->country, 2);
            }
        }
    }
    t->title = full_title(c, t, name);
    kiji_person_office o = {t->title, "", t->status, t->rank};
    memcpy(o.country, t->country, sizeof t->country);
    if (t->status == KIJI_ACTING) {
        o.title = kiji_words_of(c, t->range);
    }
    kiji_office_add(c, e, o);
}

/* The entity of the organization or place named right before a token: 韓国国防省の報道官, 都の知事. */
static uint32_t body_before(const kiji_case *c, uint32_t token)
{
    uint32_t t = token;
    if (t > 0 && kiji_token_is(c, t - 1, "の")) {
        t--;
    }
    if (t == 0 || c->name_at[t - 1] == KIJI_NONE || c->sentence_at[t - 1] != c->sentence_at[token]) {
        return KIJI_NONE;
    }
    const kiji_name *n = &c->names.items[c->name_at[t - 1]];
    return n->type == KIJI_NAME_PERSON ? KIJI_NONE : n->entity;
}

/* May a title alone mean the person whom another title qualifies? */
static bool may_mean(const kiji_case *c, const kiji_title *t, const kiji_title *other)
{
    if (other->name == KIJI_NONE || other->rank != t->rank || !same_country(other->country, t->country) ||
        (t->status != other->status && t->status != KIJI_CURRENT) ||
        !(kiji_str_equal(kiji_hit_name(other->hit), kiji_hit_name(t->hit)) || kiji_str_equal(other->title, t->title))) {
        return false;
    }
    /* Several hold such a post: another body, or a person who is named only later, is somebody else. */
    const uint32_t body = body_before(c, t->first);
    const uint32_t other_body = body_before(c, c->names.items[other->name].first);
    const bool single = (t->hit->entry->flags & KIJI_DICT_SINGLE_SEAT) != 0 && t->rank <= KIJI_RANK_CABINET;
    if (body != KIJI_NONE && other_body != KIJI_NONE && body != other_body) {
        return single && c->entities.items[body].type == KIJI_NAME_PLACE &&
               same_country(c->entities.items[body].country, other->country);
    }
    return single || (body == KIJI_NONE && other->range.begin < t->range.begin) || body == other_body;
}

/* A title alone: the nearest person before it who holds it, else the first one behind. */
static void resolve_alone(kiji_case *c, size_t title)
{
    enum { MOST = 500 }; /* titles looked at on either side: a text of a thousand ministers stays linear */
    kiji_title *t = &c->titles.items[title];
    for (size_t i = title; i-- > 0 && title - i <= MOST;) {
        if (may_mean(c, t, &c->titles.items[i])) {
            t->entity = c->titles.items[i].entity;
            return;
        }
    }
    for (size_t i = title + 1; i < c->titles.count && i - title <= MOST; i++) {
        if (may_mean(c, t, &c->titles.items[i])) {
            t->entity = c->titles.items[i].entity;
            return;
        }
    }
    t->entity = KIJI_NONE;
}

void kiji_find_offices(kiji_case *c)
{
    const uint32_t date = kiji_office_day(c);
    for (size_t i = 0; i < c->titles.count; i++) {
        if (c->titles.items[i].name != KIJI_NONE) {
            qualify(c, &c->titles.items[i], date);
        }
    }
    for (size_t i = 0; i < c->entities.count; i++) {
        kiji_found_entity *e = &c->entities.items[i];
        if (e->type == KIJI_NAME_PERSON && e->hit != NULL && e->offices.count == 0) {
            offices_by_date(c, e, date);
        }
    }
    for (size_t i = 0; i < c->titles.count; i++) {
        if (c->titles.items[i].name == KIJI_NONE) {
            resolve_alone(c, i);
        }
    }
    kiji_office_holders(c, date);
}
