#include "words/dict_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/hash.h"
#include "base/status.h"
#include "read/text.h"
#include "words/dict_check.h"
#include "words/fold.h"
#include "words/spelling.h"
#include "words/trie_build.h"

typedef struct string_slot {
    uint64_t hash;
    uint32_t offset; /* 0 = free */
} string_slot;

typedef struct builder {
    kiji_arena *arena;
    const kiji_lexicon *base;
    kiji_buf *faults;
    size_t n_faults;
    kiji_buf strings;
    string_slot *slots;
    size_t n_slots, n_strings;
    struct {
        kiji_dict_entry *items;
        size_t count, capacity;
    } entries;
    struct {
        kiji_dict_term *items;
        size_t count, capacity;
    } terms;
    struct {
        kiji_trie_key *items;
        size_t count, capacity;
    } keys; /* folded form -> entry and role */
} builder;

/* An interned string's offset; a string is stored once. */
static uint32_t intern(builder *b, kiji_str s)
{
    if (s.len == 0) {
        return 0;
    }
    if (b->n_strings * 2 >= b->n_slots) {
        const size_t wider = b->n_slots != 0 ? b->n_slots * 2 : 4096;
        string_slot *slots = kiji_arena_zero(b->arena, wider, sizeof *slots);
        for (size_t i = 0; i < b->n_slots; i++) {
            if (b->slots[i].offset != 0) {
                size_t at = b->slots[i].hash & (wider - 1);
                while (slots[at].offset != 0) {
                    at = (at + 1) & (wider - 1);
                }
                slots[at] = b->slots[i];
            }
        }
        b->slots = slots;
        b->n_slots = wider;
    }
    const uint64_t hash = kiji_mix(kiji_hash64(s));
    size_t at = hash & (b->n_slots - 1);
    for (; b->slots[at].offset != 0; at = (at + 1) & (b->n_slots - 1)) {
        uint32_t len;
        memcpy(&len, b->strings.ptr + b->slots[at].offset, 4);
        if (b->slots[at].hash == hash && len == s.len &&
            memcmp(b->strings.ptr + b->slots[at].offset + 4, s.ptr, s.len) == 0) {
            return b->slots[at].offset;
        }
    }
    const uint32_t offset = (uint32_t)b->strings.len;
    const uint32_t len = (uint32_t)s.len;
    kiji_buf_put(&b->strings, &len, 4);
    kiji_buf_put(&b->strings, s.ptr, s.len);
    kiji_buf_putc(&b->strings, '\0');
    b->slots[at] = (string_slot){hash, offset};
    b->n_strings++;
    return offset;
}

static kiji_str fold_form(builder *b, kiji_str form)
{
    const kiji_str norm = kiji_text_normalize(b->arena, form);
    char *out = kiji_arena_alloc(b->arena, norm.len * 4 + 4);
    kiji_fold fold = {norm.ptr, norm.ptr + norm.len, NULL, 0};
    size_t n = 0;
    for (unsigned step; (step = kiji_fold_next(&fold, out + n)) != 0;) {
        n += step;
    }
    return (kiji_str){out, n};
}

static void add_form(builder *b, kiji_str form, uint32_t entry, kiji_dict_role role)
{
    const kiji_str folded = fold_form(b, form);
    if (folded.len != 0) {
        KIJI_PUSH(b->arena, &b->keys, ((kiji_trie_key){folded, entry, (uint8_t)role}));
    }
}

/* The full name of a person as other newspapers may spell it: spelling.h. */
static void add_spelling(builder *b, kiji_str name, uint32_t entry)
{
    char *out = kiji_arena_alloc(b->arena, KIJI_SPELLING_BYTES);
    const size_t n = kiji_spelling(out, kiji_text_normalize(b->arena, name));
    if (n != 0) {
        KIJI_PUSH(b->arena, &b->keys, ((kiji_trie_key){{out, n}, entry, KIJI_ROLE_FORM}));
    }
}

static void add_spellings(builder *b, kiji_str list, uint32_t entry)
{
    kiji_str part;
    while (kiji_dict_next(&list, &part)) {
        add_spelling(b, part, entry);
    }
}

