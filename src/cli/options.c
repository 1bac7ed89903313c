#include "cli/options.h"

#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/status.h"
#include "cli/folder.h"
#include "cli/option_values.h"
#include "read/decode.h"

#define FIRST_LONG       256 /* getopt's value of row i without a letter is FIRST_LONG + i */
#define MAX_OPTIONS      64
#define DEFAULT_MAX_SIZE ((size_t)64 * 1024 * 1024)

static kiji_status unknown(kiji_error *err, const char *value)
{
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%s' is not known", value);
}

static kiji_status set_format(kiji_options *o, const char *value, kiji_error *err)
{
    o->format = kiji_format_find(value);
    return o->format != NULL ? KIJI_OK : unknown(err, value);
}

static const char *section_word(size_t i, unsigned *bit)
{
    *bit = kiji_sections[i].bit;
    return kiji_sections[i].name;
}

static kiji_status set_section(kiji_options *o, const char *value, kiji_error *err)
{
    return kiji_value_words(&o->view.sections, value, section_word, err);
}

static const char *type_word(size_t i, unsigned *bit)
{
    *bit = 1u << i;
    return i < KIJI_TYPES ? kiji_type_name((kiji_type)i) : NULL;
}

static kiji_status set_type(kiji_options *o, const char *value, kiji_error *err)
{
    return kiji_value_words(&o->view.types, value, type_word, err);
}

static kiji_status set_output(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->output = strcmp(value, "-") != 0 ? value : NULL;
    return KIJI_OK;
}

static kiji_status set_who(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->format = &kiji_format_who;
    o->view.who = value != NULL && value[0] != '\0' ? value : NULL;
    return KIJI_OK;
}

static kiji_status set_corpus(kiji_options *o, const char *value, kiji_error *err)
{
    o->corpus = true;
    o->corpus_by = value != NULL && value[0] != '\0' ? value : NULL;
    return o->corpus_by == NULL || strcmp(value, "month") == 0 || strcmp(value, "source") == 0 ? KIJI_OK
                                                                                               : unknown(err, value);
}

static kiji_status set_colour(kiji_options *o, const char *value, kiji_error *err)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(value, words[i]) == 0) {
            o->colour = (kiji_when)i;
            return KIJI_OK;
        }
    }
    return unknown(err, value);
}

static kiji_status set_encoding(kiji_options *o, const char *value, kiji_error *err)
{
    const bool detect = strcmp(value, "auto") == 0;
    o->encoding = detect ? NULL : value;
    return detect || kiji_encoding_known(value) ? KIJI_OK : unknown(err, value);
}

static kiji_status set_input(kiji_options *o, const char *value, kiji_error *err)
{
    static const char *const kinds[] = {"auto", "text", "jsonl", "archive"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(value, kinds[i]) == 0) {
            o->input = (kiji_input_kind)i;
            return KIJI_OK;
        }
    }
    return unknown(err, value);
}

static kiji_status set_split(kiji_options *o, const char *value, kiji_error *err)
{
    static const char *const words[] = {"", "blank", "FF", "NUL"};
    for (size_t i = KIJI_SPLIT_BLANK; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(value, words[i]) == 0) {
            o->split = (kiji_split)i;
            return KIJI_OK;
        }
    }
    return unknown(err, value);
}

static kiji_status set_offsets(kiji_options *o, const char *value, kiji_error *err)
{
    o->view.bytes = strcmp(value, "byte") == 0;
    return o->view.bytes || strcmp(value, "codepoint") == 0 ? KIJI_OK : unknown(err, value);
}

static kiji_status set_progress(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->progress = KIJI_ALWAYS;
    return KIJI_OK;
}

static kiji_status set_no_progress(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->progress = KIJI_NEVER;
    return KIJI_OK;
}

static kiji_status set_max_size(kiji_options *o, const char *value, kiji_error *err)
{
    return kiji_value_size(&o->max_size, value, err);
}

static kiji_status add_list(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->operands[o->n_operands++] = (kiji_operand){KIJI_FROM_LINES, value};
    return KIJI_OK;
}

static kiji_status add_list0(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->operands[o->n_operands++] = (kiji_operand){KIJI_FROM_NUL, value};
    return KIJI_OK;
}

static kiji_status add_dict(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->user_dicts[o->model.n_user_dicts++] = value;
    return KIJI_OK;
}

static kiji_status add_include(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->choice.includes[o->choice.n_includes++] = value;
    return KIJI_OK;
}

