#include "write/html_chart.h"

#define WIDTH      480
#define ROW        24  /* a bar and the gap below it */
#define LABELS     206 /* left of the bars */
#define VALUES     60  /* right of them */
#define LABEL_MOST 12  /* characters of a label */
#define HEIGHT     180 /* of columns */
#define LABEL_GAP  96  /* between the labels below columns */

static double largest(const kiji_bar *bars, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = bars[i].value > most ? bars[i].value : most;
    }
    return most > 0 ? most : 1;
}

/* Digits without the locale: tenths at most. */
static void number(kiji_buf *out, double value, int decimals)
{
    const unsigned long tenths = (unsigned long)(value * 10 + 0.5);
    if (decimals > 0) {
        kiji_buf_printf(out, "%lu.%lu", tenths / 10, tenths % 10);
    } else {
        kiji_buf_printf(out, "%lu", (unsigned long)(value + 0.5));
    }
}

static void begin(kiji_buf *out, const char *caption, const kiji_bar *bars, size_t n, int decimals)
{
    kiji_buf_printf(out, "<figure><figcaption>%s</figcaption>\n<svg role=\"img\" aria-label=\"%s: ", caption, caption);
    for (size_t i = 0; i < n; i++) {
        kiji_buf_puts(out, i != 0 ? "、" : "");
        kiji_html_text(out, bars[i].label);
        kiji_buf_putc(out, ' ');
        number(out, bars[i].value, decimals);
    }
}

static void short_label(kiji_buf *out, kiji_str label)
{
    size_t at = 0;
    size_t left = LABEL_MOST;
    while (at < label.len && (left > 0 || ((unsigned char)label.ptr[at] & 0xC0) == 0x80)) {
        left -= ((unsigned char)label.ptr[at] & 0xC0) != 0x80;
        at++;
    }
    kiji_html_text(out, (kiji_str){label.ptr, at});
    kiji_buf_puts(out, at < label.len ? "…" : "");
}

void kiji_html_bars(kiji_buf *out, const char *caption, const kiji_bar *bars, size_t n, int decimals)
{
    if (n == 0) {
        return;
    }
    const double most = largest(bars, n);
    begin(out, caption, bars, n, decimals);
    kiji_buf_printf(out, "\" viewBox=\"0 0 %d %zu\">\n", WIDTH, n * ROW);
    for (size_t i = 0; i < n; i++) {
        const double room = WIDTH - LABELS - VALUES;
        const unsigned long length = (unsigned long)(room * bars[i].value / most + 0.5);
        kiji_buf_printf(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", LABELS - 8, i * ROW + 16);
        short_label(out, bars[i].label);
        kiji_buf_printf(out, "</text><rect x=\"%d\" y=\"%zu\" width=\"%lu\" height=\"%d\"/><text x=\"%lu\" y=\"%zu\">",
                        LABELS, i * ROW + 3, length > 0 ? length : 1, ROW - 7, LABELS + length + 6, i * ROW + 16);
        number(out, bars[i].value, decimals);
        kiji_buf_puts(out, "</text>\n");
    }
    kiji_buf_puts(out, "</svg></figure>\n");
}

void kiji_html_columns(kiji_buf *out, const char *caption, const kiji_bar *columns, size_t n)
{
    if (n == 0) {
        return;
    }
    const double most = largest(columns, n);
    const double step = (double)(WIDTH - 60) / (double)n;
    const size_t each = (size_t)(LABEL_GAP / step) + 1;
    /* What is drawn, told in words without the empty days. */
    kiji_buf_printf(out, "<figure><figcaption>%s</figcaption>\n<svg role=\"img\" aria-label=\"%s: ", caption, caption);
    for (size_t i = 0; i < n; i++) {
        if (columns[i].value > 0) {
            kiji_html_text(out, columns[i].label);
            kiji_buf_printf(out, " %lu; ", (unsigned long)columns[i].value);
        }
    }
    kiji_buf_printf(out, "\" viewBox=\"0 0 %d %d\">\n", WIDTH, HEIGHT + 30);
    kiji_buf_printf(
        out, "<line x1=\"40\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/><text x=\"34\" y=\"16\" text-anchor=\"end\">%lu</text>\n",
        HEIGHT, WIDTH - 20, HEIGHT, (unsigned long)most);
    for (size_t i = 0; i < n; i++) {
        const double left = 40 + step * (double)i;
        const unsigned long height = (unsigned long)((HEIGHT - 10) * columns[i].value / most + 0.5);
        const unsigned long width = step > 3 ? (unsigned long)(step * 0.8) : 1;
        if (columns[i].value > 0) {
            kiji_buf_printf(out, "<rect x=\"%lu\" y=\"%lu\" width=\"%lu\" height=\"%lu\"/>", (unsigned long)left,
                            HEIGHT - height, width < 40 ? width : 40, height);
        }
        if (i % each == 0) {
            kiji_buf_printf(out, "<text x=\"%lu\" y=\"%d\">", (unsigned long)left, HEIGHT + 20);
            kiji_html_text(out, columns[i].label);
            kiji_buf_puts(out, "</text>");
        }
    }
    kiji_buf_puts(out, "\n</svg></figure>\n");
}
