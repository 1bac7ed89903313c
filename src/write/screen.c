#include "write/screen.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "write/visible.h"

/* No black and no white, so that they can be read on both; bold and underline where colours cannot be told apart. */
static const char *const sequences[KIJI_STYLES] = {
    [KIJI_PLAIN] = "",
    [KIJI_STRONG] = "\x1b[1m",
    [KIJI_FAINT] = "\x1b[2m",
    [KIJI_STYLE_PERSON] = "\x1b[36m",
    [KIJI_STYLE_MINISTER] = "\x1b[1;35m",
    [KIJI_STYLE_PLACE] = "\x1b[32m",
    [KIJI_STYLE_ORGANIZATION] = "\x1b[34m",
    [KIJI_STYLE_WEAPON] = "\x1b[4;31m",
};

void kiji_screen_init(kiji_screen *screen, kiji_buf *out, size_t width, bool colour)
{
    memset(screen, 0, sizeof *screen);
    screen->out = out;
    screen->width = width;
    screen->colour = colour;
}

size_t kiji_screen_columns(uint32_t character)
{
    const UChar32 c = (UChar32)character;
    if (character < 0x300) {
        return character == 0xAD ? 0 : 1;
    }
    switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
        return 0;
    default:
        break;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

static bool never_begins_a_line(uint32_t c)
{
    switch (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK)) {
    case U_LB_CLOSE_PUNCTUATION:
    case U_LB_CLOSE_PARENTHESIS:
    case U_LB_NONSTARTER:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_EXCLAMATION:
    case U_LB_INFIX_NUMERIC:
    case U_LB_COMBINING_MARK:
    case U_LB_ZWJ:
        return true;
    default:
        return kiji_screen_columns(c) == 0;
    }
}

static bool is_of_a_word(uint32_t c)
{
    switch (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK)) {
    case U_LB_ALPHABETIC:
    case U_LB_NUMERIC:
    case U_LB_HYPHEN:
    case U_LB_QUOTATION:
    case U_LB_PREFIX_NUMERIC:
    case U_LB_POSTFIX_NUMERIC:
    case U_LB_INFIX_NUMERIC:
        return true;
    default:
        return false;
    }
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ' || before == 0x3000) {
        return true;
    }
    return !never_begins_a_line(after) && after != ' ' &&
           u_getIntPropertyValue((UChar32)before, UCHAR_LINE_BREAK) != U_LB_OPEN_PUNCTUATION &&
           !(is_of_a_word(before) && is_of_a_word(after));
}

static void set_style(kiji_screen *screen, kiji_style style)
{
    if (screen->colour && screen->style != style) {
        kiji_buf_puts(screen->out, screen->style != KIJI_PLAIN ? "\x1b[0m" : "");
        kiji_buf_puts(screen->out, sequences[style]);
    }
    screen->style = style;
}

static void new_line(kiji_screen *screen)
{
    set_style(screen, KIJI_PLAIN);
    kiji_buf_putc(screen->out, '\n');
    screen->column = 0;
}

static void put_cell(kiji_screen *screen, kiji_cell cell)
{
    /* Blanks of the indent wait for a character, so that no line ends in them. */
    for (; screen->column < screen->indent; screen->column++) {
        kiji_buf_putc(screen->out, ' ');
    }
    set_style(screen, cell.style);
    kiji_utf8_put(screen->out, cell.character);
    screen->column += kiji_screen_columns(cell.character);
}

static void end_word(kiji_screen *screen)
{
    const size_t used = screen->column > screen->indent ? screen->column : screen->indent;
    const bool wraps = screen->width > screen->indent + 1;
    if (wraps && used + screen->word_width > screen->width && used > screen->indent) {
        new_line(screen);
    }
    for (size_t i = 0; i < screen->n_word; i++) {
        const kiji_cell cell = screen->word[i];
        const size_t columns = kiji_screen_columns(cell.character);
        const bool full = wraps && screen->column > screen->indent && screen->column + columns > screen->width;
        const bool blank = cell.character == ' ' || cell.character == 0x3000;
        if (full && blank) {
            continue; /* swallowed by the end of the line */
        }
        if (full) {
            new_line(screen);
        }
        put_cell(screen, cell);
    }
    screen->n_word = 0;
    screen->word_width = 0;
}

static void put_character(kiji_screen *screen, uint32_t c, kiji_style style)
{
    if (screen->n_word == KIJI_WORD || (screen->last != 0 && may_break(screen->last, c))) {
        end_word(screen);
    }
    screen->word[screen->n_word++] = (kiji_cell){c, style};
    screen->word_width += c != ' ' && c != 0x3000 ? kiji_screen_columns(c) : 0;
    screen->last = c;
}

void kiji_screen_put(kiji_screen *screen, kiji_str text, kiji_style style)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t shown[KIJI_VISIBLE];
        const size_t n = kiji_visible(shown, text, &at);
        for (size_t i = 0; i < n; i++) {
            put_character(screen, shown[i] == '\n' ? ' ' : shown[i], style);
        }
    }
}

void kiji_screen_puts(kiji_screen *screen, const char *text, kiji_style style)
{
    kiji_screen_put(screen, (kiji_str){text, strlen(text)}, style);
}

void kiji_screen_line(kiji_screen *screen, size_t indent)
{
    end_word(screen);
    new_line(screen);
    screen->indent = indent;
    screen->last = 0;
}
