/*
 * out_database.h - output into a database: written beside it as FILE.part and renamed when all articles are in it; a
 * run that goes on (--resume) finishes FILE.part or, where there is none, brings FILE up to date in its place.
 */
#ifndef KIJI_CLI_OUT_DATABASE_H
#define KIJI_CLI_OUT_DATABASE_H

#include "write/database.h"

typedef struct kiji_out_database {
    kiji_database *database; /* owned */
    char *target, *part;     /* owned */
    bool in_place;
} kiji_out_database;

/* *out starts all zero. Without `resume` an old FILE.part goes. Errors: as kiji_database_open. */
kiji_status kiji_out_database_open(kiji_out_database *out, const char *path, const char *settings, bool resume,
                                   kiji_error *err);

/* `whole`: all articles are in it: the file appears under its name. Else what is stored waits for --resume. Frees. */
kiji_status kiji_out_database_close(kiji_out_database *out, bool whole, kiji_error *err);

#endif
