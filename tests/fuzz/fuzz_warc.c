/* A crawl -> pages: the first byte says in what pieces it comes. */
#include "fuzz.h"

#include "read/warc.h"
#include "../pieces.h"

#define MOST ((size_t)4096)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    char *bytes = fuzz_copy(data + 1, size - 1);
    piece_source s = {bytes, size - 1, (size_t)data[0] + 1};
    const kiji_reader reader = {give_piece, &s};
    kiji_error err = {.status = KIJI_OK};
    kiji_warc *warc = NULL;
    kiji_buf html = KIJI_BUF_INIT;
    kiji_buf id = KIJI_BUF_INIT;
    FUZZ_MUST(kiji_warc_open(&warc, &reader, MOST, &err) == KIJI_OK);
    bool more = true;
    for (size_t n = 0; more; n++) {
        FUZZ_MUST(n <= size / 8); /* a record takes more */
        kiji_buf_reset(&html);
        kiji_buf_reset(&id);
        kiji_warc_page page = {.bytes = &html, .id = &id};
        const kiji_status status = kiji_warc_next(&more, &page, warc, &err);
        FUZZ_MUST(id.ptr[id.len] == '\0');
        FUZZ_MUST(status == KIJI_OK || err.text[0] != '\0');
        FUZZ_MUST(status == KIJI_OK || status == KIJI_EINPUT || (status == KIJI_ELIMIT && more));
        if (status == KIJI_OK) {
            FUZZ_MUST(html.len <= MOST && (more || html.len == 0));
            FUZZ_MUST(memchr(page.charset, '\0', sizeof page.charset) != NULL);
        }
    }
    kiji_warc_close(warc);
    kiji_buf_clear(&html);
    kiji_buf_clear(&id);
    free(bytes);
    return 0;
}
