/* An incident in ACLED's event layout: the columns that acled, hxl and hapi share. The layout is ACLED's; ids, rows and words are Marsad's. */
#ifndef MARSAD_LAYOUT_H
#define MARSAD_LAYOUT_H

#include "export/sides.h"

typedef struct {
    const char *disorder, *event, *sub_event;
} layout_event;

typedef struct {
    layout_event event;
    sides both;
    dead killed;
    const statement_place *place;
    const country_row *country; /* NULL: its country has no row */
    bool is_against_civilians;
} layout_row;

/* False where the incident has no row: it is counted as dropped, with the reason. */
bool layout_row_of(export_run *run, layout_row *out, const incident *item);

/* 1 the day, 2 a week, 3 a longer time, or the day of the report only. */
int layout_time_precision(const incident *item);
/* 1 the town, 2 near it or its district, 3 wider. */
int layout_geo_precision(const statement_place *place);

/* "Syria", or the code of a country without a row. */
const char *layout_country_name(const layout_row *row);

#endif
