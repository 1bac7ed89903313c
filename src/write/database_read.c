#include "write/database_read.h"

#include <fcntl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/database_schema.h"
#include "write/look.h"

/*
 * ?1 who, ?2 about, ?3 about as LIKE wants it, ?4 about as FTS5 wants it, ?5 from, ?6 to: always parameters. The index
 * knows only three characters and more; shorter words (台湾) are looked for in the quotes that the rest leaves over.
 */
#define SELECT_QUOTES                                                                                                  \
    "SELECT q.document, q.speaker, q.kind, q.speaker_text, q.verb, q.addressee, q.occasion, q.start, q.end, q.text,"   \
    " q.why FROM quotes q JOIN documents d ON d.id = q.document WHERE"                                                 \
    " (?5 IS NULL OR d.date >= ?5) AND (?6 IS NULL OR d.date <= ?6)"                                                   \
    " AND (?1 IS NULL OR kiji_called(q.speaker_text, ?1, 0)"                                                           \
    " OR EXISTS(SELECT 1 FROM entities e WHERE e.document = q.document AND e.id = q.speaker"                           \
    " AND (kiji_called(e.name, ?1, 0) OR kiji_called(e.reading, ?1, 0)))"                                              \
    " OR EXISTS(SELECT 1 FROM mentions m WHERE m.document = q.document AND m.entity = q.speaker"                       \
    " AND kiji_called(m.text, ?1, 0))"                                                                                 \
    " OR EXISTS(SELECT 1 FROM offices o WHERE o.document = q.document AND o.entity = q.speaker"                        \
    " AND kiji_called(o.title, ?1, 1)))"
#define ABOUT_NAME                                                                                                     \
    " EXISTS(SELECT 1 FROM mentions m JOIN entities e ON e.document = m.document AND e.id = m.entity"                  \
    " WHERE m.document = q.document AND m.start >= q.start AND m.end <= q.end AND kiji_called(e.name, ?2, 0))"
#define IN_ORDER " ORDER BY q.document, q.id"

static const char without_index[] =
    SELECT_QUOTES " AND (?2 IS NULL OR q.text LIKE ?3 ESCAPE '\\' OR " ABOUT_NAME ") AND ?4 IS ?4" IN_ORDER;
static const char with_index[] = SELECT_QUOTES
    " AND (q.id IN (SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?4) OR " ABOUT_NAME ") AND ?3 IS ?3" IN_ORDER;

enum { QUOTES, DOCUMENT, ENTITIES, OFFICES, STATEMENTS };

static const char *const lookups[STATEMENTS] = {
    [DOCUMENT] = "SELECT source, title, date, characters FROM documents WHERE id = ?1",
    [ENTITIES] = "SELECT id, type, name, key, country, kind, reading FROM entities WHERE document = ?1 ORDER BY id",
    [OFFICES] = "SELECT title, country, status FROM offices WHERE document = ?1 AND entity = ?2 ORDER BY number",
};

typedef struct quotes {
    kiji_quote *items;
    size_t count, capacity;
} quotes;

struct kiji_reader {
    sqlite3 *db;
    sqlite3_stmt *does[STATEMENTS];
    char path[512];
    kiji_buf like, match; /* owned; bound to the query */
    kiji_arena arena;
    kiji_doc doc;
    bool more; /* a row of QUOTES is waiting */
};

static void called(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const char *name = (const char *)sqlite3_value_text(values[0]);
    const char *part = (const char *)sqlite3_value_text(values[1]);
    const bool is =
        name != NULL && part != NULL &&
        kiji_who_called((kiji_str){name, strlen(name)}, (kiji_str){part, strlen(part)}, sqlite3_value_int(values[2]));
    sqlite3_result_int(context, is);
}

/* "%…%" with what LIKE would read as more than itself behind a backslash; "…" in quotation marks for FTS5. */
static void patterns(kiji_reader *r, const char *about)
{
    kiji_buf_putc(&r->like, '%');
    kiji_buf_putc(&r->match, '"');
    for (const char *c = about; *c != '\0'; c++) {
        kiji_buf_puts(&r->like, strchr("%_\\", *c) != NULL ? "\\" : "");
        kiji_buf_putc(&r->like, *c);
        kiji_buf_puts(&r->match, *c == '"' ? "\"" : "");
        kiji_buf_putc(&r->match, *c);
    }
    kiji_buf_putc(&r->like, '%');
    kiji_buf_putc(&r->match, '"');
}

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return n;
}

static void bind(sqlite3_stmt *query, int at, const char *value, size_t length)
{
    if (value != NULL) {
        (void)sqlite3_bind_text64(query, at, value, length, SQLITE_STATIC, SQLITE_UTF8);
    }
}

