/* GDELT 2.0's table of events: 61 columns, parted by tabs, without a header. Of the layout only: ids are ours. docs/formats-events.md. */
#include "export/coded.h"
#include "export/formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ActionGeo_Type */
enum { GEO_NONE = 0, GEO_COUNTRY = 1, GEO_CITY = 4, GEO_STATE = 5 };

static void cells_empty(export_run *run, int count)
{
    for (int i = 0; i < count; i++)
        cell_text(run, "");
}

/* The 16 digits of the incident's id as a number that fits into a signed 64-bit column. */
static void cell_id(export_run *run, const incident *item)
{
    const uint64_t bits = strtoull(item->id + strcspn(item->id, "-") + 1, NULL, 16);
    cell_integer(run, (int64_t)(bits & INT64_MAX));
}

/* Day, month, year, and the year with the part of it that is over: months of 30 days, as GDELT counts. */
static void cells_of_day(export_run *run, int32_t day)
{
    const marsad_date date = day_date(day);
    cell_integer(run, date.year * 10000 + date.month * 100 + date.day);
    cell_integer(run, date.year * 100 + date.month);
    cell_integer(run, date.year);
    cell_real(run, date.year + (30 * (date.month - 1) + date.day) / 365.0, 4);
}

static void cells_of_actor(export_run *run, const incident *item, const side *actor)
{
    if (actor->who == NULL) {
        cells_empty(run, 10);
        return;
    }
    const coded_actor code = coded_party(run, code_of_party(item, actor->who));
    cell_text(run, code.text);
    cell_text(run, party_name(run, actor->who));
    cell_text(run, code.country);
    cell_text(run, code.group);
    cell_text(run, code.ethnic);
    cell_text(run, code.religion[0]);
    cell_text(run, code.religion[1]);
    for (int i = 0; i < 3; i++)
        cell_text(run, code.type[i]);
}

static void cells_of_code(export_run *run, const coded_event *event)
{
    const char *code = event->code->cameo;
    char base[4] = "", root[3] = "";
    (void)snprintf(base, sizeof base, "%s", code);
    (void)snprintf(root, sizeof root, "%s", code);
    cell_text(run, code);
    cell_text(run, base);
    cell_text(run, root);
    cell_text(run, event->cameo->quad);
    cell_text(run, event->cameo->goldstein);
}

static int geo_type(const statement_place *place)
{
    switch (place->precision) {
    case MARSAD_PRECISION_EXACT:
    case MARSAD_PRECISION_TOWN:
        return GEO_CITY;
    case MARSAD_PRECISION_DISTRICT:
    case MARSAD_PRECISION_GOVERNORATE:
        return GEO_STATE;
    case MARSAD_PRECISION_COUNTRY:
        return GEO_COUNTRY;
    case MARSAD_PRECISION_NONE:
    case MARSAD_PRECISION_AREA:
    case MARSAD_PRECISION_COUNT:
        break;
    }
    return place->country[0] != 0 ? GEO_COUNTRY : GEO_NONE;
}

static void cells_of_geo(export_run *run, const incident *item)
{
    const statement_place *place = place_of_row(run, item);
    if (place == NULL || geo_type(place) == GEO_NONE) {
        cell_integer(run, GEO_NONE);
        cells_empty(run, 7);
        return;
    }
    const state_row *state = codes_state(run->options->rules, place->country);
    const country_row *country = country_of_incident(run, item);
    export_text name = {.run = run};
    text_part(&name, ", ", place_words(run, place));
    text_part(&name, ", ", place->admin1);
    text_part(&name, ", ", country != NULL ? country->name_en : "");
    if (place->admin1[0] != 0)
        export_loss(run, "code of the governorate", "GDELT's codes are not known");
    cell_integer(run, geo_type(place));
    cell_text(run, text_done(&name));
    cell_text(run, state != NULL ? state->fips : "");
    cells_empty(run, 2);
    cell_degrees(run, place, true);
    cell_degrees(run, place, false);
    cell_text(run, place->id);
}

static const char *first_url(const incident *item)
{
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (item->statements[i]->url[0] != 0)
            return item->statements[i]->url;
    return "";
}

static void cells_of_reports(export_run *run, const incident *item)
{
    const int32_t added = last_report(item);
    const marsad_date date = added != NO_DAY ? day_date(added) : (marsad_date){0};
    if (added == NO_DAY)
        cell_text(run, "");
    else
        cell_integer(run, (date.year * INT64_C(10000) + date.month * 100 + date.day) * 1000000);
    cell_text(run, first_url(item));
    if (item->articles > 1)
        export_loss(run, "address of a further report", "a row has one address");
}

static void write_row(export_run *run, const incident *item, const coded_event *event)
{
    const sides both = sides_of(run, item);
    cell_id(run, item);
    cells_of_day(run, item->start);
    cells_of_actor(run, item, &both.a);
    cells_of_actor(run, item, &both.b);
    cell_text(run, "1"); /* IsRootEvent */
    cells_of_code(run, event);
    cell_integer(run, item->statement_count);
    cell_integer(run, item->outlets);
    cell_integer(run, item->articles);
    cell_text(run, ""); /* AvgTone: Marsad does not weigh words */
    for (int i = 0; i < 2; i++) {
        cell_integer(run, GEO_NONE); /* where the actors are from */
        cells_empty(run, 7);
    }
    cells_of_geo(run, item);
    cells_of_reports(run, item);
    cells_end(run);
    export_row(run);
}

bool write_gdelt(export_run *run, const incident_list *incidents)
{
    run->style = CELLS_TSV;
    for (uint32_t i = 0; i < incidents->count; i++) {
        const incident *item = &incidents->items[i];
        const coded_event event = coded_incident(run, item);
        const char *why = event.code == NULL ? "CAMEO has no code for it" : why_no_event(item);
        if (why != NULL) {
            export_drop(run, why);
            continue;
        }
        write_row(run, item, &event);
        count_what_codes_lose(run, item);
    }
    return export_ok(run);
}
