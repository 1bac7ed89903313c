/* fuzz.c - what the fuzz targets share: the loaded model, a fixed article, the promises of a record. */
#include "fuzz.h"

#include "base/utf8.h"
#include "find/record.h"

static const char text[] =
    "日米、ミサイル防衛で協力 防衛相が会見\n木原稔防衛相は28日、東京都内でオースティン米国防長官と会談した。木原氏は「"
    "PAC-3の生産を増やす」と述べた。外務省によると、両国は共同声明を出す。\n";

static const char *data_dir(void)
{
    const char *dir = getenv("KIJI_DATA");
    if (dir == NULL || dir[0] == '\0') {
        dir = getenv("KIJI_BUILD"); /* set by tests/run */
    }
    return dir != NULL && dir[0] != '\0' ? dir : "build/release";
}

const kiji_model *fuzz_model(void)
{
    static kiji_model *model;
    if (model == NULL) {
        kiji_model_options options = KIJI_MODEL_OPTIONS_INIT;
        kiji_error err = {.status = KIJI_OK};
        options.data_dir = data_dir();
        if (kiji_model_open(&model, &options, &err) != KIJI_OK) {
            (void)fprintf(stderr, "%s: %s\n", err.source, err.text);
            exit(2);
        }
    }
    return model;
}

kiji_analyzer *fuzz_analyzer(void)
{
    static kiji_analyzer *analyzer;
    kiji_error err;
    if (analyzer == NULL) {
        FUZZ_MUST(kiji_analyzer_new(&analyzer, fuzz_model(), &err) == KIJI_OK);
    }
    return analyzer;
}

const kiji_knowledge *fuzz_knowledge(void)
{
    static kiji_knowledge knowledge;
    static kiji_lexicon *lexicon;
    if (knowledge.mecab == NULL) {
        char path[1024];
        kiji_error err = {.status = KIJI_OK};
        FUZZ_MUST(kiji_mecab_open(&knowledge.mecab, NULL, &err) == KIJI_OK);
        (void)snprintf(path, sizeof path, "%s/kiji.dic", data_dir());
        FUZZ_MUST(kiji_lexicon_open(&lexicon, path, &err) == KIJI_OK);
        knowledge.lexicons[0] = lexicon;
        knowledge.n_lexicons = 1;
        (void)snprintf(path, sizeof path, "%s/kiji.weights", data_dir());
        FUZZ_MUST(kiji_weights_open(&knowledge.weights, path, &err) == KIJI_OK);
        FUZZ_MUST(kiji_tagger_new(&knowledge.tagger, knowledge.weights, path, &err) == KIJI_OK);
    }
    return &knowledge;
}

static void work(kiji_doc *doc, const kiji_knowledge *knowledge, kiji_tokenizer *tokenizer, kiji_arena *arena)
{
    const kiji_input input = {.source = "fixed", .bytes = text, .nbytes = sizeof text - 1, .encoding = "UTF-8"};
    kiji_decoded decoded;
    kiji_error err;
    kiji_article article;
    kiji_words words;
    memset(&article, 0, sizeof article);
    memset(&words, 0, sizeof words);
    FUZZ_MUST(kiji_decode(&decoded, arena, &input, &err) == KIJI_OK);
    kiji_text_build(&article.text, arena, decoded.text);
    kiji_article_build(&article, arena, NULL);
    kiji_words_build(&words, knowledge, tokenizer, arena, &article);
    kiji_case c;
    memset(&c, 0, sizeof c);
    c.arena = arena;
    c.knowledge = knowledge;
    c.article = &article;
    c.words = &words;
    c.sections = KIJI_SECTION_ALL | KIJI_SECTION_TOKENS | KIJI_SECTION_WHY;
    kiji_find(&c);
    kiji_record(doc, &c, &input, &decoded);
}

void fuzz_work(const kiji_knowledge *knowledge)
{
    kiji_tokenizer *tokenizer; /* a new one: words keep scores and offers of the knowledge that they were seen with */
    kiji_error err;
    kiji_doc doc;
    kiji_arena arena;
    FUZZ_MUST(kiji_tokenizer_new(&tokenizer, knowledge->mecab, &err) == KIJI_OK);
    kiji_arena_init(&arena);
    jmp_buf bail;
    arena.bail = &bail;
    if (setjmp(bail) == 0) {
        work(&doc, knowledge, tokenizer, &arena);
        fuzz_check_doc(&doc);
    }
    kiji_arena_clear(&arena);
    kiji_tokenizer_free(tokenizer);
}

static void check_string(kiji_str s)
{
    FUZZ_MUST(s.ptr != NULL);
    volatile char last = 0;
    for (size_t i = 0; i < s.len; i++) {
        last = s.ptr[i];
    }
    (void)last;
}

static void check_entity(const kiji_entity *e, const kiji_doc *doc)
{
    check_string(e->name);
    check_string(e->key);
    check_string(e->kind);
    check_string(e->reading);
    FUZZ_MUST(e->type < KIJI_TYPES && e->name.len != 0 && memchr(e->country, '\0', sizeof e->country) != NULL);
    for (size_t i = 0; i < e->n_offices; i++) {
        check_string(e->offices[i].title);
        FUZZ_MUST(e->offices[i].status <= KIJI_NEXT);
        FUZZ_MUST(memchr(e->offices[i].country, '\0', sizeof e->offices[i].country) != NULL);
    }
    for (size_t i = 0; i < e->n_mentions; i++) {
        const kiji_mention *m = &e->mentions[i];
        check_string(m->text);
        check_string(m->why);
        FUZZ_MUST(m->start < m->end && m->end <= doc->characters);
        FUZZ_MUST(i == 0 || e->mentions[i - 1].start <= m->start);
    }
}

void fuzz_check_doc(const kiji_doc *doc)
{
    check_string(doc->source);
    check_string(doc->title);
    check_string(doc->date);
    check_string(doc->text);
    FUZZ_MUST(kiji_utf8_valid(doc->text) && (doc->date.len == 0 || doc->date.len == 10));
    for (size_t i = 0; i < doc->n_entities; i++) {
        check_entity(&doc->entities[i], doc);
    }
    for (size_t i = 0; i < doc->n_quotes; i++) {
        const kiji_quote *q = &doc->quotes[i];
        check_string(q->speaker_text);
        check_string(q->verb);
        check_string(q->addressee);
        check_string(q->occasion);
        check_string(q->text);
        check_string(q->why);
        FUZZ_MUST(q->kind <= KIJI_ACCORDING && q->start <= q->end && q->end <= doc->characters);
        FUZZ_MUST(q->speaker == KIJI_NO_ENTITY || q->speaker < doc->n_entities);
    }
    for (size_t i = 0; i < doc->n_keywords; i++) {
        check_string(doc->keywords[i].term);
        FUZZ_MUST(doc->keywords[i].score >= 0 && doc->keywords[i].score <= 1 && doc->keywords[i].count > 0);
    }
    for (size_t i = 0; i < doc->n_pieces; i++) {
        check_string(doc->pieces[i].pos);
        FUZZ_MUST(doc->pieces[i].start < doc->pieces[i].end && doc->pieces[i].end <= doc->characters);
        FUZZ_MUST(i == 0 || doc->pieces[i - 1].end <= doc->pieces[i].start);
    }
}

char *fuzz_copy(const uint8_t *data, size_t size)
{
    char *copy = malloc(size != 0 ? size : 1);
    FUZZ_MUST(copy != NULL);
    if (size != 0) {
        memcpy(copy, data, size);
    }
    return copy;
}
