/*
 * Tallies: what adds up. Counted from incidents, so that a happening told ten times counts once; a period ("more than 90 strikes since yesterday") is a
 * bound over its window and is never added to the incidents of its days.
 */
#ifndef MARSAD_TALLY_H
#define MARSAD_TALLY_H

#include "incident/incident.h"

typedef enum {
    TALLY_BY_DAY = 1,
    TALLY_BY_PLACE = 2,
    TALLY_BY_AREA = 4,
    TALLY_BY_PARTY = 8,
    TALLY_BY_ACCUSER = 16,
    TALLY_BY_KIND = 32,
    TALLY_BY_GROUP = 64
} tally_by;

/* One row: the keys that were not asked for are NO_DAY or "". */
typedef struct {
    int32_t day;
    const char *place, *place_name, *area, *party, *accuser, *kind, *group;
    marsad_figure_of of; /* killed, wounded, strikes, munitions ... */
    uint32_t incidents;  /* that the figures were added from */
    int64_t low, best, high;
    int64_t window_low; /* the largest lower bound of a period over these days and places; 0 if there is none. The total is at least this */
    const statement *window_from;
} tally_row;

typedef struct {
    tally_row *items; /* by keys */
    uint32_t count, room;
} tally_table;

/* Errors: false when memory is out. */
bool tally_incidents(tally_table *out, const incident_list *incidents, unsigned by, arena *memory);

#endif
