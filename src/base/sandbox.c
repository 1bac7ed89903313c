#include "base/sandbox.h"

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

unsigned kiji_sandbox_available(int *abi)
{
    const int version = SANITIZED ? 0 : kiji_sandbox_files_abi();
    if (abi != NULL) {
        *abi = version;
    }
    const bool calls = !SANITIZED && kiji_sandbox_calls_available();
    return (version > 0 ? (unsigned)KIJI_SANDBOX_FILES : 0) | (calls ? (unsigned)KIJI_SANDBOX_CALLS : 0);
}

unsigned kiji_sandbox_enter(const kiji_grant *grants, size_t n_grants)
{
    unsigned parts = 0;
#ifdef __linux__
    if (SANITIZED || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
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
