#include "cli/keep.h"

#include "base/mem.h"
#include "base/status.h"
#include "cli/folder.h"
#include "cli/out_database.h"
#include "cli/settings.h"

struct kiji_keep {
    const kiji_options *options;
    kiji_out_database base; /* base.database is NULL: a folder */
    kiji_out_folder *folder;
};

kiji_status kiji_keep_open(kiji_keep **out, const kiji_options *options, const kiji_model *model, kiji_error *err)
{
    kiji_buf settings = KIJI_BUF_INIT;
    *out = NULL;
    kiji_keep *keep = kiji_alloc_zero(1, sizeof *keep);
    if (keep == NULL) {
        return kiji_fail_memory(err);
    }
    keep->options = options;
    kiji_status status = kiji_settings(&settings, options, model, err);
    if (status == KIJI_OK && options->format->database) {
        status = kiji_out_database_open(&keep->base, options->output, settings.ptr, options->resume, err);
    } else if (status == KIJI_OK) {
        status = kiji_out_folder_open(&keep->folder, options, settings.ptr, err);
    }
    kiji_buf_clear(&settings);
    if (status == KIJI_OK) {
        *out = keep;
    } else {
        (void)kiji_keep_close(keep, false, NULL);
    }
    return status;
}

const char *kiji_keep_target(const kiji_keep *keep)
{
    return keep != NULL ? keep->base.target : NULL;
}

bool kiji_keep_has(kiji_keep *keep, const kiji_origin *origin, kiji_buf *parcel, bool *found)
{
    if (!keep->options->resume) {
        return false;
    }
    return keep->folder != NULL ? kiji_out_folder_has(keep->folder, origin, parcel, found)
                                : kiji_database_has(keep->base.database, origin, found);
}

kiji_status kiji_keep_pack(const kiji_keep *keep, kiji_buf *parcel, const kiji_doc *doc, kiji_error *err)
{
    const kiji_view *view = &keep->options->view;
    return keep->folder != NULL ? kiji_out_folder_pack(keep->folder, parcel, doc, err)
                                : kiji_database_pack(parcel, view, doc, err);
}

kiji_status kiji_keep_take(kiji_keep *keep, const kiji_origin *origin, kiji_str parcel, bool again, kiji_error *err)
{
    if (keep->folder != NULL) {
        return kiji_out_folder_take(keep->folder, origin, parcel, again, err);
    }
    return again ? KIJI_OK : kiji_database_take(keep->base.database, origin, parcel, err);
}

kiji_status kiji_keep_close(kiji_keep *keep, bool whole, kiji_error *err)
{
    if (keep == NULL) {
        return KIJI_OK;
    }
    kiji_status status = KIJI_OK;
    if (keep->folder != NULL) {
        status = kiji_out_folder_close(keep->folder, whole, err);
    } else {
        status = kiji_out_database_close(&keep->base, whole, err);
    }
    kiji_free(keep);
    return status;
}
