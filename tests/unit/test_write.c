/* The formats over a record made by hand; that YAML and JSON Lines say the same is shown by tests/props. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "sample.h"
#include "write/schema.h"

/* The record in a format, NUL-terminated; freed by the caller. */
static kiji_buf written(const char *format, const kiji_view *view)
{
    const kiji_format *f = kiji_format_find(format);
    kiji_error err;
    kiji_buf out = KIJI_BUF_INIT;
    assert_non_null(f);
    if (f->begin != NULL) {
        assert_int_equal(f->begin(&out, view, &err), KIJI_OK);
    }
    assert_int_equal(f->doc(&out, view, &sample_doc, &err), KIJI_OK);
    kiji_buf_putc(&out, '\0');
    assert_false(out.failed);
    return out;
}

static void assert_has(const char *format, const kiji_view *view, const char *text)
{
    kiji_buf out = written(format, view);
    if (strstr(out.ptr, text) == NULL) {
        fail_msg("%s misses %s in\n%s", format, text, out.ptr);
    }
    kiji_buf_clear(&out);
}

static void assert_has_not(const char *format, const kiji_view *view, const char *text)
{
    kiji_buf out = written(format, view);
    if (strstr(out.ptr, text) != NULL) {
        fail_msg("%s holds %s in\n%s", format, text, out.ptr);
    }
    kiji_buf_clear(&out);
}

static void test_yaml_quotes_what_readers_misread(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "---\nschema: kiji/1\n",
        "date: \"2024-07-28\"\n",
        "country: \"NO\"\n",
        "name: \"12:30\"\n",
        "kind: \"1_000\"\n",
        "verb: \"on\"\n",
        "speaker: null\n",
        "text: \"~\"\n",
        "{term: \"々々\", score: 0.3333, count: 2}\n",
        "{term: \"- no: list #\", score: 1.0, count: 1}\n",
        "{start: 40, end: 43, text: ブリンケン}\n",
        "- {title: 国務長官, country: \"US\", status: current}\n",
        "  mentions: []\n",
        "source: \"bad \xEF\xBF\xBD name: a.txt\"\n",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        assert_has("yaml", &sample_view, lines[i]);
    }
}

static void test_jsonl_is_one_line_in_the_order_of_the_schema(void **state)
{
    (void)state;
    kiji_buf out = written("jsonl", &sample_view);
    assert_ptr_equal(strchr(out.ptr, '\n'), out.ptr + out.len - 2);
    static const char *const keys[] = {
        "{\"schema\":\"kiji/1\"", "\"source\":",    "\"title\":",     "\"date\":\"2024-07-28\"",
        "\"characters\":100",     "\"text\":",      "\"entities\":[", "\"id\":\"e1\"",
        "\"quotes\":[",           "\"keywords\":[", "\"warnings\":["};
    const char *at = out.ptr;
    for (size_t i = 0; i < COUNT(keys); i++) {
        at = strstr(at, keys[i]);
        if (at == NULL) {
            fail_msg("%s is missing or out of order in\n%s", keys[i], out.ptr);
        }
    }
    kiji_buf_clear(&out);
}

