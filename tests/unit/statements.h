/*
 * Statements made by hand. One call makes a statement from words as a table would hold them; what is not given has a plain default.
 *
 *   const statement *s = statement_make(&memory, "id=a article=1 kind=airstrike place=SY-3:town:SY:Aleppo day=2016-05-09 published=2016-05-10 "
 *                                                "actor=syria.government target=civilians figure=killed:exact:5 speaker=sohr");
 *
 *   id=, article=, chain=, outlet=         id gives "R-" and the word, article "A-" and the word; chain is the article unless given; outlet "outlet"
 *   kind=, modality=, phase=, mode=        by their names; "airstrike" and "asserted" unless given
 *   place=ID[:PRECISION[:COUNTRY[:ADMIN1[:ADMIN2[:RELATION]]]]]   "?" before the id: a name that the gazetteer does not know. "town", "SY", "Aleppo", "", "in" else
 *   day=, start=, end=, published=         YYYY-MM-DD; none unless given; published "2016-05-10" unless given, "-" for none
 *   actor=, target=WHO[:OBJECT[:WORDS]], speaker=WHO    WORDS with '_' for blanks
 *   figure=OF:BOUND:VALUE[:LOW:HIGH[:WORDS]]            VALUE, LOW, HIGH: "-" for none; LOW and HIGH follow from the bound unless given
 *   state=N, verified=1, quoted=1, confidence=X
 */
#ifndef MARSAD_STATEMENTS_H
#define MARSAD_STATEMENTS_H

#include "archive/statement.h"

/* Prints what it cannot read and ends the test. */
statement *statement_make(arena *memory, const char *words);

/* "2016-05-09" as a day. */
int32_t day_of(const char *text);

/* "R-" and 16 hexadecimal digits that follow from `word` alone: what id=word gives. */
const char *record_id_of(arena *memory, const char *word);

#endif