static void add_forms(builder *b, kiji_str list, uint32_t entry, kiji_dict_role role)
{
    kiji_str part;
    while (kiji_dict_next(&list, &part)) {
        add_form(b, part, entry, role);
    }
}

static uint32_t add_entry(builder *b, const kiji_dict_row *row, kiji_dict_class class_, kiji_str name)
{
    char where[80];
    (void)snprintf(where, sizeof where, "%.*s:%u", (int)(row->file.len > 60 ? 60 : row->file.len), row->file.ptr,
                   (unsigned)row->line);
    kiji_dict_entry entry = {0};
    entry.class_ = (uint8_t)class_;
    entry.name = intern(b, name);
    entry.where = intern(b, (kiji_str){where, strlen(where)});
    KIJI_PUSH(b->arena, &b->entries, entry);
    return (uint32_t)b->entries.count - 1;
}

static void set_country(kiji_dict_entry *entry, kiji_str country)
{
    entry->country[0] = country.len > 0 ? country.ptr[0] : '\0';
    entry->country[1] = country.len > 1 ? country.ptr[1] : '\0';
}

/* Places, organizations and weapons: name, forms, kind, country, context. */
static void add_named(builder *b, const kiji_dict_row *row, kiji_dict_class class_)
{
    const uint32_t at = add_entry(b, row, class_, row->cells[0]);
    kiji_dict_entry *entry = &b->entries.items[at];
    entry->kind = intern(b, row->cells[2]);
    set_country(entry, row->cells[3]);
    if (row->cells[4].len != 0) {
        entry->flags |= KIJI_DICT_NEEDS_CONTEXT;
    }
    add_form(b, row->cells[0], at, KIJI_ROLE_NAME);
    add_forms(b, row->cells[1], at, KIJI_ROLE_FORM);
}

static void add_country(builder *b, const kiji_dict_row *row)
{
    const uint32_t at = add_entry(b, row, KIJI_DICT_COUNTRY, row->cells[1]);
    set_country(&b->entries.items[at], row->cells[0]);
    b->entries.items[at].kind = intern(b, (kiji_str){"country", 7});
    add_form(b, row->cells[1], at, KIJI_ROLE_NAME);
    add_forms(b, row->cells[2], at, KIJI_ROLE_FORM);
    add_forms(b, row->cells[3], at, KIJI_ROLE_KANJI);
}

static void add_office(builder *b, const kiji_dict_row *row)
{
    const uint32_t at = add_entry(b, row, KIJI_DICT_OFFICE, row->cells[0]);
    kiji_dict_entry *entry = &b->entries.items[at];
    entry->value = (uint8_t)kiji_dict_rank(row->cells[2]);
    set_country(entry, row->cells[3]);
    if (row->cells[4].len == 6) { /* "single" */
        entry->flags |= KIJI_DICT_SINGLE_SEAT;
    }
    add_form(b, row->cells[0], at, KIJI_ROLE_NAME);
    add_forms(b, row->cells[1], at, KIJI_ROLE_FORM);
}

