#include "cli/flat_json.h"

#include <string.h>

#include "base/cursor.h"
#include "base/utf8.h"

#define MOST        32 /* members; each is compared with those before it */
#define MOST_DIGITS 18 /* a long long has room for them */

static void skip_blanks(kiji_cursor *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r')) {
        r->at++;
    }
}

/* One character that has to stand here, with blanks around it. */
static bool take(kiji_cursor *r, char c)
{
    skip_blanks(r);
    if (r->at == r->end || *r->at != c) {
        return false;
    }
    r->at++;
    skip_blanks(r);
    return true;
}

static bool hex4(const char *p, uint32_t *out)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++) {
        const char c = p[i];
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return false;
        }
        value = value * 16 + (uint32_t)digit;
    }
    *out = value;
    return true;
}

/* \uXXXX, or two of them for one character; `p` stands behind the u. The bytes read, 0: no character, or NUL. */
static size_t take_escaped(const char *p, const char *end, uint32_t *out)
{
    uint32_t low;
    if (end - p < 4 || !hex4(p, out) || *out == 0 || (*out >= 0xDC00 && *out <= 0xDFFF)) {
        return 0;
    }
    if (*out < 0xD800 || *out > 0xDBFF) {
        return 4;
    }
    if (end - p < 10 || p[4] != '\\' || p[5] != 'u' || !hex4(p + 6, &low) || low < 0xDC00 || low > 0xDFFF) {
        return 0;
    }
    *out = 0x10000 + ((*out - 0xD800) << 10) + (low - 0xDC00);
    return 10;
}

/* `raw` without its escapes, which take at least as many bytes as what they stand for. */
static bool unescape(kiji_str *out, kiji_arena *arena, kiji_str raw)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char *text = kiji_arena_alloc(arena, raw.len + 1);
    size_t n = 0;
    const char *const end = raw.ptr + raw.len;
    for (const char *p = raw.ptr; p < end;) {
        const char *escape = memchr(p, '\\', (size_t)(end - p));
        const size_t plain = (size_t)((escape != NULL ? escape : end) - p);
        memcpy(text + n, p, plain);
        n += plain;
        if (escape == NULL) {
            break;
        }
        p = escape + 2; /* a backslash is never the last: it would have taken the closing quote along */
        const char *name = memchr(names, escape[1], sizeof names - 1);
        if (name != NULL) {
            text[n++] = meant[name - names];
            continue;
        }
        uint32_t c = 0;
        const size_t nbytes = escape[1] == 'u' ? take_escaped(p, end, &c) : 0;
        if (nbytes == 0) {
            return false;
        }
        n += kiji_utf8_write(text + n, c); /* at most 4 bytes for at least 6 */
        p += nbytes;
    }
    text[n] = '\0';
    *out = (kiji_str){text, n};
    return true;
}

/* A string, its first quotation mark read already. */
static bool take_string(kiji_str *out, kiji_arena *arena, kiji_cursor *r)
{
    const char *const begin = r->at;
    bool escapes = false;
    const char *p = begin;
    while (p < r->end && *p != '"') {
        if ((unsigned char)*p < 0x20) {
            return false;
        }
        const bool escape = *p == '\\';
        escapes = escapes || escape;
        p += 1 + escape;
    }
    if (p >= r->end) {
        return false;
    }
    r->at = p + 1;
    const kiji_str raw = {begin, (size_t)(p - begin)};
    if (escapes) {
        return unescape(out, arena, raw);
    }
    *out = kiji_arena_copy(arena, raw);
    return true;
}

/* A whole number; one with a fraction, an exponent or too many digits is not for here. */
static bool take_integer(long long *out, kiji_cursor *r)
{
    const bool minus = kiji_take(r, "-");
    const char *const first = r->at;
    long long value = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - first < MOST_DIGITS) {
        value = value * 10 + (*r->at++ - '0');
    }
    const bool whole = r->at > first && (*first != '0' || (r->at - first == 1 && !minus)) && r->at < r->end &&
                       (*r->at == ',' || *r->at == '}' || *r->at == ' ');
    *out = minus ? -value : value;
    return whole;
}

static bool take_value(kiji_member *out, kiji_arena *arena, kiji_cursor *r)
{
    if (kiji_take(r, "\"")) {
        out->kind = KIJI_MEMBER_STRING;
        return take_string(&out->text, arena, r);
    }
    if (kiji_take(r, "null")) {
        out->kind = KIJI_MEMBER_NULL;
        return true;
    }
    if (kiji_take(r, "true") || kiji_take(r, "false")) {
        out->kind = KIJI_MEMBER_OTHER;
        return true;
    }
    out->kind = KIJI_MEMBER_INTEGER;
    return take_integer(&out->integer, r);
}

bool kiji_flat_json(kiji_members *out, kiji_arena *arena, kiji_str line)
{
    kiji_cursor r = {line.ptr, line.ptr + line.len};
    if (!kiji_utf8_valid(line) || !take(&r, '{')) {
        return false;
    }
    do {
        kiji_member member = {{NULL, 0}, KIJI_MEMBER_OTHER, {NULL, 0}, 0};
        if (out->count == MOST || !kiji_take(&r, "\"") || !take_string(&member.name, arena, &r) || !take(&r, ':') ||
            !take_value(&member, arena, &r) || kiji_member_find(out, member.name.ptr) != NULL) {
            return false;
        }
        KIJI_PUSH(arena, out, member);
    } while (take(&r, ','));
    return take(&r, '}') && r.at == r.end;
}

const kiji_member *kiji_member_find(const kiji_members *members, const char *name)
{
    for (size_t i = 0; i < members->count; i++) {
        if (strcmp(members->items[i].name.ptr, name) == 0) {
            return &members->items[i];
        }
    }
    return NULL;
}
