/*
 * query.h - `kiji query FILE.db`: who said what, out of a database.
 */
#ifndef KIJI_CLI_QUERY_H
#define KIJI_CLI_QUERY_H

#include "kiji.h"

/*
 * Run the sub-command; argv[0] is "query". Prints to standard output. Errors:
 * KIJI_EUSAGE, KIJI_EIO, KIJI_ENOMEM.
 */
kiji_status kiji_query(int argc, char **argv, kiji_error *err);

#endif
