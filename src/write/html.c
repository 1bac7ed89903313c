/*
 * html.c - one page with all articles of a stream.
 */
#include "write/html.h"

#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "base/utf8.h"
#include "write/html_site.h"
#include "write/visible.h"

const char *kiji_html_type(kiji_type type)
{
    static const char *const words[KIJI_TYPES] = {
        [KIJI_PERSON] = "人物",       [KIJI_MINISTER] = "大臣・首脳", [KIJI_PLACE] = "地名",
        [KIJI_ORGANIZATION] = "組織", [KIJI_WEAPON] = "兵器",
    };
    return words[type];
}

const char *kiji_html_kind(kiji_quote_kind kind)
{
    static const char *const words[] = {
        [KIJI_DIRECT] = "直接", [KIJI_PARTIAL] = "一部", [KIJI_INDIRECT] = "間接", [KIJI_ACCORDING] = "による"};
    return words[kind];
}

static void character(kiji_buf *out, uint32_t c)
{
    switch (c) {
    case '&':
        kiji_buf_puts(out, "&amp;");
        return;
    case '<':
        kiji_buf_puts(out, "&lt;");
        return;
    case '>':
        kiji_buf_puts(out, "&gt;");
        return;
    case '"':
        kiji_buf_puts(out, "&quot;");
        return;
    case '\'':
        kiji_buf_puts(out, "&#39;");
        return;
    default:
        kiji_utf8_put(out, c == '\n' ? ' ' : c);
    }
}

void kiji_html_text(kiji_buf *out, kiji_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t shown[KIJI_VISIBLE];
        const size_t n = kiji_visible(shown, text, &at);
        for (size_t i = 0; i < n; i++) {
            character(out, shown[i]);
        }
    }
}

static void lines(kiji_buf *out, const char *const *line)
{
    for (; *line != NULL; line++) {
        kiji_buf_puts(out, *line);
    }
}

static void link_to(kiji_buf *out, const char *file, const char *words, const char *here)
{
    kiji_buf_printf(out, "<a href=\"%s\"%s>%s</a>", file, strcmp(file, here) == 0 ? " aria-current=\"page\"" : "",
                    words);
}

void kiji_html_begin(kiji_buf *out, kiji_str title, const char *here)
{
    kiji_buf_puts(out, "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    kiji_buf_puts(out, kiji_html_policy);
    kiji_buf_puts(out, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"kiji\">\n"
                       "<link rel=\"icon\" href=\"data:,\">\n<title>");
    kiji_html_text(out, title);
    kiji_buf_puts(out, "</title>\n<style>");
    lines(out, kiji_html_css);
    kiji_buf_puts(out, "</style>\n</head>\n<body>\n<header><h1>kiji</h1>");
    if (here != NULL) {
        kiji_buf_puts(out, "<nav aria-label=\"ページ\">");
        link_to(out, "index.html", "記事と人物", here);
        link_to(out, "who.html", "誰が何を言ったか", here);
        kiji_buf_puts(out, "</nav>");
    }
    kiji_buf_puts(out, "</header>\n<main>\n");
}

void kiji_html_end(kiji_buf *out)
{
    kiji_buf_puts(out, "</main>\n<footer class=\"small\">kiji " KIJI_VERSION
                       " が文章から自動で読み取ったもので、誤りを含みます。</footer>\n<script>");
    lines(out, kiji_html_js);
    kiji_buf_puts(out, "</script>\n</body>\n</html>\n");
}

static uint64_t mix(uint64_t hash, kiji_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001B3u;
    }
    return hash * 31 + s.len;
}

void kiji_html_id(char out[KIJI_HTML_ID], const kiji_doc *doc)
{
    const uint64_t hash = mix(mix(0xCBF29CE484222325u, doc->source), doc->text);
    (void)snprintf(out, KIJI_HTML_ID, "a%06lx%06lx", (unsigned long)(hash >> 24 & 0xFFFFFF),
                   (unsigned long)(hash >> 40 & 0xFFFFFF));
}

void kiji_html_offices(kiji_buf *out, const kiji_entity *entity)
{
    static const char *const before[] = {
        [KIJI_CURRENT] = "", [KIJI_FORMER] = "前・元", [KIJI_ACTING] = "代行 ", [KIJI_NEXT] = "次期"};
    for (size_t i = 0; i < entity->n_offices; i++) {
        const kiji_office *office = &entity->offices[i];
        kiji_buf_puts(out, i != 0 ? "、" : "");
        kiji_buf_puts(out, before[office->status]);
        kiji_html_text(out, office->title);
        if (office->country[0] != '\0') {
            kiji_buf_puts(out, " (");
            kiji_html_text(out, (kiji_str){office->country, strlen(office->country)});
            kiji_buf_putc(out, ')');
        }
    }
}

static kiji_status begin(kiji_buf *out, const kiji_view *view, kiji_error *err)
{
    (void)view;
    kiji_html_begin(out, (kiji_str){"kiji", 4}, NULL);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status write_doc(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, kiji_error *err)
{
    kiji_html_article(out, view, doc);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

static kiji_status end(kiji_buf *out, const kiji_view *view, kiji_error *err)
{
    (void)view;
    kiji_html_end(out);
    return out->failed ? kiji_fail_memory(err) : KIJI_OK;
}

const kiji_format kiji_format_html = {
    .name = "html",
    .summary = "a page to look at: names and quotes in the text, lists beside it",
    .begin = begin,
    .doc = write_doc,
    .end = end,
    .folder = &kiji_html_folder,
};
