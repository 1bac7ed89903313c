/* sqlite.h - SQLite, loaded late: the calls that kiji uses. */
#ifndef KIJI_WRITE_SQLITE_H
#define KIJI_WRITE_SQLITE_H

#include <sqlite3.h>

#include "base/late.h"

/* Each call once here and once below. */
#define KIJI_SQLITE_CALLS(X)                                                                                           \
    X(sqlite3_bind_blob64)                                                                                             \
    X(sqlite3_bind_double)                                                                                             \
    X(sqlite3_bind_int)                                                                                                \
    X(sqlite3_bind_int64)                                                                                              \
    X(sqlite3_bind_null)                                                                                               \
    X(sqlite3_bind_text)                                                                                               \
    X(sqlite3_bind_text64)                                                                                             \
    X(sqlite3_clear_bindings)                                                                                          \
    X(sqlite3_close)                                                                                                   \
    X(sqlite3_column_bytes)                                                                                            \
    X(sqlite3_column_int)                                                                                              \
    X(sqlite3_column_int64)                                                                                            \
    X(sqlite3_column_text)                                                                                             \
    X(sqlite3_create_function_v2)                                                                                      \
    X(sqlite3_errcode)                                                                                                 \
    X(sqlite3_errmsg)                                                                                                  \
    X(sqlite3_exec)                                                                                                    \
    X(sqlite3_finalize)                                                                                                \
    X(sqlite3_libversion)                                                                                              \
    X(sqlite3_open_v2)                                                                                                 \
    X(sqlite3_prepare_v2)                                                                                              \
    X(sqlite3_prepare_v3)                                                                                              \
    X(sqlite3_reset)                                                                                                   \
    X(sqlite3_result_int)                                                                                              \
    X(sqlite3_snprintf)                                                                                                \
    X(sqlite3_step)                                                                                                    \
    X(sqlite3_value_int)                                                                                               \
    X(sqlite3_value_text)

#define KIJI_SQLITE_MEMBER(name) __typeof__(&(name)) p_##name;

/* The calls, once the library is loaded: the same for every thread, never changed again. */
typedef struct kiji_sqlite {
    KIJI_SQLITE_CALLS(KIJI_SQLITE_MEMBER)
} kiji_sqlite;

extern kiji_sqlite kiji_sqlite_calls;

/* Load it; see kiji_late_load. Errors: KIJI_EDICT. */
kiji_status kiji_sqlite_load(kiji_error *err);

#define sqlite3_bind_blob64        kiji_sqlite_calls.p_sqlite3_bind_blob64
#define sqlite3_bind_double        kiji_sqlite_calls.p_sqlite3_bind_double
#define sqlite3_bind_int           kiji_sqlite_calls.p_sqlite3_bind_int
#define sqlite3_bind_int64         kiji_sqlite_calls.p_sqlite3_bind_int64
#define sqlite3_bind_null          kiji_sqlite_calls.p_sqlite3_bind_null
#define sqlite3_bind_text          kiji_sqlite_calls.p_sqlite3_bind_text
#define sqlite3_bind_text64        kiji_sqlite_calls.p_sqlite3_bind_text64
#define sqlite3_clear_bindings     kiji_sqlite_calls.p_sqlite3_clear_bindings
#define sqlite3_close              kiji_sqlite_calls.p_sqlite3_close
#define sqlite3_column_bytes       kiji_sqlite_calls.p_sqlite3_column_bytes
#define sqlite3_column_int         kiji_sqlite_calls.p_sqlite3_column_int
#define sqlite3_column_int64       kiji_sqlite_calls.p_sqlite3_column_int64
#define sqlite3_column_text        kiji_sqlite_calls.p_sqlite3_column_text
#define sqlite3_create_function_v2 kiji_sqlite_calls.p_sqlite3_create_function_v2
#define sqlite3_errcode            kiji_sqlite_calls.p_sqlite3_errcode
#define sqlite3_errmsg             kiji_sqlite_calls.p_sqlite3_errmsg
#define sqlite3_exec               kiji_sqlite_calls.p_sqlite3_exec
#define sqlite3_finalize           kiji_sqlite_calls.p_sqlite3_finalize
#define sqlite3_libversion         kiji_sqlite_calls.p_sqlite3_libversion
#define sqlite3_open_v2            kiji_sqlite_calls.p_sqlite3_open_v2
#define sqlite3_prepare_v2         kiji_sqlite_calls.p_sqlite3_prepare_v2
#define sqlite3_prepare_v3         kiji_sqlite_calls.p_sqlite3_prepare_v3
#define sqlite3_reset              kiji_sqlite_calls.p_sqlite3_reset
#define sqlite3_result_int         kiji_sqlite_calls.p_sqlite3_result_int
#define sqlite3_snprintf           kiji_sqlite_calls.p_sqlite3_snprintf
#define sqlite3_step               kiji_sqlite_calls.p_sqlite3_step
#define sqlite3_value_int          kiji_sqlite_calls.p_sqlite3_value_int
#define sqlite3_value_text         kiji_sqlite_calls.p_sqlite3_value_text

#endif
