/*
 * PLOVER as JSON Lines: one object a statement, so that each keeps its own words, source and day. docs/formats-events.md.
 * Places in texts are not given: PLOVER counts letters of the text, and the record keeps bytes of it.
 */
#include "export/coded.h"
#include "export/formats.h"

#include <stdlib.h>

enum { DEGREE_DECIMALS = 5 };

/* resolution: 5 in a town, 4 town, 3 district, 2 province, 1 country */
static const int resolutions[MARSAD_PRECISION_COUNT] = {
    [MARSAD_PRECISION_EXACT] = 5, [MARSAD_PRECISION_TOWN] = 4,        [MARSAD_PRECISION_DISTRICT] = 3,
    [MARSAD_PRECISION_AREA] = 2,  [MARSAD_PRECISION_GOVERNORATE] = 2, [MARSAD_PRECISION_COUNTRY] = 1};

/* Left out where there is nothing. */
static void put_text(json_out *j, const char *key, const char *text)
{
    if (text[0] == 0)
        return;
    json_key(j, key);
    json_string(j, view_of(text));
}

static void put_day(json_out *j, const char *key, int32_t day)
{
    char text[16];
    put_text(j, key, day_text(text, day));
}

static void put_list(json_out *j, const char *key, const char *first, const char *second)
{
    json_key(j, key);
    json_array(j);
    if (first[0] != 0)
        json_string(j, view_of(first));
    if (second[0] != 0)
        json_string(j, view_of(second));
    json_end_array(j);
}

/* "-9.5" of a table as a number; nothing where the table has none. */
static void put_number(json_out *j, const char *key, const char *number)
{
    if (number[0] == 0)
        return;
    json_key(j, key);
    json_real(j, strtod(number, NULL), 1);
}

/* --- entities -------------------------------------------------------------------------------------------------------- */

static void put_entity(export_run *run, const statement_party *party)
{
    json_out *j = &run->json;
    const coded_actor code = coded_party(run, party->code);
    json_object(j);
    json_key(j, "code");
    json_string(j, view_of(code.country));
    json_key(j, "sector");
    json_string(j, view_of(code.sectors[0][0] != 0 ? code.sectors[0] : strcmp(party->who, "civilians") == 0 ? "CVL" : "UNK"));
    put_text(j, "entity_text", party->words);
    json_key(j, "identifier_id");
    json_string(j, view_of(party->who));
    json_key(j, "identifier_text");
    json_string(j, view_of(party_name(run, party->who)));
    put_text(j, "religion", code.religion[0]);
    put_text(j, "ethnicity", code.ethnic);
    json_end_object(j);
    if (party->object[0] != 0)
        export_loss(run, "thing or place that was the target", "PLOVER has parties only");
}

static void put_entities(export_run *run, const char *key, const statement_party *parties, uint32_t count)
{
    json_key(&run->json, key);
    json_array(&run->json);
    for (uint32_t i = 0; i < count; i++)
        put_entity(run, &parties[i]);
    json_end_array(&run->json);
}

/* --- where, how many, from where ------------------------------------------------------------------------------------- */

static void put_place(export_run *run, const statement *s)
{
    enum { ROOM = 1 };
    json_out *j = &run->json;
    const statement_place *place;
    const size_t count = statement_scene(s, &place, ROOM);
    if (count == 0)
        return;
    if (count > ROOM)
        export_loss(run, "further place", "an object has one place");
    if (place->relation != MARSAD_IN)
        export_loss(run, "near or in a direction of a place", "no key for it");
    const country_row *country = country_find(run->options->rules, place->country);
    const bool has_point = place->precision != MARSAD_PRECISION_NONE;
    json_key(j, "event_loc");
    json_object(j);
    put_text(j, "extracted_place", place->norm);
    put_text(j, "resolved_place", place_words(run, place));
    if (has_point) {
        json_key(j, "lat");
        json_real(j, place->lat, DEGREE_DECIMALS);
        json_key(j, "lon");
        json_real(j, place->lon, DEGREE_DECIMALS);
    }
    put_text(j, "district", place->admin2);
    put_text(j, "province", place->admin1);
    put_text(j, "country", country != NULL ? country->name_en : "");
    put_text(j, "country_code", country != NULL ? country->iso3 : "");
    if (has_point) {
        json_key(j, "resolution");
        json_integer(j, resolutions[place->precision]);
    }
    json_end_object(j);
}

/* The number of a figure in PLOVER's key for it; NULL where it has none. */
static const char *size_key(marsad_figure_of of)
{
    return of == MARSAD_KILLED ? "dead" : of == MARSAD_WOUNDED ? "injured" : of == MARSAD_DETAINED ? "arrested" : NULL;
}

