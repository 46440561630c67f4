/* Reading our own small tables: tab-separated, UTF-8, '#' begins a comment line, the first other line names the columns. */
#ifndef MARSAD_TSV_H
#define MARSAD_TSV_H

#include "base/base.h"

enum { TSV_COLUMNS_MAX = 16 };

/* One row: a cell for each column asked for, in the order asked for; NUL-terminated. The cells live until the visit ends. False stops (err must be filled). */
typedef bool tsv_visit(void *context, const char *const *cells, size_t line, marsad_error *err);

/*
 * Read `path`. `columns` ends with a NULL; each must be in the head line; columns that are not asked for are passed over. A row with another number of cells
 * than the head line is refused.
 * Errors: MARSAD_ERR_SYSTEM; MARSAD_ERR_FORMAT with file, line and reason, also what `visit` put into err.
 */
marsad_status tsv_read(const char *path, const char *const *columns, tsv_visit *visit, void *context, marsad_error *err);

#endif
