#include "read/feed_item.h"

#include <string.h>

kiji_feed_member kiji_feed_member_of(const char *element)
{
    static const struct {
        const char *element;
        kiji_feed_member member;
    } rows[] = {
        {"title", KIJI_FEED_TITLE},     {"guid", KIJI_FEED_ID},
        {"id", KIJI_FEED_ID},           {"link", KIJI_FEED_LINK},
        {"pubDate", KIJI_FEED_DATE},    {"dc:date", KIJI_FEED_DATE},
        {"published", KIJI_FEED_DATE},  {"issued", KIJI_FEED_DATE},
        {"updated", KIJI_FEED_UPDATED}, {"content:encoded", KIJI_FEED_CONTENT},
        {"content", KIJI_FEED_CONTENT}, {"description", KIJI_FEED_SUMMARY},
        {"summary", KIJI_FEED_SUMMARY},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].element, element) == 0) {
            return rows[i].member;
        }
    }
    return KIJI_FEED_MEMBERS;
}

void kiji_feed_put(kiji_buf *member, kiji_str text, const char *marks)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        if (c != '\0' && strchr(marks, c) != NULL) {
            kiji_buf_put(member, text.ptr + from, i - from);
            kiji_buf_puts(member, c == '<' ? "&lt;" : c == '&' ? "&amp;" : "&quot;");
            from = i + 1;
        }
    }
    kiji_buf_put(member, text.ptr + from, text.len - from);
}

/* Without the blanks around it. */
static kiji_str trimmed(const kiji_buf *member)
{
    kiji_str s = {member->len != 0 ? member->ptr : "", member->len};
    /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a set, no string */
    while (s.len != 0 && memchr(" \t\r\n", *s.ptr, 4) != NULL) {
        s.ptr++;
        s.len--;
    }
    /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a set, no string */
    while (s.len != 0 && memchr(" \t\r\n", s.ptr[s.len - 1], 4) != NULL) {
        s.len--;
    }
    return s;
}

/* Append a member, or the second where the first is empty. */
static void put(kiji_buf *out, const kiji_feed_item *item, kiji_feed_member first, kiji_feed_member second)
{
    kiji_str text = trimmed(&item->members[first]);
    if (text.len == 0) {
        text = trimmed(&item->members[second]);
    }
    kiji_buf_put(out, text.ptr, text.len);
    out->failed |= item->members[first].failed || item->members[second].failed;
}

void kiji_feed_item_write(kiji_buf *html, kiji_buf *id, const kiji_feed_item *item)
{
    kiji_buf_puts(html, "<!DOCTYPE html><meta name=\"date\" content=\"");
    put(html, item, KIJI_FEED_DATE, KIJI_FEED_UPDATED);
    kiji_buf_puts(html, "\"><h1>");
    put(html, item, KIJI_FEED_TITLE, KIJI_FEED_TITLE);
    kiji_buf_puts(html, "</h1><div>");
    put(html, item, KIJI_FEED_CONTENT, KIJI_FEED_SUMMARY);
    kiji_buf_puts(html, "</div>\n");
    put(id, item, KIJI_FEED_ID, KIJI_FEED_LINK);
    kiji_buf_putc(id, '\0');
    id->len -= id->failed ? 0 : 1;
}

void kiji_feed_item_reset(kiji_feed_item *item)
{
    for (size_t i = 0; i < KIJI_FEED_MEMBERS; i++) {
        kiji_buf_reset(&item->members[i]);
    }
}

void kiji_feed_item_clear(kiji_feed_item *item)
{
    for (size_t i = 0; i < KIJI_FEED_MEMBERS; i++) {
        kiji_buf_clear(&item->members[i]);
    }
}
