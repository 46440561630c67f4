/* Tallies: one entry for each figure of an incident under each of its keys, sorted and added up. */
#include "incident/tally.h"

#include <stdlib.h>

#include "incident/figures.h"

typedef struct {
    const char *party, *accuser;
} blame;

typedef struct {
    tally_table *out;
    unsigned by;
    arena *memory;
} tallying;

/* --- who is blamed by whom --------------------------------------------------------------------------------------------- */

typedef struct {
    blame *items;
    uint32_t count, room;
} blame_list;

static bool blame_add(blame_list *list, blame b, arena *memory)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].party, b.party) == 0 && strcmp(list->items[i].accuser, b.accuser) == 0)
            return true;
    if (!ARENA_GROW(memory, list->items, list->count, list->room))
        return false;
    list->items[list->count++] = b;
    return true;
}

/* What one statement says: each named doer on the word of its speaker. What was not asked for is "". */
static bool blame_of_statement(blame_list *list, const statement *s, unsigned by, arena *memory)
{
    const char *speaker = (by & TALLY_BY_ACCUSER) != 0 ? statement_speaker(s) : NULL;
    bool is_any = false;
    for (uint32_t i = 0; (by & TALLY_BY_PARTY) != 0 && i < s->actor_count; i++) {
        if (!party_is_named(&s->actors[i]))
            continue;
        is_any = true;
        if (!blame_add(list, (blame){s->actors[i].who, speaker == NULL ? "" : speaker}, memory))
            return false;
    }
    return is_any || blame_add(list, (blame){"", speaker == NULL ? "" : speaker}, memory);
}

/* Without accusers, statements that name nobody say nothing beside one that does. */
static void forget_nobody(blame_list *list, unsigned by)
{
    if ((by & TALLY_BY_ACCUSER) != 0 || list->count < 2)
        return;
    uint32_t left = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].party[0] != 0)
            list->items[left++] = list->items[i];
    list->count = left;
}

static bool blame_of_incident(blame_list *list, const incident *i, unsigned by, arena *memory)
{
    for (uint32_t k = 0; k < i->statement_count; k++)
        if (i->statements[k]->modality != MARSAD_DENIED && !blame_of_statement(list, i->statements[k], by, memory))
            return false;
    forget_nobody(list, by);
    return true;
}

/* --- keys of an incident ----------------------------------------------------------------------------------------------- */

static const char *place_id(const statement_place *place)
{
    return place->id[0] != 0 ? place->id : place->norm;
}

static const char *place_name(const statement_place *place)
{
    return place->name_en[0] != 0 ? place->name_en : place->norm;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(place_id(*(const statement_place *const *)a), place_id(*(const statement_place *const *)b));
}

/* In the order of their ids, so that it does not matter which statement named them first. */
static bool places_read(tally_row *row, const incident *i, arena *memory)
{
    const statement_place **places = arena_alloc(memory, i->place_count * sizeof(const statement_place *));
    if (places == NULL)
        return false;
    memcpy(places, i->places, i->place_count * sizeof(const statement_place *));
    qsort(places, i->place_count, sizeof(const statement_place *), by_id);
    for (uint32_t k = 0; k < i->place_count; k++) {
        row->place = k == 0 ? place_id(places[k]) : arena_format(memory, "%s,%s", row->place, place_id(places[k]));
        row->place_name = k == 0 ? place_name(places[k]) : arena_format(memory, "%s, %s", row->place_name, place_name(places[k]));
        if (row->place == NULL || row->place_name == NULL)
            return false;
    }
    return true;
}

/* Country and governorate that all places share, as "SY/Aleppo". */
static const char *area_of(const incident *i, arena *memory)
{
    const statement_place *first = i->place_count > 0 ? i->places[0] : NULL;
    for (uint32_t k = 0; k < i->place_count; k++)
        if (strcmp(i->places[k]->country, first->country) != 0 || strcmp(i->places[k]->admin1, first->admin1) != 0)
            return "";
    return first == NULL || first->country[0] == 0 ? "" : arena_format(memory, "%s/%s", first->country, first->admin1);
}

static bool keys_read(tally_row *row, const incident *i, const tallying *t)
{
    *row = (tally_row){.day = NO_DAY, .place = "", .place_name = "", .area = "", .party = "", .accuser = "", .kind = "", .group = ""};
    if ((t->by & TALLY_BY_DAY) != 0 && !i->is_period)
        row->day = i->start;
    if ((t->by & TALLY_BY_KIND) != 0)
        row->kind = marsad_kind_name(i->kind);
    if ((t->by & TALLY_BY_AREA) != 0)
        row->area = area_of(i, t->memory);
    if ((t->by & TALLY_BY_PLACE) != 0 && i->place_count > 0 && !places_read(row, i, t->memory))
        return false;
    return row->area != NULL;
}

