#include "write/folder.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void kiji_parcel_number(kiji_buf *parcel, size_t number)
{
    kiji_buf_put(parcel, &number, sizeof number);
}

void kiji_parcel_put(kiji_buf *parcel, kiji_str field)
{
    kiji_parcel_number(parcel, field.len);
    kiji_buf_put(parcel, field.ptr, field.len);
}

size_t kiji_parcel_take_number(kiji_str *parcel)
{
    size_t number = 0;
    if (parcel->len < sizeof number) {
        parcel->len = 0;
        return 0;
    }
    memcpy(&number, parcel->ptr, sizeof number);
    parcel->ptr += sizeof number;
    parcel->len -= sizeof number;
    return number;
}

kiji_str kiji_parcel_take(kiji_str *parcel)
{
    const size_t length = kiji_parcel_take_number(parcel);
    if (length > parcel->len) {
        parcel->len = 0;
        return (kiji_str){"", 0};
    }
    const kiji_str field = {parcel->ptr, length};
    parcel->ptr += length;
    parcel->len -= length;
    return field;
}

/* FNV-1a, without the difference between a and A: some file systems see none. */
static size_t hash_of(const char *name)
{
    size_t hash = 2166136261u;
    for (; *name != '\0'; name++) {
        const char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        hash = (hash ^ (unsigned char)c) * 16777619u;
    }
    return hash;
}

static bool same(const char *a, const char *b)
{
    for (; *a != '\0' && *b != '\0'; a++, b++) {
        const char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        const char y = *b >= 'A' && *b <= 'Z' ? (char)(*b - 'A' + 'a') : *b;
        if (x != y) {
            return false;
        }
    }
    return *a == *b;
}

/* Where a name is, or the free slot for it. */
static char **slot_of(const kiji_names *names, const char *name)
{
    size_t at = hash_of(name) & (names->n_slots - 1);
    while (names->slots[at] != NULL && !same(names->slots[at], name)) {
        at = (at + 1) & (names->n_slots - 1);
    }
    return &names->slots[at];
}

static bool grow(kiji_names *names)
{
    if (names->count * 2 < names->n_slots) {
        return true;
    }
    kiji_names wider = {.n_slots = names->n_slots != 0 ? names->n_slots * 2 : 64, .count = names->count};
    wider.slots = kiji_alloc_zero(wider.n_slots, sizeof *wider.slots);
    if (wider.slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < names->n_slots; i++) {
        if (names->slots[i] != NULL) {
            *slot_of(&wider, names->slots[i]) = names->slots[i];
        }
    }
    kiji_free(names->slots);
    *names = wider;
    return true;
}

/* ".txt" and the like at the end of a name: a dot and at most five letters. */
static size_t without_extension(kiji_str s)
{
    size_t at = s.len;
    while (at > 0 && s.len - at < 6 && s.ptr[at - 1] != '.') {
        at--;
    }
    return at > 1 && s.len - at < 6 && s.ptr[at - 1] == '.' ? at - 1 : s.len;
}

static bool is_odd(uint32_t c)
{
    static const char odd[] = " \"#%&'()*:;<>?[\\]^`{|}~$!,@=+";
    return c <= ' ' || (c >= 0x7F && c < 0xA0) || (c < 0x80 && strchr(odd, (int)c) != NULL) || c == 0xFFFD ||
           (c >= 0x2000 && c < 0x2070) || c == 0x3000 || c == 0x061C || (c >= 0xE0000 && c < 0xE0080);
}

/* Room is left for the number behind it. */
static void readable(char out[KIJI_NAME_SIZE], kiji_str source)
{
    kiji_str s = source;
    for (size_t at = s.len; at > 0; at--) {
        if (source.ptr[at - 1] == '/') {
            s = (kiji_str){source.ptr + at, source.len - at};
            break;
        }
    }
    s.len = without_extension(s);
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = 0xFFFD;
        const size_t length = kiji_utf8_get(s, at, &c);
        if (n + (length != 0 ? length : 1) > KIJI_NAME_SIZE - 12) {
            break;
        }
        if (length == 0 || is_odd(c) || (c == '.' && n == 0) || (c == '-' && n == 0)) {
            out[n++] = '_';
        } else {
            memcpy(out + n, s.ptr + at, length);
            n += length;
        }
        at += length != 0 ? length : 1;
    }
    out[n] = '\0';
    if (n == 0) {
        memcpy(out, "article", sizeof "article");
    }
}

bool kiji_names_give(char out[KIJI_NAME_SIZE], kiji_names *names, kiji_str source)
{
    char base[KIJI_NAME_SIZE];
    if (!grow(names)) {
        return false;
    }
    readable(base, source);
    memcpy(out, base, sizeof base);
    for (unsigned n = 2; *slot_of(names, out) != NULL; n++) {
        (void)snprintf(out, KIJI_NAME_SIZE, "%.108s-%u", base, n);
    }
    char *copy = kiji_alloc(strlen(out) + 1);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, out, strlen(out) + 1);
    *slot_of(names, out) = copy;
    names->count++;
    return true;
}

void kiji_names_clear(kiji_names *names)
{
    for (size_t i = 0; i < names->n_slots; i++) {
        kiji_free(names->slots[i]);
    }
    kiji_free(names->slots);
    *names = (kiji_names){NULL, 0, 0};
}
