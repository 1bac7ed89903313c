/* kiji whose own allocations fail: KIJI_FAIL_AT=N, the N-th and all later ones (base/mem.h). Says how many there are. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* src/main.c, under another name. */
int kiji_main(int argc, char **argv);

int main(int argc, char **argv)
{
    const char *at = getenv("KIJI_FAIL_AT");
    const char *count = getenv("KIJI_FAULT_COUNT");
    kiji_alloc_fail_at(at != NULL ? strtoull(at, NULL, 10) : 0);
    FILE *file = count != NULL ? fopen(count, "w") : NULL; /* now: the sandbox allows it no more at the end */
    const int status = kiji_main(argc, argv);
    if (file != NULL) {
        (void)fprintf(file, "%llu\n", (unsigned long long)kiji_alloc_count());
        (void)fclose(file);
    }
    return status;
}
