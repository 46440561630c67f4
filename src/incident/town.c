/*
 * One town, day by day: on each day for which something is told, who leaves, who stands against whom, who is the latest claimant, and which row of
 * rules/control.tsv holds for that claimant. docs/control.md tells the same in words.
 */
#include "incident/town.h"

#include "incident/incident.h"
#include "incident/town_span.h"

enum { CLAIMANTS_MAX = 8 }; /* sides that claim one town on one day; more of them make it no more contested */

typedef struct {
    const control_rules *rules;
    town_claim *claims;
    size_t count; /* told until the day at work */
    int32_t day;
    arena scratch; /* emptied after each question */
} town;

static bool is_active(const town_claim *claim)
{
    return claim_is_positive(claim) && claim->state == CLAIM_ACTIVE;
}

static bool is_near(const town_claim *a, const town_claim *b, unsigned days)
{
    const int64_t apart = (int64_t)a->claim.valid - b->claim.valid;
    return apart <= (int64_t)days && -apart <= (int64_t)days;
}

/* --- what stands against what ------------------------------------------------------------------------------------------ */

/* Of two claims on the town, can both not be true? `a` is not later than `b`. That somebody held the town, or left it, before it was taken speaks against nobody. */
static bool excludes(const town_claim *a, const town_claim *b)
{
    const bool is_before = a->claim.valid < b->claim.valid;
    if (claim_is_positive(a) && claim_is_positive(b))
        return !claim_agrees(a, b) && !(is_before && a->claim.what == CLAIM_HOLDS && b->claim.what == CLAIM_CAPTURES);
    if (claim_is_positive(a) == claim_is_positive(b) || !claim_agrees(a, b))
        return false;
    return !(is_before && a->claim.what == CLAIM_WITHDRAWS);
}

static bool can_oppose(const town_claim *claim)
{
    return is_active(claim) || !claim_is_positive(claim);
}

/* Is it no more than what a party says for itself: that it holds the town, or that its enemy does not? */
static bool is_partisan(const town_claim *claim)
{
    return claim->word == (claim_is_positive(claim) ? WORD_OWN : WORD_FORCE);
}

/* What a party says for itself can be answered by others on the same day; any other word only by a later one. */
static void be_opposed(town_claim *claim, const town_claim *by)
{
    const int32_t answer_from = by->claim.valid + (is_partisan(by) ? 0 : 1);
    if (claim->answer_from < answer_from)
        claim->answer_from = answer_from;
}

/* Marks what claims[begin..count) and the claims before them do to each other. */
static void oppose(town *t, size_t begin)
{
    for (size_t i = begin; i < t->count; i++) {
        town_claim *later = &t->claims[i];
        for (size_t k = i; can_oppose(later) && k > 0 && is_near(&t->claims[k - 1], later, t->rules->contested->days); k--) {
            town_claim *earlier = &t->claims[k - 1];
            if (!can_oppose(earlier) || !(excludes(earlier, later) || (earlier->claim.valid == later->claim.valid && excludes(later, earlier))))
                continue;
            be_opposed(later, earlier);
            be_opposed(earlier, later);
        }
    }
}

/* After claims were taken out or came back. */
static void oppose_anew(town *t)
{
    for (size_t i = 0; i < t->count; i++)
        t->claims[i].answer_from = NO_DAY;
    oppose(t, 0);
}

/* --- who left ---------------------------------------------------------------------------------------------------------- */

/* Is a departure believed? What another force says of its enemy is a denial, no more; so is what stands against the holder's or an observer's word of that day. */
static bool is_departure(const town *t, const town_claim *claim)
{
    if (claim->claim.what != CLAIM_WITHDRAWS || claim->word == WORD_FORCE)
        return false;
    for (size_t i = t->count; claim->word != WORD_OWN && claim->word != WORD_OBSERVER && i > 0 && t->claims[i - 1].claim.valid >= claim->claim.valid;
         i--) {
        const town_claim *other = &t->claims[i - 1];
        const bool has_weight = other->word == WORD_OWN || other->word == WORD_OBSERVER;
        if (has_weight && claim_is_positive(other) && other->claim.valid == claim->claim.valid && claim_agrees(other, claim))
            return false;
    }
    return true;
}

