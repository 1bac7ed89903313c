#include "cli/query.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "cli/confine.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/setup.h"
#include "write/database_read.h"
#include "write/sink.h"

typedef struct query {
    const char *path;
    kiji_wanted wanted;
    kiji_options options; /* what setup_screen decides by: view, colour */
    bool help;
} query;

/* One row an option: it sets a text, which is a day where `day` says so. */
typedef struct row {
    const char *name, *argument, *help;
    char letter;
    bool day;
    size_t member; /* offset in kiji_wanted */
} row;

#define WANTED(field) offsetof(kiji_wanted, field)

static const row rows[] = {
    {"who", "NAME", "speakers with this name or office (木原, 防衛相 …)", 'w', false, WANTED(who)},
    {"about", "WORDS", "quotes with these words, or that name it (台湾 …)", 'a', false, WANTED(about)},
    {"from", "DATE", "first day of the articles, YYYY-MM-DD", 0, true, WANTED(from)},
    {"to", "DATE", "last day of the articles, YYYY-MM-DD", 0, true, WANTED(to)},
    {"format", "FORMAT", "text (default), tsv, jsonl", 'f', false, 0},
    {"color", "WHEN", "text: auto (default), always, never", 0, false, 0},
    {"help", NULL, "this page", 'h', false, 0},
};
#define N_ROWS (sizeof rows / sizeof rows[0])

static void help(kiji_buf *out)
{
    kiji_buf_puts(out, "usage: kiji query [OPTION]... FILE.db\n"
                       "Who said what, out of a database that kiji -o FILE.db has written.\n\n");
    for (size_t i = 0; i < N_ROWS; i++) {
        char names[48];
        char letter[8] = "    ";
        if (rows[i].letter != 0) {
            (void)snprintf(letter, sizeof letter, "-%c, ", rows[i].letter);
        }
        (void)snprintf(names, sizeof names, "%s--%s%s%s", letter, rows[i].name, rows[i].argument != NULL ? "=" : "",
                       rows[i].argument != NULL ? rows[i].argument : "");
        kiji_buf_printf(out, "  %-24s %s\n", names, rows[i].help);
    }
    kiji_buf_puts(out, "\nExit status\n  0  done, also where nothing was found\n  2  options, database, output\n"
                       "\nExample\n  kiji query corpus.db --who=木原 --about=台湾 --from=2024-07-01 --to=2024-07-31\n");
}

static kiji_status set_format(query *q, const char *value, kiji_error *err)
{
    static const struct {
        const char *name;
        const kiji_format *format;
    } known[] = {{"text", &kiji_format_who}, {"tsv", &kiji_format_tsv}, {"jsonl", &kiji_format_jsonl}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(value, known[i].name) == 0) {
            q->options.format = known[i].format;
            return KIJI_OK;
        }
    }
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--format: '%s' is not known", value);
}

static kiji_status set_colour(query *q, const char *value, kiji_error *err)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(value, words[i]) == 0) {
            q->options.colour = (kiji_when)i;
            return KIJI_OK;
        }
    }
    return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--color: '%s' is not known", value);
}

static kiji_status apply(query *q, const row *option, const char *value, kiji_error *err)
{
    if (option->argument == NULL) {
        q->help = true;
        return KIJI_OK;
    }
    if (strcmp(option->name, "format") == 0) {
        return set_format(q, value, err);
    }
    if (strcmp(option->name, "color") == 0) {
        return set_colour(q, value, err);
    }
    if (option->day && !kiji_value_is_date(value)) {
        return kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "--%s: '%s' is not a date YYYY-MM-DD", option->name,
                         value);
    }
    /* An empty word is in everything. */
    *(const char **)((char *)&q->wanted + option->member) = value[0] != '\0' ? value : NULL;
    return KIJI_OK;
}

