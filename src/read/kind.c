#include "read/kind.h"

#include <string.h>
#include <strings.h>

typedef struct magic {
    size_t at;
    const char *bytes;
    size_t length;
    kiji_kind kind;
} magic;

static const magic magics[] = {
    {0, "\x1F\x8B", 2, KIJI_KIND_ARCHIVE},         /* gzip */
    {0, "\x28\xB5\x2F\xFD", 4, KIJI_KIND_ARCHIVE}, /* Zstandard */
    {0, "\xFD\x37zXZ\0", 6, KIJI_KIND_ARCHIVE},    /* xz */
    {0, "BZh", 3, KIJI_KIND_ARCHIVE},              /* bzip2 */
    {0, "PK\x03\x04", 4, KIJI_KIND_ARCHIVE},       /* zip */
    {0, "PK\x05\x06", 4, KIJI_KIND_ARCHIVE},       /* a zip with nothing in it */
    {0, "WARC/", 5, KIJI_KIND_WARC},               /* a crawl */
    {257, "ustar", 5, KIJI_KIND_ARCHIVE},          /* tar */
};

/* What is no blank, byte order mark, comment or processing instruction; of UTF-16 every other byte is left out. */
typedef struct start {
    char text[KIJI_KIND_HEAD + 1];
    size_t at;
} start;

static void read_start(start *s, kiji_str head)
{
    size_t n = 0;
    const size_t length = head.len < KIJI_KIND_HEAD ? head.len : KIJI_KIND_HEAD;
    for (size_t i = 0; i < length; i++) {
        if (head.ptr[i] != '\0' && strchr("\xEF\xBB\xBF\xFE\xFF", head.ptr[i]) == NULL) {
            s->text[n++] = head.ptr[i];
        }
    }
    s->text[n] = '\0';
    s->at = 0;
    while (true) {
        s->at += strspn(s->text + s->at, " \t\r\n\f");
        const char *here = s->text + s->at;
        const char *end = NULL;
        if (strncmp(here, "<!--", 4) == 0) {
            end = strstr(here, "-->");
            end = end != NULL ? end + 2 : NULL;
        } else if (strncmp(here, "<?", 2) == 0) {
            end = strchr(here, '>');
        }
        if (end == NULL) {
            return;
        }
        s->at = (size_t)(end + 1 - s->text);
    }
}

static bool begins_tag(const char *text, const char *name)
{
    const size_t n = strlen(name);
    return text[0] == '<' && strncasecmp(text + 1, name, n) == 0 && strchr(" \t\r\n\f>/", text[1 + n]) != NULL;
}

static bool begins_page(const char *text)
{
    return begins_tag(text, "!doctype html") || begins_tag(text, "html") || begins_tag(text, "head") ||
           begins_tag(text, "body");
}

static bool begins_feed(const char *text)
{
    return begins_tag(text, "rss") || begins_tag(text, "feed") || begins_tag(text, "rdf:RDF") ||
           begins_tag(text, "!doctype rss");
}

bool kiji_kind_is_page(kiji_str head, const char *name)
{
    static const char *const endings[] = {".html", ".htm", ".xhtml"};
    start s;
    read_start(&s, head);
    if (begins_page(s.text + s.at)) {
        return true;
    }
    const size_t length = kiji_kind_bare_name(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && s.text[s.at] == '<'; i++) {
        const size_t tail = strlen(endings[i]);
        if (length > tail && strncasecmp(name + length - tail, endings[i], tail) == 0) {
            return true;
        }
    }
    return false;
}

kiji_kind kiji_kind_of(kiji_str head)
{
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        const magic *m = &magics[i];
        if (head.len >= m->at + m->length && memcmp(head.ptr + m->at, m->bytes, m->length) == 0) {
            return m->kind;
        }
    }
    start s;
    read_start(&s, head);
    if (begins_feed(s.text + s.at)) {
        return KIJI_KIND_FEED;
    }
    return begins_page(s.text + s.at) ? KIJI_KIND_HTML : KIJI_KIND_PLAIN;
}

size_t kiji_kind_bare_name(const char *name)
{
    static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2"};
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t tail = strlen(endings[i]);
        if (length > tail && strcmp(name + length - tail, endings[i]) == 0) {
            return length - tail;
        }
    }
    return length;
}
