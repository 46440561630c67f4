/*
 * Airwars' tables: incidents, casualties (a row a group), statements of belligerents. Of the layout only: codes and ids are ours. docs/formats-events.md.
 * The belligerents that have columns are the parties that somebody names as doers in the incidents at hand, by identifier.
 */
#include "export/airwars.h"

#include "export/formats.h"

#include <stdlib.h>

/* What Marsad knows is written by its column's name; the others stay empty. The order is that of the layout. */
static const char *const first_columns[] = {"post_id",
                                            "post_status",
                                            "post_published",
                                            "post_modified",
                                            "permalink",
                                            "code",
                                            "previous_codes",
                                            "date_type",
                                            "date",
                                            "date_end",
                                            "local_time_type",
                                            "local_time",
                                            "local_time_start",
                                            "local_time_end",
                                            "local_time_of_day",
                                            "local_first_reported_date_time",
                                            "local_first_reported_by",
                                            "local_first_reported_url",
                                            "country_name",
                                            "country_slug",
                                            "location_name",
                                            "location_name_arabic",
                                            "location_name_hebrew",
                                            "location_name_ukrainian",
                                            "region",
                                            "strike_status_name",
                                            "strike_status_slug",
                                            "infrastructure_name",
                                            "infrastructure_slug",
                                            "strike_type_name",
                                            "strike_type_slug",
                                            "targeted_belligerent_name",
                                            "targeted_belligerent_slug",
                                            "observation_name",
                                            "observation_slug",
                                            "impact_name",
                                            "impact_slug",
                                            "total_strikes",
                                            "civilian_harm_reported",
                                            "civilian_harm_status_name",
                                            "civilian_harm_status_slug",
                                            "cause_of_death_injury_name",
                                            "cause_of_death_injury_slug",
                                            "geolocated",
                                            "latitude",
                                            "longitude",
                                            "geolocation_status_name",
                                            "geolocation_status_slug",
                                            "geolocation_accuracy_name",
                                            "geolocation_accuracy_slug",
                                            "geojson_caption",
                                            "geolocation_notes",
                                            "geolocation_notes_internal",
                                            "geolocation_sign_off_assessor",
                                            "geolocation_sign_off_date_time",
                                            "num_media",
                                            "num_victims",
                                            "num_victims_named",
                                            "num_victims_named_english",
                                            "num_victims_named_arabic",
                                            "num_victims_named_hebrew",
                                            "num_victims_named_ukrainian",
                                            "num_reconciled",
                                            "num_families",
                                            "num_individuals",
                                            "victim_average_age",
                                            "declassified_assessment",
                                            "press_release"};

static const char *const groups[] = {"civilian_non_combatants",
                                     "children",
                                     "women",
                                     "men",
                                     "human_rights_defenders",
                                     "journalists",
                                     "trade_unionists",
                                     "healthcare_personnel",
                                     "other_civilian_non_combatants",
                                     "undetermined",
                                     "other_protected_persons",
                                     "medical_and_religious_personnel_state",
                                     "medical_and_religious_personnel_non_state",
                                     "persons_hors_de_combat",
                                     "belligerents",
                                     "member_of_armed_forces",
                                     "persons_directly_participating_in_hostilities",
                                     "civilian_role_in_military"};

static const char *const group_numbers[] = {"killed_min", "killed_max", "injured_min", "injured_max"};

static const char *const last_columns[] = {"num_sources",          "num_sources_twitter", "num_sources_facebook",
                                           "num_sources_telegram", "num_sources_other",   "summary"};

static const char *const belligerent_columns[] = {
    "belligerent_id",      "belligerent_name",      "belligerent_slug",      "type",     "assessment_name", "assessment_slug", "deaths_conceded_min",
    "deaths_conceded_max", "injuries_conceded_min", "injuries_conceded_max", "location", "mgrs_coordinate", "mgrs_accuracy",   "civcas_statements",
    "strike_reports"};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* --- belligerents ---------------------------------------------------------------------------------------------------- */

