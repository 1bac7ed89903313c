/*
 * options.h - the one table of options, and what a command line says.
 */
#ifndef KIJI_CLI_OPTIONS_H
#define KIJI_CLI_OPTIONS_H

#include "cli/choice.h"
#include "kiji.h"
#include "write/write.h"

typedef enum kiji_option_group {
    KIJI_GROUP_INPUT,
    KIJI_GROUP_OUTPUT,
    KIJI_GROUP_ANALYSIS,
    KIJI_GROUP_RUN,
    KIJI_GROUP_ABOUT,
    KIJI_GROUPS /* how many */
} kiji_option_group;

typedef enum kiji_action {
    KIJI_RUN,
    KIJI_SHOW_USAGE,
    KIJI_SHOW_HELP,
    KIJI_SHOW_VERSION,
    KIJI_SHOW_FORMATS,
    KIJI_SHOW_COMPLETION,
    KIJI_CHECK_DICTS /* user_dicts: say their faults */
} kiji_action;

typedef enum kiji_input_kind {
    KIJI_INPUT_BY_NAME,
    KIJI_INPUT_TEXT,
    KIJI_INPUT_JSONL,
    KIJI_INPUT_ARCHIVE
} kiji_input_kind;

/* Where a text ends that holds several articles. */
typedef enum kiji_split { KIJI_SPLIT_NONE, KIJI_SPLIT_BLANK, KIJI_SPLIT_FF, KIJI_SPLIT_NUL } kiji_split;

typedef enum kiji_when { KIJI_AUTO, KIJI_ALWAYS, KIJI_NEVER } kiji_when;

/* Where articles come from, in the order of the command line. */
typedef struct kiji_operand {
    enum { KIJI_FROM_FILE, KIJI_FROM_LINES, KIJI_FROM_NUL } from; /* itself, or a list of names in it */
    const char *name;
} kiji_operand;

typedef struct kiji_options {
    kiji_action action;
    const char *shell; /* KIJI_SHOW_COMPLETION: bash zsh fish */

    kiji_operand *operands; /* owned */
    size_t n_operands;
    const char *encoding; /* NULL: detect */
    kiji_input_kind input;
    kiji_split split;
    kiji_choice choice; /* what folders and archives give; its lists are owned */
    size_t max_size;    /* bytes of one article */

    const kiji_format *format;
    kiji_view view;
    const char *output; /* NULL: standard output */
    bool folder;        /* output is a folder: a file an article, or what the format makes of it */
    bool resume;        /* go on where an earlier run into the same output ended */
    kiji_when colour;
    bool corpus;           /* terms of all articles together … */
    const char *corpus_by; /* … by "month" or "source", or NULL */

    kiji_model_options model;
    const char **user_dicts; /* owned; model.user_dicts points here */
    const char *date;
    bool strict;

    size_t jobs; /* 0: as many as there are processors, KIJI_JOBS_UNSET: decide by the inputs */
    bool quiet;
    bool verbose; /* a summary at the end */
    bool stats;   /* and where the time went */
    kiji_when progress;
    const char *errors; /* file for --errors, or NULL */
    bool fail_empty;
    bool no_sandbox;
} kiji_options;

#define KIJI_JOBS_UNSET  ((size_t)-1)
#define KIJI_WIDTH_UNSET ((size_t)-1) /* view.width: the terminal's, decided by kiji_setup_screen */

/* One row of the table. The argument goes to `set`, or to the member at `member`. */
typedef struct kiji_option {
    const char *name;     /* long */
    char letter;          /* short, or 0 */
    const char *argument; /* "FORMAT"; "[=NAME]": may be left out; or NULL */
    kiji_option_group group;
    bool common; /* in the short help */
    const char *help;
    const char *values; /* words that the argument can be, with blanks between them; "FILE" or "DIR"; or NULL */
    enum { KIJI_SET_BY_CALL, KIJI_SET_TRUE, KIJI_SET_TEXT, KIJI_SET_NUMBER } how;
    size_t member; /* offset in kiji_options */
    kiji_status (*set)(kiji_options *options, const char *value, kiji_error *err);
} kiji_option;

/* "--who" and "--who=NAME" are both good; a following word is an operand. */
static inline bool kiji_option_is_flag_too(const kiji_option *option)
{
    return option->argument != NULL && option->argument[0] == '[';
}

/* All options, ended by a row with name NULL. */
extern const kiji_option kiji_option_table[];

/*
 * Read a command line and KIJI_JOBS; strings are borrowed from argv. Errors: KIJI_EUSAGE (one line in err->text),
 * KIJI_ENOMEM. The caller clears *out in any case.
 */
kiji_status kiji_options_parse(kiji_options *out, int argc, char **argv, kiji_error *err);

void kiji_options_clear(kiji_options *options);

#endif
