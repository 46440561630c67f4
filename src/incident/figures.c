/*
 * Figures of an incident: one number a voice, its latest; of these low, best and high by figures.tsv. A voice is a named speaker, or a report and its copies
 * where nobody named speaks: two speakers that one report tells of stay side by side. A later statement of a voice corrects its earlier one, which stays
 * among those that are shown.
 */
#include "incident/figures.h"

#include <stdlib.h>

/* What one statement says of the figure and group at work. */
typedef struct {
    const statement *from;
    uint32_t chain; /* number of the chain's first statement */
    figure_range range;
} estimate;

typedef struct {
    estimate *items; /* of each voice the latest, in the order of the statements */
    uint32_t count;
    const statement **from;
    uint32_t from_count;
} estimate_list;

/* --- estimates --------------------------------------------------------------------------------------------------------- */

static bool is_same_voice(const statement *a, const statement *b)
{
    const char *of_a = statement_speaker(a), *of_b = statement_speaker(b);
    if (of_a == NULL || of_b == NULL)
        return of_a == of_b && strcmp(a->chain, b->chain) == 0;
    return strcmp(of_a, of_b) == 0;
}

/* Of two statements of one voice: what gives a number, and of these the later; of one day the exact, then the greater. */
static bool is_newer(const estimate *a, const estimate *b)
{
    if (a->range.is_silent != b->range.is_silent)
        return b->range.is_silent;
    if (a->from->published != b->from->published)
        return a->from->published > b->from->published;
    if ((a->range.bound == MARSAD_EXACT) != (b->range.bound == MARSAD_EXACT))
        return a->range.bound == MARSAD_EXACT;
    return a->range.best > b->range.best;
}

static void estimates_add(estimate_list *list, estimate e)
{
    list->from[list->from_count++] = e.from;
    for (uint32_t i = 0; i < list->count; i++) {
        if (!is_same_voice(list->items[i].from, e.from))
            continue;
        if (is_newer(&e, &list->items[i]))
            list->items[i] = e;
        return;
    }
    list->items[list->count++] = e;
}

/* «عدد من القتلى» does not make the lowest number told nought: where anybody gives a number, who gives none is only shown. */
static void leave_silent_out(estimate_list *list)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (!list->items[i].range.is_silent)
            list->items[kept++] = list->items[i];
    list->count = kept > 0 ? kept : list->count;
}

/* `told` holds the figures of one kind, those of one statement beside each other. */
static bool estimates_read(estimate_list *out, const figure_told *told, uint32_t count, int group, const uint32_t *chains, const rule_set *rules,
                           arena *memory)
{
    *out = (estimate_list){.items = arena_alloc(memory, count * sizeof *out->items), .from = arena_alloc(memory, count * sizeof(const statement *))};
    if (out->items == NULL || out->from == NULL)
        return false;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && told[end].at == told[i].at)
            end++;
        estimate e = {.from = told[i].from, .chain = chains[told[i].at]};
        if (figures_range(&e.range, told + i, end - i, group, &rules->victims))
            estimates_add(out, e);
        i = end;
    }
    leave_silent_out(out);
    return true;
}

/* --- choosing ---------------------------------------------------------------------------------------------------------- */

/* A number that a voice gives, and the chain of the voice. */
typedef struct {
    int64_t value;
    uint32_t chain;
} choice;

static int by_value(const void *first, const void *second)
{
    const choice *a = first, *b = second;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return (a->chain > b->chain) - (a->chain < b->chain);
}

/* The value that most chains give, if two do and no other is given by as many. */
static bool most_common(int64_t *out, const choice *sorted, uint32_t count)
{
    uint32_t most = 1;
    bool is_alone = false;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1, chains = 1;
        for (; end < count && sorted[end].value == sorted[i].value; end++)
            chains += sorted[end].chain != sorted[end - 1].chain;
        if (chains >= most)
            is_alone = chains > most;
        if (chains > most)
            *out = sorted[i].value;
        most = chains > most ? chains : most;
        i = end;
    }
    return is_alone;
}

