#include "cli/errors.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"
#include "base/utf8.h"

kiji_status kiji_errors_open(int *out, const char *path, kiji_error *err)
{
    *out = path != NULL ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666) : -1;
    return path == NULL || *out >= 0 ? KIJI_OK : kiji_fail_errno(err, path, errno, "cannot be written");
}

static kiji_status write_all(int fd, const char *bytes, size_t nbytes, kiji_error *err)
{
    for (size_t done = 0; done < nbytes;) {
        const ssize_t wrote = write(fd, bytes + done, nbytes - done);
        if (wrote < 0 && errno != EINTR) {
            return kiji_fail_errno(err, "--errors", errno, "cannot be written");
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return KIJI_OK;
}

/* A name may be no UTF-8, JSON must be. */
static json_t *text_of(kiji_str text, size_t line)
{
    kiji_buf clean = KIJI_BUF_INIT;
    kiji_utf8_put_clean(&clean, text);
    if (line != 0) {
        kiji_buf_printf(&clean, ":%zu", line);
    }
    json_t *value = clean.failed ? NULL : json_stringn(clean.len != 0 ? clean.ptr : "", clean.len);
    kiji_buf_clear(&clean);
    return value;
}

kiji_status kiji_errors_put(int fd, const kiji_job *job, kiji_error *err)
{
    const kiji_error *reason = &job->item.err;
    const kiji_str file = {job->item.file.ptr, job->item.file.len};
    const size_t number = job->item.line != 0 ? job->item.line : job->item.part;
    const kiji_str text = {reason->text, strlen(reason->text)};
    json_t *byte = reason->byte_at == KIJI_NO_OFFSET ? json_null() : json_integer((json_int_t)reason->byte_at);
    json_t *row = json_pack("{s:o, s:s, s:o, s:o}", "source", text_of(file, number), "stage", job->stage, "reason",
                            text_of(text, 0), "byte", byte);
    char *line = row != NULL ? json_dumps(row, JSON_COMPACT) : NULL;
    kiji_status status = KIJI_OK;
    if (line == NULL) {
        status = kiji_fail_memory(err);
    } else {
        const size_t length = strlen(line);
        line[length] = '\n'; /* in the place of the NUL: one write a line */
        status = write_all(fd, line, length + 1, err);
    }
    json_decref(row);
    free(line);
    return status;
}
