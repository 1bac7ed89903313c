/*
 * write.h - the table of output formats. A writer sees the record (doc.h) and a buffer, nothing else.
 */
#ifndef KIJI_WRITE_WRITE_H
#define KIJI_WRITE_WRITE_H

#include "base/buf.h"
#include "doc/doc.h"

struct kiji_corpus_group;

/* What of a record is written. */
typedef struct kiji_view {
    unsigned sections; /* bits of KIJI_SECTION_… */
    unsigned types;    /* bits 1u << kiji_type: entities (and their mentions) of these types only */
    bool header;       /* tables: header line */
    bool explain;      /* evidence of mentions and quotes */
    bool bytes;        /* start and end count bytes of the UTF-8 text, not code points */
    bool null;         /* formats with `lines`: NUL instead of newline */
    bool with_text;    /* the decoded text itself as `text` */
    size_t top;        /* keywords: at most so many; 0 = all */
    bool colour;       /* views for a terminal: the caller decides, from its options and what the output is */
    size_t width;      /* views for a terminal: columns; 0: lines are not wrapped */
    const char *who;   /* quotes of speakers with this name or office only (kiji_who_speaks); NULL: all. View `who` */
} kiji_view;

/* Whether entities of a type are shown. */
bool kiji_view_shows(const kiji_view *view, kiji_type type);
/* The entity that speaks, or NULL: nobody known, or of a type that is not shown. */
const kiji_entity *kiji_view_speaker(const kiji_view *view, const kiji_doc *doc, const kiji_quote *quote);
/* Where a mention or quote begins and ends, in the unit of the view. */
uint32_t kiji_view_at(const kiji_view *view, const kiji_doc *doc, kiji_str part, uint32_t start);
uint32_t kiji_view_end(const kiji_view *view, const kiji_doc *doc, kiji_str part, uint32_t end);

/*
 * With view->null: make the newlines of *out from byte `from` on NUL bytes. The caller has escaped the newlines of
 * values. Errors: KIJI_EINPUT (a value holds a NUL byte, which would begin a record of its own).
 */
kiji_status kiji_view_end_lines(kiji_buf *out, size_t from, const kiji_view *view, kiji_error *err);

/* How many keywords, from the first one on. */
size_t kiji_view_keywords(const kiji_view *view, const kiji_doc *doc);
/* Whether the selected sections hold anything at all. */
bool kiji_view_finds(const kiji_view *view, const kiji_doc *doc);

typedef struct kiji_format {
    const char *name;
    const char *summary;
    bool table;          /* shows exactly one section a stream */
    bool lines;          /* what ends in newline ends in NUL with view->null */
    bool alone;          /* a stream holds one record */
    bool screen;         /* for a terminal: wants `width` and `colour` of the view */
    unsigned sections;   /* what it cannot do without, and shows when the user names no section; 0: all */
    const char *between; /* what stands between two records, or NULL */
    /* Before the first record, each record, after the last one. Append to `out`, whose `failed` says out of memory.
     * `begin` and `end` may be NULL. Returns KIJI_OK or an error (KIJI_ENOMEM, KIJI_EUSAGE). */
    kiji_status (*begin)(kiji_buf *out, const kiji_view *view, kiji_error *err);
    kiji_status (*doc)(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err);
    kiji_status (*end)(kiji_buf *out, const kiji_view *view, kiji_error *err);
    /* One group of --corpus-keywords (write/corpus.h); NULL: not in this format. */
    kiji_status (*corpus)(kiji_buf *out, const struct kiji_corpus_group *group);
    bool database;                    /* fills a database file (write/database.h) */
    const struct kiji_folder *folder; /* how it fills a folder (write/folder.h), or NULL */
} kiji_format;

/* All formats, ended by NULL; the first is the default. */
extern const kiji_format *const kiji_formats[];

/* The format of a name, or NULL. */
const kiji_format *kiji_format_find(const char *name);

/* The sections by name ("entities" …), ended by one with name NULL, the default one of tables first. */
typedef struct kiji_section {
    const char *name;
    unsigned bit; /* KIJI_SECTION_… */
} kiji_section;
extern const kiji_section kiji_sections[];

/* Versions of the libraries that write, one a line: "libyaml 0.2.5\njansson 2.14\n". */
void kiji_format_versions(kiji_buf *out);

extern const kiji_format kiji_format_yaml;
extern const kiji_format kiji_format_jsonl;
extern const kiji_format kiji_format_tsv;
extern const kiji_format kiji_format_json;
extern const kiji_format kiji_format_text;
extern const kiji_format kiji_format_who;
extern const kiji_format kiji_format_conll;
extern const kiji_format kiji_format_brat;
extern const kiji_format kiji_format_html;
extern const kiji_format kiji_format_sqlite;

#endif
