#include "words/dict_source.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

typedef enum column_kind {
    COLUMN_TEXT,    /* must not be empty */
    COLUMN_LIST,    /* |-separated, may be "-" */
    COLUMN_COUNTRY, /* two capital letters, "*" or "-" */
    COLUMN_CONTEXT, /* "-" or "needed" */
    COLUMN_RANK,
    COLUMN_SEATS,
    COLUMN_KEY,
    COLUMN_DATE,
    COLUMN_LAST, /* a date or "-" */
    COLUMN_USE,
    COLUMN_ACT,
    COLUMN_MARKS,
    COLUMN_HONORIFIC,
    COLUMN_SUFFIX_TYPE
} column_kind;

typedef struct column {
    const char *name;
    column_kind kind;
} column;

typedef struct table {
    const char *name;
    column columns[KIJI_DICT_COLUMNS];
} table;

/* The sources and their columns, as dict/README.md describes them; the header line of a file picks its table. */
static const table tables[KIJI_TABLES] = {
    {"countries", {{"code", COLUMN_COUNTRY}, {"name", COLUMN_TEXT}, {"forms", COLUMN_LIST}, {"kanji", COLUMN_LIST}}},
    {"places",
     {{"place", COLUMN_TEXT},
      {"forms", COLUMN_LIST},
      {"kind", COLUMN_TEXT},
      {"country", COLUMN_COUNTRY},
      {"context", COLUMN_CONTEXT}}},
    {"organizations",
     {{"organization", COLUMN_TEXT},
      {"forms", COLUMN_LIST},
      {"kind", COLUMN_TEXT},
      {"country", COLUMN_COUNTRY},
      {"context", COLUMN_CONTEXT}}},
    {"suffixes",
     {{"suffix", COLUMN_TEXT}, {"type", COLUMN_SUFFIX_TYPE}, {"kind", COLUMN_TEXT}, {"context", COLUMN_CONTEXT}}},
    {"offices",
     {{"title", COLUMN_TEXT},
      {"forms", COLUMN_LIST},
      {"rank", COLUMN_RANK},
      {"country", COLUMN_COUNTRY},
      {"seats", COLUMN_SEATS}}},
    {"ministers",
     {{"key", COLUMN_KEY},
      {"name", COLUMN_TEXT},
      {"short", COLUMN_LIST},
      {"reading", COLUMN_LIST},
      {"aliases", COLUMN_LIST},
      {"office", COLUMN_TEXT},
      {"country", COLUMN_COUNTRY},
      {"first", COLUMN_DATE},
      {"last", COLUMN_LAST}}},
    {"weapons",
     {{"weapon", COLUMN_TEXT},
      {"forms", COLUMN_LIST},
      {"kind", COLUMN_TEXT},
      {"country", COLUMN_COUNTRY},
      {"context", COLUMN_CONTEXT}}},
    {"weapon-classes", {{"class", COLUMN_TEXT}, {"forms", COLUMN_LIST}, {"use", COLUMN_USE}}},
    {"speech", {{"phrase", COLUMN_TEXT}, {"act", COLUMN_ACT}, {"marks", COLUMN_MARKS}}},
    {"honorifics", {{"honorific", COLUMN_TEXT}, {"kind", COLUMN_HONORIFIC}}},
    {"speaker-nouns", {{"speaker", COLUMN_TEXT}, {"kind", COLUMN_TEXT}}},
};

const char *kiji_dict_column(uint8_t table_id, size_t at)
{
    return tables[table_id].columns[at].name;
}

static bool equals(kiji_str s, const char *word)
{
    return s.len == strlen(word) && memcmp(s.ptr, word, s.len) == 0;
}

static int find_word(kiji_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (equals(word, words[i])) {
            return (int)i;
        }
    }
    return -1;
}

#define FIND(word, words) find_word((word), (words), sizeof(words) / sizeof(words)[0])

int kiji_dict_rank(kiji_str word)
{
    static const char *const words[] = {"head_of_state", "head_of_government", "cabinet",  "deputy",        "party",
                                        "parliament",    "military",           "agency",   "international", "diplomat",
                                        "local",         "business",           "academic", "spokesman",     "other"};
    return FIND(word, words);
}

int kiji_dict_use(kiji_str word)
{
    static const char *const words[] = {"alone", "head", "modifier"};
    return FIND(word, words);
}

int kiji_dict_honorific(kiji_str word)
{
    static const char *const words[] = {"honorific", "status", "role"};
    return FIND(word, words);
}

