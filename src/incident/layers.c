/*
 * Joining by the rules. Statements are sorted into cells (one area, one day); within a cell from specific to general. What is specific makes a happening.
 * What is general joins the one happening that it can mean, or stands by itself with its equals:
 *
 *   dated, rank 0    make happenings                                          a
 *   dated, rank 1..  join one of a lower rank of the same day, or stand       b, looks at a
 *   no day           join one of a, b of the day of the report or the day     c, looks at a and b of two days
 *                    before, or one of c of a lower rank of the same day
 *
 * Each looks only at happenings that were settled before it, by their cores alone: nothing is passed on from day to day, so that a statement can change no
 * more than the day before its own, its own, and the day after (incident.h, "neighbourhood").
 */
#include "incident/join.h"

#include <stdlib.h>

/* --- order ------------------------------------------------------------------------------------------------------------- */

/* Statements that can be joined by the rules at all: of one area, both told or both planned, not split by people. */
static int compare_areas(const joinee *a, const joinee *b)
{
    int order = strcmp(a->area, b->area);
    if (order == 0)
        order = a->is_planned - b->is_planned;
    if (order == 0)
        order = strcmp(a->part, b->part);
    return order;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_generality(const void *first, const void *second)
{
    const joinee *a = *(joinee *const *)first, *b = *(joinee *const *)second;
    int order = compare_areas(a, b);
    if (order == 0)
        order = compare_numbers(a->day, b->day);
    if (order == 0)
        order = b->is_dated - a->is_dated;
    if (order == 0)
        order = compare_numbers(a->rank, b->rank);
    if (order == 0)
        order = compare_numbers(a->end, b->end);
    if (order == 0)
        order = strcmp(a->identity, b->identity);
    return order != 0 ? order : strcmp(a->s->id, b->s->id);
}

/* --- what a general statement can mean --------------------------------------------------------------------------------- */

static bool is_in_district(const statement_place *wide, const statement_place *place)
{
    return wide->precision == MARSAD_PRECISION_DISTRICT && wide->admin2[0] != 0 && strcmp(wide->admin2, place->admin2) == 0;
}

/* A statement of the happening names the wider place too: «حي السكري في حلب»; or the place that the other is near to. */
static bool is_named_within(const standing *g, const statement_place *wide)
{
    for (uint32_t i = 0; i < g->core_count; i++)
        for (uint32_t k = 0; k < g->core[i]->s->place_count; k++)
            if (wide->id[0] != 0 && strcmp(g->core[i]->s->places[k].id, wide->id) == 0)
                return true;
    return false;
}

/* Both are of one area, that is of one governorate, already. */
static bool holds_place(const joinee *j, const standing *g)
{
    const joinee *core = g->core[0];
    if (!j->row->may_be_wider || j->place_count != 1 || core->place_count != 1)
        return false;
    const statement_place *wide = j->places[0], *place = core->places[0];
    if (j->rank / RULE_LEVELS_MAX <= core->rank / RULE_LEVELS_MAX)
        return false;
    return wide->precision == MARSAD_PRECISION_GOVERNORATE || is_in_district(wide, place) || is_named_within(g, wide);
}

static unsigned means_place(const joinee *j, const standing *g)
{
    const family_row *own = j->row, *other = g->core[0]->row;
    unsigned why = 0;
    if (strcmp(own->family, other->family) != 0) {
        if (strcmp(own->group, other->group) != 0 || own->level <= other->level)
            return 0;
        why |= WHY_GENERAL_KIND;
    }
    if (strcmp(j->scene, g->core[0]->scene) != 0) {
        if (!holds_place(j, g))
            return 0;
        why |= WHY_WIDER_PLACE;
    }
    return why;
}

/* Names fewer of the same parties. A happening of places that are part of what it is known by may be meant by one that does not say where. */
static unsigned means_parties(const joinee *j, const standing *g)
{
    const joinee *core = g->core[0];
    if (core->by != BY_PARTIES || strcmp(j->row->family, core->row->family) != 0 || j->s->phase != core->s->phase || j->row->key == KEY_PLACE)
        return 0;
    if (j->row->key == KEY_PARTIES_PLACE && j->scene[0] != 0 && strcmp(j->scene, core->scene) != 0)
        return 0;
    if (j->row->parting == PARTED_BY_SIDES)
        return names_within(&j->sides, &core->sides) ? WHY_FEWER_PARTIES : 0;
    const bool is_less = names_equal(&j->actors, &core->actors) && (j->targets.count == 0 || names_equal(&j->targets, &core->targets));
    return is_less ? WHY_FEWER_PARTIES : 0;
}

static unsigned why_equal(const joinee *j)
{
    if (j->by == BY_CHAIN)
        return WHY_SAME_CHAIN;
    if (j->by == BY_PARTIES)
        return WHY_SAME_PARTIES;
    if (j->is_period)
        return WHY_SAME_PERIOD;
    return j->is_dated ? WHY_SAME_PLACE_AND_DAY : WHY_SAME_PLACE_REPORTED;
}

/* Bits of incident_why if `j` can mean `g`, which is not its equal; 0 if it cannot. */
static unsigned can_mean(const joinee *j, const standing *g)
{
    if (j->rank <= g->core[0]->rank || is_opposed(j, g))
        return 0;
    if (j->by == BY_PLACE)
        return means_place(j, g);
    return j->by == BY_PARTIES ? means_parties(j, g) : 0;
}

static bool is_equal(const joinee *j, const standing *g)
{
    return strcmp(j->identity, g->core[0]->identity) == 0 && !is_opposed(j, g);
}

/* The happenings that a statement may mean, and how many were found; equals come before all others. */
typedef struct {
    standing *equal, *meant;
    unsigned equal_count, meant_count, why;
} search;

static void search_list(search *found, const joinee *j, const standing_list *list)
{
    for (uint32_t i = 0; i < list->count && found->equal_count < 2; i++) {
        standing *g = list->items[i];
        if (is_equal(j, g)) {
            found->equal = g;
            found->equal_count++;
            continue;
        }
        const unsigned why = can_mean(j, g);
        if (why != 0) {
            found->meant = g;
            found->meant_count++;
            found->why = why;
        }
    }
}

/* The one happening that `j` can mean; NULL if there is none or several. */
static standing *only_one(joinee *j, const search *found)
{
    const unsigned no_day = j->is_dated ? 0 : WHY_NO_DAY;
    if (found->equal_count == 1) {
        j->why = j->by == BY_PLACE && no_day != 0 ? WHY_NO_DAY : why_equal(j) | no_day;
        return found->equal;
    }
    if (found->equal_count > 0 || found->meant_count != 1)
        return NULL;
    j->why = found->why | no_day;
    return found->meant;
}

/* --- a cell ------------------------------------------------------------------------------------------------------------ */

/* What stands of the day at work and of the day before. */
typedef struct {
    standing_list *all;
    standing_list dated, undated, before;
    int32_t day;
    arena *memory;
} cell;

/* Statements of one rank that joined nothing, in order: equals stand together. */
static bool stand(cell *c, joinee **items, uint32_t count, standing_list *list)
{
    const uint32_t first = c->all->count;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && items[end]->end == items[i]->end && strcmp(items[end]->identity, items[i]->identity) == 0)
            end++;
        for (uint32_t k = i; k < end; k++)
            items[k]->why = why_equal(items[k]);
        if (!standings_part(c->all, items + i, end - i, c->memory))
            return false;
        i = end;
    }
    for (uint32_t i = first; i < c->all->count; i++)
        if (!standings_append(list, c->all->items[i], c->memory))
            return false;
    return true;
}

