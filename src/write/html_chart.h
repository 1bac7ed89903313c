/*
 * html_chart.h - plots as SVG inside a page.
 */
#ifndef KIJI_WRITE_HTML_CHART_H
#define KIJI_WRITE_HTML_CHART_H

#include "write/html.h"

typedef struct kiji_bar {
    kiji_str label;
    double value;
} kiji_bar;

/* Bars from left to right, one a line, the value behind each with `decimals`. Nothing for none. */
void kiji_html_bars(kiji_buf *out, const char *caption, const kiji_bar *bars, size_t n, int decimals);

/* Columns side by side; some of the labels below them, as many as there is room for. */
void kiji_html_columns(kiji_buf *out, const char *caption, const kiji_bar *columns, size_t n);

#endif
