/* ACLED-shaped columns with HXL tags under the header row: docs/formats.md, "hxl". */
#include "export/formats.h"
#include "export/layout.h"

static const char *const columns[][2] = {{"event_id_cnty", "#event+code"}, {"event_date", "#date+occurred"},
                                         {"year", "#date+year"},           {"event_type", "#event+type"},
                                         {"actor1", "#group+name+first"},  {"assoc_actor_1", "#group+name+first+assoc"},
                                         {"actor2", "#group+name+second"}, {"assoc_actor_2", "#group+name+second+assoc"},
                                         {"region", "#region+name"},       {"country", "#country+name"},
                                         {"iso3", "#country+code"},        {"admin1", "#adm1+name"},
                                         {"admin2", "#adm2+name"},         {"admin3", "#adm3+name"},
                                         {"location", "#loc+name"},        {"latitude", "#geo+lat"},
                                         {"longitude", "#geo+lon"},        {"source", "#meta+source"},
                                         {"notes", "#description"},        {"fatalities", "#affected+killed"}};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };
_Static_assert(COLUMN_COUNT == 20, "the layout has 20 columns");

static void write_heads(export_run *run)
{
    for (size_t line = 0; line < 2; line++) {
        const char *names[COLUMN_COUNT];
        for (size_t i = 0; i < COLUMN_COUNT; i++)
            names[i] = columns[i][line];
        cells_header(run, names, COLUMN_COUNT);
    }
}

static void write_row(export_run *run, const incident *item, const layout_row *row)
{
    const side *const both[] = {&row->both.a, &row->both.b};
    cell_text(run, item->id);
    cell_day(run, item->start);
    cell_integer(run, day_date(item->start).year);
    cell_text(run, row->event.event);
    for (size_t i = 0; i < 2; i++) {
        cell_text(run, both[i]->who != NULL ? party_name(run, both[i]->who) : "");
        cell_text(run, both[i]->names);
    }
    cell_text(run, row->country != NULL ? row->country->region : "");
    cell_text(run, layout_country_name(row));
    cell_text(run, row->country != NULL ? row->country->iso3 : "");
    cell_text(run, row->place->admin1);
    cell_text(run, row->place->admin2);
    cell_text(run, "");
    cell_text(run, place_words(run, row->place));
    cell_degrees(run, row->place, true);
    cell_degrees(run, row->place, false);
    cell_text(run, outlets_of(run, item));
    cell_text(run, note_in_english(run, item));
    cell_integer(run, row->killed.best);
    cells_end(run);
    export_row(run);
}

bool write_hxl(export_run *run, const incident_list *incidents)
{
    write_heads(run);
    for (uint32_t i = 0; i < incidents->count; i++) {
        layout_row row;
        if (!layout_row_of(run, &row, &incidents->items[i]))
            continue;
        write_row(run, &incidents->items[i], &row);
        export_loss(run, "grade", "no column");
        if (export_note(run, &incidents->items[i])->coarsened_to[0] != 0)
            export_loss(run, "how coarse the place is", "no column");
    }
    return export_ok(run);
}