static standing *find_meant(const cell *c, joinee *j)
{
    search found = {0};
    if (j->is_period)
        return NULL;
    search_list(&found, j, &c->dated);
    if (!j->is_dated) {
        search_list(&found, j, &c->before);
        search_list(&found, j, &c->undated);
    }
    return only_one(j, &found);
}

/* Statements of one rank, all with a day of their own or all without. What joins is taken out of `items`. */
static bool join_rank(cell *c, joinee **items, uint32_t count)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        standing *g = find_meant(c, items[i]);
        if (g == NULL)
            items[left++] = items[i];
        else if (!standing_add(g, items[i], c->memory))
            return false;
    }
    return left == 0 || stand(c, items, left, items[0]->is_dated ? &c->dated : &c->undated);
}

/* The next area, or the next day of it. The lists of a day that is over are used again. */
static void cell_turn(cell *c, const joinee *next, bool is_same_area)
{
    const bool was_yesterday = is_same_area && c->day != NO_DAY && c->day + 1 == next->day;
    const standing_list spare = c->before;
    c->before = c->dated;
    c->dated = spare;
    c->dated.count = c->undated.count = 0;
    if (!was_yesterday)
        c->before.count = 0;
    c->day = next->day;
}

static bool is_same_rank(const joinee *a, const joinee *b)
{
    return a->day == b->day && a->is_dated == b->is_dated && a->rank == b->rank && compare_areas(a, b) == 0;
}

bool joinees_join(standing_list *out, joinee **items, uint32_t count, arena *memory)
{
    cell c = {.all = out, .day = NO_DAY, .memory = memory};
    if (count > 0)
        qsort(items, count, sizeof(joinee *), by_generality);

    const joinee *last = NULL; /* join_rank() moves what stands in `items` */
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && is_same_rank(items[i], items[end]))
            end++;
        const bool is_same_area = last != NULL && compare_areas(last, items[i]) == 0;
        if (!is_same_area || last->day != items[i]->day)
            cell_turn(&c, items[i], is_same_area);
        last = items[i];
        if (!join_rank(&c, items + i, end - i))
            return false;
        i = end;
    }
    return true;
}
