/* people.c - names of persons by rule and dictionary: known full names, 姓+名, a name before 氏, さん or a title. */
#include "find/find.h"

static bool is_person_word(const kiji_word *word)
{
    return word->pos == KIJI_POS_SURNAME || word->pos == KIJI_POS_GIVEN_NAME || word->pos == KIJI_POS_PERSON;
}

static bool is_katakana_name(const kiji_word *word)
{
    if (word->surface.len < 6 || !kiji_pos_is_noun((kiji_pos)word->pos)) {
        return false;
    }
    for (size_t i = 0; i + 2 < word->surface.len; i += 3) {
        const unsigned char *p = (const unsigned char *)word->surface.ptr + i;
        if (p[0] != 0xE3 || !((p[1] == 0x82 && p[2] >= 0xA1) || (p[1] == 0x83 && p[2] != 0xBB))) {
            return false;
        }
    }
    return word->surface.len % 3 == 0;
}

static bool is_joiner(const kiji_case *c, uint32_t t)
{
    return kiji_token_is(c, t, "・") || kiji_token_is(c, t, "=");
}

/* The longest katakana name that begins at t: ジャン=イブ・ルドリアン. Returns the token behind it. */
static uint32_t katakana_name_end(const kiji_case *c, uint32_t t, uint32_t end)
{
    uint32_t last = t + 1;
    while (last + 1 < end && is_joiner(c, last) && is_katakana_name(kiji_token(c, last + 1)->word)) {
        last += 2;
    }
    return last;
}

/* What follows a person: an honorific or an office. */
static bool honored(const kiji_case *c, uint32_t t, uint32_t end)
{
    if (t >= end) {
        return false;
    }
    if (kiji_token(c, t)->word->pos == KIJI_POS_SUFFIX_PERSON) {
        return true;
    }
    size_t from;
    size_t to;
    kiji_hits_at(c, kiji_token(c, t)->begin, &from, &to);
    for (size_t i = from; i < to; i++) {
        const uint8_t class_ = c->words->hits.items[i].entry->class_;
        if (class_ == KIJI_DICT_HONORIFIC || class_ == KIJI_DICT_OFFICE) {
            return true;
        }
    }
    return false;
}

/* 陳|水|扁氏, アラン|・|ベル|セ氏: MeCab glues 氏 to the end of a name that it does not know. */
static bool glued_to_honorific(const kiji_case *c, const kiji_hit *hit)
{
    const uint32_t end = kiji_token(c, hit->last - 1)->end;
    return kiji_token(c, hit->first)->begin == hit->begin && end > hit->end &&
           kiji_str_is(kiji_words_of(c, (kiji_range){hit->end, end}), "氏");
}

static void known_people(kiji_case *c)
{
    for (size_t i = 0; i < c->words->hits.count; i++) {
        kiji_arena_check(c->arena);
        const kiji_hit *hit = &c->words->hits.items[i];
        if (hit->entry->class_ != KIJI_DICT_PERSON || hit->end - hit->begin < 6) {
            continue;
        }
        const kiji_range range = {hit->begin, hit->end};
        const bool glued = glued_to_honorific(c, hit);
        if (hit->role != KIJI_ROLE_SHORT && (hit->aligned || glued)) {
            kiji_propose_range(c, KIJI_NAME_PERSON, range, hit->first, hit->last, KIJI_BY_PERSON_ENTRY, hit);
        }
        if (glued) {
            kiji_propose_range(c, KIJI_NAME_PERSON, range, hit->first, hit->last, KIJI_BY_PERSON_TITLE, hit);
        }
    }
}

void kiji_find_people(kiji_case *c)
{
    known_people(c);
    const kiji_tokens *tokens = &c->words->tokens;
    for (size_t s = 0; s < c->article->sentences.count; s++) {
        kiji_arena_check(c->arena);
        const uint32_t end = tokens->first[s + 1];
        for (uint32_t t = tokens->first[s]; t < end; t++) {
            const kiji_word *word = kiji_token(c, t)->word;
            if (word->pos == KIJI_POS_SURNAME && t + 1 < end &&
                kiji_token(c, t + 1)->word->pos == KIJI_POS_GIVEN_NAME) {
                kiji_propose(c, KIJI_NAME_PERSON, t, t + 2, KIJI_BY_PERSON_NAMES, NULL);
                if (honored(c, t + 2, end)) {
                    kiji_propose(c, KIJI_NAME_PERSON, t, t + 2, KIJI_BY_PERSON_TITLE, NULL);
                }
                t++;
            } else if (is_person_word(word) && honored(c, t + 1, end)) {
                kiji_propose(c, KIJI_NAME_PERSON, t, t + 1, KIJI_BY_PERSON_TITLE, NULL);
            } else if (is_katakana_name(word) && word->pos != KIJI_POS_COUNTRY) {
                const uint32_t last = katakana_name_end(c, t, end);
                if (honored(c, last, end)) {
                    kiji_propose(c, KIJI_NAME_PERSON, t, last, KIJI_BY_PERSON_TITLE, NULL);
                } else if (last > t + 2 && !word->known) {
                    kiji_propose(c, KIJI_NAME_PERSON, t, last, KIJI_BY_PERSON_NAMES, NULL);
                }
                t = last - 1;
            }
        }
    }
}