int kiji_dict_act(kiji_str word)
{
    static const char *const words[] = {"say", "ask", "deny", "announce", "write", "think", "report", "request"};
    return FIND(word, words);
}

bool kiji_dict_next(kiji_str *rest, kiji_str *part)
{
    if (rest->ptr == NULL || rest->len == 0) {
        return false;
    }
    const char *bar = memchr(rest->ptr, '|', rest->len);
    const size_t n = bar != NULL ? (size_t)(bar - rest->ptr) : rest->len;
    *part = (kiji_str){rest->ptr, n};
    const size_t used = bar != NULL ? n + 1 : n;
    rest->ptr += used;
    rest->len -= used;
    return true;
}

int kiji_dict_marks(kiji_str list)
{
    static const char *const words[] = {"と", "こと", "よう", "か", "を", "に"};
    int bits = 0;
    kiji_str part;
    while (kiji_dict_next(&list, &part)) {
        const int at = FIND(part, words);
        if (at < 0) {
            return -1;
        }
        bits |= 1 << at;
    }
    return bits;
}

static bool digits(kiji_str s, size_t begin, size_t n, unsigned *out)
{
    *out = 0;
    for (size_t i = begin; i < begin + n; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
        *out = *out * 10 + (unsigned)(s.ptr[i] - '0');
    }
    return true;
}

static unsigned month_days(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

uint32_t kiji_dict_date(kiji_str text, bool last)
{
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if ((text.len != 7 && text.len != 10) || text.ptr[4] != '-' || !digits(text, 0, 4, &year) ||
        !digits(text, 5, 2, &month) || month < 1 || month > 12 || year < 1800 || year > 2200) {
        return 0;
    }
    if (text.len == 7) {
        day = last ? month_days(year, month) : 1;
    } else if (text.ptr[7] != '-' || !digits(text, 8, 2, &day) || day < 1 || day > month_days(year, month)) {
        return 0;
    }
    return year * 10000 + month * 100 + day;
}

static bool is_country(kiji_str s)
{
    return equals(s, "*") || (s.len == 2 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] >= 'A' && s.ptr[1] <= 'Z');
}

