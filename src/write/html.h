/*
 * html.h - what the pages share: escaping, the frame of a page, the article on it.
 *
 * Pages load nothing: style and script are part of them, allowed by their hashes in a Content-Security-Policy. All
 * that comes from an article passes kiji_html_text, which also serves inside "…".
 */
#ifndef KIJI_WRITE_HTML_H
#define KIJI_WRITE_HTML_H

#include "write/write.h"

/* Made of data/html by data/html/embed.py. Lines of a file, ended by NULL. */
extern const char *const kiji_html_css[];
extern const char *const kiji_html_js[];
extern const char kiji_html_policy[];

/* Words that people read. */
const char *kiji_html_type(kiji_type type);
const char *kiji_html_kind(kiji_quote_kind kind);

/* Text with everything escaped that means something in HTML; controls are shown, line ends are blanks. */
void kiji_html_text(kiji_buf *out, kiji_str text);

/*
 * From <!doctype> to <main>. `title` is escaped here. `here`: with links to the pages of a folder, that of this file
 * name marked as the one that is looked at ("" for an article's); NULL: without.
 */
void kiji_html_begin(kiji_buf *out, kiji_str title, const char *here);
void kiji_html_end(kiji_buf *out);

/* An id that articles do not share: "a" and twelve digits, made of source and text. */
#define KIJI_HTML_ID 16
void kiji_html_id(char out[KIJI_HTML_ID], const kiji_doc *doc);

/* "防衛大臣 (JP)", several with 、 between them; "" for who has none. */
void kiji_html_offices(kiji_buf *out, const kiji_entity *entity);

/* The <article>. Failures are in out->failed. */
void kiji_html_article(kiji_buf *out, const kiji_view *view, const kiji_doc *doc);

#endif