static void test_tsv_rows(void **state)
{
    (void)state;
    static const struct {
        unsigned section;
        const char *text;
    } rows[] = {
        {KIJI_SECTION_ENTITIES, "source\tid\ttype\tname\tkey\tcountry\tkind\toffices\tcount\n"},
        {KIJI_SECTION_ENTITIES, "\te1\tminister\tアントニー・ブリンケン\tperson/antony-blinken\tUS\t\t"
                                "国務長官:US:current|首相::former\t2\n"},
        {KIJI_SECTION_MENTIONS,
         "\te1\tminister\tアントニー・ブリンケン\t3\t14\tアントニー・ブリンケン\tmodel 7.1; dictionary\n"
         "bad \xEF\xBF\xBD name: a.txt\te2\tplace\tNO\t20\t22\tNO\t\n"},
        {KIJI_SECTION_QUOTES, "tab\\t, line\\nfeed\\r\\\\ and \"quotes\""},
        {KIJI_SECTION_QUOTES, "\t関係者\t\t\taccording\t\t\t2024-07-28\t70\t75\t\n"},
        {KIJI_SECTION_KEYWORDS, "\t日米安全保障協議委員会\t0.91\t3\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        kiji_view view = sample_view;
        view.sections = rows[i].section;
        assert_has("tsv", &view, rows[i].text);
    }
}

static void test_tsv_shows_one_section(void **state)
{
    (void)state;
    kiji_buf out = KIJI_BUF_INIT;
    kiji_error err;
    assert_int_equal(kiji_format_tsv.begin(&out, &sample_view, &err), KIJI_EUSAGE);
    assert_int_equal(kiji_format_tsv.doc(&out, &sample_view, &sample_doc, &err), KIJI_EUSAGE);
    kiji_buf_clear(&out);
}

static void test_view_leaves_out(void **state)
{
    (void)state;
    kiji_view view = sample_view;
    view.types = 1u << KIJI_PLACE;
    view.explain = false;
    view.with_text = false;
    view.top = 1;
    for (size_t i = 0; i < 2; i++) {
        const char *format = i == 0 ? "yaml" : "jsonl";
        assert_has_not(format, &view, "minister");
        assert_has_not(format, &view, "model 7.1");
        assert_has_not(format, &view, "本文");
        assert_has_not(format, &view, "0x1F");
        assert_has(format, &view, "ブリンケン氏"); /* the words that name the speaker stay */
        assert_has_not(format, &view, "e1");
    }
    view.sections = KIJI_SECTION_QUOTES;
    assert_has_not("jsonl", &view, "\"entities\"");
    assert_has_not("jsonl", &view, "\"keywords\"");
}

static void test_view_finds(void **state)
{
    (void)state;
    kiji_view view = sample_view;
    assert_true(kiji_view_finds(&view, &sample_doc));
    view.sections = KIJI_SECTION_ENTITIES;
    view.types = 1u << KIJI_ORGANIZATION;
    assert_false(kiji_view_finds(&view, &sample_doc));
    const kiji_doc nothing = {.characters = 0};
    assert_false(kiji_view_finds(&sample_view, &nothing));
}

static void test_scores(void **state)
{
    (void)state;
    static const struct {
        double score;
        const char *text;
    } rows[] = {{0, "0.0"},          {0.91, "0.91"},   {1, "1.0"},  {0.99999, "1.0"}, {1.0 / 3, "0.3333"},
                {0.00005, "0.0001"}, {0.00004, "0.0"}, {-1, "0.0"}, {10.5, "10.5"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[16];
        kiji_schema_score(text, rows[i].score);
        assert_string_equal(text, rows[i].text);
    }
}

static void test_out_of_memory_is_a_status(void **state)
{
    (void)state;
    for (size_t f = 0; kiji_formats[f] != NULL; f++) {
        for (uint64_t n = 1; n < 20; n++) {
            kiji_view view = sample_view;
            kiji_buf out = KIJI_BUF_INIT;
            kiji_error err = {.status = KIJI_OK};
            if (kiji_formats[f]->database) {
                break; /* no stream: test_database */
            }
            view.sections = kiji_formats[f]->table ? (unsigned)KIJI_SECTION_MENTIONS : view.sections;
            kiji_alloc_fail_at(n);
            const kiji_status status = kiji_formats[f]->doc(&out, &view, &sample_doc, &err);
            kiji_alloc_fail_at(0);
            kiji_buf_clear(&out);
            if (status == KIJI_OK) {
                break;
            }
            assert_int_equal(status, KIJI_ENOMEM);
            assert_int_equal(err.status, KIJI_ENOMEM);
            assert_true(n < 19);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml_quotes_what_readers_misread),
        cmocka_unit_test(test_jsonl_is_one_line_in_the_order_of_the_schema),
        cmocka_unit_test(test_tsv_rows),
        cmocka_unit_test(test_tsv_shows_one_section),
        cmocka_unit_test(test_view_leaves_out),
        cmocka_unit_test(test_view_finds),
        cmocka_unit_test(test_scores),
        cmocka_unit_test(test_out_of_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