static void add_simple(builder *b, const kiji_dict_row *row)
{
    uint32_t at;
    switch ((kiji_dict_table_id)row->table) {
    case KIJI_TABLE_SUFFIXES:
        at = add_entry(b, row, KIJI_DICT_SUFFIX, row->cells[0]);
        b->entries.items[at].value = row->cells[1].ptr[0] == 'p' ? KIJI_SUFFIX_OF_PLACE : KIJI_SUFFIX_OF_ORGANIZATION;
        b->entries.items[at].kind = intern(b, row->cells[2]);
        b->entries.items[at].flags = row->cells[3].len != 0 ? KIJI_DICT_NEEDS_CONTEXT : 0;
        break;
    case KIJI_TABLE_WEAPON_CLASSES:
        at = add_entry(b, row, KIJI_DICT_WEAPON_CLASS, row->cells[0]);
        b->entries.items[at].value = (uint8_t)kiji_dict_use(row->cells[2]);
        add_forms(b, row->cells[1], at, KIJI_ROLE_FORM);
        break;
    case KIJI_TABLE_SPEECH:
        at = add_entry(b, row, KIJI_DICT_SPEECH, row->cells[0]);
        b->entries.items[at].value = (uint8_t)kiji_dict_act(row->cells[1]);
        b->entries.items[at].marks = (uint8_t)kiji_dict_marks(row->cells[2]);
        break;
    case KIJI_TABLE_HONORIFICS:
        at = add_entry(b, row, KIJI_DICT_HONORIFIC, row->cells[0]);
        b->entries.items[at].value = (uint8_t)kiji_dict_honorific(row->cells[1]);
        break;
    default:
        at = add_entry(b, row, KIJI_DICT_SPEAKER, row->cells[0]);
        b->entries.items[at].kind = intern(b, row->cells[1]);
        break;
    }
    add_form(b, row->cells[0], at, KIJI_ROLE_NAME);
}

static kiji_str without_blanks(builder *b, kiji_str s)
{
    char *out = kiji_arena_alloc(b->arena, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != ' ') {
            out[n++] = s.ptr[i];
        }
    }
    return (kiji_str){out, n};
}

static void fault(builder *b, const kiji_dict_row *row, const char *format, kiji_str detail)
{
    b->n_faults++;
    kiji_buf_printf(b->faults, "%.*s:%u: ", (int)row->file.len, row->file.ptr, (unsigned)row->line);
    kiji_buf_printf(b->faults, format, (int)detail.len, detail.ptr);
    kiji_buf_putc(b->faults, '\n');
}

/* Entry number of an office by its exact title, the country's own row before the general one; UINT32_MAX: none. */
static uint32_t find_office(const builder *b, kiji_str title, kiji_str country)
{
    uint32_t general = UINT32_MAX;
    for (uint32_t i = 0; i < b->entries.count; i++) {
        const kiji_dict_entry *e = &b->entries.items[i];
        uint32_t len;
        memcpy(&len, b->strings.ptr + e->name, 4);
        if (e->class_ != KIJI_DICT_OFFICE || len != title.len ||
            memcmp(b->strings.ptr + e->name + 4, title.ptr, len) != 0) {
            continue;
        }
        if (country.len == 2 && memcmp(e->country, country.ptr, 2) == 0) {
            return i;
        }
        if (e->country[0] == '*' || general == UINT32_MAX) {
            general = i;
        }
    }
    return general;
}

/* An office known to the base lexicon only is copied, so that an image stands by itself. */
static uint32_t borrow_office(builder *b, const kiji_dict_row *row)
{
    const size_t n = b->base != NULL ? kiji_lexicon_entries(b->base) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const kiji_dict_entry *e = kiji_lexicon_entry(b->base, i);
        const kiji_str name = kiji_lexicon_string(b->base, e->name);
        if (e->class_ == KIJI_DICT_OFFICE && name.len == row->cells[5].len &&
            memcmp(name.ptr, row->cells[5].ptr, name.len) == 0) {
            const uint32_t at = add_entry(b, row, KIJI_DICT_OFFICE, name);
            b->entries.items[at].value = e->value;
            b->entries.items[at].flags = e->flags;
            memcpy(b->entries.items[at].country, e->country, 2);
            return at;
        }
    }
    return UINT32_MAX;
}

static void add_term(builder *b, const kiji_dict_row *row, uint32_t person)
{
    uint32_t office = find_office(b, row->cells[5], row->cells[6]);
    if (office == UINT32_MAX) {
        office = borrow_office(b, row);
    }
    if (office == UINT32_MAX) {
        fault(b, row, "office: no row of offices.tsv has the title %.*s", row->cells[5]);
        return;
    }
    kiji_dict_term term = {office, kiji_dict_date(row->cells[7], false), KIJI_STILL, ""};
    if (row->cells[8].len != 0) {
        term.last = kiji_dict_date(row->cells[8], true);
    }
    if (term.last < term.first) {
        fault(b, row, "last: before first (%.*s)", row->cells[8]);
    }
    if (row->cells[6].len == 2) {
        memcpy(term.country, row->cells[6].ptr, 2);
    }
    KIJI_PUSH(b->arena, &b->terms, term);
    b->entries.items[person].n_terms++;
}

