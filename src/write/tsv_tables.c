/* tsv_tables.c - the tables of a whole corpus in a folder: entities.tsv, mentions.tsv, quotes.tsv, keywords.tsv. */
#include <stdio.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/folder.h"
#include "write/write.h"

/* A view of one of the sections that are asked for; false: of no more. */
static bool next_section(kiji_view *one, const kiji_view *all, size_t *at)
{
    while (kiji_sections[*at].name != NULL && (kiji_sections[*at].bit & all->sections) == 0) {
        ++*at;
    }
    *one = *all;
    one->sections = kiji_sections[*at].bit;
    return kiji_sections[(*at)++].name != NULL;
}

/* Name, header and rows of each table. The header goes with each parcel, as any of them may be the first. */
static kiji_status pack(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_view one;
    kiji_buf rows = KIJI_BUF_INIT;
    kiji_status status = KIJI_OK;
    for (size_t at = 0; status == KIJI_OK && next_section(&one, view, &at);) {
        kiji_buf_reset(&rows);
        status = kiji_format_tsv.begin(&rows, &one, err);
        const size_t header = rows.len;
        if (status == KIJI_OK) {
            status = kiji_format_tsv.doc(&rows, &one, doc, err);
        }
        kiji_parcel_number(out, at);
        const char *bytes = rows.ptr != NULL ? rows.ptr : ""; /* neither header nor rows */
        kiji_parcel_put(out, (kiji_str){bytes, header});
        kiji_parcel_put(out, (kiji_str){bytes + header, rows.len - header});
    }
    kiji_buf_clear(&rows);
    return status == KIJI_OK && out->failed ? kiji_fail_memory(err) : status;
}

typedef struct tables {
    bool begun;
} tables;

static void *open_tables(void)
{
    return kiji_alloc_zero(1, sizeof(tables));
}

static kiji_status take(void *state, kiji_str parcel, const kiji_files *files, kiji_error *err)
{
    tables *t = state;
    kiji_status status = KIJI_OK;
    size_t at = 0;
    while (status == KIJI_OK && (at = kiji_parcel_take_number(&parcel)) != 0) {
        char name[32];
        (void)snprintf(name, sizeof name, "%s.tsv", kiji_sections[at - 1].name);
        const kiji_str header = kiji_parcel_take(&parcel);
        const kiji_str rows = kiji_parcel_take(&parcel);
        status = t->begun ? KIJI_OK : files->append(files->to, name, header, err);
        if (status == KIJI_OK) {
            status = files->append(files->to, name, rows, err);
        }
    }
    t->begun = true;
    return status;
}

static kiji_status close_tables(void *state, const kiji_files *files, kiji_error *err)
{
    (void)state;
    (void)files;
    (void)err;
    return KIJI_OK;
}

const kiji_folder kiji_tsv_folder = {0, pack, open_tables, take, close_tables, kiji_free};
