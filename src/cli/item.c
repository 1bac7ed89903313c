#include "cli/item.h"

#include <errno.h>

#include "base/status.h"

void kiji_name_set(kiji_buf *name, const char *text, size_t length)
{
    kiji_buf_reset(name);
    kiji_buf_put(name, text, length);
    kiji_buf_putc(name, '\0');
    name->len -= name->failed ? 0 : 1;
}

kiji_step kiji_item_failed(kiji_item *item, int sys_errno, const char *what)
{
    if (sys_errno == ENOMEM) {
        (void)kiji_fail_memory(&item->err);
    } else {
        (void)kiji_fail_errno(&item->err, NULL, sys_errno, what);
    }
    return KIJI_STEP_ITEM;
}

kiji_step kiji_item_refused(kiji_item *item, const char *reason)
{
    (void)kiji_fail(&item->err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "%s", reason);
    return KIJI_STEP_ITEM;
}

void kiji_item_clear(kiji_item *item)
{
    kiji_buf_clear(&item->file);
    kiji_buf_clear(&item->bytes);
    kiji_buf_clear(&item->id);
}