/* The rows of one person stand together (sorted by key): one entry with all terms. */
static size_t add_person(builder *b, const kiji_dict_row *rows, size_t n)
{
    const kiji_dict_row *row = rows;
    const uint32_t at = add_entry(b, row, KIJI_DICT_PERSON, without_blanks(b, row->cells[1]));
    b->entries.items[at].key = intern(b, row->cells[0]);
    b->entries.items[at].kind = intern(b, row->cells[3]);
    b->entries.items[at].terms = (uint32_t)b->terms.count;
    set_country(&b->entries.items[at], row->cells[6]);
    add_form(b, without_blanks(b, row->cells[1]), at, KIJI_ROLE_NAME);
    add_spelling(b, row->cells[1], at);
    size_t i = 0;
    for (; i < n && rows[i].table == KIJI_TABLE_MINISTERS && rows[i].cells[0].len == row->cells[0].len &&
           memcmp(rows[i].cells[0].ptr, row->cells[0].ptr, row->cells[0].len) == 0;
         i++) {
        if (rows[i].cells[1].len != row->cells[1].len ||
            memcmp(rows[i].cells[1].ptr, row->cells[1].ptr, row->cells[1].len) != 0) {
            fault(b, &rows[i], "name: differs from the key's first row (%.*s)", rows[i].cells[1]);
        }
        /* Rows of one person in several files may each know other spellings. */
        add_forms(b, rows[i].cells[2], at, KIJI_ROLE_SHORT);
        add_forms(b, rows[i].cells[4], at, KIJI_ROLE_FORM);
        add_spellings(b, rows[i].cells[4], at);
        add_term(b, &rows[i], at);
    }
    return i;
}

static int by_key(const void *x, const void *y)
{
    const kiji_dict_row *a = x;
    const kiji_dict_row *c = y;
    const bool am = a->table == KIJI_TABLE_MINISTERS;
    const bool cm = c->table == KIJI_TABLE_MINISTERS;
    if (am != cm) {
        return am - cm; /* offices come before the people that hold them */
    }
    if (am) {
        const size_t n = a->cells[0].len < c->cells[0].len ? a->cells[0].len : c->cells[0].len;
        const int order = memcmp(a->cells[0].ptr, c->cells[0].ptr, n);
        if (order != 0 || a->cells[0].len != c->cells[0].len) {
            return order != 0 ? order : (a->cells[0].len > c->cells[0].len) - (a->cells[0].len < c->cells[0].len);
        }
        const uint32_t f = kiji_dict_date(a->cells[7], false);
        const uint32_t g = kiji_dict_date(c->cells[7], false);
        if (f != g) {
            return f < g ? -1 : 1;
        }
    } else if (a->table != c->table) {
        return a->table < c->table ? -1 : 1;
    }
    const int file = strcmp(a->file.ptr, c->file.ptr);
    return file != 0 ? file : (a->line > c->line) - (a->line < c->line);
}

static void add_rows(builder *b, const kiji_dict_rows *rows)
{
    kiji_dict_row *sorted = kiji_arena_alloc(b->arena, rows->count * sizeof *sorted);
    if (rows->count != 0) {
        memcpy(sorted, rows->items, rows->count * sizeof *sorted);
        qsort(sorted, rows->count, sizeof *sorted, by_key);
    }
    for (size_t i = 0; i < rows->count;) {
        switch ((kiji_dict_table_id)sorted[i].table) {
        case KIJI_TABLE_COUNTRIES:
            add_country(b, &sorted[i++]);
            break;
        case KIJI_TABLE_PLACES:
            add_named(b, &sorted[i++], KIJI_DICT_PLACE);
            break;
        case KIJI_TABLE_ORGANIZATIONS:
            add_named(b, &sorted[i++], KIJI_DICT_ORGANIZATION);
            break;
        case KIJI_TABLE_WEAPONS:
            add_named(b, &sorted[i++], KIJI_DICT_WEAPON);
            break;
        case KIJI_TABLE_OFFICES:
            add_office(b, &sorted[i++]);
            break;
        case KIJI_TABLE_MINISTERS:
            i += add_person(b, &sorted[i], rows->count - i);
            break;
        default:
            add_simple(b, &sorted[i++]);
            break;
        }
    }
    b->n_faults += kiji_dict_check(sorted, rows->count, b->faults, b->base);
}

