/*
 * antecedents.c - whom 同氏, 同社, 同地裁 and a bare 委員会 stand for: the nearest earlier name outside of quotes that
 * fits the head of the word.
 */
#include "find/quotes.h"

/* The entity of an earlier name outside of quotes that `fits`, the nearest first; KIJI_NONE where there is none. */
static uint32_t earlier_entity(const kiji_case *c, uint32_t token, kiji_str head,
                               bool (*fits)(const kiji_case *c, const kiji_name *n, kiji_str head))
{
    enum { MOST = 60 };
    size_t low = KIJI_FIRST_FROM(c->names, kiji_name, first, token);
    for (unsigned steps = 0; low-- > 0 && steps < MOST; steps++) {
        const kiji_name *n = &c->names.items[low];
        if (!kiji_in_bracket_quote(c, n->range.begin) && fits(c, n, head)) {
            return n->entity;
        }
    }
    return KIJI_NONE;
}

static bool is_person(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)c;
    (void)head;
    return n->type == KIJI_NAME_PERSON;
}

/* 三浦容疑者 for 同容疑者: the head stands right behind the name. */
static bool is_person_with(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    const size_t rest = c->article->text.norm.len - n->range.end;
    return n->type == KIJI_NAME_PERSON && rest >= head.len &&
           memcmp(c->article->text.norm.ptr + n->range.end, head.ptr, head.len) == 0;
}

/* No medium: 読売新聞によると stands in front of everything. */
static bool is_body(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)head;
    return n->type == KIJI_NAME_ORGANIZATION && !kiji_is_medium(c, n->entity);
}

static bool is_company(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)head;
    const kiji_str kind = n->entity != KIJI_NONE ? c->entities.items[n->entity].kind : (kiji_str){"", 0};
    return n->type == KIJI_NAME_ORGANIZATION && (kind.len == 0 || kiji_str_is(kind, "company"));
}

static bool is_medium(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    (void)head;
    return n->type == KIJI_NAME_ORGANIZATION && kiji_is_medium(c, n->entity);
}

/* 防衛省 for 同省, 京都地裁 for 同地裁, 箱根彫刻の森美術館 for 同館: it ends alike, by the entity's fullest name too.
 */
static bool ends_alike(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    if (n->type != KIJI_NAME_ORGANIZATION && n->type != KIJI_NAME_PLACE) {
        return false;
    }
    const kiji_str name = kiji_words_of(c, n->range);
    const kiji_str full = n->entity != KIJI_NONE ? c->entities.items[n->entity].name : name;
    return (name.len > head.len && memcmp(name.ptr + name.len - head.len, head.ptr, head.len) == 0) ||
           (full.len > head.len && memcmp(full.ptr + full.len - head.len, head.ptr, head.len) == 0);
}

/* 同氏, 同相, 同容疑者: a person; 同社, 同省, 同紙, 同党: a body. By the head, else the nearest of the type. */
uint32_t kiji_antecedent(const kiji_case *c, uint32_t token, kiji_str head)
{
    static const char *const people[] = {"氏",   "相",     "容疑者", "被告",   "首相", "大統領", "長官", "議員",
                                         "知事", "市長",   "監督",   "選手",   "教授", "社長",   "会長", "委員長",
                                         "代表", "報道官", "さん",   "被告人", "総裁", "大臣"};
    static const char *const media[] = {"紙", "誌", "通信", "新聞", "放送", "局"};
    static const char *const bodies[] = {"省",   "庁",   "党",       "課",   "署",   "行",     "委",   "委員会", "大",
                                         "大学", "組織", "団体",     "機構", "会",   "球団",   "軍",   "部",     "協会",
                                         "裁",   "地裁", "グループ", "高裁", "県警", "サイト", "院",   "所",     "館",
                                         "校",   "園",   "店",       "高",   "寺",   "市",     "県",   "町",     "国",
                                         "村",   "病院", "政府",     "庁舎", "局",   "紙",     "府警", "都",     "州"};
    if (kiji_str_is_one_of(head, people, sizeof people / sizeof people[0])) {
        const uint32_t same = earlier_entity(c, token, head, is_person_with);
        return same != KIJI_NONE ? same : earlier_entity(c, token, head, is_person);
    }
    if (kiji_str_is(head, "社")) {
        return earlier_entity(c, token, head, is_company);
    }
    uint32_t found = kiji_str_is_one_of(head, media, sizeof media / sizeof media[0])
                         ? earlier_entity(c, token, head, is_medium)
                         : KIJI_NONE;
    if (found == KIJI_NONE && kiji_str_is_one_of(head, bodies, sizeof bodies / sizeof bodies[0])) {
        found = earlier_entity(c, token, head, ends_alike);
        found = found != KIJI_NONE ? found : earlier_entity(c, token, head, is_body);
    }
    return found;
}

uint32_t kiji_body_ending_in(const kiji_case *c, uint32_t token, kiji_str head)
{
    return earlier_entity(c, token, head, ends_alike);
}

/* 事務所・アップフロントエージェンシー, 団体「虹の会」: the noun stands right before a name. */
static bool stands_before(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    uint32_t t = n->first;
    if (t > 0 && (kiji_token(c, t - 1)->word->pos == KIJI_POS_OPEN || kiji_token_is(c, t - 1, "・"))) {
        t--;
    }
    return t > 0 && c->sentence_at[t - 1] == n->sentence && kiji_str_equal(kiji_token(c, t - 1)->word->surface, head);
}

/* 虹の会という団体, 「虹の会」を名乗るグループ: it stands behind a name, by which it is called. */
static bool is_called(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    enum { MOST = 5 }; /* tokens of を名乗っている, と呼ばれる, を自称する */
    uint32_t t = n->last;
    const uint32_t count = (uint32_t)c->words->tokens.count;
    t += t < count && kiji_token(c, t)->word->pos == KIJI_POS_CLOSE;
    if (t >= count || !(kiji_token_is(c, t, "という") || kiji_token_is(c, t, "を") || kiji_token_is(c, t, "と"))) {
        return false;
    }
    bool named = kiji_token_is(c, t, "という");
    for (uint32_t k = t + 1; k < count && k <= t + MOST && c->sentence_at[k] == n->sentence; k++) {
        const kiji_word *word = kiji_token(c, k)->word;
        if (named && kiji_str_equal(word->surface, head)) {
            return true;
        }
        named = named || kiji_str_is(word->base, "名乗る") || kiji_str_is(word->base, "自称") ||
                kiji_str_is(word->base, "称する") || kiji_str_is(word->base, "いう") || kiji_str_is(word->base, "呼ぶ");
        if (word->pos == KIJI_POS_COMMA) {
            return false;
        }
    }
    return false;
}

static bool is_introduced(const kiji_case *c, const kiji_name *n, kiji_str head)
{
    return n->type == KIJI_NAME_ORGANIZATION && (stands_before(c, n, head) || is_called(c, n, head));
}

uint32_t kiji_body_introduced_as(const kiji_case *c, uint32_t token, kiji_str head)
{
    return earlier_entity(c, token, head, is_introduced);
}
