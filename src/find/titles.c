/*
 * titles.c - offices and posts in the text: 国防長官, 前外相, 次期大統領, 首相代行; and the person each one qualifies:
 * 岸田文雄首相, モリソン豪首相, 国防相の申氏, 副首相兼外相, or nobody (首相は…).
 */
#include "find/find.h"

static const kiji_hit *longest_office(const kiji_case *c, size_t i)
{
    const kiji_hit *hit = &c->words->hits.items[i];
    return hit->entry->class_ == KIJI_DICT_OFFICE ? hit : NULL;
}

/* A name that reaches over the title's edge, or holds it, rules the title out; a place inside it does not. */
static bool inside_name(const kiji_case *c, const kiji_hit *hit)
{
    for (uint32_t t = hit->first; t < hit->last; t++) {
        if (c->name_at[t] == KIJI_NONE) {
            continue;
        }
        const kiji_name *n = &c->names.items[c->name_at[t]];
        const bool within = n->range.begin >= hit->begin && n->range.end <= hit->end;
        const bool apart = n->range.end <= hit->begin || n->range.begin >= hit->end;
        if (!apart && !(within && n->type == KIJI_NAME_PLACE)) {
            return true;
        }
    }
    return false;
}

/* The name that begins (ends) exactly at a byte, or KIJI_NONE. */
static uint32_t name_from(const kiji_case *c, uint32_t token, uint32_t begin)
{
    if (token >= c->words->tokens.count || c->name_at[token] == KIJI_NONE) {
        return KIJI_NONE;
    }
    for (uint32_t i = c->name_at[token]; i < c->names.count && c->names.items[i].range.begin <= begin; i++) {
        if (c->names.items[i].range.begin == begin) {
            return i;
        }
    }
    return KIJI_NONE;
}

static uint32_t name_to(const kiji_case *c, uint32_t token, uint32_t end)
{
    if (token >= c->words->tokens.count || c->name_at[token] == KIJI_NONE) {
        return KIJI_NONE;
    }
    for (uint32_t i = c->name_at[token]; i < c->names.count && c->names.items[i].range.begin < end; i++) {
        if (c->names.items[i].range.end == end) {
            return i;
        }
    }
    return KIJI_NONE;
}

static bool is_type(const kiji_case *c, uint32_t name, kiji_name_type type)
{
    return name != KIJI_NONE && c->names.items[name].type == type;
}

/* 首相官邸, 外相会談, 大統領選, 大統領令: the office word only begins another noun. */
static bool begins_other_noun(const kiji_case *c, const kiji_hit *hit)
{
    static const char *const fine[] = {"ら",   "たち", "氏",   "さん", "自身", "自ら", "代行",   "代理", "兼",
                                       "時代", "当時", "本人", "側",   "就任", "経験", "経験者", "同士", "級"};
    static const char *const never[] = {"会談", "会合", "会議", "官邸", "選",     "選挙", "令",     "府", "職", "制",
                                        "夫人", "候補", "公邸", "任期", "専用機", "声明", "ポスト", "補", "室", "公選"};
    const uint32_t next = hit->last;
    if (next >= c->words->tokens.count || kiji_token(c, next)->begin != hit->end || !hit->aligned) {
        return !hit->aligned && next <= c->words->tokens.count && kiji_token(c, hit->last - 1)->end != hit->end;
    }
    const kiji_word *word = kiji_token(c, next)->word;
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        if (kiji_str_begins(word->surface, never[i])) {
            return true;
        }
    }
    if (!kiji_pos_is_noun((kiji_pos)word->pos) || c->name_at[next] != KIJI_NONE ||
        word->pos == KIJI_POS_SUFFIX_PERSON) {
        return false;
    }
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (kiji_str_is(word->surface, fine[i])) {
            return false;
        }
    }
    return word->pos != KIJI_POS_NOUN_ADVERBIAL && word->pos != KIJI_POS_NOUN_BOUND && word->pos != KIJI_POS_PRONOUN &&
           word->pos != KIJI_POS_SUFFIX_ADVERBIAL && word->pos != KIJI_POS_NUMBER;
}

