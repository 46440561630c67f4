/* Cases as rows: a table of tests/corpus/, columns parted by TAB, '#' begins a remark. All rows run; a failure prints its file and line. */
#ifndef MARSAD_ROWS_H
#define MARSAD_ROWS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/base.h"

/*
 * One row: prints what is wrong with it behind `place` and returns false, or returns true. In a column, \t \n \\ and \u{CODE} (hexadecimal,
 * for what cannot be seen) have been replaced.
 */
typedef bool row_check(const char *place, char *const *column);

/* The number of rows of MARSAD_CORPUS_DIR/`name` that failed; the file must exist and each row must have `columns` columns. */
int rows_run(const char *name, int columns, row_check *check);

/*
 * The same for a table that also holds known gaps: rows whose first column begins with '?', right by the codebook and not yet read so. They are
 * checked with `place` NULL (then the check says nothing) and counted aloud; one that passes fails, so that its '?' is taken off.
 */
int rows_run_with_gaps(const char *name, int columns, row_check *check);

/* Prints what was wanted and what came behind `place`, if there is one; true if they are equal. */
bool row_same(const char *place, const char *note, const char *want, const char *got);

/* Appends to the string in `out`; what finds no room is cut, and the row then fails. */
void text_append(char *out, size_t room, view more);

#endif
