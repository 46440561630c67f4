/* UCDP GED's column layout, 49 columns: docs/formats.md, "ged". Lethal events only. The numbers of UCDP's own lists (conflicts, dyads, sides) stay empty. */
#include <math.h>

#include "export/formats.h"
#include "export/sides.h"

static const char *const columns[] = {"id",
                                      "relid",
                                      "year",
                                      "active_year",
                                      "code_status",
                                      "type_of_violence",
                                      "conflict_dset_id",
                                      "conflict_new_id",
                                      "conflict_name",
                                      "dyad_dset_id",
                                      "dyad_new_id",
                                      "dyad_name",
                                      "side_a_dset_id",
                                      "side_a_new_id",
                                      "side_a",
                                      "side_b_dset_id",
                                      "side_b_new_id",
                                      "side_b",
                                      "number_of_sources",
                                      "source_article",
                                      "source_office",
                                      "source_date",
                                      "source_headline",
                                      "source_original",
                                      "where_prec",
                                      "where_coordinates",
                                      "where_description",
                                      "adm_1",
                                      "adm_2",
                                      "latitude",
                                      "longitude",
                                      "geom_wkt",
                                      "priogrid_gid",
                                      "country",
                                      "country_id",
                                      "region",
                                      "event_clarity",
                                      "date_prec",
                                      "date_start",
                                      "date_end",
                                      "deaths_a",
                                      "deaths_b",
                                      "deaths_civilians",
                                      "deaths_unknown",
                                      "best",
                                      "high",
                                      "low",
                                      "gwnoa",
                                      "gwnob"};
_Static_assert(sizeof columns / sizeof *columns == 49, "the layout has 49 columns");

enum { STATE_BASED = 1, NON_STATE = 2, ONE_SIDED = 3, DEGREE_DECIMALS = 5 };

static bool is_state(const side *one)
{
    return one->party != NULL && (one->party->type == PARTY_STATE || one->party->type == PARTY_COALITION);
}

static bool is_armed(const side *one)
{
    return one->party != NULL && party_is_armed(one->party);
}

/* NO_VALUE where the reports do not name enough: an event is not sorted by guess. */
static int64_t violence_of(const sides *both, const dead *killed)
{
    const bool is_on_civilians = both->b.party != NULL ? both->b.inter == INTER_CIVILIANS : killed->civilians > 0 && killed->fighters == 0;
    if (is_armed(&both->a) && is_on_civilians)
        return ONE_SIDED;
    if (!is_armed(&both->a) || !is_armed(&both->b))
        return MARSAD_NO_VALUE;
    return is_state(&both->a) || is_state(&both->b) ? STATE_BASED : NON_STATE;
}

static void cell_empty(export_run *run)
{
    cell_text(run, "");
}

static const char *side_name(const export_run *run, const side *one)
{
    return one->who != NULL ? party_name(run, one->who) : "";
}

static void cells_of_side(export_run *run, const side *one)
{
    cell_empty(run);
    cell_empty(run);
    export_text text = {.run = run};
    text_put(&text, side_name(run, one));
    text_part(&text, "; ", one->names);
    cell_text(run, text_done(&text));
}

static void cells_of_conflict(export_run *run, const sides *both)
{
    for (int i = 0; i < 5; i++) /* conflict: two numbers and a name; dyad: two numbers */
        cell_empty(run);
    export_text dyad = {.run = run};
    if (both->a.who != NULL && both->b.who != NULL) {
        text_put(&dyad, side_name(run, &both->a));
        text_put(&dyad, " - ");
        text_put(&dyad, side_name(run, &both->b));
    }
    cell_text(run, text_done(&dyad));
    cells_of_side(run, &both->a);
    cells_of_side(run, &both->b);
}

/* "outlet, 2016-05-10, https://..." for each report. */
static const char *articles_of(export_run *run, const incident *item)
{
    export_text all = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        char day[16];
        export_text one = {.run = run};
        text_part(&one, ", ", s->outlet);
        text_part(&one, ", ", day_text(day, s->published));
        text_part(&one, ", ", s->url);
        text_part(&all, "; ", text_done(&one));
    }
    return text_done(&all);
}

static const char *days_of_reports(export_run *run, const incident *item)
{
    export_text days = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++) {
        char day[16];
        text_part(&days, "; ", day_text(day, item->statements[i]->published));
    }
    return text_done(&days);
}

static void cells_of_sources(export_run *run, const incident *item)
{
    cell_integer(run, item->outlets);
    cell_text(run, articles_of(run, item));
    cell_text(run, outlets_of(run, item));
    cell_text(run, days_of_reports(run, item));
    cell_empty(run); /* headlines are the publishers' */
    cell_text(run, asserters_of(run, item));
}

/* 1 the place, 2 near it, 3 district, 4 governorate, 5 a wider area or a cell, 6 country. */
static int64_t where_precision(const statement_place *place)
{
    switch (place->precision) {
    case MARSAD_PRECISION_EXACT:
    case MARSAD_PRECISION_TOWN:
        return place->relation == MARSAD_IN ? 1 : 2;
    case MARSAD_PRECISION_DISTRICT:
        return 3;
    case MARSAD_PRECISION_GOVERNORATE:
        return 4;
    case MARSAD_PRECISION_AREA:
        return 5;
    default: /* without a point: by the names that are left */
        return place->admin2[0] != 0 ? 3 : place->admin1[0] != 0 ? 4 : place->norm[0] != 0 ? 5 : 6;
    }
}

/* PRIO-GRID: half-degree cells, counted from 1 in the south-west corner, row by row of 720. */
static int64_t prio_cell(const statement_place *place)
{
    const double row = floor((place->lat + 90) * 2), column = floor((place->lon + 180) * 2);
    return (int64_t)row * 720 + (int64_t)column + 1;
}

