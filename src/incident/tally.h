/*
 * Tallies: what adds up. Counted from incidents, so that a happening told ten times counts once; a period ("more than 90 strikes since yesterday") is a
 * bound over its window and is never added to the incidents of its days.
 *
 * What is counted  incidents that somebody asserts: neither planned nor discounted ones. An air strike that gives no number of strikes is one strike or more.
 * Parties          an incident whose doer is disputed stands in the row of each; so rows by party, by accuser and by group do not add up to the whole.
 * Places           an incident over several places stands once, under all of them together ("SY-3,SY-4"); its area is "" if they are of several.
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

/*
 * One row: the keys that were not asked for are NO_DAY or "". By party and accuser, "" is "nobody named" and the outlet's own voice; by group, "" is the whole.
 * By day, a period stands in a row of its own with NO_DAY, for it is of no single day. A row that only a period is known of has no incidents.
 */
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

/*
 * The same with incidents that come piece by piece and need not be kept: begin, add all, end. Of `window_from` the id alone is good then.
 * The table and its strings live in `memory`. Memory of the sum itself is freed by tally_end(), which must follow in any case.
 */
typedef struct {
    tally_table table;
    unsigned by;
    bool keeps_strings; /* false: incidents outlive the table */
    arena *memory, scratch;
    uint32_t *slots, slot_count; /* rows by a hash of their keys: number + 1; 0: empty */
} tally_sum;

void tally_begin(tally_sum *sum, unsigned by, arena *memory);
bool tally_add(tally_sum *sum, const incident *incidents, uint32_t count);
void tally_end(tally_sum *sum, tally_table *out);

#endif
