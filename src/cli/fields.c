#include "cli/fields.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "cli/option_values.h"

struct kiji_fields {
    json_t *root;
    char id[24]; /* an id that is a number */
    char date[11];
};

/* jansson drops a character of a string when it has no memory for it, and says nothing: so we look ourselves. */
static _Thread_local bool out_of_memory;

static void *allocate(size_t nbytes)
{
    void *got = kiji_alloc(nbytes);
    out_of_memory |= got == NULL;
    return got;
}

static void watch_memory(void)
{
    json_set_alloc_funcs(allocate, kiji_free);
}

static kiji_status wrong(kiji_error *err, const char *member, const char *reason)
{
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "member \"%s\" %s", member, reason);
}

/* A member as text: *out stays as it is where it is absent, null or empty. */
static kiji_status text_of(const char **out, const json_t *root, const char *member, kiji_error *err)
{
    const json_t *value = json_object_get(root, member);
    if (value == NULL || json_is_null(value)) {
        return KIJI_OK;
    }
    if (!json_is_string(value)) {
        return wrong(err, member, "is not a string");
    }
    const char *text = json_string_value(value);
    if (strlen(text) != json_string_length(value)) {
        return wrong(err, member, "holds a NUL character");
    }
    if (text[0] != '\0') {
        *out = text;
    }
    return KIJI_OK;
}

static kiji_status name_of(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    const json_t *id = json_object_get(fields->root, "id");
    if (json_is_integer(id)) {
        (void)snprintf(fields->id, sizeof fields->id, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
        input->source = fields->id;
        return KIJI_OK;
    }
    const kiji_status status = text_of(&input->source, fields->root, "source", err);
    return status == KIJI_OK ? text_of(&input->source, fields->root, "id", err) : status;
}

/* A date, also with a time behind it: 2024-07-28T09:00:00+09:00. */
static kiji_status date_of(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    const char *date = NULL;
    const kiji_status status = text_of(&date, fields->root, "date", err);
    if (status != KIJI_OK || date == NULL) {
        return status;
    }
    (void)snprintf(fields->date, sizeof fields->date, "%s", date);
    const char *rest = strlen(date) > 10 ? date + 10 : "";
    if (!kiji_value_is_date(fields->date) || (rest[0] != '\0' && rest[0] != 'T' && rest[0] != ' ')) {
        return wrong(err, "date", "is not a date YYYY-MM-DD");
    }
    input->date = fields->date;
    return KIJI_OK;
}

static kiji_status read_members(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    if (!json_is_object(fields->root)) {
        return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "not a JSON object");
    }
    const json_t *text = json_object_get(fields->root, "text");
    if (!json_is_string(text)) {
        return wrong(err, "text", text == NULL ? "is missing" : "is not a string");
    }
    input->bytes = json_string_value(text);
    input->nbytes = json_string_length(text);
    input->encoding = "UTF-8";
    kiji_status status = name_of(fields, input, err);
    if (status == KIJI_OK) {
        status = text_of(&input->title, fields->root, "title", err);
    }
    return status == KIJI_OK ? date_of(fields, input, err) : status;
}

kiji_status kiji_fields_parse(kiji_fields **out, kiji_input *input, kiji_str line, kiji_error *err)
{
    *out = NULL;
    kiji_fields *fields = kiji_alloc_zero(1, sizeof *fields);
    if (fields == NULL) {
        return kiji_fail_memory(err);
    }
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)pthread_once(&once, watch_memory);
    out_of_memory = false;
    json_error_t reason;
    fields->root = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &reason);
    kiji_status status = KIJI_OK;
    if (out_of_memory) {
        status = kiji_fail_memory(err);
    } else if (fields->root != NULL) {
        status = read_members(fields, input, err);
    } else if (json_error_code(&reason) == json_error_out_of_memory) {
        status = kiji_fail_memory(err);
    } else {
        status = kiji_fail(err, KIJI_EINPUT, NULL, reason.position >= 0 ? (size_t)reason.position : KIJI_NO_OFFSET,
                           "not valid JSON: %s", reason.text);
    }
    if (status == KIJI_OK) {
        *out = fields;
    } else {
        kiji_fields_free(fields);
    }
    return status;
}

void kiji_fields_free(kiji_fields *fields)
{
    if (fields != NULL) {
        json_decref(fields->root);
        kiji_free(fields);
    }
}