static void cells_of_point(export_run *run, const statement_place *place)
{
    if (place == NULL || place->precision == MARSAD_PRECISION_NONE) {
        for (int i = 0; i < 4; i++)
            cell_empty(run);
        return;
    }
    export_text point = {.run = run};
    text_put(&point, "POINT (");
    text_real(&point, place->lon, DEGREE_DECIMALS);
    text_put(&point, " ");
    text_real(&point, place->lat, DEGREE_DECIMALS);
    text_put(&point, ")");
    cell_degrees(run, place, true);
    cell_degrees(run, place, false);
    cell_text(run, text_done(&point));
    cell_integer(run, prio_cell(place));
}

static const char *where_in_words(export_run *run, const incident *item, const statement_place *place)
{
    export_text text = {.run = run};
    if (place != NULL && place->relation != MARSAD_IN)
        text_put(&text, marsad_relation_name(place->relation));
    if (export_note(run, item)->coarsened_to[0] != 0) {
        text_part(&text, "; ", "coarsened to ");
        text_put(&text, export_note(run, item)->coarsened_to);
    }
    if (export_note(run, item)->is_place_withheld)
        text_part(&text, "; ", "withheld");
    return text_done(&text);
}

static void cells_of_place(export_run *run, const incident *item)
{
    const statement_place *place = place_of_row(run, item);
    const country_row *country = country_of_incident(run, item);
    cell_integer(run, place != NULL ? where_precision(place) : MARSAD_NO_VALUE);
    cell_text(run, place != NULL ? place_words(run, place) : "");
    cell_text(run, where_in_words(run, item, place));
    cell_text(run, place != NULL ? place->admin1 : "");
    cell_text(run, place != NULL ? place->admin2 : "");
    cells_of_point(run, place);
    cell_text(run, country != NULL ? country->name_en : place != NULL ? place->country : "");
    cell_text(run, country != NULL ? country->gw : "");
    cell_text(run, country != NULL ? country->ged_region : "");
}

/* 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year or more. */
static int64_t day_precision(const incident *item)
{
    const int32_t days = item->end - item->start + 1;
    if (!item->has_days)
        return 2;
    return days == 1 ? 1 : days < 7 ? 2 : days == 7 ? 3 : days <= 31 ? 4 : 5;
}

/* The dead of a force are those of the attacked side where it is attacked by the other; of a clash nobody says whose they are. */
static void cells_of_dead(export_run *run, const incident *item, const dead *killed, const side *attacked, bool is_swapped)
{
    const bool is_known = item->kind != MARSAD_KIND_CLASH && is_armed(attacked);
    const int64_t theirs = is_known ? killed->fighters : 0;
    if (killed->fighters > theirs)
        export_loss(run, "side of the fighters killed", "reports do not say it: written as deaths_unknown");
    if (killed->high == MARSAD_NO_VALUE)
        export_loss(run, "open upper bound of killed", "high must be a number: best is written");
    cell_integer(run, is_swapped ? theirs : 0);
    cell_integer(run, is_swapped ? 0 : theirs);
    cell_integer(run, killed->civilians);
    cell_integer(run, killed->unknown + killed->fighters - theirs);
    cell_integer(run, killed->best);
    cell_integer(run, killed->high == MARSAD_NO_VALUE ? killed->best : killed->high);
    cell_integer(run, killed->low);
}

static const char *state_number(const export_run *run, const side *one)
{
    const country_row *country = is_state(one) ? country_find(run->options->rules, one->party->country) : NULL;
    return country != NULL ? country->gw : "";
}

static void write_row(export_run *run, const incident *item, const dead *killed)
{
    sides both = sides_of(run, item);
    const int64_t violence = violence_of(&both, killed);
    if (violence == MARSAD_NO_VALUE)
        export_loss(run, "type of violence", "the reports do not name both sides");
    count_lost_versions(run, item, &both);
    const bool is_swapped = violence == STATE_BASED && !is_state(&both.a); /* the layout puts the state first */
    const side attacked = both.b;
    if (is_swapped) {
        both = (sides){.a = both.b, .b = both.a};
        export_loss(run, "who attacked whom", "the layout puts the state first");
    }
    const int32_t first = item->has_days ? item->start : item->start - 1; /* a report without a day tells of its day or the day before */
    cell_text(run, item->id);
    cell_text(run, item->id);
    cell_integer(run, day_date(first).year);
    cell_empty(run);
    cell_text(run, incident_grade_name(item->grade));
    cell_integer(run, violence);
    cells_of_conflict(run, &both);
    cells_of_sources(run, item);
    cells_of_place(run, item);
    cell_integer(run, item->has_days && item->start == item->end ? 1 : 2);
    cell_integer(run, day_precision(item));
    cell_day(run, first);
    cell_day(run, item->end);
    cells_of_dead(run, item, killed, &attacked, is_swapped);
    cell_text(run, state_number(run, &both.a));
    cell_text(run, state_number(run, &both.b));
    cells_end(run);
    export_row(run);
    count_what_rows_lose(run, item);
}

bool write_ged(export_run *run, const incident_list *incidents)
{
    cells_header(run, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < incidents->count; i++) {
        const incident *item = &incidents->items[i];
        const dead killed = dead_of(run, item);
        const char *why_not = why_no_event(item);
        if (why_not == NULL && killed.best == 0)
            why_not = killed.is_told ? "nobody is said to be killed for certain" : "not told as lethal";
        if (why_not != NULL)
            export_drop(run, why_not);
        else
            write_row(run, item, &killed);
    }
    return export_ok(run);
}
