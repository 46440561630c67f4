/*
 * Import: rows that people filled in become records (docs/csv.md).
 *   head.c     which cell of a row is which column, by the head line and a map of names
 *   cells.c    cells become kinds, parties, days, figures
 *   place.c    a name or an id becomes a place of the gazetteer
 *   row.c      a row becomes a record, with a plain line that says the same
 * src/importing.c makes articles of them.
 *
 * Every fault of a row is told, not the first alone; a row with a fault gives nothing.
 */
#ifndef MARSAD_IMPORT_H
#define MARSAD_IMPORT_H

#include "base/buffer.h"
#include "base/csv.h"
#include "gazetteer/gazetteer.h"
#include "incident/parties.h"
#include "marsad_archive.h"

/* --- columns --------------------------------------------------------------------------------------------------------------- */

typedef enum {
    COLUMN_OUTLET,
    COLUMN_URL,
    COLUMN_PUBLISHED,
    COLUMN_TITLE,
    COLUMN_TEXT,
    COLUMN_KIND,
    COLUMN_MODALITY,
    COLUMN_PHASE,
    COLUMN_ACTOR,
    COLUMN_TARGET,
    COLUMN_PLACE,
    COLUMN_RELATION,
    COLUMN_GOVERNORATE,
    COLUMN_DAY,
    COLUMN_START,
    COLUMN_END,
    COLUMN_SPEAKER,
    COLUMN_NOTE,
    COLUMN_FIGURES, /* from here on three for each marsad_figure_of: "killed", "killed_low", "killed_high" */
    COLUMN_COUNT = COLUMN_FIGURES + 3 * MARSAD_FIGURE_COUNT
} import_column;

/* Its name, in `out`. */
void column_name(char out[32], int column);

/* A row of a map: a column of the file, or a value in it, and what it is here; "-": nothing. */
typedef struct {
    const char *from, *value, *to;
} import_alias;

/* --- one file --------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const marsad_import_settings *settings;
    const party_table *parties;
    arena memory;
    import_alias *aliases;
    uint32_t alias_count, alias_room;
    int32_t cell_of[COLUMN_COUNT];   /* place in a row; -1: the file has no such column */
    const char *heads[COLUMN_COUNT]; /* as the file calls them */
    uint32_t head_count;
    struct known_place *places; /* by id */
    size_t place_count;
    size_t row;      /* at work */
    bool has_faults; /* the row at work */
    bool is_out_of_memory;
} importer;

/* Tells "file:row:column: reason". `column` -1: of the row as a whole. */
void import_fault(importer *im, int column, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for what is no fault. */
void import_note(importer *im, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Reads the map of settings. Errors: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT. */
marsad_status import_map_read(importer *im, marsad_error *err);
/* Reads the head line. Errors: MARSAD_ERR_FORMAT (a column is missing or twice there). Columns that are not known are told. */
marsad_status import_head_read(importer *im, const csv_row *head, marsad_error *err);
/* The trimmed cell of a column, as the map says; empty where there is none. */
view import_cell(importer *im, const csv_row *row, int column);

/* The name of `count` that is most like `word`; NULL if none is like it at all. */
const char *nearest_name(view word, const char *(*name)(const void *context, size_t index), const void *context, size_t count);

/* --- a row ------------------------------------------------------------------------------------------------------------------- */

enum { IMPORT_ITEMS_MAX = 8 }; /* of a cell */

typedef struct {
    size_t row;
    view bytes; /* as they stand in the file */
    view outlet, url, title, note, text;
    marsad_date published;
    bool has_own_text; /* text is what the row gives; else it is `plain` */
    const char *plain; /* what the row says, as "column: words; column: words" */
    marsad_record record;
} import_row;

/* Fills `out` in im->memory. False: it has faults, told already, or memory is out. */
bool import_row_read(importer *im, const csv_row *cells, import_row *out);

/* cells.c, each for one column or a group of them; faults are told. */
typedef struct {
    importer *im;
    const csv_row *cells;
    import_row *out;
    buffer plain;
} row_work;

/* Says `words` under `label` in the plain line; where they stand in the text of the row, {0,0} if nowhere. */
span row_say(row_work *w, const char *label, view words);
/* Where `words` stand in the text that the row gives, {0,0} if nowhere. */
span row_find(const row_work *w, view words);
void read_article_cells(row_work *w);
void read_kind_cells(row_work *w);
void read_party_cells(row_work *w);
void read_day_cells(row_work *w);
void read_figure_cells(row_work *w);
void read_place_cells(row_work *w); /* place.c */

/* The items of a cell, parted by '|', trimmed. False behind the last. */
bool next_item(view *rest, view *out);
/* How many there are; one more than a record holds is told as a fault of `column`, and 0 returned. */
size_t count_items(const row_work *w, int column);

/* place.c. False when memory is out. */
bool import_places_open(importer *im);

#endif