static void bind_all(kiji_reader *r, const kiji_wanted *wanted)
{
    const char *const plain[] = {wanted->who, wanted->about, NULL, NULL, wanted->from, wanted->to};
    for (int i = 0; i < 6; i++) {
        bind(r->does[QUOTES], i + 1, plain[i], plain[i] != NULL ? strlen(plain[i]) : 0);
    }
    bind(r->does[QUOTES], 3, r->like.ptr, r->like.len);
    bind(r->does[QUOTES], 4, r->match.ptr, r->match.len);
}

static kiji_status fail(kiji_reader *r, kiji_error *err)
{
    return kiji_database_fail(r->db, r->path, err);
}

static kiji_status advance(kiji_reader *r, kiji_error *err)
{
    const int code = sqlite3_step(r->does[QUOTES]);
    r->more = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? KIJI_OK : fail(r, err);
}

static kiji_status prepare(kiji_reader *r, const kiji_wanted *wanted, kiji_error *err)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    const bool by_index = wanted->about != NULL && characters(wanted->about) >= 3;
    int code = sqlite3_create_function_v2(r->db, "kiji_called", 3, flags, NULL, called, NULL, NULL, NULL);
    for (size_t i = 0; i < STATEMENTS && code == SQLITE_OK; i++) {
        const char *sql = i == QUOTES ? (by_index ? with_index : without_index) : lookups[i];
        code = sqlite3_prepare_v2(r->db, sql, -1, &r->does[i], NULL);
    }
    if (wanted->about != NULL) {
        patterns(r, wanted->about);
    }
    if (r->like.failed || r->match.failed) {
        return kiji_fail_memory(err);
    }
    if (code != SQLITE_OK) {
        return fail(r, err);
    }
    bind_all(r, wanted);
    return advance(r, err);
}

static kiji_status open_database(kiji_reader *r, const char *path, kiji_error *err)
{
    bool empty = false;
    if (access(path, R_OK) != 0) {
        return kiji_fail_errno(err, path, errno, "the database cannot be read");
    }
    if (sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK ||
        sqlite3_exec(r->db, "PRAGMA temp_store=MEMORY", NULL, NULL, NULL) != SQLITE_OK) {
        return fail(r, err);
    }
    const kiji_status status = kiji_database_check(r->db, path, &empty, err);
    return status == KIJI_OK && empty ? kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "is not a kiji database")
                                      : status;
}

