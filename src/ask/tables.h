/* The tables that SQL answers: tables.c has a row for each; list.c asks them. */
#ifndef MARSAD_TABLES_H
#define MARSAD_TABLES_H

#include "ask/list.h"

typedef struct {
    const char *name;
    show_as show;
} list_column;

/*
 * Values that a table's SQL may use: $1 first day, $2 last day, $3 set of kinds, $4 id, $5 search keys, $6 west, $7 south, $8 east, $9 north, $10 rows at most,
 * $11 least grade, $12 governorate, $13 the key of the row before (0: from the start), $14 country, $15 place, $16 state of review, $17 a party as it
 * stands in an incident's body.
 */
typedef struct {
    const char *name;
    const char *sql;       /* asked by days */
    const char *sql_id;    /* asked by an id; NULL: as by days */
    const char *sql_state; /* asked by a state of review, likewise */
    const char *sql_words; /* asked by words; NULL: this table cannot be */
    const char *sql_box;   /* asked by a box */
    const char *sql_box_postgis;
    const char *sql_after;    /* the key of the row whose id is $4, or, where rows have numbers, whose number is $5 */
    const char *sql_newest;   /* the newest first, behind $13; NULL: this table has one order */
    list_function *made_anew; /* makes the table of the statements themselves: of what may leave, as known on a day; NULL: it cannot be */
    list_column columns[LIST_COLUMNS_MAX];
} sql_list;

/* Ends with a row without a name. */
extern const sql_list sql_lists[];

#endif
