/* libarchive.h - libarchive, loaded late: the calls that kiji uses. */
#ifndef KIJI_READ_LIBARCHIVE_H
#define KIJI_READ_LIBARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "base/late.h"

/* Each call once here and once below. */
#define KIJI_LIBARCHIVE_CALLS(X)                                                                                       \
    X(archive_entry_filetype)                                                                                          \
    X(archive_entry_hardlink)                                                                                          \
    X(archive_entry_pathname)                                                                                          \
    X(archive_entry_pathname_utf8)                                                                                     \
    X(archive_errno)                                                                                                   \
    X(archive_error_string)                                                                                            \
    X(archive_filter_bytes)                                                                                            \
    X(archive_filter_count)                                                                                            \
    X(archive_format)                                                                                                  \
    X(archive_read_data)                                                                                               \
    X(archive_read_free)                                                                                               \
    X(archive_read_new)                                                                                                \
    X(archive_read_next_header)                                                                                        \
    X(archive_read_open)                                                                                               \
    X(archive_read_support_filter_bzip2)                                                                               \
    X(archive_read_support_filter_gzip)                                                                                \
    X(archive_read_support_filter_xz)                                                                                  \
    X(archive_read_support_filter_zstd)                                                                                \
    X(archive_read_support_format_empty)                                                                               \
    X(archive_read_support_format_raw)                                                                                 \
    X(archive_read_support_format_tar)                                                                                 \
    X(archive_read_support_format_zip_streamable)                                                                      \
    X(archive_set_error)

#define KIJI_LIBARCHIVE_MEMBER(name) __typeof__(&(name)) p_##name;

/* The calls, once the library is loaded: the same for every thread, never changed again. */
typedef struct kiji_libarchive {
    KIJI_LIBARCHIVE_CALLS(KIJI_LIBARCHIVE_MEMBER)
} kiji_libarchive;

extern kiji_libarchive kiji_libarchive_calls;

/* Load it; see kiji_late_load. Errors: KIJI_EDICT. */
kiji_status kiji_libarchive_load(kiji_error *err);

#define archive_entry_filetype                     kiji_libarchive_calls.p_archive_entry_filetype
#define archive_entry_hardlink                     kiji_libarchive_calls.p_archive_entry_hardlink
#define archive_entry_pathname                     kiji_libarchive_calls.p_archive_entry_pathname
#define archive_entry_pathname_utf8                kiji_libarchive_calls.p_archive_entry_pathname_utf8
#define archive_errno                              kiji_libarchive_calls.p_archive_errno
#define archive_error_string                       kiji_libarchive_calls.p_archive_error_string
#define archive_filter_bytes                       kiji_libarchive_calls.p_archive_filter_bytes
#define archive_filter_count                       kiji_libarchive_calls.p_archive_filter_count
#define archive_format                             kiji_libarchive_calls.p_archive_format
#define archive_read_data                          kiji_libarchive_calls.p_archive_read_data
#define archive_read_free                          kiji_libarchive_calls.p_archive_read_free
#define archive_read_new                           kiji_libarchive_calls.p_archive_read_new
#define archive_read_next_header                   kiji_libarchive_calls.p_archive_read_next_header
#define archive_read_open                          kiji_libarchive_calls.p_archive_read_open
#define archive_read_support_filter_bzip2          kiji_libarchive_calls.p_archive_read_support_filter_bzip2
#define archive_read_support_filter_gzip           kiji_libarchive_calls.p_archive_read_support_filter_gzip
#define archive_read_support_filter_xz             kiji_libarchive_calls.p_archive_read_support_filter_xz
#define archive_read_support_filter_zstd           kiji_libarchive_calls.p_archive_read_support_filter_zstd
#define archive_read_support_format_empty          kiji_libarchive_calls.p_archive_read_support_format_empty
#define archive_read_support_format_raw            kiji_libarchive_calls.p_archive_read_support_format_raw
#define archive_read_support_format_tar            kiji_libarchive_calls.p_archive_read_support_format_tar
#define archive_read_support_format_zip_streamable kiji_libarchive_calls.p_archive_read_support_format_zip_streamable
#define archive_set_error                          kiji_libarchive_calls.p_archive_set_error

#endif
