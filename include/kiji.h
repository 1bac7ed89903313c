/*
 * kiji.h - the public interface of libkiji, an analyzer of Japanese news text.
 *
 * Life of the objects: a kiji_model holds everything that is loaded (MeCab's dictionary, kiji's own dictionary, the
 * weights); it is read-only after kiji_model_open and may be shared by any number of threads. A kiji_analyzer holds
 * what one thread needs to work; it yields one kiji_doc at a time, valid until its next call.
 *
 * The library never prints, exits, aborts, changes the locale or installs a signal handler.
 */
#ifndef KIJI_H
#define KIJI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KIJI_VERSION "0.1.0"
#define KIJI_SCHEMA  "kiji/1"

/* What went wrong; 0 is success. */
typedef enum kiji_status {
    KIJI_OK = 0,
    KIJI_ENOMEM, /* out of memory */
    KIJI_EIO,    /* the operating system refused a read, write, open … (see sys_errno) */
    KIJI_EINPUT, /* the input is not what it should be */
    KIJI_EDICT,  /* a dictionary or weights file is missing, damaged or of another kind */
    KIJI_EUSAGE, /* the caller asked for something that does not exist */
    KIJI_ELIMIT  /* a stated limit is passed */
} kiji_status;

#define KIJI_NO_OFFSET ((size_t)-1)

/* An error as a value, owned by the caller and filled by the callee. `text` is lower case, without a full stop. */
typedef struct kiji_error {
    kiji_status status;
    int sys_errno;    /* errno at the time, or 0 */
    size_t byte_at;   /* place in the input, bytes, or KIJI_NO_OFFSET */
    char source[512]; /* name of the file or record, or "" */
    char text[512];   /* reason */
} kiji_error;

/* Borrowed bytes: not owned, not NUL-terminated. */
typedef struct kiji_str {
    const char *ptr;
    size_t len; /* bytes */
} kiji_str;

typedef struct kiji_model kiji_model;       /* all that is loaded; read-only, shared */
typedef struct kiji_analyzer kiji_analyzer; /* one a thread */
typedef struct kiji_doc kiji_doc;           /* the record of one article */
typedef struct kiji_stages kiji_stages;     /* a clock of kiji --stats; no part of the library's promise */

/* How to load a model. Start from KIJI_MODEL_OPTIONS_INIT; pointers are borrowed during the call. */
typedef struct kiji_model_options {
    const char *mecab_dict;        /* folder of MeCab's dictionary; NULL: the installed IPADIC in UTF-8 */
    const char *data_dir;          /* folder of kiji.dic and kiji.weights; NULL: the installed one */
    const char *const *user_dicts; /* the users' own dictionary files (TSV), in order */
    size_t n_user_dicts;
    bool no_model; /* rules and dictionaries alone */
} kiji_model_options;

#define KIJI_MODEL_OPTIONS_INIT                                                                                        \
    {                                                                                                                  \
        NULL, NULL, NULL, 0, false                                                                                     \
    }

/* What the bytes of an article are. */
typedef enum kiji_markup {
    KIJI_MARKUP_NONE, /* text */
    KIJI_MARKUP_PAGE, /* an HTML page: headline, day and main text are looked for, the rest is left out */
    KIJI_MARKUP_ITEM  /* HTML that is the article and nothing else */
} kiji_markup;

/* What to analyze. All pointers are borrowed during the call and while the record is in use. */
typedef struct kiji_input {
    const char *source; /* name for the record and for messages; not NULL */
    const char *bytes;  /* the article as read */
    size_t nbytes;
    const char *encoding; /* NULL or "auto": detect; else a name that kiji_decode knows */
    kiji_markup markup;   /* HTML: the record is of the text taken out of it, in lines, the headline first */
    const char *charset;  /* HTML, where `encoding` does not say: what a header said of it, a hint, or NULL */
    const char *title;    /* a headline given apart from the text, UTF-8, or NULL */
    const char *kept;     /* a JSON object that formats in JSON carry along as it is, or NULL */
    const char *date;     /* "YYYY-MM-DD", or NULL: read it off the text where possible */
    size_t timeout;       /* milliseconds of processor time that the analysis may take; 0 = any */
    bool strict;          /* bytes that cannot be decoded are an error, not a warning */
    unsigned sections;    /* bits of KIJI_SECTION_…: what will be looked at; 0 = all */
    size_t top;           /* keywords: at most so many; 0 = 20 */
} kiji_input;

