/* GeoJSON (RFC 7946): docs/formats.md, "geojson". Longitude first; a place that is unknown or withheld is geometry null. */
#include "export/formats.h"
#include "export/sides.h"

enum { DEGREE_DECIMALS = 5 };

static void put_truth(json_out *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

static void put_position(json_out *j, const statement_place *place)
{
    json_array(j);
    json_real(j, place->lon, DEGREE_DECIMALS);
    json_real(j, place->lat, DEGREE_DECIMALS);
    json_end_array(j);
}

/* One point, or all of them where the reports name several places. */
static void put_geometry(json_out *j, const incident *item)
{
    uint32_t points = 0;
    const statement_place *one = NULL;
    for (uint32_t i = 0; i < item->place_count; i++)
        if (item->places[i]->precision != MARSAD_PRECISION_NONE) {
            one = item->places[i];
            points++;
        }
    json_key(j, "geometry");
    if (points == 0) {
        json_null(j);
        return;
    }
    json_object(j);
    json_put_text(j, "type", points == 1 ? "Point" : "MultiPoint");
    json_key(j, "coordinates");
    if (points == 1) {
        put_position(j, one);
    } else {
        json_array(j);
        for (uint32_t i = 0; i < item->place_count; i++)
            if (item->places[i]->precision != MARSAD_PRECISION_NONE)
                put_position(j, item->places[i]);
        json_end_array(j);
    }
    json_end_object(j);
}

static void put_parties(export_run *run, const char *key, const incident_party *parties, uint32_t count)
{
    json_out *j = &run->json;
    json_key(j, key);
    json_array(j);
    for (uint32_t i = 0; i < count; i++)
        if (parties[i].claim_count > 0)
            json_string(j, view_of(party_name(run, parties[i].who)));
        else
            export_loss(run, "denial of a party", "no property for who denies");
    json_end_array(j);
}

static void put_figures(json_out *j, const incident *item)
{
    json_key(j, "figures");
    json_array(j);
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *figure = &item->figures[i];
        json_object(j);
        json_put_text(j, "of", marsad_figure_name(figure->of));
        json_put_name(j, "group", figure->group);
        json_put_count(j, "low", figure->low);
        json_put_count(j, "best", figure->best);
        json_put_count(j, "high", figure->high);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_where(export_run *run, const incident *item)
{
    json_out *j = &run->json;
    const statement_place *first = item->place_count > 0 ? item->places[0] : NULL;
    const safety_note *note = export_note(run, item);
    json_put_name(j, "place", first != NULL ? first->norm : "");
    json_put_name(j, "place_en", first != NULL ? first->name_en : "");
    json_put_name(j, "country", first != NULL ? first->country : "");
    json_put_name(j, "admin1", first != NULL ? first->admin1 : "");
    json_put_name(j, "admin2", first != NULL ? first->admin2 : "");
    json_put_name(j, "geo_precision", first != NULL ? marsad_precision_name(first->precision) : "");
    if (note->coarsened_to[0] != 0)
        json_put_text(j, "coarsened_to", note->coarsened_to);
    put_truth(j, "place_withheld", note->is_place_withheld);
    if (item->place_count > 1)
        export_loss(run, "names of a further place", "properties name one place");
}

static void put_feature(export_run *run, const incident *item)
{
    json_out *j = &run->json;
    char day[16];
    json_object(j);
    json_put_text(j, "type", "Feature");
    json_put_text(j, "id", item->id);
    put_geometry(j, item);
    json_key(j, "properties");
    json_object(j);
    json_put_text(j, "kind", marsad_kind_name(item->kind));
    json_put_name(j, "date_start", day_text(day, item->start));
    json_put_name(j, "date_end", day_text(day, item->end));
    put_truth(j, "day_told", item->has_days);
    put_truth(j, "planned", item->is_planned);
    put_truth(j, "period", item->is_period);
    json_put_text(j, "grade", incident_grade_name(item->grade));
    put_where(run, item);
    put_parties(run, "actors", item->actors, item->actor_count);
    put_parties(run, "targets", item->targets, item->target_count);
    put_figures(j, item);
    json_put_count(j, "denials", item->denials);
    json_put_text(j, "asserted_by", asserters_of(run, item));
    json_put_text(j, "source", outlets_of(run, item));
    json_put_text(j, "note", note_in_english(run, item));
    json_end_object(j);
    json_end_object(j);
}

bool write_geojson(export_run *run, const incident_list *incidents)
{
    json_out *j = &run->json;
    json_object(j);
    json_put_text(j, "type", "FeatureCollection");
    json_key(j, "features");
    json_array(j);
    for (uint32_t i = 0; i < incidents->count; i++) {
        put_feature(run, &incidents->items[i]);
        export_row(run);
        export_loss(run, "statements", "told in one sentence each feature");
    }
    json_end_array(j);
    json_end_object(j);
    json_newline(j);
    return export_ok(run);
}