/* 前, 元, 新, 次期 before the title; moves its begin. */
static void take_prefix(const kiji_case *c, kiji_title *t)
{
    static const struct {
        const char *text;
        kiji_office_status status;
    } prefixes[] = {{"前", KIJI_FORMER},  {"元", KIJI_FORMER}, {"次期", KIJI_NEXT}, {"新", KIJI_CURRENT},
                    {"現", KIJI_CURRENT}, {"旧", KIJI_FORMER}, {"故", KIJI_FORMER}, {"先代", KIJI_FORMER}};
    if (t->first == 0 || kiji_token(c, t->first - 1)->end != t->range.begin) {
        return;
    }
    uint32_t at = t->first - 1;
    /* 元米国務長官: the country stands between. */
    const uint32_t place = name_to(c, at, t->range.begin);
    uint32_t begin = t->range.begin;
    if (is_type(c, place, KIJI_NAME_PLACE) && c->names.items[place].first > 0) {
        begin = c->names.items[place].range.begin;
        at = c->names.items[place].first - 1;
        if (kiji_token(c, at)->end != begin) {
            return;
        }
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (kiji_token_is(c, at, prefixes[i].text) && c->name_at[at] == KIJI_NONE) {
            t->status = prefixes[i].status;
            if (begin == t->range.begin || prefixes[i].status != KIJI_CURRENT) {
                t->range.begin = kiji_token(c, at)->begin;
                t->first = at;
            }
            return;
        }
    }
}

/* 代行, 臨時代理 behind the title belong to it. */
static void take_suffix(const kiji_case *c, kiji_title *t)
{
    for (unsigned n = 0; n < 2 && t->last < c->words->tokens.count; n++) {
        const kiji_morpheme *next = kiji_token(c, t->last);
        if (next->begin != t->range.end ||
            !(kiji_str_is(next->word->surface, "代行") || kiji_str_is(next->word->surface, "代理") ||
              kiji_str_is(next->word->surface, "臨時") || kiji_str_is(next->word->surface, "臨時代理"))) {
            return;
        }
        if (!kiji_str_is(next->word->surface, "臨時")) {
            t->status = KIJI_ACTING;
        }
        t->range.end = next->end;
        t->last++;
    }
}

static bool reading_between(const kiji_case *c, uint32_t open, uint32_t close)
{
    return close > open && close - open <= 12 && kiji_token(c, open)->word->pos == KIJI_POS_OPEN &&
           kiji_token(c, close)->word->pos == KIJI_POS_CLOSE;
}

static bool is_post_noun(const kiji_word *word)
{
    return word->pos == KIJI_POS_NOUN || word->pos == KIJI_POS_NOUN_VERBAL || word->pos == KIJI_POS_PROPER ||
           word->pos == KIJI_POS_SUFFIX || word->pos == KIJI_POS_ORGANIZATION || word->pos == KIJI_POS_NOUN_ADJECTIVAL;
}

/* The person before the title: 岸田文雄首相, モリソン豪首相, 趙立堅（ちょう・りっけん）報道官, バイデン 大統領. */
static uint32_t person_before(const kiji_case *c, const kiji_title *t)
{
    uint32_t token = t->first;
    uint32_t at = t->range.begin;
    for (unsigned hops = 0; hops < 5 && token > 0; hops++) {
        const kiji_morpheme *before = kiji_token(c, token - 1);
        if (c->sentence_at[token - 1] != t->sentence || at - before->end > 1) {
            return KIJI_NONE;
        }
        const uint32_t name = name_to(c, token - 1, before->end);
        if (is_type(c, name, KIJI_NAME_PERSON)) {
            return name;
        }
        if (is_type(c, name, KIJI_NAME_PLACE) || is_type(c, name, KIJI_NAME_ORGANIZATION)) {
            token = c->names.items[name].first;
            at = c->names.items[name].range.begin;
            if (at > 0 && kiji_token(c, token)->begin != at) {
                return KIJI_NONE;
            }
        } else if (before->word->pos == KIJI_POS_CLOSE) {
            uint32_t open = token - 1;
            while (open > 0 && kiji_token(c, open)->word->pos != KIJI_POS_OPEN && token - open < 12) {
                open--;
            }
            if (!reading_between(c, open, token - 1)) {
                return KIJI_NONE;
            }
            token = open;
            at = kiji_token(c, open)->begin;
        } else if (c->name_at[token - 1] == KIJI_NONE && before->end == at && is_post_noun(before->word) &&
                   t->rank >= KIJI_RANK_DEPUTY) {
            token--; /* 環境森林部長, 仏文学科教授: the nouns before it are part of the post */
            at = before->begin;
        } else if (kiji_str_is(before->word->surface, "・") || kiji_str_is(before->word->surface, "前") ||
                   kiji_str_is(before->word->surface, "元")) {
            token--;
            at = before->begin;
        } else {
            return KIJI_NONE;
        }
    }
    return KIJI_NONE;
}

