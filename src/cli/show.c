#include "cli/show.h"

#include "base/status.h"
#include "cli/confine.h"
#include "cli/help.h"
#include "cli/setup.h"
#include "write/sink.h"

static kiji_status versions(kiji_buf *out, const kiji_options *options, kiji_error *err)
{
    kiji_model *model = NULL;
    kiji_buf_puts(out, "kiji " KIJI_VERSION "\n");
    kiji_status status = kiji_setup_model(&model, options, err);
    if (status == KIJI_OK) {
        status = kiji_model_check(model, err);
    }
    if (status == KIJI_OK) {
        const char *parts = kiji_model_versions(model);
        kiji_buf_puts(out, parts);
        if (out->len != 0 && out->ptr[out->len - 1] != '\n') {
            kiji_buf_putc(out, '\n');
        }
    }
    kiji_format_versions(out);
    kiji_confine_describe(out, options);
    kiji_model_free(model);
    return status;
}

static void formats(kiji_buf *out)
{
    for (const kiji_format *const *format = kiji_formats; *format != NULL; format++) {
        kiji_buf_printf(out, "%-7s %s\n", (*format)->name, (*format)->summary);
    }
}

static kiji_status print(const kiji_buf *text, kiji_error *err)
{
    kiji_sink *sink = NULL;
    if (text->failed) {
        return kiji_fail_memory(err);
    }
    const kiji_status status = kiji_sink_open(&sink, NULL, err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_sink_put(sink, text->ptr, text->len);
    return kiji_sink_close(sink, err);
}

kiji_status kiji_show(const kiji_options *options, kiji_error *err)
{
    kiji_buf text = KIJI_BUF_INIT;
    kiji_status status = KIJI_OK;
    switch (options->action) {
    case KIJI_RUN:
        break;
    case KIJI_SHOW_USAGE:
        kiji_help_short(&text);
        break;
    case KIJI_SHOW_HELP:
        kiji_help_long(&text, kiji_setup_processors());
        break;
    case KIJI_SHOW_VERSION:
        status = versions(&text, options, err);
        break;
    case KIJI_SHOW_FORMATS:
        formats(&text);
        break;
    case KIJI_SHOW_COMPLETION:
        kiji_help_completion(&text, options->shell);
        break;
    case KIJI_CHECK_DICTS:
        status = kiji_setup_check(&text, options, err);
        break;
    }
    if (status == KIJI_OK) {
        status = print(&text, err);
    } else {
        (void)print(&text, NULL);
    }
    kiji_buf_clear(&text);
    return status;
}
