/* One line of JSON -> what is to be analyzed. */
#include "fuzz.h"

#include <jansson.h>

#include "cli/fields.h"
#include "read/date.h"

static size_t read_string(const char *s)
{
    return s != NULL ? strlen(s) : 0;
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
