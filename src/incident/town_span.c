/* Spans of one town's timeline. */
#include "incident/town_span.h"

#include <stdlib.h>

static bool is_active_of(const town_claim *claim, const town_claim *holder)
{
    return claim->state == CLAIM_ACTIVE && claim_is_positive(claim) && claim_agrees(claim, holder);
}

static uint32_t count_of(const town_spans *spans, const town_claim *holder, const char *who, int32_t since)
{
    uint32_t count = 0;
    for (size_t i = spans->claim_count; i > 0 && spans->claims[i - 1].claim.valid >= since; i--)
        if (is_active_of(&spans->claims[i - 1], holder) && strcmp(spans->claims[i - 1].claim.holder, who) == 0)
            count++;
    return count;
}

/*
 * Which party of a side is named as the holder: the one that held until now, while somebody still says so; else the one that most claims of the latest day
 * name, of equals the first by letters.
 */
static const char *party_of(const town_spans *spans, const town_claim *holder)
{
    if (spans->open.rule != NULL && spans->open.side[0] != 0 && strcmp(spans->open.side, holder->side) == 0 &&
        count_of(spans, holder, spans->open.holder, INT32_MIN) > 0)
        return spans->open.holder;

    const char *best = holder->claim.holder;
    uint32_t most = count_of(spans, holder, best, holder->claim.valid);
    for (size_t i = spans->claim_count; i > 0 && spans->claims[i - 1].claim.valid >= holder->claim.valid; i--) {
        const town_claim *claim = &spans->claims[i - 1];
        const uint32_t count = is_active_of(claim, holder) ? count_of(spans, holder, claim->claim.holder, holder->claim.valid) : 0;
        if (count > most || (count == most && strcmp(claim->claim.holder, best) < 0)) {
            best = claim->claim.holder;
            most = count;
        }
    }
    return best;
}

bool town_span_answer(town_spans *spans, int32_t day, const control_rule *rule, const town_claim *holder)
{
    const char *who = holder != NULL ? party_of(spans, holder) : rule->gives == CONTROL_CONTESTED ? "contested" : "unknown";
    if (spans->open.rule != NULL && strcmp(spans->open.rule, rule->name) == 0 && strcmp(spans->open.holder, who) == 0)
        return true;
    if (!town_span_close(spans, day - 1))
        return false;
    spans->number++;
    spans->open = (control_span){.place = spans->claims[0].place,
                                 .from = day,
                                 .holder = who,
                                 .side = holder != NULL ? side_of(spans->sides, who, spans->claims[0].place->country, day) : "",
                                 .status = rule->status,
                                 .rule = rule->name};
    return true;
}

bool town_span_list(town_spans *spans, town_claim *claim, bool rests_on)
{
    claim_list *list = rests_on ? &spans->rests_on : &spans->against;
    if (claim->listed_for == spans->number)
        return true;
    if (!arena_grow(spans->memory, (void **)&list->items, list->count, &list->room, sizeof(const control_claim *)))
        return false;
    claim->listed_for = spans->number;
    list->items[list->count++] = &claim->claim;
    return true;
}

/* The claims of a town lie in one array, by day and record. */
static int by_place_in_town(const void *a, const void *b)
{
    const control_claim *const *x = a, *const *y = b;
    return (*x > *y) - (*x < *y);
}

static void list_sort(claim_list *list)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof(const control_claim *), by_place_in_town);
}

static bool lists_join(town_spans *spans)
{
    list_sort(&spans->rests_on);
    list_sort(&spans->against);
    const uint32_t count = spans->rests_on.count + spans->against.count;
    const control_claim **all = arena_alloc(spans->memory, (size_t)count * sizeof(const control_claim *));
    if (all == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        all[i] = i < spans->rests_on.count ? spans->rests_on.items[i] : spans->against.items[i - spans->rests_on.count];
    spans->open.because = all;
    spans->open.because_count = count;
    spans->open.for_count = spans->rests_on.count;
    spans->rests_on.count = spans->against.count = 0;
    return true;
}

static bool put(town_spans *spans, const control_span *span)
{
    control_timeline *out = spans->out;
    if (!ARENA_GROW(spans->memory, out->items, out->count, out->room))
        return false;
    out->items[out->count++] = *span;
    return true;
}

/* The first day after `day` on which the holder of the span at work stands on another side; INT32_MAX if he keeps it. */
static int32_t next_side(const town_spans *spans, const control_span *span, int32_t day)
{
    do
        day = side_next_change(spans->sides, span->holder, day);
    while (day != INT32_MAX && strcmp(side_of(spans->sides, span->holder, span->place->country, day), span->side) == 0);
    return day;
}

bool town_span_close(town_spans *spans, int32_t to)
{
    if (spans->open.rule == NULL)
        return true;
    if (!lists_join(spans))
        return false;
    control_span part = spans->open;
    spans->open = (control_span){0};
    for (int32_t next; part.side[0] != 0 && (next = next_side(spans, &part, part.from)) != INT32_MAX && next <= to; part.from = next) {
        part.to = next - 1;
        if (!put(spans, &part))
            return false;
        part.side = side_of(spans->sides, part.holder, part.place->country, next);
    }
    part.to = to;
    return put(spans, &part);
}