static kiji_status add_exclude(kiji_options *o, const char *value, kiji_error *err)
{
    (void)err;
    o->choice.excludes[o->choice.n_excludes++] = value;
    return KIJI_OK;
}

static kiji_status check_dict(kiji_options *o, const char *value, kiji_error *err)
{
    o->action = KIJI_CHECK_DICTS;
    return add_dict(o, value, err);
}

static kiji_status set_date(kiji_options *o, const char *value, kiji_error *err)
{
    o->date = value;
    return kiji_value_is_date(value)
               ? KIJI_OK
               : kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'%s' is not a date YYYY-MM-DD", value);
}

static kiji_status set_no_header(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->view.header = false;
    return KIJI_OK;
}

static kiji_status show_usage(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->action = KIJI_SHOW_USAGE;
    return KIJI_OK;
}

static kiji_status show_help(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->action = KIJI_SHOW_HELP;
    return KIJI_OK;
}

static kiji_status show_version(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->action = KIJI_SHOW_VERSION;
    return KIJI_OK;
}

static kiji_status show_formats(kiji_options *o, const char *value, kiji_error *err)
{
    (void)value;
    (void)err;
    o->action = KIJI_SHOW_FORMATS;
    return KIJI_OK;
}

static kiji_status show_completion(kiji_options *o, const char *value, kiji_error *err)
{
    static const char prefix[] = "complete-";
    o->action = KIJI_SHOW_COMPLETION;
    o->shell = value + strlen(prefix);
    if (strcmp(value, "complete-bash") != 0 && strcmp(value, "complete-zsh") != 0 &&
        strcmp(value, "complete-fish") != 0) {
        return unknown(err, value);
    }
    return KIJI_OK;
}

#define CALL(function) .how = KIJI_SET_BY_CALL, .set = (function)
#define FLAG(field)    .how = KIJI_SET_TRUE, .member = offsetof(kiji_options, field)
#define TEXT(field)    .how = KIJI_SET_TEXT, .member = offsetof(kiji_options, field)
#define NUMBER(field)  .how = KIJI_SET_NUMBER, .member = offsetof(kiji_options, field)

