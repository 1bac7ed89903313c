#include "read/feed.h"

#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "read/feed_charset.h"
#include "read/feed_item.h"
#include "read/libexpat.h"

#define BLOCK       16384
#define LONGEST_TAG ((XML_Index)1024 * 1024) /* expat keeps a tag, comment or instruction whole, and reads it again */
#define DEEPEST     1000u
#define EXPAT_MEMORY                                                                                                   \
    {                                                                                                                  \
        kiji_alloc, kiji_realloc, kiji_free                                                                            \
    }

struct kiji_feed {
    kiji_reader reader;
    XML_Parser parser;
    kiji_feed_item item;
    kiji_feed_member member; /* that text goes to */
    const char *marks;       /* characters of its text that are no markup */
    bool is_markup;          /* elements in it are its markup */
    bool is_atom;
    size_t most, size; /* bytes of an item */
    unsigned depth, item_depth;
    bool begun;      /* the first element was seen */
    bool ready;      /* the item is whole */
    bool suspended;  /* the parser waits behind an item */
    bool ended;      /* nothing more to read */
    bool no_memory;  /* for a table of characters */
    XML_Index given; /* bytes to the parser */
    kiji_error why;  /* why a handler stopped the parser */
};

static void stop(kiji_feed *feed, const char *reason)
{
    if (feed->why.status == KIJI_OK) {
        const XML_Index at = XML_GetCurrentByteIndex(feed->parser);
        (void)kiji_fail(&feed->why, KIJI_EINPUT, NULL, at >= 0 ? (size_t)at : KIJI_NO_OFFSET, "%s", reason);
    }
    (void)XML_StopParser(feed->parser, XML_FALSE);
}

static const char *attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(attributes[0], name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

/* More for the member that is open. */
static void put(kiji_feed *feed, kiji_str text, const char *marks)
{
    feed->size += text.len;
    if (feed->member != KIJI_FEED_MEMBERS && feed->size <= feed->most) {
        kiji_feed_put(&feed->item.members[feed->member], text, marks);
    }
}

static void put_tag(kiji_feed *feed, const char *before, const char *name)
{
    const char *colon = strrchr(name, ':');
    const char *local = colon != NULL ? colon + 1 : name;
    put(feed, (kiji_str){before, strlen(before)}, "");
    put(feed, (kiji_str){local, strlen(local)}, "");
    put(feed, (kiji_str){">", 1}, "");
}

/* Atom's link is an attribute; of several the one without rel or with rel="alternate" is the article. */
static void take_link(kiji_feed *feed, const char *const *attributes)
{
    const char *href = attribute(attributes, "href");
    const char *rel = attribute(attributes, "rel");
    if (href != NULL && (rel == NULL || strcmp(rel, "alternate") == 0)) {
        put(feed, (kiji_str){href, strlen(href)}, "");
    }
}

/*
 * The characters of a member's text that mean themselves. Atom says what text is; in RSS content is HTML, and titles
 * are text in which references are resolved twice all the same.
 */
static const char *marks_of(const kiji_feed *feed, kiji_feed_member member, const char *type)
{
    if (member == KIJI_FEED_ID || member == KIJI_FEED_LINK) {
        return "";
    }
    if (!feed->is_atom) {
        return member == KIJI_FEED_CONTENT || member == KIJI_FEED_SUMMARY ? "" : "<\"";
    }
    return type != NULL && strcmp(type, "html") == 0 ? "" : "<&\"";
}

/* An element that is a child of the item. */
static void begin_member(kiji_feed *feed, const char *name, const char *const *attributes)
{
    const kiji_feed_member member = kiji_feed_member_of(name);
    const char *type = attribute(attributes, "type");
    const bool first = member != KIJI_FEED_MEMBERS && feed->item.members[member].len == 0;
    feed->member = first ? member : KIJI_FEED_MEMBERS;
    feed->marks = marks_of(feed, member, type);
    feed->is_markup = member == KIJI_FEED_CONTENT || member == KIJI_FEED_SUMMARY || member == KIJI_FEED_TITLE;
    if (feed->member == KIJI_FEED_LINK) {
        take_link(feed, attributes);
    }
}

static void XMLCALL begin_element(void *context, const char *name, const char **attributes)
{
    kiji_feed *feed = context;
    if (!feed->begun && strcmp(name, "rss") != 0 && strcmp(name, "feed") != 0 && strcmp(name, "rdf:RDF") != 0) {
        stop(feed, "neither RSS nor Atom");
        return;
    }
    feed->is_atom |= !feed->begun && strcmp(name, "feed") == 0;
    feed->begun = true;
    if (++feed->depth > DEEPEST) {
        stop(feed, "more than 1000 elements inside each other");
        return;
    }
    if (feed->item_depth == 0) {
        if (strcmp(name, "item") == 0 || strcmp(name, "entry") == 0) {
            feed->item_depth = feed->depth;
            feed->size = 0;
            kiji_feed_item_reset(&feed->item);
            const char *about = attribute(attributes, "rdf:about");
            kiji_feed_put(&feed->item.members[KIJI_FEED_ID],
                          (kiji_str){about != NULL ? about : "", about != NULL ? strlen(about) : 0}, "");
        }
    } else if (feed->depth == feed->item_depth + 1) {
        begin_member(feed, name, attributes);
    } else if (feed->is_markup) {
        put_tag(feed, "<", name);
    }
}

static void XMLCALL end_element(void *context, const char *name)
{
    kiji_feed *feed = context;
    const unsigned depth = feed->depth--;
    if (feed->item_depth == 0) {
        return;
    }
    if (depth == feed->item_depth) {
        feed->item_depth = 0;
        feed->ready = true;
        (void)XML_StopParser(feed->parser, XML_TRUE);
    } else if (depth == feed->item_depth + 1) {
        feed->member = KIJI_FEED_MEMBERS;
    } else if (feed->is_markup) {
        put_tag(feed, "</", name);
    }
}

static void XMLCALL take_text(void *context, const char *text, int length)
{
    kiji_feed *feed = context;
    if (feed->item_depth != 0) {
        put(feed, (kiji_str){text, (size_t)length}, feed->marks);
    }
}

/* A feed has no use for them, and what expands grows. */
static void XMLCALL refuse_entity(void *context, const char *name, int is_parameter, const char *value, int length,
                                  const char *base, const char *system, const char *public, const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)length;
    (void)base, (void)system, (void)public, (void)notation;
    stop(context, "declares entities: not read");
}

