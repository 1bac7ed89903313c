/*
 * look.h - what the two views for a terminal share: the article as a whole (`text`) and who said what (`who`).
 */
#ifndef KIJI_WRITE_LOOK_H
#define KIJI_WRITE_LOOK_H

#include "write/screen.h"
#include "write/write.h"

/* "上川陽子 (外務大臣, JP)" */
void kiji_look_person(kiji_screen *screen, const kiji_entity *entity);

/*
 * A quote in two paragraphs, indented by `indent`: speaker, kind, verb, occasion, addressee; the words below, in 「」
 * when they are literal.
 */
void kiji_look_quote(kiji_screen *screen, const kiji_view *view, const kiji_doc *doc, const kiji_quote *quote,
                     size_t indent);

/* One line that says which article this is. */
void kiji_look_source(kiji_screen *screen, const kiji_doc *doc, bool with_title);

/* The speakers that view->who asks for; each entity is looked at once. */
typedef struct kiji_who {
    const kiji_view *view;
    const kiji_doc *doc;
    unsigned char *known; /* owned; of each entity: 0 not looked at, 1 asked for, 2 not */
} kiji_who;

/* False: out of memory. Close after success. */
bool kiji_who_open(kiji_who *out, const kiji_view *view, const kiji_doc *doc);

/*
 * Whether a quote's speaker is asked for: view->who is any part of a name, mention, office (also of its short form:
 * 防衛相 for 防衛大臣) or of the words that name the speaker. Blanks and ・ do not count. NULL asks for all.
 */
bool kiji_who_speaks(kiji_who *who, const kiji_quote *quote);

/* The same of one name, or of the title of an office: whether `part` is in it. */
bool kiji_who_called(kiji_str name, kiji_str part, bool is_title);

void kiji_who_close(kiji_who *who);

#endif