static void leave(town *t, size_t begin)
{
    bool is_changed = false;
    for (size_t d = begin; d < t->count; d++) {
        if (!is_departure(t, &t->claims[d]))
            continue;
        for (size_t i = 0; i < t->count; i++) {
            if (is_active(&t->claims[i]) && claim_agrees(&t->claims[i], &t->claims[d])) {
                t->claims[i].state = CLAIM_LEFT;
                is_changed = true;
            }
        }
    }
    if (is_changed)
        oppose_anew(t);
}

/* --- the latest claimants ---------------------------------------------------------------------------------------------- */

/* One claim for each side that was the latest to claim the town; returns how many. */
static size_t claimants(const town *t, size_t *out)
{
    size_t count = 0;
    int32_t day = NO_DAY;
    for (size_t i = t->count; i > 0 && (count == 0 || t->claims[i - 1].claim.valid == day); i--) {
        const town_claim *claim = &t->claims[i - 1];
        bool is_new = is_active(claim);
        for (size_t k = 0; is_new && k < count; k++)
            is_new = !claim_agrees(claim, &t->claims[out[k]]);
        if (!is_new || count == CLAIMANTS_MAX)
            continue;
        day = claim->claim.valid;
        out[count++] = i - 1;
    }
    return count;
}

/* The claimant denies it himself, or an observer does and nobody but the claimant says so. */
static bool is_refuted(const town *t, size_t claimant)
{
    const town_claim *own = &t->claims[claimant];
    bool is_own_word = true, is_observed = false, denies_himself = false, observer_denies = false;
    for (size_t i = 0; i < t->count; i++) {
        const town_claim *other = &t->claims[i];
        if (!claim_agrees(other, own))
            continue;
        if (is_active(other)) {
            is_own_word = is_own_word && other->word == WORD_OWN;
            is_observed = is_observed || other->word == WORD_OBSERVER;
        } else if (other->claim.what == CLAIM_DENIES && other->claim.valid >= own->claim.valid) {
            denies_himself = denies_himself || other->word == WORD_OWN;
            observer_denies = observer_denies || other->word == WORD_OBSERVER;
        }
    }
    return (denies_himself && !is_observed) || (observer_denies && is_own_word);
}

/* His claims go, and those that he had pushed aside come back. */
static void refute(town *t, size_t claimant)
{
    for (size_t i = 0; i < t->count; i++) {
        town_claim *claim = &t->claims[i];
        if (is_active(claim) && claim_agrees(claim, &t->claims[claimant]))
            claim->state = CLAIM_REFUTED;
        else if (claim->state == CLAIM_LOST && claim_agrees(&t->claims[claim->lost_to], &t->claims[claimant]))
            claim->state = CLAIM_ACTIVE;
    }
    oppose_anew(t);
}

/* Ends: each turn takes at least one claim out for good. */
static size_t believable_claimants(town *t, size_t *out)
{
    for (;;) {
        const size_t count = claimants(t, out);
        size_t k = 0;
        while (k < count && !is_refuted(t, out[k]))
            k++;
        if (k == count)
            return count;
        refute(t, out[k]);
    }
}

/* --- what stands behind a claimant ------------------------------------------------------------------------------------- */

/* Only words count that can answer those that stand against him: those told of the day `since` or later. */
typedef struct {
    const town_claim *own;
    int32_t since;
    bool is_opposed, is_observed, has_other;
    uint32_t chains;
} backing;

static bool supports(const backing *b, const town_claim *claim)
{
    return is_active(claim) && claim_agrees(claim, b->own) && claim->claim.valid >= b->since;
}

static bool backing_find(backing *out, town *t, size_t claimant)
{
    backing b = {.own = &t->claims[claimant], .since = NO_DAY};
    for (size_t i = 0; i < t->count; i++)
        if (is_active(&t->claims[i]) && claim_agrees(&t->claims[i], b.own) && t->claims[i].answer_from > b.since)
            b.since = t->claims[i].answer_from;
    b.is_opposed = b.since != NO_DAY;

    size_t count = 0;
    const statement **told = arena_alloc(&t->scratch, t->count * sizeof(const statement *));
    if (told == NULL)
        return false;
    for (size_t i = 0; i < t->count; i++) {
        if (!supports(&b, &t->claims[i]))
            continue;
        told[count++] = t->claims[i].claim.from;
        b.is_observed = b.is_observed || t->claims[i].word == WORD_OBSERVER;
        b.has_other = b.has_other || t->claims[i].word != WORD_OWN;
    }
    b.chains = statement_chains(told, count, &t->scratch);
    arena_reset(&t->scratch);
    *out = b;
    return true;
}

