/*
 * screen.h - text for a terminal: nothing that could steer it, wrapped by display width, coloured where asked for.
 *
 * Characters collect in a word that must stay together (Japanese breaks almost anywhere, but never before 。 or 」 nor
 * behind 「); a word goes to the line it fits on. Colours end with each line and begin anew on the next, so that a
 * pager may show any line alone.
 */
#ifndef KIJI_WRITE_SCREEN_H
#define KIJI_WRITE_SCREEN_H

#include "base/buf.h"

/* How characters look; with colours off all are KIJI_PLAIN. */
typedef enum kiji_style {
    KIJI_PLAIN,
    KIJI_STRONG,
    KIJI_FAINT,
    KIJI_STYLE_PERSON, /* the types in the order of kiji_type */
    KIJI_STYLE_MINISTER,
    KIJI_STYLE_PLACE,
    KIJI_STYLE_ORGANIZATION,
    KIJI_STYLE_WEAPON,
    KIJI_STYLES
} kiji_style;

typedef struct kiji_cell {
    uint32_t character;
    kiji_style style;
} kiji_cell;

#define KIJI_WORD 128 /* cells that stay together at most */

typedef struct kiji_screen {
    kiji_buf *out;
    size_t width; /* columns; 0: lines are not wrapped */
    bool colour;
    size_t indent;    /* columns that a wrapped line begins with */
    size_t column;    /* where the next character goes */
    kiji_style style; /* what the terminal is set to */
    uint32_t last;    /* character before the next one, or 0 at the begin of a line */
    kiji_cell word[KIJI_WORD];
    size_t n_word;
    size_t word_width;
} kiji_screen;

void kiji_screen_init(kiji_screen *screen, kiji_buf *out, size_t width, bool colour);

/* Text on the current line; line ends in it count as blanks. */
void kiji_screen_put(kiji_screen *screen, kiji_str text, kiji_style style);
void kiji_screen_puts(kiji_screen *screen, const char *text, kiji_style style);

/* End the line; the next one and those it wraps into begin with `indent` blanks. */
void kiji_screen_line(kiji_screen *screen, size_t indent);

/* Columns of a character: 0, 1 or 2 (East Asian wide and fullwidth). */
size_t kiji_screen_columns(uint32_t character);

#endif
