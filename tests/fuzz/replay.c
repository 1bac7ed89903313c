/*
 * replay.c - a fuzz target without libFuzzer: every file of the folders named runs once, in the order of names (TAP).
 * A file that breaks something ends the process; its name stands in the line before.
 */
#include <dirent.h>

#include "fuzz.h"

static size_t count;

static void run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        (void)printf("not ok - %s cannot be read\n", path);
        exit(1);
    }
    size_t capacity = 4096;
    size_t size = 0;
    uint8_t *data = malloc(capacity);
    size_t n;
    while (data != NULL && (n = fread(data + size, 1, capacity - size, file)) > 0) {
        size += n;
        if (size == capacity) {
            capacity *= 2;
            uint8_t *wider = realloc(data, capacity);
            FUZZ_MUST(wider != NULL);
            data = wider;
        }
    }
    FUZZ_MUST(data != NULL);
    (void)fclose(file);
    (void)printf("# %s\n", path);
    (void)fflush(stdout);
    uint8_t *exact = (uint8_t *)fuzz_copy(data, size);
    free(data);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    count++;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        struct dirent **names;
        const int n = scandir(argv[i], &names, visible, alphasort);
        for (int k = 0; k < n; k++) {
            char path[4096];
            (void)snprintf(path, sizeof path, "%s/%s", argv[i], names[k]->d_name);
            run_file(path);
            free(names[k]);
        }
        if (n >= 0) {
            free(names);
        } else {
            run_file(argv[i]);
        }
    }
    (void)printf("%sok - %zu inputs replayed\n", count != 0 ? "" : "not ", count);
    return count != 0 ? 0 : 1;
}
