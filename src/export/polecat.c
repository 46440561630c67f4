/* POLECAT's weekly table: 40 columns, parted by tabs, with a header; "None" where there is nothing. docs/formats-events.md. */
#include "export/coded.h"
#include "export/formats.h"

static const char *const columns[] = {"Event ID",
                                      "Event Date",
                                      "Event Type",
                                      "Event Mode",
                                      "Intensity",
                                      "Quad Code",
                                      "Contexts",
                                      "Actor Name",
                                      "Actor Country",
                                      "Actor COW",
                                      "Primary Actor Sector",
                                      "Actor Sectors",
                                      "Actor Title",
                                      "Actor Name Raw",
                                      "Wikipedia Actor ID",
                                      "Recipient Name",
                                      "Recipient Country",
                                      "Recipient COW",
                                      "Primary Recipient Sector",
                                      "Recipient Sectors",
                                      "Recipient Title",
                                      "Recipient Name Raw",
                                      "Wikipedia Recipient ID",
                                      "Placename",
                                      "City",
                                      "District",
                                      "Province",
                                      "Country",
                                      "Latitude",
                                      "Longitude",
                                      "GeoNames ID",
                                      "Raw Placename",
                                      "Feature Type",
                                      "Source",
                                      "Publication Date",
                                      "Story People",
                                      "Story Organizations",
                                      "Story Locations",
                                      "Language",
                                      "Version"};

static void cell(export_run *run, const char *text)
{
    cell_text(run, text[0] != 0 ? text : "None");
}

static void cells_none(export_run *run, int count)
{
    for (int i = 0; i < count; i++)
        cell(run, "");
}

/* One side: lead and the others of its version; lists are parted by "; ". */
typedef struct {
    export_text names, countries, cow, sectors;
    char primary[4];
} polecat_side;

static void add_party(export_run *run, const incident *item, polecat_side *out, const char *who)
{
    const coded_actor code = coded_party(run, code_of_party(item, who));
    const country_row *country = country_of_code(run, code.country);
    const state_row *state = country != NULL ? codes_state(run->options->rules, country->iso2) : NULL;
    text_part(&out->names, "; ", party_name(run, who));
    text_part(&out->countries, "; ", code.country);
    text_part(&out->cow, "; ", state != NULL ? state->cow : "");
    for (int i = 0; i < 3; i++)
        text_part(&out->sectors, "; ", code.sectors[i]);
    if (out->primary[0] == 0)
        memcpy(out->primary, code.sectors[0], sizeof out->primary);
}

/* The report's own words for the party; the safety profile may have taken them. */
static const char *raw_name(export_run *run, const incident *item, const char *who)
{
    export_text words = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        for (uint32_t k = 0; k < s->actor_count; k++)
            if (strcmp(s->actors[k].who, who) == 0)
                text_part(&words, "; ", s->actors[k].words);
        for (uint32_t k = 0; k < s->target_count; k++)
            if (strcmp(s->targets[k].who, who) == 0)
                text_part(&words, "; ", s->targets[k].words);
    }
    return text_done(&words);
}

static void cells_of_side(export_run *run, const incident *item, const side *from)
{
    if (from->who == NULL) {
        cells_none(run, 8);
        return;
    }
    polecat_side out = {.names = {.run = run}, .countries = {.run = run}, .cow = {.run = run}, .sectors = {.run = run}};
    add_party(run, item, &out, from->who);
    text_part(&out.names, "; ", from->names);
    cell(run, text_done(&out.names));
    cell(run, text_done(&out.countries));
    cell(run, text_done(&out.cow));
    cell(run, out.primary);
    cell(run, text_done(&out.sectors));
    cell(run, ""); /* title */
    cell(run, raw_name(run, item, from->who));
    cell(run, ""); /* Wikipedia */
}

/* GeoNames' classes of features. */
static const char *feature_of(const statement_place *place)
{
    static const char *const features[MARSAD_PRECISION_COUNT] = {
        [MARSAD_PRECISION_NONE] = "",         [MARSAD_PRECISION_EXACT] = "S",          [MARSAD_PRECISION_TOWN] = "PPL",
        [MARSAD_PRECISION_DISTRICT] = "ADM2", [MARSAD_PRECISION_GOVERNORATE] = "ADM1", [MARSAD_PRECISION_COUNTRY] = "PCLI",
        [MARSAD_PRECISION_AREA] = "RGN"};
    return features[place->precision];
}

static void cells_of_place(export_run *run, const incident *item)
{
    const statement_place *place = place_of_row(run, item);
    const country_row *country = country_of_incident(run, item);
    if (place == NULL) {
        cells_none(run, 10);
        return;
    }
    const bool has_point = place->precision != MARSAD_PRECISION_NONE;
    const bool is_town = place->precision == MARSAD_PRECISION_TOWN || place->precision == MARSAD_PRECISION_EXACT;
    cell(run, place_words(run, place));
    cell(run, is_town ? place_words(run, place) : "");
    cell(run, place->admin2);
    cell(run, place->admin1);
    cell(run, country != NULL ? country->iso3 : "");
    if (has_point) {
        cell_degrees(run, place, true);
        cell_degrees(run, place, false);
    } else {
        cells_none(run, 2);
    }
    cell(run, ""); /* GeoNames: our gazetteer has ids of its own */
    cell(run, place->norm);
    cell(run, feature_of(place));
}

static void cells_of_reports(export_run *run, const incident *item)
{
    char day[16];
    cell(run, outlets_of(run, item));
    cell(run, day_text(day, first_report(item)));
    cells_none(run, 3);
    cell(run, "Arabic");
    cell(run, "Marsad " MARSAD_VERSION);
}

static void write_row(export_run *run, const incident *item, const coded_event *event)
{
    char day[16];
    const sides both = sides_of(run, item);
    cell(run, item->id);
    cell(run, day_text(day, item->start));
    cell(run, event->code->plover);
    cell(run, event->mode->mode);
    cell(run, event->scale);
    cell(run, event->mode->quad);
    cell(run, ""); /* contexts */
    cells_of_side(run, item, &both.a);
    cells_of_side(run, item, &both.b);
    cells_of_place(run, item);
    cells_of_reports(run, item);
    cells_end(run);
    export_row(run);
}

bool write_polecat(export_run *run, const incident_list *incidents)
{
    run->style = CELLS_TSV;
    cells_header(run, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < incidents->count; i++) {
        const incident *item = &incidents->items[i];
        const coded_event event = coded_incident(run, item);
        const char *why = event.code == NULL ? "PLOVER has no event for it" : why_no_event(item);
        if (why != NULL) {
            export_drop(run, why);
            continue;
        }
        write_row(run, item, &event);
        count_what_codes_lose(run, item);
    }
    return export_ok(run);
}