/* Sections of a record. */
enum {
    KIJI_SECTION_ENTITIES = 1u << 0,
    KIJI_SECTION_MENTIONS = 1u << 1,
    KIJI_SECTION_QUOTES = 1u << 2,
    KIJI_SECTION_KEYWORDS = 1u << 3,
    KIJI_SECTION_ALL = 15u,
    KIJI_SECTION_TOKENS = 1u << 4, /* morphemes: for formats that write them, not part of ALL */
    KIJI_SECTION_WHY = 1u << 5,    /* the evidence of mentions and quotes: for --explain, not part of ALL */
    KIJI_SECTION_TERMS = 1u << 6   /* all terms with their articles in the news: for counts over many articles */
};

/*
 * Load everything. On success *out is a model that the caller owns (kiji_model_free). The files' versions and sizes are
 * checked; megabytes are read when the first article needs them (kiji_model_check).
 * Errors: KIJI_EDICT (text says what was looked for, where, and how to set it), KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_model_open(kiji_model **out, const kiji_model_options *options, kiji_error *err);

/*
 * Look for damage in the dictionary and the weights as a whole; done once, by kiji_analyze at its first text, else by
 * who wants to know before. From any thread. Errors: KIJI_EDICT.
 */
kiji_status kiji_model_check(const kiji_model *model, kiji_error *err);

/* Free a model; no analyzer of it may be in use. NULL is allowed. */
void kiji_model_free(kiji_model *model);

/*
 * One line a part ("mecab 0.996\nmecab-dictionary …"), borrowed from the model: for --version. The first call loads
 * MeCab's library to ask it, and must end before another thread calls.
 */
const char *kiji_model_versions(const kiji_model *model);

/* One fault of a dictionary file: "FILE:LINE: COLUMN: reason", borrowed during the call. */
typedef void kiji_fault_teller(void *context, kiji_str line);

/*
 * Check options->user_dicts against the dictionary of options->data_dir and tell every fault of every file, one that
 * cannot be read included; nothing else is loaded. Errors: KIJI_EDICT (a fault was told, or the built-in dictionary is
 * missing or damaged: then none was), KIJI_ENOMEM.
 */
kiji_status kiji_dicts_check(const kiji_model_options *options, kiji_fault_teller *each, void *context,
                             kiji_error *err);

/* A worker over a shared model. The caller owns *out (kiji_analyzer_free). Errors: KIJI_ENOMEM, KIJI_EDICT. */
kiji_status kiji_analyzer_new(kiji_analyzer **out, const kiji_model *model, kiji_error *err);

/*
 * From now on charge the analyzer's work to `stages`, the clock of the calling thread (borrowed), stage by stage; NULL:
 * do not look at the clock. When kiji_analyze returns, the clock stands in its last stage.
 */
void kiji_analyzer_watch(kiji_analyzer *analyzer, kiji_stages *stages);

/* Free an analyzer and the record it lent. NULL is allowed. */
void kiji_analyzer_free(kiji_analyzer *analyzer);

/*
 * Analyze one article. On success *out is its record, borrowed from the analyzer until the next call or its end.
 * Bytes that could not be decoded are named in the record's warnings.
 * Errors: KIJI_EINPUT (binary data, unknown encoding, undecodable bytes with `strict`, an HTML page without an
 * article), KIJI_ELIMIT (also: timeout is over), KIJI_ENOMEM; KIJI_EDICT (the model is damaged or a library is not
 * installed: other articles will fail as well).
 */
kiji_status kiji_analyze(kiji_analyzer *analyzer, const kiji_input *input, const kiji_doc **out, kiji_error *err);

/* How many bytes of the article could not be decoded: the record is then incomplete (exit status 1). */
size_t kiji_doc_bytes_lost(const kiji_doc *doc);

#ifdef __cplusplus
}
#endif

#endif
