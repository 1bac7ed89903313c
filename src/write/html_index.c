/*
 * html_index.c - the pages over all articles: people to search, articles, plots; and who said what, by speaker.
 */
#include <stdlib.h>
#include <string.h>

#include "write/html_chart.h"
#include "write/html_site.h"

#define KIJI_LITERAL(text) ((kiji_str){(text), sizeof(text) - 1})
#define MOST_BARS          15
#define MOST_DAYS          92  /* more days between first and last: months */
#define MOST_MONTHS        120 /* more: years */
#define ARTICLE_LIST       100 /* articles listed of one person */

static void text(kiji_site *site, kiji_str s)
{
    kiji_html_text(&site->page, s);
}

static void html(kiji_site *site, const char *s)
{
    kiji_buf_puts(&site->page, s);
}

static kiji_str title_of(const kiji_site_article *article)
{
    return article->title.len != 0 ? article->title : article->source;
}

typedef struct ranked {
    size_t number;
    double first, second;
} ranked;

static int by_rank(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->first < b->first || a->first > b->first) {
        return a->first > b->first ? -1 : 1;
    }
    if (a->second < b->second || a->second > b->second) {
        return a->second > b->second ? -1 : 1;
    }
    return a->number < b->number ? -1 : 1;
}

static bool is_person(const kiji_site_person *person)
{
    return person->type == KIJI_PERSON || person->type == KIJI_MINISTER;
}

/* The most quoted and then the most widely named first. */
static ranked *rank_people(kiji_site *site)
{
    ranked *people = kiji_arena_zero(&site->arena, site->people.count + 1, sizeof *people);
    for (size_t i = 0; i < site->people.count; i++) {
        people[i] = (ranked){i, (double)site->people.items[i].n_quotes, (double)site->people.items[i].n_articles};
    }
    qsort(people, site->people.count, sizeof *people, by_rank);
    return people;
}

static void search_box(kiji_site *site, const char *label)
{
    kiji_buf_printf(&site->page,
                    "<p class=\"script\"><label for=\"search\">%s</label><br><input type=\"search\" id=\"search\" "
                    "autocomplete=\"off\" aria-describedby=\"found\"> <span id=\"found\" role=\"status\"></span></p>\n",
                    label);
}

static void find_words(kiji_site *site, const kiji_site_person *person)
{
    html(site, " data-find=\"");
    text(site, person->name);
    html(site, " ");
    text(site, person->reading);
    html(site, " ");
    /* HTML already, and good in an attribute as it is. */
    kiji_buf_put(&site->page, person->offices.ptr, person->offices.len);
    html(site, "\"");
}

static void person_row(kiji_site *site, size_t number, bool people)
{
    const kiji_site_person *person = &site->people.items[number];
    size_t left = ARTICLE_LIST;
    html(site, "<tr");
    find_words(site, person);
    html(site, "><th scope=\"row\">");
    if (person->n_quotes != 0) {
        kiji_buf_printf(&site->page, "<a href=\"who.html#p%zu\">", number + 1);
    }
    text(site, person->name);
    html(site, person->n_quotes != 0 ? "</a></th>" : "</th>");
    if (people) {
        html(site, "<td>");
        kiji_buf_put(&site->page, person->offices.ptr, person->offices.len);
        html(site, "</td>");
    }
    kiji_buf_printf(&site->page, "<td class=\"n\">%zu</td><td><details><summary>%zu件</summary><ul>", person->n_quotes,
                    person->n_articles);
    for (size_t at = person->first_seen; at != KIJI_SITE_END && left > 0; at = site->seen.items[at].next, left--) {
        const kiji_site_article *article = &site->articles.items[site->seen.items[at].article];
        html(site, "<li><a href=\"");
        text(site, article->file);
        html(site, "\">");
        text(site, title_of(article));
        html(site, "</a></li>");
    }
    html(site, left == 0 && person->n_articles > ARTICLE_LIST ? "<li>…</li></ul></details></td></tr>\n"
                                                              : "</ul></details></td></tr>\n");
}

/* People, or else what speaks without being one: newspapers, ministries. */
static void table_of(kiji_site *site, const ranked *order, const char *title, bool people)
{
    kiji_buf_printf(
        &site->page,
        "<h2>%s</h2>\n<table><thead><tr><th scope=\"col\">名前</th>%s<th scope=\"col\" class=\"n\">発言</th>"
        "<th scope=\"col\">記事</th></tr></thead><tbody>\n",
        title, people ? "<th scope=\"col\">役職</th>" : "");
    for (size_t i = 0; i < site->people.count; i++) {
        if (is_person(&site->people.items[order[i].number]) == people) {
            person_row(site, order[i].number, people);
        }
    }
    html(site, "</tbody></table>\n");
}

