/*
 * sandbox_files.c - which files may still be opened: Landlock by its raw system calls, since neither libc nor older
 * kernel headers know them. The numbers are the kernel's interface (linux/landlock.h).
 */
#include "base/sandbox.h"

#ifndef __linux__

int kiji_sandbox_files_abi(void)
{
    return 0;
}

bool kiji_sandbox_files_enter(const kiji_grant *grants, size_t n_grants)
{
    (void)grants;
    (void)n_grants;
    return false;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same on all architectures. */
#define CREATE_RULESET  444
#define ADD_RULE        445
#define RESTRICT_SELF   446
#define VERSION_FLAG    1u
#define RULE_PATH       1
#define OPEN_PATH_FLAGS (010000000 | O_CLOEXEC) /* O_PATH, which glibc hides from POSIX programs */

/* Rights on files, by bit. */
#define EXECUTE         (UINT64_C(1) << 0)
#define WRITE_FILE      (UINT64_C(1) << 1)
#define READ_FILE       (UINT64_C(1) << 2)
#define READ_DIR        (UINT64_C(1) << 3)
#define REMOVE_FILE     (UINT64_C(1) << 5)
#define MAKE_DIR        (UINT64_C(1) << 7)
#define MAKE_REG        (UINT64_C(1) << 8)
#define TRUNCATE        (UINT64_C(1) << 14)
#define OF_FILES        (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | (UINT64_C(1) << 15))

typedef struct ruleset {
    uint64_t files;   /* rights that are refused unless a rule gives them */
    uint64_t network; /* version 4: bind, connect */
    uint64_t scoped;  /* version 6: abstract sockets, signals */
} ruleset;

typedef struct __attribute__((packed)) rule {
    uint64_t allowed;
    int32_t folder;
} rule;

int kiji_sandbox_files_abi(void)
{
    const long version = syscall(CREATE_RULESET, NULL, (size_t)0, VERSION_FLAG);
    return version > 0 ? (int)version : 0;
}

/* All that the kernel can refuse; bits that it does not know would make the call fail. */
static ruleset everything(int abi, size_t *size)
{
    ruleset all = {.files = (UINT64_C(1) << 13) - 1};
    *size = sizeof all.files;
    if (abi >= 2) {
        all.files |= UINT64_C(1) << 13; /* moves between folders */
    }
    if (abi >= 3) {
        all.files |= TRUNCATE;
    }
    if (abi >= 4) {
        all.network = 3;
        *size += sizeof all.network;
    }
    if (abi >= 5) {
        all.files |= UINT64_C(1) << 15; /* ioctl on devices opened later */
    }
    if (abi >= 6) {
        all.scoped = 3;
        *size += sizeof all.scoped;
    }
    return all;
}

static uint64_t rights_of(unsigned may)
{
    uint64_t rights = 0;
    rights |= (may & KIJI_MAY_READ) != 0 ? READ_FILE | READ_DIR : 0;
    rights |= (may & KIJI_MAY_REPLACE) != 0 ? MAKE_REG | REMOVE_FILE : 0;
    rights |= (may & KIJI_MAY_WRITE) != 0 ? WRITE_FILE | TRUNCATE : 0;
    rights |= (may & KIJI_MAY_FOLDER) != 0 ? MAKE_DIR : 0;
    return rights;
}

/*
 * False where the run would suffer: what is written must be granted, what is read may be missing (opening it will say
 * so). Pipes and the like (EBADFD) are never refused.
 */
static bool allow(int rules, const kiji_grant *grant, uint64_t known)
{
    struct stat about;
    const int fd = open(grant->path, OPEN_PATH_FLAGS);
    if (fd < 0) {
        return grant->may == KIJI_MAY_READ && errno != EMFILE && errno != ENFILE && errno != ENOMEM;
    }
    rule one = {.allowed = rights_of(grant->may) & known, .folder = fd};
    if (fstat(fd, &about) == 0 && !S_ISDIR(about.st_mode)) {
        one.allowed &= OF_FILES;
    }
    const bool good = one.allowed == 0 || syscall(ADD_RULE, rules, RULE_PATH, &one, 0u) == 0 || errno == EBADFD;
    (void)close(fd);
    return good;
}

bool kiji_sandbox_files_enter(const kiji_grant *grants, size_t n_grants)
{
    const int abi = kiji_sandbox_files_abi();
    size_t size = 0;
    const ruleset all = everything(abi, &size);
    const int rules = abi > 0 ? (int)syscall(CREATE_RULESET, &all, size, 0u) : -1;
    if (rules < 0) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < n_grants && good; i++) {
        good = grants[i].path == NULL || allow(rules, &grants[i], all.files);
    }
#ifdef KIJI_COUNTS_DIR /* make coverage: at its end the program writes there what it counted */
    const kiji_grant counts = {KIJI_COUNTS_DIR, KIJI_MAY_READ | KIJI_MAY_REPLACE | KIJI_MAY_WRITE | KIJI_MAY_FOLDER};
    good = good && allow(rules, &counts, all.files);
#endif
    good = good && syscall(RESTRICT_SELF, rules, 0u) == 0;
    (void)close(rules);
    return good;
}

#endif
