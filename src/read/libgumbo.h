/* libgumbo.h - gumbo, the parser of HTML, loaded late: what kiji uses of it. */
#ifndef KIJI_READ_LIBGUMBO_H
#define KIJI_READ_LIBGUMBO_H

#include <gumbo.h>

#include "base/late.h"

/* Each name once here and once below. */
#define KIJI_LIBGUMBO_CALLS(X)                                                                                         \
    X(gumbo_get_attribute)                                                                                             \
    X(gumbo_normalized_tagname)                                                                                        \
    X(gumbo_parse_with_options)                                                                                        \
    X(kGumboDefaultOptions)

#define KIJI_LIBGUMBO_MEMBER(name) __typeof__(&(name)) p_##name;

/* Once the library is loaded: the same for every thread, never changed again. */
typedef struct kiji_libgumbo {
    KIJI_LIBGUMBO_CALLS(KIJI_LIBGUMBO_MEMBER)
} kiji_libgumbo;

extern kiji_libgumbo kiji_libgumbo_calls;

/* Load it; see kiji_late_load. Errors: KIJI_EDICT. */
kiji_status kiji_libgumbo_load(kiji_error *err);

#define gumbo_get_attribute      kiji_libgumbo_calls.p_gumbo_get_attribute
#define gumbo_normalized_tagname kiji_libgumbo_calls.p_gumbo_normalized_tagname
#define gumbo_parse_with_options kiji_libgumbo_calls.p_gumbo_parse_with_options
#define kGumboDefaultOptions     (*kiji_libgumbo_calls.p_kGumboDefaultOptions)

#endif
