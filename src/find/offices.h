/* offices.h - what offices.c and holders.c share: rows of the dictionary, the article's day, offices of an entity. */
#ifndef KIJI_FIND_OFFICES_H
#define KIJI_FIND_OFFICES_H

#include "find/find.h"

/* The article's day as yyyymmdd, 0 where it is not known. */
uint32_t kiji_office_day(const kiji_case *c);

/*
 * The office that the words of a title mean in a country ("" unknown: Japan's before the general one, the other way
 * round with `foreign`); borrowed from the hits.
 */
const kiji_hit *kiji_office_row(const kiji_case *c, const kiji_title *t, const char *country, bool foreign);

/* Give an entity an office that it does not have yet. */
void kiji_office_add(kiji_case *c, kiji_found_entity *e, kiji_person_office office);

/* Titles alone whose holder the article does not name: looked up by day and country, where both are plain. */
void kiji_office_holders(kiji_case *c, uint32_t day);

#endif