/* `sorted` has one number at least. */
static bool choose(int64_t *best, figure_choose how, const choice *sorted, uint32_t count)
{
    switch (how) {
    case CHOOSE_SAME:
        *best = sorted[0].value;
        return sorted[0].value == sorted[count - 1].value;
    case CHOOSE_MOST:
        return most_common(best, sorted, count);
    case CHOOSE_MIDDLE:
        *best = sorted[(count - 1) / 2].value;
        return true;
    case CHOOSE_GREATEST:
        *best = sorted[count - 1].value;
        return true;
    }
    return false;
}

/* What the voices say in words of the row's bounds. "All agree" means all, also those of other bounds. 0: the row has nothing to choose from. */
static uint32_t choices_read(choice *out, const estimate_list *list, const figure_row *row)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if ((row->bounds & 1U << list->items[i].range.bound) != 0)
            out[count++] = (choice){list->items[i].range.best, list->items[i].chain};
    if (row->choose == CHOOSE_SAME && count < list->count)
        return 0;
    if (count > 1)
        qsort(out, count, sizeof *out, by_value);
    return count;
}

static bool best_choose(incident_figure *out, const estimate_list *list, const figure_rules *rules, arena *memory)
{
    choice *choices = arena_alloc(memory, list->count * sizeof *choices);
    if (choices == NULL)
        return false;
    for (uint32_t r = 0; r < rules->count && out->rule == NULL; r++) {
        const uint32_t count = choices_read(choices, list, &rules->rows[r]);
        if (count > 0 && choose(&out->best, rules->rows[r].choose, choices, count))
            out->rule = rules->rows[r].label;
    }
    const char *vague = NULL;
    for (uint32_t i = list->count; i-- > 0;) {
        if (list->items[i].range.best != out->best)
            continue;
        out->best_from = list->items[i].from;
        vague = list->items[i].range.vague;
    }
    if (vague != NULL)
        out->rule = arena_format(memory, "%s of %s", out->rule, vague);
    return out->rule != NULL;
}

/* --- the range --------------------------------------------------------------------------------------------------------- */

static bool is_open(const figure_range *range)
{
    return range->high == MARSAD_NO_VALUE;
}

/* The greatest number that anybody gives. What is open above it is open; "at least 5" beside an exact 7 is not. */
static void high_choose(incident_figure *out, const estimate_list *list)
{
    int64_t greatest_low = -1;
    const statement *open_from = NULL;
    out->high = -1;
    for (uint32_t i = 0; i < list->count; i++) {
        const estimate *e = &list->items[i];
        if (!is_open(&e->range) && e->range.high > out->high) {
            out->high = e->range.high;
            out->high_from = e->from;
        }
        if (is_open(&e->range) && e->range.best > greatest_low) {
            greatest_low = e->range.best;
            open_from = e->from;
        }
    }
    if (open_from != NULL && greatest_low > out->high) {
        out->high = MARSAD_NO_VALUE;
        out->high_from = open_from;
    }
}

static void low_choose(incident_figure *out, const estimate_list *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const estimate *e = &list->items[i];
        if (out->low_from == NULL || e->range.low < out->low) {
            out->low = e->range.low;
            out->low_from = e->from;
        }
    }
}

static bool exclude_each_other(const estimate_list *list)
{
    int64_t highest_low = -1, lowest_high = INT64_MAX;
    for (uint32_t i = 0; i < list->count; i++) {
        const figure_range *range = &list->items[i].range;
        highest_low = range->low > highest_low ? range->low : highest_low;
        if (!is_open(range) && range->high < lowest_high)
            lowest_high = range->high;
    }
    return highest_low > lowest_high;
}

