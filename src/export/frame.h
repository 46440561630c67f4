/*
 * What formats are written with: cells of tables (RFC 4180 or tab-separated), JSON, names of parties, and the questions that several formats ask of an incident.
 * All of it goes through the run, which remembers when a write was refused or memory was out: a format writes on, and returns export_ok().
 */
#ifndef MARSAD_EXPORT_FRAME_H
#define MARSAD_EXPORT_FRAME_H

#include "export/export.h"

typedef enum {
    CELLS_CSV, /* RFC 4180 with LF; text that a spreadsheet would take for a formula gets an apostrophe in front */
    CELLS_TSV  /* no quotes: tabs and line ends in text become blanks */
} cells_style;

struct export_run {
    const export_options *options;
    const public_view *view;
    loss_report *report;
    arena *memory; /* for what lives as long as the export */
    json_out json; /* of formats that are JSON */
    cells_style style;
    bool is_row_begun;
    char buffer[4096]; /* of cells */
    size_t used;
    bool is_refused; /* a write was */
    bool is_out_of_memory;
};

bool export_ok(export_run *run);

/* --- cells ----------------------------------------------------------------------------------------------------------- */

void cell_text(export_run *run, const char *text);
void cell_integer(export_run *run, int64_t value); /* MARSAD_NO_VALUE: an empty cell */
void cell_real(export_run *run, double value, int decimals);
void cell_day(export_run *run, int32_t day); /* yyyy-mm-dd; NO_DAY: an empty cell */
/* Five decimals; an empty cell without a place (NULL is allowed) or a point. */
void cell_degrees(export_run *run, const statement_place *place, bool is_latitude);
void cells_end(export_run *run); /* of the row */
void cells_header(export_run *run, const char *const *names, size_t count);
bool cells_flush(export_run *run); /* hands over what is buffered; the frame calls it last */

/* --- text made on the way -------------------------------------------------------------------------------------------- */

/* Grows in an arena; "" before anything is put. Zero it and set `run`. */
typedef struct {
    export_run *run;
    char *ptr;
    size_t used, room;
} export_text;

void text_put(export_text *text, const char *more);
/* Puts `separator` first unless the text is empty; puts nothing if `more` is empty or stands there already, as a whole part. */
void text_part(export_text *text, const char *separator, const char *more);
void text_integer(export_text *text, int64_t value);
void text_real(export_text *text, double value, int decimals);
const char *text_done(const export_text *text); /* never NULL */

/* A number with a decimal point, whatever the locale; `decimals` up to 9. "" for what is no number or beyond 1e9. */
const char *real_text(char out[40], double value, int decimals);
/* yyyy-mm-dd in `out`; "" for NO_DAY */
const char *day_text(char out[16], int32_t day);

/* --- questions asked of an incident ---------------------------------------------------------------------------------- */

const safety_note *export_note(const export_run *run, const incident *item);
/* The English (or Arabic) name of a party; its identifier if it has no row. */
const char *party_name(const export_run *run, const char *who);
const char *party_name_ar(const export_run *run, const char *who);

#endif
