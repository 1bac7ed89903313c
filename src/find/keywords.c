/* keywords.c - the terms that an article is about: scored by their words, chosen so that they say different things. */
#include "find/terms.h"

#include <math.h>
#include <stdlib.h>

#define MOST 20 /* keywords of an article */
static double P(const char *n, double d) { const char *v = getenv(n); return v ? atof(v) : d; }

void kiji_find_keywords(kiji_case *c)
{
    kiji_terms x;
    kiji_terms_collect(&x, c);
    const int8_t *table = kiji_frequencies(c->knowledge);
    const float all = table != NULL ? kiji_frequency(table, kiji_hash((kiji_str){"", 0})) : 12;
    const double pos = P("POS", 1.0), tfp = P("TFP", 0.8), idfp = P("IDFP", 1), len = P("LEN", 0.7), own = P("OWN", 0.3), namb = P("NAMEB", 1.0),
                 cover = P("COVER", 0.3), src = P("SRC", 0.3), mixp = P("MIX", 1.0), prop = P("PROP", 1.0), once=P("ONCE",1), pdec=P("PDEC",2), idf0=P("IDF0",0.5),
        pers=P("PERS",1), plc=P("PLC",1), org=P("ORG",1), wpn=P("WPN",1), verb=P("FEW",1);
    (void)verb;
    for (size_t i = 0; i < x.words.count; i++) {
        kiji_term_word *w = &x.words.items[i];
        const double idf = table ? (all - kiji_frequency(table, w->hash)) / all : 1;
        w->weight = (float)(pow(w->count, tfp) * pow(idf + idf0, idfp) * (1.0 + pos / (1.0 + w->first / pdec)) * (w->proper ? prop : 1));
    }
    for (size_t n = 0; n < MOST && n < x.terms.count; n++) {
        kiji_term *best = NULL;
        for (size_t i = 0; i < x.terms.count; i++) {
            kiji_term *t = &x.terms.items[i];
            if (t->taken || t->text.len < 4) {
                continue;
            }
            double sum = 0;
            for (uint32_t k = 0; k < t->n_words; k++) {
                sum += x.words.items[x.parts.items[t->words + k]].weight;
            }
            const double idf = table ? (all - kiji_frequency(table, t->hash)) / all : 1;
            double s = sum / pow(t->n_words, len);
            s *= 1 + own * (pow(t->count, tfp) * (idf + idf0));
            if (t->kind == KIJI_TERM_NAME) {
                s *= namb;
                s *= t->type == KIJI_NAME_PERSON ? pers : t->type == KIJI_NAME_PLACE ? plc : t->type == KIJI_NAME_ORGANIZATION ? org : wpn;
                if (t->sources) s *= src;
            }
            if (t->kind == KIJI_TERM_MIXED) s *= t->count == 1 ? mixp * once : mixp;
            if (t->headline) s *= 1.5;
            t->score = (float)s;
            if (best == NULL || t->score > best->score) best = t;
        }
        if (best == NULL) break;
        best->taken = true;
        for (uint32_t k = 0; k < best->n_words; k++) {
            x.words.items[x.parts.items[best->words + k]].weight *= (float)cover;
        }
        const kiji_found_keyword k = {best->text, (double)best->score, best->count};
        KIJI_PUSH(c->arena, &c->keywords, k);
    }
    for (size_t i = c->keywords.count; i-- > 0;) {
        c->keywords.items[i].score /= c->keywords.items[0].score;
    }
}