const kiji_option kiji_option_table[] = {
    {"encoding", 'E', "NAME", KIJI_GROUP_INPUT, true, "encoding of the articles; auto: detect (default)",
     "auto utf-8 shift_jis euc-jp iso-2022-jp utf-16", CALL(set_encoding)},
    {"split", 0, "WHERE", KIJI_GROUP_INPUT, false, "cut texts into articles: at blank lines, FF, NUL", "blank FF NUL",
     CALL(set_split)},
    {"input", 0, "KIND", KIJI_GROUP_INPUT, false, "text, jsonl, archive; auto: look at it (default)",
     "auto text jsonl archive", CALL(set_input)},
    {"files-from", 0, "FILE", KIJI_GROUP_INPUT, false, "read names of files from FILE, one a line", "FILE",
     CALL(add_list)},
    {"files0-from", 0, "FILE", KIJI_GROUP_INPUT, false, "the same with NUL behind each name (find -print0)", "FILE",
     CALL(add_list0)},
    {"ext", 0, "LIST", KIJI_GROUP_INPUT, false, "what to read in folders, archives (default txt,jsonl)", NULL,
     TEXT(choice.extensions)},
    {"include", 0, "GLOB", KIJI_GROUP_INPUT, false, "in folders, archives: only these; may be repeated", NULL,
     CALL(add_include)},
    {"exclude", 0, "GLOB", KIJI_GROUP_INPUT, false, "in folders, archives: not these; may be repeated", NULL,
     CALL(add_exclude)},
    {"max-size", 0, "SIZE", KIJI_GROUP_INPUT, false, "refuse articles over SIZE bytes, K M G (default 64M)", NULL,
     CALL(set_max_size)},
    {"date", 0, "DATE", KIJI_GROUP_INPUT, false, "day of the articles, YYYY-MM-DD", NULL, CALL(set_date)},
    {"strict", 0, NULL, KIJI_GROUP_INPUT, true, "bytes that cannot be decoded fail the article", NULL, FLAG(strict)},

    {"format", 'f', "FORMAT", KIJI_GROUP_OUTPUT, true, "yaml (default), tsv, jsonl …: see --list-formats",
     "yaml tsv jsonl json text who html conll brat sqlite", CALL(set_format)},
    {"who", 0, "[=NAME]", KIJI_GROUP_OUTPUT, true, "who said what, to read (NAME: only 木原 …)", NULL, CALL(set_who)},
    {"section", 's', "LIST", KIJI_GROUP_OUTPUT, true, "entities,mentions,quotes,keywords; one for tsv",
     "entities mentions quotes keywords", CALL(set_section)},
    {"type", 't', "LIST", KIJI_GROUP_OUTPUT, true, "only person,minister,place,organization,weapon",
     "person minister place organization weapon", CALL(set_type)},
    {"output", 'o', "FILE", KIJI_GROUP_OUTPUT, true, "write to FILE, a database FILE.db, files in FOLDER/", "FILE",
     CALL(set_output)},
    {"resume", 0, NULL, KIJI_GROUP_OUTPUT, false, "databases, folders: skip what is done and unchanged", NULL,
     FLAG(resume)},
    {"null", '0', NULL, KIJI_GROUP_OUTPUT, false, "jsonl, tsv: NUL behind a record, no newline", NULL, FLAG(view.null)},
    {"offsets", 0, "UNIT", KIJI_GROUP_OUTPUT, false, "start and end: codepoint (default), byte (UTF-8)",
     "codepoint byte", CALL(set_offsets)},
    {"no-header", 0, NULL, KIJI_GROUP_OUTPUT, false, "tsv: no header line", NULL, CALL(set_no_header)},
    {"top", 0, "N", KIJI_GROUP_OUTPUT, false, "N keywords an article (default 20)", NULL, NUMBER(view.top)},
    {"corpus-keywords", 0, "[=BY]", KIJI_GROUP_OUTPUT, false, "terms that stand out over all (BY: month, source)",
     "month source", CALL(set_corpus)},
    {"with-text", 0, NULL, KIJI_GROUP_OUTPUT, false, "yaml, jsonl: the decoded text as well", NULL,
     FLAG(view.with_text)},
    {"explain", 0, NULL, KIJI_GROUP_OUTPUT, false, "say why: the evidence of mentions and quotes", NULL,
     FLAG(view.explain)},
    {"color", 0, "WHEN", KIJI_GROUP_OUTPUT, false, "text, who: auto (default), always, never", "auto always never",
     CALL(set_colour)},
    {"width", 0, "N", KIJI_GROUP_OUTPUT, false, "text, who: columns; 0: do not wrap", NULL, NUMBER(view.width)},

    {"dict", 0, "FILE", KIJI_GROUP_ANALYSIS, true, "add a dictionary of your own; may be repeated", "FILE",
     CALL(add_dict)},
    {"check-dict", 0, "FILE", KIJI_GROUP_ANALYSIS, false, "only say what is wrong in a dictionary of your own", "FILE",
     CALL(check_dict)},
    {"mecab-dict", 0, "DIR", KIJI_GROUP_ANALYSIS, false, "MeCab's dictionary (IPADIC in UTF-8)", "DIR",
     TEXT(model.mecab_dict)},
    {"no-model", 0, NULL, KIJI_GROUP_ANALYSIS, false, "rules and dictionaries alone, without weights", NULL,
     FLAG(model.no_model)},

    {"jobs", 'j', "N", KIJI_GROUP_RUN, true, "articles at a time; 0: one a processor", NULL, NUMBER(jobs)},
    {"quiet", 'q', NULL, KIJI_GROUP_RUN, true, "no warnings, only errors", NULL, FLAG(quiet)},
    {"verbose", 'v', NULL, KIJI_GROUP_RUN, false, "each message; at the end how many, how fast", NULL, FLAG(verbose)},
    {"stats", 0, NULL, KIJI_GROUP_RUN, false, "at the end: CPU by stage, articles and MB a second", NULL, FLAG(stats)},
    {"progress", 0, NULL, KIJI_GROUP_RUN, false, "show progress also where there is no terminal", NULL,
     CALL(set_progress)},
    {"no-progress", 0, NULL, KIJI_GROUP_RUN, false, "show none on a terminal either", NULL, CALL(set_no_progress)},
    {"errors", 0, "FILE", KIJI_GROUP_RUN, false, "failed articles to FILE as well, a JSON object a line", "FILE",
     TEXT(errors)},
    {"fail-empty", 0, NULL, KIJI_GROUP_RUN, false, "exit status 3 when nothing was found", NULL, FLAG(fail_empty)},
    {"no-sandbox", 0, NULL, KIJI_GROUP_RUN, false, "keep the right to open any file (see SECURITY.md)", NULL,
     FLAG(no_sandbox)},

    {NULL, 'h', NULL, KIJI_GROUP_ABOUT, true, "this page", NULL, CALL(show_usage)},
    {"help", 0, NULL, KIJI_GROUP_ABOUT, true, "all options, with examples", NULL, CALL(show_help)},
    {"version", 'V', NULL, KIJI_GROUP_ABOUT, true, "versions of kiji and of what it uses", NULL, CALL(show_version)},
    {"list-formats", 0, NULL, KIJI_GROUP_ABOUT, false, "what --format knows, a line each", NULL, CALL(show_formats)},
    {"generate", 0, "WHAT", KIJI_GROUP_ABOUT, false, "print a completion script",
     "complete-bash complete-zsh complete-fish", CALL(show_completion)},
    {.name = NULL, .letter = 0},
};

