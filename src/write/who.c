/*
 * who.c - who said what, to read on a terminal; of one speaker where a name is given.
 */
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "write/look.h"

/* Short forms of offices that are not the beginning of the full one with 相 for 大臣. */
static const struct {
    const char *called, *title;
} short_titles[] = {
    {"外相", "外務大臣"},       {"法相", "法務大臣"},     {"財務相", "財務大臣"},     {"文科相", "文部科学大臣"},
    {"厚労相", "厚生労働大臣"}, {"農相", "農林水産大臣"}, {"農水相", "農林水産大臣"}, {"経産相", "経済産業大臣"},
    {"国交相", "国土交通大臣"}, {"環境相", "環境大臣"},   {"総務相", "総務大臣"},     {"防衛相", "防衛大臣"},
    {"統幕長", "統合幕僚長"},   {"陸幕長", "陸上幕僚長"}, {"海幕長", "海上幕僚長"},   {"空幕長", "航空幕僚長"},
    {"首相", "内閣総理大臣"},   {"総理", "首相"},         {"総理大臣", "首相"},       {"内閣総理大臣", "首相"},
};

/* Bytes at `at` that do not count when names are compared: blanks, ・, ＝ between the parts of a foreign name. */
static size_t filler(kiji_str s, size_t at)
{
    static const char *const fillers[] = {" ", "\xE3\x80\x80", "・", "＝", "="};
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        const size_t n = strlen(fillers[i]);
        if (n <= s.len - at && memcmp(s.ptr + at, fillers[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

static bool begins_at(kiji_str s, size_t at, kiji_str part)
{
    size_t with = 0;
    while (with < part.len) {
        const size_t skip_part = filler(part, with);
        const size_t skip = at < s.len ? filler(s, at) : 0;
        if (skip_part != 0) {
            with += skip_part;
        } else if (skip != 0) {
            at += skip;
        } else if (at == s.len || s.ptr[at] != part.ptr[with]) {
            return false;
        } else {
            at++;
            with++;
        }
    }
    return true;
}

static bool holds(kiji_str s, kiji_str part)
{
    for (size_t at = 0; at < s.len; at++) {
        if (begins_at(s, at, part)) {
            return true;
        }
    }
    return false;
}

bool kiji_who_called(kiji_str name, kiji_str part, bool is_title)
{
    bool found = holds(name, part);
    for (size_t k = 0; is_title && !found && k < sizeof short_titles / sizeof short_titles[0]; k++) {
        const kiji_str full = {short_titles[k].title, strlen(short_titles[k].title)};
        found = strlen(short_titles[k].called) == part.len && memcmp(short_titles[k].called, part.ptr, part.len) == 0 &&
                holds(name, full);
    }
    return found;
}

static bool has_office(const kiji_entity *speaker, kiji_str name)
{
    for (size_t i = 0; i < speaker->n_offices; i++) {
        if (kiji_who_called(speaker->offices[i].title, name, true)) {
            return true;
        }
    }
    return false;
}

static bool is_called(const kiji_entity *speaker, kiji_str part)
{
    bool found = holds(speaker->name, part) || holds(speaker->reading, part) || has_office(speaker, part);
    for (size_t i = 0; i < speaker->n_mentions && !found; i++) {
        found = holds(speaker->mentions[i].text, part);
    }
    return found;
}

bool kiji_who_open(kiji_who *out, const kiji_view *view, const kiji_doc *doc)
{
    *out = (kiji_who){.view = view, .doc = doc};
    out->known = view->who != NULL ? kiji_alloc_zero(doc->n_entities + 1, sizeof *out->known) : NULL;
    return view->who == NULL || out->known != NULL;
}

void kiji_who_close(kiji_who *who)
{
    kiji_free(who->known);
    who->known = NULL;
}

bool kiji_who_speaks(kiji_who *who, const kiji_quote *quote)
{
    if (who->view->who == NULL) {
        return true;
    }
    const kiji_entity *speaker = kiji_view_speaker(who->view, who->doc, quote);
    const kiji_str part = {who->view->who, strlen(who->view->who)};
    if (holds(quote->speaker_text, part)) {
        return true;
    }
    if (speaker == NULL) {
        return false;
    }
    if (who->known[quote->speaker] == 0) {
        who->known[quote->speaker] = is_called(speaker, part) ? 1 : 2;
    }
    return who->known[quote->speaker] == 1;
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_screen screen;
    kiji_who who;
    bool any = false;
    if (!kiji_who_open(&who, view, doc)) {
        return kiji_fail_memory(err);
    }
    kiji_screen_init(&screen, out, view->width, view->colour);
    for (size_t i = 0; i < doc->n_quotes; i++) {
        if (!kiji_who_speaks(&who, &doc->quotes[i])) {
            continue;
        }
        if (!any) {
            kiji_look_source(&screen, doc, true);
        }
        any = true;
        kiji_look_quote(&screen, view, doc, &doc->quotes[i], 2);
    }
    if (any) {
        kiji_screen_line(&screen, 0);
    }
    kiji_who_close(&who);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

const kiji_format kiji_format_who = {
    .name = "who",
    .summary = "who said what, to look at",
    .screen = true,
    .sections = KIJI_SECTION_QUOTES,
    .doc = write_doc,
};
