#include "incidents.h"

#include <stdlib.h>

#include "unit.h"

enum { ITEMS_MAX = 16, STATEMENTS_MAX = 8 };

static void *room_for(arena *memory, size_t size)
{
    void *room = arena_alloc(memory, size);
    if (room == NULL)
        abort();
    return room;
}

/* --- parties --------------------------------------------------------------------------------------------------------- */

static incident_party *party_of(incident_party *parties, uint32_t *count, const char *who, arena *memory)
{
    for (uint32_t i = 0; i < *count; i++)
        if (strcmp(parties[i].who, who) == 0)
            return &parties[i];
    if (*count == ITEMS_MAX)
        abort();
    parties[*count] = (incident_party){.who = who,
                                       .claims = room_for(memory, STATEMENTS_MAX * sizeof(statement *)),
                                       .denials = room_for(memory, STATEMENTS_MAX * sizeof(statement *))};
    return &parties[(*count)++];
}

static void add_party(incident_party *parties, uint32_t *count, const statement_party *told, const statement *s, arena *memory)
{
    if (!party_is_named(told))
        return;
    incident_party *party = party_of(parties, count, told->who, memory);
    const bool is_denial = s->modality == MARSAD_DENIED;
    const statement **list = (const statement **)(uintptr_t)(is_denial ? party->denials : party->claims);
    uint32_t *told_count = is_denial ? &party->denial_count : &party->claim_count;
    list[(*told_count)++] = s;
}

static void add_parties(incident *item, arena *memory)
{
    incident_party *actors = room_for(memory, ITEMS_MAX * sizeof *actors), *targets = room_for(memory, ITEMS_MAX * sizeof *targets);
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        for (uint32_t k = 0; k < s->actor_count; k++)
            add_party(actors, &item->actor_count, &s->actors[k], s, memory);
        for (uint32_t k = 0; k < s->target_count; k++)
            add_party(targets, &item->target_count, &s->targets[k], s, memory);
        item->denials += s->modality == MARSAD_DENIED;
    }
    item->actors = actors;
    item->targets = targets;
}

/* --- figures --------------------------------------------------------------------------------------------------------- */

static bool tells(const statement *s, marsad_figure_of of)
{
    for (uint32_t i = 0; i < s->figure_count; i++)
        if (s->figures[i].of == of)
            return true;
    return false;
}

void incident_add_figure(incident *item, arena *memory, marsad_figure_of of, const char *group, int64_t low, int64_t best, int64_t high)
{
    incident_figure *figures = room_for(memory, (item->figure_count + 1) * sizeof *figures);
    const statement **from = room_for(memory, STATEMENTS_MAX * sizeof(statement *));
    uint32_t count = 0;
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (tells(item->statements[i], of))
            from[count++] = item->statements[i];
    if (count == 0)
        abort();
    if (item->figure_count > 0)
        memcpy(figures, item->figures, item->figure_count * sizeof *figures);
    figures[item->figure_count++] = (incident_figure){.of = of,
                                                      .group = group,
                                                      .low = low,
                                                      .best = best,
                                                      .high = high,
                                                      .low_from = from[0],
                                                      .best_from = from[0],
                                                      .high_from = from[0],
                                                      .from = from,
                                                      .from_count = count,
                                                      .rule = "by-hand v1"};
    item->figures = figures;
}

static void add_figures(incident *item, arena *memory)
{
    for (int of = 0; of < MARSAD_FIGURE_COUNT; of++) {
        int64_t low = INT64_MAX, best = MARSAD_NO_VALUE, high = 0;
        for (uint32_t i = 0; i < item->statement_count; i++)
            for (uint32_t k = 0; k < item->statements[i]->figure_count; k++) {
                const statement_figure *figure = &item->statements[i]->figures[k];
                if ((int)figure->of != of)
                    continue;
                low = figure->low < low ? figure->low : low;
                best = best == MARSAD_NO_VALUE ? figure->value : best;
                high = figure->high == MARSAD_NO_VALUE || high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : figure->high > high ? figure->high : high;
            }
        if (best != MARSAD_NO_VALUE)
            incident_add_figure(item, memory, (marsad_figure_of)of, "", low, best < low ? low : best, high);
    }
}

/* --- places, days, counts -------------------------------------------------------------------------------------------- */

static void add_scene(incident *item, arena *memory)
{
    const statement_place **places = room_for(memory, ITEMS_MAX * sizeof(statement_place *));
    for (uint32_t i = 0; i < item->statement_count && item->place_count == 0; i++)
        item->place_count = (uint32_t)statement_scene(item->statements[i], places, ITEMS_MAX);
    item->places = places;
    item->start = item->end = NO_DAY;
    for (uint32_t i = 0; i < item->statement_count && item->start == NO_DAY; i++) {
        item->start = item->statements[i]->start;
        item->end = item->statements[i]->end;
    }
    item->has_days = item->start != NO_DAY;
    if (!item->has_days)
        item->start = item->end = item->statements[0]->published;
}

static bool is_first_of(const incident *item, uint32_t at, size_t field)
{
    const char *const *own = (const char *const *)((const char *)item->statements[at] + field);
    for (uint32_t i = 0; i < at; i++)
        if (strcmp(*(const char *const *)((const char *)item->statements[i] + field), *own) == 0)
            return false;
    return true;
}

static void add_counts(incident *item)
{
    item->is_planned = true;
    for (uint32_t i = 0; i < item->statement_count; i++) {
        item->articles += is_first_of(item, i, offsetof(statement, article));
        item->outlets += is_first_of(item, i, offsetof(statement, outlet));
        item->chains += is_first_of(item, i, offsetof(statement, chain));
        item->is_planned = item->is_planned && item->statements[i]->modality == MARSAD_PLANNED;
        item->is_reviewed = item->is_reviewed || item->statements[i]->state == STATE_ACCEPTED;
        item->is_verified = item->is_verified || item->statements[i]->is_verified;
    }
    item->grade = item->chains > 1 ? GRADE_FAIR : GRADE_WEAK;
    item->grade_rule = item->chains > 1 ? "two-chains v1" : "one-chain v1";
}

static incident *add_incident(incident_list *list, arena *memory, const char *id)
{
    if (!ARENA_GROW(memory, list->items, list->count, list->room))
        abort();
    incident *item = &list->items[list->count++];
    *item = (incident){.id = arena_format(memory, "I-%016llx", (unsigned long long)view_hash(view_of(id)))};
    return item;
}

static incident *fill(incident *item, arena *memory, const statement *const *statements, uint32_t count)
{
    item->statements = statements;
    item->statement_count = count;
    item->kind = statements[0]->kind;
    add_parties(item, memory);
    add_figures(item, memory);
    add_scene(item, memory);
    add_counts(item);
    return item;
}

incident *incident_of_statement(incident_list *list, arena *memory, const char *id, const statement *s)
{
    const statement **own = room_for(memory, sizeof(statement *));
    own[0] = s;
    return fill(add_incident(list, memory, id), memory, own, 1);
}

incident *incident_make(incident_list *list, arena *memory, const char *id, const char *const *statements)
{
    const statement **own = room_for(memory, STATEMENTS_MAX * sizeof(statement *));
    uint32_t count = 0;
    for (; statements[count] != NULL; count++)
        own[count] = statement_make(memory, statements[count]);
    return fill(add_incident(list, memory, id), memory, own, count);
}
