/*
 * Bodies: a record as the archive keeps it, as JSON (docs/archive.md): the object of docs/record.md with the words of parties and figures, and for places what
 * the gazetteer says of them. Self-contained, so that a view needs neither article nor gazetteer.
 */
#ifndef MARSAD_BODY_H
#define MARSAD_BODY_H

#include "archive/statement.h"

/* Fills what a body holds: kind to figures. Ids, article, state and the like are the caller's. Errors: MARSAD_ERR_FORMAT (no such body), MARSAD_ERR_SYSTEM. */
marsad_status body_read(statement *out, view body, arena *memory, marsad_error *err);

#endif
