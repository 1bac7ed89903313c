#include "cli/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/status.h"

static kiji_status dictionary(kiji_buf *out, const char *path, kiji_error *err)
{
    kiji_buf bytes = KIJI_BUF_INIT;
    ssize_t got = 1;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && got > 0) {
        char *at = kiji_buf_reserve(&bytes, 65536);
        got = at != NULL ? read(fd, at, 65536) : 0;
        bytes.len += got > 0 ? (size_t)got : 0;
    }
    const kiji_status status =
        fd < 0 || got < 0 ? kiji_fail_errno(err, path, errno, "dictionary cannot be read") : KIJI_OK;
    if (fd >= 0) {
        (void)close(fd);
    }
    kiji_buf_printf(out, "dict %016llx\n", (unsigned long long)kiji_hash64((kiji_str){bytes.ptr, bytes.len}));
    out->failed |= bytes.failed;
    kiji_buf_clear(&bytes);
    return status;
}

kiji_status kiji_settings(kiji_buf *out, const kiji_options *options, const kiji_model *model, kiji_error *err)
{
    const kiji_view *view = &options->view;
    kiji_status status = KIJI_OK;
    kiji_buf_puts(out, "kiji " KIJI_VERSION "\n" KIJI_SCHEMA "\n");
    kiji_buf_printf(out, "format %s\nsections %u\ntypes %u\ntop %zu\n", options->format->name, view->sections,
                    view->types, view->top);
    kiji_buf_printf(out, "header %d\nexplain %d\ntext %d\nnull %d\noffsets %s\n", view->header, view->explain,
                    view->with_text, view->null, view->bytes ? "byte" : "codepoint");
    kiji_buf_printf(out, "colour %d\nwidth %zu\nwho %s\n", view->colour, view->width,
                    view->who != NULL ? view->who : "");
    kiji_buf_printf(out, "encoding %s\ndate %s\nstrict %d\ninput %d\nsplit %d\n",
                    options->encoding != NULL ? options->encoding : "", options->date != NULL ? options->date : "",
                    options->strict, (int)options->input, (int)options->split);
    for (size_t i = 0; i < KIJI_FIELDS; i++) {
        kiji_buf_printf(out, "field %s\n", options->fields.names[i]);
    }
    kiji_buf_printf(out, "keep %d\n", options->fields.keep);
    kiji_buf_puts(out, kiji_model_versions(model));
    for (size_t i = 0; i < options->model.n_user_dicts && status == KIJI_OK; i++) {
        status = dictionary(out, options->model.user_dicts[i], err);
    }
    kiji_buf_putc(out, '\0');
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
}