typedef struct {
    const char **items; /* identifiers, sorted, each once */
    uint32_t count, room;
} tracked;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool track(export_run *run, tracked *list, const incident_list *incidents)
{
    for (uint32_t i = 0; i < incidents->count; i++)
        for (uint32_t k = 0; k < incidents->items[i].actor_count; k++) {
            const incident_party *actor = &incidents->items[i].actors[k];
            const party_row *party = party_find(rules_parties(run->options->rules), actor->who);
            if (actor->claim_count == 0 || party == NULL || !party_is_armed(party) || airwars_leaves_out(run, &incidents->items[i]) != NULL)
                continue;
            if (!ARENA_GROW(run->memory, list->items, list->count, list->room)) {
                run->is_out_of_memory = true;
                return false;
            }
            list->items[list->count++] = actor->who;
        }
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_text);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (kept == 0 || strcmp(list->items[kept - 1], list->items[i]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
    return true;
}

static const incident_party *claimed_actor(const incident *item, const char *who)
{
    for (uint32_t i = 0; i < item->actor_count; i++)
        if (item->actors[i].claim_count > 0 && strcmp(item->actors[i].who, who) == 0)
            return &item->actors[i];
    return NULL;
}

const char *airwars_slug(export_run *run, const char *who)
{
    char *slug = arena_string(run->memory, view_of(who));
    if (slug == NULL) {
        run->is_out_of_memory = true;
        return "";
    }
    for (char *at = slug; *at != 0; at++) {
        if (strchr("._ ", *at) != NULL)
            *at = '-';
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return slug;
}

/* --- the header ------------------------------------------------------------------------------------------------------ */

static void name_cell(export_run *run, const char *a, const char *b, const char *c)
{
    export_text name = {.run = run};
    text_put(&name, a);
    text_put(&name, b);
    text_put(&name, c);
    cell_text(run, text_done(&name));
}

static void write_header(export_run *run, const tracked *list)
{
    for (size_t i = 0; i < COUNT(first_columns); i++)
        cell_text(run, first_columns[i]);
    for (size_t g = 0; g < COUNT(groups); g++)
        for (size_t n = 0; n < COUNT(group_numbers); n++)
            name_cell(run, groups[g], "_", group_numbers[n]);
    for (size_t i = 0; i < COUNT(last_columns); i++)
        cell_text(run, last_columns[i]);
    for (uint32_t b = 0; b < list->count; b++)
        name_cell(run, "belligerent_", airwars_slug(run, list->items[b]), "");
    for (uint32_t b = 0; b < list->count; b++) {
        export_text number = {.run = run};
        text_integer(&number, b + 1);
        for (size_t i = 0; i < COUNT(belligerent_columns); i++) {
            export_text name = {.run = run};
            text_put(&name, "belligerent_");
            text_put(&name, text_done(&number));
            text_put(&name, "_");
            text_put(&name, belligerent_columns[i]);
            cell_text(run, text_done(&name));
        }
    }
    cells_end(run);
}

/* --- figures by group ------------------------------------------------------------------------------------------------ */

const airwars_row *airwars_group(const export_run *run, const char *group)
{
    const airwars_row *row = codes_airwars(run->options->rules, "group", group);
    return row != NULL ? row : codes_airwars(run->options->rules, "group", "");
}

/* Of our group `group`; low MARSAD_NO_VALUE where nobody tells it. */
static airwars_bounds bounds_of_group(const incident *item, const char *group, marsad_figure_of of)
{
    for (uint32_t i = 0; i < item->figure_count; i++)
        if (item->figures[i].of == of && strcmp(item->figures[i].group, group) == 0)
            return (airwars_bounds){item->figures[i].low, item->figures[i].high};
    return (airwars_bounds){MARSAD_NO_VALUE, MARSAD_NO_VALUE};
}

/* Several of our groups can be one of theirs; one may lie within the other, so the wider bounds are taken, never the sum. */
static airwars_bounds bounds_of_slug(export_run *run, const incident *item, const char *slug, marsad_figure_of of)
{
    airwars_bounds all = {MARSAD_NO_VALUE, MARSAD_NO_VALUE};
    bool is_told = false, is_open = false;
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *f = &item->figures[i];
        if (f->of != of || f->group[0] == 0 || strcmp(airwars_group(run, f->group)->slug, slug) != 0)
            continue;
        all.low = !is_told || f->low > all.low ? f->low : all.low;
        is_open = is_open || f->high == MARSAD_NO_VALUE;
        all.high = !is_told || f->high > all.high ? f->high : all.high;
        is_told = true;
    }
    if (is_open)
        all.high = MARSAD_NO_VALUE;
    return all;
}

static int64_t not_negative(int64_t number)
{
    return number > 0 ? number : 0;
}

/* What the whole is more than fighters and the largest of the other groups, which may lie within each other. */
static airwars_bounds bounds_of_rest(const incident *item, marsad_figure_of of)
{
    const airwars_bounds whole = bounds_of_group(item, "", of);
    airwars_bounds parts = {0, 0};
    bool is_any = false;
    if (whole.low == MARSAD_NO_VALUE)
        return whole;
    for (int is_fighters = 0; is_fighters < 2; is_fighters++) {
        airwars_bounds largest = {0, 0};
        for (uint32_t i = 0; i < item->figure_count; i++) {
            const incident_figure *f = &item->figures[i];
            if (f->of != of || f->group[0] == 0 || (strcmp(f->group, "fighters") == 0) != (is_fighters == 1))
                continue;
            is_any = true;
            largest.low = f->low > largest.low ? f->low : largest.low;
            largest.high = largest.high == MARSAD_NO_VALUE || f->high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE
                           : f->high > largest.high                                      ? f->high
                                                                                         : largest.high;
        }
        parts.low += largest.low;
        parts.high = parts.high == MARSAD_NO_VALUE || largest.high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : parts.high + largest.high;
    }
    if (!is_any)
        return whole;
    const airwars_bounds rest = {parts.high == MARSAD_NO_VALUE ? 0 : not_negative(whole.low - parts.high),
                                 whole.high == MARSAD_NO_VALUE ? MARSAD_NO_VALUE : not_negative(whole.high - parts.low)};
    return rest.high == 0 ? (airwars_bounds){MARSAD_NO_VALUE, MARSAD_NO_VALUE} : rest;
}

airwars_bounds airwars_bounds_of(export_run *run, const incident *item, const char *slug, marsad_figure_of of)
{
    return strcmp(slug, airwars_group(run, "")->slug) == 0 ? bounds_of_rest(item, of) : bounds_of_slug(run, item, slug, of);
}

static void cells_of_groups(export_run *run, const incident *item)
{
    static const marsad_figure_of of[] = {MARSAD_KILLED, MARSAD_WOUNDED};
    for (size_t g = 0; g < COUNT(groups); g++)
        for (size_t n = 0; n < COUNT(of); n++) {
            const airwars_bounds b = airwars_bounds_of(run, item, groups[g], of[n]);
            cell_integer(run, b.low);
            cell_integer(run, b.high);
        }
}

static bool is_told_of_people(const export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->target_count; i++) {
        const party_row *party = party_find(rules_parties(run->options->rules), item->targets[i].who);
        if (party != NULL && party->type == PARTY_PEOPLE && item->targets[i].claim_count > 0)
            return true;
    }
    return false;
}

