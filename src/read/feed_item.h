/*
 * feed_item.h - the members of one item of a feed, and the HTML that they make together.
 */
#ifndef KIJI_READ_FEED_ITEM_H
#define KIJI_READ_FEED_ITEM_H

#include "base/buf.h"

typedef enum kiji_feed_member {
    KIJI_FEED_TITLE,
    KIJI_FEED_ID,   /* guid, id, rdf:about */
    KIJI_FEED_LINK, /* for its name where there is no id */
    KIJI_FEED_DATE,
    KIJI_FEED_UPDATED, /* for its day where there is no date */
    KIJI_FEED_CONTENT,
    KIJI_FEED_SUMMARY, /* for its text where there is no content */
    KIJI_FEED_MEMBERS  /* how many; also: none */
} kiji_feed_member;

typedef struct kiji_feed_item {
    kiji_buf members[KIJI_FEED_MEMBERS]; /* owned; title, content and summary as HTML */
} kiji_feed_item;

/* Which member an element of RSS 0.9x, 1.0, 2.0 or Atom is, by its name with prefix; KIJI_FEED_MEMBERS: none. */
kiji_feed_member kiji_feed_member_of(const char *element);

/* Append text with the characters of `marks` (of <, & and ") as references: they mean themselves, not markup. */
void kiji_feed_put(kiji_buf *member, kiji_str text, const char *marks);

/* Append a page of the item (for KIJI_MARKUP_ITEM) and its name (id, else link, else nothing) with a NUL behind it. */
void kiji_feed_item_write(kiji_buf *html, kiji_buf *id, const kiji_feed_item *item);

/* Forget what is in it, keep the memory; free. */
void kiji_feed_item_reset(kiji_feed_item *item);
void kiji_feed_item_clear(kiji_feed_item *item);

#endif
