/* Rows of a table for people. */
#include "cli/people.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_MOST = 20, WIDTH_MOST = 60, GAP = 2 };

/* --- columns ----------------------------------------------------------------------------------------------------------------- */

/* What is not shown as it is. */
typedef struct {
    const char *name;
    const char *below; /* the column in whose cell it stands, on a line of its own */
    const char *title;
    const char *label; /* before the value */
    size_t least;      /* columns of the terminal that it should have */
    bool is_hidden;    /* what programs need and people do not look at in a table */
} column_style;

static const column_style styles[] = {
    {.name = "lat", .is_hidden = true},
    {.name = "lon", .is_hidden = true},
    {.name = "place_en", .is_hidden = true},
    {.name = "country", .is_hidden = true},
    {.name = "url", .is_hidden = true},
    {.name = "hash", .is_hidden = true},
    {.name = "record", .is_hidden = true},
    {.name = "note", .is_hidden = true},
    {.name = "place_id", .is_hidden = true},
    {.name = "before", .is_hidden = true},
    {.name = "statements", .is_hidden = true},
    {.name = "before", .is_hidden = true},
    {.name = "low_from", .is_hidden = true},
    {.name = "best_from", .is_hidden = true},
    {.name = "high_from", .is_hidden = true},
    {.name = "at_least_from", .is_hidden = true},
    {.name = "first_day", .title = "day"},
    {.name = "last_day", .below = "first_day"},
    {.name = "admin1", .below = "place"},
    {.name = "governorate", .below = "place"},
    {.name = "articles", .title = "told in", .label = "articles", .least = 11},
    {.name = "chains", .below = "articles", .label = "chains"},
    {.name = "figures", .least = 18},
    {.name = "grade", .below = "incident"},
    {.name = "flags", .below = "grade"},
    {.name = "figure", .below = "says"},
    {.name = "disputed", .below = "says"},
    {.name = "in_window", .title = "in scope", .label = "window", .least = 16},
    {.name = "in_area", .below = "in_window", .label = "area"},
    {.name = "is_bound", .below = "in_window", .label = "accused"},
    {.name = "is_covered", .below = "in_window", .label = "target"},
    {.name = "term", .below = "kind"},
    {.name = "why", .below = "counts"},
    {.name = "side", .below = "holder"},
    {.name = "killed_low", .title = "killed"},
    {.name = "killed_high", .below = "killed_low"},
    {.name = "unmarked", .below = "breaches", .label = "unmarked"},
    {.name = "marked_by", .below = "mark"},
    {.name = "mark_reason", .below = "mark"},
};

static const column_style *style_of(const char *column)
{
    static const column_style plain = {0};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (strcmp(styles[i].name, column) == 0)
            return &styles[i];
    return &plain;
}

static bool has_column(const char *const *columns, size_t count, const char *name)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c], name) == 0)
            return true;
    return false;
}

/* A column stands by itself, unless it is hidden or the column that it stands below is there. */
static bool has_own_cell(const char *const *columns, size_t count, size_t column)
{
    const column_style *style = style_of(columns[column]);
    return !style->is_hidden && (style->below == NULL || !has_column(columns, count, style->below));
}

/* --- cells --------------------------------------------------------------------------------------------------------------------- */

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

/* "killed 7 (3–99)", "strikes 91 or more", "wounded children 4", and "wounded, no number" of words such as «عدد من» */
static void add_figure(buffer *out, const json_t *figure)
{
    const char *group = json_string_value(json_object_get(figure, "group"));
    const json_t *high = json_object_get(figure, "high");
    const long long low = json_integer_value(json_object_get(figure, "low")), best = json_integer_value(json_object_get(figure, "best"));
    buffer_format(out, "%s%s%s", json_string_value(json_object_get(figure, "of")), group == NULL || group[0] == 0 ? "" : " ",
                  group == NULL ? "" : group);
    if (json_is_integer(high)) {
        buffer_format(out, " %lld", best);
        if (json_integer_value(high) != low)
            buffer_format(out, " (%lld–%lld)", low, (long long)json_integer_value(high));
    } else if (best == 0) {
        buffer_text(out, ", no number");
    } else if (low == best) {
        buffer_format(out, " %lld or more", best);
    } else {
        buffer_format(out, " %lld (%lld or more)", best, low);
    }
}

/* A list of parties, figures or words, one a line; any other JSON as it is. */
static void add_json(buffer *out, marsad_view text)
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
            show_words(out, (marsad_view){json_string_value(item), json_string_length(item)});
    }
    if (!json_is_array(value))
        buffer_add(out, text.ptr, text.len);
    json_decref(value);
}

