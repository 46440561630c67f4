/* Spans of one town's timeline, put together from the answers of its days. */
#ifndef MARSAD_TOWN_SPAN_H
#define MARSAD_TOWN_SPAN_H

#include "incident/town.h"

typedef struct {
    const control_claim **items;
    uint32_t count, room;
} claim_list;

/* Zero it, set the first line, answer day by day, close at the end. */
typedef struct {
    control_timeline *out;
    const side_table *sides;
    arena *memory;
    town_claim *claims; /* of the town */
    size_t claim_count; /* told until the day at work */

    control_span open; /* the span at work; rule NULL: there is none */
    uint32_t number;   /* of the span at work, from 1 */
    claim_list rests_on, against;
} town_spans;

/* From `day` on, `rule` decides: for `holder`'s side, or for nobody (NULL). A change of answer or rule begins a new span. False when memory is out. */
bool town_span_answer(town_spans *spans, int32_t day, const control_rule *rule, const town_claim *holder);

/* The answer rests on `claim`, or the claim speaks against it; once each. False when memory is out. */
bool town_span_list(town_spans *spans, town_claim *claim, bool rests_on);

/* Adds the span at work, until `to`, to the timeline: in parts where the holder changes sides. False when memory is out. */
bool town_span_close(town_spans *spans, int32_t to);

#endif
