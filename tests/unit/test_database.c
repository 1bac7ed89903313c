/* The database writer and reader over a record made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/mem.h"
#include "sample.h"
#include "write/database.h"
#include "write/database_read.h"

static char path[] = "/tmp/kiji-test-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    const int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static const kiji_origin first = {.file = STR("a.txt"), .nbytes = 5, .digest = 0xFFFFFFFFFFFFFFFF, .found = true};
static const kiji_origin second = {.file = STR("bad \xFF name"), .line = 7, .nbytes = 5, .digest = 1};

static kiji_database *open_it(const char *settings)
{
    kiji_database *d = NULL;
    kiji_error err = {.text = ""};
    if (kiji_database_open(&d, path, settings, &err) != KIJI_OK) {
        fail_msg("%s", err.text);
    }
    return d;
}

static void take(kiji_database *d, const kiji_origin *origin)
{
    kiji_buf parcel = KIJI_BUF_INIT;
    kiji_error err = {.text = ""};
    assert_int_equal(kiji_database_pack(&parcel, &sample_view, &sample_doc, &err), KIJI_OK);
    if (kiji_database_take(d, origin, (kiji_str){parcel.ptr, parcel.len}, &err) != KIJI_OK) {
        fail_msg("%s", err.text);
    }
    kiji_buf_clear(&parcel);
}

static int64_t number(const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(query), SQLITE_ROW);
    const int64_t value = sqlite3_column_int64(query, 0);
    (void)sqlite3_finalize(query);
    (void)sqlite3_close(db);
    return value;
}

static void test_rows(void **state)
{
    (void)state;
    kiji_database *d = open_it("one");
    take(d, &first);
    take(d, &second);
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
    assert_int_equal(number("SELECT count(*) FROM documents"), 2);
    assert_int_equal(number("SELECT count(*) FROM entities"), 2 * COUNT(sample_entities));
    assert_int_equal(number("SELECT count(*) FROM mentions"), 6);
    assert_int_equal(number("SELECT count(*) FROM offices WHERE title = '首相' AND country IS NULL"), 2);
    assert_int_equal(number("SELECT count(*) FROM quotes WHERE speaker IS NULL AND verb IS NULL"), 2);
    assert_int_equal(number("SELECT min(id) FROM quotes WHERE document = 2"), 2 * (1 << 24) + 1);
    assert_int_equal(number("SELECT round(score * 10000) FROM keywords WHERE term = '々々' AND document = 1"), 3333);
    assert_int_equal(number("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH '𠮷野家'"), 2);
    assert_int_equal(number("SELECT file = x'62616420FF206E616D65' AND line = 7 FROM inputs WHERE document = 2"), 1);
}

static void test_has(void **state)
{
    (void)state;
    bool found = false;
    kiji_database *d = open_it("one");
    assert_false(kiji_database_has(d, &first, &found));
    take(d, &first);
    assert_true(kiji_database_has(d, &first, &found));
    assert_true(found);
    kiji_origin other = first;
    other.digest = 2;
    assert_false(kiji_database_has(d, &other, &found));
    other = first;
    other.nbytes = 6;
    assert_false(kiji_database_has(d, &other, &found));
    other = first;
    other.line = 1;
    assert_false(kiji_database_has(d, &other, &found));
    other = first;
    other.file = (kiji_str){"b.txt", 5};
    assert_false(kiji_database_has(d, &other, &found));
    other = second;
    other.lossy = true;
    take(d, &other);
    assert_false(kiji_database_has(d, &other, &found));
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
    d = open_it("two");
    assert_false(kiji_database_has(d, &first, &found));
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
    d = open_it("one");
    assert_true(kiji_database_has(d, &first, &found));
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
}

static void test_replaced_in_its_place(void **state)
{
    (void)state;
    kiji_database *d = open_it("one");
    kiji_origin changed = first;
    changed.digest = 2;
    take(d, &first);
    take(d, &second);
    take(d, &changed);
    take(d, &changed);
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
    assert_int_equal(number("SELECT count(*) FROM documents"), 2);
    assert_int_equal(number("SELECT document FROM inputs WHERE digest = 2"), 1);
    assert_int_equal(number("SELECT count(*) FROM quotes"), 2 * COUNT(sample_quotes));
    assert_int_equal(number("SELECT count(*) FROM quotes_fts WHERE quotes_fts MATCH '𠮷野家'"), 2);
}

/* The record that comes back says in every format with quotes what the one that went in says. */
static void test_read_back(void **state)
{
    (void)state;
    static const kiji_format *const formats[] = {&kiji_format_tsv, &kiji_format_who};
    kiji_view view = sample_view;
    const kiji_wanted all = {NULL, NULL, NULL, NULL};
    kiji_reader *reader = NULL;
    const kiji_doc *doc = NULL;
    kiji_error err = {.text = ""};
    kiji_database *d = open_it("one");
    take(d, &first);
    assert_int_equal(kiji_database_close(d, NULL), KIJI_OK);
    assert_int_equal(kiji_reader_open(&reader, path, &all, &err), KIJI_OK);
    assert_int_equal(kiji_reader_next(reader, &doc, &err), KIJI_OK);
    assert_non_null(doc);
    view.sections = KIJI_SECTION_QUOTES;
    for (size_t i = 0; i < COUNT(formats); i++) {
        kiji_buf want = KIJI_BUF_INIT;
        kiji_buf got = KIJI_BUF_INIT;
        assert_int_equal(formats[i]->doc(&want, &view, &sample_doc, &err), KIJI_OK);
        assert_int_equal(formats[i]->doc(&got, &view, doc, &err), KIJI_OK);
        assert_int_equal(got.len, want.len);
        assert_memory_equal(got.ptr, want.ptr, want.len);
        kiji_buf_clear(&want);
        kiji_buf_clear(&got);
    }
    assert_int_equal(kiji_reader_next(reader, &doc, &err), KIJI_OK);
    assert_null(doc);
    kiji_reader_close(reader);
}

static void test_without_memory(void **state)
{
    (void)state;
    kiji_error err;
    kiji_buf parcel = KIJI_BUF_INIT;
    kiji_database *d = NULL;
    kiji_alloc_fail_at(1);
    assert_int_equal(kiji_database_pack(&parcel, &sample_view, &sample_doc, &err), KIJI_ENOMEM);
    kiji_alloc_fail_at(1);
    assert_int_equal(kiji_database_open(&d, path, "one", &err), KIJI_ENOMEM);
    kiji_alloc_fail_at(0);
    kiji_buf_clear(&parcel);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_has, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_replaced_in_its_place, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_read_back, make_file, remove_file),
        cmocka_unit_test_setup_teardown(test_without_memory, make_file, remove_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