/* Is anybody said to be killed or wounded who is no fighter? People of no group count where people are the target. */
static bool is_harm_told(const export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *f = &item->figures[i];
        const bool is_harm = (f->of == MARSAD_KILLED || f->of == MARSAD_WOUNDED) && (f->best > 0 || f->high == MARSAD_NO_VALUE);
        const bool is_civilian = f->group[0] != 0 ? strcmp(f->group, "fighters") != 0 : is_told_of_people(run, item);
        if (is_harm && is_civilian)
            return true;
    }
    return false;
}

/* --- an incident ----------------------------------------------------------------------------------------------------- */

static const char *grade_slug(export_run *run, const incident *item, bool is_name)
{
    const airwars_row *row = codes_airwars(run->options->rules, "grade", incident_grade_name(item->grade));
    return row == NULL ? "" : is_name ? row->name : row->slug;
}

static const char *type_of(export_run *run, const incident *item, bool is_name)
{
    const airwars_row *row = codes_airwars(run->options->rules, "type", marsad_kind_name(item->kind));
    return row == NULL ? "" : is_name ? row->name : row->slug;
}

static int64_t strikes_of(const incident *item)
{
    for (uint32_t i = 0; i < item->figure_count; i++)
        if (item->figures[i].of == MARSAD_STRIKES)
            return item->figures[i].best;
    return MARSAD_NO_VALUE;
}