/* --- entries ----------------------------------------------------------------------------------------------------------- */

static bool entry_add(const tallying *t, const tally_row *keys, const blame_list *blamed)
{
    tally_table *out = t->out;
    for (uint32_t i = 0; i < blamed->count; i++) {
        if (!ARENA_GROW(t->memory, out->items, out->count, out->room))
            return false;
        tally_row *row = &out->items[out->count++];
        *row = *keys;
        row->party = blamed->items[i].party;
        row->accuser = blamed->items[i].accuser;
    }
    return true;
}

static bool figure_add(const tallying *t, tally_row row, const incident *i, const incident_figure *f, const blame_list *blamed)
{
    if (f->group[0] != 0 && (t->by & TALLY_BY_GROUP) == 0)
        return true;
    row.of = f->of;
    row.group = f->group;
    if (i->is_period) {
        row.window_low = f->low;
        row.window_from = f->low_from;
    } else {
        row.incidents = 1;
        row.low = f->low;
        row.best = f->best;
        row.high = f->high;
    }
    return entry_add(t, &row, blamed);
}

static bool has_figure(const incident *i, marsad_figure_of of)
{
    for (uint32_t k = 0; k < i->figure_count; k++)
        if (i->figures[k].of == of)
            return true;
    return false;
}

static bool is_counted(const incident *i)
{
    return !i->is_planned && i->grade != GRADE_DISCOUNTED;
}

static bool incident_add(const tallying *t, const incident *i)
{
    tally_row row;
    blame_list blamed = {0};
    if (!is_counted(i))
        return true;
    if (!keys_read(&row, i, t) || !blame_of_incident(&blamed, i, t->by, t->memory))
        return false;
    for (uint32_t k = 0; k < i->figure_count; k++)
        if (!figure_add(t, row, i, &i->figures[k], &blamed))
            return false;
    if (i->kind != MARSAD_KIND_AIRSTRIKE || i->is_period || has_figure(i, MARSAD_STRIKES))
        return true;
    const incident_figure one_or_more = {.of = MARSAD_STRIKES, .group = "", .low = 1, .best = 1, .high = MARSAD_NO_VALUE};
    return figure_add(t, row, i, &one_or_more, &blamed);
}

/* --- adding up --------------------------------------------------------------------------------------------------------- */

static int by_keys(const void *first, const void *second)
{
    const tally_row *a = first, *b = second;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    int order = strcmp(a->area, b->area);
    if (order == 0)
        order = strcmp(a->place, b->place);
    if (order == 0)
        order = strcmp(a->party, b->party);
    if (order == 0)
        order = strcmp(a->accuser, b->accuser);
    if (order == 0)
        order = strcmp(a->kind, b->kind);
    if (order == 0)
        order = (a->of > b->of) - (a->of < b->of);
    return order != 0 ? order : strcmp(a->group, b->group);
}

static bool is_larger_window(const tally_row *a, const tally_row *b)
{
    if (a->window_from == NULL || b->window_from == NULL)
        return b->window_from == NULL && a->window_from != NULL;
    if (a->window_low != b->window_low)
        return a->window_low > b->window_low;
    return strcmp(a->window_from->id, b->window_from->id) < 0;
}

static void row_add(tally_row *into, const tally_row *more)
{
    into->incidents += more->incidents;
    into->low = figure_sum(into->low, more->low);
    into->best = figure_sum(into->best, more->best);
    into->high = figure_sum(into->high, more->high);
    /* one place can have two names in two gazetteers: the first in order stands, whoever came first */
    if (strcmp(more->place_name, into->place_name) < 0)
        into->place_name = more->place_name;
    if (is_larger_window(more, into)) {
        into->window_low = more->window_low;
        into->window_from = more->window_from;
    }
}

static void rows_unite(tally_table *table)
{
    uint32_t left = 0;
    if (table->count > 1)
        qsort(table->items, table->count, sizeof *table->items, by_keys);
    for (uint32_t i = 0; i < table->count; i++) {
        if (left > 0 && by_keys(&table->items[left - 1], &table->items[i]) == 0)
            row_add(&table->items[left - 1], &table->items[i]);
        else
            table->items[left++] = table->items[i];
    }
    table->count = left;
}

bool tally_incidents(tally_table *out, const incident_list *incidents, unsigned by, arena *memory)
{
    *out = (tally_table){0};
    const tallying t = {.out = out, .by = by, .memory = memory};
    for (uint32_t i = 0; i < incidents->count; i++)
        if (!incident_add(&t, &incidents->items[i]))
            return false;
    rows_unite(out);
    return true;
}
