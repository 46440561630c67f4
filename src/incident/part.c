/*
 * Parting: statements of one place and day that cannot mean one happening, for their parties exclude each other. Those that name enough make the
 * happenings: two of them are one if they share a party, or if a third one links them. So the result does not depend on which came first. The rest joins
 * the one it fits.
 */
#include "incident/join.h"

#include <stdlib.h>

static bool is_apart(family_parting parting, const joinee *j, const name_set *actors, const name_set *targets, const name_set *sides)
{
    switch (parting) {
    case PARTED_BY_BOTH:
        return j->actors.count > 0 && j->targets.count > 0 && actors->count > 0 && targets->count > 0 && !names_overlap(&j->actors, actors) &&
               !names_overlap(&j->targets, targets);
    case PARTED_BY_ACTORS:
        return j->actors.count > 0 && actors->count > 0 && !names_overlap(&j->actors, actors);
    case PARTED_BY_SIDES:
        return j->sides.count > 0 && sides->count > 0 && !names_overlap(&j->sides, sides);
    case PARTED_NEVER:
        break;
    }
    return false;
}

bool is_opposed(const joinee *j, const standing *g)
{
    return is_apart(j->row->parting, j, &g->actors, &g->targets, &g->sides);
}

/* Names enough to exclude another statement. */
static bool is_full(const joinee *j)
{
    switch (j->row->parting) {
    case PARTED_BY_BOTH:
        return j->actors.count > 0 && j->targets.count > 0;
    case PARTED_BY_ACTORS:
        return j->actors.count > 0;
    case PARTED_BY_SIDES:
        return j->sides.count > 0;
    case PARTED_NEVER:
        break;
    }
    return false;
}

bool standing_add(standing *g, joinee *j, arena *memory)
{
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers */
    if (!ARENA_GROW(memory, g->members, g->count, g->room))
        return false;
    g->members[g->count++] = j;
    j->in = g;
    return true;
}

bool standings_append(standing_list *list, standing *g, arena *memory)
{
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers */
    if (!ARENA_GROW(memory, list->items, list->count, list->room))
        return false;
    list->items[list->count++] = g;
    return true;
}

static bool parties_add(standing *g, const joinee *j, arena *memory)
{
    return names_unite(&g->actors, &j->actors, memory) && names_unite(&g->targets, &j->targets, memory) && names_unite(&g->sides, &j->sides, memory);
}

/* Takes into `g` what `other` holds. */
static bool standing_absorb(standing *g, const standing *other, arena *memory)
{
    for (uint32_t i = 0; i < other->count; i++)
        if (!standing_add(g, other->members[i], memory))
            return false;
    return names_unite(&g->actors, &other->actors, memory) && names_unite(&g->targets, &other->targets, memory) &&
           names_unite(&g->sides, &other->sides, memory);
}

/* Puts `j` with all happenings in [first, ...) that it is not apart from, which makes one of them. */
static bool link_full(standing_list *out, uint32_t first, joinee *j, arena *memory)
{
    standing *home = NULL;
    for (uint32_t i = first; i < out->count; i++) {
        standing *g = out->items[i];
        if (is_opposed(j, g))
            continue;
        if (home == NULL) {
            home = g;
            continue;
        }
        if (!standing_absorb(home, g, memory))
            return false;
        out->items[i--] = out->items[--out->count];
    }
    if (home == NULL) {
        home = arena_alloc(memory, sizeof *home);
        if (home == NULL || !standings_append(out, home, memory))
            return false;
        home->signature = "";
    }
    return standing_add(home, j, memory) && parties_add(home, j, memory);
}

static int by_record(const void *a, const void *b)
{
    return strcmp((*(joinee *const *)a)->s->id, (*(joinee *const *)b)->s->id);
}

static bool count_chains(standing *g, arena *memory)
{
    const statement **list = arena_alloc(memory, g->count * sizeof(const statement *));
    if (list == NULL)
        return false;
    for (uint32_t i = 0; i < g->count; i++)
        list[i] = g->members[i]->s;
    g->core_chains = statement_chains(list, g->count, memory);
    return true;
}

/* The first name that tells a parted happening from the others of its day: no name of it is one of theirs. */
static const char *signature_of(const standing *g)
{
    const name_set *telling = g->core[0]->row->parting == PARTED_BY_SIDES ? &g->sides : &g->actors;
    return telling->count > 0 ? telling->names[0] : "";
}

static bool settle_core(standing *g, arena *memory)
{
    qsort(g->members, g->count, sizeof(joinee *), by_record);
    g->core = arena_alloc(memory, g->count * sizeof(joinee *));
    if (g->core == NULL)
        return false;
    memcpy(g->core, g->members, g->count * sizeof(joinee *));
    g->core_count = g->count;
    return true;
}

static bool shares_party(const joinee *j, const standing *g)
{
    return names_overlap(&j->sides, &g->sides);
}

/* Of the happenings that `j` fits: one that shares a party, then the one with most chains, then with the smallest record id. */
static bool is_better(const joinee *j, const standing *a, const standing *b)
{
    if (shares_party(j, a) != shares_party(j, b))
        return shares_party(j, a);
    if (a->core_chains != b->core_chains)
        return a->core_chains > b->core_chains;
    return strcmp(a->members[0]->s->id, b->members[0]->s->id) < 0;
}

static standing *best_fit(const standing_list *out, uint32_t first, const joinee *j)
{
    standing *best = NULL;
    for (uint32_t i = first; i < out->count; i++)
        if (!is_opposed(j, out->items[i]) && (best == NULL || is_better(j, out->items[i], best)))
            best = out->items[i];
    return best;
}

/* Several happenings: each with its signature and chains, before the rest chooses. */
static bool settle_parted(standing_list *out, uint32_t first, arena *memory)
{
    for (uint32_t i = first; i < out->count; i++) {
        standing *g = out->items[i];
        if (!settle_core(g, memory) || !count_chains(g, memory))
            return false;
        if (out->count - first > 1)
            g->signature = signature_of(g);
    }
    return true;
}

bool standings_part(standing_list *out, joinee **items, uint32_t count, arena *memory)
{
    const uint32_t first = out->count;
    for (uint32_t i = 0; i < count; i++)
        if (is_full(items[i]) && !link_full(out, first, items[i], memory))
            return false;
    const bool are_several = out->count - first > 1;
    if (are_several && !settle_parted(out, first, memory))
        return false;

    for (uint32_t i = 0; i < count; i++) {
        if (is_full(items[i]))
            continue;
        standing *g = are_several ? best_fit(out, first, items[i]) : NULL;
        const bool is_done = g != NULL ? standing_add(g, items[i], memory) : link_full(out, first, items[i], memory);
        if (!is_done)
            return false;
    }
    for (uint32_t i = first; i < out->count; i++)
        if (!settle_core(out->items[i], memory))
            return false;
    return true;
}
