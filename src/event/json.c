/* A reading as one line of JSON: docs/record.md. */
#include <stdio.h>

#include "event/event.h"

/* Coordinates to a metre and more than any gazetteer is good for; confidence to the hundredth. */
enum { DEGREE_DECIMALS = 5, CONFIDENCE_DECIMALS = 2 };

static void put_span(json_out *j, const char *key, span where)
{
    json_key(j, key);
    json_array(j);
    json_integer(j, where.start);
    json_integer(j, where.end);
    json_end_array(j);
}

static void put_date(json_out *j, const char *key, marsad_date date)
{
    json_key(j, key);
    if (!date_is_given(date)) {
        json_null(j);
        return;
    }
    char text[24];
    snprintf(text, sizeof text, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
    json_string(j, view_of(text));
}

/* The words themselves, for who keeps the record apart from its article. */
static void put_words(json_out *j, const view *text, span where)
{
    if (text == NULL)
        return;
    json_key(j, "words");
    json_string(j, (view){text->ptr + where.start, where.end - where.start});
}

static void put_parties(json_out *j, const char *key, const marsad_party *parties, size_t count, const view *text)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        put_span(j, "span", parties[i].span);
        json_put_text(j, "who", parties[i].who);
        json_put_name(j, "code", parties[i].code);
        json_put_name(j, "object", parties[i].object);
        put_words(j, text, parties[i].span);
        json_end_object(j);
    }
    json_end_array(j);
}

/* What the gazetteer says of a place, for who keeps the record apart from the gazetteer. */
static void put_whereabouts(json_out *j, const marsad_place *place)
{
    json_put_text(j, "name_en", place->name_en);
    json_put_text(j, "country", place->country);
    json_put_text(j, "admin1", place->admin1);
    json_put_text(j, "admin2", place->admin2);
    json_put_text(j, "feature", place->feature);
}

static void put_places(json_out *j, const marsad_record *record, const view *text)
{
    json_key(j, "places");
    json_array(j);
    for (size_t i = 0; i < record->place_count; i++) {
        const marsad_place *place = &record->places[i];
        const bool has_point = place->precision != MARSAD_PRECISION_NONE;
        json_object(j);
        put_span(j, "span", place->span);
        json_put_text(j, "norm", place->norm);
        json_put_text(j, "relation", marsad_relation_name(place->relation));
        json_put_name(j, "id", place->id);
        json_key(j, "lat");
        has_point ? json_real(j, place->lat, DEGREE_DECIMALS) : json_null(j);
        json_key(j, "lon");
        has_point ? json_real(j, place->lon, DEGREE_DECIMALS) : json_null(j);
        json_put_name(j, "precision", marsad_precision_name(place->precision));
        json_key(j, "others");
        json_integer(j, place->others);
        if (text != NULL)
            put_whereabouts(j, place);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_when(json_out *j, const marsad_record *record)
{
    json_key(j, "when");
    if (!record->has_when) {
        json_null(j);
        return;
    }
    json_object(j);
    put_span(j, "span", record->when.span);
    put_date(j, "start", record->when.start);
    put_date(j, "end", record->when.end);
    json_put_name(j, "precision", record->when.precision);
    json_end_object(j);
}

static void put_figures(json_out *j, const marsad_record *record, const view *text)
{
    json_key(j, "figures");
    json_array(j);
    for (size_t i = 0; i < record->figure_count; i++) {
        const marsad_figure *figure = &record->figures[i];
        json_object(j);
        json_put_text(j, "of", marsad_figure_name(figure->of));
        json_put_count(j, "value", figure->value);
        json_put_text(j, "bound", marsad_bound_name(figure->bound));
        json_put_count(j, "low", figure->low);
        json_put_count(j, "high", figure->high);
        put_span(j, "span", figure->span);
        put_words(j, text, figure->span);
        json_end_object(j);
    }
    json_end_array(j);
}

static void put_rules(json_out *j, const marsad_record *record)
{
    json_key(j, "rules");
    json_array(j);
    for (size_t i = 0; i < record->rule_count; i++)
        json_string(j, view_of(record->rules[i].name));
    json_end_array(j);
}

void record_json(json_out *j, const marsad_record *record, const view *text)
{
    json_object(j);
    json_put_text(j, "id", record->id);
    json_put_text(j, "kind", marsad_kind_name(record->kind));
    put_span(j, "trigger", record->trigger);
    put_span(j, "sentence", record->sentence);
    json_put_text(j, "modality", marsad_modality_name(record->modality));
    json_put_name(j, "phase", marsad_phase_name(record->phase));
    put_parties(j, "actors", record->actors, record->actor_count, text);
    put_parties(j, "targets", record->targets, record->target_count, text);
    put_places(j, record, text);
    put_when(j, record);
    put_figures(j, record, text);
    put_parties(j, "sources", record->sources, record->source_count, text);
    json_key(j, "quoted");
    json_bool(j, record->quoted);
    json_put_name(j, "plover", marsad_kind_plover(record->kind));
    json_put_name(j, "mode", record->mode);
    json_put_name(j, "cameo", marsad_kind_cameo(record->kind));
    json_key(j, "confidence");
    json_real(j, record->confidence, CONFIDENCE_DECIMALS);
    put_rules(j, record);
    json_end_object(j);
}

marsad_status marsad_reading_json(const marsad_reading *reading, marsad_write *write, void *context)
{
    json_out j = {.write = write, .context = context};
    const marsad_article *article = &reading->article;

    json_object(&j);
    json_put_view(&j, "id", article->id);
    json_put_view(&j, "source", article->source);
    put_date(&j, "published", article->published);
    json_put_view(&j, "title", article->title);
    json_put_text(&j, "sha256", article->sha256);
    json_key(&j, "records");
    json_array(&j);
    for (size_t i = 0; i < reading->record_count && !j.failed; i++)
        record_json(&j, &reading->records[i], NULL);
    json_end_array(&j);
    json_end_object(&j);
    json_newline(&j);
    return json_flush(&j) ? MARSAD_OK : MARSAD_ERR_SYSTEM;
}
