/* The daily table: governorate by side accused by side that accuses, with the period before, the running total, and what was not seen. */
#include <stdlib.h>

#include "incident/rules_tables.h"
#include "incident/truce.h"

typedef struct {
    truce_table *out;
    const truce_agreement *agreement;
    const truce_ledger *ledger;
    const rule_set *rules;
    arena *memory;
    int32_t from, to;
} table_work;

/* --- keys ------------------------------------------------------------------------------------------------------------------- */

/* A party that belongs to no side stands for itself; so do "unknown" and the outlets' own voice (""). */
static const char *side_or_self(const table_work *w, const char *who, int32_t day)
{
    const char *side = side_of(&w->rules->sides, who, w->agreement->country, day);
    return side[0] != 0 ? side : who;
}

static bool is_same_cell(const table_work *w, const truce_candidate *a, const truce_candidate *b)
{
    return strcmp(a->governorate, b->governorate) == 0 && strcmp(side_or_self(w, a->accused, a->day), side_or_self(w, b->accused, b->day)) == 0 &&
           strcmp(side_or_self(w, a->accuser, a->day), side_or_self(w, b->accuser, b->day)) == 0;
}

truce_cell *truce_cell_of(truce_table *t, const char *governorate, const char *accused_side, const char *accuser_side, arena *memory)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (strcmp(t->items[i].governorate, governorate) == 0 && strcmp(t->items[i].accused_side, accused_side) == 0 &&
            strcmp(t->items[i].accuser_side, accuser_side) == 0)
            return &t->items[i];
    if (!ARENA_GROW(memory, t->items, t->count, t->room))
        return NULL;
    t->items[t->count] = (truce_cell){.governorate = governorate, .accused_side = accused_side, .accuser_side = accuser_side};
    return &t->items[t->count++];
}

/* --- counts ----------------------------------------------------------------------------------------------------------------- */

typedef bool is_wanted(const truce_candidate *c);

static bool is_counted(const truce_candidate *c)
{
    return c->counts;
}

static bool is_marked(const truce_candidate *c)
{
    return c->counts && c->mark != NULL;
}

static bool is_breach(const truce_candidate *c)
{
    return c->mark != NULL && strcmp(c->mark, "breach") == 0;
}

/* Two parties of one side, or two speakers, can give an incident several candidates in a cell: it is counted by the first. They stand side by side. */
static bool is_counted_before(const table_work *w, uint32_t at, is_wanted *wanted)
{
    const truce_candidate *items = w->ledger->items;
    for (uint32_t i = at; i > 0 && items[i - 1].about == items[at].about; i--)
        if (wanted(&items[i - 1]) && is_same_cell(w, &items[i - 1], &items[at]))
            return true;
    return false;
}

/* Has the incident a candidate in the cell, at this place or behind it, that is wanted? */
static bool is_there_from(const table_work *w, uint32_t at, is_wanted *wanted)
{
    const truce_candidate *items = w->ledger->items;
    for (uint32_t i = at; i < w->ledger->count && items[i].about == items[at].about; i++)
        if (wanted(&items[i]) && is_same_cell(w, &items[i], &items[at]))
            return true;
    return false;
}

/*
 * Killed of one incident, over victim groups that may overlap: at least as many as the largest group's lower bound; at most the figure for all (group ""),
 * or without one the groups together.
 */
static void killed_of(const incident *i, int64_t *low, int64_t *high)
{
    const incident_figure *all = NULL;
    int64_t sum = 0;
    *low = 0;
    for (uint32_t f = 0; f < i->figure_count; f++) {
        const incident_figure *own = &i->figures[f];
        if (own->of != MARSAD_KILLED)
            continue;
        if (own->group[0] == 0)
            all = own;
        if (own->low > *low)
            *low = own->low;
        if (sum != MARSAD_NO_VALUE)
            sum = own->high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : sum + own->high;
    }
    *high = all != NULL ? all->high : sum;
    if (*high != MARSAD_NO_VALUE && *high < *low)
        *high = *low;
}

static void cell_add_killed(truce_cell *cell, const incident *i)
{
    int64_t low, high;
    killed_of(i, &low, &high);
    cell->killed_low += low;
    if (cell->killed_high != MARSAD_NO_VALUE)
        cell->killed_high = high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : cell->killed_high + high;
}

/* What counts under a rule, after the period or without a day, is in no number of this table. */
static void cell_count(const table_work *w, truce_cell *cell, const truce_candidate *c)
{
    const int64_t length = (int64_t)w->to - w->from + 1;
    if (!c->counts || c->day == NO_DAY || c->day > w->to)
        return;
    cell->total++;
    if (c->day >= w->from) {
        cell->today++;
        cell_add_killed(cell, c->about);
    } else if (c->day >= w->from - length) {
        cell->previous++;
    }
}

static truce_cell *cell_of(table_work *w, const truce_candidate *c)
{
    return truce_cell_of(w->out, c->governorate, side_or_self(w, c->accused, c->day), side_or_self(w, c->accuser, c->day), w->memory);
}

