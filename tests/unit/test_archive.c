/* Compressed streams and archives: what is known by its first bytes, what comes out, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "base/status.h"
#include "read/archive.h"
#include "read/kind.h"

typedef struct bytes {
    char ptr[1 << 16];
    size_t length, at;
    kiji_status fails; /* at the end */
} bytes;

static bytes stream;

/* Seven bytes at a time: no step may depend on the size of a block. */
static kiji_status give(void *from, char *at, size_t room, size_t *got, kiji_error *err)
{
    bytes *b = from;
    const size_t rest = b->length - b->at;
    *got = rest < 7 ? rest : 7;
    assert_true(*got <= room);
    memcpy(at, b->ptr + b->at, *got);
    b->at += *got;
    return *got == 0 && b->fails != KIJI_OK ? kiji_fail(err, b->fails, NULL, KIJI_NO_OFFSET, "the cable is cut")
                                            : KIJI_OK;
}

/* A tar.gz of entries "0" (3 bytes), "1" … into `stream`. */
static void make_archive(size_t count)
{
    struct archive *out = archive_write_new();
    stream.at = 0;
    stream.fails = KIJI_OK;
    assert_int_equal(archive_write_add_filter_gzip(out), ARCHIVE_OK);
    assert_int_equal(archive_write_set_format_pax(out), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(out, stream.ptr, sizeof stream.ptr, &stream.length), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        const char name[2] = {(char)('0' + i), '\0'};
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, 3);
        assert_int_equal(archive_write_header(out, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(out, "abc", 3), 3);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(out), ARCHIVE_OK);
    assert_int_equal(archive_write_free(out), ARCHIVE_OK);
}

static void test_entries(void **state)
{
    (void)state;
    const kiji_reader reader = {give, &stream};
    kiji_archive *archive = NULL;
    kiji_error err = {.status = KIJI_OK};
    const char *name = NULL;
    make_archive(3);
    assert_int_equal(kiji_archive_open(&archive, &reader, &err), KIJI_OK);
    for (char want = '0'; want < '3'; want++) {
        char data[8];
        size_t got = 0;
        assert_int_equal(kiji_archive_next(&name, archive, &err), KIJI_OK);
        assert_int_equal(name[0], want);
        if (want != '1') { /* one is passed over */
            assert_int_equal(kiji_archive_read(archive, data, sizeof data, &got, &err), KIJI_OK);
            assert_int_equal(got, 3);
            assert_memory_equal(data, "abc", 3);
        }
    }
    assert_int_equal(kiji_archive_next(&name, archive, &err), KIJI_OK);
    assert_null(name);
    assert_false(kiji_archive_failed(archive));
    kiji_archive_close(archive);
    kiji_archive_close(NULL);
}

/* However much is missing, the run ends with an error, or (padding alone is missing) with all entries. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    make_archive(3);
    const size_t whole = stream.length;
    for (size_t length = 0; length < whole; length++) {
        const kiji_reader reader = {give, &stream};
        kiji_archive *archive = NULL;
        kiji_error err = {.status = KIJI_OK};
        const char *name = "";
        stream.at = 0;
        stream.length = length;
        stream.fails = KIJI_EIO;
        kiji_status status = kiji_archive_open(&archive, &reader, &err);
        size_t count = 0;
        while (status == KIJI_OK && name != NULL) {
            status = kiji_archive_next(&name, archive, &err);
            count += status == KIJI_OK && name != NULL;
        }
        if (status == KIJI_OK && count != 3) {
            print_message("# cut behind %zu bytes: %zu entries\n", length, count);
        }
        assert_true(status == KIJI_EIO || status == KIJI_EINPUT || count == 3);
        assert_true(status == KIJI_OK || err.status == status);
        kiji_archive_close(archive);
    }
}

static void test_no_archive(void **state)
{
    (void)state;
    const kiji_reader reader = {give, &stream};
    kiji_archive *archive = NULL;
    kiji_error err = {.status = KIJI_OK};
    const char *name = NULL;
    memcpy(stream.ptr, "plain text", 10);
    stream.length = 10;
    stream.at = 0;
    stream.fails = KIJI_OK;
    kiji_status status = kiji_archive_open(&archive, &reader, &err);
    if (status == KIJI_OK) {
        status = kiji_archive_next(&name, archive, &err);
    }
    assert_int_equal(status, KIJI_EINPUT);
    kiji_archive_close(archive);
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        kiji_str head;
        kiji_kind kind;
    } rows[] = {
        {{"\x1F\x8B\x08", 3}, KIJI_KIND_ARCHIVE},
        {{"\x1F", 1}, KIJI_KIND_PLAIN},
        {{"PK\x03\x04", 4}, KIJI_KIND_ARCHIVE},
        {{"PK", 2}, KIJI_KIND_PLAIN},
        {{"BZh9", 4}, KIJI_KIND_ARCHIVE},
        {{"\xFD\x37zXZ\0", 6}, KIJI_KIND_ARCHIVE},
        {{"\x28\xB5\x2F\xFD", 4}, KIJI_KIND_ARCHIVE},
        {{"", 0}, KIJI_KIND_PLAIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(kiji_kind_of(rows[i].head), rows[i].kind);
    }
    assert_int_equal(kiji_kind_bare_name("a.jsonl.gz"), 7);
    assert_int_equal(kiji_kind_bare_name("a.txt"), 5);
    assert_int_equal(kiji_kind_bare_name(".gz"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_no_archive),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
