#include "find/record.h"

#include <stdio.h>

typedef struct span {
    uint32_t start, end; /* code points */
    kiji_str text;
} span;

/* The one place where bytes of the matching form become code points of the text. */
static span as_given(const kiji_case *c, kiji_range range)
{
    const kiji_text *text = &c->article->text;
    const uint32_t begin = kiji_text_raw_begin(text, range.begin);
    const uint32_t end = kiji_text_raw_end(text, range.end);
    return (span){kiji_text_cp_at(text, begin), kiji_text_cp_at(text, end), {text->raw.ptr + begin, end - begin}};
}

/* "" where nothing is known: the strings of a record are never NULL. */
static kiji_str known(kiji_str s)
{
    return s.len != 0 ? s : (kiji_str){"", 0};
}

static kiji_str words_as_given(const kiji_case *c, kiji_range range)
{
    return range.end > range.begin ? as_given(c, range).text : (kiji_str){"", 0};
}

static kiji_str why_name(const kiji_case *c, const kiji_name *n)
{
    char line[256];
    size_t used = 0;
    for (unsigned e = 0; e < KIJI_EVIDENCES; e++) {
        if ((n->evidences >> e & 1u) == 0) {
            continue;
        }
        const char *sep = used != 0 ? "; " : "";
        const int wrote =
            e == KIJI_BY_MODEL
                ? snprintf(line + used, sizeof line - used, "%smodel %.2f", sep, (double)n->model_score)
                : snprintf(line + used, sizeof line - used, "%s%s", sep, kiji_evidence_name((kiji_evidence)e));
        used += wrote > 0 && (size_t)wrote < sizeof line - used ? (size_t)wrote : 0;
    }
    if (n->hit != NULL) {
        const kiji_str where = kiji_lexicon_string(n->hit->lexicon, n->hit->entry->where);
        const int wrote =
            snprintf(line + used, sizeof line - used, "%s%.*s", used != 0 ? "; " : "", (int)where.len, where.ptr);
        used += wrote > 0 && (size_t)wrote < sizeof line - used ? (size_t)wrote : 0;
    }
    return kiji_arena_copy(c->arena, (kiji_str){line, used});
}

static kiji_type record_type(const kiji_found_entity *e)
{
    switch ((kiji_name_type)e->type) {
    case KIJI_NAME_PLACE:
        return KIJI_PLACE;
    case KIJI_NAME_ORGANIZATION:
        return KIJI_ORGANIZATION;
    case KIJI_NAME_WEAPON:
        return KIJI_WEAPON;
    case KIJI_NAME_PERSON:
        break;
    }
    for (size_t i = 0; i < e->offices.count; i++) {
        if (e->offices.items[i].rank <= KIJI_RANK_CABINET) {
            return KIJI_MINISTER;
        }
    }
    return KIJI_PERSON;
}

static const kiji_office *record_offices(const kiji_case *c, const kiji_found_entity *e)
{
    kiji_office *offices = kiji_arena_zero(c->arena, e->offices.count + 1, sizeof *offices);
    for (size_t i = 0; i < e->offices.count; i++) {
        offices[i].title = known(e->offices.items[i].title);
        memcpy(offices[i].country, e->offices.items[i].country, sizeof offices[i].country);
        offices[i].status = e->offices.items[i].status;
    }
    return offices;
}

static void record_entities(kiji_doc *doc, const kiji_case *c)
{
    const bool why = (c->sections & KIJI_SECTION_WHY) != 0;
    const size_t n = c->entities.count;
    kiji_entity *entities = kiji_arena_zero(c->arena, n + 1, sizeof *entities);
    kiji_mention **mentions = kiji_arena_zero(c->arena, n + 1, sizeof *mentions);
    for (size_t i = 0; i < n; i++) {
        const kiji_found_entity *e = &c->entities.items[i];
        entities[i].type = record_type(e);
        entities[i].name = known(e->name);
        entities[i].key = known(e->key);
        entities[i].kind = known(e->kind);
        entities[i].reading = known(e->reading);
        memcpy(entities[i].country, e->country, sizeof entities[i].country);
        entities[i].offices = record_offices(c, e);
        entities[i].n_offices = e->offices.count;
        mentions[i] = kiji_arena_alloc(c->arena, (e->n_names + 1) * sizeof **mentions);
        entities[i].mentions = mentions[i];
    }
    for (size_t i = 0; i < c->names.count; i++) {
        const kiji_name *name = &c->names.items[i];
        const span s = as_given(c, name->range);
        mentions[name->entity][entities[name->entity].n_mentions++] =
            (kiji_mention){s.start, s.end, s.text, why ? why_name(c, name) : (kiji_str){"", 0}};
    }
    doc->entities = entities;
    doc->n_entities = n;
}

