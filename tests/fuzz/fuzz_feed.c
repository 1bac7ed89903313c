/* RSS and Atom -> items: the first byte says in what pieces the feed comes. */
#include "fuzz.h"

#include "read/feed.h"
#include "read/page.h"
#include "../pieces.h"

#define MOST ((size_t)1024)

/* What an item becomes is read as HTML, as a whole. */
static void check_item(const kiji_buf *html, const kiji_buf *id)
{
    kiji_arena arena;
    jmp_buf bail;
    kiji_error err = {.status = KIJI_OK};
    FUZZ_MUST(id->ptr[id->len] == '\0' && html->len > 0);
    kiji_arena_init(&arena);
    arena.bail = &bail;
    if (setjmp(bail) == 0) {
        kiji_page page;
        const kiji_status status = kiji_page_extract(&page, &arena, (kiji_str){html->ptr, html->len}, true, &err);
        FUZZ_MUST(status == KIJI_OK || status == KIJI_ELIMIT);
    }
    kiji_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    char *bytes = fuzz_copy(data + 1, size - 1);
    piece_source s = {bytes, size - 1, (size_t)data[0] + 1};
    const kiji_reader reader = {give_piece, &s};
    kiji_error err = {.status = KIJI_OK};
    kiji_feed *feed = NULL;
    kiji_buf html = KIJI_BUF_INIT;
    kiji_buf id = KIJI_BUF_INIT;
    FUZZ_MUST(kiji_feed_open(&feed, &reader, MOST, &err) == KIJI_OK);
    bool more = true;
    for (size_t n = 0; more; n++) {
        FUZZ_MUST(n <= size); /* an item takes more than a byte */
        kiji_buf_reset(&html);
        kiji_buf_reset(&id);
        const kiji_status status = kiji_feed_next(&more, &html, &id, feed, &err);
        FUZZ_MUST(status == KIJI_OK || err.text[0] != '\0');
        FUZZ_MUST(status == KIJI_OK || status == KIJI_EINPUT || (status == KIJI_ELIMIT && more));
        if (status == KIJI_OK && more) {
            check_item(&html, &id);
        }
    }
    FUZZ_MUST(kiji_feed_next(&more, &html, &id, feed, &err) == KIJI_OK || !more);
    kiji_feed_close(feed);
    kiji_buf_clear(&html);
    kiji_buf_clear(&id);
    free(bytes);
    return 0;
}
