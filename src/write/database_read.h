/*
 * database_read.h - quotes out of a kiji database: by speaker, subject, time.
 */
#ifndef KIJI_WRITE_DATABASE_READ_H
#define KIJI_WRITE_DATABASE_READ_H

#include "write/write.h"

typedef struct kiji_reader kiji_reader;

/* What to look for; NULL members ask for all. Borrowed while the reader is in use. */
typedef struct kiji_wanted {
    const char *who;   /* part of any name, mention or office of the speaker, as in kiji_who_speaks */
    const char *about; /* words in the quote, or part of a name of something that is mentioned in it */
    const char *from;  /* "YYYY-MM-DD", the first and the last day; articles without a date are left out then */
    const char *to;
} kiji_wanted;

/* Errors: KIJI_EIO (no such file, not a kiji database, damaged, in use), KIJI_ENOMEM. */
kiji_status kiji_reader_open(kiji_reader **out, const char *path, const kiji_wanted *wanted, kiji_error *err);

/*
 * The next article with such quotes: *out is a record with these quotes and those who said them, without text and
 * keywords, borrowed until the next call; NULL at the end. Articles in the order of the database. Errors: KIJI_EIO,
 * KIJI_ENOMEM.
 */
kiji_status kiji_reader_next(kiji_reader *reader, const kiji_doc **out, kiji_error *err);

/* NULL is allowed. */
void kiji_reader_close(kiji_reader *reader);

#endif
