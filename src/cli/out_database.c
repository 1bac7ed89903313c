#include "cli/out_database.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/status.h"

static char *joined(const char *a, const char *b)
{
    const size_t size = strlen(a) + strlen(b) + 1;
    char *text = kiji_alloc(size);
    if (text != NULL) {
        (void)snprintf(text, size, "%s%s", a, b);
    }
    return text;
}

/* The database first: a journal without it is worth nothing, it without its journal would be damaged. */
static kiji_status remove_old(const char *part, kiji_error *err)
{
    static const char *const suffixes[] = {"", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char *name = joined(part, suffixes[i]);
        if (name == NULL) {
            return kiji_fail_memory(err);
        }
        const bool gone = unlink(name) == 0 || errno == ENOENT;
        const int reason = errno;
        kiji_free(name);
        if (!gone) {
            return kiji_fail_errno(err, part, reason, "cannot be written anew");
        }
    }
    return KIJI_OK;
}

static bool exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

kiji_status kiji_out_database_open(kiji_out_database *out, const char *path, const char *settings, bool resume,
                                   kiji_error *err)
{
    char *behind_links = realpath(path, NULL); /* a link stays a link */
    out->target = joined(behind_links != NULL ? behind_links : path, "");
    out->part = out->target != NULL ? joined(out->target, ".part") : NULL;
    free(behind_links);
    if (out->part == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_status status = exists(out->target) ? kiji_database_probe(out->target, err) : KIJI_OK;
    if (status == KIJI_OK && !resume) {
        status = remove_old(out->part, err);
    }
    if (status != KIJI_OK) {
        return status;
    }
    out->in_place = resume && !exists(out->part) && exists(out->target);
    return kiji_database_open(&out->database, out->in_place ? out->target : out->part, settings, err);
}

kiji_status kiji_out_database_close(kiji_out_database *out, bool whole, kiji_error *err)
{
    const bool opened = out->database != NULL;
    kiji_status status = kiji_database_close(out->database, err);
    if (status == KIJI_OK && opened && whole && !out->in_place && rename(out->part, out->target) != 0) {
        status = kiji_fail_errno(err, out->target, errno, "cannot be written");
    }
    kiji_free(out->target);
    kiji_free(out->part);
    *out = (kiji_out_database){.database = NULL};
    return status;
}
