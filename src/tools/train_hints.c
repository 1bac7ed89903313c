#include "tools/train_hints.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tallies.h"

static void write_hints(uint8_t *hints, uint32_t mask, const tallies *x, uint32_t least)
{
    uint32_t *owners = calloc((size_t)mask + 1, sizeof *owners); /* the more frequent word keeps a shared place */
    for (size_t i = 0; owners != NULL && i < x->n_slots; i++) {
        const tally *t = &x->slots[i];
        uint32_t all = 0;
        unsigned best = 0;
        for (unsigned y = 0; y < KIJI_LABELS; y++) {
            all += t->counts[y];
            best = t->counts[y] > t->counts[best] ? y : best;
        }
        const uint32_t at = kiji_hint_at(t->hash, mask);
        if (t->hash == 0 || all < least || all <= owners[at]) {
            continue;
        }
        const double share = (double)t->counts[best] / all;
        owners[at] = all;
        hints[at] = (uint8_t)(1 + best * 3 + (share >= 0.9 ? 2u : share >= 0.6 ? 1u : 0u));
    }
    free(owners);
}

static bool nameable(const kiji_word *word)
{
    return kiji_pos_is_noun((kiji_pos)word->pos) && word->pos != KIJI_POS_NUMBER;
}

typedef struct reader {
    const kiji_knowledge *knowledge;
    kiji_tokenizer *tokenizer;
    kiji_arena arena;
    tallies tallies;
} reader;

static void analyze(reader *r, kiji_article *article, kiji_words *words, kiji_str text)
{
    memset(article, 0, sizeof *article);
    kiji_text_build(&article->text, &r->arena, text);
    kiji_article_build(article, &r->arena, NULL);
    kiji_words_build(words, r->knowledge, r->tokenizer, &r->arena, article);
}

static int label_of(const char *type)
{
    static const struct {
        const char *type;
        int label;
    } map[] = {
        {"PERSON", KIJI_LABEL_B_PERSON},
        {"人名", KIJI_LABEL_B_PERSON},
        {"GPE", KIJI_LABEL_B_PLACE},
        {"LOC", KIJI_LABEL_B_PLACE},
        {"FAC", KIJI_LABEL_B_PLACE},
        {"LOCATION", KIJI_LABEL_B_PLACE},
        {"地名", KIJI_LABEL_B_PLACE},
        {"施設名", KIJI_LABEL_B_PLACE},
        {"ORG", KIJI_LABEL_B_ORGANIZATION},
        {"ORGANIZATION", KIJI_LABEL_B_ORGANIZATION},
        {"法人名", KIJI_LABEL_B_ORGANIZATION},
        {"政治的組織名", KIJI_LABEL_B_ORGANIZATION},
        {"その他の組織名", KIJI_LABEL_B_ORGANIZATION},
        {"PRODUCT", KIJI_LABEL_B_WEAPON},
        {"製品名", KIJI_LABEL_B_WEAPON},
        {"ARTIFACT", KIJI_LABEL_B_WEAPON},
    };
    for (size_t i = 0; i < sizeof map / sizeof map[0]; i++) {
        if (strcmp(map[i].type, type) == 0) {
            return map[i].label;
        }
    }
    return -1;
}

static bool count_sentence(reader *r, json_t *line)
{
    const char *text = json_string_value(json_object_get(line, "text"));
    json_t *entities = json_object_get(line, "entities");
    if (text == NULL) {
        return true;
    }
    kiji_article article;
    kiji_words words;
    analyze(r, &article, &words, (kiji_str){text, strlen(text)});
    for (size_t t = 0; t < words.tokens.count; t++) {
        const kiji_morpheme *m = &words.tokens.items[t];
        const uint32_t begin = kiji_text_cp_at(&article.text, kiji_text_raw_begin(&article.text, m->begin));
        const uint32_t end = kiji_text_cp_at(&article.text, kiji_text_raw_end(&article.text, m->end));
        int label = KIJI_LABEL_O;
        for (size_t i = 0; i < json_array_size(entities); i++) {
            json_t *e = json_array_get(entities, i);
            const json_int_t from = json_integer_value(json_object_get(e, "start"));
            const json_int_t to = json_integer_value(json_object_get(e, "end"));
            const char *type = json_string_value(json_object_get(e, "type"));
            if (from <= begin && end <= to && type != NULL) {
                const int base = label_of(type);
                label = base < 0 ? -1 : base + (begin > from);
            }
        }
        if (label >= 0 && nameable(m->word) && !tallies_add(&r->tallies, m->word->hash, (unsigned)label)) {
            return false;
        }
    }
    return true;
}

static bool count_article(reader *r, json_t *line)
{
    const char *title = json_string_value(json_object_get(line, "title"));
    const char *text = json_string_value(json_object_get(line, "text"));
    if (title == NULL || text == NULL) {
        return true;
    }
    const size_t n = strlen(title) + strlen(text) + 3;
    char *whole = kiji_arena_alloc(&r->arena, n);
    (void)snprintf(whole, n, "%s\n\n%s", title, text);
    kiji_article article;
    kiji_words words;
    analyze(r, &article, &words, (kiji_str){whole, strlen(whole)});
    for (size_t t = 0; t < words.tokens.count; t++) {
        const kiji_word *word = words.tokens.items[t].word;
        if (nameable(word) && !tallies_add(&r->tallies, word->hash, words.names.labels[t])) {
            return false;
        }
    }
    return true;
}

typedef struct filter {
    bool (*skip)(void *context, const char *id);
    void *context;
} filter;

static int read_lines(reader *r, const char *path, bool (*each)(reader *r, json_t *line), const filter *f)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (file == NULL) {
        (void)fprintf(stderr, "train: %s: cannot be read\n", path);
        return 2;
    }
    json_error_t error;
    bool good = true;
    for (json_t *line; good && (line = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error)) != NULL; json_decref(line)) {
        const char *id = json_string_value(json_object_get(line, "id"));
        if (f == NULL || id == NULL || !f->skip(f->context, id)) {
            good = each(r, line);
        }
        kiji_arena_reset(&r->arena);
    }
    if (file != stdin) {
        (void)fclose(file);
    }
    return good ? 0 : 2;
}

static bool open_reader(reader *r, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer)
{
    memset(r, 0, sizeof *r);
    r->knowledge = knowledge;
    r->tokenizer = tokenizer;
    kiji_arena_init(&r->arena);
    return tallies_begin(&r->tallies);
}

static void close_reader(reader *r)
{
    kiji_arena_clear(&r->arena);
    tallies_free(&r->tallies);
}

int hints_from_public(uint8_t *hints, uint32_t mask, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer,
                      const char *const *paths, size_t n_paths)
{
    reader r;
    int status = open_reader(&r, knowledge, tokenizer) ? 0 : 2;
    for (size_t i = 0; status == 0 && i < n_paths; i++) {
        status = read_lines(&r, paths[i], count_sentence, NULL);
    }
    write_hints(hints, mask, &r.tallies, 1);
    close_reader(&r);
    return status;
}

int hints_from_news(uint8_t *hints, uint32_t mask, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer,
                    const char *path, bool (*skip)(void *context, const char *id), void *context)
{
    reader r;
    const filter f = {skip, context};
    int status = open_reader(&r, knowledge, tokenizer) ? 0 : 2;
    if (status == 0) {
        status = read_lines(&r, path, count_article, &f);
    }
    write_hints(hints, mask, &r.tallies, 2);
    close_reader(&r);
    return status;
}
