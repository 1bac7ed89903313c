#include "words/dict_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

typedef struct checker {
    kiji_buf *faults;
    size_t n_faults;
    const kiji_dict_row *all;
    size_t n_all;
    const kiji_lexicon *base;
} checker;

static void fault(checker *c, const kiji_dict_row *row, size_t column, const char *what)
{
    const kiji_str cell = row->cells[column];
    c->n_faults++;
    kiji_buf_printf(c->faults, "%.*s:%u: %s: %s: %.*s\n", (int)row->file.len, row->file.ptr, (unsigned)row->line,
                    kiji_dict_column(row->table, column), what, (int)cell.len, cell.ptr);
}

static bool equal(kiji_str a, kiji_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static int order(kiji_str a, kiji_str b)
{
    const size_t n = a.len < b.len ? a.len : b.len;
    const int o = n != 0 ? memcmp(a.ptr, b.ptr, n) : 0;
    return o != 0 ? o : (a.len > b.len) - (a.len < b.len);
}

/* What makes a row the only one of its kind: the first column, for offices also the country. */
static int by_identity(const void *x, const void *y)
{
    const kiji_dict_row *a = *(const kiji_dict_row *const *)x;
    const kiji_dict_row *b = *(const kiji_dict_row *const *)y;
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    int o = order(a->cells[0], b->cells[0]);
    if (o == 0 &&
        (a->table == KIJI_TABLE_OFFICES || a->table == KIJI_TABLE_PLACES || a->table == KIJI_TABLE_ORGANIZATIONS)) {
        o = order(a->cells[3], b->cells[3]);
    }
    if (o == 0 && a->table == KIJI_TABLE_SUFFIXES) {
        o = order(a->cells[1], b->cells[1]);
    }
    return o;
}

static void check_duplicates(checker *c, const kiji_dict_row **rows, size_t count)
{
    qsort(rows, count, sizeof *rows, by_identity);
    for (size_t i = 1; i < count; i++) {
        if (rows[i]->table != KIJI_TABLE_MINISTERS && by_identity(&rows[i - 1], &rows[i]) == 0) {
            fault(c, rows[i], 0, "a second row of the same name");
        }
    }
}

static int country_column(uint8_t table)
{
    switch ((kiji_dict_table_id)table) {
    case KIJI_TABLE_PLACES:
    case KIJI_TABLE_ORGANIZATIONS:
    case KIJI_TABLE_WEAPONS:
    case KIJI_TABLE_OFFICES:
        return 3;
    case KIJI_TABLE_MINISTERS:
        return 6;
    default:
        return -1;
    }
}

/* Bits of the 26 x 26 codes that exist: rows of countries, the base dictionary, and bodies that are no countries. */
static void known_countries(uint8_t known[26][26], const kiji_dict_row *rows, size_t count, const kiji_lexicon *base)
{
    known['E' - 'A']['U' - 'A'] = 1;
    known['U' - 'A']['N' - 'A'] = 1;
    for (size_t i = 0; i < count; i++) {
        const kiji_str code = rows[i].cells[0];
        if (rows[i].table == KIJI_TABLE_COUNTRIES && code.len == 2) {
            known[code.ptr[0] - 'A'][code.ptr[1] - 'A'] = 1;
        }
    }
    const size_t n = base != NULL ? kiji_lexicon_entries(base) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const kiji_dict_entry *e = kiji_lexicon_entry(base, i);
        if (e->class_ == KIJI_DICT_COUNTRY && e->country[0] >= 'A' && e->country[0] <= 'Z' && e->country[1] >= 'A' &&
            e->country[1] <= 'Z') {
            known[e->country[0] - 'A'][e->country[1] - 'A'] = 1;
        }
    }
}

static void check_countries(checker *c)
{
    const kiji_dict_row *rows = c->all;
    uint8_t known[26][26] = {{0}};
    known_countries(known, rows, c->n_all, c->base);
    for (size_t i = 0; i < c->n_all; i++) {
        const int at = country_column(rows[i].table);
        if (at >= 0 && rows[i].cells[at].len == 2 &&
            !known[rows[i].cells[at].ptr[0] - 'A'][rows[i].cells[at].ptr[1] - 'A']) {
            fault(c, &rows[i], (size_t)at, "no row of countries.tsv has the code");
        }
    }
}

