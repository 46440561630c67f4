/* Airwars' long tables: casualties, a row a group; statements of belligerents, a row a statement. docs/formats-events.md. */
#include "export/airwars.h"

#include "export/formats.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* post_id, post_status, permalink, code */
static void cells_of_post(export_run *run, const incident *item)
{
    cell_text(run, item->id);
    cell_text(run, item->is_reviewed ? "publish" : "draft");
    cell_text(run, "");
    cell_text(run, item->id);
}

static void cells_of_bounds(export_run *run, airwars_bounds bounds)
{
    cell_integer(run, bounds.low);
    cell_integer(run, bounds.high);
}

static void write_group(export_run *run, const incident *item, const airwars_row *group)
{
    const airwars_bounds killed = airwars_bounds_of(run, item, group->slug, MARSAD_KILLED);
    const airwars_bounds injured = airwars_bounds_of(run, item, group->slug, MARSAD_WOUNDED);
    if (killed.low == MARSAD_NO_VALUE && killed.high == MARSAD_NO_VALUE && injured.low == MARSAD_NO_VALUE && injured.high == MARSAD_NO_VALUE)
        return;
    cells_of_post(run, item);
    cell_text(run, "group");
    cell_text(run, group->name);
    cell_text(run, group->slug);
    for (int i = 0; i < 3; i++)
        cell_text(run, ""); /* affiliation, while working: not told */
    cells_of_bounds(run, killed);
    cells_of_bounds(run, injured);
    cells_end(run);
    export_row(run);
}

/* Several of our groups can be one of theirs, which has one row. */
static bool is_first_of_its_slug(const export_run *run, const airwars_row *group, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (strcmp(codes_airwars_at(run->options->rules, "group", i)->slug, group->slug) == 0)
            return false;
    return true;
}

bool write_airwars_casualties(export_run *run, const incident_list *incidents)
{
    static const char *const columns[] = {"post_id",
                                          "post_status",
                                          "permalink",
                                          "code",
                                          "casualty_type_taxonomy",
                                          "casualty_type_name",
                                          "casualty_type_slug",
                                          "casualty_affiliation_name",
                                          "casualty_affiliation_slug",
                                          "while_working",
                                          "killed_min",
                                          "killed_max",
                                          "injured_min",
                                          "injured_max"};
    cells_header(run, columns, COUNT(columns));
    for (uint32_t i = 0; i < incidents->count; i++) {
        const incident *item = &incidents->items[i];
        const char *why = airwars_leaves_out(run, item);
        if (why != NULL) {
            export_drop(run, why);
            continue;
        }
        const airwars_row *group;
        for (uint32_t n = 0; (group = codes_airwars_at(run->options->rules, "group", n)) != NULL; n++)
            if (is_first_of_its_slug(run, group, n))
                write_group(run, item, group);
    }
    return export_ok(run);
}

/* --- what belligerents say -------------------------------------------------------------------------------------------- */

/* What a party said of the incident, in our words: the report's own are its publisher's. */
static const char *said(export_run *run, const incident *item, const statement *s)
{
    static const char *const verbs[MARSAD_MODALITY_COUNT] = {
        [MARSAD_ASSERTED] = "claims: ", [MARSAD_PLANNED] = "announces: ", [MARSAD_DENIED] = "denies: ", [MARSAD_POSSIBLE] = "holds possible: "};
    export_text text = {.run = run};
    text_put(&text, verbs[s->modality]);
    text_put(&text, marsad_kind_name(s->kind));
    for (uint32_t i = 0; i < s->actor_count; i++) {
        text_put(&text, i == 0 ? " by " : ", ");
        text_put(&text, party_name(run, s->actors[i].who));
    }
    if (item->place_count > 0) {
        text_put(&text, ", ");
        text_put(&text, place_words(run, item->places[0]));
    }
    return text_done(&text);
}

static void write_statement(export_run *run, const incident *item, const statement *s, const party_row *speaker)
{
    cell_text(run, item->id);
    cell_text(run, item->id);
    cell_text(run, speaker->who);
    cell_text(run, speaker->name_en);
    cell_text(run, airwars_slug(run, speaker->who));
    cell_day(run, s->published);
    cell_text(run, s->url);
    cell_text(run, said(run, item, s));
    cells_end(run);
    export_row(run);
}

static void write_statements(export_run *run, const incident *item)
{
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        bool is_written = false;
        for (uint32_t k = 0; k < s->speaker_count; k++) {
            const party_row *speaker = party_find(rules_parties(run->options->rules), s->speakers[k].who);
            if (speaker == NULL || !party_is_armed(speaker))
                continue;
            write_statement(run, item, s, speaker);
            is_written = true;
        }
        if (!is_written)
            export_loss(run, "statement", "no belligerent speaks");
    }
}

bool write_airwars_statements(export_run *run, const incident_list *incidents)
{
    static const char *const columns[] = {"post_id", "code", "belligerent_id", "belligerent_name", "belligerent_slug", "date", "url", "statement"};
    cells_header(run, columns, COUNT(columns));
    for (uint32_t i = 0; i < incidents->count; i++) {
        const char *why = airwars_leaves_out(run, &incidents->items[i]);
        if (why != NULL)
            export_drop(run, why);
        else
            write_statements(run, &incidents->items[i]);
    }
    return export_ok(run);
}
