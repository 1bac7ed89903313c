#include "words/mecab_look.h"

#include <errno.h>
#include <mecab.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sandbox.h"
#include "base/status.h"
#include "words/guard.h"
#include "words/tokenize.h"

#define MOST_SECONDS 60 /* of CPU time: a good dictionary takes milliseconds, also under valgrind seconds */

static bool is_utf8(const char *charset)
{
    return charset != NULL && (strcmp(charset, "UTF-8") == 0 || strcmp(charset, "utf-8") == 0 ||
                               strcmp(charset, "utf8") == 0 || strcmp(charset, "UTF8") == 0);
}

/* What MeCab makes in a guarded call, and what destroys it afterwards. */
typedef struct probe {
    const char *dir;
    mecab_model_t *model;
    mecab_t *tagger;
    mecab_lattice_t *lattice;
    kiji_error *err;
    kiji_status status;
} probe;

/* IPADIC tags は as 助詞,係助詞 with nine columns; UniDic has 17 and more, JUMAN other words. */
static bool looks_like_ipadic(probe *p, char *found, size_t nfound)
{
    static const char text[] = "今日は東京へ行く";
    bool good = false;
    found[0] = '\0';
    p->tagger = mecab_model_new_tagger(p->model);
    p->lattice = p->tagger != NULL ? mecab_model_new_lattice(p->model) : NULL;
    if (p->lattice == NULL) {
        return false;
    }
    mecab_lattice_set_sentence2(p->lattice, text, sizeof text - 1);
    const bool parsed = mecab_parse_lattice(p->tagger, p->lattice) != 0;
    const mecab_node_t *node = parsed ? mecab_lattice_get_bos_node(p->lattice)->next : NULL;
    for (; node != NULL && node->stat != MECAB_EOS_NODE; node = node->next) {
        if (node->length == 3 && memcmp(node->surface, "は", 3) == 0) {
            size_t commas = 0;
            for (const char *at = node->feature; *at != '\0'; at++) {
                commas += *at == ',';
            }
            good = commas == 8 && strncmp(node->feature, "助詞,係助詞,*,*", strlen("助詞,係助詞,*,*")) == 0;
            (void)strncpy(found, node->feature, nfound - 1);
            found[nfound - 1] = '\0';
        }
    }
    return good;
}

static kiji_status check_dictionary(probe *p)
{
    const mecab_dictionary_info_t *info = mecab_model_dictionary_info(p->model);
    if (info == NULL || !is_utf8(info->charset)) {
        return kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary in %s; kiji needs IPADIC in UTF-8 (Debian: mecab-ipadic-utf8)",
                         info != NULL && info->charset != NULL ? info->charset : "an unknown charset");
    }
    char found[128];
    if (!looks_like_ipadic(p, found, sizeof found)) {
        return kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                         "a MeCab dictionary of another tag set (は is \"%s\"); kiji needs IPADIC in UTF-8 (Debian: "
                         "mecab-ipadic-utf8)",
                         found);
    }
    return KIJI_OK;
}

static void look(void *argument)
{
    probe *p = argument;
    char arg0[] = "kiji", arg1[] = "-r", arg2[] = "/dev/null", arg3[] = "-d";
    char dir[512];
    (void)strncpy(dir, p->dir, sizeof dir - 1);
    dir[sizeof dir - 1] = '\0';
    char *argv[] = {arg0, arg1, arg2, arg3, dir, NULL};
    p->model = mecab_model_new(5, argv);
    if (p->model != NULL) {
        p->status = check_dictionary(p);
        return;
    }
    p->status = kiji_fail(p->err, KIJI_EDICT, p->dir, KIJI_NO_OFFSET,
                          "cannot be loaded as a MeCab dictionary; --mecab-dict DIR names the folder of IPADIC in "
                          "UTF-8 (Debian: mecab-ipadic-utf8)");
}

/* What the process says to the one that started it. */
typedef struct answer {
    kiji_status status;
    kiji_error err;
} answer;

/* The dictionary can be read, nothing else be done. Its files may be links to somewhere else. */
static void confine(const char *dir)
{
    static const char *const names[] = {"", "dicrc", "sys.dic", "unk.dic", "char.bin", "matrix.bin"};
    enum { FILES = sizeof names / sizeof names[0] };
    char paths[FILES][600];
    kiji_grant grants[FILES + 1] = {{"/dev/null", KIJI_MAY_READ}};
    for (size_t i = 0; i < FILES; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s/%s", dir, names[i]);
        grants[i + 1] = (kiji_grant){paths[i], KIJI_MAY_READ};
    }
    (void)kiji_sandbox_enter(grants, FILES + 1);
}

/* In the process of its own: never returns. What MeCab holds goes with it. */
static void look_and_tell(int to, const char *dir)
{
    const struct rlimit cpu = {MOST_SECONDS, MOST_SECONDS};
    const struct rlimit no_core = {0, 0};
    answer said;
    memset(&said, 0, sizeof said);
    (void)setrlimit(RLIMIT_CPU, &cpu);
    (void)setrlimit(RLIMIT_CORE, &no_core);
    confine(dir);
    probe p = {.dir = dir, .err = &said.err};
    kiji_guard_install();
    said.status = kiji_guarded(look, &p) ? p.status : kiji_fail_memory(&said.err);
    size_t length = 0;
    while (length < sizeof said) {
        const ssize_t sent = write(to, (const char *)&said + length, sizeof said - length);
        if (sent < 0 && errno != EINTR) {
            break;
        }
        length += sent > 0 ? (size_t)sent : 0;
    }
    _exit(0);
}

/* The answer; false: the process ended before it gave a whole one. */
static bool hear(answer *said, int from)
{
    size_t length = 0;
    while (length < sizeof *said) {
        const ssize_t got = read(from, (char *)said + length, sizeof *said - length);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        length += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* Whoever took that process over says what he likes: no more than the text of an error. */
static kiji_status pass_on(answer *said, kiji_error *err)
{
    if (said->status == KIJI_OK) {
        return KIJI_OK;
    }
    if (said->status == KIJI_ENOMEM) {
        return kiji_fail_memory(err);
    }
    said->err.source[sizeof said->err.source - 1] = '\0';
    said->err.text[sizeof said->err.text - 1] = '\0';
    return kiji_fail(err, KIJI_EDICT, said->err.source, KIJI_NO_OFFSET, "%s", said->err.text);
}

kiji_status kiji_mecab_look(const char *dir, kiji_error *err)
{
    int ends[2];
    answer said;
    if (pipe(ends) != 0) {
        return kiji_fail_errno(err, dir, errno, "MeCab cannot look at it");
    }
    const pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        look_and_tell(ends[1], dir);
    }
    const int reason = errno;
    (void)close(ends[1]);
    const bool whole = child > 0 && hear(&said, ends[0]);
    (void)close(ends[0]);
    if (child < 0) {
        return kiji_fail_errno(err, dir, reason, "MeCab cannot look at it");
    }
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    if (!whole) {
        return kiji_fail(err, KIJI_EDICT, dir, KIJI_NO_OFFSET, "a damaged MeCab dictionary: MeCab itself dies over it");
    }
    return pass_on(&said, err);
}

const char *kiji_mecab_version(void)
{
    return mecab_version();
}
