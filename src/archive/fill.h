/*
 * Filling an empty archive as a whole, in one transaction: indexes and references are put away and made at the end, which takes a fraction of the time. What is not
 * committed never was.
 */
#ifndef MARSAD_FILL_H
#define MARSAD_FILL_H

#include "archive/tables.h"

typedef struct {
    db *db;
    buffer rest; /* statements that make what was put away, each with a NUL behind it */
} filling;

/* MARSAD_ERR_ARGUMENT if the archive holds a row. */
marsad_status filling_check_empty(db *d, marsad_error *err);
/*
 * Begins on an archive of the newest version. Nobody else writes until it ends; a file that was not ended is no archive.
 * Errors: MARSAD_ERR_ARGUMENT if it holds something already.
 */
marsad_status filling_begin(filling *out, db *d, marsad_error *err);
/* Makes indexes and references, and sets keys to come behind the largest. All is seen by the connection, and not committed. */
marsad_status filling_finish(filling *f, marsad_error *err);
/* For good. */
marsad_status filling_commit(filling *f, marsad_error *err);
/* Takes back what was not committed. */
void filling_free(filling *f);

#endif