static bool is_last(const kiji_option *option)
{
    return option->name == NULL && option->letter == 0;
}

static int argument_of(const kiji_option *option)
{
    if (option->argument == NULL) {
        return no_argument;
    }
    return kiji_option_is_flag_too(option) ? optional_argument : required_argument;
}

/* getopt's view of the table. */
static void describe(struct option longs[MAX_OPTIONS], char shorts[3 * MAX_OPTIONS])
{
    size_t n_longs = 0;
    char *letter = shorts;
    /* "-": operands come in order, also with POSIXLY_CORRECT; ":": a missing argument is told from an unknown option.
     */
    *letter++ = '-';
    *letter++ = ':';
    for (size_t i = 0; !is_last(&kiji_option_table[i]); i++) {
        const kiji_option *option = &kiji_option_table[i];
        if (option->letter != 0) {
            *letter++ = option->letter;
            if (option->argument != NULL) {
                *letter++ = ':';
            }
        }
        if (option->name != NULL) {
            longs[n_longs++] = (struct option){option->name, argument_of(option), NULL, FIRST_LONG + (int)i};
        }
    }
    longs[n_longs] = (struct option){NULL, 0, NULL, 0};
    *letter = '\0';
}

static const kiji_option *find(int value)
{
    if (value >= FIRST_LONG) {
        return &kiji_option_table[value - FIRST_LONG];
    }
    const kiji_option *option = kiji_option_table;
    while (!is_last(option) && option->letter != value) {
        option++;
    }
    return option;
}

static kiji_status apply(kiji_options *o, const kiji_option *option, const char *value, kiji_error *err)
{
    char *member = (char *)o + option->member;
    kiji_error reason = {.status = KIJI_OK};
    kiji_status status = KIJI_OK;
    switch (option->how) {
    case KIJI_SET_TRUE:
        *(bool *)member = true;
        break;
    case KIJI_SET_TEXT:
        *(const char **)member = value;
        break;
    case KIJI_SET_NUMBER:
        status = kiji_value_number((size_t *)member, value, &reason);
        break;
    case KIJI_SET_BY_CALL:
        status = option->set(o, value, &reason);
        break;
    }
    if (status == KIJI_OK) {
        return KIJI_OK;
    }
    return kiji_fail(err, status, NULL, KIJI_NO_OFFSET, "--%s: %s", option->name, reason.text);
}

/* `what` is getopt's answer: ':' an argument is missing. optopt is the letter, the value of a long option or 0. */
static kiji_status bad_option(int what, char *const *argv, kiji_error *err)
{
    const char *reason = "unknown option";
    if (what == ':') {
        reason = "an argument is missing behind";
    } else if (optopt >= FIRST_LONG) {
        reason = "no argument belongs to";
    }
    if (optopt > 0 && optopt < FIRST_LONG) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "%s '-%c'", reason, optopt);
    }
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "%s '%s'", reason, argv[optind - 1]);
}

static kiji_status read_words(kiji_options *o, int argc, char **argv, kiji_error *err)
{
    struct option longs[MAX_OPTIONS];
    char shorts[3 * MAX_OPTIONS];
    describe(longs, shorts);
    kiji_status status = KIJI_OK;
    int value = 0;
    opterr = 0;
    while (status == KIJI_OK && (value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == 1) {
            o->operands[o->n_operands++] = (kiji_operand){KIJI_FROM_FILE, optarg};
        } else if (value == '?' || value == ':') {
            status = bad_option(value, argv, err);
        } else {
            status = apply(o, find(value), optarg, err);
        }
    }
    while (status == KIJI_OK && optind < argc) {
        o->operands[o->n_operands++] = (kiji_operand){KIJI_FROM_FILE, argv[optind++]};
    }
    return status;
}

