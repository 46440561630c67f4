/*
 * The truce ledger. An agreement is a data file; a candidate is a statement of something that its terms forbid, with the answers to three questions: was it
 * inside the window, inside the area, by a party that is bound. A counting rule, named and versioned, says which candidates count. Several rules can be
 * applied to the same statements. Nothing here calls a candidate a violation: it is what somebody alleges.
 */
#ifndef MARSAD_TRUCE_H
#define MARSAD_TRUCE_H

#include "incident/incident.h"

typedef struct {
    const char *id; /* "T1" */
    const char *text_ar, *text_en;
    const char *const *kinds; /* names of the kinds of statement that this term forbids */
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
    uint32_t party_count, sponsor_count, excluded_count;
    const char *country;
    const char *const *areas; /* gazetteer ids of places, or names of governorates as in the gazetteer; empty: the whole country */
    uint32_t area_count;
    truce_window *windows;
    uint32_t window_count;
    truce_term *terms;
    uint32_t term_count;
    const char *version;
} truce_agreement;

/* Reads a JSON file as docs/truce.md describes it. Errors: MARSAD_ERR_FORMAT with file and key. */
marsad_status truce_agreement_read(truce_agreement *out, const char *path, arena *memory, marsad_error *err);
/* The same format, drafted from `truce` statements (proposed, agreed, in force, extended, excludes): what they tell, with the statements' ids as sources; what they
 * do not tell is null. JSON text in `memory`; NULL when memory is out. */
const char *truce_agreement_draft(const statement *const *statements, size_t count, arena *memory);

typedef enum { SCOPE_NO, SCOPE_YES, SCOPE_UNKNOWN } truce_scope;

typedef struct {
    const incident *about;
    const truce_term *term;
    const char *accused, *accuser; /* identifiers; "unknown" where nobody is named; the accuser is the speaker, or "" for the outlet's own voice */
    const statement *from;         /* the statement of this accuser */
    truce_scope in_window, in_area, is_bound; /* is_bound: NO for an excluded party */
    int32_t day;
    const char *governorate; /* "" where no place is known */
    bool counts;             /* under the rule asked for */
    const char *why;         /* the row of the rule that decided */
} truce_candidate;

typedef struct {
    truce_candidate *items; /* by day, place, incident id, accuser */
    uint32_t count, room;
} truce_ledger;

/* `rule` names a counting rule of rules/truce-rules.tsv. Errors: false when memory is out. */
bool truce_candidates(truce_ledger *out, const truce_agreement *agreement, const incident_list *incidents, const char *rule, const rule_set *rules,
                      arena *memory);

/* One cell of the daily table. */
typedef struct {
    const char *governorate;
    const char *accused_side, *accuser_side; /* rules/sides.tsv */
    uint32_t today, previous, total;         /* counted candidates of the period, of the period before, since the start */
    int64_t killed_low, killed_high;         /* of the period; MARSAD_NO_VALUE in high: open */
    bool was_seen;                           /* false: no report read speaks of this governorate on these days. Silence is not calm */
} truce_cell;

typedef struct {
    truce_cell *items;
    uint32_t count, room;
} truce_table;

/* What was read: a governorate and a day that at least one article speaks of. */
typedef struct {
    const char *country, *governorate;
    int32_t day;
} seen_day;

/* The table of the period [from, to] with the period of the same length before. Rows exist for each governorate of the agreement's area and for each that has candidates. */
bool truce_tabulate(truce_table *out, const truce_agreement *agreement, const truce_ledger *ledger, const seen_day *seen, size_t seen_count,
                    int32_t from, int32_t to, const rule_set *rules, arena *memory);

#endif