/* The armed party with the most claims among the targets; "" where none is named. */
static const char *target_of(const export_run *run, const incident *item)
{
    const incident_party *lead = NULL;
    for (uint32_t i = 0; i < item->target_count; i++) {
        const incident_party *target = &item->targets[i];
        const party_row *party = party_find(rules_parties(run->options->rules), target->who);
        if (party != NULL && party_is_armed(party) && (lead == NULL || target->claim_count > lead->claim_count))
            lead = target;
    }
    return lead != NULL ? lead->who : "";
}

/* What is known of an incident, by the column that it belongs to. */
typedef struct {
    const char *column, *text;
} fact;

enum { FACTS_MAX = 24 };

static const char *strikes_text(export_run *run, const incident *item)
{
    export_text text = {.run = run};
    const int64_t strikes = strikes_of(item);
    if (strikes != MARSAD_NO_VALUE)
        text_integer(&text, strikes);
    return text_done(&text);
}

static const char *kept_day(export_run *run, int32_t day)
{
    char text[16];
    export_text kept = {.run = run};
    text_put(&kept, day_text(text, day));
    return text_done(&kept);
}

static size_t facts_of_event(export_run *run, const incident *item, fact *out)
{
    const char *target = target_of(run, item);
    const fact facts[] = {
        {"post_id", item->id},
        {"post_status", item->is_reviewed ? "publish" : "draft"},
        {"post_published", kept_day(run, first_report(item))},
        {"code", item->id},
        {"date_type", item->start == item->end ? "single" : "range"},
        {"date", kept_day(run, item->start)},
        {"date_end", item->end != item->start ? kept_day(run, item->end) : ""},
        {"strike_type_name", type_of(run, item, true)},
        {"strike_type_slug", type_of(run, item, false)},
        {"targeted_belligerent_name", target[0] != 0 ? party_name(run, target) : ""},
        {"targeted_belligerent_slug", airwars_slug(run, target)},
        {"total_strikes", strikes_text(run, item)},
        {"civilian_harm_reported", is_harm_told(run, item) ? "1" : "0"},
        {"civilian_harm_status_name", grade_slug(run, item, true)},
        {"civilian_harm_status_slug", grade_slug(run, item, false)},
    };
    memcpy(out, facts, sizeof facts);
    return COUNT(facts);
}

static size_t facts_of_place(export_run *run, const incident *item, fact *out)
{
    if (item->place_count == 0)
        return 0;
    const statement_place *place = item->places[0];
    const country_row *country = country_of_incident(run, item);
    const bool has_point = place->precision != MARSAD_PRECISION_NONE;
    const fact facts[] = {
        {"country_name", country != NULL ? country->name_en : ""},
        {"country_slug", country != NULL ? airwars_slug(run, country->name_en) : ""},
        {"location_name", place_words(run, place)},
        {"location_name_arabic", place->norm},
        {"region", place->admin1},
        {"geolocated", has_point ? "1" : "0"},
        {"geolocation_accuracy_name", has_point ? marsad_precision_name(place->precision) : ""},
        {"geolocation_accuracy_slug", has_point ? marsad_precision_name(place->precision) : ""},
    };
    memcpy(out, facts, sizeof facts);
    return COUNT(facts);
}