/* No group is greater than what it is part of, whoever counted it. */
static void stay_within(incident_figure *part, const incident_figure *whole)
{
    const bool is_over = whole->high != MARSAD_NO_VALUE && (part->high == MARSAD_NO_VALUE || part->high > whole->high);
    part->is_disputed = part->is_disputed || part->low > whole->low || part->best > whole->best;
    if (is_over) {
        part->high = whole->high;
        part->high_from = whole->high_from;
    }
    if (part->best > whole->best) {
        part->best = whole->best;
        part->best_from = whole->best_from;
    }
    if (part->low > whole->low) {
        part->low = whole->low;
        part->low_from = whole->low_from;
    }
}

/* --- together ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    incident_figure *items;
    uint32_t count, room;
} figure_list;

typedef struct {
    const rule_set *rules;
    const uint32_t *chains;
    figure_list *list;
    arena *memory;
} counting;

/* One row if anything is said of the group; `*row` is its number in the list, -1 without. */
static bool count_group(const counting *c, const figure_told *told, uint32_t count, int group, int *row, const int *rows)
{
    estimate_list estimates;
    *row = -1;
    if (!estimates_read(&estimates, told, count, group, c->chains, c->rules, c->memory))
        return false;
    if (estimates.count == 0)
        return true;
    const victim_group *own = group == GROUP_WHOLE ? NULL : &c->rules->victims.groups[group];
    incident_figure f = {.of = told[0].of, .group = own == NULL ? "" : own->name, .from = estimates.from, .from_count = estimates.from_count};
    low_choose(&f, &estimates);
    high_choose(&f, &estimates);
    f.is_disputed = exclude_each_other(&estimates);
    if (!best_choose(&f, &estimates, &c->rules->figures, c->memory) || !ARENA_GROW(c->memory, c->list->items, c->list->count, c->list->room))
        return false;
    if (own != NULL)
        stay_within(&f, &c->list->items[rows[own->within]]);
    *row = (int)c->list->count;
    c->list->items[c->list->count++] = f;
    return true;
}

/* The whole, then each group; a wider one stands before those within it in the table of groups. */
static bool count_kind(const counting *c, const figure_told *told, uint32_t count)
{
    const uint32_t groups = c->rules->victims.group_count;
    int *rows = arena_alloc(c->memory, (groups + 1) * sizeof *rows);
    if (rows == NULL)
        return false;
    rows++; /* so that GROUP_WHOLE has a place */
    for (int group = GROUP_WHOLE; group < (int)groups; group++)
        if (!count_group(c, told, count, group, &rows[group], rows))
            return false;
    return true;
}

/* All figures that statements assert or hold possible, in the order of the statements. A denial's figures are what it denies. */
static bool read_told(figure_told **out, uint32_t *count, const incident *i, const rule_set *rules, arena *memory)
{
    uint32_t all = 0;
    for (uint32_t k = 0; k < i->statement_count; k++)
        all += i->statements[k]->figure_count;
    *count = 0;
    *out = arena_alloc(memory, all * sizeof **out);
    for (uint32_t k = 0; *out != NULL && k < i->statement_count; k++) {
        const statement *s = i->statements[k];
        if (s->modality == MARSAD_DENIED)
            continue;
        figures_told(*out + *count, s, k, rules);
        *count += s->figure_count;
    }
    return *out != NULL;
}

bool incident_count_figures(incident *i, const rule_set *rules, arena *memory)
{
    figure_told *told, *of_kind;
    figure_list list = {0};
    uint32_t count;
    if (!read_told(&told, &count, i, rules, memory))
        return false;
    if (count == 0)
        return true;
    counting c = {.rules = rules, .list = &list, .memory = memory};
    c.chains = statement_chain_heads(i->statements, i->statement_count, memory);
    of_kind = arena_alloc(memory, count * sizeof *of_kind);
    if (c.chains == NULL || of_kind == NULL)
        return false;
    for (int of = 0; of < MARSAD_FIGURE_COUNT; of++) {
        uint32_t some = 0;
        for (uint32_t k = 0; k < count; k++)
            if ((int)told[k].of == of)
                of_kind[some++] = told[k];
        if (some > 0 && !count_kind(&c, of_kind, some))
            return false;
    }
    i->figures = list.items;
    i->figure_count = list.count;
    return true;
}