static int by_seat(const void *x, const void *y)
{
    const kiji_dict_row *a = *(const kiji_dict_row *const *)x;
    const kiji_dict_row *b = *(const kiji_dict_row *const *)y;
    int o = order(a->cells[5], b->cells[5]);
    if (o == 0) {
        o = order(a->cells[6], b->cells[6]);
    }
    if (o == 0) {
        o = order(a->cells[7], b->cells[7]);
    }
    return o != 0 ? o : (a->line > b->line) - (a->line < b->line);
}

typedef struct seat {
    const kiji_dict_row *term;
    bool single, own; /* own: said by the country's own row, which counts before the general one */
} seat;

static void note_seat(seat *s, kiji_str title, kiji_str country, bool single)
{
    const bool own = equal(country, s->term->cells[6]);
    if (equal(title, s->term->cells[5]) && !s->own && (own || country.len != 2)) {
        s->single = single;
        s->own = own;
    }
}

/* Is this title a single seat in this country? Rows of the file count before those of the base. */
static bool single_seat(const kiji_dict_row *rows, size_t count, const kiji_dict_row *term, const kiji_lexicon *base)
{
    seat s = {term, false, false};
    const size_t n = base != NULL ? kiji_lexicon_entries(base) : 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].table == KIJI_TABLE_OFFICES) {
            note_seat(&s, rows[i].cells[0], rows[i].cells[3], rows[i].cells[4].len == 6);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        const kiji_dict_entry *e = kiji_lexicon_entry(base, i);
        if (e->class_ == KIJI_DICT_OFFICE) {
            const kiji_str country = {e->country, e->country[0] >= 'A' ? 2 : 0};
            note_seat(&s, kiji_lexicon_string(base, e->name), country, (e->flags & KIJI_DICT_SINGLE_SEAT) != 0);
        }
    }
    return s.single;
}

static void check_overlaps(checker *c, const kiji_dict_row **terms, size_t n)
{
    qsort(terms, n, sizeof *terms, by_seat);
    uint32_t last = 0;
    bool single = false;
    for (size_t i = 0; i < n; i++) {
        const bool same = i > 0 && equal(terms[i]->cells[5], terms[i - 1]->cells[5]) &&
                          equal(terms[i]->cells[6], terms[i - 1]->cells[6]);
        if (!same) {
            last = 0;
            single = single_seat(c->all, c->n_all, terms[i], c->base);
        }
        const uint32_t first = kiji_dict_date(terms[i]->cells[7], false);
        if (same && equal(terms[i]->cells[0], terms[i - 1]->cells[0]) &&
            equal(terms[i]->cells[7], terms[i - 1]->cells[7])) {
            fault(c, terms[i], 0, "a second row of the same term of office");
        }
        /* A term known by its month only may begin or end on any day of it. */
        const bool vague = terms[i]->cells[7].len == 7 || last == 0;
        const uint32_t floor = vague ? last / 100 * 100 : last;
        if (same && single && (vague ? first / 100 * 100 < floor : first < floor) &&
            !equal(terms[i]->cells[0], terms[i - 1]->cells[0])) {
            fault(c, terms[i], 7, "overlaps the term before it of the same single-seat office");
        }
        const uint32_t end = terms[i]->cells[8].len == 0   ? KIJI_STILL
                             : terms[i]->cells[8].len == 7 ? kiji_dict_date(terms[i]->cells[8], false)
                                                           : kiji_dict_date(terms[i]->cells[8], true);
        last = end > last ? end : last;
    }
}

size_t kiji_dict_check(const kiji_dict_row *rows, size_t count, kiji_buf *faults, const kiji_lexicon *base)
{
    checker c = {faults, 0, rows, count, base};
    const kiji_dict_row **list = kiji_alloc_zero(count + 1, sizeof *list);
    if (list == NULL) {
        kiji_buf_puts(faults, "out of memory\n");
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = &rows[i];
    }
    check_duplicates(&c, list, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].table == KIJI_TABLE_MINISTERS) {
            list[n++] = &rows[i];
        }
    }
    check_countries(&c);
    check_overlaps(&c, list, n);
    kiji_free(list);
    return c.n_faults;
}
