#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"

static const char *const group_titles[KIJI_GROUPS] = {"Input", "Output", "Analysis", "Running", "About"};

static bool is_last(const kiji_option *option)
{
    return option->name == NULL && option->letter == 0;
}

static void option_line(kiji_buf *out, const kiji_option *option)
{
    char names[64];
    const char *argument = option->argument != NULL ? option->argument : "";
    const char *equals = option->argument != NULL && !kiji_option_is_flag_too(option) ? "=" : "";
    if (option->name == NULL) {
        (void)snprintf(names, sizeof names, "-%c", option->letter);
    } else if (option->letter == 0) {
        (void)snprintf(names, sizeof names, "    --%s%s%s", option->name, equals, argument);
    } else {
        (void)snprintf(names, sizeof names, "-%c, --%s%s%s", option->letter, option->name, equals, argument);
    }
    kiji_buf_printf(out, "  %-24s %s\n", names, option->help);
}

void kiji_help_line(kiji_buf *out)
{
    kiji_buf_puts(out, "usage: kiji [OPTION]... [FILE|FOLDER|-]...\n");
}

void kiji_help_short(kiji_buf *out)
{
    kiji_help_line(out);
    kiji_buf_puts(out, "Find people, ministers, places, organizations, weapons, quotes in Japanese news.\n"
                       "Without FILE, or as -, standard input is read.\n\n");
    for (const kiji_option *option = kiji_option_table; !is_last(option); option++) {
        if (option->common) {
            option_line(out, option);
        }
    }
}

static void examples(kiji_buf *out)
{
    kiji_buf_puts(out, "\nExit status\n"
                       "  0  all articles done, also where nothing was found\n"
                       "  1  some article failed or lost bytes; the rest is written\n"
                       "  2  nothing to rely on: options, dictionary, output\n"
                       "  3  with --fail-empty: nothing was found\n");
    kiji_buf_puts(out, "\nEnvironment\n"
                       "  KIJI_DATA  folder of kiji.dic and kiji.weights\n"
                       "  KIJI_JOBS  default of --jobs\n"
                       "  NO_COLOR   not empty: no colours by themselves\n");
    kiji_buf_puts(out, "\nExamples\n"
                       "  kiji article.txt                          everything, as YAML\n"
                       "  kiji --who=木原 article.txt               what he said, to read\n"
                       "  kiji -f tsv -s quotes *.txt               who said what, as a table\n"
                       "  kiji -f jsonl -t weapon,minister corpus/  a folder, a record a line\n"
                       "\nOffsets count Unicode code points from 0, the end excluded.\n");
}

void kiji_help_long(kiji_buf *out, size_t jobs)
{
    kiji_help_line(out);
    kiji_buf_puts(out, "Find people, ministers, places, organizations, weapons, quotes in Japanese news.\n"
                       "Without FILE, or as -, standard input is read; folders are walked.\n");
    for (int group = 0; group < KIJI_GROUPS; group++) {
        kiji_buf_printf(out, "\n%s\n", group_titles[group]);
        for (const kiji_option *option = kiji_option_table; !is_last(option); option++) {
            if ((int)option->group == group) {
                option_line(out, option);
            }
        }
        if (group == KIJI_GROUP_RUN) {
            kiji_buf_printf(out, "  By default one article runs alone, several run %zu at a time here.\n", jobs);
        }
    }
    examples(out);
}
