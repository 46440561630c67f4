/*
 * The archive's tables, all of them: what is copied from one archive to another, what it is told by, and what somebody who writes may do to it. A table that a schema
 * has and this list has not is found out by table_columns_of() and by tests/cli/test_archive_copy.sh.
 */
#ifndef MARSAD_TABLES_H
#define MARSAD_TABLES_H

#include "archive/db.h"

typedef struct {
    const char *name;
    const char *order;  /* columns that tell its rows apart: what they are sorted by */
    const char *writer; /* what a writer may do beside reading and adding: "UPDATE (chain)", "UPDATE, DELETE"; NULL: nothing, it only grows */
    bool is_heap;       /* the same row may stand in it twice, and counts once */
} archive_table;

/* Each behind those that it points at; ends with a row whose `name` is NULL. */
extern const archive_table archive_tables[];

/* Tables and views that are made from others, in one engine or the other; ends with NULL. */
extern const char *const archive_derived[];

enum { TABLE_COLUMNS_MAX = 24 };

typedef struct {
    const char *names[TABLE_COLUMNS_MAX];
    bool is_narrow[TABLE_COLUMNS_MAX]; /* an integer of four bytes */
    size_t count;
} table_columns;

/* The columns that hold what was stored, not those that follow from others, by their names; in `memory`. */
marsad_status table_columns_of(db *d, const archive_table *table, table_columns *out, arena *memory, marsad_error *err);

/* Whether the archive has all tables of the list, and no others. MARSAD_ERR_FORMAT with the name of one where it does not. */
marsad_status tables_check(db *d, marsad_error *err);

/* "SELECT a, b FROM t ORDER BY a": all rows of a table in their order, each once. False when memory is out. */
bool table_select(buffer *out, const archive_table *table, const table_columns *columns);

#endif
