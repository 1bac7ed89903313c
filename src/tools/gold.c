#include "tools/gold.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static kiji_str attribute(kiji_str tag, const char *name)
{
    const size_t n = strlen(name);
    for (size_t i = 0; i + n + 1 < tag.len; i++) {
        if (tag.ptr[i] == ' ' && memcmp(tag.ptr + i + 1, name, n) == 0 && tag.ptr[i + 1 + n] == '=') {
            const char *value = tag.ptr + i + n + 2;
            const char *end = tag.ptr + tag.len;
            if (value < end && *value == '"') {
                const char *quote = memchr(value + 1, '"', (size_t)(end - value - 1));
                return quote != NULL ? (kiji_str){value + 1, (size_t)(quote - value - 1)} : (kiji_str){"", 0};
            }
            const char *stop = value;
            while (stop < end && *stop != ' ' && *stop != '>') {
                stop++;
            }
            return (kiji_str){value, (size_t)(stop - value)};
        }
    }
    return (kiji_str){"", 0};
}

static int by_begin(const void *x, const void *y)
{
    const kiji_gold_span *a = x;
    const kiji_gold_span *b = y;
    if (a->begin != b->begin) {
        return a->begin < b->begin ? -1 : 1;
    }
    return (a->end < b->end) - (a->end > b->end);
}

static kiji_gold_span open_span(kiji_str tag, uint32_t at)
{
    kiji_gold_span span = {tag.ptr[1], at, at, attribute(tag, "id"), attribute(tag, "kind"), attribute(tag, "cue")};
    if (span.tag == 'T') {
        span.id = attribute(tag, "of");
        span.kind = attribute(tag, "office");
        span.cue = attribute(tag, "country");
    } else if (span.tag == 'Q') {
        span.id = attribute(tag, "sp");
    }
    return span;
}

/* Length of a tag at p, or 0. */
static size_t tag_length(const char *p, size_t left)
{
    const size_t at = left > 1 && p[1] == '/' ? 2 : 1;
    if (left < at + 2 || strchr("PTLOWSQ", p[at]) == NULL || (p[at + 1] != ' ' && p[at + 1] != '>')) {
        return 0;
    }
    const char *end = memchr(p, '>', left);
    return end != NULL ? (size_t)(end - p) + 1 : 0;
}

bool kiji_gold_parse(kiji_gold *out, kiji_arena *arena, kiji_str markup)
{
    memset(out, 0, sizeof *out);
    char *text = kiji_arena_alloc(arena, markup.len + 1);
    size_t stack[64];
    size_t depth = 0;
    size_t n = 0;
    for (size_t i = 0; i < markup.len;) {
        const size_t length = markup.ptr[i] == '<' ? tag_length(markup.ptr + i, markup.len - i) : 0;
        if (length == 0) {
            text[n++] = markup.ptr[i++];
        } else if (markup.ptr[i + 1] == '/') {
            if (depth == 0 || out->spans.items[stack[depth - 1]].tag != markup.ptr[i + 2]) {
                return false;
            }
            out->spans.items[stack[--depth]].end = (uint32_t)n;
            i += length;
        } else {
            if (depth == sizeof stack / sizeof stack[0]) {
                return false;
            }
            stack[depth++] = out->spans.count;
            KIJI_PUSH(arena, &out->spans, open_span((kiji_str){markup.ptr + i, length}, (uint32_t)n));
            i += length;
        }
    }
    text[n] = '\0';
    out->text = (kiji_str){text, n};
    if (out->spans.count != 0) {
        qsort(out->spans.items, out->spans.count, sizeof *out->spans.items, by_begin);
    }
    return depth == 0;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

char **kiji_gold_list(kiji_arena *arena, const char *folder, size_t *count)
{
    struct {
        char **items;
        size_t count, capacity;
    } list = {NULL, 0, 0};
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        const size_t n = strlen(entry->d_name);
        if (n > 5 && strcmp(entry->d_name + n - 5, ".gold") == 0) {
            const size_t size = strlen(folder) + n + 2;
            char *path = kiji_arena_alloc(arena, size);
            (void)snprintf(path, size, "%s/%s", folder, entry->d_name);
            KIJI_PUSH(arena, &list, path);
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    if (list.count != 0) {
        qsort(list.items, list.count, sizeof *list.items, by_name);
    }
    *count = list.count;
    return list.items;
}

kiji_str kiji_gold_read(kiji_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    kiji_str bytes = {NULL, 0};
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        if (size >= 0 && fseek(file, 0, SEEK_SET) == 0) {
            char *block = kiji_arena_alloc(arena, (size_t)size + 1);
            if (fread(block, 1, (size_t)size, file) == (size_t)size) {
                bytes = (kiji_str){block, (size_t)size};
            }
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return bytes;
}
