/* Rows of a table of the archive: for people, as JSON Lines, as CSV. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

enum { COLUMNS_MAX = SHOW_CELLS_MAX, WIDTH_LEAST = 3, WIDTH_MOST = 32, GAP = 2 };

typedef enum { FOR_PEOPLE, AS_JSONL, AS_CSV } row_format;

struct row_printer {
    output out;
    row_format format;
    buffer text;    /* of the row at work; for people, all cells of all rows, each ended by a NUL */
    size_t *starts; /* of the cells shown to people */
    size_t shown, room;
    size_t columns;                 /* shown to people */
    const char *names[COLUMNS_MAX]; /* of those */
    size_t rows;
    bool is_out_of_memory;
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

/* --- for people ------------------------------------------------------------------------------------------------------------------ */

/* What programs need and people do not look at in a table. */
static bool is_for_programs(const char *column)
{
    static const char *const names[] = {"lat", "lon", "place_en", "country", "url", "hash", "record", "note", "place_id", "before"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], column) == 0)
            return true;
    return false;
}

static void add_line(buffer *out, size_t *lines)
{
    if ((*lines)++ > 0)
        buffer_text(out, "\n");
}

static void add_party(buffer *out, const json_t *party)
{
    buffer_text(out, json_string_value(json_object_get(party, "who")));
    if (json_integer_value(json_object_get(party, "denials")) > 0)
        buffer_text(out, " (denied)");
}

/* "killed 3-7", "strikes 90+" */
static void add_figure(buffer *out, const json_t *figure)
{
    const char *group = json_string_value(json_object_get(figure, "group"));
    const json_t *low = json_object_get(figure, "low"), *high = json_object_get(figure, "high");
    buffer_format(out, "%s%s%s %lld", json_string_value(json_object_get(figure, "of")), group == NULL || group[0] == 0 ? "" : " ",
                  group == NULL ? "" : group, (long long)json_integer_value(low));
    if (!json_is_integer(high))
        buffer_text(out, "+");
    else if (json_integer_value(high) != json_integer_value(low))
        buffer_format(out, "-%lld", (long long)json_integer_value(high));
}

/* A list of parties or figures, one a line; any other JSON as it is. */
static void add_json_for_people(buffer *out, marsad_view text)
{
    json_t *value = json_loadb(text.ptr, text.len, 0, NULL);
    size_t lines = 0, i;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        add_line(out, &lines);
        if (json_object_get(item, "who") != NULL)
            add_party(out, item);
        else if (json_object_get(item, "of") != NULL)
            add_figure(out, item);
        else if (json_is_string(item))
            buffer_text(out, json_string_value(item));
    }
    if (!json_is_array(value))
        buffer_add(out, text.ptr, text.len);
    json_decref(value);
}

static void add_cell(row_printer *p, const marsad_cell *cell)
{
    if (p->shown == p->room) {
        const size_t room = p->room == 0 ? 256 : 2 * p->room;
        size_t *starts = realloc(p->starts, room * sizeof *starts);
        if (starts == NULL) {
            p->is_out_of_memory = true;
            return;
        }
        p->starts = starts;
        p->room = room;
    }
    p->starts[p->shown++] = p->text.used;
    if (cell->type == MARSAD_CELL_TEXT)
        show_words(&p->text, cell->text);
    else if (cell->type == MARSAD_CELL_JSON)
        add_json_for_people(&p->text, cell->text);
    else if (cell->type != MARSAD_CELL_NULL)
        add_json_cell(&p->text, cell);
    buffer_add(&p->text, "", 1);
}

static void add_row_for_people(row_printer *p, const char *const *columns, const marsad_cell *cells, size_t count)
{
    p->columns = 0;
    for (size_t c = 0; c < count && p->columns < COLUMNS_MAX; c++) {
        if (is_for_programs(columns[c]))
            continue;
        p->names[p->columns++] = columns[c];
        add_cell(p, &cells[c]);
    }
}

/* The widest column gives way until all fit beside each other. */
static void fit(size_t *widths, size_t count, size_t room)
{
    for (;;) {
        size_t sum = 0, widest = 0;
        for (size_t c = 0; c < count; c++) {
            sum += widths[c] + GAP;
            if (widths[c] > widths[widest])
                widest = c;
        }
        if (sum <= room + GAP || widths[widest] <= WIDTH_LEAST)
            return;
        widths[widest]--;
    }
}

static void write_table(row_printer *p)
{
    size_t widths[COLUMNS_MAX] = {0};
    for (size_t c = 0; c < p->columns; c++)
        widths[c] = shown_width(p->names[c]);
    for (size_t i = 0; i < p->shown; i++) {
        const size_t width = shown_width(p->text.bytes + p->starts[i]), c = i % p->columns;
        if (width > widths[c])
            widths[c] = width < WIDTH_MOST ? width : WIDTH_MOST;
    }
    fit(widths, p->columns, terminal_columns());

    buffer shown = {0};
    show_row(&shown, p->names, widths, p->columns);
    for (size_t i = 0; i + p->columns <= p->shown; i += p->columns) {
        const char *cells[COLUMNS_MAX];
        for (size_t c = 0; c < p->columns; c++)
            cells[c] = p->text.bytes + p->starts[i + c];
        show_row(&shown, cells, widths, p->columns);
    }
    p->is_out_of_memory = p->is_out_of_memory || shown.failed;
    if (!shown.failed)
        output_write(&p->out, shown.bytes, shown.used);
    buffer_free(&shown);
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
        add_row_for_people(p, columns, cells, count);
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

exit_status rows_print_end(row_printer *p, const char *empty)
{
    if (p->rows == 0)
        message("0 rows: %s", empty);
    else if (p->format == FOR_PEOPLE && !p->is_out_of_memory)
        write_table(p);
    if (p->is_out_of_memory)
        message("out of memory: rows are missing");
    const bool ok = output_close(&p->out) && !p->is_out_of_memory;
    buffer_free(&p->text);
    free(p->starts);
    free(p);
    return ok ? STATUS_OK : STATUS_PARTLY;
}