static kiji_status parse(query *q, int argc, char **argv, kiji_error *err)
{
    struct option longs[N_ROWS + 1];
    kiji_status status = KIJI_OK;
    int value = 0;
    for (size_t i = 0; i < N_ROWS; i++) {
        const int argument = rows[i].argument != NULL ? required_argument : no_argument;
        longs[i] = (struct option){rows[i].name, argument, NULL, 256 + (int)i};
    }
    longs[N_ROWS] = (struct option){NULL, 0, NULL, 0};
    opterr = 0;
    while (status == KIJI_OK && (value = getopt_long(argc, argv, "-:w:a:f:h", longs, NULL)) != -1) {
        size_t i = value >= 256 ? (size_t)(value - 256) : 0;
        while (value < 256 && i < N_ROWS && rows[i].letter != value) {
            i++;
        }
        if (value == 1 && q->path == NULL) {
            q->path = optarg;
        } else if (value == 1) {
            status =
                kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "query reads one database, not '%s' too", optarg);
        } else if (value == '?' || value == ':') {
            status = kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "%s '%s'",
                               value == ':' ? "an argument is missing behind" : "unknown option", argv[optind - 1]);
        } else {
            status = apply(q, &rows[i], optarg, err);
        }
    }
    if (status == KIJI_OK && q->path == NULL && optind < argc) {
        q->path = argv[optind++];
    }
    if (status == KIJI_OK && !q->help && (q->path == NULL || optind < argc)) {
        status = kiji_fail(err, KIJI_EUSAGE, NULL, KIJI_NO_OFFSET, "query wants one database: kiji query FILE.db");
    }
    return status;
}

static kiji_status print_all(query *q, kiji_reader *reader, kiji_sink *sink, kiji_error *err)
{
    const kiji_format *format = q->options.format;
    const kiji_doc *doc = NULL;
    kiji_buf text = KIJI_BUF_INIT;
    kiji_status status = format->begin != NULL ? format->begin(&text, &q->options.view, err) : KIJI_OK;
    kiji_sink_put(sink, text.ptr, text.len);
    while (status == KIJI_OK && (status = kiji_reader_next(reader, &doc, err)) == KIJI_OK && doc != NULL) {
        kiji_buf_reset(&text);
        status = format->doc(&text, &q->options.view, doc, err);
        if (status == KIJI_OK) {
            kiji_sink_put(sink, text.ptr, text.len);
            status = kiji_sink_record(sink, err);
        }
    }
    kiji_buf_clear(&text);
    return status;
}

/* A database of somebody else is an input like any other. */
static kiji_status confine(query *q, kiji_error *err)
{
    kiji_operand database = {KIJI_FROM_FILE, q->path};
    q->options.operands = &database;
    q->options.n_operands = q->path != NULL;
    const kiji_status status = kiji_confine(&q->options, NULL, err);
    q->options.operands = NULL;
    q->options.n_operands = 0;
    return status;
}

static kiji_status run(query *q, kiji_error *err)
{
    kiji_sink *sink = NULL;
    kiji_reader *reader = NULL;
    kiji_status status = q->help ? KIJI_OK : kiji_reader_open(&reader, q->path, &q->wanted, err);
    if (status == KIJI_OK) {
        status = confine(q, err);
    }
    if (status == KIJI_OK) {
        status = kiji_sink_open(&sink, NULL, err);
    }
    if (status == KIJI_OK && q->help) {
        kiji_buf page = KIJI_BUF_INIT;
        help(&page);
        kiji_sink_put(sink, page.ptr, page.len);
        kiji_buf_clear(&page);
    } else if (status == KIJI_OK) {
        status = print_all(q, reader, sink, err);
    }
    kiji_reader_close(reader);
    if (status == KIJI_OK) {
        return kiji_sink_close(sink, err);
    }
    kiji_sink_discard(sink);
    return status;
}

kiji_status kiji_query(int argc, char **argv, kiji_error *err)
{
    query q = {.options = {.format = &kiji_format_who,
                           .view = {.sections = KIJI_SECTION_QUOTES,
                                    .types = (1u << KIJI_TYPES) - 1,
                                    .header = true,
                                    .width = KIJI_WIDTH_UNSET}}};
    const kiji_status status = parse(&q, argc, argv, err);
    if (status != KIJI_OK) {
        return status;
    }
    kiji_setup_screen(&q.options);
    return run(&q, err);
}
