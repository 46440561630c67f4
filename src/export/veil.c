/* One statement as the profile lets it out. */
#include "export/veil.h"

#include <math.h>

void veil_count(veil *v, const char *what, const char *why)
{
    if (!loss_add(v->losses, LOSS_WITHHELD, what, why, 1, v->memory))
        v->is_out_of_memory = true;
}

/* --- which rule ------------------------------------------------------------------------------------------------------ */

static void add_rule(safety_rule *rule, const safety_rule *more)
{
    rule->is_published = rule->is_published && more->is_published;
    rule->place = more->place > rule->place ? more->place : rule->place;
    rule->delay = more->delay > rule->delay ? more->delay : rule->delay;
}

void veil_rule_of_kind(const veil *v, safety_rule *rule, marsad_kind kind)
{
    const safety_profile *profile = v->options->profile;
    if ((size_t)kind < MARSAD_KIND_COUNT)
        add_rule(rule, &profile->kinds[kind]);
    else
        *rule = (safety_rule){.is_published = false, .place = PLACE_WITHHOLD, .delay = profile->strictest.delay};
}

/* The object's number, or -1 if the profile does not know it. */
static int object_number(const char *object)
{
    for (int i = 0; i < SAFETY_OBJECT_COUNT; i++)
        if (strcmp(safety_objects[i], object) == 0)
            return i;
    return -1;
}

static void add_objects(const veil *v, safety_rule *rule, const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (parties[i].object[0] == 0)
            continue;
        const int object = object_number(parties[i].object);
        add_rule(rule, object >= 0 ? &v->options->profile->objects[object] : &v->options->profile->strictest);
    }
}

void veil_rule_of_statement(const veil *v, safety_rule *rule, const statement *s)
{
    veil_rule_of_kind(v, rule, s->kind);
    add_objects(v, rule, s->actors, s->actor_count);
    add_objects(v, rule, s->targets, s->target_count);
    add_objects(v, rule, s->speakers, s->speaker_count);
}

const char *veil_refuses(const veil *v, const safety_rule *rule, int32_t last_day)
{
    if (!rule->is_published)
        return "not published by the profile";
    if (rule->delay == 0)
        return NULL;
    if (last_day == NO_DAY || v->options->today == NO_DAY)
        return "delayed: its day is not known";
    return (int64_t)v->options->today < (int64_t)last_day + rule->delay ? "delayed" : NULL;
}

/* --- places ---------------------------------------------------------------------------------------------------------- */

static bool has_point(const statement_place *place)
{
    return place->precision != MARSAD_PRECISION_NONE;
}

/* The middle of the cell: the same for every point of it, so that averages over repeated exports tell no more. */
static double cell_middle(double degrees, double side, double limit)
{
    const double middle = (floor(degrees / side) + 0.5) * side;
    return middle > limit ? limit : middle < -limit ? -limit : middle;
}

static statement_place bare_place(const statement_place *place)
{
    return (statement_place){.id = "", .norm = "", .name_en = "", .country = place->country, .admin1 = "", .admin2 = "", .relation = MARSAD_IN};
}

static statement_place at_grid(const veil *v, const statement_place *place)
{
    statement_place coarse = bare_place(place);
    coarse.precision = MARSAD_PRECISION_AREA;
    coarse.lat = cell_middle(place->lat, v->options->profile->grid_degrees, 90);
    coarse.lon = cell_middle(place->lon, v->options->profile->grid_degrees, 180);
    return coarse;
}

static statement_place at_admin(const veil *v, const statement_place *place, place_level level)
{
    statement_place coarse = bare_place(place);
    const bool is_district = level == PLACE_ADMIN2;
    coarse.admin1 = place->admin1;
    coarse.admin2 = is_district ? place->admin2 : "";
    coarse.norm = is_district ? place->admin2 : place->admin1;
    safety_centre *const centre = v->options->centre;
    if (centre != NULL && centre(v->options->centre_context, coarse.country, coarse.admin1, coarse.admin2, &coarse.lat, &coarse.lon))
        coarse.precision = is_district ? MARSAD_PRECISION_DISTRICT : MARSAD_PRECISION_GOVERNORATE;
    return coarse;
}

