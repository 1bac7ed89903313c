/*
 * interrupt.h - Ctrl-C, hang-up and terminate end the run at the next record boundary; a second one ends it at once.
 */
#ifndef KIJI_CLI_INTERRUPT_H
#define KIJI_CLI_INTERRUPT_H

#include <stdbool.h>

/* Listen from now on. */
void kiji_interrupt_listen(void);

/* Whether the run is to end. Reads that wait return EINTR then. */
bool kiji_interrupt_seen(void);

/* Die of the signal that was seen, as the shell expects; returns when none was. */
void kiji_interrupt_raise(void);

/* Keep these signals to the thread that reads: block (true) them in the threads started from now on, or end that. */
void kiji_interrupt_block(bool block);

#endif