/* Was the speaker of a claim somebody who lost the town by it: a target of the capture, or one who was said to hold the town? */
static bool is_loser(const town *t, const backing *b, const town_claim *claim)
{
    const statement *s = claim->claim.from;
    for (uint32_t i = 0; i < s->target_count; i++)
        if (party_is_named(&s->targets[i]) && strcmp(s->targets[i].who, claim->speaker) == 0)
            return true;
    for (size_t i = 0; i < t->count; i++) {
        const town_claim *other = &t->claims[i];
        if (claim_is_positive(other) && !claim_agrees(other, b->own) &&
            party_agrees(claim->speaker, claim->speaker_side, other->claim.holder, other->side))
            return true;
    }
    return false;
}

/* A departure of others, in their own word, within `days` of what the claimant claims. */
static bool is_conceding_departure(const town *t, const backing *b, const town_claim *claim, unsigned days)
{
    if (claim->claim.what != CLAIM_WITHDRAWS || claim->word != WORD_OWN || claim->claim.valid < b->since || claim_agrees(claim, b->own))
        return false;
    for (size_t i = t->count; i > 0; i--)
        if (supports(b, &t->claims[i - 1]) && is_near(&t->claims[i - 1], claim, days))
            return true;
    return false;
}

static bool concedes(const town *t, const backing *b, const town_claim *claim, unsigned days)
{
    if (supports(b, claim))
        return claim->word == WORD_FORCE && is_loser(t, b, claim);
    return is_conceding_departure(t, b, claim, days);
}

static bool is_conceded(const town *t, const backing *b, unsigned days)
{
    for (size_t i = t->count; i > 0; i--)
        if (concedes(t, b, &t->claims[i - 1], days))
            return true;
    return false;
}

static bool rule_holds(const control_rule *rule, const town *t, const backing *b)
{
    if (rule->gives == CONTROL_UNKNOWN || b->chains < rule->chains || (rule->opposed == OPPOSED_YES && !b->is_opposed) ||
        (rule->opposed == OPPOSED_NO && b->is_opposed))
        return false;
    switch (rule->told_by) {
    case TOLD_BY_LOSER:
        return is_conceded(t, b, rule->days);
    case TOLD_BY_OBSERVER:
        return b->is_observed;
    case TOLD_BY_OTHER:
        return b->has_other;
    case TOLD_BY_ANYBODY:
        return true;
    default:
        return false; /* rows for a town that nobody claims */
    }
}

/* The first row that holds; the table was checked to have one for every claim. */
static const control_rule *rule_for(const town *t, const backing *b)
{
    unsigned i = 0;
    while (i + 1 < t->rules->count && !rule_holds(&t->rules->rows[i], t, b))
        i++;
    return &t->rules->rows[i];
}

/* --- the answer of a day ----------------------------------------------------------------------------------------------- */

static bool list_holder(const town *t, const backing *b, const control_rule *rule, town_spans *spans)
{
    for (size_t i = 0; i < t->count; i++)
        if ((supports(b, &t->claims[i]) || (rule->told_by == TOLD_BY_LOSER && concedes(t, b, &t->claims[i], rule->days))) &&
            !town_span_list(spans, &t->claims[i], true))
            return false;
    return true;
}

/* Claims of others, denials of this one, and what was refuted since. */
static bool list_against(const town *t, const town_claim *own, town_spans *spans)
{
    for (size_t i = 0; i < t->count; i++) {
        town_claim *claim = &t->claims[i];
        const bool is_near_enough = claim->claim.valid >= own->claim.valid || is_near(claim, own, t->rules->contested->days);
        const bool is_other = is_active(claim) && !claim_agrees(claim, own);
        const bool is_denial = !claim_is_positive(claim) && claim_agrees(claim, own) && is_near_enough;
        const bool is_refuted_since = claim->state == CLAIM_REFUTED && is_near_enough && !claim_agrees(claim, own);
        if ((is_other || is_denial || is_refuted_since) && !town_span_list(spans, claim, false))
            return false;
    }
    return true;
}

