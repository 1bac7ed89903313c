#include "cli/fields.h"

#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "cli/flat_json.h"
#include "cli/option_values.h"

struct kiji_fields {
    kiji_arena arena;              /* all that is made of the line */
    const kiji_field_names *names; /* borrowed during the call */
    bool is_object;
    kiji_members members; /* of the object */
    json_t *root;         /* in the arena: never released by itself; NULL where jansson was not asked */
    char id[24];          /* an id that is a number */
    char date[11];
};

/*
 * jansson's lexer is not made for memory that runs out: it drops characters without a word, or ends the program by an
 * assertion. So it never sees that happen: its memory comes from an arena, and the arena's bail leaves the parser.
 */
static _Thread_local kiji_arena *parsing;

static void *allocate(size_t nbytes)
{
    return parsing != NULL ? kiji_arena_alloc(parsing, nbytes) : kiji_alloc(nbytes);
}

static void release(void *ptr)
{
    if (parsing == NULL) {
        kiji_free(ptr);
    }
}

static void give_memory(void)
{
    json_set_alloc_funcs(allocate, release);
}

/* Read with all memory, jansson's too, from the arena. False: out of memory. */
static bool with_memory(kiji_fields *fields, void (*call)(kiji_fields *fields, void *context), void *context)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    jmp_buf no_memory;
    (void)pthread_once(&once, give_memory);
    if (setjmp(no_memory) != 0) {
        parsing = NULL;
        return false;
    }
    fields->arena.bail = &no_memory;
    parsing = &fields->arena;
    call(fields, context);
    parsing = NULL;
    fields->arena.bail = NULL;
    return true;
}

typedef struct loading {
    kiji_str line;
    json_error_t reason;
} loading;

/* What jansson made of a member. */
static kiji_member member_from(const char *name, const json_t *value)
{
    kiji_member m = {{name, strlen(name)}, KIJI_MEMBER_OTHER, {NULL, 0}, 0};
    if (json_is_string(value)) {
        m.kind = KIJI_MEMBER_STRING;
        m.text = (kiji_str){json_string_value(value), json_string_length(value)};
    } else if (json_is_integer(value)) {
        m.kind = KIJI_MEMBER_INTEGER;
        m.integer = json_integer_value(value);
    } else if (json_is_null(value)) {
        m.kind = KIJI_MEMBER_NULL;
    }
    return m;
}

static void load_by_jansson(kiji_fields *fields, loading *l)
{
    fields->root = json_loadb(l->line.ptr, l->line.len, JSON_ALLOW_NUL, &l->reason);
    fields->is_object = json_is_object(fields->root);
    if (fields->is_object) {
        const char *name = NULL;
        json_t *value = NULL;
        json_object_foreach(fields->root, name, value)
        {
            KIJI_PUSH(&fields->arena, &fields->members, member_from(name, value));
        }
    }
}

static bool keeps(const kiji_fields *fields)
{
    return fields->names != NULL && fields->names->keep;
}

/* Read the line into fields->members. */
static void load(kiji_fields *fields, void *context)
{
    loading *l = context;
    /* The others, where they are kept, go out as jansson has them. */
    fields->is_object = !keeps(fields) && kiji_flat_json(&fields->members, &fields->arena, l->line);
    if (!fields->is_object) {
        fields->members.count = 0;
        load_by_jansson(fields, l);
    }
}

static const char *member_of(const kiji_fields *fields, kiji_field field)
{
    static const char *const usual[KIJI_FIELDS] = {"id", "title", "text", "date"};
    const kiji_field_names *names = fields->names;
    return names != NULL && names->names[field][0] != '\0' ? names->names[field] : usual[field];
}

static bool is_taken(const kiji_fields *fields, const char *member)
{
    bool taken = strcmp(member, "source") == 0 && strcmp(member_of(fields, KIJI_FIELD_ID), "id") == 0;
    for (int i = 0; i < KIJI_FIELDS; i++) {
        taken |= strcmp(member, member_of(fields, (kiji_field)i)) == 0;
    }
    return taken;
}

/* The other members as an object, NULL where there are none. */
static void dump_others(kiji_fields *fields, void *context)
{
    const char **out = context;
    const char *name = NULL;
    json_t *value = NULL;
    json_t *others = json_object();
    json_object_foreach(fields->root, name, value)
    {
        if (!is_taken(fields, name)) {
            (void)json_object_set_nocheck(others, name, value);
        }
    }
    *out = json_object_size(others) != 0 ? json_dumps(others, JSON_COMPACT) : NULL;
}

static kiji_status wrong(kiji_error *err, const char *member, const char *reason)
{
    return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "member \"%s\" %s", member, reason);
}

