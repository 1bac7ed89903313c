/*
 * write.h - the table of output formats. A writer sees the record (doc.h) and a buffer, nothing else.
 */
#ifndef KIJI_WRITE_WRITE_H
#define KIJI_WRITE_WRITE_H

#include "base/buf.h"
#include "doc/doc.h"

/* What of a record is written. */
typedef struct kiji_view {
    unsigned sections; /* bits of KIJI_SECTION_… */
    unsigned types;    /* bits 1u << kiji_type: entities (and their mentions) of these types only */
    bool header;       /* tables: header line */
    bool with_source;  /* tables: first column source */
    bool explain;      /* evidence of mentions and quotes */
    bool with_text;    /* the decoded text itself as `text` */
    unsigned top;      /* keywords: at most so many; 0 = all */
} kiji_view;

typedef struct kiji_format {
    const char *name;
    const char *summary;
    /* Before the first record, each record, after the last one. Append to `out`, whose `failed` says out of memory.
     * `begin` and `end` may be NULL. Returns KIJI_OK or an error (KIJI_ENOMEM, KIJI_EUSAGE). */
    kiji_status (*begin)(kiji_buf *out, const kiji_view *view, kiji_error *err);
    kiji_status (*doc)(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err);
    kiji_status (*end)(kiji_buf *out, const kiji_view *view, kiji_error *err);
} kiji_format;

/* All formats, ended by one with name NULL; the first is the default. */
extern const kiji_format kiji_formats[];

/* The format of a name, or NULL. */
const kiji_format *kiji_format_find(const char *name);

extern const kiji_format kiji_format_yaml;
extern const kiji_format kiji_format_jsonl;
extern const kiji_format kiji_format_tsv;

#endif
