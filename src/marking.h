/* Marks beside candidates: shared by src/marking.c and the tables of the truce ledger. */
#ifndef MARSAD_MARKING_H
#define MARSAD_MARKING_H

#include "archive/marks.h"
#include "ask/list.h"

/*
 * Puts into the ledger's candidates what people hold them for. A candidate has the newest mark that was given to any of the statements by which its accuser
 * names its accused, so that a report that comes in later does not take it away.
 */
void marking_put(const mark_list *marks, truce_ledger *ledger);
/* The same with all marks of the agreement. */
marsad_status marking_apply(marsad_archive *archive, const char *agreement, truce_ledger *ledger, arena *memory, marsad_error *err);

#endif
