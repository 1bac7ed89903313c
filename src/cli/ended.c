#include "cli/ended.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/run.h"

/* Global, since a function of atexit can reach nothing else; libraries call exit on any thread. */
static volatile sig_atomic_t rightly;

static void say_so(void)
{
    /* A line of its own: the library may have said something without an end. */
    static const char text[] = "\nkiji: a library ended the program, most likely for want of memory\n";
    if (rightly == 0) {
        (void)!write(STDERR_FILENO, text, strlen(text));
        _exit(KIJI_NOTHING_SURE);
    }
}

void kiji_ended_watch(void)
{
    (void)atexit(say_so);
}

void kiji_ended_rightly(void)
{
    rightly = 1;
}
