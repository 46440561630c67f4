/*
 * Rows of a table for people: columns that belong together stand in one cell, columns that say nothing are left out, and where the terminal is too narrow
 * for a table, each row is a block of lines.
 */
#ifndef MARSAD_CLI_PEOPLE_H
#define MARSAD_CLI_PEOPLE_H

#include "cli/command.h"

typedef struct {
    buffer text;    /* all cells of all rows, each ended by a NUL */
    size_t *starts; /* of the cells */
    size_t shown, room;
    size_t columns;
    const char *titles[SHOW_CELLS_MAX];
    size_t leasts[SHOW_CELLS_MAX];    /* columns of the terminal that each should have */
    bool is_labelled[SHOW_CELLS_MAX]; /* ... and must: its values have a word before them on their line */
    bool failed;                      /* memory is out */
} people_rows;

/* Takes a row in; all rows of a table have the same columns. */
void people_add(people_rows *rows, const char *const *columns, const marsad_cell *cells, size_t count);

/* Writes all rows in `width` columns of the terminal, as blocks or, where it fits, as a table; and forgets them. */
void people_write(people_rows *rows, buffer *out, size_t width, bool as_blocks);

void people_free(people_rows *rows);

#endif