static uint8_t *endings_of(const builder *b)
{
    uint8_t *bits = kiji_arena_zero(b->arena, KIJI_DICT_ENDING_BITS / 8, 1);
    for (size_t i = 0; i < b->keys.count; i++) {
        const kiji_str form = b->keys.items[i].form;
        const bool speech = b->entries.items[b->keys.items[i].entry].class_ == KIJI_DICT_SPEECH;
        for (size_t at = 0; speech && (at += kiji_char_len(form.ptr + at)) < form.len;) {
            const uint32_t bit = kiji_dict_ending(kiji_hash((kiji_str){form.ptr + at, form.len - at}));
            bits[bit / 8] |= (uint8_t)(1u << bit % 8);
        }
    }
    return bits;
}

/* Put header and sections into one block. */
static kiji_status assemble(void **image, size_t *nbytes, const builder *b, const kiji_trie *trie)
{
    const struct {
        const void *ptr;
        size_t n;
    } parts[KIJI_DICT_SECTIONS] = {
        {trie->units, trie->n_units * sizeof *trie->units},
        {trie->items, trie->n_items * sizeof *trie->items},
        {b->entries.items, b->entries.count * sizeof *b->entries.items},
        {b->terms.items, b->terms.count * sizeof *b->terms.items},
        {endings_of(b), KIJI_DICT_ENDING_BITS / 8},
        {b->strings.ptr, b->strings.len},
    };
    kiji_dict_header header = {KIJI_DICT_MAGIC, KIJI_DICT_VERSION, 0x01020304u, 0, 0, {{0, 0}}};
    size_t total = sizeof header;
    for (size_t i = 0; i < KIJI_DICT_SECTIONS; i++) {
        header.sections[i].offset = total;
        header.sections[i].nbytes = parts[i].n;
        total += (parts[i].n + 7) / 8 * 8;
    }
    header.nbytes = total;
    char *block = kiji_alloc_zero(1, total);
    if (block == NULL) {
        return KIJI_ENOMEM;
    }
    for (size_t i = 0; i < KIJI_DICT_SECTIONS; i++) {
        if (parts[i].n != 0) {
            memcpy(block + header.sections[i].offset, parts[i].ptr, parts[i].n);
        }
    }
    header.checksum = kiji_checksum((kiji_str){block + sizeof header, total - sizeof header});
    memcpy(block, &header, sizeof header);
    *image = block;
    *nbytes = total;
    return KIJI_OK;
}

kiji_status kiji_dict_build(void **image, size_t *nbytes, const kiji_dict_rows *rows, kiji_buf *faults,
                            const kiji_lexicon *base)
{
    *image = NULL;
    *nbytes = 0;
    kiji_arena arena;
    kiji_arena_init(&arena);
    builder b = {.arena = &arena, .base = base, .faults = faults};
    volatile kiji_status status = KIJI_ENOMEM;
    jmp_buf bail;
    arena.bail = &bail;
    if (setjmp(bail) == 0) {
        kiji_buf_put(&b.strings, "\0\0\0\0\0\0\0\0", 8); /* offset 0 is the empty string */
        add_rows(&b, rows);
        kiji_trie trie;
        if (b.n_faults != 0) {
            status = KIJI_EDICT;
        } else if (!b.strings.failed) {
            kiji_trie_build(&trie, &arena, b.keys.items, b.keys.count);
            status = assemble(image, nbytes, &b, &trie);
        }
    }
    kiji_buf_clear(&b.strings);
    kiji_arena_clear(&arena);
    return status;
}
