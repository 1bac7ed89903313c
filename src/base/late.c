#include "base/late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/status.h"

_Static_assert(sizeof(void *) == sizeof(void (*)(void)), "POSIX: dlsym gives functions, too");

/* A library that lacks a call is not the one that kiji was built for. */
static const char *fill(const kiji_late *library, void *handle)
{
    char *at = library->calls;
    for (size_t i = 0; i < library->count; i++, at += sizeof(void *)) {
        void *call = dlsym(handle, library->names[i]);
        if (call == NULL) {
            return library->names[i];
        }
        memcpy(at, &call, sizeof call);
    }
    return NULL;
}

static bool is_loaded(const kiji_late *library)
{
    const char *last = (const char *)library->calls + (library->count - 1) * sizeof(void *);
    void *call = NULL;
    memcpy(&call, last, sizeof call);
    return call != NULL;
}

static kiji_status load(const kiji_late *library, kiji_error *err)
{
    if (is_loaded(library)) {
        return KIJI_OK;
    }
    void *handle = NULL;
    for (const char *const *file = library->files; *file != NULL && handle == NULL; file++) {
        handle = dlopen(*file, RTLD_NOW | RTLD_LOCAL);
    }
    const char *missing = handle != NULL ? fill(library, handle) : library->files[0];
    return missing == NULL
               ? KIJI_OK
               : kiji_fail(err, KIJI_EDICT, NULL, KIJI_NO_OFFSET, "%s cannot be loaded (%s)", library->what, missing);
}

kiji_status kiji_late_load(const kiji_late *library, kiji_error *err)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    (void)pthread_mutex_lock(&one_at_a_time);
    const kiji_status status = load(library, err);
    (void)pthread_mutex_unlock(&one_at_a_time);
    return status;
}
