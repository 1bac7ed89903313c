#include "read/page.h"

#include <string.h>

#include "base/status.h"
#include "read/page_body.h"
#include "read/page_facts.h"
#include "read/page_guard.h"
#include "read/page_sides.h"

static bool is_same(kiji_str a, kiji_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* The headline, unless it is the first line anyway, and the lines whose flag is set. */
static void write_text(kiji_page *out, kiji_arena *arena, const kiji_page_lines *lines, const bool *taken)
{
    size_t nbytes = out->title.len + 2;
    for (size_t i = 0; i < lines->count; i++) {
        nbytes += lines->items[i].text.len + 1;
    }
    char *text = kiji_arena_alloc(arena, nbytes);
    size_t n = 0;
    if (out->title.len != 0) {
        memcpy(text, out->title.ptr, out->title.len);
        n = out->title.len;
        text[n++] = '\n';
    }
    bool first = true;
    for (size_t i = 0; i < lines->count; i++) {
        const kiji_str line = lines->items[i].text;
        if ((taken != NULL && !taken[i]) || (first && is_same(line, out->title))) {
            continue;
        }
        first = false;
        memcpy(text + n, line.ptr, line.len);
        n += line.len;
        text[n++] = '\n';
    }
    out->text = (kiji_str){text, n};
}

kiji_status kiji_page_extract(kiji_page *out, kiji_arena *arena, kiji_str html, bool whole, kiji_error *err)
{
    kiji_page_tree tree;
    *out = (kiji_page){.text = {"", 0}, .title = {"", 0}};
    kiji_status status = kiji_page_guard(html, err);
    if (status == KIJI_OK) {
        status = kiji_page_parse(&tree, arena, html, err);
    }
    if (status != KIJI_OK) {
        return status;
    }
    kiji_page_facts facts;
    kiji_page_lines lines;
    bool *taken = NULL;
    kiji_page_facts_find(&facts, arena, &tree, whole);
    out->title = kiji_arena_copy(arena, facts.title);
    memcpy(out->date, facts.date, sizeof out->date);
    kiji_page_lines_build(&lines, arena, &tree, 0, whole ? NULL : kiji_page_sides(arena, &tree));
    if (!whole && kiji_page_body(&taken, arena, &tree, &lines, facts.headline) == lines.count) {
        return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "no article in this page");
    }
    write_text(out, arena, &lines, taken);
    return KIJI_OK;
}
