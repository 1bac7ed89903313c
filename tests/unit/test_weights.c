/* A weights file: what is built is found again; each kind of damage is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"
#include "words/weights.h"

static const int8_t values[] = {1, -2, 3, -4, 5, -6};
static const kiji_weights_part parts[] = {{"first", values, 2, 3, 0.5F}, {"second", values, 3, 2, 0.25F}};

/* The two tables as an image, and its size. */
static char *image_of(size_t *nbytes)
{
    void *image = NULL;
    assert_int_equal(kiji_weights_build(&image, nbytes, parts, 2), KIJI_OK);
    return image;
}

static void test_found_again(void **state)
{
    (void)state;
    size_t nbytes = 0;
    char *image = image_of(&nbytes);
    kiji_weights *weights = NULL;
    const kiji_weights_table *table = NULL;
    kiji_error err;
    assert_int_equal(kiji_weights_adopt(&weights, image, nbytes, "test", &err), KIJI_OK);
    const int8_t *found = kiji_weights_find(weights, "second", 2, &table);
    assert_non_null(found);
    assert_memory_equal(found, values, sizeof values);
    assert_int_equal(table->rows, 3);
    assert_true(table->scale > 0.24F && table->scale < 0.26F);
    assert_null(kiji_weights_find(weights, "second", 3, &table));
    assert_null(kiji_weights_find(weights, "third", 1, &table));
    assert_true(kiji_weights_checksum(weights) != 0);
    kiji_weights_close(weights);
    kiji_weights_close(NULL);
}

static void test_too_many(void **state)
{
    (void)state;
    kiji_weights_part many[KIJI_WEIGHTS_TABLES + 1];
    void *image = &many;
    size_t nbytes = 0;
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        many[i] = parts[0];
    }
    assert_int_equal(kiji_weights_build(&image, &nbytes, many, KIJI_WEIGHTS_TABLES + 1), KIJI_ELIMIT);
    assert_null(image);
}

typedef struct damage {
    size_t at; /* byte of the image */
    const char *bytes;
    size_t length;
    bool right; /* the checksum is made right again */
    const char *said;
} damage;

#define IN_HEADER(member) offsetof(kiji_weights_header, member)
#define IN_TABLE(member)  (sizeof(kiji_weights_header) + offsetof(kiji_weights_table, member))

static void test_damage(void **state)
{
    (void)state;
    static const damage rows[] = {
        {IN_HEADER(magic), "OTHER", 5, false, "not a weights file"},
        {IN_HEADER(byte_order), "\1\2\3\4", 4, false, "byte order"},
        {IN_HEADER(version), "\x7F", 1, false, "another version"},
        {IN_HEADER(nbytes), "\x7F", 1, false, "size is not what"},
        {IN_HEADER(checksum), "\0\0\0\0", 4, false, "checksum"},
        {IN_HEADER(n_tables), "\x7F", 1, false, "too many tables"},
        {IN_TABLE(name), "0123456789ABCDEF", 16, true, "no name"},
        {IN_TABLE(offset), "\1", 1, true, "does not fit"},
        {IN_TABLE(offset), "\0\0\0\0\1", 5, true, "does not fit"},
        {IN_TABLE(nbytes), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8, true, "does not fit"},
        {IN_TABLE(rows), "\xFF\xFF\xFF\xFF", 4, true, "does not fit"},
        {IN_TABLE(scale), "\0\0\xC0\x7F", 4, true, "scale"}, /* not a number */
        {IN_TABLE(scale), "\0\0\x80\xBF", 4, true, "scale"}, /* -1 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t nbytes = 0;
        char *image = image_of(&nbytes);
        memcpy(image + rows[i].at, rows[i].bytes, rows[i].length);
        if (rows[i].right) {
            const size_t head = sizeof(kiji_weights_header);
            const uint64_t sum = kiji_hash64((kiji_str){image + head, nbytes - head});
            memcpy(image + IN_HEADER(checksum), &sum, sizeof sum);
        }
        kiji_weights *weights = NULL;
        kiji_error err = {.status = KIJI_OK};
        assert_int_equal(kiji_weights_adopt(&weights, image, nbytes, "test", &err), KIJI_EDICT);
        assert_null(weights);
        if (strstr(err.text, rows[i].said) == NULL) {
            print_message("# damage %zu: \"%s\"\n", i, err.text);
        }
        assert_non_null(strstr(err.text, rows[i].said));
    }
}

static void test_short(void **state)
{
    (void)state;
    size_t nbytes = 0;
    char *image = image_of(&nbytes);
    kiji_weights *weights = NULL;
    kiji_error err;
    assert_int_equal(kiji_weights_adopt(&weights, image, sizeof(kiji_weights_header) - 1, "test", &err), KIJI_EDICT);
    assert_non_null(strstr(err.text, "too short"));
    assert_int_equal(kiji_weights_open(&weights, "/nonexistent/kiji.weights", &err), KIJI_EIO);
    assert_int_equal(kiji_weights_open(&weights, "/", &err), KIJI_EDICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_found_again), cmocka_unit_test(test_too_many),
                                       cmocka_unit_test(test_damage), cmocka_unit_test(test_short)};
    return cmocka_run_group_tests_name("weights", tests, NULL, NULL);
}
