/* item.h - one article on its way in. */
#ifndef KIJI_CLI_ITEM_H
#define KIJI_CLI_ITEM_H

#include "base/buf.h"
#include "kiji.h"

/* One article as read, or why it could not be. Reused from article to article; starts all zero. */
typedef struct kiji_item {
    kiji_buf file;      /* owned; the file's name as given, "-" for standard input, "archive!entry"; followed by NUL */
    kiji_buf bytes;     /* owned */
    size_t line;        /* number of the line whose JSON `bytes` is, or 0: `bytes` is the article */
    size_t part;        /* number of the article in a text that --split cuts, or 0 */
    kiji_buf id;        /* owned; what it calls itself, followed by NUL; empty: nothing */
    char charset[32];   /* that a server said of a page, or "" */
    kiji_markup markup; /* what reading it showed; KIJI_MARKUP_NONE: to be looked at */
    kiji_error err;     /* err.status is KIJI_OK where reading worked */
} kiji_item;

/* What an attempt to get on came to. */
typedef enum kiji_step {
    KIJI_STEP_ITEM, /* the item is filled, or says what failed */
    KIJI_STEP_ON,   /* something was opened: look again */
    KIJI_STEP_END
} kiji_step;

/* What tells the article from others of its file: the number of the line or the part; 0: it is the file. */
static inline size_t kiji_item_number(const kiji_item *item)
{
    return item->line != 0 ? item->line : item->part;
}

/* Set a buffer to a text followed by NUL, which its length does not count. */
void kiji_name_set(kiji_buf *name, const char *text, size_t length);

/* The item fails with errno's text behind `what` (may be NULL; ENOMEM: out of memory), or with a reason. */
kiji_step kiji_item_failed(kiji_item *item, int sys_errno, const char *what);
kiji_step kiji_item_refused(kiji_item *item, const char *reason);

void kiji_item_clear(kiji_item *item);

#endif
