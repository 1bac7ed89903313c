#include "base/sandbox.h"

#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Sanitizers read /proc, trace the process and start a symbolizer: what the sandbox is there to refuse. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* valgrind writes the code that runs, and knows not all calls: it could not go on. It says that it is there. */
static bool watched(void)
{
    const char *preloaded = SANITIZED ? NULL : getenv("LD_PRELOAD");
    return SANITIZED || (preloaded != NULL && strstr(preloaded, "/vgpreload_") != NULL);
}

unsigned kiji_sandbox_available(int *abi)
{
    const bool none = watched();
    const int version = none ? 0 : kiji_sandbox_files_abi();
    if (abi != NULL) {
        *abi = version;
    }
    const bool calls = !none && kiji_sandbox_calls_available();
    return (version > 0 ? (unsigned)KIJI_SANDBOX_FILES : 0) | (calls ? (unsigned)KIJI_SANDBOX_CALLS : 0);
}

unsigned kiji_sandbox_enter(const kiji_grant *grants, size_t n_grants)
{
    unsigned parts = 0;
#ifdef __linux__
    if (watched() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return 0;
    }
    parts |= kiji_sandbox_files_enter(grants, n_grants) ? (unsigned)KIJI_SANDBOX_FILES : 0;
    parts |= kiji_sandbox_calls_enter() ? (unsigned)KIJI_SANDBOX_CALLS : 0;
#else
    (void)grants;
    (void)n_grants;
#endif
    return parts;
}