static void cells_of_facts(export_run *run, const incident *item)
{
    fact facts[FACTS_MAX];
    size_t count = facts_of_event(run, item, facts);
    count += facts_of_place(run, item, facts + count);
    const statement_place *place = item->place_count > 0 ? item->places[0] : NULL;
    for (size_t c = 0; c < COUNT(first_columns); c++) {
        size_t i = 0;
        while (i < count && strcmp(facts[i].column, first_columns[c]) != 0)
            i++;
        if (strcmp(first_columns[c], "latitude") == 0 || strcmp(first_columns[c], "longitude") == 0)
            cell_degrees(run, place, strcmp(first_columns[c], "latitude") == 0);
        else
            cell_text(run, i < count ? facts[i].text : "");
    }
}

static void cells_of_belligerents(export_run *run, const incident *item, const tracked *list)
{
    for (uint32_t b = 0; b < list->count; b++)
        cell_text(run, claimed_actor(item, list->items[b]) != NULL ? "1" : "0");
    for (uint32_t b = 0; b < list->count; b++) {
        const incident_party *actor = claimed_actor(item, list->items[b]);
        const char *who = actor != NULL ? actor->who : "";
        cell_text(run, who);
        cell_text(run, actor != NULL ? party_name(run, who) : "");
        cell_text(run, airwars_slug(run, who));
        cell_text(run, actor != NULL ? "alleged" : "");
        cell_text(run, actor != NULL && actor->denial_count > 0 ? "Denied" : "");
        cell_text(run, actor != NULL && actor->denial_count > 0 ? "denied" : "");
        for (size_t i = 6; i < COUNT(belligerent_columns); i++)
            cell_text(run, "");
    }
}

static void write_incident(export_run *run, const incident *item, const tracked *list)
{
    cells_of_facts(run, item);
    cells_of_groups(run, item);
    cell_integer(run, item->outlets);
    for (int i = 0; i < 3; i++)
        cell_text(run, ""); /* by network: not kept */
    cell_integer(run, item->outlets);
    cell_text(run, note_in_english(run, item));
    cells_of_belligerents(run, item, list);
    cells_end(run);
    export_row(run);
}

const char *airwars_leaves_out(export_run *run, const incident *item)
{
    const char *why = why_no_event(item);
    return why != NULL ? why : type_of(run, item, false)[0] == 0 ? "no kind of strike or attack" : NULL;
}

static void count_losses(export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *f = &item->figures[i];
        if (f->of != MARSAD_KILLED && f->of != MARSAD_WOUNDED && f->of != MARSAD_STRIKES)
            export_loss(run, marsad_figure_name(f->of), "no column for this figure");
        if (f->is_disputed)
            export_loss(run, "sources that disagree on a figure", "told as bounds only");
        if (codes_airwars(run->options->rules, "group", f->group) == NULL)
            export_loss(run, "group of victims", "counted as undetermined");
    }
    if (item->place_count > 1)
        export_loss(run, "further place", "a row has one place");
    if (item->denials > 0)
        export_loss(run, "denial of the happening", "told in words only");
}

bool write_airwars(export_run *run, const incident_list *incidents)
{
    tracked list = {0};
    if (!track(run, &list, incidents))
        return false;
    write_header(run, &list);
    for (uint32_t i = 0; i < incidents->count; i++) {
        const char *why = airwars_leaves_out(run, &incidents->items[i]);
        if (why != NULL) {
            export_drop(run, why);
            continue;
        }
        write_incident(run, &incidents->items[i], &list);
        count_losses(run, &incidents->items[i]);
    }
    return export_ok(run);
}