static bool is_key(kiji_str s)
{
    static const char prefix[] = "person/";
    if (s.len <= sizeof prefix - 1 || memcmp(s.ptr, prefix, sizeof prefix - 1) != 0) {
        return false;
    }
    for (size_t i = sizeof prefix - 1; i < s.len; i++) {
        const char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return true;
}

/* NULL when a cell is right, else the reason. `cell` is "" for "-". */
static const char *check_cell(column_kind kind, kiji_str cell)
{
    const bool empty = cell.len == 0;
    switch (kind) {
    case COLUMN_TEXT:
        return empty ? "must not be empty" : NULL;
    case COLUMN_LIST:
        return NULL;
    case COLUMN_COUNTRY:
        return empty || is_country(cell) ? NULL : "not an ISO 3166-1 alpha-2 code, * or -";
    case COLUMN_CONTEXT:
        return empty || equals(cell, "needed") ? NULL : "not - or needed";
    case COLUMN_RANK:
        return kiji_dict_rank(cell) >= 0 ? NULL : "not a rank";
    case COLUMN_SEATS:
        return equals(cell, "single") || equals(cell, "many") ? NULL : "not single or many";
    case COLUMN_KEY:
        return is_key(cell) ? NULL : "not person/ and a-z, 0-9 and -";
    case COLUMN_DATE:
        return kiji_dict_date(cell, false) != 0 ? NULL : "not a date YYYY-MM-DD or YYYY-MM";
    case COLUMN_LAST:
        return empty || kiji_dict_date(cell, true) != 0 ? NULL : "not a date YYYY-MM-DD, YYYY-MM or -";
    case COLUMN_USE:
        return kiji_dict_use(cell) >= 0 ? NULL : "not alone, head or modifier";
    case COLUMN_ACT:
        return kiji_dict_act(cell) >= 0 ? NULL : "not an act of speech";
    case COLUMN_MARKS:
        return kiji_dict_marks(cell) >= 0 ? NULL : "not a list of と こと よう か を に";
    case COLUMN_HONORIFIC:
        return kiji_dict_honorific(cell) >= 0 ? NULL : "not honorific, status or role";
    case COLUMN_SUFFIX_TYPE:
        return equals(cell, "place") || equals(cell, "organization") ? NULL : "not place or organization";
    }
    return NULL;
}

static size_t n_columns(const table *t)
{
    size_t n = 0;
    while (n < KIJI_DICT_COLUMNS && t->columns[n].name != NULL) {
        n++;
    }
    return n;
}

/* Split a line at its tabs; returns how many cells there are (more than room for are counted, not kept). */
static size_t split_line(kiji_str line, kiji_str cells[KIJI_DICT_COLUMNS])
{
    size_t n = 0;
    size_t begin = 0;
    for (size_t i = 0; i <= line.len; i++) {
        if (i == line.len || line.ptr[i] == '\t') {
            if (n < KIJI_DICT_COLUMNS) {
                cells[n] = (kiji_str){line.ptr + begin, i - begin};
            }
            n++;
            begin = i + 1;
        }
    }
    return n;
}

static const table *table_of_header(kiji_str line)
{
    kiji_str cells[KIJI_DICT_COLUMNS];
    const size_t n = split_line(line, cells);
    for (size_t t = 0; t < KIJI_TABLES; t++) {
        bool same = n == n_columns(&tables[t]);
        for (size_t i = 0; same && i < n; i++) {
            same = equals(cells[i], tables[t].columns[i].name);
        }
        if (same) {
            return &tables[t];
        }
    }
    return NULL;
}

typedef struct source {
    kiji_dict_rows *rows;
    kiji_buf *faults;
    kiji_arena *arena;
    kiji_str name;
    const table *table;
    uint32_t line;
    size_t n_faults;
} source;

static void fault(source *s, const char *column_name, const char *reason)
{
    s->n_faults++;
    kiji_buf_printf(s->faults, "%.*s:%u: %s%s%s\n", (int)s->name.len, s->name.ptr, (unsigned)s->line,
                    column_name != NULL ? column_name : "", column_name != NULL ? ": " : "", reason);
}

static void parse_row(source *s, kiji_str line)
{
    kiji_dict_row row = {(uint8_t)(s->table - tables), s->line, s->name, {{NULL, 0}}};
    const size_t want = n_columns(s->table);
    const size_t n = split_line(line, row.cells);
    if (n != want) {
        char reason[80];
        (void)snprintf(reason, sizeof reason, "%zu columns, not the %zu of the header", n, want);
        fault(s, NULL, reason);
        return;
    }
    bool good = true;
    for (size_t i = 0; i < want; i++) {
        if (row.cells[i].len == 0) {
            fault(s, s->table->columns[i].name, "empty column (- says none)");
            good = false;
            continue;
        }
        if (equals(row.cells[i], "-")) {
            row.cells[i] = (kiji_str){"", 0};
        }
        const char *reason = check_cell(s->table->columns[i].kind, row.cells[i]);
        if (reason != NULL) {
            fault(s, s->table->columns[i].name, reason);
            good = false;
        }
    }
    if (good) {
        for (size_t i = 0; i < want; i++) {
            row.cells[i] = kiji_arena_copy(s->arena, row.cells[i]);
        }
        KIJI_PUSH(s->arena, s->rows, row);
    }
}

size_t kiji_dict_parse(kiji_dict_rows *rows, kiji_buf *faults, kiji_arena *arena, const char *name, kiji_str bytes)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash != NULL ? slash + 1 : name;
    source s = {rows, faults, arena, kiji_arena_copy(arena, (kiji_str){base, strlen(base)}), NULL, 0, 0};
    for (size_t at = 0; at < bytes.len;) {
        const char *end = memchr(bytes.ptr + at, '\n', bytes.len - at);
        const size_t n = end != NULL ? (size_t)(end - (bytes.ptr + at)) : bytes.len - at;
        kiji_str line = {bytes.ptr + at, n};
        at += n + 1;
        s.line++;
        if (line.len != 0 && line.ptr[line.len - 1] == '\r') {
            line.len--;
        }
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        if (!kiji_utf8_valid(line)) {
            fault(&s, NULL, "not UTF-8");
        } else if (memchr(line.ptr, '\0', line.len) != NULL) {
            fault(&s, NULL, "a NUL byte");
        } else if (s.table != NULL) {
            parse_row(&s, line);
        } else if ((s.table = table_of_header(line)) == NULL) {
            fault(&s, NULL, "the header names no known table (dict/README.md lists the columns)");
            break;
        }
    }
    if (s.table == NULL && s.n_faults == 0) {
        fault(&s, NULL, "no header line");
    }
    return s.n_faults;
}
