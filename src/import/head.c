/* The head line: which cell is which column, by its own names or as a map says. */
#include "import/import.h"

#include <stdio.h>

#include "base/tsv.h"

static const char *const column_names[COLUMN_FIGURES] = {"outlet",      "url",   "published", "title",  "text",    "kind",
                                                         "modality",    "phase", "actor",     "target", "place",   "relation",
                                                         "governorate", "day",   "start",     "end",    "speaker", "note"};

void column_name(char out[32], int column)
{
    static const char *const endings[] = {"", "_low", "_high"};
    if (column < COLUMN_FIGURES)
        snprintf(out, 32, "%s", column_names[column]);
    else
        snprintf(out, 32, "%s%s", marsad_figure_name((marsad_figure_of)((column - COLUMN_FIGURES) / 3)), endings[(column - COLUMN_FIGURES) % 3]);
}

/* --- telling ------------------------------------------------------------------------------------------------------------------ */

enum { REASON_BYTES = 400 };

static void tell(importer *im, const char *place, const char *reason, bool is_fault)
{
    marsad_error line; /* fail() makes one line of valid UTF-8 of it */
    fail(&line, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s: %s", place, reason);
    im->settings->tell(im->settings->context, im->row, line.message, is_fault);
}

void import_fault(importer *im, int column, const char *format, ...)
{
    char place[200], name[32] = "", reason[REASON_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    if (column >= 0)
        column_name(name, column);
    if (column < 0)
        snprintf(place, sizeof place, "%.120s:%zu", im->settings->name, im->row);
    else
        snprintf(place, sizeof place, "%.120s:%zu:%.40s", im->settings->name, im->row, im->heads[column] == NULL ? name : im->heads[column]);
    tell(im, place, reason, true);
    im->has_faults = true;
}

void import_note(importer *im, const char *format, ...)
{
    char place[200], reason[REASON_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    snprintf(place, sizeof place, "%.120s:%zu: note", im->settings->name, im->row);
    tell(im, place, reason, false);
}

/* --- names that are like each other --------------------------------------------------------------------------------------------- */

enum { NAME_BYTES = 40 };

static size_t least_of(size_t a, size_t b, size_t c)
{
    const size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Letters to put in, take out or change to make `a` of `b` (Levenshtein); NAME_BYTES where one is longer than names are. */
static size_t distance(view a, view b)
{
    size_t row[NAME_BYTES + 1];
    if (a.len >= NAME_BYTES || b.len >= NAME_BYTES)
        return NAME_BYTES;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.len; j++) {
            const size_t changed = diagonal + (a.ptr[i] != b.ptr[j]);
            diagonal = row[j + 1];
            row[j + 1] = least_of(row[j + 1] + 1, row[j] + 1, changed);
        }
    }
    return row[b.len];
}

const char *nearest_name(view word, const char *(*name)(const void *context, size_t index), const void *context, size_t count)
{
    const char *nearest = NULL;
    size_t least = word.len / 2 + 2; /* half of the letters must be right */
    for (size_t i = 0; i < count; i++) {
        const size_t apart = distance(word, view_of(name(context, i)));
        if (apart < least) {
            least = apart;
            nearest = name(context, i);
        }
    }
    return nearest;
}

/* --- the map -------------------------------------------------------------------------------------------------------------------- */

static bool read_alias(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    importer *im = context;
    if (cells[0][0] == 0 || cells[2][0] == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "empty column '%s'", cells[0][0] == 0 ? "from" : "to") == MARSAD_OK;
    if (!ARENA_GROW(&im->memory, im->aliases, im->alias_count, im->alias_room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a map") == MARSAD_OK;
    import_alias *alias = &im->aliases[im->alias_count++];
    *alias = (import_alias){arena_string(&im->memory, view_of(cells[0])), arena_string(&im->memory, view_of(cells[1])),
                            arena_string(&im->memory, view_of(cells[2]))};
    if (alias->from == NULL || alias->value == NULL || alias->to == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a map") == MARSAD_OK;
    return true;
}

marsad_status import_map_read(importer *im, marsad_error *err)
{
    static const char *const columns[] = {"from", "value", "to", NULL};
    return im->settings->map == NULL ? MARSAD_OK : tsv_read(im->settings->map, columns, read_alias, im, err);
}

/* What the map makes of `value` in column `from` (of the column itself: value ""). */
static view mapped(const importer *im, const char *from, view value, view otherwise)
{
    for (uint32_t i = 0; i < im->alias_count; i++)
        if (strcmp(im->aliases[i].from, from) == 0 && view_equal(view_of(im->aliases[i].value), value))
            return view_of(im->aliases[i].to);
    return otherwise;
}

/* --- the head line -------------------------------------------------------------------------------------------------------------- */

typedef struct {
    char text[32];
} short_name;

static const char *name_of_column(const void *context, size_t index)
{
    const short_name *names = context;
    return names[index].text;
}

static marsad_status read_head_cell(importer *im, const short_name *names, view cell, uint32_t at, marsad_error *err)
{
    const char *own = arena_string(&im->memory, view_trim(cell));
    if (own == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", im->settings->name);
    const view name = mapped(im, own, view_of(""), view_of(own));
    if (name.len == 0 || view_equal(name, view_of("-")))
        return MARSAD_OK;
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (!view_is(name, names[column].text))
            continue;
        if (im->cell_of[column] >= 0)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: two columns are '%s': '%s' and '%s'", im->settings->name, im->row,
                        names[column].text, im->heads[column], own);
        im->cell_of[column] = (int32_t)at;
        im->heads[column] = own;
        return MARSAD_OK;
    }
    const char *nearest = nearest_name(name, name_of_column, names, COLUMN_COUNT);
    import_note(im, nearest == NULL ? "column '%.*s' is not known: passed over" : "column '%.*s' is not known: passed over; is it '%s'?",
                (int)name.len, name.ptr, nearest);
    return MARSAD_OK;
}

marsad_status import_head_read(importer *im, const csv_row *head, marsad_error *err)
{
    short_name names[COLUMN_COUNT];
    im->row = head->row;
    im->head_count = head->count;
    for (int column = 0; column < COLUMN_COUNT; column++) {
        column_name(names[column].text, column);
        im->cell_of[column] = -1;
    }
    marsad_status status = MARSAD_OK;
    for (uint32_t at = 0; at < head->count && status == MARSAD_OK; at++)
        status = read_head_cell(im, names, head->cells[at], at, err);
    if (status == MARSAD_OK && im->cell_of[COLUMN_KIND] < 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: no column 'kind'; the head line names the columns", im->settings->name, im->row);
    if (status == MARSAD_OK && im->cell_of[COLUMN_OUTLET] < 0 && im->settings->outlet.len == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s:%zu: no column 'outlet', and no other word of who says it", im->settings->name,
                    im->row);
    return status;
}

view import_cell(importer *im, const csv_row *row, int column)
{
    const int32_t at = im->cell_of[column];
    if (at < 0 || (uint32_t)at >= row->count)
        return view_of("");
    const view cell = view_trim(row->cells[at]);
    return cell.len == 0 ? cell : mapped(im, im->heads[column], cell, cell);
}
