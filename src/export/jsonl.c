/* Whole incidents with their statements: docs/formats.md, "jsonl". Each figure and party names the statements that it rests on. */
#include "export/formats.h"
#include "export/frame.h"

static const char *const states[STATE_COUNT] = {[STATE_NEW] = "new",
                                                [STATE_IN_WORK] = "in_work",
                                                [STATE_ACCEPTED] = "accepted",
                                                [STATE_NEEDS_SOURCE] = "needs_source",
                                                [STATE_CANNOT_BE_VERIFIED] = "cannot_be_verified",
                                                [STATE_CONTRADICTED] = "contradicted",
                                                [STATE_DUPLICATE] = "duplicate",
                                                [STATE_REJECTED] = "rejected"};

enum { DEGREE_DECIMALS = 5, CONFIDENCE_DECIMALS = 2 };

static void put_day(json_out *j, const char *key, int32_t day)
{
    char text[16];
    json_put_name(j, key, day_text(text, day));
}

static void put_ids(json_out *j, const char *key, const statement *const *statements, uint32_t count)
{
    json_key(j, key);
    json_array(j);
    for (uint32_t i = 0; i < count; i++)
        json_string(j, view_of(statements[i]->id));
    json_end_array(j);
}

static void put_id(json_out *j, const char *key, const statement *s)
{
    json_put_name(j, key, s != NULL ? s->id : "");
}

static void put_span(json_out *j, const char *key, marsad_span where)
{
    json_key(j, key);
    if (where.end == 0) {
        json_null(j);
        return;
    }
    json_array(j);
    json_integer(j, where.start);
    json_integer(j, where.end);
    json_end_array(j);
}

/* --- parts of both --------------------------------------------------------------------------------------------------- */

static void put_place(json_out *j, const statement_place *place)
{
    json_object(j);
    json_put_name(j, "id", place->id);
    json_put_name(j, "norm", place->norm);
    json_put_name(j, "name_en", place->name_en);
    json_put_name(j, "country", place->country);
    json_put_name(j, "admin1", place->admin1);
    json_put_name(j, "admin2", place->admin2);
    json_put_text(j, "relation", marsad_relation_name(place->relation));
    json_put_name(j, "precision", marsad_precision_name(place->precision));
    const bool has_point = place->precision != MARSAD_PRECISION_NONE;
    json_key(j, "lat");
    if (has_point)
        json_real(j, place->lat, DEGREE_DECIMALS);
    else
        json_null(j);
    json_key(j, "lon");
    if (has_point)
        json_real(j, place->lon, DEGREE_DECIMALS);
    else
        json_null(j);
    json_end_object(j);
}

/* --- a statement ----------------------------------------------------------------------------------------------------- */

