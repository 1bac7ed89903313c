/*
 * guard.c - out of C++ without a catch: operator new calls a handler before it throws, and the handler unwinds the
 * stack by the rules of the C++ ABI (_Unwind_ForcedUnwind, as thread cancellation does) up to kiji_guarded.
 */
#include "words/guard.h"

#include <dlfcn.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unwind.h>

typedef struct guard {
    struct _Unwind_Exception exception;
    jmp_buf back;
    uintptr_t frame; /* of kiji_guarded: the stack beyond it is not ours to unwind */
} guard;

typedef void (*new_handler)(void);
typedef new_handler (*set_new_handler)(new_handler);

/* A handler has no argument: it finds its guard here. */
static _Thread_local guard *current;
static new_handler previous;
static set_new_handler set_handler;

static _Unwind_Reason_Code stop(int version, _Unwind_Action actions, _Unwind_Exception_Class kind,
                                struct _Unwind_Exception *exception, struct _Unwind_Context *context, void *argument)
{
    guard *to = argument;
    (void)version;
    (void)kind;
    (void)exception;
    if ((actions & _UA_END_OF_STACK) != 0 || (uintptr_t)_Unwind_GetCFA(context) > to->frame) {
        longjmp(to->back, 1);
    }
    return _URC_NO_REASON;
}

static void no_memory(void)
{
    if (current != NULL) {
        (void)_Unwind_ForcedUnwind(&current->exception, stop, current);
    }
    /* Somebody else's allocation: what would have happened without us. */
    if (previous != NULL) {
        previous();
    } else {
        (void)set_handler(NULL);
    }
}

void kiji_guard_install(void)
{
    /* By name at run time: cc links no C++ library, it comes with MeCab. */
    void *program = dlopen(NULL, RTLD_NOW);
    void *found = program != NULL ? dlsym(program, "_ZSt15set_new_handlerPFvvE") : NULL;
    if (found != NULL) {
        memcpy(&set_handler, &found, sizeof set_handler);
        const new_handler before = set_handler(no_memory);
        previous = before != no_memory ? before : previous;
    }
    if (program != NULL) {
        (void)dlclose(program);
    }
}

__attribute__((noinline)) bool kiji_guarded(void (*call)(void *argument), void *argument)
{
    guard here;
    memset(&here.exception, 0, sizeof here.exception);
    here.frame = (uintptr_t)__builtin_frame_address(0);
    const bool returned = setjmp(here.back) == 0;
    if (returned) {
        current = &here;
        call(argument);
    }
    current = NULL;
    return returned;
}
