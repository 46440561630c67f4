/* What the parts of a bulletin are made with: lines for parties, places, days, numbers, and the words that say on whose word a claim stands. Private to bulletin*.c. */
#ifndef MARSAD_BULLETIN_MAKE_H
#define MARSAD_BULLETIN_MAKE_H

#include "export/bulletin.h"
#include "export/page.h"
#include "incident/parties.h"

typedef struct {
    const bulletin_input *in;
    page page;
} bulletin_maker;

/* --- lines (bulletin_make.c) ----------------------------------------------------------------------------------------- */

/* The neutral name of a party; false if it has none that can be printed (open, unknown, not in parties.tsv). */
bool make_party(bulletin_maker *m, const char *who, page_line *out);
/* "a, b and c" */
page_line make_list(bulletin_maker *m, const page_line *lines, uint32_t count);
/* A holder of a town: a party, "contested" or "unknown". */
page_line make_holder(bulletin_maker *m, const char *holder);
page_line make_day(bulletin_maker *m, int32_t day);
/* The place's name in the language, else in Arabic; of a place made coarse what is left of it. */
page_line make_place(bulletin_maker *m, const statement_place *place);
page_line make_governorate(bulletin_maker *m, const char *country, const char *governorate);
/* "3 killed": the form of the noun that the number takes; `noun` is "killed", "incidents" ... */
page_line make_count(bulletin_maker *m, const char *noun, int64_t number);
/* "3 killed", "at least 3 killed", "3 to 7 killed", "a number not stated"; MARSAD_NO_VALUE: open. */
page_line make_range(bulletin_maker *m, const char *noun, int64_t low, int64_t high);
/* A figure as one statement gives it, with the group that it counts. */
page_line make_figure(bulletin_maker *m, const statement_figure *figure, const char *group);
/* "according to X and Y, and as Z reported": on whose word the statements stand. Never empty. */
page_line make_by(bulletin_maker *m, const statement *const *statements, uint32_t count);

/* A sentence: the template `key` with two slots. */
void say(bulletin_maker *m, const char *key, const char *slot, page_line line, const char *other_slot, page_line other);

/* The incidents in the order of the bulletin: by governorate, those of a period last. NULL when memory is out. */
const incident **bulletin_order(const incident_list *all, uint32_t *count, arena *memory); /* bulletin_incident.c */

/* --- sections -------------------------------------------------------------------------------------------------------- */

void bulletin_corrections(bulletin_maker *m); /* bulletin_corrections.c */
void bulletin_totals(bulletin_maker *m);      /* bulletin_totals.c */
void bulletin_incidents(bulletin_maker *m);   /* bulletin_incident.c */
void bulletin_control(bulletin_maker *m);     /* bulletin_control.c */
void bulletin_truce(bulletin_maker *m);       /* bulletin_truce.c */

#endif
