#include "write/database.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/database_rows.h"
#include "write/database_schema.h"
#include "write/folder.h"

#define COMMIT_DOCUMENTS 64
#define COMMIT_BYTES     ((size_t)8 * 1024 * 1024)

enum { BEGIN, COMMIT, FIND, HAS, NEXT, ADD_INPUT, DROP_QUOTES, DROP_DOCUMENT, STATEMENTS };

static const char *const statements[STATEMENTS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
    [FIND] = "SELECT document, bytes = ?3 AND digest = ?4 AND run = ?5 FROM inputs WHERE file = ?1 AND line = ?2",
    [HAS] = ("SELECT found FROM inputs WHERE file = ?1 AND line = ?2 AND bytes = ?3 AND digest = ?4 AND run = ?5"
             " AND NOT lossy"),
    [NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM documents",
    [ADD_INPUT] = "INSERT INTO inputs(file, line, bytes, digest, run, document, found, lossy) VALUES(?,?,?,?,?,?,?,?)",
    [DROP_QUOTES] = "DELETE FROM quotes WHERE document = ?",
    [DROP_DOCUMENT] = "DELETE FROM documents WHERE id = ?",
};

struct kiji_database {
    sqlite3 *db;
    char *path; /* owned; for messages */
    sqlite3_stmt *does[STATEMENTS];
    sqlite3_stmt *inserts[KIJI_TABLES];
    int64_t run, next; /* rows: this run's, the next document's */
    size_t n_open;     /* documents and bytes in the open transaction */
    size_t n_open_bytes;
    bool open;            /* a transaction is */
    pthread_mutex_t lock; /* the statement of kiji_database_has */
};

static kiji_status fail(const kiji_database *d, kiji_error *err)
{
    return kiji_database_fail(d->db, d->path, err);
}

/* Run a statement to its end and make it ready again; SQLITE_DONE is success. */
static kiji_status finish(const kiji_database *d, sqlite3_stmt *statement, kiji_error *err)
{
    const int code = sqlite3_step(statement);
    const kiji_status status = code == SQLITE_DONE || code == SQLITE_ROW ? KIJI_OK : fail(d, err);
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return status;
}

static void bind_origin(sqlite3_stmt *statement, const kiji_origin *origin, int64_t run)
{
    (void)sqlite3_bind_blob64(statement, 1, origin->file.ptr, origin->file.len, SQLITE_STATIC);
    (void)sqlite3_bind_int64(statement, 2, (int64_t)origin->line);
    (void)sqlite3_bind_int64(statement, 3, (int64_t)origin->nbytes);
    (void)sqlite3_bind_int64(statement, 4, (int64_t)origin->digest);
    (void)sqlite3_bind_int64(statement, 5, run);
}

/* The run with these settings, new or known. */
static kiji_status find_run(kiji_database *d, const char *settings, kiji_error *err)
{
    /* The second one always writes: the journal is open from here on, also where the caller then gives up the right to
     * open files. */
    static const char *const sql[] = {"INSERT OR IGNORE INTO runs(settings) VALUES(?)",
                                      "UPDATE runs SET settings = settings WHERE settings = ?",
                                      "SELECT id FROM runs WHERE settings = ?"};
    kiji_status status = KIJI_OK;
    for (size_t i = 0; i < sizeof sql / sizeof sql[0] && status == KIJI_OK; i++) {
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(d->db, sql[i], -1, &statement, NULL) != SQLITE_OK ||
            sqlite3_bind_text(statement, 1, settings, -1, SQLITE_STATIC) != SQLITE_OK) {
            status = fail(d, err);
        } else {
            const int code = sqlite3_step(statement);
            status = code == SQLITE_DONE || code == SQLITE_ROW ? KIJI_OK : fail(d, err);
            d->run = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        }
        (void)sqlite3_finalize(statement);
    }
    return status;
}

static kiji_status prepare(kiji_database *d, kiji_error *err)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(d->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &d->does[i], NULL) != SQLITE_OK) {
            return fail(d, err);
        }
    }
    for (size_t i = KIJI_TABLE_END + 1; i < KIJI_TABLES; i++) {
        const char *sql = kiji_database_tables[i].insert;
        if (sqlite3_prepare_v3(d->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &d->inserts[i], NULL) != SQLITE_OK) {
            return fail(d, err);
        }
    }
    const int code = sqlite3_step(d->does[NEXT]);
    d->next = code == SQLITE_ROW ? sqlite3_column_int64(d->does[NEXT], 0) : 0;
    const kiji_status status = code == SQLITE_ROW ? KIJI_OK : fail(d, err);
    (void)sqlite3_reset(d->does[NEXT]);
    return status;
}