static void articles(kiji_site *site)
{
    html(site, "<section><h2>記事</h2>\n<table><thead><tr><th scope=\"col\">日付</th><th scope=\"col\">見出し</th>"
               "<th scope=\"col\" class=\"n\">人物</th><th scope=\"col\" class=\"n\">発言</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < site->articles.count; i++) {
        const kiji_site_article *article = &site->articles.items[i];
        html(site, "<tr><td class=\"n\">");
        text(site, article->date);
        html(site, "</td><td><a href=\"");
        text(site, article->file);
        html(site, "\">");
        text(site, title_of(article));
        kiji_buf_printf(&site->page, "</a></td><td class=\"n\">%zu</td><td class=\"n\">%zu</td></tr>\n",
                        article->n_people, article->n_quotes);
    }
    html(site, "</tbody></table></section>\n");
}

static void plot_people(kiji_site *site, const ranked *order)
{
    kiji_bar bars[MOST_BARS];
    size_t n = 0;
    for (size_t i = 0; n < MOST_BARS && i < site->people.count && order[i].first > 0; i++) {
        if (is_person(&site->people.items[order[i].number])) {
            bars[n++] = (kiji_bar){site->people.items[order[i].number].name, order[i].first};
        }
    }
    kiji_html_bars(&site->page, "発言の多い人物", bars, n, 0);
}

/* The terms of --corpus-keywords. Where nothing is known of the news, those of the most articles. */
static void plot_keywords(kiji_site *site)
{
    kiji_bar bars[MOST_BARS];
    kiji_corpus_ranking ranking;
    kiji_error err;
    size_t n = 0;
    if (kiji_corpus_rank(&ranking, site->corpus, MOST_BARS, &err) != KIJI_OK) {
        site->page.failed = true;
    } else if (ranking.n_groups != 0) {
        const bool news = ranking.news > 0;
        const kiji_corpus_group *all = &ranking.groups[0];
        for (; n < all->n_terms && (!news || all->terms[n].keyness > 0); n++) {
            bars[n] = (kiji_bar){all->terms[n].term, news ? all->terms[n].keyness : all->terms[n].documents};
        }
        kiji_html_bars(&site->page, news ? "目立つ語（ニュース一般に対する対数尤度比）" : "語（記事数）", bars, n,
                       news);
    }
    kiji_corpus_ranking_clear(&ranking);
}

/* Days since 0000-03-01 of the Gregorian calendar, and back. */
static long day_number(int year, int month, int day)
{
    const int y = month > 2 ? year : year - 1;
    const int m = month > 2 ? month - 3 : month + 9;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1;
}

static void date_of_day(int out[3], long number)
{
    const long era = number / 146097;
    const long doe = number % 146097;
    const long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const long m = (5 * doy + 2) / 153;
    out[2] = (int)(doy - (153 * m + 2) / 5 + 1);
    out[1] = (int)(m < 10 ? m + 3 : m - 9);
    out[0] = (int)(yoe + era * 400 + (out[1] <= 2));
}

static bool read_date(int out[3], kiji_str date)
{
    static const size_t begins[] = {0, 5, 8};
    static const size_t lengths[] = {4, 2, 2};
    if (date.len != 10) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        out[i] = 0;
        for (size_t k = 0; k < lengths[i]; k++) {
            const char c = date.ptr[begins[i] + k];
            if (c < '0' || c > '9') {
                return false;
            }
            out[i] = out[i] * 10 + (c - '0');
        }
    }
    return out[1] >= 1 && out[1] <= 12;
}

typedef enum pace { DAYS, MONTHS, YEARS } pace;

static long place_of(const int date[3], pace by)
{
    switch (by) {
    case DAYS:
        return day_number(date[0], date[1], date[2]);
    case MONTHS:
        return date[0] * 12L + date[1] - 1;
    case YEARS:
        return date[0];
    }
    return 0;
}

static kiji_str label_of(kiji_site *site, long place, pace by)
{
    kiji_buf label = KIJI_BUF_INIT;
    int date[3];
    switch (by) {
    case DAYS:
        date_of_day(date, place);
        kiji_buf_printf(&label, "%04d-%02d-%02d", date[0], date[1], date[2]);
        break;
    case MONTHS:
        kiji_buf_printf(&label, "%04ld-%02ld", place / 12, place % 12 + 1);
        break;
    case YEARS:
        kiji_buf_printf(&label, "%04ld", place);
        break;
    }
    site->page.failed |= label.failed;
    char copy[16] = "";
    const size_t length = label.len < sizeof copy ? label.len : 0;
    if (length != 0) {
        memcpy(copy, label.ptr, length);
    }
    kiji_buf_clear(&label); /* before the arena may bail */
    return kiji_arena_copy(&site->arena, (kiji_str){copy, length});
}