static bool is_empty(const marsad_cell *cell)
{
    const bool is_list = cell->type == MARSAD_CELL_JSON && cell->text.len == 2;
    return cell->type == MARSAD_CELL_NULL || is_list || ((cell->type == MARSAD_CELL_TEXT || cell->type == MARSAD_CELL_JSON) && cell->text.len == 0);
}

static void add_value(buffer *out, const char *column, const marsad_cell *cell)
{
    const column_style *style = style_of(column);
    if (style->label != NULL)
        buffer_format(out, "%s ", style->label);
    switch (cell->type) {
    case MARSAD_CELL_NULL:
        break;
    case MARSAD_CELL_INTEGER:
        buffer_format(out, "%lld", (long long)cell->integer);
        break;
    case MARSAD_CELL_REAL:
        buffer_format(out, "%.10g", cell->real);
        break;
    case MARSAD_CELL_TEXT:
        show_words(out, cell->text);
        break;
    case MARSAD_CELL_JSON:
        add_json(out, cell->text);
        break;
    }
}

static bool is_same(const marsad_cell *a, const marsad_cell *b)
{
    return a->type == MARSAD_CELL_TEXT && b->type == MARSAD_CELL_TEXT && a->text.len == b->text.len &&
           memcmp(a->text.ptr, b->text.ptr, a->text.len) == 0;
}

/* Whether column `c` stands in the cell of `column`, and says something else. */
static bool stands_below(const char *const *columns, const marsad_cell *cells, size_t c, size_t column)
{
    const column_style *style = style_of(columns[c]);
    return style->below != NULL && strcmp(style->below, columns[column]) == 0 && (style->label != NULL || !is_same(&cells[c], &cells[column]));
}

/* The column's own value, then, each on a line, those of the columns below it. */
static void add_cell(buffer *out, const char *const *columns, const marsad_cell *cells, size_t count, size_t column)
{
    size_t lines = 0;
    if (!is_empty(&cells[column])) {
        add_line(out, &lines);
        add_value(out, columns[column], &cells[column]);
    }
    for (size_t c = 0; c < count; c++) {
        if (is_empty(&cells[c]) || !stands_below(columns, cells, c, column))
            continue;
        add_line(out, &lines);
        add_value(out, columns[c], &cells[c]);
    }
    buffer_add(out, "", 1);
}

void people_add(people_rows *rows, const char *const *columns, const marsad_cell *cells, size_t count)
{
    rows->columns = 0;
    for (size_t c = 0; c < count && rows->columns < SHOW_CELLS_MAX; c++) {
        if (!has_own_cell(columns, count, c))
            continue;
        if (rows->shown == rows->room) {
            const size_t room = rows->room == 0 ? 256 : 2 * rows->room;
            size_t *starts = realloc(rows->starts, room * sizeof *starts);
            if (starts == NULL) {
                rows->failed = true;
                return;
            }
            rows->starts = starts;
            rows->room = room;
        }
        const char *title = style_of(columns[c])->title;
        rows->leasts[rows->columns] = style_of(columns[c])->least;
        rows->is_labelled[rows->columns] = style_of(columns[c])->label != NULL;
        rows->titles[rows->columns++] = title != NULL ? title : columns[c];
        rows->starts[rows->shown++] = rows->text.used;
        add_cell(&rows->text, columns, cells, count, c);
    }
    rows->failed = rows->failed || rows->text.failed;
}

/* --- a table --------------------------------------------------------------------------------------------------------------------- */

static const char *cell_at(const people_rows *rows, size_t row, size_t column)
{
    return rows->text.bytes + rows->starts[row * rows->columns + column];
}

/* The widest word of a cell: a column that is narrower cuts it. Names are cut behind a point, a line or a stroke without harm. */
static size_t widest_word(const char *cell)
{
    char word[4 * LEAST_MOST + 1];
    size_t most = 0;
    for (const char *at = cell; *at != 0;) {
        size_t len = strcspn(at, " \n._/");
        const size_t whole = at[len] != 0 && strchr("._/", at[len]) != NULL ? len + 1 : len;
        len = whole < sizeof word ? whole : sizeof word - 1;
        memcpy(word, at, len);
        word[len] = 0;
        const size_t width = shown_width(word);
        most = width > most ? width : most;
        at += whole + (at[whole] == ' ' || at[whole] == '\n');
    }
    return most < LEAST_MOST ? most : LEAST_MOST;
}

