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

/*
 * Whether `name` is one of the speaker's: any part of a name, mention, office (also its short form: 防衛相 for
 * 防衛大臣) or of the words that name the speaker. Blanks and ・ do not count.
 */
bool kiji_who_speaks(const kiji_view *view, const kiji_doc *doc, const kiji_quote *quote, const char *name);

#endif
