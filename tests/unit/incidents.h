/*
 * Incidents made by hand of statements made by hand (statements.h), without the rules that join them: what they hold follows from the statements in the plainest way.
 *
 *   incident *i = incident_make(&list, &memory, "1", (const char *const[]){"id=a actor=syria.government day=2016-05-09", "id=b ...", NULL});
 *
 * The parties are all that the statements name, denied by those of modality "denied"; places and days are those of the first statement that has any; figures
 * have the smallest low, the first value, the greatest high. What a test wants otherwise it sets in the incident.
 */
#ifndef MARSAD_INCIDENTS_H
#define MARSAD_INCIDENTS_H

#include "incident/incident.h"
#include "statements.h"

/* The incident lives in `list` until the next one is made. Its id is "I-" and 16 hexadecimal digits that follow from `id`. */
incident *incident_make(incident_list *list, arena *memory, const char *id, const char *const *statements);

/* The same of one statement that is there. */
incident *incident_of_statement(incident_list *list, arena *memory, const char *id, const statement *s);

/* A figure of a group, told by the statements that have one of this kind; `high` MARSAD_NO_VALUE is open. */
void incident_add_figure(incident *item, arena *memory, marsad_figure_of of, const char *group, int64_t low, int64_t best, int64_t high);

/* Happenings of every kind that exports must keep apart: the list that the golden files under tests/export are made of. */
void incidents_of_golden_files(incident_list *list, arena *memory);

#endif
