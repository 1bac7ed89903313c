/* quotes.h - the decisions of quotes.c, reports.c and speakers.c, laid open for training: candidates with features. */
#ifndef KIJI_FIND_QUOTES_H
#define KIJI_FIND_QUOTES_H

#include "find/find.h"
#include "find/speech.h"

/* What a bracket is: the order of the candidates in its group. */
enum { KIJI_BRACKET_IS_NONE, KIJI_BRACKET_IS_DIRECT, KIJI_BRACKET_IS_PARTIAL, KIJI_BRACKET_CLASSES };

/* The decision on bracket number `bracket`; false when it is none that could be a quote. */
bool kiji_bracket_group(kiji_group *group, const kiji_case *c, uint32_t bracket);
/* The inside of a bracket without blanks at its edges. */
kiji_range kiji_bracket_inside(const kiji_case *c, uint32_t bracket);
/* Fill a quote of that bracket, its cue and verb included; kind and speaker are the caller's. */
void kiji_set_bracket_quote(kiji_found_quote *quote, const kiji_case *c, uint32_t bracket);
/* Tokens that lie in a byte range: [*first, *last). */
void kiji_tokens_in(const kiji_case *c, kiji_range range, uint32_t *first, uint32_t *last);

/* A possible report: a phrase of saying behind と, ことを, よう; or によると. */
typedef struct kiji_report {
    kiji_speech speech; /* entry NULL: according */
    uint32_t sentence;
    uint32_t end;         /* byte where the content ends */
    uint32_t last;        /* token behind the content */
    uint32_t quoted;      /* tokens of the quote in brackets that ends where the content does; 0: none ends there */
    uint32_t quoted_kind; /* kiji_quote_kind of that quote */
    bool according;
} kiji_report;

typedef struct kiji_reports {
    kiji_report *items;
    size_t count, capacity;
} kiji_reports;

/*
 * Does the byte lie in a quote in brackets? They are disjoint among themselves and sorted; indirect ones may lie around
 * them.
 */
bool kiji_in_bracket_quote(const kiji_case *c, uint32_t byte);
/* The number of that quote; SIZE_MAX: it lies in none. */
size_t kiji_bracket_quote_at(const kiji_case *c, uint32_t byte);

/* All possible reports of the article, in order. */
void kiji_collect_reports(kiji_reports *out, const kiji_case *c);

/* The decision where a report's content begins: candidate 0 is "no report", candidate i begins at starts[i]. */
typedef struct kiji_starts {
    uint32_t *items; /* tokens; items[0] is unused */
    size_t count, capacity;
} kiji_starts;
void kiji_report_group(kiji_group *group, kiji_starts *starts, const kiji_case *c, const kiji_report *report);
/* Bytes from each start to the content's end, 0 for "no report" (kiji_rank_choose_span). From the case's arena. */
const uint32_t *kiji_report_lengths(const kiji_starts *starts, const kiji_case *c, const kiji_report *report);

/* Fill a quote of that report, beginning at token `start`. */
void kiji_set_report_quote(kiji_found_quote *quote, const kiji_case *c, const kiji_report *report, uint32_t start);

/* One that could have said it. */
typedef struct kiji_voice {
    kiji_range range;     /* the words */
    uint32_t first, last; /* tokens of the words */
    uint32_t after;       /* token behind honorific, title and brackets */
    uint32_t sentence;
    uint32_t entity; /* or KIJI_NONE */
    uint8_t type;    /* kiji_name_type, or KIJI_VOICE_… */
    /* What candidates are asked for again with each quote (filled by kiji_collect_voices): */
    uint8_t particle; /* kiji_particle at `after` */
    bool medium;      /* a newspaper, an agency, a broadcaster */
    bool asked;       /* 篠崎さんに聞いた: who answers an interview */
    bool in_round;    /* begins behind a round bracket */
    uint32_t mark;    /* hash of the word at `after` */
    uint32_t mark2;   /* of the word behind that */
} kiji_voice;
typedef enum kiji_particle { KIJI_PARTICLE_OTHER, KIJI_PARTICLE_WA, KIJI_PARTICLE_GA, KIJI_PARTICLE_MO } kiji_particle;
enum { KIJI_VOICE_TITLE = 4, KIJI_VOICE_ANAPHOR = 5, KIJI_VOICE_NOUN = 6 };

typedef struct kiji_voices {
    kiji_voice *items;
    size_t count, capacity;
} kiji_voices;

/* Is an entity (or KIJI_NONE) a newspaper, an agency, a broadcaster? */
static inline bool kiji_is_medium(const kiji_case *c, uint32_t entity)
{
    return entity != KIJI_NONE && kiji_str_is(c->entities.items[entity].kind, "media");
}

/* The entity that 同 + `head` at token `token` stands for, or KIJI_NONE. */
uint32_t kiji_antecedent(const kiji_case *c, uint32_t token, kiji_str head);
/* The last body or place named before `token` whose name ends in `head` (委員会 for ノーベル委員会), or KIJI_NONE. */
uint32_t kiji_body_ending_in(const kiji_case *c, uint32_t token, kiji_str head);
/* The last body named before `token` together with the noun `head` (事務所・X, X を名乗る団体), or KIJI_NONE. */
uint32_t kiji_body_introduced_as(const kiji_case *c, uint32_t token, kiji_str head);

/* The word at a token as a number, also behind the last one. */
static inline uint32_t kiji_hash_at(const kiji_case *c, uint32_t t)
{
    return t < c->words->tokens.count ? kiji_token(c, t)->word->hash : 3u;
}

/* Everybody in the article who could speak, outside of quotes, in order. */
void kiji_collect_voices(kiji_voices *out, const kiji_case *c);
/* A quote in its turn: its number, and who spoke last (an entity, or KIJI_NONE). */
typedef struct kiji_turn {
    size_t quote;
    uint32_t last_speaker;
} kiji_turn;
/* The decision who said a quote: candidate 0 is nobody, candidate i is voices->items[ids[i]]. */
void kiji_speaker_group(kiji_group *group, kiji_starts *ids, const kiji_case *c, const kiji_voices *voices,
                        kiji_turn turn);
/* What its candidates stand for (kiji_rank_best_of): the entity each of them names. From the case's arena. */
const uint32_t *kiji_speaker_entities(const kiji_case *c, const kiji_voices *voices, const kiji_starts *ids);

#endif
