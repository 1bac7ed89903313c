#include "cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>

/* The one mutable global: a handler can reach nothing else. */
static volatile sig_atomic_t seen;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
#define N_SIGNALS (sizeof signals / sizeof signals[0])

static void note(int number)
{
    seen = number;
}

void kiji_interrupt_listen(void)
{
    for (size_t i = 0; i < N_SIGNALS; i++) {
        struct sigaction old;
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = note;
        action.sa_flags = (int)SA_RESETHAND; /* the second one takes the default way */
        (void)sigemptyset(&action.sa_mask);
        /* nohup and shells without job control ignore some of them: so do we. */
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            (void)sigaction(signals[i], &action, NULL);
        }
    }
}

bool kiji_interrupt_seen(void)
{
    return seen != 0;
}

void kiji_interrupt_raise(void)
{
    if (seen != 0) {
        (void)signal(seen, SIG_DFL);
        (void)raise(seen);
    }
}

void kiji_interrupt_block(bool block)
{
    sigset_t set;
    (void)sigemptyset(&set);
    for (size_t i = 0; i < N_SIGNALS; i++) {
        (void)sigaddset(&set, signals[i]);
    }
    (void)pthread_sigmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}