/* Columns that have something in them, and their widths: `usual` reads well, below `least` words are cut. */
typedef struct {
    size_t column[SHOW_CELLS_MAX], width[SHOW_CELLS_MAX], usual[SHOW_CELLS_MAX], least[SHOW_CELLS_MAX];
    size_t count;
} table_shape;

static void measure(table_shape *shape, const people_rows *rows, size_t row_count)
{
    shape->count = 0;
    for (size_t c = 0; c < rows->columns; c++) {
        size_t width = 0, least = shown_width(rows->titles[c]);
        for (size_t r = 0; r < row_count; r++) {
            const char *cell = cell_at(rows, r, c);
            const size_t whole = shown_width(cell), word = widest_word(cell);
            width = whole > width ? whole : width;
            least = word > least ? word : least;
        }
        if (width == 0)
            continue; /* nothing is said of it */
        width = width < WIDTH_MOST ? width : WIDTH_MOST;
        shape->column[shape->count] = c;
        least = rows->is_labelled[c] && least < rows->leasts[c] ? rows->leasts[c] : least;
        width = width > least ? width : least;
        const size_t usual = rows->leasts[c] < width ? rows->leasts[c] : width;
        shape->least[shape->count] = least;
        shape->usual[shape->count] = usual > least ? usual : least;
        shape->width[shape->count++] = width;
    }
}

/* The column with most to spare above its `least` gives way until all fit beside each other; false: they cannot. */
static bool fit(table_shape *shape, const size_t *least, size_t room)
{
    for (;;) {
        size_t sum = 0, widest = 0;
        for (size_t c = 0; c < shape->count; c++) {
            sum += shape->width[c] + GAP;
            if (shape->width[c] - least[c] > shape->width[widest] - least[widest])
                widest = c;
        }
        if (sum <= room + GAP)
            return true;
        if (shape->width[widest] == least[widest])
            return false;
        shape->width[widest]--;
    }
}

static void write_table(const people_rows *rows, const table_shape *shape, size_t row_count, buffer *out)
{
    char strokes[WIDTH_MOST + 1] = {0};
    const char *cells[SHOW_CELLS_MAX] = {0};
    memset(strokes, '-', WIDTH_MOST);
    for (size_t c = 0; c < shape->count; c++)
        cells[c] = rows->titles[shape->column[c]];
    show_row(out, cells, shape->width, shape->count);
    for (size_t c = 0; c < shape->count; c++)
        cells[c] = &strokes[WIDTH_MOST - shape->width[c]];
    show_row(out, cells, shape->width, shape->count);
    for (size_t r = 0; r < row_count; r++) {
        for (size_t c = 0; c < shape->count; c++)
            cells[c] = cell_at(rows, r, shape->column[c]);
        show_row(out, cells, shape->width, shape->count);
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------------------------------ */

static void write_block(const people_rows *rows, size_t row, size_t title_width, size_t width, buffer *out)
{
    const size_t left = width > title_width + GAP + LEAST_MOST ? width - title_width - GAP : LEAST_MOST, widths[] = {title_width, left};
    for (size_t c = 0; c < rows->columns; c++) {
        const char *cells[] = {rows->titles[c], cell_at(rows, row, c)};
        if (cells[1][0] != 0)
            show_row(out, cells, widths, 2);
    }
}

static void write_blocks(const people_rows *rows, size_t row_count, size_t width, buffer *out)
{
    size_t title_width = 0;
    for (size_t c = 0; c < rows->columns; c++) {
        const size_t own = shown_width(rows->titles[c]);
        title_width = own > title_width ? own : title_width;
    }
    for (size_t r = 0; r < row_count; r++) {
        if (r > 0)
            buffer_text(out, "\n");
        write_block(rows, r, title_width, width, out);
    }
}

void people_write(people_rows *rows, buffer *out, size_t width, bool as_blocks)
{
    const size_t row_count = rows->columns == 0 ? 0 : rows->shown / rows->columns;
    table_shape shape;
    measure(&shape, rows, row_count);
    if (!as_blocks && (fit(&shape, shape.usual, width) || fit(&shape, shape.least, width)))
        write_table(rows, &shape, row_count, out);
    else
        write_blocks(rows, row_count, width, out);
    rows->text.used = 0;
    rows->shown = 0;
}

void people_free(people_rows *rows)
{
    buffer_free(&rows->text);
    free(rows->starts);
}
