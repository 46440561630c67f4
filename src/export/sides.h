/* The questions that event data sets ask of an incident: two sides, the dead, one sentence. For formats. */
#ifndef MARSAD_EXPORT_SIDES_H
#define MARSAD_EXPORT_SIDES_H

#include "export/frame.h"
#include "incident/countries.h"

/* --- two sides ------------------------------------------------------------------------------------------------------- */

/* One side as a row can hold it: the version with the most claims. */
typedef struct {
    const char *who;        /* of the lead; NULL where nobody is named */
    const party_row *party; /* its row, NULL with `who` */
    party_inter inter;      /* where the incident is: a state abroad is an external force */
    const char *names;      /* of all parties that are claimed together with the lead, parted by "; ", the lead not among them */
} side;

typedef struct {
    side a, b;
} sides;

sides sides_of(export_run *run, const incident *item);
/* Counts rival versions of who it was, and denials of parties. */
void count_lost_versions(export_run *run, const incident *item, const sides *both);

/* The country that an incident's place is in; NULL where none is told or it has no row. */
const country_row *country_of_incident(const export_run *run, const incident *item);

/* --- the dead -------------------------------------------------------------------------------------------------------- */

/*
 * Killed, by what the figures' groups (rules/victims.tsv) say of them. Groups may lie within each other (children, civilians): of civilian groups the largest is
 * taken, never their sum; what a figure without a group has more than the groups is of nobody known.
 */
typedef struct {
    int64_t civilians, fighters, unknown; /* best */
    int64_t low, best, high;              /* low <= best <= high; MARSAD_NO_VALUE: `high` is open */
    bool is_told;                         /* false: no figure of killed, all are 0 */
} dead;
dead dead_of(const export_run *run, const incident *item);

/* --- where, when, who says ------------------------------------------------------------------------------------------- */

/* The first place: the one that a row can hold. Counts the others as lost. NULL where there is none. */
const statement_place *place_of_row(export_run *run, const incident *item);
/* Its English name, else its Arabic one, else those of its district, governorate, country. */
const char *place_words(const export_run *run, const statement_place *place);

/* Why an incident has no row in tables of events that happened: planned, denied only, a period, no day; NULL where it has one. */
const char *why_no_event(const incident *item);

/* Outlets; speakers of what is not a denial. Parted by "; ". */
const char *outlets_of(export_run *run, const incident *item);
const char *asserters_of(export_run *run, const incident *item);
/* First and last day of publication; NO_DAY where no report has one. */
int32_t first_report(const incident *item);
int32_t last_report(const incident *item);

/* "According to ...: an air strike was reported in ... on ...": every fact with whose word it is, no verb of fact. */
const char *note_in_english(export_run *run, const incident *item);

/* Counts what no table with one number and two sides can carry: bounds, other figures, groups. */
void count_what_rows_lose(export_run *run, const incident *item);

#endif
