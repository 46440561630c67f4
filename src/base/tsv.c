/* Small tables of our own, line by line. */
#include "base/tsv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { CELLS_MAX = 64 };

typedef struct {
    const char *path;
    size_t line;
    size_t cells;                  /* in the head line; 0 before it */
    size_t place[TSV_COLUMNS_MAX]; /* of each column asked for */
} table;

static marsad_status bad(const table *t, marsad_error *err, const char *reason, const char *subject)
{
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: %s '%s'", t->path, t->line, reason, subject);
}

/* Cuts `line` at its tabs, in place. Returns the number of cells, at most CELLS_MAX. */
static size_t cut(char *line, char **cells)
{
    size_t count = 0;
    for (char *rest = line; rest != NULL && count < CELLS_MAX;) {
        char *tab = strchr(rest, '\t');
        cells[count++] = rest;
        if (tab != NULL)
            *tab = 0;
        rest = tab == NULL ? NULL : tab + 1;
    }
    return count;
}

static marsad_status read_head(table *t, char *const *cells, const char *const *columns, marsad_error *err)
{
    for (size_t c = 0; columns[c] != NULL; c++) {
        size_t at = 0;
        while (at < t->cells && strcmp(cells[at], columns[c]) != 0)
            at++;
        if (at == t->cells)
            return bad(t, err, "no column", columns[c]);
        t->place[c] = at;
    }
    return MARSAD_OK;
}

static marsad_status read_line(table *t, char *line, const char *const *columns, tsv_visit *visit, void *context, marsad_error *err)
{
    char *cells[CELLS_MAX];
    const size_t count = cut(line, cells);
    if (t->cells == 0) {
        t->cells = count;
        return read_head(t, cells, columns, err);
    }
    if (count != t->cells)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: a row has %zu cells, not %zu", t->path, t->line, t->cells, count);

    const char *asked[TSV_COLUMNS_MAX] = {0};
    for (size_t c = 0; columns[c] != NULL; c++)
        asked[c] = cells[t->place[c]];
    marsad_error reason = {.offset = MARSAD_NOWHERE};
    if (!visit(context, asked, t->line, &reason))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: %s", t->path, t->line, reason.message);
    return MARSAD_OK;
}

marsad_status tsv_read(const char *path, const char *const *columns, tsv_visit *visit, void *context, marsad_error *err)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot open '%s': %s", path, strerror(errno));

    table t = {.path = path};
    char *line = NULL;
    size_t room = 0;
    marsad_status status = MARSAD_OK;
    for (ssize_t len; status == MARSAD_OK && (len = getline(&line, &room, file)) >= 0;) {
        t.line++;
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
            line[--len] = 0;
        if (len > 0 && line[0] != '#')
            status = read_line(&t, line, columns, visit, context, err);
    }
    if (status == MARSAD_OK && ferror(file))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s': %s", path, strerror(errno));
    if (status == MARSAD_OK && t.cells == 0)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s: no head line", path);
    free(line);
    fclose(file);
    return status;
}
