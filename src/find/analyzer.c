/* analyzer.c - the public calls: everything loaded once (model), a worker over it (analyzer), one article at a time. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uversion.h>

#include "base/status.h"
#include "find/record.h"
#include "find/user_dict.h"
#include "read/page.h"
#include "words/libmecab.h"

#ifndef KIJI_DATA_DIR
#define KIJI_DATA_DIR "/usr/local/share/kiji"
#endif

/* An article may use at most so much memory; a record that needs more is refused, not the machine brought down. */
#define ARTICLE_MEMORY ((size_t)6 * 1024 * 1024 * 1024)

#define VERSIONS_SIZE ((size_t)1024)

/* What becomes known of a model when it is in use. */
typedef struct model_notes {
    atomic_bool sound; /* kiji_model_check has found nothing */
    char versions[VERSIONS_SIZE];
} model_notes;

struct kiji_model {
    kiji_knowledge knowledge;
    kiji_lexicon *owned[KIJI_MAX_LEXICONS];
    model_notes *notes;
};

struct kiji_analyzer {
    const kiji_model *model;
    kiji_tokenizer *tokenizer;
    kiji_arena arena;
    kiji_doc doc;
    kiji_stages *stages; /* borrowed, or NULL */
};

static kiji_status add_lexicon(kiji_model *model, kiji_lexicon *lexicon)
{
    model->owned[model->knowledge.n_lexicons] = lexicon;
    model->knowledge.lexicons[model->knowledge.n_lexicons++] = lexicon;
    return KIJI_OK;
}

static kiji_status load_dictionaries(kiji_model *model, const kiji_model_options *options, const char *dir,
                                     kiji_error *err)
{
    kiji_lexicon *lexicon = NULL;
    kiji_status status = kiji_dictionary_open(&lexicon, dir, err);
    if (status != KIJI_OK) {
        return status;
    }
    (void)add_lexicon(model, lexicon);
    if (options->n_user_dicts >= KIJI_MAX_LEXICONS) {
        return kiji_fail(err, KIJI_ELIMIT, options->user_dicts[KIJI_MAX_LEXICONS - 1], KIJI_NO_OFFSET,
                         "more than %d dictionaries", KIJI_MAX_LEXICONS - 1);
    }
    if (options->n_user_dicts != 0) {
        status = kiji_lexicon_check(lexicon, err);
    }
    for (size_t i = 0; i < options->n_user_dicts && status == KIJI_OK; i++) {
        status = kiji_user_dict_load(&lexicon, options->user_dicts[i], model->knowledge.lexicons[0], err);
        if (status != KIJI_OK) {
            return status;
        }
        (void)add_lexicon(model, lexicon);
    }
    return status;
}

static kiji_status load_weights(kiji_model *model, const char *dir, kiji_error *err)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/kiji.weights", dir);
    kiji_status status = kiji_weights_map(&model->knowledge.weights, path, err);
    if (status == KIJI_EIO && err != NULL) {
        return kiji_fail(err, KIJI_EDICT, path, KIJI_NO_OFFSET,
                         "kiji's weights cannot be opened (%s); KIJI_DATA names the folder that holds them, --no-model "
                         "does without",
                         strerror(err->sys_errno));
    }
    if (status == KIJI_OK) {
        status = kiji_tagger_new(&model->knowledge.tagger, model->knowledge.weights, path, err);
    }
    return status;
}

kiji_status kiji_model_open(kiji_model **out, const kiji_model_options *options, kiji_error *err)
{
    *out = NULL;
    kiji_model *model = kiji_alloc_zero(1, sizeof *model);
    if (model == NULL || (model->notes = kiji_alloc_zero(1, sizeof *model->notes)) == NULL) {
        kiji_free(model);
        return kiji_fail_memory(err);
    }
    const char *dir = options->data_dir != NULL ? options->data_dir : KIJI_DATA_DIR;
    kiji_status status = kiji_mecab_open(&model->knowledge.mecab, options->mecab_dict, err);
    if (status == KIJI_OK) {
        status = load_dictionaries(model, options, dir, err);
    }
    if (status == KIJI_OK && !options->no_model) {
        status = load_weights(model, dir, err);
    }
    if (status != KIJI_OK) {
        kiji_model_free(model);
        return status;
    }
    *out = model;
    return KIJI_OK;
}

void kiji_model_free(kiji_model *model)
{
    if (model == NULL) {
        return;
    }
    kiji_tagger_free(model->knowledge.tagger);
    kiji_weights_close(model->knowledge.weights);
    for (size_t i = 0; i < model->knowledge.n_lexicons; i++) {
        kiji_lexicon_close(model->owned[i]);
    }
    kiji_mecab_close(model->knowledge.mecab);
    kiji_free(model->notes);
    kiji_free(model);
}

kiji_status kiji_model_check(const kiji_model *model, kiji_error *err)
{
    model_notes *notes = model->notes;
    if (atomic_load_explicit(&notes->sound, memory_order_relaxed)) {
        return KIJI_OK;
    }
    const kiji_status status = kiji_knowledge_check(&model->knowledge, err);
    atomic_store_explicit(&notes->sound, status == KIJI_OK, memory_order_relaxed);
    return status;
}

const char *kiji_model_versions(const kiji_model *model)
{
    const kiji_knowledge *k = &model->knowledge;
    char *text = model->notes->versions;
    if (text[0] == '\0') {
        const int n = snprintf(text, VERSIONS_SIZE, "mecab %s\nmecab-dictionary %s\nicu %s\nkiji.dic %016llx\n",
                               kiji_mecab_version(), kiji_mecab_dir(k->mecab), U_ICU_VERSION,
                               (unsigned long long)kiji_lexicon_checksum(k->lexicons[0]));
        if (n > 0 && (size_t)n < VERSIONS_SIZE && k->weights != NULL) {
            (void)snprintf(text + n, VERSIONS_SIZE - (size_t)n, "kiji.weights %016llx\n",
                           (unsigned long long)kiji_weights_checksum(k->weights));
        }
    }
    return text;
}

