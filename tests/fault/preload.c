/*
 * preload.c - make system and library calls of a program fail (LD_PRELOAD). KIJI_FAULT=CALL,N,ERRNO,MODE:
 * the N-th CALL (1 is the first) fails with ERRNO. MODE: "once", "on" (it and all later ones), "short" (read and
 * write move one byte instead), "none" (only count). KIJI_FAULT_COUNT names a file that gets the number of calls.
 *
 * KIJI_ESCAPE=FILE: try at the end of the program to make FILE, to read /etc/passwd, to open a socket, to start a
 * program, and write the names of what went to the file of counts.
 *
 * CALL: malloc (with calloc, realloc, operator new), open, read, write, fsync, close, rename, mmap, thread.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum call { NO_CALL, MALLOC, OPEN, READ, WRITE, FSYNC, CLOSE, RENAME, MMAP, THREAD };
static const char *const names[] = {"", "malloc", "open", "read", "write", "fsync", "close", "rename", "mmap", "thread"};

static enum call chosen;
static unsigned long first;
static int reason;
static char mode[8];
static atomic_ulong calls;

/* Open from the beginning, since the program may not open it at its end; the number is out of its way. */
static int count_fd = -1;

static int open_it(const char *path, int flags, mode_t bits);

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("KIJI_FAULT_COUNT");
    if (file != NULL) {
        const int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0644);
        count_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
        syscall(SYS_close, fd);
    }
    char call[16] = "";
    const char *what = getenv("KIJI_FAULT");
    if (what == NULL || sscanf(what, "%15[a-z],%lu,%d,%7[a-z]", call, &first, &reason, mode) != 4) {
        return;
    }
    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(call, names[i]) == 0) {
            chosen = (enum call)i;
        }
    }
}

/* What a process that was taken over would try: the names of what goes go to the file of counts. */
static void escape(const char *target)
{
    char *const program[] = {"/bin/true", NULL};
    const struct {
        const char *name;
        int good;
    } tries[] = {
        {"write ", open_it(target, O_WRONLY | O_CREAT, 0644) >= 0},
        {"read ", open_it("/etc/passwd", O_RDONLY, 0) >= 0},
        {"socket ", socket(AF_INET, SOCK_STREAM, 0) >= 0},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        if (tries[i].good) {
            syscall(SYS_write, count_fd, tries[i].name, strlen(tries[i].name));
        }
    }
    /* Last, since there is no way back: said before it goes, taken back when it did not. */
    const off_t here = lseek(count_fd, 0, SEEK_CUR);
    syscall(SYS_write, count_fd, "exec\n", (size_t)5);
    execve(program[0], program, &program[1]); /* without the environment that brought us here */
    if (ftruncate(count_fd, here) == 0) {
        lseek(count_fd, here, SEEK_SET);
    }
}

__attribute__((destructor)) static void end(void)
{
    if (count_fd >= 0 && getenv("KIJI_ESCAPE") != NULL) {
        escape(getenv("KIJI_ESCAPE"));
        return;
    }
    if (count_fd >= 0) {
        char text[32];
        const int n = snprintf(text, sizeof text, "%lu\n", atomic_load(&calls));
        syscall(SYS_write, count_fd, text, (size_t)n);
    }
}

/* With counts of lines (make coverage) the program writes them at its end: not what is tested. */
static int ended;

static int fails(enum call call)
{
    if (call != chosen || ended) {
        return 0;
    }
    const unsigned long n = atomic_fetch_add(&calls, 1) + 1;
    if (mode[0] == 'n' || n < first || (n > first && strcmp(mode, "on") != 0 && mode[0] != 's')) {
        return 0;
    }
    errno = reason;
    return 1;
}

#ifdef STOPS_AT_EXIT
static int (*program)(int, char **, char **);

static void stop(void)
{
    ended = 1;
}

/* Registered last, so that it is the first that runs. */
static int begin_program(int argc, char **argv, char **environment)
{
    ended = 1;
    (void)atexit(stop);
    ended = 0;
    return program(argc, argv, environment);
}

int __libc_start_main(int (*begins)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack)
{
    int (*real)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    void *found = dlsym(RTLD_NEXT, "__libc_start_main");
    memcpy(&real, &found, sizeof real);
    program = begins;
    return real(begin_program, argc, argv, init, fini, rtld_fini, stack);
}
#endif

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t each);
extern void *__libc_realloc(void *p, size_t n);

#ifndef WITHOUT_MALLOC
void *malloc(size_t n)
{
    return fails(MALLOC) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t each)
{
    return fails(MALLOC) ? NULL : __libc_calloc(n, each);
}

void *realloc(void *p, size_t n)
{
    return fails(MALLOC) ? NULL : __libc_realloc(p, n);
}
#endif

static int open_it(const char *path, int flags, mode_t bits)
{
    return fails(OPEN) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, bits);
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t bits = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_it(path, flags, bits);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t bits = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_it(path, flags, bits);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t bits = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return fails(OPEN) ? -1 : (int)syscall(SYS_openat, folder, path, flags, bits);
}

/* The fortified one, where the compiler saw no mode. */
int __open_2(const char *path, int flags)
{
    return open_it(path, flags, 0);
}

ssize_t read(int fd, void *to, size_t n)
{
    if (!fails(READ)) {
        return syscall(SYS_read, fd, to, n);
    }
    return mode[0] == 's' ? syscall(SYS_read, fd, to, n != 0 ? 1 : 0) : -1;
}

ssize_t write(int fd, const void *from, size_t n)
{
    /* Messages come through: they are what is tested. */
    if (fd == STDERR_FILENO || !fails(WRITE)) {
        return syscall(SYS_write, fd, from, n);
    }
    return mode[0] == 's' ? syscall(SYS_write, fd, from, n != 0 ? 1 : 0) : -1;
}

int fsync(int fd)
{
    return fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

/* As on Linux, the descriptor is gone also after a failure. */
int close(int fd)
{
    const int bad = fails(CLOSE);
    const int result = (int)syscall(SYS_close, fd);
    if (bad) {
        errno = reason;
    }
    return bad ? -1 : result;
}

int rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    return fails(MMAP) ? MAP_FAILED : (void *)syscall(SYS_mmap, at, n, protection, flags, fd, offset);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *how, void *(*begins)(void *), void *argument)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (fails(THREAD)) {
        return reason;
    }
    if (real == NULL) {
        void *found = dlsym(RTLD_NEXT, "pthread_create");
        memcpy(&real, &found, sizeof real);
    }
    return real(thread, how, begins, argument);
}
