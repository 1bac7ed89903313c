/* HTML -> text: the first byte says whether all of it is the article. */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/date.h"
#include "read/decode.h"
#include "read/kind.h"
#include "read/page.h"

static void check(const kiji_page *page, kiji_str html)
{
    FUZZ_MUST(kiji_utf8_valid(page->text) && kiji_utf8_valid(page->title));
    FUZZ_MUST(page->title.ptr[page->title.len] == '\0' && page->title.len <= page->text.len);
    FUZZ_MUST(page->text.len == 0 || page->text.ptr[page->text.len - 1] == '\n');
    FUZZ_MUST(page->date[0] == '\0' || kiji_date_valid(page->date));
    /* A control character is three bytes as U+FFFD; a headline may come as title and again in the text. */
    FUZZ_MUST(page->text.len <= 6 * html.len + 16);
    for (size_t i = 0; i + 1 < page->text.len; i++) {
        FUZZ_MUST(page->text.ptr[i] != '\n' || page->text.ptr[i + 1] != '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    kiji_arena arena;
    jmp_buf bail;
    kiji_arena_init(&arena);
    char *html = fuzz_copy(data + 1, size - 1);
    kiji_error err = {.status = KIJI_OK};
    (void)kiji_kind_is_page((kiji_str){html, size - 1}, "a.html");
    arena.bail = &bail;
    if (setjmp(bail) == 0) {
        const kiji_input input = {.source = "fuzz", .bytes = html, .nbytes = size - 1, .markup = KIJI_MARKUP_PAGE};
        kiji_decoded decoded;
        kiji_page page;
        if (kiji_decode(&decoded, &arena, &input, &err) == KIJI_OK) {
            const kiji_status status = kiji_page_extract(&page, &arena, decoded.text, (data[0] & 1) != 0, &err);
            if (status == KIJI_OK) {
                check(&page, decoded.text);
            } else {
                FUZZ_MUST((status == KIJI_EINPUT || status == KIJI_ELIMIT) && err.text[0] != '\0');
            }
        }
    }
    kiji_arena_clear(&arena);
    free(html);
    return 0;
}
