/* Tallies: one entry for each figure of an incident under each of its keys, added to the row of its keys. */
#include "incident/tally.h"

#include <stdlib.h>

#include "incident/figures.h"

typedef struct {
    const char *party, *accuser;
} blame;

enum { FIRST_SLOTS = 256 };

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

/* Of what is unpacked without its statements (packed.h) it is known that somebody tells it. */
static bool is_told(const incident *i)
{
    bool is_told = i->statement_count == 0;
    for (uint32_t k = 0; k < i->statement_count && !is_told; k++)
        is_told = i->statements[k]->modality != MARSAD_DENIED;
    return is_told;
}

/* Where neither party nor accuser is asked for it does not matter who says it, but somebody must. */
static bool blame_of_incident(blame_list *list, const incident *i, unsigned by, arena *memory)
{
    if ((by & (TALLY_BY_PARTY | TALLY_BY_ACCUSER)) == 0)
        return !is_told(i) || blame_add(list, (blame){"", ""}, memory);
    for (uint32_t k = 0; k < i->statement_count; k++)
        if (i->statements[k]->modality != MARSAD_DENIED && !blame_of_statement(list, i->statements[k], by, memory))
            return false;
    forget_nobody(list, by);
    return true;
}

/* --- keys of an incident ----------------------------------------------------------------------------------------------- */

static const char *join(const char *a, const char *between, const char *b, arena *memory)
{
    const size_t first = strlen(a), middle = strlen(between), last = strlen(b);
    char *text = arena_alloc(memory, first + middle + last + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, a, first);
    memcpy(text + first, between, middle);
    memcpy(text + first + middle, b, last);
    return text;
}

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
        row->place = k == 0 ? place_id(places[k]) : join(row->place, ",", place_id(places[k]), memory);
        row->place_name = k == 0 ? place_name(places[k]) : join(row->place_name, ", ", place_name(places[k]), memory);
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
    return first == NULL || first->country[0] == 0 ? "" : join(first->country, "/", first->admin1, memory);
}

static bool keys_read(tally_row *row, const incident *i, tally_sum *t)
{
    *row = (tally_row){.day = NO_DAY, .place = "", .place_name = "", .area = "", .party = "", .accuser = "", .kind = "", .group = ""};
    if ((t->by & TALLY_BY_DAY) != 0 && !i->is_period)
        row->day = i->start;
    if ((t->by & TALLY_BY_KIND) != 0)
        row->kind = marsad_kind_name(i->kind);
    if ((t->by & TALLY_BY_AREA) != 0)
        row->area = area_of(i, &t->scratch);
    if ((t->by & TALLY_BY_PLACE) != 0 && i->place_count > 0 && !places_read(row, i, &t->scratch))
        return false;
    return row->area != NULL;
}

/* --- rows -------------------------------------------------------------------------------------------------------------- */

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

static uint64_t hash_of(const tally_row *row)
{
    const char *const keys[] = {row->area, row->place, row->party, row->accuser, row->kind, row->group};
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = ((uint64_t)(uint32_t)row->day << 8 | (uint64_t)row->of) * odd;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i][0] != 0)
            hash = (hash ^ view_hash(view_of(keys[i])) ^ i) * odd;
    return hash >> 32;
}

/* The slot of the row with these keys, or an empty one. */
static uint32_t *slot_of(const tally_sum *t, const tally_row *row)
{
    const uint32_t mask = t->slot_count - 1;
    uint32_t slot = (uint32_t)hash_of(row) & mask;
    while (t->slots[slot] != 0 && by_keys(&t->table.items[t->slots[slot] - 1], row) != 0)
        slot = (slot + 1) & mask;
    return &t->slots[slot];
}

/* Half of the slots stay empty. */
static bool slots_grow(tally_sum *t)
{
    const uint32_t count = t->slot_count == 0 ? FIRST_SLOTS : 2 * t->slot_count;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    free(t->slots);
    t->slots = slots;
    t->slot_count = count;
    for (uint32_t i = 0; i < t->table.count; i++)
        *slot_of(t, &t->table.items[i]) = i + 1;
    return true;
}

static bool keep(const char **text, arena *memory)
{
    *text = (*text)[0] == 0 ? "" : arena_string(memory, view_of(*text));
    return *text != NULL;
}

/* A statement of which the id is kept. */
static bool keep_window(const tally_sum *t, tally_row *row)
{
    if (!t->keeps_strings || row->window_from == NULL)
        return true;
    statement *kept = arena_alloc(t->memory, sizeof *kept);
    if (kept == NULL)
        return false;
    kept->id = row->window_from->id;
    row->window_from = kept;
    return keep(&kept->id, t->memory);
}

