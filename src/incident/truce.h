/*
 * The truce ledger. An agreement is a data file; a candidate is a statement of something that its terms forbid, with the answers to four questions: was it
 * inside the window, inside the area, by a party that is bound, against somebody whom the terms cover. A counting rule, named and versioned, says which
 * candidates count. Several rules can be applied to the same statements. Nothing here calls a candidate a violation: it is what somebody alleges.
 * docs/truce.md tells the format of agreements, the rules, and how both are used.
 */
#ifndef MARSAD_TRUCE_H
#define MARSAD_TRUCE_H

#include "incident/incident.h"

typedef struct {
    const char *id; /* "T1" */
    const char *text_ar, *text_en;
    const char *const *kinds; /* names of the kinds of statement that this term forbids; none: nothing that is read from news can tell of it */
    uint32_t kind_count;
} truce_term;

typedef struct {
    int32_t from, to; /* both included; INT32_MAX: open */
    const char *what; /* "start", "extension" ... */
    const char *source;
} truce_window;

typedef struct {
    const char *id; /* "calm-aleppo-2016-05" */
    const char *name_ar, *name_en;
    const char *const *parties, *const *sponsors, *const *excluded; /* identifiers; a party holds for all below it: "syria" for "syria.government" */
    const char *const *disputed;                                    /* whether they are bound is disputed, or follows from their own word only */
    uint32_t party_count, sponsor_count, excluded_count, disputed_count;
    const char *country;
    const char *const *areas;        /* gazetteer ids of places, or names of governorates as in the gazetteer; empty: the whole country */
    const char *const *governorates; /* that the daily table has rows for, whether anything is told of them or not */
    uint32_t area_count, governorate_count;
    truce_window *windows;
    uint32_t window_count;
    truce_term *terms;
    uint32_t term_count;
    const char *const *sources; /* documents that the facts are from */
    uint32_t source_count;
    const char *version;
} truce_agreement;

/* Reads a JSON file as docs/truce.md describes it. `out` is written on MARSAD_OK. Errors: MARSAD_ERR_SYSTEM; MARSAD_ERR_FORMAT with file and key. */
marsad_status truce_agreement_read(truce_agreement *out, const char *path, arena *memory, marsad_error *err);
/* The same format, drafted from `truce` statements (proposed, agreed, in force, extended, excludes): what they tell, with the statements' ids as sources; what they
 * do not tell is null. JSON text in `memory`; NULL when memory is out. */
const char *truce_agreement_draft(const statement *const *statements, size_t count, arena *memory);

typedef enum { SCOPE_NO, SCOPE_YES, SCOPE_UNKNOWN } truce_scope;

typedef struct {
    const incident *about;
    const truce_term *term;        /* the first of the agreement that forbids it */
    const char *accused, *accuser; /* identifiers; "unknown" where nobody is named; the accuser is the speaker, or "" for the outlet's own voice */
    const statement *from;         /* of this accuser, naming this accused: asserted before possible, then the first by day and record */
    truce_scope in_window, in_area;
    truce_scope is_bound;    /* NO for an excluded party, and for one that the agreement does not name */
    truce_scope is_covered;  /* NO where all that it was done to are excluded parties */
    int32_t day;             /* the first day of the incident, or of its reports; NO_DAY where there is neither */
    const char *governorate; /* "" where no place is known */
    bool counts;             /* under the rule asked for */
    const char *why; /* "strict-fire-v1/fire": the row that it counts by; "strict-fire-v1/fire: area": the condition of the row that it failed */
    const char *mark, *marked_by, *mark_reason; /* what a person holds it for: put in by who keeps marks; NULL where nobody said so */
} truce_candidate;

typedef struct {
    truce_candidate *items; /* by day, place, incident id, accuser, accused */
    uint32_t count, room;
} truce_ledger;

/* The name of the n-th counting rule of rules/truce-rules.tsv, from 0; NULL behind the last. */
const char *truce_rule_name(const rule_set *rules, uint32_t n);

/*
 * One candidate for each incident, accuser and accused. Fighting between sides (kind clash) has both of them as accused: a clash does not tell who began.
 * `rule` names a counting rule; of a name that is none nothing counts. Errors: false when memory is out.
 */
bool truce_candidates(truce_ledger *out, const truce_agreement *agreement, const incident_list *incidents, const char *rule, const rule_set *rules,
                      arena *memory);

/* One cell of the daily table. */
typedef struct {
    const char *governorate;
    const char
        *accused_side; /* rules/sides.tsv; the party itself where it has no side; "unknown"; "" in the one row of a governorate without candidates */
    const char *accuser_side;        /* the same; "" for the outlets' own voice */
    uint32_t today, previous, total; /* incidents with a counted candidate: of the period, of the period before, until the period's end */
    int64_t killed_low, killed_high; /* of the period, as told for the whole incident; MARSAD_NO_VALUE in high: open */
    uint32_t unseen_days;            /* of the period: days on which no report read speaks of this governorate */
    bool was_seen;                   /* false: that is so on all days of the period. Silence is not calm */
    uint32_t breaches;               /* what people confirmed: incidents of the period with a candidate that is marked as a breach, counted or not */
    uint32_t unmarked;               /* of `today`, those of which no counted candidate of this cell is marked */
} truce_cell;

typedef struct {
    truce_cell *items; /* by governorate, accused side, accuser side */
    uint32_t count, room;
} truce_table;

/* What was read: a governorate and a day that at least one article speaks of. */
typedef struct {
    const char *country, *governorate;
    int32_t day;
} seen_day;

/* The cell of these keys, and a row of a governorate that has none: added where they are not there. NULL and false when memory is out. */
truce_cell *truce_cell_of(truce_table *table, const char *governorate, const char *accused_side, const char *accuser_side, arena *memory);
bool truce_add_row(truce_table *table, const char *governorate, arena *memory);
/* Ends a table whose cells are counted: a row for each governorate of the agreement, in order, with what was seen. False when memory is out. */
bool truce_complete(truce_table *table, const truce_agreement *agreement, const seen_day *seen, size_t seen_count, int32_t from, int32_t to,
                    arena *memory);

/* The table of the period [from, to] with the period of the same length before. Rows exist for each governorate of the agreement's area and for each that has candidates. */
bool truce_tabulate(truce_table *out, const truce_agreement *agreement, const truce_ledger *ledger, const seen_day *seen, size_t seen_count,
                    int32_t from, int32_t to, const rule_set *rules, arena *memory);

#endif