static bool is_first_of_its_kind(const statement *s, uint32_t figure)
{
    for (uint32_t i = 0; i < figure; i++)
        if (s->figures[i].of == s->figures[figure].of)
            return false;
    return true;
}

static void put_sizes(export_run *run, const statement *s)
{
    json_out *j = &run->json;
    bool is_open = false;
    for (uint32_t i = 0; i < s->figure_count; i++) {
        const statement_figure *f = &s->figures[i];
        const char *key = size_key(f->of);
        if (key == NULL || f->value == MARSAD_NO_VALUE || !is_first_of_its_kind(s, i)) {
            export_loss(run, "figure", key == NULL ? "no key for it" : "told in words only, or a second of its kind");
            continue;
        }
        if (f->bound != MARSAD_EXACT)
            export_loss(run, "bounds of a figure", "an object has one number");
        if (!is_open) {
            json_key(j, "size");
            json_object(j);
        }
        is_open = true;
        json_key(j, key);
        json_integer(j, f->value);
    }
    if (is_open)
        json_end_object(j);
}

static void put_citation(json_out *j, const statement *s)
{
    json_key(j, "cite_info");
    json_object(j);
    put_text(j, "citation", s->article);
    put_text(j, "url", s->url);
    json_key(j, "language");
    json_string(j, view_of("ara"));
    put_text(j, "publication", s->outlet);
    put_day(j, "date", s->published);
    json_end_object(j);
}

/* On whose word, and which happening it is joined to. */
static const char *comment_of(export_run *run, const incident *item, const statement *s)
{
    export_text text = {.run = run};
    text_put(&text, "according to ");
    if (s->speaker_count == 0)
        text_put(&text, s->outlet[0] != 0 ? s->outlet : "a report without an outlet");
    for (uint32_t i = 0; i < s->speaker_count; i++) {
        text_put(&text, i > 0 ? ", " : "");
        text_put(&text, party_name(run, s->speakers[i].who));
    }
    text_put(&text, "; incident ");
    text_put(&text, item->id);
    text_put(&text, s->start == NO_DAY ? "; the day is that of the report" : "");
    return text_done(&text);
}

/* --- an object ------------------------------------------------------------------------------------------------------- */

/* An auxiliary mode says what the claim is not: a fact of the past. */
static const char *auxiliary_mode(marsad_modality modality)
{
    static const char *const modes[MARSAD_MODALITY_COUNT] = {
        [MARSAD_ASSERTED] = "", [MARSAD_PLANNED] = "future", [MARSAD_DENIED] = "negation", [MARSAD_POSSIBLE] = "hypothetical"};
    return modes[modality];
}

static void put_statement(export_run *run, const incident *item, const statement *s, const coded_event *event)
{
    static const statement_party nobody = {.who = "unknown", .code = "", .object = "", .words = ""};
    json_out *j = &run->json;
    const int32_t day = s->start != NO_DAY ? s->start : s->published;
    json_object(j);
    put_text(j, "id", s->id);
    put_day(j, "date", day);
    if (s->start != NO_DAY && s->end != s->start)
        put_day(j, "enddate", s->end);
    put_entities(run, "actor", s->actor_count > 0 ? s->actors : &nobody, s->actor_count > 0 ? s->actor_count : 1);
    put_entities(run, "recipient", s->targets, s->target_count);
    put_list(j, "event", event->code->plover, "");
    put_list(j, "mode", event->mode->mode, auxiliary_mode(s->modality));
    put_place(run, s);
    put_number(j, "quad_code", event->mode->quad);
    put_number(j, "event_scale", event->scale);
    put_sizes(run, s);
    put_text(j, "link", s->url);
    put_citation(j, s);
    json_key(j, "coder");
    json_string(j, view_of(s->state == STATE_ACCEPTED ? "Marsad " MARSAD_VERSION ", accepted by a person"
                                                      : "Marsad " MARSAD_VERSION ", not accepted by a person"));
    put_text(j, "comment", comment_of(run, item, s));
    json_end_object(j);
    json_newline(j);
    export_row(run);
    if (s->sentence.end > 0)
        export_loss(run, "where in the text", "PLOVER counts letters, the record bytes");
}

static void write_incident(export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        const coded_event event = coded_statement(run, s);
        if (event.code == NULL)
            export_loss(run, "statement", "PLOVER has no event for it");
        else if (s->start == NO_DAY && s->published == NO_DAY)
            export_loss(run, "statement", "no day is told");
        else
            put_statement(run, item, s, &event);
    }
    for (uint32_t i = 0; i < item->figure_count; i++)
        export_loss(run, "figure from all sources together", "an object is one statement");
    export_loss(run, "grade", "an object is one statement");
}

bool write_plover(export_run *run, const incident_list *incidents)
{
    for (uint32_t i = 0; i < incidents->count; i++)
        write_incident(run, &incidents->items[i]);
    return export_ok(run);
}