/* The level under which something is left of what is known: no district without its name, no cell without a point. */
static place_level level_possible(const statement_place *place, place_level level)
{
    if (level == PLACE_GRID && !has_point(place))
        level = PLACE_ADMIN2;
    if (level == PLACE_ADMIN2 && (place->admin2[0] == 0 || place->admin1[0] == 0))
        level = PLACE_ADMIN1;
    if (level == PLACE_ADMIN1 && place->admin1[0] == 0)
        level = PLACE_COUNTRY;
    if (level == PLACE_COUNTRY && place->country[0] == 0)
        level = PLACE_WITHHOLD;
    return level;
}

/* What the report tells is as coarse already. */
static bool is_coarse_enough(const statement_place *place, place_level level)
{
    switch (place->precision) {
    case MARSAD_PRECISION_COUNTRY:
        return level <= PLACE_COUNTRY;
    case MARSAD_PRECISION_GOVERNORATE:
        return level == PLACE_ADMIN2 || level == PLACE_ADMIN1;
    case MARSAD_PRECISION_DISTRICT:
        return level == PLACE_ADMIN2;
    default:
        return false;
    }
}

bool veil_place(const veil *v, statement_place *out, const statement_place *place, place_level level, place_marks *marks)
{
    const safety_profile *profile = v->options->profile;
    const place_level own = (size_t)place->precision < MARSAD_PRECISION_COUNT ? profile->precisions[place->precision] : PLACE_WITHHOLD;
    marks->was_told = true;
    level = own > level ? own : level;
    if (level == PLACE_SHOW || is_coarse_enough(place, level)) {
        *out = *place;
        marks->is_left = true;
        return true;
    }
    level = level_possible(place, level);
    marks->coarsened = level > marks->coarsened ? level : marks->coarsened;
    if (level == PLACE_WITHHOLD)
        return false;
    *out = level == PLACE_GRID ? at_grid(v, place) : level == PLACE_COUNTRY ? bare_place(place) : at_admin(v, place, level);
    marks->is_left = true;
    return true;
}

static bool is_same_place(const statement_place *a, const statement_place *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->norm, b->norm) == 0 && strcmp(a->country, b->country) == 0 && strcmp(a->admin1, b->admin1) == 0 &&
           strcmp(a->admin2, b->admin2) == 0 && a->relation == b->relation && a->precision == b->precision && fabs(a->lat - b->lat) < 1e-9 &&
           fabs(a->lon - b->lon) < 1e-9;
}

static void veil_places(veil *v, statement *out, const statement *s, place_level level, place_marks *marks)
{
    statement_place *places = arena_alloc(v->memory, s->place_count * sizeof *places);
    out->places = places;
    out->place_count = 0;
    if (places == NULL) {
        v->is_out_of_memory = true;
        return;
    }
    for (uint32_t i = 0; i < s->place_count; i++) {
        statement_place *place = &places[out->place_count];
        place_marks own = {0};
        if (!veil_place(v, place, &s->places[i], level, &own))
            veil_count(v, "place", "withheld");
        else if (own.coarsened != PLACE_SHOW)
            veil_count(v, "place", "coarsened");
        marks->was_told = true;
        marks->coarsened = own.coarsened > marks->coarsened ? own.coarsened : marks->coarsened;
        marks->is_left = marks->is_left || own.is_left;
        bool is_new = own.is_left;
        for (uint32_t k = 0; is_new && k < out->place_count; k++)
            is_new = !is_same_place(&places[k], place);
        out->place_count += is_new;
    }
}

/* --- parties --------------------------------------------------------------------------------------------------------- */

