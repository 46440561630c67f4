/*
 * Staging: tables of a connection's own, which rows are sent to in bulk, and from which statements over all of them write to the archive. The server empties them
 * at the end of each transaction. Only where db_takes_bulk().
 */
#ifndef MARSAD_STAGING_H
#define MARSAD_STAGING_H

#include "archive/store.h"

typedef struct {
    const char *name, *columns;
} staged_table;

/*
 * Makes the tables, or empties them where the transaction at work has used them (`*has_staged`, which it sets). From here to the end of the transaction joins begin
 * with the few rows that are staged: what tables and indexes hold is only looked up.
 */
marsad_status staging_prepare(store *s, const staged_table *tables, size_t count, bool *has_staged, marsad_error *err);
/* Sends rows of db_bulk_row() to a staged table. */
marsad_status staging_send(store *s, const char *table, const buffer *rows, marsad_error *err);
/* Runs statements without values, one after the other. */
marsad_status staging_run(store *s, const char *const *statements, size_t count, marsad_error *err);

#endif
