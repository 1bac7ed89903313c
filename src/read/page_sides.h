/*
 * page_sides.h - what stands beside the article of a page: menus, headers and footers, comments, forms, hidden parts.
 */
#ifndef KIJI_READ_PAGE_SIDES_H
#define KIJI_READ_PAGE_SIDES_H

#include "read/page_tree.h"

/*
 * One flag a node, in `arena`: whether it, with all in it, is no part of the article. By the element (nav, aside,
 * header, footer, menu), role, hidden and aria-hidden; forms that hold less than half of the text; and by a word in
 * class or id (menu, related, comments …), unless it holds an h1 or what is declared as the article's body.
 */
bool *kiji_page_sides(kiji_arena *arena, const kiji_page_tree *tree);

#endif