kiji_status kiji_feed_open(kiji_feed **out, const kiji_reader *reader, size_t most, kiji_error *err)
{
    static const XML_Memory_Handling_Suite memory = EXPAT_MEMORY;
    *out = NULL;
    const kiji_status status = kiji_libexpat_load(err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_feed *feed = kiji_alloc_zero(1, sizeof *feed);
    if (feed != NULL) {
        feed->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    }
    if (feed == NULL || feed->parser == NULL) {
        kiji_free(feed);
        return kiji_fail_memory(err);
    }
    feed->reader = *reader;
    feed->most = most;
    feed->member = KIJI_FEED_MEMBERS;
    XML_SetUserData(feed->parser, feed);
    XML_SetElementHandler(feed->parser, begin_element, end_element);
    XML_SetCharacterDataHandler(feed->parser, take_text);
    XML_SetEntityDeclHandler(feed->parser, refuse_entity);
    XML_SetUnknownEncodingHandler(feed->parser, kiji_feed_charset, &feed->no_memory);
    *out = feed;
    return KIJI_OK;
}

/* What the parser has against the document. */
static kiji_status broken(kiji_feed *feed, kiji_error *err)
{
    feed->ended = true;
    if (feed->why.status != KIJI_OK) {
        if (err != NULL) {
            *err = feed->why;
        }
        return feed->why.status;
    }
    const enum XML_Error reason = XML_GetErrorCode(feed->parser);
    if (reason == XML_ERROR_NO_MEMORY || feed->no_memory) {
        return kiji_fail_memory(err);
    }
    const XML_Index at = XML_GetCurrentByteIndex(feed->parser);
    return kiji_fail(err, KIJI_EINPUT, NULL, at >= 0 ? (size_t)at : KIJI_NO_OFFSET, "not valid XML: %s",
                     XML_ErrorString(reason));
}

/* On by a block, or from behind the last item. */
static kiji_status advance(kiji_feed *feed, kiji_error *err)
{
    enum XML_Status done = XML_STATUS_OK;
    if (feed->suspended) {
        done = XML_ResumeParser(feed->parser);
    } else {
        char *at = XML_GetBuffer(feed->parser, BLOCK);
        size_t got = 0;
        if (at == NULL) {
            return broken(feed, err);
        }
        const kiji_status status = feed->reader.read(feed->reader.from, at, BLOCK, &got, err);
        if (status != KIJI_OK) {
            feed->ended = true;
            return status;
        }
        feed->given += (XML_Index)got;
        feed->ended = got == 0;
        done = XML_ParseBuffer(feed->parser, (int)got, got == 0);
    }
    feed->suspended = done == XML_STATUS_SUSPENDED;
    if (done == XML_STATUS_ERROR) {
        return broken(feed, err);
    }
    if (!feed->suspended && !feed->ended && feed->given - XML_GetCurrentByteIndex(feed->parser) > LONGEST_TAG) {
        stop(feed, "a tag is longer than 1 MiB");
        return broken(feed, err);
    }
    return KIJI_OK;
}

kiji_status kiji_feed_next(bool *more, kiji_buf *html, kiji_buf *id, kiji_feed *feed, kiji_error *err)
{
    *more = false;
    while (!feed->ready && (feed->suspended || !feed->ended)) {
        const kiji_status status = advance(feed, err);
        if (status != KIJI_OK) {
            return status;
        }
    }
    *more = feed->ready;
    feed->ready = false;
    if (*more && feed->size > feed->most) {
        return kiji_fail(err, KIJI_ELIMIT, NULL, KIJI_NO_OFFSET, "larger than %zu bytes (see --max-size)", feed->most);
    }
    if (*more) {
        kiji_feed_item_write(html, id, &feed->item);
    }
    return html->failed || id->failed ? kiji_fail_memory(err) : KIJI_OK;
}

void kiji_feed_close(kiji_feed *feed)
{
    if (feed != NULL) {
        XML_ParserFree(feed->parser);
        kiji_feed_item_clear(&feed->item);
        kiji_free(feed);
    }
}