kiji_status kiji_reader_open(kiji_reader **out, const char *path, const kiji_wanted *wanted, kiji_error *err)
{
    *out = NULL;
    kiji_status status = kiji_sqlite_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_reader *r = kiji_alloc_zero(1, sizeof *r);
    if (r == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_arena_init(&r->arena);
    (void)snprintf(r->path, sizeof r->path, "%s", path);
    status = open_database(r, path, err);
    if (status == KIJI_OK) {
        status = prepare(r, wanted, err);
    }
    if (status == KIJI_OK) {
        *out = r;
    } else {
        kiji_reader_close(r);
    }
    return status;
}

/* A text of the current row in the arena; NULL is "". */
static kiji_str text_at(kiji_reader *r, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    const int nbytes = sqlite3_column_bytes(row, column);
    return kiji_arena_copy(&r->arena, (kiji_str){text != NULL ? text : "", text != NULL ? (size_t)nbytes : 0});
}

static void code_at(char out[3], sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    (void)snprintf(out, 3, "%.2s", text != NULL ? text : "");
}

/* The number of a word: the first `name` gives that is equal, else 0. */
#define NUMBER_OF(type, count, name, word)                                                                             \
    do {                                                                                                               \
        for (int i_ = 0; i_ < (count) && (word) != NULL; i_++) {                                                       \
            if (strcmp(name((type)i_), (const char *)(word)) == 0) {                                                   \
                return (type)i_;                                                                                       \
            }                                                                                                          \
        }                                                                                                              \
        return (type)0;                                                                                                \
    } while (0)

static kiji_type type_of(const unsigned char *word)
{
    NUMBER_OF(kiji_type, KIJI_TYPES, kiji_type_name, word);
}

static kiji_office_status office_status_of(const unsigned char *word)
{
    NUMBER_OF(kiji_office_status, KIJI_NEXT + 1, kiji_office_status_name, word);
}

static kiji_quote_kind quote_kind_of(const unsigned char *word)
{
    NUMBER_OF(kiji_quote_kind, KIJI_ACCORDING + 1, kiji_quote_kind_name, word);
}

static void read_offices(kiji_reader *r, kiji_entity *e, int64_t document, int64_t id)
{
    struct {
        kiji_office *items;
        size_t count, capacity;
    } found = {NULL, 0, 0};
    sqlite3_stmt *row = r->does[OFFICES];
    (void)sqlite3_bind_int64(row, 1, document);
    (void)sqlite3_bind_int64(row, 2, id);
    while (sqlite3_step(row) == SQLITE_ROW) {
        kiji_office office = {.title = text_at(r, row, 0), .status = office_status_of(sqlite3_column_text(row, 2))};
        code_at(office.country, row, 1);
        KIJI_PUSH(&r->arena, &found, office);
    }
    (void)sqlite3_reset(row);
    e->offices = found.items;
    e->n_offices = found.count;
}

/* Entities keep their numbers: those of types that were not stored leave a gap without a name. */
static void read_entities(kiji_reader *r, int64_t document)
{
    struct {
        kiji_entity *items;
        size_t count, capacity;
    } found = {NULL, 0, 0};
    sqlite3_stmt *row = r->does[ENTITIES];
    const kiji_entity gap = {.type = KIJI_PERSON, .name = {"", 0}, .key = {"", 0}, .kind = {"", 0}, .reading = {"", 0}};
    (void)sqlite3_bind_int64(row, 1, document);
    while (sqlite3_step(row) == SQLITE_ROW) {
        const int64_t id = sqlite3_column_int64(row, 0);
        kiji_entity e = {.type = type_of(sqlite3_column_text(row, 1)),
                         .name = text_at(r, row, 2),
                         .key = text_at(r, row, 3),
                         .kind = text_at(r, row, 5),
                         .reading = text_at(r, row, 6)};
        code_at(e.country, row, 4);
        read_offices(r, &e, document, id);
        while ((int64_t)found.count + 1 < id) {
            KIJI_PUSH(&r->arena, &found, gap);
        }
        KIJI_PUSH(&r->arena, &found, e);
    }
    (void)sqlite3_reset(row);
    r->doc.entities = found.items;
    r->doc.n_entities = found.count;
}

static kiji_quote read_quote(kiji_reader *r, sqlite3_stmt *row)
{
    const int64_t speaker = sqlite3_column_int64(row, 1);
    return (kiji_quote){.speaker = speaker > 0 ? (uint32_t)(speaker - 1) : KIJI_NO_ENTITY,
                        .kind = quote_kind_of(sqlite3_column_text(row, 2)),
                        .speaker_text = text_at(r, row, 3),
                        .verb = text_at(r, row, 4),
                        .addressee = text_at(r, row, 5),
                        .occasion = text_at(r, row, 6),
                        .start = (uint32_t)sqlite3_column_int64(row, 7),
                        .end = (uint32_t)sqlite3_column_int64(row, 8),
                        .text = text_at(r, row, 9),
                        .why = text_at(r, row, 10)};
}

/* Under the arena's bail. */
static kiji_status read_document(kiji_reader *r, kiji_error *err)
{
    quotes found = {NULL, 0, 0};
    sqlite3_stmt *row = r->does[QUOTES];
    const int64_t document = sqlite3_column_int64(row, 0);
    kiji_status status = KIJI_OK;
    while (status == KIJI_OK && r->more && sqlite3_column_int64(row, 0) == document) {
        KIJI_PUSH(&r->arena, &found, read_quote(r, row));
        status = advance(r, err);
    }
    row = r->does[DOCUMENT];
    (void)sqlite3_bind_int64(row, 1, document);
    if (status == KIJI_OK && sqlite3_step(row) != SQLITE_ROW) {
        status = fail(r, err);
    }
    if (status == KIJI_OK) {
        r->doc = (kiji_doc){.source = text_at(r, row, 0),
                            .title = text_at(r, row, 1),
                            .date = text_at(r, row, 2),
                            .text = {"", 0},
                            .characters = (uint32_t)sqlite3_column_int64(row, 3),
                            .quotes = found.items,
                            .n_quotes = found.count};
        read_entities(r, document);
    }
    (void)sqlite3_reset(row);
    return status;
}

kiji_status kiji_reader_next(kiji_reader *r, const kiji_doc **out, kiji_error *err)
{
    jmp_buf bail;
    *out = NULL;
    if (!r->more) {
        return KIJI_OK;
    }
    kiji_arena_reset(&r->arena);
    if (setjmp(bail) != 0) {
        r->arena.bail = NULL;
        return kiji_fail_memory(err);
    }
    r->arena.bail = &bail;
    const kiji_status status = read_document(r, err);
    r->arena.bail = NULL;
    *out = status == KIJI_OK ? &r->doc : NULL;
    return status;
}

void kiji_reader_close(kiji_reader *r)
{
    if (r == NULL) {
        return;
    }
    for (size_t i = 0; i < STATEMENTS; i++) {
        (void)sqlite3_finalize(r->does[i]);
    }
    (void)sqlite3_close(r->db);
    kiji_buf_clear(&r->like);
    kiji_buf_clear(&r->match);
    kiji_arena_clear(&r->arena);
    kiji_free(r);
}