static bool is_of_period(const table_work *w, const truce_candidate *c)
{
    return c->day != NO_DAY && c->day >= w->from && c->day <= w->to;
}

static bool count_all(table_work *w)
{
    for (uint32_t i = 0; i < w->ledger->count; i++) {
        const truce_candidate *c = &w->ledger->items[i];
        if (!c->counts || is_counted_before(w, i, is_counted))
            continue;
        truce_cell *cell = cell_of(w, c);
        if (cell == NULL)
            return false;
        cell_count(w, cell, c);
        cell->unmarked += is_of_period(w, c) && !is_there_from(w, i, is_marked);
    }
    return true;
}

/* What people confirmed stands beside what the rule counts, in columns of its own. */
static bool count_breaches(table_work *w)
{
    for (uint32_t i = 0; i < w->ledger->count; i++) {
        const truce_candidate *c = &w->ledger->items[i];
        if (!is_breach(c) || !is_of_period(w, c) || is_counted_before(w, i, is_breach))
            continue;
        truce_cell *cell = cell_of(w, c);
        if (cell == NULL)
            return false;
        cell->breaches++;
    }
    return true;
}

/* --- rows for what nothing is counted of --------------------------------------------------------------------------------------- */

static bool has_row(const truce_table *table, const char *governorate)
{
    for (uint32_t i = 0; i < table->count; i++)
        if (strcmp(table->items[i].governorate, governorate) == 0)
            return true;
    return false;
}

bool truce_add_row(truce_table *table, const char *governorate, arena *memory)
{
    return has_row(table, governorate) || truce_cell_of(table, governorate, "", "", memory) != NULL;
}

static bool add_empty_rows(table_work *w)
{
    for (uint32_t i = 0; i < w->ledger->count; i++)
        if (w->ledger->items[i].in_area != SCOPE_NO && !truce_add_row(w->out, w->ledger->items[i].governorate, w->memory))
            return false;
    return true;
}

/* --- what was seen --------------------------------------------------------------------------------------------------------------- */

static int by_governorate(const void *a, const void *b)
{
    const truce_cell *x = a, *y = b;
    const int by_place = strcmp(x->governorate, y->governorate);
    const int by_accused = by_place != 0 ? by_place : strcmp(x->accused_side, y->accused_side);
    return by_accused != 0 ? by_accused : strcmp(x->accuser_side, y->accuser_side);
}

static int by_number(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The days of the period on which something was read of `governorate`; `days` has room for all of `seen`. */
static uint32_t seen_days(const table_work *w, const char *governorate, const seen_day *seen, size_t count, int32_t *days)
{
    size_t found = 0;
    uint32_t different = 0;
    for (size_t i = 0; i < count; i++)
        if (seen[i].day >= w->from && seen[i].day <= w->to && strcmp(seen[i].governorate, governorate) == 0 &&
            strcmp(seen[i].country, w->agreement->country) == 0)
            days[found++] = seen[i].day;
    if (found > 0)
        qsort(days, found, sizeof *days, by_number);
    for (size_t i = 0; i < found; i++)
        different += i == 0 || days[i] != days[i - 1];
    return different;
}

/* The row without a governorate has candidates whose place no report tells: there is nothing that could be seen of it. */
static bool mark_seen(table_work *w, const seen_day *seen, size_t count)
{
    const uint32_t length = (uint32_t)((int64_t)w->to - w->from + 1);
    int32_t *days = arena_alloc(w->memory, count * sizeof *days);
    if (days == NULL)
        return false;
    uint32_t found = 0;
    for (uint32_t i = 0; i < w->out->count; i++) {
        truce_cell *cell = &w->out->items[i];
        if (i == 0 || strcmp(cell->governorate, cell[-1].governorate) != 0)
            found = cell->governorate[0] == 0 ? length : seen_days(w, cell->governorate, seen, count, days);
        cell->unseen_days = length - found;
        cell->was_seen = found > 0;
    }
    return true;
}

bool truce_complete(truce_table *table, const truce_agreement *agreement, const seen_day *seen, size_t seen_count, int32_t from, int32_t to,
                    arena *memory)
{
    table_work w = {.out = table, .agreement = agreement, .memory = memory, .from = from, .to = to};
    for (uint32_t i = 0; i < agreement->governorate_count; i++)
        if (!truce_add_row(table, agreement->governorates[i], memory))
            return false;
    if (table->count > 0)
        qsort(table->items, table->count, sizeof *table->items, by_governorate);
    return mark_seen(&w, seen, seen_count);
}

bool truce_tabulate(truce_table *out, const truce_agreement *agreement, const truce_ledger *ledger, const seen_day *seen, size_t seen_count,
                    int32_t from, int32_t to, const rule_set *rules, arena *memory)
{
    table_work w = {.out = out, .agreement = agreement, .ledger = ledger, .rules = rules, .memory = memory, .from = from, .to = to};
    *out = (truce_table){0};
    return count_all(&w) && count_breaches(&w) && add_empty_rows(&w) && truce_complete(out, agreement, seen, seen_count, from, to, memory);
}