/* Tables, the run, statements. */
static kiji_status set_up(kiji_database *d, const char *settings, kiji_error *err)
{
    static const char pragmas[] = "PRAGMA foreign_keys=ON; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; "
                                  "PRAGMA cache_size=-16384; PRAGMA synchronous=NORMAL;";
    bool empty = false;
    kiji_status status = kiji_database_check(d->db, d->path, &empty, err);
    if (status != KIJI_OK) {
        return status;
    }
    if (sqlite3_exec(d->db, pragmas, NULL, NULL, NULL) != SQLITE_OK ||
        (empty && kiji_database_make(d->db) != SQLITE_OK)) {
        return fail(d, err);
    }
    status = find_run(d, settings, err);
    return status == KIJI_OK ? prepare(d, err) : status;
}

static void free_database(kiji_database *d)
{
    for (size_t i = 0; i < STATEMENTS; i++) {
        (void)sqlite3_finalize(d->does[i]);
    }
    for (size_t i = 0; i < KIJI_TABLES; i++) {
        (void)sqlite3_finalize(d->inserts[i]);
    }
    (void)sqlite3_close(d->db);
    (void)pthread_mutex_destroy(&d->lock);
    kiji_free(d->path);
    kiji_free(d);
}

kiji_status kiji_database_probe(const char *path, kiji_error *err)
{
    sqlite3 *db = NULL;
    bool empty = false;
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE;
    kiji_status status = kiji_sqlite_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    status = sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK ? kiji_database_check(db, path, &empty, err)
                                                                  : kiji_database_fail(db, path, err);
    (void)sqlite3_close(db);
    return status;
}

kiji_status kiji_database_open(kiji_database **out, const char *path, const char *settings, kiji_error *err)
{
    *out = NULL;
    kiji_status status = kiji_sqlite_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_database *d = kiji_alloc_zero(1, sizeof *d);
    const size_t length = strlen(path) + 1;
    char *copy = kiji_alloc(length);
    if (d == NULL || copy == NULL) {
        kiji_free(d);
        kiji_free(copy);
        return kiji_fail_memory(err);
    }
    (void)pthread_mutex_init(&d->lock, NULL);
    memcpy(copy, path, length);
    d->path = copy;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE;
    status = sqlite3_open_v2(path, &d->db, flags, NULL) == SQLITE_OK ? KIJI_OK : fail(d, err);
    if (status == KIJI_OK) {
        status = set_up(d, settings, err);
    }
    if (status == KIJI_OK) {
        *out = d;
    } else {
        free_database(d);
    }
    return status;
}

bool kiji_database_has(kiji_database *d, const kiji_origin *origin, bool *found)
{
    (void)pthread_mutex_lock(&d->lock);
    sqlite3_stmt *statement = d->does[HAS];
    bind_origin(statement, origin, d->run);
    const bool has = sqlite3_step(statement) == SQLITE_ROW;
    *found = has && sqlite3_column_int(statement, 0) != 0;
    (void)sqlite3_reset(statement);
    (void)pthread_mutex_unlock(&d->lock);
    return has;
}

static void bind_text(sqlite3_stmt *insert, int column, kiji_str value, bool or_null)
{
    if (or_null && value.len == 0) {
        (void)sqlite3_bind_null(insert, column);
    } else {
        (void)sqlite3_bind_text64(insert, column, value.ptr, value.len, SQLITE_STATIC, SQLITE_UTF8);
    }
}

/* The fields of a row, out of the parcel. */
static void bind_row(sqlite3_stmt *insert, const char *columns, kiji_str *parcel, const int64_t rows[2])
{
    for (int i = 0; columns[i] != '\0'; i++) {
        size_t value = 0;
        switch (columns[i]) {
        case 'd':
            (void)sqlite3_bind_int64(insert, i + 1, rows[0]);
            break;
        case 'q':
            (void)sqlite3_bind_int64(insert, i + 1, rows[1]);
            break;
        case 's':
            (void)sqlite3_bind_double(insert, i + 1, (double)kiji_parcel_take_number(parcel) / KIJI_SCORE_UNITS);
            break;
        case 't':
        case 'T':
            bind_text(insert, i + 1, kiji_parcel_take(parcel), columns[i] == 't');
            break;
        default:
            value = kiji_parcel_take_number(parcel);
            (void)(columns[i] == 'z' && value == KIJI_NO_ENTITY ? sqlite3_bind_null(insert, i + 1)
                                                                : sqlite3_bind_int64(insert, i + 1, (int64_t)value));
        }
    }
}

