/*
 * guard.h - call C++ that may run out of memory: MeCab throws then, and nothing in C can catch.
 */
#ifndef KIJI_WORDS_GUARD_H
#define KIJI_WORDS_GUARD_H

#include <stdbool.h>

/*
 * call(argument). False: C++'s operator new found no memory; `call` was left there, after the destructors of the C++
 * objects on the way, so that no lock is held. What `call` itself owned is lost: it should own nothing.
 */
bool kiji_guarded(void (*call)(void *argument), void *argument);

/* Before the first kiji_guarded: become C++'s handler for "no memory". Where there is none, bad_alloc ends the run. */
void kiji_guard_install(void);

#endif
