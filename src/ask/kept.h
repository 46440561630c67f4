/*
 * Questions answered from what refresh keeps (src/views.h): as of the last time. What is asked as known on a day, or in public, is made anew instead; so is all
 * until views were made as a whole by the rules at hand.
 */
#ifndef MARSAD_KEPT_H
#define MARSAD_KEPT_H

#include "archive/views.h"
#include "ask/list.h"

/* May the question be answered from what is kept of incidents and towns? */
marsad_status kept_for(marsad_archive *archive, const marsad_question *question, bool *out, marsad_error *err);

/*
 * The incidents that the question asks for, unpacked, some whole days at a time, in the order of days: `take` gets each piece, which lives until it returns.
 * With `tells`, their statements too. `take` ends it with `*goes_on`; it may not ask the archive anything.
 */
typedef marsad_status kept_take(void *context, const incident_list *incidents, bool *goes_on, marsad_error *err);
marsad_status kept_incidents(marsad_archive *archive, const marsad_question *question, bool tells, kept_take *take, void *context, marsad_error *err);

/* All incidents of the neighbourhood of the one that holds the record. */
marsad_status kept_around(marsad_archive *archive, const char *record, incident_list *out, arena *memory, marsad_error *err);

/* Can the table that is asked for be made of cells that are kept? */
marsad_status kept_has_ledger(marsad_archive *archive, const marsad_question *question, const asked_ledger *asked, bool *out, marsad_error *err);
/* The cells of the period, with what people marked; to be ended by truce_complete(). */
marsad_status kept_cells(marsad_archive *archive, const asked_ledger *asked, truce_table *out, arena *memory, marsad_error *err);

/* Timelines that the question asks for, of the last day told `last`. */
marsad_status kept_control(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err);

#endif
