#include "incident/body.h"

static void put_places(json_out *j, const incident *i)
{
    json_key(j, "places");
    json_array(j);
    for (uint32_t p = 0; p < i->place_count; p++) {
        const statement_place *place = i->places[p];
        json_object(j);
        json_put_text(j, "id", place->id);
        json_put_text(j, "name", place->norm);
        json_put_text(j, "name_en", place->name_en);
        json_put_text(j, "country", place->country);
        json_put_text(j, "admin1", place->admin1);
        json_put_text(j, "relation", marsad_relation_name(place->relation));
        json_put_text(j, "precision", marsad_precision_name(place->precision));
        json_end_object(j);
    }
    json_end_array(j);
}

/* Each party with the number of statements for and against. */
static void put_parties(json_out *j, const char *key, const incident_party *parties, uint32_t count)
{
    json_key(j, key);
    json_array(j);
    for (uint32_t p = 0; p < count; p++) {
        json_object(j);
        json_put_text(j, "who", parties[p].who);
        json_put_count(j, "claims", parties[p].claim_count);
        json_put_count(j, "denials", parties[p].denial_count);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_figures(json_out *j, const incident *i)
{
    json_key(j, "figures");
    json_array(j);
    for (uint32_t f = 0; f < i->figure_count; f++) {
        const incident_figure *figure = &i->figures[f];
        json_object(j);
        json_put_text(j, "of", marsad_figure_name(figure->of));
        json_put_text(j, "group", figure->group);
        json_put_count(j, "low", figure->low);
        json_put_count(j, "best", figure->best);
        json_put_count(j, "high", figure->high);
        json_put_text(j, "rule", figure->rule);
        json_key(j, "disputed");
        json_bool(j, figure->is_disputed);
        json_end_object(j);
    }
    json_end_array(j);
}

void incident_body(json_out *j, const incident *i)
{
    json_object(j);
    put_places(j, i);
    put_parties(j, "actors", i->actors, i->actor_count);
    put_parties(j, "targets", i->targets, i->target_count);
    put_figures(j, i);
    json_put_count(j, "outlets", i->outlets);
    json_put_count(j, "denials", i->denials);
    json_put_text(j, "grade_rule", i->grade_rule);
    json_end_object(j);
}
