#include "write/database_schema.h"

#include <string.h>

#include "base/status.h"

#define APPLICATION 0x6B696A69 /* "kiji" */

/*
 * What is absent is NULL. Numbers of entities, offices … count in their document, so that redoing one document moves no
 * row of another.
 */
static const char tables[] =
    "CREATE TABLE documents(id INTEGER PRIMARY KEY, source TEXT NOT NULL, title TEXT, date TEXT,"
    " characters INTEGER NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE entities(document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " id INTEGER NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, key TEXT, country TEXT, kind TEXT, reading TEXT,"
    " count INTEGER NOT NULL, PRIMARY KEY(document, id)) WITHOUT ROWID;"
    "CREATE TABLE offices(document INTEGER NOT NULL, entity INTEGER NOT NULL, number INTEGER NOT NULL,"
    " title TEXT NOT NULL, country TEXT, status TEXT NOT NULL, PRIMARY KEY(document, entity, number),"
    " FOREIGN KEY(document, entity) REFERENCES entities(document, id) ON DELETE CASCADE) WITHOUT ROWID;"
    "CREATE TABLE mentions(document INTEGER NOT NULL, entity INTEGER NOT NULL, number INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, why TEXT,"
    " PRIMARY KEY(document, entity, number),"
    " FOREIGN KEY(document, entity) REFERENCES entities(document, id) ON DELETE CASCADE) WITHOUT ROWID;"
    "CREATE TABLE quotes(id INTEGER PRIMARY KEY,"
    " document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, kind TEXT NOT NULL, speaker INTEGER,"
    " speaker_text TEXT, verb TEXT, addressee TEXT, occasion TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    " text TEXT NOT NULL, why TEXT,"
    " FOREIGN KEY(document, speaker) REFERENCES entities(document, id));"
    "CREATE TABLE keywords(document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,"
    " number INTEGER NOT NULL, term TEXT NOT NULL, score REAL NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY(document, number)) WITHOUT ROWID;"
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, settings TEXT NOT NULL UNIQUE);"
    "CREATE TABLE inputs(document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,"
    " file BLOB NOT NULL, line INTEGER NOT NULL, bytes INTEGER NOT NULL, digest INTEGER NOT NULL,"
    " run INTEGER NOT NULL REFERENCES runs(id), found INTEGER NOT NULL, lossy INTEGER NOT NULL, UNIQUE(file, line));";

static const char indices[] = "CREATE INDEX documents_date ON documents(date);"
                              "CREATE INDEX documents_source ON documents(source);"
                              "CREATE INDEX entities_name ON entities(name);"
                              "CREATE INDEX entities_key ON entities(key) WHERE key IS NOT NULL;"
                              "CREATE INDEX mentions_text ON mentions(text);"
                              "CREATE INDEX quotes_speaker ON quotes(document, speaker);"
                              "CREATE INDEX keywords_term ON keywords(term);";

/* The words live in the tables alone; triggers keep the index in step also where somebody else deletes a row. */
static const char search[] =
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content='documents', content_rowid='id',"
    " tokenize='trigram');"
    "CREATE VIRTUAL TABLE quotes_fts USING fts5(text, content='quotes', content_rowid='id', tokenize='trigram');"
    "CREATE TRIGGER documents_in AFTER INSERT ON documents BEGIN"
    " INSERT INTO documents_fts(rowid, title, text) VALUES(new.id, new.title, new.text); END;"
    "CREATE TRIGGER documents_out AFTER DELETE ON documents BEGIN"
    " INSERT INTO documents_fts(documents_fts, rowid, title, text) VALUES('delete', old.id, old.title, old.text); END;"
    "CREATE TRIGGER quotes_in AFTER INSERT ON quotes BEGIN"
    " INSERT INTO quotes_fts(rowid, text) VALUES(new.id, new.text); END;"
    "CREATE TRIGGER quotes_out AFTER DELETE ON quotes BEGIN"
    " INSERT INTO quotes_fts(quotes_fts, rowid, text) VALUES('delete', old.id, old.text); END;";

static const char views[] =
    "CREATE VIEW who_said_what AS SELECT q.id AS quote, q.document, d.source, d.date, d.title,"
    " coalesce(e.name, q.speaker_text) AS speaker, e.key AS speaker_key, e.country,"
    " (SELECT o.title FROM offices o WHERE o.document = q.document AND o.entity = q.speaker ORDER BY o.number LIMIT 1)"
    " AS office, q.speaker_text, q.kind, q.verb, q.addressee, q.occasion, q.text, q.start, q.end"
    " FROM quotes q JOIN documents d ON d.id = q.document"
    " LEFT JOIN entities e ON e.document = q.document AND e.id = q.speaker;"
    /* Who is known by a key is one person in all articles; the others are one by their name. */
    "CREATE VIEW people AS SELECT min(e.name) AS name, e.key, max(e.country) AS country,"
    " (SELECT o.title FROM offices o JOIN entities p ON p.document = o.document AND p.id = o.entity"
    " WHERE p.name = min(e.name) AND p.key IS e.key GROUP BY o.title ORDER BY count(*) DESC, o.title LIMIT 1)"
    " AS office, count(*) AS documents, sum(e.count) AS mentions,"
    " sum((SELECT count(*) FROM quotes q WHERE q.document = e.document AND q.speaker = e.id)) AS quotes"
    " FROM entities e WHERE e.type IN ('person', 'minister') GROUP BY e.key, CASE WHEN e.key IS NULL THEN e.name END;";

int kiji_database_make(sqlite3 *db)
{
    const char *const parts[] = {tables, indices, search, views};
    char pragmas[96];
    (void)sqlite3_snprintf(sizeof pragmas, pragmas, "PRAGMA application_id=%d; PRAGMA user_version=%d;", APPLICATION,
                           KIJI_DATABASE_VERSION);
    int status = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == SQLITE_OK; i++) {
        status = sqlite3_exec(db, parts[i], NULL, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_exec(db, pragmas, NULL, NULL, NULL);
    }
    return status == SQLITE_OK ? sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) : status;
}

/* The one number that a query gives, or -1 with SQLite's error set. */
static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *query = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK && sqlite3_step(query) == SQLITE_ROW) {
        value = sqlite3_column_int64(query, 0);
    }
    (void)sqlite3_finalize(query);
    return value;
}

kiji_status kiji_database_check(sqlite3 *db, const char *path, bool *empty, kiji_error *err)
{
    const int64_t objects = number(db, "SELECT count(*) FROM sqlite_schema");
    *empty = objects == 0;
    if (objects == 0) {
        return KIJI_OK;
    }
    if (objects < 0 && (sqlite3_errcode(db) & 0xFF) != SQLITE_NOTADB) {
        return kiji_database_fail(db, path, err);
    }
    if (objects < 0 || number(db, "PRAGMA application_id") != APPLICATION) {
        return kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "is not a kiji database");
    }
    return number(db, "PRAGMA user_version") <= KIJI_DATABASE_VERSION
               ? KIJI_OK
               : kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "was made by a newer kiji");
}

kiji_status kiji_database_fail(sqlite3 *db, const char *path, kiji_error *err)
{
    const int code = db != NULL ? sqlite3_errcode(db) & 0xFF : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM) {
        return kiji_fail_memory(err);
    }
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        return kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "is in use by another program");
    }
    if (code == SQLITE_CORRUPT) {
        return kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "is damaged (%s)", sqlite3_errmsg(db));
    }
    return kiji_fail(err, KIJI_EIO, path, KIJI_NO_OFFSET, "database: %s", sqlite3_errmsg(db));
}
