#include "cli/confine.h"

#include <string.h>

#include "base/mem.h"
#include "base/sandbox.h"
#include "base/status.h"

/* More files than that on the command line are granted as one: each costs some microseconds at the start. */
#define MOST_OPERANDS ((size_t)200)
#define FURTHER       16 /* grants beside those of operands */

typedef struct grants {
    kiji_grant *items; /* room for all */
    size_t count;
} grants;

static void grant(grants *g, const char *path, unsigned may)
{
    g->items[g->count++] = (kiji_grant){path, may};
}

/* Names in a list are known only when they are read. */
static bool reads_anything(const kiji_options *options)
{
    bool lists = options->n_operands > MOST_OPERANDS;
    for (size_t i = 0; i < options->n_operands; i++) {
        lists |= options->operands[i].from != KIJI_FROM_FILE;
    }
    return lists;
}

static void grant_inputs(grants *g, const kiji_options *options)
{
    if (reads_anything(options)) {
        grant(g, "/", KIJI_MAY_READ);
        return;
    }
    for (size_t i = 0; i < options->n_operands; i++) {
        grant(g, options->operands[i].name, KIJI_MAY_READ);
    }
    /* What libraries read late: ICU's converters, jansson's hash seed, locales and charsets for names in archives. */
    static const char *const late[] = {"/usr/share/icu",
                                       "/dev/urandom",
                                       "/etc/localtime",
                                       "/usr/lib/locale",
                                       "/usr/share/locale",
                                       "/usr/lib/x86_64-linux-gnu/gconv",
                                       "/usr/lib/aarch64-linux-gnu/gconv",
                                       "/usr/lib/gconv",
                                       "/usr/lib64/gconv"};
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++) {
        grant(g, late[i], KIJI_MAY_READ);
    }
}

kiji_status kiji_confine(const kiji_options *options, const char *target, kiji_error *err)
{
    if (options->no_sandbox) {
        return KIJI_OK;
    }
    const size_t length = target != NULL ? strlen(target) : 0;
    grants g = {.items = kiji_alloc_zero(options->n_operands + FURTHER, sizeof *g.items)};
    char *folder = kiji_alloc(length + 2);
    if (g.items == NULL || folder == NULL) {
        kiji_free(g.items);
        kiji_free(folder);
        return kiji_fail_memory(err);
    }
    grant_inputs(&g, options);
    if (options->folder) {
        grant(&g, options->output, KIJI_MAY_READ | KIJI_MAY_REPLACE | KIJI_MAY_WRITE | KIJI_MAY_FOLDER);
    } else if (target != NULL) {
        memcpy(folder, target, length + 1);
        char *slash = strrchr(folder, '/');
        memcpy(slash != NULL ? slash + 1 : folder, ".", 2);
        grant(&g, folder, KIJI_MAY_REPLACE);
    }
    (void)kiji_sandbox_enter(g.items, g.count);
    kiji_free(folder);
    kiji_free(g.items);
    return KIJI_OK;
}

void kiji_confine_describe(kiji_buf *out, const kiji_options *options)
{
    int abi = 0;
    const unsigned parts = kiji_sandbox_available(&abi);
    kiji_buf_puts(out, "sandbox: ");
    if (options->no_sandbox) {
        kiji_buf_puts(out, "off (--no-sandbox)\n");
        return;
    }
    if ((parts & KIJI_SANDBOX_FILES) != 0) {
        kiji_buf_printf(out, "files (Landlock %d)", abi);
    }
    if ((parts & KIJI_SANDBOX_CALLS) != 0) {
        kiji_buf_printf(out, "%ssystem calls (seccomp)", (parts & KIJI_SANDBOX_FILES) != 0 ? ", " : "");
    }
    kiji_buf_puts(out, parts != 0 ? "\n" : "not available\n");
}
