/* The dead of an incident, by what the figures' groups say of them; and what rows of one number lose. */
#include "export/sides.h"
#include "incident/rules_tables.h"

typedef enum { DEAD_UNKNOWN, DEAD_FIGHTERS, DEAD_CIVILIANS } dead_class;

/* By the widest group that the figure's group lies within. Others (detainees) may be either: they stay among those of nobody known. */
static dead_class class_of(const export_run *run, const char *name)
{
    const victim_rules *victims = &run->options->rules->victims;
    uint32_t at = 0;
    while (at < victims->group_count && strcmp(victims->groups[at].name, name) != 0)
        at++;
    if (at == victims->group_count)
        return DEAD_UNKNOWN;
    while (victims->groups[at].within >= 0)
        at = (uint32_t)victims->groups[at].within;
    const char *widest = victims->groups[at].name;
    return strcmp(widest, "fighters") == 0 ? DEAD_FIGHTERS : strcmp(widest, "civilians") == 0 ? DEAD_CIVILIANS : DEAD_UNKNOWN;
}

typedef struct {
    int64_t low, best, high; /* high MARSAD_NO_VALUE: open */
} bounds;

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t larger_high(int64_t a, int64_t b)
{
    return a == MARSAD_NO_VALUE || b == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : larger(a, b);
}

/* Of groups that may lie within each other: at least the largest. */
static void widen(bounds *all, const incident_figure *figure)
{
    all->low = larger(all->low, figure->low);
    all->best = larger(all->best, figure->best);
    all->high = larger_high(all->high, figure->high);
}

static int64_t sum_high(int64_t a, int64_t b)
{
    return a == MARSAD_NO_VALUE || b == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : a + b;
}

dead dead_of(const export_run *run, const incident *item)
{
    bounds of[3] = {{0}};
    dead out = {0};
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *figure = &item->figures[i];
        if (figure->of != MARSAD_KILLED)
            continue;
        out.is_told = true;
        widen(&of[class_of(run, figure->group)], figure);
    }
    const bounds without = of[DEAD_UNKNOWN], civilians = of[DEAD_CIVILIANS], fighters = of[DEAD_FIGHTERS];
    out.civilians = civilians.best;
    out.fighters = fighters.best;
    out.unknown = larger(0, without.best - civilians.best - fighters.best);
    out.best = out.civilians + out.fighters + out.unknown;
    out.low = larger(without.low, civilians.low + fighters.low);
    out.high = larger_high(without.high, sum_high(civilians.high, fighters.high));
    return out;
}

void count_what_rows_lose(export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *figure = &item->figures[i];
        if (figure->of != MARSAD_KILLED)
            export_loss(run, marsad_figure_name(figure->of), "no column for this figure");
        else if (figure->low != figure->best || figure->high != figure->best)
            export_loss(run, "bounds of killed", "told in words only, or as a total");
        if (figure->is_disputed)
            export_loss(run, "sources that disagree on a figure", "a row has one number");
    }
    if (item->denials > 0)
        export_loss(run, "denial of the happening", "told in words only");
}
