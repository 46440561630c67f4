/*
 * The claims on one town, and the spans that follow from them. Between control.c, which takes statements apart into towns, and the two files that do the work:
 * claim.c makes claims of statements, town.c weighs them day by day.
 */
#ifndef MARSAD_TOWN_H
#define MARSAD_TOWN_H

#include "incident/control.h"
#include "incident/rules_tables.h"

/* Whose word a claim is, seen from the holder that it names. */
typedef enum { WORD_OUTLET, WORD_OWN, WORD_OBSERVER, WORD_FORCE, WORD_PUBLIC } claim_word;

typedef enum {
    CLAIM_ACTIVE,
    CLAIM_LEFT,   /* the holder is told to have left since */
    CLAIM_LOST,   /* another holder was believed since */
    CLAIM_REFUTED /* denied by the holder himself, or by an observer where nobody but the holder claimed it */
} claim_state;

typedef struct {
    control_claim claim;
    const statement_place *place;
    const char *side;    /* of the holder on that day; "" where there is none */
    const char *speaker; /* NULL: the outlet itself, or a speaker without a name */
    const char *speaker_side;
    claim_word word;

    /* What town.c finds out day by day. */
    claim_state state;
    size_t lost_to;      /* the claim that was believed instead, when LOST */
    int32_t answer_from; /* the first day whose words can answer all claims that exclude this one; NO_DAY: there are none */
    uint32_t listed_for; /* the span that lists it already, counted from 1 */
} town_claim;

typedef struct {
    town_claim *items; /* by place, valid day, record, holder, what */
    uint32_t count, room;
} town_claims;

/* All claims that are known on `known`. False when memory is out. */
bool town_claims_collect(town_claims *out, const statement *const *statements, size_t count, int32_t known, const rule_set *rules, arena *memory);

/* Adds the spans of one town, whose claims are `claims`. False when memory is out. */
bool town_derive(control_timeline *out, town_claim *claims, size_t count, const rule_set *rules, arena *memory);

/* Does the claim say that its holder has the town? */
bool claim_is_positive(const town_claim *claim);

/* Do they speak of one side? Parties without a side agree with themselves only. */
bool claim_agrees(const town_claim *a, const town_claim *b);
bool party_agrees(const char *who, const char *side, const char *other, const char *other_side);

#endif
