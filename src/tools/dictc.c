/* dictc - compile dictionary sources: dictc -o kiji.dic FILE.tsv…; all faults are printed, then exit status 1. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "words/dict_build.h"

static bool read_file(kiji_buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    char block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) {
        kiji_buf_put(out, block, n);
    }
    const bool good = !ferror(file) && !out->failed;
    (void)fclose(file);
    return good;
}

static int write_file(const char *path, const void *bytes, size_t nbytes)
{
    char temporary[4096];
    if (snprintf(temporary, sizeof temporary, "%s.tmp", path) >= (int)sizeof temporary) {
        return 1;
    }
    FILE *file = fopen(temporary, "wb");
    bool good = file != NULL && fwrite(bytes, 1, nbytes, file) == nbytes;
    good = file != NULL && fclose(file) == 0 && good;
    if (!good || rename(temporary, path) != 0) {
        (void)fprintf(stderr, "dictc: %s: %s\n", path, strerror(errno));
        (void)remove(temporary);
        return 1;
    }
    return 0;
}

static int compile(const char *output, char **sources, int count, kiji_arena *arena)
{
    kiji_dict_rows rows = {NULL, 0, 0};
    kiji_buf faults = KIJI_BUF_INIT;
    size_t n_faults = 0;
    for (int i = 0; i < count; i++) {
        kiji_buf bytes = KIJI_BUF_INIT;
        if (!read_file(&bytes, sources[i])) {
            (void)fprintf(stderr, "dictc: %s: %s\n", sources[i], strerror(errno));
            n_faults++;
        } else {
            n_faults += kiji_dict_parse(&rows, &faults, arena, sources[i], (kiji_str){bytes.ptr, bytes.len});
        }
        kiji_buf_clear(&bytes);
    }
    void *image = NULL;
    size_t nbytes = 0;
    kiji_status status = n_faults == 0 ? KIJI_OK : KIJI_EDICT;
    if (status == KIJI_OK) {
        status = kiji_dict_build(&image, &nbytes, &rows, &faults, NULL);
    }
    if (faults.len != 0) {
        (void)fwrite(faults.ptr, 1, faults.len, stderr);
    }
    if (status == KIJI_ENOMEM) {
        (void)fprintf(stderr, "dictc: out of memory\n");
    }
    int exit_status = status == KIJI_OK ? write_file(output, image, nbytes) : 1;
    kiji_free(image);
    kiji_buf_clear(&faults);
    return exit_status;
}

int main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "-o") != 0) {
        (void)fprintf(stderr, "usage: dictc -o kiji.dic FILE.tsv…\n");
        return 2;
    }
    kiji_arena arena;
    kiji_arena_init(&arena);
    const int status = compile(argv[2], argv + 3, argc - 3, &arena);
    kiji_arena_clear(&arena);
    return status;
}
