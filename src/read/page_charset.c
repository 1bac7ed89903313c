#include "read/page_charset.h"

#include <string.h>
#include <strings.h>

#define PRESCAN ((size_t)4096)
#define NAME    32u

/* The encoding of a name; "x-sjis" and "x-euc-jp" too. */
static kiji_charset charset_of(const char *name)
{
    const bool private_name = strncasecmp(name, "x-", 2) == 0;
    return kiji_charset_named(private_name ? name + 2 : name);
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* What stands behind charset= in a tag <meta>, KIJI_CHARSETS: nothing known. */
static kiji_charset in_tag(kiji_str tag)
{
    static const char key[] = "charset";
    for (size_t i = 0; i + sizeof key <= tag.len; i++) {
        if (strncasecmp(tag.ptr + i, key, sizeof key - 1) != 0) {
            continue;
        }
        size_t at = i + sizeof key - 1;
        /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a set, no string */
        while (at < tag.len && memchr(" \t\r\n=\"'", tag.ptr[at], 7) != NULL) {
            at++;
        }
        char name[NAME];
        size_t n = 0;
        while (at < tag.len && n < sizeof name - 1 && is_name(tag.ptr[at])) {
            name[n++] = tag.ptr[at++];
        }
        name[n] = '\0';
        if (charset_of(name) != KIJI_CHARSETS) {
            return charset_of(name);
        }
    }
    return KIJI_CHARSETS;
}

static kiji_charset declared(kiji_str s)
{
    const size_t end = s.len < PRESCAN ? s.len : PRESCAN;
    for (size_t at = 0; at + 5 < end; at++) {
        if (s.ptr[at] != '<' || strncasecmp(s.ptr + at + 1, "meta", 4) != 0) {
            continue;
        }
        const char *close = memchr(s.ptr + at, '>', end - at);
        const size_t length = close != NULL ? (size_t)(close - s.ptr) - at : end - at;
        const kiji_charset found = in_tag((kiji_str){s.ptr + at, length});
        if (found != KIJI_CHARSETS) {
            return found;
        }
        at += length - 1;
    }
    return KIJI_CHARSETS;
}

kiji_guess kiji_page_charset(kiji_str bytes, const char *header)
{
    const kiji_guess guess = kiji_charset_detect(bytes);
    const bool certain = guess.mark != 0 || guess.charset == KIJI_UTF_16LE || guess.charset == KIJI_UTF_16BE ||
                         (guess.charset == KIJI_UTF_8 && guess.good == bytes.len);
    if (certain) {
        return guess;
    }
    kiji_charset said = header != NULL ? charset_of(header) : KIJI_CHARSETS;
    if (said == KIJI_CHARSETS) {
        said = declared(bytes);
    }
    /* It is no valid UTF-8, and without zero bytes no UTF-16: a page that says so says it of other bytes. */
    const bool possible = said == KIJI_SHIFT_JIS || said == KIJI_EUC_JP || said == KIJI_ISO_2022_JP;
    return possible ? kiji_charset_told(said, bytes) : guess;
}
