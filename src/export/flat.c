/* Marsad's own table: docs/formats.md, "csv". Lists in a cell are parted by "; ". */
#include "export/formats.h"
#include "export/frame.h"

static const char *const columns[] = {
    "incident_id",   "kind",     "planned",        "period",         "date_start",    "date_end",        "day_told",       "grade",
    "grade_rule",    "reviewed", "verified",       "articles",       "outlets",       "chains",          "denials",        "actors",
    "actors_denied", "targets",  "targets_denied", "target_objects", "place_ids",     "places",          "places_en",      "country",
    "admin1",        "admin2",   "latitude",       "longitude",      "geo_precision", "coarsened_to",    "place_withheld", "figures",
    "figure_rules",  "speakers", "sources",        "urls",           "statements",    "first_published", "last_published"};

static void cell_truth(export_run *run, bool value)
{
    cell_text(run, value ? "1" : "0");
}

/* The parties that somebody names (or, the other way, that somebody says it was not). */
static void cell_parties(export_run *run, const incident_party *parties, uint32_t count, bool are_denied)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < count; i++)
        if ((are_denied ? parties[i].denial_count : parties[i].claim_count) > 0)
            text_part(&text, "; ", parties[i].who);
    cell_text(run, text_done(&text));
}

static void cell_objects(export_run *run, const incident *item)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++)
        for (uint32_t k = 0; k < item->statements[i]->target_count; k++)
            text_part(&text, "; ", item->statements[i]->targets[k].object);
    cell_text(run, text_done(&text));
}

typedef const char *place_field(const statement_place *place);

static const char *id_of(const statement_place *place)
{
    return place->id;
}
static const char *norm_of(const statement_place *place)
{
    return place->norm;
}
static const char *name_en_of(const statement_place *place)
{
    return place->name_en;
}
static const char *country_of(const statement_place *place)
{
    return place->country;
}
static const char *admin1_of(const statement_place *place)
{
    return place->admin1;
}
static const char *admin2_of(const statement_place *place)
{
    return place->admin2;
}

static void cell_places(export_run *run, const incident *item, place_field *field)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < item->place_count; i++)
        text_part(&text, "; ", field(item->places[i]));
    cell_text(run, text_done(&text));
}

static void cells_of_place(export_run *run, const incident *item)
{
    static place_field *const fields[] = {id_of, norm_of, name_en_of, country_of, admin1_of, admin2_of};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        cell_places(run, item, fields[i]);

    const statement_place *first = item->place_count > 0 ? item->places[0] : NULL;
    if (item->place_count > 1)
        export_loss(run, "point of a further place", "a row has one point");
    cell_degrees(run, first, true);
    cell_degrees(run, first, false);
    cell_text(run, first != NULL ? marsad_precision_name(first->precision) : "");
    cell_text(run, export_note(run, item)->coarsened_to);
    cell_truth(run, export_note(run, item)->is_place_withheld);
}

/* killed:civilians:3:4:5; an open upper bound is "+", a dispute is told behind. */
static void cells_of_figures(export_run *run, const incident *item)
{
    export_text figures = {.run = run}, rules = {.run = run};
    for (uint32_t i = 0; i < item->figure_count; i++) {
        const incident_figure *f = &item->figures[i];
        export_text one = {.run = run};
        text_put(&one, marsad_figure_name(f->of));
        text_put(&one, ":");
        text_put(&one, f->group);
        const int64_t numbers[] = {f->low, f->best, f->high};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            text_put(&one, ":");
            if (numbers[k] == MARSAD_NO_VALUE)
                text_put(&one, "+");
            else
                text_integer(&one, numbers[k]);
        }
        text_put(&one, f->is_disputed ? ":disputed" : "");
        text_part(&figures, "; ", text_done(&one));
        text_part(&rules, "; ", f->rule);
    }
    cell_text(run, text_done(&figures));
    cell_text(run, text_done(&rules));
}

static void cells_of_statements(export_run *run, const incident *item)
{
    export_text speakers = {.run = run}, outlets = {.run = run}, urls = {.run = run}, ids = {.run = run};
    int32_t first = NO_DAY, last = NO_DAY;
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        for (uint32_t k = 0; k < s->speaker_count; k++)
            text_part(&speakers, "; ", s->speakers[k].who);
        text_part(&outlets, "; ", s->outlet);
        text_part(&urls, "; ", s->url);
        text_part(&ids, "; ", s->id);
        if (s->published != NO_DAY && (first == NO_DAY || s->published < first))
            first = s->published;
        last = s->published > last ? s->published : last;
    }
    cell_text(run, text_done(&speakers));
    cell_text(run, text_done(&outlets));
    cell_text(run, text_done(&urls));
    cell_text(run, text_done(&ids));
    cell_day(run, first);
    cell_day(run, last);
}

static void write_row(export_run *run, const incident *item)
{
    cell_text(run, item->id);
    cell_text(run, marsad_kind_name(item->kind));
    cell_truth(run, item->is_planned);
    cell_truth(run, item->is_period);
    cell_day(run, item->start);
    cell_day(run, item->end);
    cell_truth(run, item->has_days);
    cell_text(run, incident_grade_name(item->grade));
    cell_text(run, item->grade_rule);
    cell_truth(run, item->is_reviewed);
    cell_truth(run, item->is_verified);
    cell_integer(run, item->articles);
    cell_integer(run, item->outlets);
    cell_integer(run, item->chains);
    cell_integer(run, item->denials);
    cell_parties(run, item->actors, item->actor_count, false);
    cell_parties(run, item->actors, item->actor_count, true);
    cell_parties(run, item->targets, item->target_count, false);
    cell_parties(run, item->targets, item->target_count, true);
    cell_objects(run, item);
    cells_of_place(run, item);
    cells_of_figures(run, item);
    cells_of_statements(run, item);
    cells_end(run);
    export_row(run);
}

bool write_flat(export_run *run, const incident_list *incidents)
{
    cells_header(run, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < incidents->count; i++) {
        write_row(run, &incidents->items[i]);
        if (incidents->items[i].statement_count > 1)
            export_loss(run, "which statement says what", "statements are listed by id only");
    }
    return export_ok(run);
}
