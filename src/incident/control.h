/*
 * Control: who holds which town, as attributed claims over two times. Valid time is the day a claim speaks of; known time is the day it became known, the
 * day of the report. A claim whose report has no day is known only when all is asked for. docs/control.md tells how claims become an answer.
 */
#ifndef MARSAD_CONTROL_H
#define MARSAD_CONTROL_H

#include "archive/statement.h"
#include "base/buffer.h"
#include "incident/rules.h"

typedef enum { CLAIM_CAPTURES, CLAIM_HOLDS, CLAIM_WITHDRAWS, CLAIM_DENIES } claim_what;

typedef struct {
    claim_what what;
    const char *holder; /* who is said to hold (or to have left, or not to hold) the town; never "unknown" */
    const statement *from;
    int32_t valid, known; /* days; NO_DAY in `known`: the report has none */
    bool
        is_dated; /* false: the statement gives no day; `valid` is the report's day, or the day before a capture by others that the same article tells */
} control_claim;

/* A stretch of days with one answer. */
typedef struct {
    const statement_place *place;
    int32_t from, to;                    /* both included; `to` is INT32_MAX while it lasts */
    const char *holder;                  /* identifier; "contested" or "unknown" */
    const char *side;                    /* its side by date (rules/sides.tsv): "government", "opposition" ...; "" where there is none */
    const char *status;                  /* how firm it is: "confirmed", "reported", "claimed"; "contested", "unknown" */
    const control_claim *const *because; /* first the claims that it rests on, then those that speak against it, each by day and record */
    uint32_t because_count, for_count;   /* all; those that it rests on */
    const char *rule;                    /* the row of rules/control.tsv that decided, with its version */
} control_span;

typedef struct {
    control_span *items; /* by place name, place id, from */
    uint32_t count, room;
} control_timeline;

/*
 * The timelines of all towns that `statements` speak of, as known on day `known` (INT32_MAX: all that is known).
 * Rejected and duplicate statements are left out. Pure; independent of the statements' order. Errors: false when memory is out.
 */
bool control_derive(control_timeline *out, const statement *const *statements, size_t count, int32_t known, const rule_set *rules, arena *memory);

/* What a span rests on and what speaks against it, as a JSON list of lines: "for: captured by syria.islamists, according to sohr (R-...)". */
void control_because(buffer *out, const control_span *span);

/* The row of `place_id` that holds on `day`; NULL if nothing was claimed until then. */
const control_span *control_at(const control_timeline *timeline, const char *place_id, int32_t day);

#endif