/* First and last place of the dated articles; false where none is dated. */
static bool range_of(const kiji_site *site, pace by, long *first, long *last)
{
    bool any = false;
    for (size_t i = 0; i < site->articles.count; i++) {
        int date[3];
        if (read_date(date, site->articles.items[i].date)) {
            const long place = place_of(date, by);
            *first = !any || place < *first ? place : *first;
            *last = !any || place > *last ? place : *last;
            any = true;
        }
    }
    return any;
}

static void plot_days(kiji_site *site)
{
    static const char *const captions[] = {"日ごとの記事数", "月ごとの記事数", "年ごとの記事数"};
    long first = 0;
    long last = 0;
    pace by = DAYS;
    if (!range_of(site, by, &first, &last)) {
        return;
    }
    if (last - first >= MOST_DAYS) {
        by = MONTHS;
        (void)range_of(site, by, &first, &last);
    }
    if (by == MONTHS && last - first >= MOST_MONTHS) {
        by = YEARS;
        (void)range_of(site, by, &first, &last);
    }
    const size_t n = (size_t)(last - first) + 1;
    kiji_bar *columns = kiji_arena_zero(&site->arena, n, sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        columns[i].label = label_of(site, first + (long)i, by);
    }
    for (size_t i = 0; i < site->articles.count; i++) {
        int date[3];
        if (read_date(date, site->articles.items[i].date)) {
            columns[place_of(date, by) - first].value += 1;
        }
    }
    kiji_html_columns(&site->page, captions[by], columns, n);
}

void kiji_site_index_page(kiji_site *site)
{
    const ranked *order = rank_people(site);
    size_t n_people = 0;
    for (size_t i = 0; i < site->people.count; i++) {
        n_people += is_person(&site->people.items[i]);
    }
    kiji_html_begin(&site->page, KIJI_LITERAL("kiji: 記事と人物"), "index.html");
    kiji_buf_printf(&site->page, "<p class=\"about\">記事 %zu件 · 人物 %zu人 · 話し手の分かる発言 %zu件</p>\n",
                    site->articles.count, n_people, site->quotes.count);
    html(site, "<div class=\"charts\">\n");
    plot_people(site, order);
    plot_keywords(site);
    plot_days(site);
    html(site, "</div>\n");
    search_box(site, "名前・よみ・役職で探す");
    table_of(site, order, "人物", true);
    if (n_people < site->people.count) {
        table_of(site, order, "発言のある組織など", false);
    }
    articles(site);
    kiji_html_end(&site->page);
}

static void words_of(kiji_site *site, size_t number)
{
    const kiji_site_person *person = &site->people.items[number];
    kiji_buf_printf(&site->page, "<section id=\"p%zu\"", number + 1);
    find_words(site, person);
    html(site, "><h2>");
    text(site, person->name);
    html(site, "</h2><p class=\"about\">");
    kiji_buf_put(&site->page, person->offices.ptr, person->offices.len);
    kiji_buf_printf(&site->page, "%s発言 %zu件</p>\n<ol class=\"quotes\">\n", person->offices.len != 0 ? " · " : "",
                    person->n_quotes);
    for (size_t at = person->first_quote; at != KIJI_SITE_END; at = site->quotes.items[at].next) {
        const kiji_site_quote *quote = &site->quotes.items[at];
        const kiji_site_article *article = &site->articles.items[quote->article];
        html(site, "<li><blockquote><a href=\"");
        text(site, article->file);
        html(site, "#");
        text(site, article->id);
        kiji_buf_printf(&site->page, "-q%zu\">%s", quote->number, quote->literal ? "「" : "");
        text(site, quote->text);
        kiji_buf_printf(&site->page, "%s</a></blockquote><span class=\"n\">", quote->literal ? "」" : "");
        text(site, quote->kind);
        html(site, article->date.len != 0 ? " · " : "");
        text(site, article->date);
        html(site, " · ");
        text(site, title_of(article));
        html(site, "</span></li>\n");
    }
    html(site, "</ol></section>\n");
}

void kiji_site_who_page(kiji_site *site)
{
    const ranked *order = rank_people(site);
    kiji_html_begin(&site->page, KIJI_LITERAL("kiji: 誰が何を言ったか"), "who.html");
    search_box(site, "話し手を探す");
    for (size_t i = 0; i < site->people.count && order[i].first > 0; i++) {
        words_of(site, order[i].number);
    }
    kiji_html_end(&site->page);
}
