/* Rows of a table of the archive: for people, as JSON Lines, as CSV. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/people.h"

typedef enum { FOR_PEOPLE, AS_JSONL, AS_CSV } row_format;

struct row_printer {
    output out;
    row_format format;
    buffer text;        /* of the row at work */
    people_rows people; /* that wait for the last one */
    size_t rows;        /* of the table at work */
    bool as_blocks, is_out_of_memory;
};

/* --- JSON Lines -------------------------------------------------------------------------------------------------------------- */

static void add_json_string(buffer *out, marsad_view text)
{
    json_t *string = json_stringn(text.ptr, text.len);
    char *dumped = string == NULL ? NULL : json_dumps(string, JSON_ENCODE_ANY);
    buffer_text(out, dumped == NULL ? "null" : dumped);
    free(dumped);
    json_decref(string);
}

static void add_json_cell(buffer *out, const marsad_cell *cell)
{
    switch (cell->type) {
    case MARSAD_CELL_NULL:
        buffer_text(out, "null");
        break;
    case MARSAD_CELL_INTEGER:
        buffer_format(out, "%lld", (long long)cell->integer);
        break;
    case MARSAD_CELL_REAL:
        buffer_format(out, isfinite(cell->real) ? "%.10g" : "null", cell->real);
        break;
    case MARSAD_CELL_TEXT:
        add_json_string(out, cell->text);
        break;
    case MARSAD_CELL_JSON:
        buffer_add(out, cell->text.ptr, cell->text.len);
        break;
    }
}

static void add_json_row(buffer *out, const char *const *columns, const marsad_cell *cells, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        buffer_format(out, "%s\"%s\":", c == 0 ? "{" : ",", columns[c]);
        add_json_cell(out, &cells[c]);
    }
    buffer_text(out, "}\n");
}

/* --- CSV (RFC 4180) ------------------------------------------------------------------------------------------------------------ */

/* A spreadsheet takes text that begins so for a formula. */
static bool looks_like_formula(marsad_view text)
{
    return text.len > 0 && strchr("=+-@\t\r", text.ptr[0]) != NULL;
}

static void add_csv_text(buffer *out, marsad_view text)
{
    const bool is_formula = looks_like_formula(text);
    bool needs_quotes = is_formula;
    for (size_t i = 0; i < text.len; i++)
        needs_quotes = needs_quotes || strchr(",\"\r\n", text.ptr[i]) != NULL;
    if (needs_quotes)
        buffer_text(out, is_formula ? "\"'" : "\"");
    for (size_t i = 0; i < text.len; i++)
        buffer_add(out, text.ptr[i] == '"' ? "\"\"" : &text.ptr[i], text.ptr[i] == '"' ? 2 : 1);
    if (needs_quotes)
        buffer_text(out, "\"");
}

static void add_csv_row(buffer *out, const marsad_cell *cells, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        buffer_text(out, c == 0 ? "" : ",");
        if (cells[c].type == MARSAD_CELL_TEXT || cells[c].type == MARSAD_CELL_JSON)
            add_csv_text(out, cells[c].text);
        else if (cells[c].type != MARSAD_CELL_NULL)
            add_json_cell(out, &cells[c]);
    }
    buffer_text(out, "\n");
}

static void add_csv_heads(buffer *out, const char *const *columns, size_t count)
{
    for (size_t c = 0; c < count; c++)
        buffer_format(out, "%s%s", c == 0 ? "" : ",", columns[c]);
    buffer_text(out, "\n");
}

/* --- printing ---------------------------------------------------------------------------------------------------------------------- */

row_printer *rows_print_begin(const invocation *call)
{
    row_printer *p = calloc(1, sizeof *p);
    if (p == NULL) {
        message("out of memory");
        return NULL;
    }
    const char *format = option_value(call, "output", "table");
    p->format = strcmp(format, "jsonl") == 0 ? AS_JSONL : strcmp(format, "csv") == 0 ? AS_CSV : FOR_PEOPLE;
    if (output_open(&p->out, call))
        return p;
    free(p);
    return NULL;
}

bool rows_print(void *printer, const char *const *columns, const marsad_cell *cells, size_t count)
{
    row_printer *p = printer;
    if (p->format == FOR_PEOPLE) {
        people_add(&p->people, columns, cells, count);
        p->is_out_of_memory = p->is_out_of_memory || p->people.failed;
    } else {
        p->text.used = 0;
        if (p->format == AS_CSV && p->rows == 0)
            add_csv_heads(&p->text, columns, count);
        if (p->format == AS_CSV)
            add_csv_row(&p->text, cells, count);
        else
            add_json_row(&p->text, columns, cells, count);
        output_write(&p->out, p->text.bytes, p->text.used);
    }
    p->rows++;
    p->is_out_of_memory = p->is_out_of_memory || p->text.failed;
    return !p->is_out_of_memory && !p->out.failed;
}

static void write_waiting(row_printer *p)
{
    buffer shown = {0};
    if (p->format != FOR_PEOPLE || p->rows == 0 || p->is_out_of_memory)
        return;
    people_write(&p->people, &shown, terminal_columns(), p->as_blocks);
    p->is_out_of_memory = shown.failed;
    if (!shown.failed)
        output_write(&p->out, shown.bytes, shown.used);
    buffer_free(&shown);
}

void rows_print_next(row_printer *p, bool as_blocks)
{
    write_waiting(p);
    if (p->format == FOR_PEOPLE && p->rows > 0)
        output_write(&p->out, "\n", 1);
    p->rows = 0;
    p->as_blocks = as_blocks;
}

exit_status rows_print_end(row_printer *p, const char *empty)
{
    if (p->rows == 0 && empty != NULL)
        message("0 rows: %s", empty);
    write_waiting(p);
    if (p->is_out_of_memory)
        message("out of memory: rows are missing");
    const bool ok = output_close(&p->out) && !p->is_out_of_memory;
    buffer_free(&p->text);
    people_free(&p->people);
    free(p);
    return ok ? STATUS_OK : STATUS_PARTLY;
}
