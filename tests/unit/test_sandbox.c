/* What the sandbox refuses and what it leaves: tried in a child, since nothing leads out of it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sandbox.h"

static char home[] = "/tmp/kiji-sandbox-XXXXXX";

static void make(const char *name)
{
    const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0 && write(fd, "x", 1) == 1 && close(fd) == 0);
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(home));
    assert_int_equal(chdir(home), 0);
    assert_true(mkdir("in", 0755) == 0 && mkdir("out", 0755) == 0 && mkdir("beside", 0755) == 0);
    make("in/a");
    make("single");
    make("other");
    make("beside/old");
    assert_int_equal(symlink("../other", "in/link"), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[64];
    (void)snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

/* The child's answer: the number of the first step that went otherwise, 0 for none. */
static void in_child(int (*steps)(void))
{
    static const kiji_grant grants[] = {
        {"in", KIJI_MAY_READ},
        {"single", KIJI_MAY_READ},
        {"out", KIJI_MAY_READ | KIJI_MAY_REPLACE | KIJI_MAY_WRITE},
        {"beside", KIJI_MAY_REPLACE},
        {"not there", KIJI_MAY_READ},
        {NULL, KIJI_MAY_READ},
    };
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const unsigned parts = kiji_sandbox_enter(grants, sizeof grants / sizeof grants[0]);
        _exit(parts == kiji_sandbox_available(NULL) ? steps() : 99);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static bool opens(const char *name, int flags)
{
    const int fd = open(name, flags, 0644);
    return fd >= 0 && close(fd) == 0;
}

static bool is_refused(long result)
{
    return result == -1 && (errno == EPERM || errno == EACCES);
}

static int files(void)
{
    const bool good[] = {
        opens("in/a", O_RDONLY),
        opens("in", O_RDONLY | O_DIRECTORY),
        opens("single", O_RDONLY),
        opens("out/new", O_WRONLY | O_CREAT | O_EXCL),
        opens("out/new", O_WRONLY | O_TRUNC),
        rename("out/new", "out/renamed") == 0,
        unlink("out/renamed") == 0,
        unlink("beside/old") == 0,
        access("other", R_OK) == 0, /* names can be asked for */
        !opens("other", O_RDONLY) && errno == EACCES,
        !opens("in/link", O_RDONLY) && errno == EACCES,
        !opens("in/../other", O_RDONLY) && errno == EACCES,
        !opens("/etc/passwd", O_RDONLY) && errno == EACCES,
        !opens("in/a", O_WRONLY) && errno == EACCES,
        !opens("in/new", O_WRONLY | O_CREAT) && errno == EACCES,
        !opens("new", O_WRONLY | O_CREAT) && errno == EACCES,
        !opens("beside/new", O_WRONLY | O_CREAT) && errno == EACCES,
        is_refused(unlink("in/a")),
        is_refused(rename("in/a", "out/a")),
        is_refused(mkdir("out/folder", 0755)),
        is_refused(truncate("other", 0)),
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!good[i]) {
            return (int)i + 1;
        }
    }
    return 0;
}

static void *nothing(void *argument)
{
    return argument;
}

static int calls(void)
{
    char arg0[] = "/bin/true";
    char *const argv[] = {arg0, NULL};
    pthread_t thread;
    int number = 0;
    const int fd = open("single", O_RDONLY);
    const bool good[] = {
        pthread_create(&thread, NULL, nothing, &number) == 0 && pthread_join(thread, NULL) == 0,
        mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED,
        isatty(fd) == 0 && errno == ENOTTY,
        getppid() > 1,
        signal(SIGUSR1, SIG_IGN) != SIG_ERR && raise(SIGUSR1) == 0,
        is_refused(socket(AF_INET, SOCK_STREAM, 0)),
        is_refused(socket(AF_UNIX, SOCK_DGRAM, 0)),
        is_refused(execv(arg0, argv)),
        is_refused(fork()),
        system("true") != 0,
        is_refused(kill(getppid(), 0)),
        is_refused(ptrace(PTRACE_TRACEME, 0, NULL, NULL)),
        is_refused(chmod("other", 0777)),
        is_refused(chown("other", 1, 1)),
        is_refused(symlink("other", "out/link")),
        is_refused(link("single", "out/hard")),
        is_refused(mkfifo("out/fifo", 0644)),
        is_refused(ioctl(fd, TIOCSTI, "x")),
        mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) == MAP_FAILED && errno == EPERM,
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!good[i]) {
            return (int)i + 1;
        }
    }
    return 0;
}

static void test_files(void **state)
{
    (void)state;
    in_child(files);
}

static void test_calls(void **state)
{
    (void)state;
    in_child(calls);
}

int main(void)
{
    if (kiji_sandbox_available(NULL) != (KIJI_SANDBOX_FILES | KIJI_SANDBOX_CALLS)) {
        (void)printf("ok - sandbox # SKIP not on this kernel or not in this build\n");
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_calls),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
