/* Incidents from statements: the story in order. */
#include "incident/incident.h"

#include <stdlib.h>

#include "incident/join.h"

static bool is_left_out(const statement *s)
{
    return s->state == STATE_REJECTED || s->state == STATE_DUPLICATE;
}

static int by_record(const void *a, const void *b)
{
    return strcmp(((const joinee *)a)->s->id, ((const joinee *)b)->s->id);
}

/* What is to be joined, in the order of record ids. */
typedef struct {
    joinee *items;
    joinee **root; /* what people merged an item into; NULL: the rules join it */
    uint32_t count;
} joinee_list;

static bool read_all(joinee_list *out, const statement *const *statements, size_t count, const rule_set *rules, arena *memory)
{
    out->items = arena_alloc(memory, count * sizeof *out->items);
    out->root = arena_alloc(memory, count * sizeof(joinee *));
    if (out->items == NULL || out->root == NULL || count > UINT32_MAX)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_left_out(statements[i]) && !joinee_read(&out->items[out->count++], statements[i], rules, memory))
            return false;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_record);
    return true;
}

/* The rules join what people did not. */
static bool join_by_rules(standing_list *out, const joinee_list *list, arena *memory)
{
    joinee **free_items = arena_alloc(memory, list->count * sizeof(joinee *));
    uint32_t count = 0;
    if (free_items == NULL)
        return false;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->root[i] == NULL)
            free_items[count++] = &list->items[i];
    return joinees_join(out, free_items, count, memory);
}

static bool add_merged(const joinee_list *list, arena *memory)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->root[i] == NULL)
            continue;
        list->items[i].why = WHY_PERSON;
        if (!standing_add(list->root[i]->in, &list->items[i], memory))
            return false;
    }
    return true;
}

static int by_start(const void *first, const void *second)
{
    const incident *a = first, *b = second;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return strcmp(a->id, b->id);
}

bool incidents_join(incident_list *out, const statement *const *statements, size_t count, const incident_decision *decisions, size_t decision_count,
                    const rule_set *rules, arena *memory)
{
    joinee_list list = {0};
    standing_list standings = {0};
    *out = (incident_list){0};
    if (!read_all(&list, statements, count, rules, memory) ||
        !decisions_apply(list.root, list.items, list.count, decisions, decision_count, memory) || !join_by_rules(&standings, &list, memory) ||
        !add_merged(&list, memory))
        return false;

    incident *items = arena_alloc(memory, standings.count * sizeof *items);
    if (items == NULL)
        return false;
    for (uint32_t i = 0; i < standings.count; i++)
        if (!incident_assemble(&items[i], standings.items[i], rules, memory))
            return false;
    if (standings.count > 1)
        qsort(items, standings.count, sizeof *items, by_start);
    *out = (incident_list){.items = items, .count = standings.count, .room = standings.count};
    return true;
}

unsigned incident_why_of(const incident *i, const statement *s)
{
    for (uint32_t k = 0; k < i->statement_count; k++)
        if (strcmp(i->statements[k]->id, s->id) == 0)
            return i->why[k];
    return 0;
}

static const struct {
    incident_why why;
    const char *name, *words;
} whys[WHY_COUNT] = {
    {WHY_SAME_PLACE_AND_DAY, "same_place_and_day", "the same place and day"},
    {WHY_SAME_PLACE_REPORTED, "same_place_reported", "the same place, without a day, reported on the same day"},
    {WHY_SAME_PERIOD, "same_period", "the same place, first and last day"},
    {WHY_SAME_PARTIES, "same_parties", "the same parties on the same day"},
    {WHY_SAME_CHAIN, "same_chain", "says too little of where, when and who; stands in the same report or a copy of it"},
    {WHY_GENERAL_KIND, "general_kind", "a general word for it; the only happening there that it can mean"},
    {WHY_WIDER_PLACE, "wider_place", "a wider place; the only happening within it that it can mean"},
    {WHY_NO_DAY, "no_day", "no day of its own; the only one there on the day of the report or the day before"},
    {WHY_FEWER_PARTIES, "fewer_parties", "names fewer parties; the only one of that day that it can mean"},
    {WHY_DENIES, "denies", "denies it"},
    {WHY_PERSON, "person", "merged by a person"},
};

const char *incident_why_name(incident_why why)
{
    for (size_t i = 0; i < WHY_COUNT; i++)
        if (whys[i].why == why)
            return whys[i].name;
    return "";
}

const char *incident_why_words(incident_why why)
{
    for (size_t i = 0; i < WHY_COUNT; i++)
        if (whys[i].why == why)
            return whys[i].words;
    return "";
}