static kiji_str why_quote(const kiji_case *c, const kiji_found_quote *q)
{
    char line[160];
    const int n = snprintf(line, sizeof line, "speaker ahead by %.2f", (double)q->score);
    return kiji_arena_copy(c->arena, (kiji_str){line, n > 0 ? (size_t)n : 0});
}

static void record_quotes(kiji_doc *doc, const kiji_case *c)
{
    const bool why = (c->sections & KIJI_SECTION_WHY) != 0;
    kiji_quote *quotes = kiji_arena_zero(c->arena, c->quotes.count + 1, sizeof *quotes);
    for (size_t i = 0; i < c->quotes.count; i++) {
        const kiji_found_quote *q = &c->quotes.items[i];
        const span s = as_given(c, q->range);
        quotes[i].kind = q->kind;
        quotes[i].speaker = q->entity;
        quotes[i].speaker_text = words_as_given(c, q->speaker);
        quotes[i].verb = known(q->verb);
        quotes[i].addressee = words_as_given(c, q->addressee);
        quotes[i].occasion = words_as_given(c, q->occasion);
        quotes[i].start = s.start;
        quotes[i].end = s.end;
        quotes[i].text = s.text;
        quotes[i].why = why ? why_quote(c, q) : (kiji_str){"", 0};
    }
    doc->quotes = quotes;
    doc->n_quotes = c->quotes.count;
}

/* Where one character of the text stands for several morphemes (㈱), the first of them has it. */
static void record_pieces(kiji_doc *doc, const kiji_case *c)
{
    const kiji_tokens *tokens = &c->words->tokens;
    kiji_piece *pieces = kiji_arena_zero(c->arena, tokens->count + 1, sizeof *pieces);
    uint32_t done = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const kiji_morpheme *m = &tokens->items[i];
        const span s = as_given(c, (kiji_range){m->begin, m->end});
        const uint32_t start = s.start > done ? s.start : done;
        if (start < s.end) {
            pieces[doc->n_pieces++] =
                (kiji_piece){start, s.end, c->sentence_at[i], kiji_pos_name((kiji_pos)m->word->pos)};
            done = s.end;
        }
    }
    doc->pieces = pieces;
}

void kiji_record(kiji_doc *doc, const kiji_case *c, const kiji_input *input, const kiji_decoded *decoded)
{
    memset(doc, 0, sizeof *doc);
    doc->source = (kiji_str){input->source, strlen(input->source)};
    doc->title =
        input->title != NULL ? (kiji_str){input->title, strlen(input->title)} : words_as_given(c, c->article->title);
    doc->date = kiji_arena_copy(c->arena, (kiji_str){c->article->date, strlen(c->article->date)});
    doc->characters = c->article->text.code_points;
    doc->text = c->article->text.raw;
    doc->kept = (kiji_str){input->kept != NULL ? input->kept : "", input->kept != NULL ? strlen(input->kept) : 0};
    record_entities(doc, c);
    record_quotes(doc, c);
    if ((c->sections & KIJI_SECTION_TOKENS) != 0) {
        record_pieces(doc, c);
    }
    kiji_keyword *keywords = kiji_arena_zero(c->arena, c->keywords.count + 1, sizeof *keywords);
    for (size_t i = 0; i < c->keywords.count; i++) {
        const kiji_found_keyword *k = &c->keywords.items[i];
        keywords[i] = (kiji_keyword){k->term, k->score, k->count};
    }
    doc->keywords = keywords;
    doc->n_keywords = c->keywords.count;
    doc->terms = c->doc_terms.items;
    doc->n_terms = c->doc_terms.count;
    doc->news = c->news;
    doc->warnings = decoded->warnings;
    doc->n_warnings = decoded->n_warnings;
    doc->bytes_lost = decoded->bytes_lost;
}
