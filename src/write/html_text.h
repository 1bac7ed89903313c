/*
 * html_text.h - the article's words as HTML: paragraphs, names as links to their entries, quotes with their speakers.
 */
#ifndef KIJI_WRITE_HTML_TEXT_H
#define KIJI_WRITE_HTML_TEXT_H

#include "write/html.h"
#include "write/spans.h"

/* `id` as kiji_html_id; the first mark of entity i gets the id ID-m1 …, quotes ID-q1 …; entries are ID-e1 …. */
void kiji_html_words(kiji_buf *out, const kiji_view *view, const kiji_doc *doc, const kiji_spans *spans,
                     const char *id);

#endif
