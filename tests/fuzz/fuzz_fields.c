/* One line of JSON -> what is to be analyzed. */
#include "fuzz.h"

#include <jansson.h>

#include "cli/fields.h"
#include "cli/flat_json.h"
#include "read/date.h"

static size_t read_string(const char *s)
{
    return s != NULL ? strlen(s) : 0;
}

static void same_member(const kiji_member *m, const json_t *value)
{
    FUZZ_MUST(value != NULL);
    FUZZ_MUST((m->kind == KIJI_MEMBER_STRING) == json_is_string(value));
    FUZZ_MUST((m->kind == KIJI_MEMBER_INTEGER) == json_is_integer(value));
    FUZZ_MUST((m->kind == KIJI_MEMBER_NULL) == json_is_null(value));
    FUZZ_MUST(m->kind != KIJI_MEMBER_INTEGER || m->integer == json_integer_value(value));
    FUZZ_MUST(m->kind != KIJI_MEMBER_STRING || (m->text.len == json_string_length(value) &&
                                                memcmp(m->text.ptr, json_string_value(value), m->text.len + 1) == 0));
}

/* What is read in one pass is what jansson reads. */
static void read_flat(kiji_str line)
{
    kiji_arena arena;
    kiji_arena_init(&arena);
    kiji_members members = {NULL, 0, 0};
    if (kiji_flat_json(&members, &arena, line)) {
        json_t *root = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
        FUZZ_MUST(json_is_object(root) && json_object_size(root) == members.count);
        for (size_t i = 0; i < members.count; i++) {
            same_member(&members.items[i], json_object_get(root, members.items[i].name.ptr));
        }
        json_decref(root);
    }
    kiji_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *line = fuzz_copy(data, size);
    kiji_input input = {.source = "fuzz:1", .bytes = line, .nbytes = size};
    kiji_error err = {.status = KIJI_OK};
    kiji_fields *fields = NULL;
    const kiji_field_names names = {.names = {"", "headline", "", "published"}, .keep = true};
    const bool renamed = size % 2 != 0;
    const kiji_status status =
        kiji_fields_parse(&fields, &input, renamed ? &names : NULL, (kiji_str){line, size}, &err);
    read_flat((kiji_str){line, size});
    free(line); /* what is borrowed, is borrowed from fields */
    if (status == KIJI_OK) {
        FUZZ_MUST(fields != NULL && input.source != NULL);
        volatile size_t sum = read_string(input.source) + read_string(input.title) + read_string(input.date);
        for (size_t i = 0; i < input.nbytes; i++) {
            sum += (size_t)(unsigned char)input.bytes[i];
        }
        (void)sum;
        FUZZ_MUST(input.date == NULL || kiji_date_valid(input.date));
        FUZZ_MUST(input.kept == NULL || renamed);
        if (input.kept != NULL) {
            json_t *kept = json_loads(input.kept, JSON_ALLOW_NUL, NULL);
            FUZZ_MUST(json_object_size(kept) != 0 && strchr(input.kept, '\n') == NULL);
            json_decref(kept);
        }
    } else {
        FUZZ_MUST(status == KIJI_EINPUT && err.status == status && err.text[0] != '\0' && fields == NULL);
    }
    kiji_fields_free(fields);
    return 0;
}
