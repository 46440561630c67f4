/* An incident in ACLED's event layout. */
#include "export/layout.h"

static const char violence[] = "Political violence", demonstrations[] = "Demonstrations", developments[] = "Strategic developments";
static const char battles[] = "Battles", explosions[] = "Explosions/Remote violence", on_civilians[] = "Violence against civilians";

/* Kinds that are one sub-event whatever else is told; the others are decided below or have no row. */
static const layout_event events[MARSAD_KIND_COUNT] = {
    [MARSAD_KIND_CLASH] = {violence, battles, "Armed clash"},
    [MARSAD_KIND_ADVANCE] = {violence, battles, "Armed clash"},
    [MARSAD_KIND_AIRSTRIKE] = {violence, explosions, "Air/drone strike"},
    [MARSAD_KIND_SHELLING] = {violence, explosions, "Shelling/artillery/missile attack"},
    [MARSAD_KIND_BOMBING] = {violence, explosions, "Remote explosive/landmine/IED"},
    [MARSAD_KIND_ABDUCTION] = {violence, on_civilians, "Abduction/forced disappearance"},
    [MARSAD_KIND_ABUSE] = {violence, on_civilians, "Attack"},
    [MARSAD_KIND_DETENTION] = {developments, developments, "Arrests"},
    [MARSAD_KIND_DESTRUCTION] = {developments, developments, "Looting/property destruction"},
    [MARSAD_KIND_WITHDRAW] = {developments, developments, "Non-violent transfer of territory"},
    [MARSAD_KIND_DEPLOY] = {developments, developments, "Change to group/activity"},
    [MARSAD_KIND_AGREEMENT] = {developments, developments, "Agreement"},
    [MARSAD_KIND_SIEGE] = {developments, developments, "Other"},
    [MARSAD_KIND_AID] = {developments, developments, "Other"},
    [MARSAD_KIND_RELEASE] = {developments, developments, "Other"},
    [MARSAD_KIND_PROTEST] = {demonstrations, "Protests", "Peaceful protest"},
};

static bool has_mode(const incident *item, const char *mode)
{
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (strstr(item->statements[i]->mode, mode) != NULL)
            return true;
    return false;
}

static bool has_phase(const incident *item, marsad_phase phase)
{
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (item->statements[i]->phase == phase)
            return true;
    return false;
}

/* Somebody says that people without arms were the target, or among the dead; what nobody says is not supposed. */
static bool are_civilians_hit(const layout_row *row)
{
    const side *target = &row->both.b;
    return row->killed.civilians > 0 || (target->party != NULL && (target->inter == INTER_CIVILIANS || target->party->type == PARTY_MEDIA));
}

/* The layout sorts attacks by who is attacked; one on nobody named has no place in it. */
static layout_event attack_of(const layout_row *row)
{
    if (row->both.b.party != NULL && party_is_armed(row->both.b.party))
        return events[MARSAD_KIND_CLASH];
    return are_civilians_hit(row) ? (layout_event){violence, on_civilians, "Attack"} : (layout_event){0};
}

/* A state that fights abroad is sorted with the governments: the layout knows these two only. */
static layout_event capture_of(const sides *both)
{
    const party_inter inter = both->a.inter;
    if (inter == INTER_NONE)
        return events[MARSAD_KIND_CLASH];
    const bool is_state = inter == INTER_STATE || inter == INTER_EXTERNAL;
    return (layout_event){violence, battles, is_state ? "Government regains territory" : "Non-state actor overtakes territory"};
}

/* `event` is NULL where the kind has no row. */
static layout_event event_of(const incident *item, const layout_row *row)
{
    switch (item->kind) {
    case MARSAD_KIND_ATTACK:
    case MARSAD_KIND_KILLING:
        return attack_of(row);
    case MARSAD_KIND_CAPTURE:
        return capture_of(&row->both);
    case MARSAD_KIND_BOMBING:
        return has_mode(item, "suicide") ? (layout_event){violence, explosions, "Suicide bomb"} : events[MARSAD_KIND_BOMBING];
    case MARSAD_KIND_PROTEST:
        return row->killed.best > 0 ? (layout_event){demonstrations, "Protests", "Protest with intervention"} : events[MARSAD_KIND_PROTEST];
    case MARSAD_KIND_TRUCE:
        return has_phase(item, MARSAD_AGREED) || has_phase(item, MARSAD_IN_FORCE) || has_phase(item, MARSAD_EXTENDED) ? events[MARSAD_KIND_AGREEMENT]
                                                                                                                      : (layout_event){0};
    default:
        return (size_t)item->kind < MARSAD_KIND_COUNT ? events[item->kind] : (layout_event){0};
    }
}

static const char *why_no_such_event(marsad_kind kind)
{
    if (kind == MARSAD_KIND_TRUCE)
        return "a truce that nobody says was agreed";
    return kind == MARSAD_KIND_ATTACK || kind == MARSAD_KIND_KILLING ? "who was attacked is not told, and the layout sorts by it"
                                                                     : "the layout has no such event (talks, words, holding a place)";
}

static const char *why_no_row(export_run *run, const incident *item, const layout_row *row)
{
    if (why_no_event(item) != NULL)
        return why_no_event(item);
    if (event_of(item, row).event == NULL)
        return why_no_such_event(item->kind);
    if (item->place_count == 0)
        return export_note(run, item)->is_place_withheld ? "its place is withheld" : "no place is known";
    return NULL;
}

bool layout_row_of(export_run *run, layout_row *out, const incident *item)
{
    *out = (layout_row){.both = sides_of(run, item), .killed = dead_of(run, item)};
    const char *why_not = why_no_row(run, item, out);
    if (why_not != NULL) {
        export_drop(run, why_not);
        return false;
    }
    count_lost_versions(run, item, &out->both);
    out->event = event_of(item, out);
    out->place = place_of_row(run, item);
    out->country = country_of_incident(run, item);
    if (out->country == NULL)
        export_loss(run, "country", "not known, or without a row in the table of countries");
    out->is_against_civilians = out->event.disorder == violence && are_civilians_hit(out);
    count_what_rows_lose(run, item);
    if (!out->killed.is_told)
        export_loss(run, "killed not told", "written as 0");
    return true;
}

int layout_time_precision(const incident *item)
{
    if (!item->has_days)
        return 3;
    const int32_t days = item->end - item->start + 1;
    return days == 1 ? 1 : days <= 7 ? 2 : 3;
}

int layout_geo_precision(const statement_place *place)
{
    const bool is_town = place->precision == MARSAD_PRECISION_EXACT || place->precision == MARSAD_PRECISION_TOWN;
    if (is_town)
        return place->relation == MARSAD_IN ? 1 : 2;
    return place->precision == MARSAD_PRECISION_DISTRICT || (place->precision == MARSAD_PRECISION_NONE && place->admin2[0] != 0) ? 2 : 3;
}

const char *layout_country_name(const layout_row *row)
{
    return row->country != NULL ? row->country->name_en : row->place->country;
}
