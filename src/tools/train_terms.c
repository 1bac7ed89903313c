#include "tools/train_terms.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/tallies.h"

/* The number of articles that hold a term: tallies of one label. */
static bool count(tallies *x, uint32_t hash)
{
    return tallies_add(x, hash, 0);
}

static bool count_terms(tallies *x, kiji_case *c)
{
    kiji_terms terms;
    kiji_terms_collect(&terms, c);
    bool good = true;
    for (size_t i = 0; good && i < terms.words.count; i++) {
        good = count(x, terms.words.items[i].hash);
    }
    for (size_t i = 0; good && i < terms.terms.count; i++) {
        const kiji_term *t = &terms.terms.items[i];
        /* A term of one word has been counted with it. */
        good = (t->n_words == 1 && terms.words.items[terms.parts.items[t->words]].hash == t->hash) || count(x, t->hash);
    }
    return good;
}

static bool count_article(tallies *x, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, kiji_arena *arena,
                          const json_t *line)
{
    const char *title = json_string_value(json_object_get(line, "title"));
    const char *text = json_string_value(json_object_get(line, "text"));
    if (title == NULL || text == NULL) {
        return true;
    }
    const size_t n = strlen(title) + strlen(text) + 3;
    char *whole = kiji_arena_alloc(arena, n);
    (void)snprintf(whole, n, "%s\n\n%s", title, text);
    kiji_article article;
    kiji_words words;
    kiji_case c;
    memset(&article, 0, sizeof article);
    memset(&c, 0, sizeof c);
    kiji_text_build(&article.text, arena, (kiji_str){whole, strlen(whole)});
    kiji_article_build(&article, arena, NULL);
    kiji_words_build(&words, knowledge, tokenizer, arena, &article);
    c.arena = arena;
    c.knowledge = knowledge;
    c.article = &article;
    c.words = &words;
    c.sections = KIJI_SECTION_ENTITIES;
    kiji_find(&c);
    return count_terms(x, &c) && count(x, kiji_hash((kiji_str){"", 0}));
}

static int8_t quantize(uint32_t articles)
{
    const long value = lround(log2(1.0 + articles) / (double)KIJI_FREQUENCY_SCALE);
    return (int8_t)(value < 127 ? value : 127);
}

/* Terms of one article only are left at 0: most of them will not come again, and they would fill the table. */
static void write_table(int8_t *table, const tallies *x)
{
    for (size_t i = 0; i < x->n_slots; i++) {
        const int8_t value = quantize(x->slots[i].counts[0]);
        for (unsigned place = 0; x->slots[i].counts[0] > 1 && place < KIJI_FREQUENCY_PLACES; place++) {
            int8_t *at = &table[kiji_frequency_at(x->slots[i].hash, place)];
            *at = value > *at ? value : *at;
        }
    }
}

int terms_from_news(int8_t *table, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        (void)fprintf(stderr, "train: %s: cannot be read again for frequencies\n", path);
        return 2;
    }
    kiji_arena arena;
    kiji_arena_init(&arena);
    tallies x;
    bool good = tallies_begin(&x);
    json_error_t error;
    size_t number = 0;
    for (json_t *line; good && (line = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error)) != NULL; json_decref(line)) {
        good = number++ % 6 == 5 || count_article(&x, knowledge, tokenizer, &arena, line);
        kiji_arena_reset(&arena);
    }
    if (good) {
        write_table(table, &x);
        (void)printf("frequencies: %zu terms and words in %zu articles\n", x.count, number - number / 6);
    }
    (void)fclose(file);
    kiji_arena_clear(&arena);
    tallies_free(&x);
    return good ? 0 : 2;
}
