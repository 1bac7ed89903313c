/*
 * A MeCab dictionary made of the input's bytes, opened without a look at its charset and tags. Sizes are made right, so
 * that what lies behind them is reached: the trie, entries, feature strings, costs and classes of characters may be
 * anything.
 *
 * Ten bytes: flags (1: the sizes in sys.dic are not made right, 2: char.bin is cut), columns and rows of the costs,
 * cells / 8 and entries of the known words, the same of the unknown ones, classes of characters, feature bytes / 4 of
 * the known and of the unknown words. Then, in that order: what each of KINDS kinds of characters is (32 bits), costs,
 * cells, entries, features, cells, entries, features, names of classes (32 bytes). Bytes that are missing are 0.
 */
#include "fuzz.h"

#include <unistd.h>

#include "words/lattice.h"

#define KINDS  8u
#define LINE   64u
#define HEADER 72u

typedef struct source {
    const uint8_t *at;
    size_t left;
} source;

static char folder[64];

static uint8_t take(source *from)
{
    if (from->left == 0) {
        return 0;
    }
    from->left--;
    return *from->at++;
}

static void put(FILE *file, const void *bytes, size_t nbytes)
{
    FUZZ_MUST(fwrite(bytes, 1, nbytes, file) == nbytes);
}

static void copy(FILE *file, source *from, size_t nbytes)
{
    for (size_t i = 0; i < nbytes; i++) {
        FUZZ_MUST(putc(take(from), file) != EOF);
    }
}

static FILE *begin(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    FUZZ_MUST(file != NULL);
    return file;
}

static void end(FILE *file)
{
    FUZZ_MUST(fclose(file) == 0);
}

static void remove_folder(void)
{
    static const char *const names[] = {"matrix.bin", "sys.dic", "unk.dic", "char.bin"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void make_folder(void)
{
    if (folder[0] == '\0') {
        (void)snprintf(folder, sizeof folder, "%s/kiji-fuzz-XXXXXX",
                       access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        FUZZ_MUST(mkdtemp(folder) != NULL && atexit(remove_folder) == 0);
    }
}

typedef struct sizes {
    uint32_t n_left, n_right;
    uint32_t cells, entries, features; /* bytes */
} sizes;

static void write_words(const char *name, source *from, sizes n, bool right)
{
    FILE *file = begin(name);
    const uint32_t total = HEADER + n.cells + n.entries + n.features;
    const uint32_t head[10] = {0xEF718F77u ^ total, 102, 0, 1, n.n_left, n.n_right, n.cells, n.entries, n.features, 0};
    char charset[HEADER - sizeof head] = "UTF-8";
    put(file, head, sizeof head);
    put(file, charset, sizeof charset);
    copy(file, from, (size_t)n.cells + n.entries + n.features - 1u);
    FUZZ_MUST(putc(right ? 0 : take(from), file) != EOF);
    end(file);
}

/* Kinds as a dictionary has them: blanks, ASCII, kana, kanji, brackets and marks, the rest. */
static unsigned kind_of(uint32_t code)
{
    static const uint32_t last[KINDS - 1] = {0x20, 0x39, 0x7F, 0x303F, 0x309F, 0x30FF, 0x9FFF};
    unsigned kind = 0;
    while (kind < KINDS - 1 && code > last[kind]) {
        kind++;
    }
    return kind;
}

static void write_characters(source *from, const uint32_t *kinds, uint32_t n_classes, bool cut)
{
    static uint32_t table[KIJI_CHARACTERS];
    static uint32_t before[KINDS]; /* what the table was filled with */
    FILE *file = begin("char.bin");
    put(file, &n_classes, sizeof n_classes);
    copy(file, from, (size_t)n_classes * 32);
    for (uint32_t i = 0; i < KIJI_CHARACTERS && memcmp(before, kinds, sizeof before) != 0; i++) {
        table[i] = kinds[kind_of(i)];
    }
    memcpy(before, kinds, sizeof before);
    put(file, table, sizeof table - (cut ? 1 : 0));
    end(file);
}

static void write_files(source *from)
{
    const uint8_t flags = take(from);
    sizes known = {.n_left = take(from), .n_right = take(from)};
    sizes unknown = known;
    known.cells = take(from) * LINE;
    known.entries = take(from) * (uint32_t)sizeof(kiji_mecab_entry);
    unknown.cells = take(from) * LINE;
    unknown.entries = take(from) * (uint32_t)sizeof(kiji_mecab_entry);
    const uint32_t n_classes = take(from);
    known.features = take(from) * 4u + 1;
    unknown.features = take(from) * 4u + 1;
    uint32_t kinds[KINDS];
    for (unsigned i = 0; i < KINDS; i++) {
        kinds[i] = take(from);
        kinds[i] |= (uint32_t)take(from) << 8 | (uint32_t)take(from) << 16;
        kinds[i] |= (uint32_t)take(from) << 24;
    }
    FILE *file = begin("matrix.bin");
    const uint16_t shape[2] = {(uint16_t)known.n_left, (uint16_t)known.n_right};
    put(file, shape, sizeof shape);
    copy(file, from, (size_t)known.n_left * known.n_right * sizeof(int16_t));
    end(file);
    known.n_left ^= flags & 1u;
    write_words("sys.dic", from, known, (flags & 4u) == 0);
    write_words("unk.dic", from, unknown, true);
    write_characters(from, kinds, n_classes, (flags & 2u) != 0);
}

/* The words of a sentence: in order, without holes but blanks, entries that exist. */
static void check_lattice(const kiji_mecab_dict *dict)
{
    static const char text[] = "木原稔防衛相は28日、「PAC-3 を増やす」と述べた。";
    const kiji_lattice_word *words = NULL;
    size_t count = 0;
    kiji_lattice *lattice = kiji_lattice_new(dict);
    FUZZ_MUST(lattice != NULL);
    FUZZ_MUST(kiji_lattice_parse(&words, &count, lattice, (kiji_str){text, sizeof text - 1}) == KIJI_OK);
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        FUZZ_MUST(words[i].begin >= at && words[i].begin < words[i].end && words[i].end < sizeof text);
        FUZZ_MUST(words[i].entry < (words[i].known ? dict->known.n_entries : dict->unknown.n_entries));
        at = words[i].end;
    }
    kiji_lattice_free(lattice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    source from = {data, size};
    kiji_mecab_dict dict;
    kiji_error err;
    make_folder();
    write_files(&from);
    const kiji_status status = kiji_mecab_dict_open(&dict, folder, &err);
    FUZZ_MUST(status == KIJI_OK || status == KIJI_EDICT);
    if (status == KIJI_OK) {
        check_lattice(&dict);
        kiji_knowledge knowledge = *fuzz_knowledge();
        FUZZ_MUST(kiji_mecab_open_unseen(&knowledge.mecab, folder, &err) == KIJI_OK);
        fuzz_work(&knowledge);
        kiji_mecab_close(knowledge.mecab);
    }
    kiji_mecab_dict_close(&dict);
    return 0;
}