/* Everything told within the window of the rule speaks for "contested". */
static bool list_contested(const town *t, const town_claim *own, town_spans *spans)
{
    for (size_t i = 0; i < t->count; i++)
        if (can_oppose(&t->claims[i]) && (t->claims[i].answer_from != NO_DAY || claim_agrees(&t->claims[i], own)) &&
            !town_span_list(spans, &t->claims[i], true))
            return false;
    return true;
}

/* The last departure or denial; of a day, a departure. Without any there are claims, and nobody asks. */
static const town_claim *last_negative(const town *t)
{
    const town_claim *last = &t->claims[0];
    for (size_t i = 0; i < t->count; i++) {
        const town_claim *claim = &t->claims[i];
        if (!claim_is_positive(claim) && (claim_is_positive(last) || claim->claim.valid > last->claim.valid || claim->claim.what == CLAIM_WITHDRAWS))
            last = claim;
    }
    return last;
}

static bool answer_unknown(const town *t, town_spans *spans)
{
    const town_claim *last = last_negative(t);
    if (!town_span_answer(spans, t->day, last->claim.what == CLAIM_WITHDRAWS ? t->rules->left : t->rules->denied, NULL))
        return false;
    for (size_t i = 0; i < t->count; i++) {
        town_claim *claim = &t->claims[i];
        const bool is_last = !claim_is_positive(claim) && claim->claim.valid == last->claim.valid;
        if ((is_last || claim->state == CLAIM_REFUTED) && !town_span_list(spans, claim, is_last))
            return false;
    }
    return true;
}

/* Others were believed until now. */
static void lose(town *t, size_t to)
{
    for (size_t i = 0; i < t->count; i++) {
        if (is_active(&t->claims[i]) && !claim_agrees(&t->claims[i], &t->claims[to])) {
            t->claims[i].state = CLAIM_LOST;
            t->claims[i].lost_to = to;
        }
    }
}

/* If several sides claim the town on the same latest day, one is believed if it alone is confirmed. */
static bool answer_day(town *t, town_spans *spans)
{
    size_t latest[CLAIMANTS_MAX], holder = 0, holders = 0;
    const size_t count = believable_claimants(t, latest);
    const control_rule *rule = t->rules->contested;
    backing behind = {0};
    for (size_t k = 0; k < count; k++) {
        backing b;
        if (!backing_find(&b, t, latest[k]))
            return false;
        const control_rule *own = rule_for(t, &b);
        if (own->gives != CONTROL_HOLDER)
            continue;
        holders++;
        holder = latest[k];
        behind = b;
        rule = own;
    }
    if (count == 0)
        return answer_unknown(t, spans);
    if (holders != 1)
        return town_span_answer(spans, t->day, t->rules->contested, NULL) && list_contested(t, &t->claims[latest[0]], spans);
    if (!town_span_answer(spans, t->day, rule, &t->claims[holder]) || !list_holder(t, &behind, rule, spans) ||
        !list_against(t, &t->claims[holder], spans))
        return false;
    lose(t, holder);
    return true;
}

bool town_derive(control_timeline *out, town_claim *claims, size_t count, const rule_set *rules, arena *memory)
{
    town t = {.rules = &rules->control, .claims = claims};
    town_spans spans = {.out = out, .sides = &rules->sides, .memory = memory, .claims = claims};
    bool is_fine = true;
    for (size_t begin = 0; is_fine && begin < count; begin = t.count) {
        t.day = claims[begin].claim.valid;
        while (t.count < count && claims[t.count].claim.valid == t.day)
            t.count++;
        leave(&t, begin);
        oppose(&t, begin);
        spans.claim_count = t.count;
        is_fine = answer_day(&t, &spans);
    }
    arena_free(&t.scratch);
    return is_fine && town_span_close(&spans, INT32_MAX);
}