bool veil_knows_party(const veil *v, const char *who)
{
    return party_find(rules_parties(v->options->rules), who) != NULL;
}

static bool may_show_words(const veil *v, const party_row *party)
{
    const words_rule rule = v->options->profile->party_words;
    return rule == WORDS_SHOW || (rule == WORDS_INSTITUTIONS && party != NULL && party_is_institution(party));
}

/* "unknown" for who may not be told. */
static void veil_who(veil *v, statement_party *party, const party_row *row, bool is_speaker)
{
    const bool is_anonymous = is_speaker && row != NULL && !party_is_institution(row) && !v->options->profile->shows_anonymous;
    if (row != NULL && !is_anonymous)
        return;
    if (strcmp(party->who, "unknown") != 0)
        veil_count(v, is_speaker ? "speaker" : "party", is_anonymous ? "source without a name" : "not in the table of parties");
    party->who = "unknown";
    party->code = "";
}

static statement_party veil_party(veil *v, const statement_party *party, bool is_speaker)
{
    statement_party out = *party;
    const party_row *row = party_find(rules_parties(v->options->rules), party->who);
    if (out.words[0] != 0 && !may_show_words(v, row)) {
        veil_count(v, "words for a party", "may name a person");
        out.words = "";
    }
    if (out.object[0] != 0 && object_number(out.object) < 0) {
        veil_count(v, "object", "not known to the profile");
        out.object = "";
    }
    veil_who(v, &out, row, is_speaker);
    return out;
}

static const statement_party *veil_parties(veil *v, const statement_party *parties, uint32_t count, bool is_speaker)
{
    statement_party *out = arena_alloc(v->memory, count * sizeof *out);
    if (out == NULL)
        v->is_out_of_memory = true;
    for (uint32_t i = 0; out != NULL && i < count; i++)
        out[i] = veil_party(v, &parties[i], is_speaker);
    return out;
}

/* --- the statement --------------------------------------------------------------------------------------------------- */

static const statement_figure *veil_figures(veil *v, const statement_figure *figures, uint32_t count)
{
    statement_figure *out = arena_alloc(v->memory, count * sizeof *out);
    if (out == NULL)
        v->is_out_of_memory = true;
    for (uint32_t i = 0; out != NULL && i < count; i++) {
        out[i] = figures[i];
        if (out[i].words[0] == 0 || v->options->profile->shows_figure_words)
            continue;
        veil_count(v, "words for a number", "words of the report");
        out[i].words = "";
    }
    return out;
}

/* The address of the report, and where in it the words stand, lead back to the place that is not told. */
static void veil_address(veil *v, statement *out)
{
    if (out->url[0] != 0)
        veil_count(v, "address of a report", "its place is coarsened");
    out->url = "";
    out->trigger = (marsad_span){0};
    out->sentence = (marsad_span){0};
}

const statement *veil_statement(veil *v, const statement *s, const safety_rule *rule, place_marks *marks)
{
    statement *out = arena_alloc(v->memory, sizeof *out);
    if (out == NULL) {
        v->is_out_of_memory = true;
        return NULL;
    }
    *out = *s;
    out->actors = veil_parties(v, s->actors, s->actor_count, false);
    out->targets = veil_parties(v, s->targets, s->target_count, false);
    out->speakers = veil_parties(v, s->speakers, s->speaker_count, true);
    out->figures = veil_figures(v, s->figures, s->figure_count);
    place_marks own = {0};
    veil_places(v, out, s, rule->place, &own);
    if ((own.coarsened != PLACE_SHOW || rule->place != PLACE_SHOW) && !v->options->profile->shows_url_of_coarsened)
        veil_address(v, out);
    marks->coarsened = own.coarsened > marks->coarsened ? own.coarsened : marks->coarsened;
    marks->was_told = marks->was_told || own.was_told;
    marks->is_left = marks->is_left || own.is_left;
    return v->is_out_of_memory ? NULL : out;
}
