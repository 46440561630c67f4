/* Statements that a question to the database's catalog makes: one for each table, index, reference ... */
#ifndef MARSAD_MADE_H
#define MARSAD_MADE_H

#include "archive/db.h"

/* Adds the texts that `sql` gives in `column`, each with a NUL behind it. */
marsad_status made_collect(db *d, const char *sql, int column, buffer *out, marsad_error *err);
/* Runs statements as made_collect() gives them. */
marsad_status made_run_each(db *d, const buffer *statements, marsad_error *err);
/* Runs what `sql` gives in its first column. */
marsad_status made_run(db *d, const char *sql, marsad_error *err);

#endif