static kiji_status store_rows(kiji_database *d, int64_t document, kiji_str parcel, kiji_error *err)
{
    int64_t rows[2] = {document, document * KIJI_ROWS_A_DOCUMENT};
    size_t table = 0;
    while ((table = kiji_parcel_take_number(&parcel)) != KIJI_TABLE_END) {
        rows[1] += table == KIJI_TABLE_QUOTES;
        if (table >= KIJI_TABLES || rows[1] == (document + 1) * KIJI_ROWS_A_DOCUMENT) {
            return kiji_fail(err, KIJI_ELIMIT, d->path, KIJI_NO_OFFSET, "an article has too many quotes");
        }
        bind_row(d->inserts[table], kiji_database_tables[table].columns, &parcel, rows);
        const kiji_status status = finish(d, d->inserts[table], err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    return KIJI_OK;
}

/* The row for an origin: a new one, or that of its earlier record, which goes; *same: it is the same one. */
static kiji_status make_room(kiji_database *d, const kiji_origin *origin, int64_t *document, bool *same)
{
    sqlite3_stmt *find = d->does[FIND];
    bind_origin(find, origin, d->run);
    const int code = sqlite3_step(find);
    *document = code == SQLITE_ROW ? sqlite3_column_int64(find, 0) : d->next;
    *same = code == SQLITE_ROW && sqlite3_column_int(find, 1) != 0;
    (void)sqlite3_reset(find);
    if (code != SQLITE_ROW) {
        d->next++;
        return code == SQLITE_DONE ? KIJI_OK : KIJI_EIO;
    }
    for (size_t i = DROP_QUOTES; i <= DROP_DOCUMENT && !*same; i++) {
        (void)sqlite3_bind_int64(d->does[i], 1, *document);
        if (finish(d, d->does[i], NULL) != KIJI_OK) {
            return KIJI_EIO;
        }
    }
    return KIJI_OK;
}

static kiji_status commit(kiji_database *d, kiji_error *err)
{
    kiji_status status = KIJI_OK;
    if (d->open) {
        status = finish(d, d->does[COMMIT], err);
        d->open = false;
        d->n_open = 0;
        d->n_open_bytes = 0;
    }
    return status;
}

static kiji_status store(kiji_database *d, const kiji_origin *origin, kiji_str parcel, kiji_error *err)
{
    int64_t document = 0;
    bool same = false;
    if (make_room(d, origin, &document, &same) != KIJI_OK) {
        return fail(d, err);
    }
    kiji_status status = same ? KIJI_OK : store_rows(d, document, parcel, err);
    if (same || status != KIJI_OK) {
        return status;
    }
    sqlite3_stmt *add = d->does[ADD_INPUT];
    bind_origin(add, origin, d->run);
    (void)sqlite3_bind_int64(add, 6, document);
    (void)sqlite3_bind_int(add, 7, origin->found);
    (void)sqlite3_bind_int(add, 8, origin->lossy);
    return finish(d, add, err);
}

kiji_status kiji_database_take(kiji_database *d, const kiji_origin *origin, kiji_str parcel, kiji_error *err)
{
    kiji_status status = KIJI_OK;
    if (!d->open) {
        status = finish(d, d->does[BEGIN], err);
        d->open = status == KIJI_OK;
    }
    if (status == KIJI_OK) {
        status = store(d, origin, parcel, err);
    }
    if (status != KIJI_OK) {
        /* No part of an article stays. SQLite may have rolled back by itself. */
        (void)sqlite3_exec(d->db, "ROLLBACK", NULL, NULL, NULL);
        d->open = false;
    }
    d->n_open++;
    d->n_open_bytes += parcel.len;
    if (status == KIJI_OK && (d->n_open >= COMMIT_DOCUMENTS || d->n_open_bytes >= COMMIT_BYTES)) {
        status = commit(d, err);
    }
    return status;
}

kiji_status kiji_database_close(kiji_database *d, kiji_error *err)
{
    if (d == NULL) {
        return KIJI_OK;
    }
    const kiji_status status = commit(d, err);
    free_database(d);
    return status;
}
