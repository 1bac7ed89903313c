/*
 * sandbox.h - give up what is not needed any more, for good: files (Landlock) and system calls (seccomp), on Linux.
 *
 * Where a part is missing (another system, an old kernel, a build with sanitizers, valgrind) that part does nothing:
 * the sandbox is a second fence behind correct code, so a run never fails for want of it.
 */
#ifndef KIJI_BASE_SANDBOX_H
#define KIJI_BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* What stays allowed below a path. */
enum {
    KIJI_MAY_READ = 1,    /* open files to read, list folders */
    KIJI_MAY_REPLACE = 2, /* make, rename and remove plain files; writing into those that exist is another matter */
    KIJI_MAY_WRITE = 4,   /* open files to write */
    KIJI_MAY_FOLDER = 8   /* make folders */
};

/* A file, or a folder with all below it; the path is borrowed for the call and need not exist. */
typedef struct kiji_grant {
    const char *path;
    unsigned may; /* KIJI_MAY_… */
} kiji_grant;

/* Parts of the sandbox. */
enum { KIJI_SANDBOX_FILES = 1, KIJI_SANDBOX_CALLS = 2 };

/*
 * Enter: from now on this thread, and those that it starts, open only what `grants` names; what is open already stays
 * usable. Network, programs, other processes, owners and modes of files by name, code made at run time are refused
 * with EPERM or EACCES. Call before starting threads. Returns the parts that are in force now.
 */
unsigned kiji_sandbox_enter(const kiji_grant *grants, size_t n_grants);

/* What this kernel and this build have: parts; *abi (may be NULL) is Landlock's version, 0 for none. */
unsigned kiji_sandbox_available(int *abi);

/* The two parts, for kiji_sandbox_enter alone. The version of Landlock, 0 where there is none; false: not entered. */
int kiji_sandbox_files_abi(void);
bool kiji_sandbox_files_enter(const kiji_grant *grants, size_t n_grants);
bool kiji_sandbox_calls_available(void);
bool kiji_sandbox_calls_enter(void);

#endif
