/*
 * Names that a safety profile keeps back, and whether one stands in a page all the same: the last look at what is about to be published. Names are held against
 * whole names of the page (RUN_NAME) and addresses; words of templates cannot hold any.
 */
#ifndef MARSAD_WITHHELD_H
#define MARSAD_WITHHELD_H

#include "archive/statement.h"
#include "export/page.h"

typedef struct {
    const char *name;
    const char *twin; /* of a place's English name the Arabic one: what is shown in one language is shown in both; NULL */
} set_name;

typedef struct {
    set_name *items; /* sorted by name_set_subtract(); strings are those of the statements */
    uint32_t count, room;
} name_set;

/* Places, words for parties, and addresses of the reports. Errors: false when memory is out. */
bool name_set_add(name_set *set, const statement *const *statements, size_t count, arena *memory);
/* What may stand in print wherever a report is told: the same, with governorates, districts and outlets. */
bool name_set_add_shown(name_set *set, const statement *const *statements, size_t count, arena *memory);
/* One name more. */
bool name_set_add_name(name_set *set, const char *name, arena *memory);

/* Takes away from `withheld` what is also `shown`, and the names of parties in all their forms, which are Marsad's own. Sorts both. */
void name_set_subtract(name_set *withheld, name_set *shown, const rule_set *rules);

/* Fails the page if a name of the set, which must be sorted, stands in it. */
void page_check_names(page *p, const name_set *withheld);

#endif
