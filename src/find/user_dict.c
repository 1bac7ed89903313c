#include "find/user_dict.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "words/dict_build.h"

#ifndef KIJI_DATA_DIR
#define KIJI_DATA_DIR "/usr/local/share/kiji"
#endif

kiji_status kiji_dictionary_open(kiji_lexicon **out, const char *dir, kiji_error *err)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/kiji.dic", dir != NULL ? dir : KIJI_DATA_DIR);
    const kiji_status status = kiji_lexicon_map(out, path, err);
    if (status == KIJI_EIO && err != NULL) {
        return kiji_fail(err, KIJI_EDICT, path, KIJI_NO_OFFSET,
                         "kiji's dictionary cannot be opened (%s); KIJI_DATA names the folder that holds it",
                         strerror(err->sys_errno));
    }
    return status;
}

static kiji_status read_whole(kiji_buf *out, const char *path, kiji_error *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return kiji_fail_errno(err, path, errno, "");
    }
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) {
        kiji_buf_put(out, block, n);
    }
    const bool bad = ferror(file) != 0;
    const int reason = errno;
    (void)fclose(file);
    if (bad) {
        return kiji_fail_errno(err, path, reason, "");
    }
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

/* What a source makes: an image, or its faults a line each. */
typedef struct product {
    void *image;
    size_t nbytes;
    kiji_buf faults;
} product;

static void clear(product *p)
{
    kiji_free(p->image);
    kiji_buf_clear(&p->faults);
}

/* Rows, then what no single row shows: that also behind faults of the first, so that one report has them all. */
static kiji_status compile(product *out, kiji_str bytes, const char *path, const kiji_lexicon *base)
{
    kiji_arena arena;
    jmp_buf bail;
    kiji_arena_init(&arena);
    arena.bail = &bail;
    volatile kiji_status status = KIJI_ENOMEM;
    if (setjmp(bail) == 0) {
        kiji_dict_rows rows = {NULL, 0, 0};
        const size_t n = kiji_dict_parse(&rows, &out->faults, &arena, path, bytes);
        status = kiji_dict_build(&out->image, &out->nbytes, &rows, &out->faults, base);
        status = status == KIJI_OK && n != 0 ? KIJI_EDICT : status;
    }
    kiji_arena_clear(&arena);
    return out->faults.failed ? KIJI_ENOMEM : status;
}

/* The caller clears *out in any case. Faults of reading are in *err, those of the rows in out->faults. */
static kiji_status make(product *out, const char *path, const kiji_lexicon *base, kiji_error *err)
{
    *out = (product){NULL, 0, KIJI_BUF_INIT};
    kiji_buf bytes = KIJI_BUF_INIT;
    kiji_status status = read_whole(&bytes, path, err);
    if (status == KIJI_OK) {
        status = compile(out, (kiji_str){bytes.ptr, bytes.len}, path, base);
    }
    kiji_buf_clear(&bytes);
    return status == KIJI_ENOMEM ? kiji_fail_memory(err) : status;
}

kiji_status kiji_user_dict_load(kiji_lexicon **out, const char *path, const kiji_lexicon *base, kiji_error *err)
{
    product p;
    kiji_status status = make(&p, path, base, err);
    if (status == KIJI_OK) {
        void *image = p.image;
        p.image = NULL;
        status = kiji_lexicon_adopt(out, image, p.nbytes, path, err);
    } else if (status == KIJI_EDICT) {
        const size_t n = p.faults.len - (p.faults.len != 0);
        (void)kiji_fail(err, KIJI_EDICT, path, KIJI_NO_OFFSET, "%.*s", (int)n, p.faults.ptr);
    }
    clear(&p);
    return status;
}

/* Each line of the faults, with the folder of its file before it: FOLDER/FILE:LINE: COLUMN: reason. */
static void tell(const char *path, const kiji_buf *faults, kiji_fault_teller *each, void *context)
{
    const char *slash = strrchr(path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash + 1 - path) : 0;
    kiji_buf line = KIJI_BUF_INIT;
    for (size_t at = 0; at < faults->len;) {
        const char *end = memchr(faults->ptr + at, '\n', faults->len - at);
        const size_t n = end != NULL ? (size_t)(end - (faults->ptr + at)) : faults->len - at;
        kiji_buf_reset(&line);
        kiji_buf_put(&line, path, folder);
        kiji_buf_put(&line, faults->ptr + at, n);
        each(context, (kiji_str){line.ptr, line.len});
        at += n + 1;
    }
    kiji_buf_clear(&line);
}

/* One file's faults, all told. */
static kiji_status check(const char *path, const kiji_lexicon *base, kiji_fault_teller *each, void *context)
{
    kiji_error err = {.status = KIJI_OK};
    product p;
    kiji_status status = make(&p, path, base, &err);
    if (status == KIJI_EIO) {
        char line[sizeof err.source + sizeof err.text];
        const int n = snprintf(line, sizeof line, "%s: %s", err.source, err.text);
        each(context, (kiji_str){line, n > 0 ? (size_t)n : 0});
        status = KIJI_EDICT;
    } else if (status == KIJI_EDICT) {
        tell(path, &p.faults, each, context);
    }
    clear(&p);
    return status;
}

kiji_status kiji_dicts_check(const kiji_model_options *options, kiji_fault_teller *each, void *context, kiji_error *err)
{
    kiji_lexicon *base = NULL;
    kiji_status result = kiji_dictionary_open(&base, options->data_dir, err);
    result = result == KIJI_OK ? kiji_lexicon_check(base, err) : result;
    if (result != KIJI_OK) {
        kiji_lexicon_close(base);
        return result;
    }
    for (size_t i = 0; i < options->n_user_dicts && result != KIJI_ENOMEM; i++) {
        const kiji_status status = check(options->user_dicts[i], base, each, context);
        if (status == KIJI_ENOMEM) {
            result = kiji_fail_memory(err);
        } else if (status != KIJI_OK && result == KIJI_OK) {
            result = kiji_fail(err, status, options->user_dicts[i], KIJI_NO_OFFSET, "not a dictionary to rely on");
        }
    }
    kiji_lexicon_close(base);
    return result;
}
