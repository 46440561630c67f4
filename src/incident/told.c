/* What one statement says of one figure: its bounds, the group of people that it counts, and which of its figures are part of which. */
#include "incident/figures.h"

int64_t figure_sum(int64_t a, int64_t b)
{
    if (a == MARSAD_NO_VALUE || b == MARSAD_NO_VALUE)
        return MARSAD_NO_VALUE;
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t not_below(int64_t value, int64_t least)
{
    return value == MARSAD_NO_VALUE || value < least ? least : value;
}

/* The bounds of vague words and of «about», where the record gives none: by vague.tsv and the rows `spread` of figures.tsv. */
static statement_figure with_bounds(const statement_figure *f, const rule_set *rules, figure_range *range)
{
    statement_figure out = *f;
    if (f->low != MARSAD_NO_VALUE || f->high != MARSAD_NO_VALUE)
        return out;
    const vague_row *row = f->bound == MARSAD_VAGUE ? vague_row_of(&rules->vague, f->words) : NULL;
    range->is_silent = row == NULL && f->value == MARSAD_NO_VALUE;
    if (row != NULL) {
        range->vague = row->label;
        out.low = row->low;
        out.high = row->high;
    } else if (f->value != MARSAD_NO_VALUE && rules->figures.spread[f->bound] > 0) {
        const int64_t around = f->value / 100 * rules->figures.spread[f->bound] + f->value % 100 * rules->figures.spread[f->bound] / 100;
        out.low = f->value - around;
        out.high = figure_sum(f->value, around);
    }
    return out;
}

/* Whatever the record holds comes out as 0 <= low <= best <= high. */
static figure_range range_of(const statement_figure *told, const rule_set *rules)
{
    figure_range range = {.bound = told->bound};
    const statement_figure f = with_bounds(told, rules, &range);
    const int64_t numbers[] = {[READ_VALUE] = f.value, [READ_LOW] = f.low, [READ_HIGH] = f.high};
    int64_t best = numbers[rules->figures.read[f.bound]];
    if (best == MARSAD_NO_VALUE)
        best = f.low != MARSAD_NO_VALUE ? f.low : f.value;
    range.low = not_below(f.low, 0);
    range.best = not_below(best, range.low);
    range.high = f.high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : not_below(f.high, range.best);
    return range;
}

/* --- whom it counts ---------------------------------------------------------------------------------------------------- */

static bool counts_people(marsad_figure_of of)
{
    return of <= MARSAD_RELEASED || of == MARSAD_PEOPLE;
}

static int group_of_target(const statement *s, uint32_t target, const victim_rules *victims)
{
    const statement_party *t = &s->targets[target];
    return victim_group_of_party(victims, t->who, t->object, t->words);
}

/* The one group that targets of the statement belong to; GROUP_WHOLE if there is none or more than one. */
static int group_of_targets(const statement *s, const victim_rules *victims)
{
    int found = GROUP_WHOLE;
    for (uint32_t i = 0; i < s->target_count; i++) {
        const int group = group_of_target(s, i, victims);
        if (group >= 0 && found >= 0 && group != found)
            return GROUP_WHOLE;
        if (group >= 0)
            found = group;
    }
    return found;
}

/*
 * The group that the figure's own words name; else that of the victims. Of as many figures as victims each counts its own («سبعة مدنيين بينهم ثلاثة أطفال»);
 * of other further figures nothing is known.
 */
static int group_of_figure(const statement *s, uint32_t figure, const victim_rules *victims)
{
    const statement_figure *f = &s->figures[figure];
    uint32_t before = 0, all = 0;
    if (!counts_people(f->of))
        return GROUP_WHOLE;
    const int group = victim_group_of_words(victims, f->words);
    if (group >= 0)
        return group;
    for (uint32_t i = 0; i < s->figure_count; i++) {
        before += i < figure && s->figures[i].of == f->of;
        all += s->figures[i].of == f->of;
    }
    if (all > 1 && all == s->target_count)
        return group_of_target(s, before, victims);
    return before == 0 ? group_of_targets(s, victims) : GROUP_WHOLE;
}

void figures_told(figure_told *out, const statement *s, uint32_t at, const rule_set *rules)
{
    for (uint32_t i = 0; i < s->figure_count; i++)
        out[i] = (figure_told){
            .from = s, .at = at, .of = s->figures[i].of, .group = group_of_figure(s, i, &rules->victims), .range = range_of(&s->figures[i], rules)};
}

/* --- which figure is part of which ------------------------------------------------------------------------------------- */

static figure_range range_sum(figure_range a, figure_range b)
{
    return (figure_range){.low = figure_sum(a.low, b.low),
                          .best = figure_sum(a.best, b.best),
                          .high = figure_sum(a.high, b.high),
                          .bound = a.bound == b.bound ? a.bound : MARSAD_AT_LEAST,
                          .is_silent = a.is_silent && b.is_silent,
                          .vague = a.vague != NULL ? a.vague : b.vague};
}

/* Adds to `sum`, which is empty as long as `*is_any` is false. */
static void range_add(figure_range *sum, bool *is_any, figure_range more)
{
    *sum = *is_any ? range_sum(*sum, more) : more;
    *is_any = true;
}

/* Figures of just this group. Two of a named group are two lots of people; of two that name no group the smaller may be part of the greater. */
static bool range_own(figure_range *out, const figure_told *told, uint32_t count, int group)
{
    bool is_any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (told[i].group != group)
            continue;
        if (group != GROUP_WHOLE || !is_any) {
            range_add(out, &is_any, told[i].range);
            continue;
        }
        const figure_range sum = range_sum(*out, told[i].range);
        if (told[i].range.best > out->best)
            *out = told[i].range;
        out->high = sum.high;
    }
    return is_any;
}

/* What is said of the groups within this one, together. */
static bool range_parts(figure_range *out, const figure_told *told, uint32_t count, int group, const victim_rules *victims)
{
    bool is_any = false;
    for (uint32_t g = 0; g < victims->group_count; g++) {
        figure_range part;
        if (victims->groups[g].within == group && figures_range(&part, told, count, (int)g, victims))
            range_add(out, &is_any, part);
    }
    return is_any;
}

/* The tables of groups are a tree, and a few rows deep. */
bool figures_range(figure_range *out, const figure_told *told, uint32_t count, int group, const victim_rules *victims)
{
    figure_range own, parts;
    const bool has_own = range_own(&own, told, count, group), has_parts = range_parts(&parts, told, count, group, victims);
    if (!has_own || !has_parts) {
        if (has_own || has_parts)
            *out = has_own ? own : parts;
        return has_own || has_parts;
    }
    const figure_range sum = range_sum(own, parts);
    if (own.best >= parts.best) /* the parts are within it */
        *out = own;
    else if (group != GROUP_WHOLE)
        *out = sum;
    else {
        *out = parts;
        out->high = sum.high;
    }
    if (out->low < parts.low)
        out->low = parts.low; /* never above: parts.low <= parts.best <= best */
    return true;
}
