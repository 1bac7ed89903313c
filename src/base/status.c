#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

kiji_status kiji_fail(kiji_error *err, kiji_status status, const char *source, size_t byte_at, const char *format, ...)
{
    if (err == NULL) {
        return status;
    }
    err->status = status;
    err->sys_errno = 0;
    err->byte_at = byte_at;
    (void)snprintf(err->source, sizeof err->source, "%s", source != NULL ? source : "");
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return status;
}

kiji_status kiji_fail_errno(kiji_error *err, const char *source, int sys_errno, const char *what)
{
    char reason[128];
    if (strerror_r(sys_errno, reason, sizeof reason) != 0) {
        (void)snprintf(reason, sizeof reason, "error %d", sys_errno);
    }
    if (what != NULL && what[0] != '\0') {
        (void)kiji_fail(err, KIJI_EIO, source, KIJI_NO_OFFSET, "%s: %s", what, reason);
    } else {
        (void)kiji_fail(err, KIJI_EIO, source, KIJI_NO_OFFSET, "%s", reason);
    }
    if (err != NULL) {
        err->sys_errno = sys_errno;
    }
    return KIJI_EIO;
}

kiji_status kiji_fail_memory(kiji_error *err)
{
    return kiji_fail(err, KIJI_ENOMEM, NULL, KIJI_NO_OFFSET, "out of memory");
}