static void put_parties(json_out *j, const char *key, const statement_party *parties, uint32_t count)
{
    json_key(j, key);
    json_array(j);
    for (uint32_t i = 0; i < count; i++) {
        json_object(j);
        json_put_text(j, "who", parties[i].who);
        json_put_name(j, "code", parties[i].code);
        json_put_name(j, "object", parties[i].object);
        json_put_name(j, "words", parties[i].words);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_statement_figures(json_out *j, const statement *s)
{
    json_key(j, "figures");
    json_array(j);
    for (uint32_t i = 0; i < s->figure_count; i++) {
        const statement_figure *f = &s->figures[i];
        json_object(j);
        json_put_text(j, "of", marsad_figure_name(f->of));
        json_put_text(j, "bound", marsad_bound_name(f->bound));
        json_put_count(j, "value", f->value);
        json_put_count(j, "low", f->low);
        json_put_count(j, "high", f->high);
        json_put_name(j, "words", f->words);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_statement(json_out *j, const statement *s)
{
    json_object(j);
    json_put_text(j, "id", s->id);
    json_put_text(j, "article", s->article);
    json_put_text(j, "chain", s->chain);
    json_put_text(j, "outlet", s->outlet);
    json_put_name(j, "url", s->url);
    put_day(j, "published", s->published);
    json_put_text(j, "kind", marsad_kind_name(s->kind));
    json_put_name(j, "mode", s->mode);
    json_put_text(j, "modality", marsad_modality_name(s->modality));
    json_put_name(j, "phase", marsad_phase_name(s->phase));
    json_put_bool(j, "quoted", s->is_quoted);
    json_key(j, "confidence");
    json_real(j, s->confidence, CONFIDENCE_DECIMALS);
    put_span(j, "trigger", s->trigger);
    put_span(j, "sentence", s->sentence);
    put_day(j, "start", s->start);
    put_day(j, "end", s->end);
    json_put_name(j, "time_precision", s->time_precision);
    put_parties(j, "actors", s->actors, s->actor_count);
    put_parties(j, "targets", s->targets, s->target_count);
    put_parties(j, "speakers", s->speakers, s->speaker_count);
    json_key(j, "places");
    json_array(j);
    for (uint32_t i = 0; i < s->place_count; i++)
        put_place(j, &s->places[i]);
    json_end_array(j);
    put_statement_figures(j, s);
    json_put_text(j, "review", (size_t)s->state < STATE_COUNT ? states[s->state] : "");
    json_put_bool(j, "verified", s->is_verified);
    json_end_object(j);
}

/* --- an incident ----------------------------------------------------------------------------------------------------- */

static void put_incident_parties(export_run *run, const char *key, const incident_party *parties, uint32_t count)
{
    json_out *j = &run->json;
    json_key(j, key);
    json_array(j);
    for (uint32_t i = 0; i < count; i++) {
        json_object(j);
        json_put_text(j, "who", parties[i].who);
        json_put_text(j, "name_ar", party_name_ar(run, parties[i].who));
        json_put_text(j, "name_en", party_name(run, parties[i].who));
        put_ids(j, "claimed_by", parties[i].claims, parties[i].claim_count);
        put_ids(j, "denied_by", parties[i].denials, parties[i].denial_count);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_incident_figures(json_out *j, const incident *item)
{
    json_key(j, "figures");
    json_array(j);
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *f = &item->figures[i];
        json_object(j);
        json_put_text(j, "of", marsad_figure_name(f->of));
        json_put_name(j, "group", f->group);
        json_put_count(j, "low", f->low);
        json_put_count(j, "best", f->best);
        json_put_count(j, "high", f->high);
        json_put_bool(j, "disputed", f->is_disputed);
        json_put_text(j, "rule", f->rule);
        put_id(j, "low_from", f->low_from);
        put_id(j, "best_from", f->best_from);
        put_id(j, "high_from", f->high_from);
        put_ids(j, "from", f->from, f->from_count);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_incident_places(export_run *run, const incident *item)
{
    json_out *j = &run->json;
    const safety_note *note = export_note(run, item);
    json_key(j, "places");
    json_array(j);
    for (uint32_t i = 0; i < item->place_count; i++)
        put_place(j, item->places[i]);
    json_end_array(j);
    json_put_name(j, "coarsened_to", note->coarsened_to);
    json_put_bool(j, "place_withheld", note->is_place_withheld);
}

static void put_standing(json_out *j, const incident *item)
{
    json_put_text(j, "grade", incident_grade_name(item->grade));
    json_put_name(j, "grade_rule", item->grade_rule);
    json_put_bool(j, "reviewed", item->is_reviewed);
    json_put_bool(j, "verified", item->is_verified);
    json_put_count(j, "articles", item->articles);
    json_put_count(j, "outlets", item->outlets);
    json_put_count(j, "chains", item->chains);
    json_put_count(j, "denials", item->denials);
}

static void put_incident(export_run *run, const incident *item)
{
    json_out *j = &run->json;
    json_object(j);
    json_put_text(j, "id", item->id);
    json_put_text(j, "kind", marsad_kind_name(item->kind));
    json_put_bool(j, "planned", item->is_planned);
    json_put_bool(j, "period", item->is_period);
    put_day(j, "start", item->start);
    put_day(j, "end", item->end);
    json_put_bool(j, "day_told", item->has_days);
    put_standing(j, item);
    put_incident_parties(run, "actors", item->actors, item->actor_count);
    put_incident_parties(run, "targets", item->targets, item->target_count);
    put_incident_places(run, item);
    put_incident_figures(j, item);
    json_key(j, "statements");
    json_array(j);
    for (uint32_t i = 0; i < item->statement_count; i++)
        put_statement(j, item->statements[i]);
    json_end_array(j);
    json_end_object(j);
    json_newline(j);
}

bool write_jsonl(export_run *run, const incident_list *incidents)
{
    for (uint32_t i = 0; i < incidents->count; i++) {
        put_incident(run, &incidents->items[i]);
        export_row(run);
    }
    return export_ok(run);
}
