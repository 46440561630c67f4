/*
 * Sides: which party belongs to whom, and from when to when. rules/sides.tsv, one row for a party, a country and a stretch of days.
 * A side is a neutral name for those whose claims on a town agree with each other; it says nothing of command or guilt.
 * Rows of one party and country whose days overlap are refused when the table is read (side_rules_load in rules_tables.h).
 */
#ifndef MARSAD_SIDES_H
#define MARSAD_SIDES_H

#include "archive/statement.h"
#include "incident/rules.h"

typedef enum {
    SIDE_FORCE,    /* can hold a town, can be accused */
    SIDE_OBSERVER, /* watches and is not armed: outweighs a party's own word */
    SIDE_PUBLIC    /* people, media, medics: speak, hold nothing */
} side_role;

typedef struct {
    const char *party; /* identifier; holds for all below it: "syria" for "syria.government" */
    const char *side;
    const char *country; /* where the place lies; "" for all countries */
    side_role role;
    int32_t from, to; /* both included; INT32_MIN and INT32_MAX: open */
} side_row;

typedef struct {
    side_row *rows;
    uint32_t count, room;
} side_table;

const side_table *rules_sides(const rule_set *rules);

/*
 * The row of `who` for a place in `country` ("" if it is not known) on `day`: the longest identifier that holds for it, a row of the country before one of
 * all countries. With NO_DAY only a row without days will do. NULL if there is none.
 */
const side_row *side_find(const side_table *table, const char *who, const char *country, int32_t day);

/* Its side, "" where there is none. */
const char *side_of(const side_table *table, const char *who, const char *country, int32_t day);

/* The first day after `day` on which `who` may have another side; INT32_MAX if there is none. */
int32_t side_next_change(const side_table *table, const char *who, int32_t day);

/* Is `who` the party `party`, or below it? */
bool side_is_below(const char *who, const char *party);

#endif
