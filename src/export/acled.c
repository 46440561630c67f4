/* ACLED's column layout, 31 columns: docs/formats.md, "acled". */
#include "export/formats.h"
#include "export/layout.h"

static const char *const columns[] = {
    "event_id_cnty", "event_date", "year",         "time_precision", "disorder_type", "event_type",  "sub_event_type",     "actor1",
    "assoc_actor_1", "inter1",     "actor2",       "assoc_actor_2",  "inter2",        "interaction", "civilian_targeting", "iso",
    "region",        "country",    "admin1",       "admin2",         "admin3",        "location",    "latitude",           "longitude",
    "geo_precision", "source",     "source_scale", "notes",          "fatalities",    "tags",        "timestamp"};
_Static_assert(sizeof columns / sizeof *columns == 31, "the layout has 31 columns");

enum { SECONDS_OF_A_DAY = 86400 };

static void cells_of_sides(export_run *run, const layout_row *row)
{
    const side *const both[] = {&row->both.a, &row->both.b};
    for (size_t i = 0; i < 2; i++) {
        cell_text(run, both[i]->who != NULL ? party_name(run, both[i]->who) : "");
        cell_text(run, both[i]->names);
        cell_text(run, party_inter_name(both[i]->inter));
    }
    const party_inter a = row->both.a.inter, b = row->both.b.inter, first = a < b ? a : b, second = a < b ? b : a;
    export_text text = {.run = run};
    if (second != INTER_NONE) {
        text_put(&text, party_inter_name(first != INTER_NONE ? first : second));
        text_put(&text, first != INTER_NONE ? "-" : " only");
        text_put(&text, first != INTER_NONE ? party_inter_name(second) : "");
    }
    cell_text(run, text_done(&text));
    cell_text(run, row->is_against_civilians ? "Civilian targeting" : "");
}

static void cells_of_place(export_run *run, const layout_row *row)
{
    cell_text(run, row->country != NULL ? row->country->iso_number : "");
    cell_text(run, row->country != NULL ? row->country->region : "");
    cell_text(run, layout_country_name(row));
    cell_text(run, row->place->admin1);
    cell_text(run, row->place->admin2);
    cell_text(run, "");
    cell_text(run, place_words(run, row->place));
    cell_degrees(run, row->place, true);
    cell_degrees(run, row->place, false);
    cell_integer(run, layout_geo_precision(row->place));
}

static const char *tags_of(export_run *run, const incident *item)
{
    export_text tags = {.run = run};
    text_put(&tags, "marsad grade=");
    text_put(&tags, incident_grade_name(item->grade));
    if (!item->has_days)
        text_part(&tags, "; ", "day of the report");
    if (export_note(run, item)->coarsened_to[0] != 0) {
        text_part(&tags, "; ", "coarsened to=");
        text_put(&tags, export_note(run, item)->coarsened_to);
    }
    return text_done(&tags);
}

static void write_row(export_run *run, const incident *item, const layout_row *row)
{
    const int32_t known = last_report(item);
    cell_text(run, item->id);
    cell_day(run, item->start);
    cell_integer(run, day_date(item->start).year);
    cell_integer(run, layout_time_precision(item));
    cell_text(run, row->event.disorder);
    cell_text(run, row->event.event);
    cell_text(run, row->event.sub_event);
    cells_of_sides(run, row);
    cells_of_place(run, row);
    cell_text(run, outlets_of(run, item));
    cell_text(run, "Other");
    cell_text(run, note_in_english(run, item));
    cell_integer(run, row->killed.best);
    cell_text(run, tags_of(run, item));
    cell_integer(run, known == NO_DAY ? MARSAD_NO_VALUE : (int64_t)known * SECONDS_OF_A_DAY);
    cells_end(run);
    export_row(run);
}

bool write_acled(export_run *run, const incident_list *incidents)
{
    cells_header(run, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < incidents->count; i++) {
        layout_row row;
        if (layout_row_of(run, &row, &incidents->items[i]))
            write_row(run, &incidents->items[i], &row);
    }
    return export_ok(run);
}
