/* Cells of rule tables that hold more than a word or a number: days and lists. */
#ifndef MARSAD_CELLS_H
#define MARSAD_CELLS_H

#include "incident/rules_tables.h"

/* "2016-05-10" as a day; an empty cell is `open`. False with `err` filled ("no day YYYY-MM-DD: '<cell>'"). */
bool rules_day(int32_t *out, const char *cell, int32_t open, marsad_error *err);

/* A copy of a cell that must not be empty; NULL with `err` filled ("empty column '<column>'"). */
const char *rules_filled(rule_set *rules, const char *cell, const char *column, marsad_error *err);

/* "a|b|c", empty parts refused, `visit` called for each part; false with `err` filled as soon as it returns false. */
bool rules_each(const char *cell, bool (*visit)(void *context, const char *part, marsad_error *err), void *context, marsad_error *err);

#endif