static kiji_status read_environment(kiji_options *o, kiji_error *err)
{
    const char *jobs = getenv("KIJI_JOBS");
    if (jobs == NULL || jobs[0] == '\0') {
        return KIJI_OK;
    }
    kiji_error reason = {.status = KIJI_OK};
    if (kiji_value_number(&o->jobs, jobs, &reason) != KIJI_OK) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "KIJI_JOBS: %s", reason.text);
    }
    return KIJI_OK;
}

static bool ends_in(const char *text, const char *end)
{
    const size_t length = strlen(text);
    return length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* The format where none is named, and what of output it goes to. */
static kiji_status complete_output(kiji_options *o, kiji_error *err)
{
    const char *output = o->output;
    if (o->format == NULL && output != NULL && (ends_in(output, ".db") || ends_in(output, ".sqlite"))) {
        o->format = &kiji_format_sqlite;
    }
    if (o->format == NULL) {
        o->format = o->corpus ? &kiji_format_tsv : kiji_formats[0];
    }
    if (o->corpus && (o->model.no_model || o->format->corpus == NULL || o->view.sections != 0 || o->view.types != 0)) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET,
                         "--corpus-keywords goes with --format=tsv, yaml, jsonl, json, and without -s, -t, --no-model");
    }
    o->folder = output != NULL && !o->corpus && !o->format->database && kiji_out_folder_named(output);
    if (o->format->database && (output == NULL || kiji_out_folder_named(output))) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--format=sqlite fills a file: -o FILE.db");
    }
    if (o->resume && !o->folder && !o->format->database) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--resume goes with a database or a folder: see -o");
    }
    return KIJI_OK;
}

/* What is left open, and what does not go together. */
static kiji_status complete(kiji_options *o, kiji_error *err)
{
    const kiji_status status = complete_output(o, err);
    if (status != KIJI_OK) {
        return status;
    }
    const unsigned chosen = o->view.sections;
    if (chosen == 0) {
        const unsigned usual = o->format->sections != 0 ? o->format->sections : KIJI_SECTION_ALL;
        o->view.sections = o->format->table && !o->folder ? kiji_sections[0].bit : usual;
    } else if (o->format->table && !o->folder && (chosen & (chosen - 1)) != 0) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--format=%s shows one section", o->format->name);
    }
    o->view.sections |= o->format->sections;
    if (o->view.types == 0) {
        o->view.types = (1u << KIJI_TYPES) - 1;
    }
    if (o->view.null && !o->format->lines) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--format=%s has no records to end with NUL",
                         o->format->name);
    }
    size_t n_standard = 0;
    for (size_t i = 0; i < o->n_operands; i++) {
        n_standard += strcmp(o->operands[i].name, "-") == 0;
    }
    if (n_standard > 1) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "'-' (standard input) can be read only once");
    }
    return KIJI_OK;
}

kiji_status kiji_options_parse(kiji_options *out, int argc, char **argv, kiji_error *err)
{
    *out = (kiji_options){
        .action = KIJI_RUN,
        .choice = {.extensions = "txt,jsonl"},
        .max_size = DEFAULT_MAX_SIZE,
        .view = {.header = true, .width = KIJI_WIDTH_UNSET},
        .model = KIJI_MODEL_OPTIONS_INIT,
        .jobs = KIJI_JOBS_UNSET,
    };
    const size_t most = argc > 0 ? (size_t)argc : 1;
    out->operands = kiji_alloc_zero(most, sizeof *out->operands);
    out->user_dicts = kiji_alloc_zero(most, sizeof *out->user_dicts);
    out->choice.includes = kiji_alloc_zero(most, sizeof *out->choice.includes);
    out->choice.excludes = kiji_alloc_zero(most, sizeof *out->choice.excludes);
    if (out->operands == NULL || out->user_dicts == NULL || out->choice.includes == NULL ||
        out->choice.excludes == NULL) {
        return kiji_fail_memory(err);
    }
    out->model.user_dicts = out->user_dicts;
    kiji_status status = read_environment(out, err);
    if (status == KIJI_OK) {
        status = read_words(out, argc, argv, err);
    }
    return status == KIJI_OK && out->action == KIJI_RUN ? complete(out, err) : status;
}

void kiji_options_clear(kiji_options *options)
{
    kiji_free(options->operands);
    kiji_free(options->user_dicts);
    kiji_free(options->choice.includes);
    kiji_free(options->choice.excludes);
    options->choice = (kiji_choice){.extensions = NULL};
    options->operands = NULL;
    options->user_dicts = NULL;
}