/* A member as text: *out stays as it is where it is absent, null or empty. */
static kiji_status text_of(const char **out, const kiji_members *members, const char *member, kiji_error *err)
{
    const kiji_member *value = kiji_member_find(members, member);
    if (value == NULL || value->kind == KIJI_MEMBER_NULL) {
        return KIJI_OK;
    }
    if (value->kind != KIJI_MEMBER_STRING) {
        return wrong(err, member, "is not a string");
    }
    if (strlen(value->text.ptr) != value->text.len) {
        return wrong(err, member, "holds a NUL character");
    }
    if (value->text.len != 0) {
        *out = value->text.ptr;
    }
    return KIJI_OK;
}

static kiji_status name_of(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    const char *member = member_of(fields, KIJI_FIELD_ID);
    const kiji_member *id = kiji_member_find(&fields->members, member);
    if (id != NULL && id->kind == KIJI_MEMBER_INTEGER) {
        (void)snprintf(fields->id, sizeof fields->id, "%lld", id->integer);
        input->source = fields->id;
        return KIJI_OK;
    }
    kiji_status status = KIJI_OK;
    if (strcmp(member, "id") == 0) {
        status = text_of(&input->source, &fields->members, "source", err);
    }
    return status == KIJI_OK ? text_of(&input->source, &fields->members, member, err) : status;
}

/* A date, also with a time behind it: 2024-07-28T09:00:00+09:00. */
static kiji_status date_of(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    const char *member = member_of(fields, KIJI_FIELD_DATE);
    const char *date = NULL;
    const kiji_status status = text_of(&date, &fields->members, member, err);
    if (status != KIJI_OK || date == NULL) {
        return status;
    }
    (void)snprintf(fields->date, sizeof fields->date, "%s", date);
    const char *rest = strlen(date) > 10 ? date + 10 : "";
    if (!kiji_value_is_date(fields->date) || (rest[0] != '\0' && rest[0] != 'T' && rest[0] != ' ')) {
        return wrong(err, member, "is not a date YYYY-MM-DD");
    }
    input->date = fields->date;
    return KIJI_OK;
}

static kiji_status read_members(kiji_fields *fields, kiji_input *input, kiji_error *err)
{
    if (!fields->is_object) {
        return kiji_fail(err, KIJI_EINPUT, NULL, KIJI_NO_OFFSET, "not a JSON object");
    }
    const char *member = member_of(fields, KIJI_FIELD_TEXT);
    const kiji_member *text = kiji_member_find(&fields->members, member);
    if (text == NULL || text->kind != KIJI_MEMBER_STRING) {
        return wrong(err, member, text == NULL ? "is missing" : "is not a string");
    }
    input->bytes = text->text.ptr;
    input->nbytes = text->text.len;
    input->encoding = "UTF-8";
    kiji_status status = name_of(fields, input, err);
    if (status == KIJI_OK) {
        status = text_of(&input->title, &fields->members, member_of(fields, KIJI_FIELD_TITLE), err);
    }
    if (status == KIJI_OK) {
        status = date_of(fields, input, err);
    }
    if (status == KIJI_OK && keeps(fields)) {
        status = with_memory(fields, dump_others, &input->kept) ? KIJI_OK : kiji_fail_memory(err);
    }
    return status;
}

kiji_status kiji_fields_parse(kiji_fields **out, kiji_input *input, const kiji_field_names *names, kiji_str line,
                              kiji_error *err)
{
    *out = NULL;
    kiji_fields *fields = kiji_alloc_zero(1, sizeof *fields);
    if (fields == NULL) {
        return kiji_fail_memory(err);
    }
    kiji_arena_init(&fields->arena);
    fields->names = names;
    loading l = {.line = line};
    kiji_status status = KIJI_OK;
    if (!with_memory(fields, load, &l)) {
        status = kiji_fail_memory(err);
    } else if (fields->is_object || fields->root != NULL) {
        status = read_members(fields, input, err);
    } else {
        status = kiji_fail(err, KIJI_EINPUT, NULL, l.reason.position >= 0 ? (size_t)l.reason.position : KIJI_NO_OFFSET,
                           "not valid JSON: %s", l.reason.text);
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
        kiji_arena_clear(&fields->arena);
        kiji_free(fields);
    }
}

kiji_status kiji_fields_set(kiji_field_names *names, const char *value, kiji_error *err)
{
    static const char *const words[KIJI_FIELDS] = {"id", "title", "text", "date"};
    for (const char *at = value;;) {
        const size_t length = strcspn(at, ",");
        int field = 0;
        while (field < KIJI_FIELDS &&
               (strncmp(at, words[field], strlen(words[field])) != 0 || at[strlen(words[field])] != '=')) {
            field++;
        }
        const size_t before = field < KIJI_FIELDS ? strlen(words[field]) + 1 : 0;
        if (before == 0 || length <= before || length - before >= KIJI_FIELD_LONGEST) {
            return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%.*s' is not id=, title=, text= or date=NAME",
                             (int)(length < 200 ? length : 200), at);
        }
        memcpy(names->names[field], at + before, length - before);
        names->names[field][length - before] = '\0';
        if (at[length] == '\0') {
            return KIJI_OK;
        }
        at += length + 1;
    }
}