kiji_status kiji_analyzer_new(kiji_analyzer **out, const kiji_model *model, kiji_error *err)
{
    *out = NULL;
    kiji_analyzer *analyzer = kiji_alloc_zero(1, sizeof *analyzer);
    if (analyzer == NULL) {
        return kiji_fail_memory(err);
    }
    analyzer->model = model;
    kiji_arena_init(&analyzer->arena);
    analyzer->arena.limit = ARTICLE_MEMORY;
    const kiji_status status = kiji_tokenizer_new(&analyzer->tokenizer, model->knowledge.mecab, err);
    if (status != KIJI_OK) {
        kiji_free(analyzer);
        return status;
    }
    *out = analyzer;
    return KIJI_OK;
}

void kiji_analyzer_watch(kiji_analyzer *analyzer, kiji_stages *stages)
{
    analyzer->stages = stages;
}

void kiji_analyzer_free(kiji_analyzer *analyzer)
{
    if (analyzer != NULL) {
        kiji_tokenizer_free(analyzer->tokenizer);
        kiji_arena_clear(&analyzer->arena);
        kiji_free(analyzer);
    }
}

/* The article in HTML takes the place of what was decoded; what it says of itself is taken where nobody else says. */
static kiji_status take_page(kiji_decoded *decoded, kiji_input *input, kiji_arena *arena, kiji_error *err)
{
    if (input->markup == KIJI_MARKUP_NONE) {
        return KIJI_OK;
    }
    kiji_page *page = kiji_arena_zero(arena, 1, sizeof *page);
    const bool whole = input->markup == KIJI_MARKUP_ITEM;
    const kiji_status status = kiji_page_extract(page, arena, decoded->text, whole, err);
    if (status != KIJI_OK && err != NULL) {
        (void)snprintf(err->source, sizeof err->source, "%s", input->source);
    }
    if (status == KIJI_OK) {
        decoded->text = page->text;
        input->title = input->title == NULL && page->title.len != 0 ? page->title.ptr : input->title;
        input->date = input->date == NULL && page->date[0] != '\0' ? page->date : input->date;
    }
    return status;
}

/* All of the work; every allocation in it leaves by the arena's bail. */
static kiji_status run(kiji_analyzer *analyzer, const kiji_input *input, kiji_error *err)
{
    kiji_arena *arena = &analyzer->arena;
    const kiji_knowledge *knowledge = &analyzer->model->knowledge;
    kiji_stages *stages = analyzer->stages;
    kiji_decoded decoded;
    kiji_input told = *input;
    kiji_stages_enter(stages, KIJI_STAGE_DECODE);
    kiji_status status = kiji_decode(&decoded, arena, input, err);
    if (status == KIJI_OK) {
        status = take_page(&decoded, &told, arena, err);
    }
    if (status == KIJI_OK && decoded.text.len != 0) {
        status = kiji_model_check(analyzer->model, err);
    }
    if (status != KIJI_OK) {
        return status;
    }
    kiji_article *article = kiji_arena_zero(arena, 1, sizeof *article);
    kiji_words *words = kiji_arena_zero(arena, 1, sizeof *words);
    kiji_text_build(&article->text, arena, decoded.text);
    kiji_article_build(article, arena, told.date);
    kiji_stages_enter(stages, KIJI_STAGE_TOKENIZE);
    kiji_words_cut(words, analyzer->tokenizer, arena, article);
    kiji_stages_enter(stages, KIJI_STAGE_MATCH);
    kiji_words_match(words, knowledge, arena, article);
    kiji_stages_enter(stages, KIJI_STAGE_LABEL);
    kiji_words_label(words, knowledge, arena, article);
    kiji_case c;
    memset(&c, 0, sizeof c);
    c.arena = arena;
    c.knowledge = knowledge;
    c.stages = stages;
    c.article = article;
    c.words = words;
    c.sections = input->sections != 0 ? input->sections : KIJI_SECTION_ALL;
    c.top = input->top;
    kiji_find(&c);
    kiji_stages_enter(stages, KIJI_STAGE_RECORD);
    kiji_record(&analyzer->doc, &c, &told, &decoded);
    return KIJI_OK;
}

/* Why the arena took its bail. */
static kiji_status stopped(const kiji_analyzer *analyzer, const kiji_input *input, kiji_error *err)
{
    if (analyzer->arena.why == KIJI_BAIL_TIME) {
        return kiji_fail(err, KIJI_ELIMIT, input->source, KIJI_NO_OFFSET,
                         "took longer than %zu.%03zu seconds (see --timeout)", input->timeout / 1000,
                         input->timeout % 1000);
    }
    return kiji_fail(err, KIJI_ENOMEM, input->source, KIJI_NO_OFFSET, "out of memory");
}

kiji_status kiji_analyze(kiji_analyzer *analyzer, const kiji_input *input, const kiji_doc **out, kiji_error *err)
{
    *out = NULL;
    kiji_arena_reset(&analyzer->arena);
    kiji_tokenizer_trim(analyzer->tokenizer);
    kiji_arena_time(&analyzer->arena, input->timeout);
    jmp_buf bail;
    analyzer->arena.bail = &bail;
    kiji_status status;
    if (setjmp(bail) != 0) {
        status = stopped(analyzer, input, err);
    } else {
        status = run(analyzer, input, err);
    }
    analyzer->arena.bail = NULL;
    if (status == KIJI_OK) {
        *out = &analyzer->doc;
    }
    return status;
}
