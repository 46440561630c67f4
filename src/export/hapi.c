/* HDX HAPI's counts by place and month, 19 columns: docs/formats.md, "hapi". */
#include <stdlib.h>

#include "export/formats.h"
#include "export/layout.h"

static const char *const columns[] = {"location_code",
                                      "has_hrp",
                                      "in_gho",
                                      "provider_admin1_name",
                                      "provider_admin2_name",
                                      "admin1_code",
                                      "admin1_name",
                                      "admin2_code",
                                      "admin2_name",
                                      "admin_level",
                                      "event_type",
                                      "events",
                                      "fatalities",
                                      "reference_period_start",
                                      "reference_period_end",
                                      "dataset_hdx_id",
                                      "resource_hdx_id",
                                      "warning",
                                      "error"};
_Static_assert(sizeof columns / sizeof *columns == 19, "the layout has 19 columns");

enum { CIVILIAN_TARGETING, DEMONSTRATION, POLITICAL_VIOLENCE, TYPE_COUNT };
static const char *const type_names[TYPE_COUNT] = {"civilian_targeting", "demonstration", "political_violence"};

/* A place and a month; a type without an event is a zero, not a gap. */
typedef struct {
    const char *country, *admin1, *admin2;
    int32_t from, to; /* first and last day of the month */
    uint64_t events[TYPE_COUNT];
    int64_t killed[TYPE_COUNT];
    bool is_open[TYPE_COUNT]; /* somebody says "at least" */
} month_row;

typedef struct {
    month_row *items;
    uint32_t count, room;
} month_table;

static int by_place_and_month(const void *a, const void *b)
{
    const month_row *left = a, *right = b;
    int order = strcmp(left->country, right->country);
    order = order != 0 ? order : strcmp(left->admin1, right->admin1);
    order = order != 0 ? order : strcmp(left->admin2, right->admin2);
    return order != 0 ? order : (left->from > right->from) - (left->from < right->from);
}

static void set_month(month_row *row, int32_t day)
{
    marsad_date date = day_date(day);
    date.day = 1;
    row->from = day_number(date);
    const bool is_last = date.month == 12;
    row->to = day_number((marsad_date){(int16_t)(date.year + is_last), (uint8_t)(is_last ? 1 : date.month + 1), 1}) - 1;
}

static void count_event(month_row *row, int type, const dead *killed)
{
    row->events[type]++;
    row->killed[type] += killed->best;
    row->is_open[type] = row->is_open[type] || killed->high == MARSAD_NO_VALUE;
}

static void add(export_run *run, month_table *table, const incident *item)
{
    layout_row event;
    if (!layout_row_of(run, &event, item))
        return;
    const bool is_violence = strcmp(event.event.disorder, "Political violence") == 0,
               is_protest = strcmp(event.event.disorder, "Demonstrations") == 0;
    if (!is_violence && !is_protest) {
        export_drop(run, "neither violence nor a demonstration");
        return;
    }
    if (event.country == NULL) {
        export_drop(run, "its country has no row in the table of countries");
        return;
    }
    month_row key = {.country = event.country->iso3, .admin1 = event.place->admin1, .admin2 = event.place->admin1[0] != 0 ? event.place->admin2 : ""};
    set_month(&key, item->start);
    count_event(&key, is_violence ? POLITICAL_VIOLENCE : DEMONSTRATION, &event.killed);
    if (event.is_against_civilians)
        count_event(&key, CIVILIAN_TARGETING, &event.killed);
    if (!ARENA_GROW(run->memory, table->items, table->count, table->room)) {
        run->is_out_of_memory = true;
        return;
    }
    table->items[table->count++] = key;
    export_loss(run, "event", "counted, not told: a row is a place and a month");
}

/* Rows of one place and month become one. */
static void fold(month_table *table)
{
    if (table->count == 0)
        return;
    qsort(table->items, table->count, sizeof *table->items, by_place_and_month);
    uint32_t kept = 0;
    for (uint32_t i = 1; i < table->count; i++) {
        month_row *row = &table->items[kept];
        const month_row *more = &table->items[i];
        if (by_place_and_month(row, more) != 0) {
            table->items[++kept] = *more;
            continue;
        }
        for (int type = 0; type < TYPE_COUNT; type++) {
            row->events[type] += more->events[type];
            row->killed[type] += more->killed[type];
            row->is_open[type] = row->is_open[type] || more->is_open[type];
        }
    }
    table->count = kept + 1;
}

static void write_type(export_run *run, const month_row *row, int type)
{
    const bool is_small = row->killed[type] > 0 && row->killed[type] < run->options->profile->small_cells_below;
    const char *level = row->admin2[0] != 0 ? "2" : row->admin1[0] != 0 ? "1" : "0";
    const char *const places[] = {row->country, "", "", row->admin1, row->admin2, "", "", "", "", level, type_names[type]};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        cell_text(run, places[i]);
    cell_integer(run, (int64_t)row->events[type]);
    cell_integer(run, is_small ? MARSAD_NO_VALUE : row->killed[type]);
    cell_day(run, row->from);
    cell_day(run, row->to);
    cell_text(run, "");
    cell_text(run, "");
    cell_text(run, is_small ? "fatalities withheld: a small number" : row->is_open[type] ? "fatalities: at least" : "");
    cell_text(run, "");
    cells_end(run);
    export_row(run);
    if (is_small && !loss_add(run->report, LOSS_WITHHELD, "fatalities of a month", "a small number", 1, run->memory))
        run->is_out_of_memory = true;
}

bool write_hapi(export_run *run, const incident_list *incidents)
{
    month_table table = {0};
    for (uint32_t i = 0; i < incidents->count && export_ok(run); i++)
        add(run, &table, &incidents->items[i]);
    fold(&table);
    cells_header(run, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < table.count; i++)
        for (int type = 0; type < TYPE_COUNT; type++)
            write_type(run, &table.items[i], type);
    return export_ok(run);
}
