/* Rows and cells of CSV. */
#include "base/csv.h"

void csv_begin(csv_reader *out, view text)
{
    static const char delimiters[] = {',', ';', '\t'};
    size_t counts[sizeof delimiters] = {0}, most = 0;
    bool is_quoted = false;
    for (size_t at = 0; at < text.len && (is_quoted || (text.ptr[at] != '\n' && text.ptr[at] != '\r')); at++) {
        is_quoted = is_quoted != (text.ptr[at] == '"');
        for (size_t d = 0; !is_quoted && d < sizeof delimiters; d++)
            counts[d] += text.ptr[at] == delimiters[d];
    }
    for (size_t d = 1; d < sizeof delimiters; d++)
        if (counts[d] > counts[most])
            most = d;
    *out = (csv_reader){.text = text, .delimiter = delimiters[most]};
}

static bool is_line_end(const csv_reader *r, size_t at)
{
    return at >= r->text.len || r->text.ptr[at] == '\n' || r->text.ptr[at] == '\r';
}

/* Behind the line that byte `at` stands in. */
static size_t behind_line(const csv_reader *r, size_t at)
{
    while (!is_line_end(r, at))
        at++;
    if (at + 1 < r->text.len && r->text.ptr[at] == '\r' && r->text.ptr[at + 1] == '\n')
        at++;
    return at < r->text.len ? at + 1 : at;
}

/* The cell in quotes whose first letter stands at `*at`; moves behind its closing quote. */
static marsad_status read_quoted(const csv_reader *r, size_t *at, view *out, arena *memory, marsad_error *err)
{
    const size_t from = *at;
    size_t end = from, doubled = 0;
    while (end < r->text.len && (r->text.ptr[end] != '"' || (end + 1 < r->text.len && r->text.ptr[end + 1] == '"'))) {
        doubled += r->text.ptr[end] == '"';
        end += r->text.ptr[end] == '"' ? 2 : 1;
    }
    if (end >= r->text.len)
        return fail(err, MARSAD_ERR_FORMAT, from, "a quote opens that nothing closes");
    *at = end + 1;
    *out = (view){r->text.ptr + from, end - from};
    if (doubled == 0)
        return MARSAD_OK;

    char *cell = arena_alloc(memory, end - from);
    if (cell == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a row");
    size_t used = 0;
    for (size_t i = from; i < end; i++) {
        cell[used++] = r->text.ptr[i];
        i += r->text.ptr[i] == '"'; /* the second of two */
    }
    *out = (view){cell, used};
    return MARSAD_OK;
}

/* The cell at `*at`; moves to the delimiter or line end behind it, or where the fault stands. */
static marsad_status read_cell(const csv_reader *r, size_t *at, view *out, arena *memory, marsad_error *err)
{
    if (*at < r->text.len && r->text.ptr[*at] == '"') {
        ++*at;
        const marsad_status status = read_quoted(r, at, out, memory, err);
        if (status == MARSAD_OK && !is_line_end(r, *at) && r->text.ptr[*at] != r->delimiter)
            return fail(err, MARSAD_ERR_FORMAT, *at, "text stands behind a closing quote (a quote within quotes is written twice)");
        return status;
    }
    const size_t from = *at;
    while (!is_line_end(r, *at) && r->text.ptr[*at] != r->delimiter) {
        if (r->text.ptr[*at] == '"')
            return fail(err, MARSAD_ERR_FORMAT, *at, "a quote stands in a cell that does not begin with one");
        ++*at;
    }
    *out = (view){r->text.ptr + from, *at - from};
    return MARSAD_OK;
}

static marsad_status read_row(csv_reader *r, csv_row *out, arena *memory, marsad_error *err)
{
    const size_t from = r->at;
    size_t at = from;
    out->count = 0;
    out->row = ++r->row;
    for (;; at++) {
        if (!ARENA_GROW(memory, out->cells, out->count, out->room))
            return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a row");
        const marsad_status status = read_cell(r, &at, &out->cells[out->count], memory, err);
        if (status != MARSAD_OK) {
            r->at = behind_line(r, at);
            return status;
        }
        out->count++;
        if (is_line_end(r, at))
            break;
    }
    out->bytes = (view){r->text.ptr + from, at - from};
    r->at = behind_line(r, at);
    return MARSAD_OK;
}

marsad_status csv_next(csv_reader *r, csv_row *out, arena *memory, marsad_error *err)
{
    while (r->at < r->text.len && is_line_end(r, r->at)) {
        r->at = behind_line(r, r->at);
        r->row++;
    }
    return r->at >= r->text.len ? MARSAD_END : read_row(r, out, memory, err);
}
