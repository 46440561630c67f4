/* Statements on their way to being joined. Private to src/incident/. */
#ifndef MARSAD_JOIN_H
#define MARSAD_JOIN_H

#include "incident/incident.h"
#include "incident/rules_tables.h"

/* Names in the order of their bytes, each once. */
typedef struct {
    const char **names;
    uint32_t count;
} name_set;

bool names_overlap(const name_set *a, const name_set *b);
bool names_equal(const name_set *a, const name_set *b);
bool names_within(const name_set *few, const name_set *many); /* each of `few` is one of `many` */
/* The named ones of `parties`. False when memory is out; so are the next two. */
bool names_of_parties(name_set *out, const statement_party *parties, uint32_t count, arena *memory);
bool names_unite(name_set *into, const name_set *more, arena *memory);
const char *names_text(const name_set *set, arena *memory); /* parted by ','; NULL when memory is out */

/* What a statement is known by. */
typedef enum { BY_PLACE, BY_PARTIES, BY_CHAIN } joined_by;

typedef struct standing standing;

/* A statement with everything that joining asks of it. */
typedef struct {
    const statement *s;
    const family_row *row;
    joined_by by;
    const char *area;     /* incident_neighbourhood */
    const char *identity; /* statements with an equal one tell the same kind of thing of the same place or parties, whatever the day */
    const char *scene;    /* its places in one string; "" without */
    const char *part;     /* the records that people split it from; "" for nearly all */
    const statement_place **places;
    uint32_t place_count;
    name_set actors, targets, sides; /* sides: both together */
    int32_t day, end;                /* its own, else the day of its report, else NO_DAY */
    bool is_dated, is_period, is_planned;
    unsigned rank; /* how general: one of a lower rank is never joined to one of a higher */
    standing *in;
    unsigned why;
} joinee;

/* A happening that stands: its core says what it is, further statements have joined it. */
struct standing {
    joinee **core; /* by record id */
    uint32_t core_count;
    name_set actors, targets, sides; /* of the core */
    const char *signature;           /* "" unless its core was parted from others */
    uint32_t core_chains;
    joinee **members; /* the core too */
    uint32_t count, room;
};

/* Fills `out` from `s`. False when memory is out. */
bool joinee_read(joinee *out, const statement *s, const rule_set *rules, arena *memory);

/* True if what they name excludes that they mean one happening (families.tsv, "parted"). */
bool is_opposed(const joinee *j, const standing *g);

/* A list of standing happenings that grows in an arena. */
typedef struct {
    standing **items;
    uint32_t count, room;
} standing_list;

bool standings_append(standing_list *list, standing *g, arena *memory);

/*
 * Parts statements of one identity and day into happenings, appended to `out`: those whose parties exclude each other stand apart. `items` are in the order
 * of their record ids. False when memory is out.
 */
bool standings_part(standing_list *out, joinee **items, uint32_t count, arena *memory);

bool standing_add(standing *g, joinee *j, arena *memory);

/* Joins by the rules all that are handed over; sorts `items`. False when memory is out. */
bool joinees_join(standing_list *out, joinee **items, uint32_t count, arena *memory);

/*
 * Applies people's decisions before the rules: gives `part`, and in `root` for each item the one that it was merged into (NULL: none, the rules join it).
 * `items` are in the order of their record ids.
 */
bool decisions_apply(joinee **root, joinee *items, uint32_t count, const incident_decision *decisions, size_t decision_count, arena *memory);

/* For each statement the number of the first one of its chain. NULL when memory is out. */
uint32_t *statement_chain_heads(const statement *const *statements, size_t count, arena *memory);

/* Makes the incident of a happening. False when memory is out. */
bool incident_assemble(incident *out, const standing *g, const rule_set *rules, arena *memory);

/* Parts of incident_assemble(): what its statements say together. False when memory is out. */
bool incident_count_figures(incident *i, const rule_set *rules, arena *memory);
bool incident_give_grade(incident *i, const rule_set *rules, arena *memory);

#endif
