#include "read/page_sides.h"

#include <string.h>

#define LONGEST_WORD 16u

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_side_word(const char *word)
{
    static const char *const words[] = {
        "nav",     "navi",       "navigation", "gnav",       "menu",       "breadcrumb", "breadcrumbs", "topicpath",
        "sidebar", "footer",     "comment",    "comments",   "disqus",     "share",      "sharing",     "sns",
        "social",  "related",    "ranking",    "recommend",  "recommends", "ad",         "ads",         "advert",
        "banner",  "pager",      "pagination", "pagenation", "copyright",  "cookie",     "cookies",     "consent",
        "login",   "newsletter", "promo",      "promotion",  "toolbar",    "modal",      "popup",       "subscribe",
        "paywall", "breaking",   "tagcloud",   "skip",       "kanren",     "hidden",     NULL};
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(word, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* "global-nav", "gNav related_news", "siteFooter": whether a word of it stands for something beside the article. */
static bool says_side(const char *names)
{
    char word[LONGEST_WORD];
    size_t n = 0;
    for (const char *p = names != NULL ? names : ""; *p != '\0'; p++) {
        const bool begins = n != 0 && is_upper(*p) && !is_upper(p[-1]);
        if (begins || !is_letter(*p)) {
            word[n] = '\0';
            if (n != 0 && is_side_word(word)) {
                return true;
            }
            n = 0;
        }
        if (is_letter(*p) && n < sizeof word - 1) {
            word[n++] = lower(*p);
        }
    }
    word[n] = '\0';
    return n != 0 && is_side_word(word);
}

static bool has_role(const kiji_page_node *node)
{
    static const char *const roles[] = {"navigation", "banner", "contentinfo", "complementary", "search",
                                        "menu",       "dialog", "menubar",     "toolbar",       NULL};
    const char *role = kiji_page_attribute(node, "role");
    for (size_t i = 0; role != NULL && roles[i] != NULL; i++) {
        if (strcmp(role, roles[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_hidden(const kiji_page_node *node)
{
    const char *aria = kiji_page_attribute(node, "aria-hidden");
    const char *style = kiji_page_attribute(node, "style");
    return kiji_page_attribute(node, "hidden") != NULL || (aria != NULL && strcmp(aria, "true") == 0) ||
           (style != NULL && (strstr(style, "display:none") != NULL || strstr(style, "display: none") != NULL));
}

static bool is_matter(const kiji_page_node *node)
{
    const char *property = kiji_page_attribute(node, "itemprop");
    return kiji_page_is(node, "h1") || (property != NULL && strcmp(property, "articleBody") == 0);
}

/* Counts up to each node, to have those of any subtree at once. */
typedef struct sums {
    size_t bytes;    /* of text */
    uint32_t matter; /* elements that belong to the article by what they are */
} sums;

static sums *add_up(kiji_arena *arena, const kiji_page_tree *tree)
{
    sums *s = kiji_arena_zero(arena, tree->count + 1, sizeof *s);
    for (size_t i = 0; i < tree->count; i++) {
        const kiji_page_node *node = &tree->items[i];
        s[i + 1] = s[i];
        s[i + 1].bytes += node->text.len;
        s[i + 1].matter += node->name != NULL && is_matter(node);
    }
    return s;
}

bool *kiji_page_sides(kiji_arena *arena, const kiji_page_tree *tree)
{
    bool *sides = kiji_arena_zero(arena, tree->count, sizeof *sides);
    const sums *s = add_up(arena, tree);
    for (size_t i = 0; i < tree->count; i++) {
        const kiji_page_node *node = &tree->items[i];
        if (node->name == NULL || kiji_page_is(node, "html") || kiji_page_is(node, "body")) {
            continue;
        }
        const bool matter = s[node->end].matter != s[i].matter;
        const bool named = says_side(kiji_page_attribute(node, "class")) || says_side(kiji_page_attribute(node, "id"));
        const bool form = kiji_page_is(node, "form") && (s[node->end].bytes - s[i].bytes) * 2 < s[tree->count].bytes;
        sides[i] = (node->kind & KIJI_PAGE_SIDE) != 0 || has_role(node) || is_hidden(node) || form ||
                   (named && !matter && !kiji_page_is(node, "article") && !kiji_page_is(node, "main"));
    }
    return sides;
}