/* What was put together for the incident at work is kept in any case, what is the incident's own where that does not outlive the table. */
static bool row_new(tally_sum *t, const tally_row *row)
{
    tally_table *out = &t->table;
    if (!ARENA_GROW(t->memory, out->items, out->count, out->room))
        return false;
    tally_row *own = &out->items[out->count];
    *own = *row;
    if (!keep(&own->area, t->memory) || !keep(&own->place, t->memory) || !keep(&own->place_name, t->memory) || !keep_window(t, own) ||
        (t->keeps_strings && (!keep(&own->party, t->memory) || !keep(&own->accuser, t->memory) || !keep(&own->group, t->memory))))
        return false;
    out->count++;
    return true;
}

static bool is_larger_window(const tally_row *a, const tally_row *b)
{
    if (a->window_from == NULL || b->window_from == NULL)
        return b->window_from == NULL && a->window_from != NULL;
    if (a->window_low != b->window_low)
        return a->window_low > b->window_low;
    return strcmp(a->window_from->id, b->window_from->id) < 0;
}

static bool row_add(const tally_sum *t, tally_row *into, const tally_row *more)
{
    into->incidents += more->incidents;
    into->low = figure_sum(into->low, more->low);
    into->best = figure_sum(into->best, more->best);
    into->high = figure_sum(into->high, more->high);
    /* one place can have two names in two gazetteers: the first in order stands, whoever came first */
    if (strcmp(more->place_name, into->place_name) < 0) {
        into->place_name = more->place_name;
        if (!keep(&into->place_name, t->memory))
            return false;
    }
    if (!is_larger_window(more, into))
        return true;
    into->window_low = more->window_low;
    into->window_from = more->window_from;
    return keep_window(t, into);
}

static bool row_unite(tally_sum *t, const tally_row *row)
{
    if (t->table.count >= t->slot_count / 2 && !slots_grow(t))
        return false;
    uint32_t *slot = slot_of(t, row);
    if (*slot != 0)
        return row_add(t, &t->table.items[*slot - 1], row);
    *slot = t->table.count + 1;
    return row_new(t, row);
}

/* --- entries ----------------------------------------------------------------------------------------------------------- */

static bool entry_add(tally_sum *t, tally_row *row, const blame_list *blamed)
{
    for (uint32_t i = 0; i < blamed->count; i++) {
        row->party = blamed->items[i].party;
        row->accuser = blamed->items[i].accuser;
        if (!row_unite(t, row))
            return false;
    }
    return true;
}

static bool figure_add(tally_sum *t, tally_row row, const incident *i, const incident_figure *f, const blame_list *blamed)
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

/* An air strike that gives no number is one or more. */
static bool is_one_strike(const incident *i)
{
    return i->kind == MARSAD_KIND_AIRSTRIKE && !i->is_period && !has_figure(i, MARSAD_STRIKES);
}

static bool incident_add(tally_sum *t, const incident *i)
{
    static const incident_figure one_or_more = {.of = MARSAD_STRIKES, .group = "", .low = 1, .best = 1, .high = MARSAD_NO_VALUE};
    tally_row row;
    blame_list blamed = {0};
    if (!is_counted(i) || (i->figure_count == 0 && !is_one_strike(i)))
        return true;
    if (!keys_read(&row, i, t) || !blame_of_incident(&blamed, i, t->by, &t->scratch))
        return false;
    for (uint32_t k = 0; k < i->figure_count; k++)
        if (!figure_add(t, row, i, &i->figures[k], &blamed))
            return false;
    return !is_one_strike(i) || figure_add(t, row, i, &one_or_more, &blamed);
}

/* --- the whole --------------------------------------------------------------------------------------------------------- */

void tally_begin(tally_sum *sum, unsigned by, arena *memory)
{
    *sum = (tally_sum){.by = by, .keeps_strings = true, .memory = memory};
}

bool tally_add(tally_sum *sum, const incident *incidents, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!incident_add(sum, &incidents[i]))
            return false;
        arena_reset(&sum->scratch);
    }
    return true;
}

void tally_end(tally_sum *sum, tally_table *out)
{
    *out = sum->table;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_keys);
    arena_free(&sum->scratch);
    free(sum->slots);
    *sum = (tally_sum){0};
}

bool tally_incidents(tally_table *out, const incident_list *incidents, unsigned by, arena *memory)
{
    tally_sum sum;
    tally_begin(&sum, by, memory);
    sum.keeps_strings = false;
    const bool is_fine = tally_add(&sum, incidents->items, incidents->count);
    tally_end(&sum, out);
    return is_fine;
}
