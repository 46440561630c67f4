/* Reading CSV that programs and people made: RFC 4180, with ',' ';' or a tab between cells and any line ending. */
#ifndef MARSAD_CSV_H
#define MARSAD_CSV_H

#include "base/base.h"

typedef struct {
    view text; /* UTF-8; must stay where it is */
    size_t at;
    size_t row; /* of the row read last, as spreadsheets count: from 1, the head line and empty lines too */
    char delimiter;
} csv_reader;

typedef struct {
    view *cells; /* quotes taken off; into the text, or in the arena where a quote was doubled */
    uint32_t count, room;
    view bytes; /* of the whole row, without its line ending */
    size_t row;
} csv_row;

/* The delimiter is the one that the first line has most of, outside quotes. */
void csv_begin(csv_reader *out, view text);

/*
 * The next row that is not empty; its cells live in `memory`. `*out` is zeroed before the first, and its list used again for the next.
 * Errors: MARSAD_END; MARSAD_ERR_SYSTEM (memory); MARSAD_ERR_FORMAT for a row that is none, with its first byte as offset and out->row set. It is passed over
 * to the end of the line where the fault stands (of a quote that nothing closes: of the line where it opens), and the next one can be read.
 */
marsad_status csv_next(csv_reader *reader, csv_row *out, arena *memory, marsad_error *err);

#endif