/* The person behind the title: 国防相の申氏, 首相モリソン, 党首・山田太郎氏. */
static uint32_t person_behind(const kiji_case *c, const kiji_title *t)
{
    uint32_t token = t->last;
    const uint32_t n = (uint32_t)c->words->tokens.count;
    if (token < n && c->sentence_at[token] == t->sentence &&
        (kiji_token_is(c, token, "の") || kiji_token_is(c, token, "・") || kiji_token_is(c, token, "である") ||
         kiji_token_is(c, token, "に"))) {
        token++; /* 幹事長に亀井久興氏 */
        token += token < n && kiji_token_is(c, token, "は");
    } else if (token + 1 < n && kiji_token_is(c, token, "だっ") && kiji_token_is(c, token + 1, "た")) {
        token += 2;
    } else if (token < n && kiji_token(c, token)->begin - t->range.end > 1) {
        return KIJI_NONE;
    }
    if (token >= n || c->sentence_at[token] != t->sentence) {
        return KIJI_NONE;
    }
    const uint32_t name = name_from(c, token, kiji_token(c, token)->begin);
    return is_type(c, name, KIJI_NAME_PERSON) ? name : KIJI_NONE;
}

/* 兼: two offices of one person. */
static uint32_t person_of_chain(const kiji_case *c, const kiji_title *t)
{
    if (c->titles.count == 0 || t->first == 0) {
        return KIJI_NONE;
    }
    const kiji_title *before = &c->titles.items[c->titles.count - 1];
    const bool joined =
        before->last + 1 == t->first && (kiji_token_is(c, before->last, "兼") || kiji_token_is(c, before->last, "・"));
    return joined && before->sentence == t->sentence ? before->name : KIJI_NONE;
}

static void set_country(const kiji_case *c, kiji_title *t)
{
    /* The place that touches the title, or the title's prefix: 米国務長官, 元米国務長官. */
    for (uint32_t token = t->first > 0 ? t->first - 1 : 0; token < t->last && t->country[0] == '\0'; token++) {
        const uint32_t name = c->name_at[token];
        if (name == KIJI_NONE) {
            continue;
        }
        for (uint32_t i = name; i < c->names.count && c->names.items[i].first <= token; i++) {
            const kiji_name *n = &c->names.items[i];
            const bool touches = n->range.end == t->range.begin || n->range.begin >= t->range.begin;
            if (n->type != KIJI_NAME_PERSON && n->hit != NULL && touches && n->range.end <= t->range.end &&
                n->hit->entry->country[0] >= 'A') {
                memcpy(t->country, n->hit->entry->country, 2);
            }
        }
    }
    /* 駐米大使: the place inside is where, not whose. */
    if (kiji_str_begins(kiji_words_of(c, t->range), "駐")) {
        t->country[0] = '\0';
    }
}

static void add_title(kiji_case *c, const kiji_hit *hit)
{
    kiji_title t = {{hit->begin, hit->end},
                    hit->first,
                    hit->last,
                    c->sentence_at[hit->first],
                    hit,
                    kiji_hit_name(hit),
                    "",
                    KIJI_CURRENT,
                    hit->entry->value,
                    KIJI_NONE,
                    KIJI_NONE};
    take_suffix(c, &t);
    take_prefix(c, &t);
    set_country(c, &t);
    t.name = person_of_chain(c, &t);
    if (t.name == KIJI_NONE) {
        t.name = person_before(c, &t);
    }
    if (t.name == KIJI_NONE) {
        t.name = person_behind(c, &t);
    }
    KIJI_PUSH(c->arena, &c->titles, t);
}

void kiji_find_titles(kiji_case *c)
{
    uint32_t done = 0;
    for (size_t i = 0; i < c->words->hits.count; i++) {
        const kiji_hit *hit = longest_office(c, i);
        if (hit == NULL || hit->begin < done || kiji_token(c, hit->first)->begin != hit->begin || inside_name(c, hit) ||
            begins_other_noun(c, hit)) {
            continue;
        }
        add_title(c, hit);
        done = hit->end;
    }
}
