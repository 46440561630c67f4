/* Publishing, from the archive to bytes that leave: what is asked for ─profile→ what may leave ─format or bulletin→ bytes, and what was lost on the way. */
#include <stdio.h>

#include "ask/list.h"
#include "export/bulletin.h"
#include "export/export.h"
#include "incident/control.h"
#include "publish.h"

/* --- what every publication needs ------------------------------------------------------------------------------------------------- */

marsad_status archive_profile(const marsad_archive *archive, const char *named, safety_profile *out, arena *memory, marsad_error *err)
{
    if (named == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "nothing leaves without a safety profile: name one");
    const bool is_path = strchr(named, '/') != NULL || strstr(named, ".json") != NULL;
    const char *path = is_path ? named : arena_format(memory, "%s/safety/%s.json", archive->rules_folder, named);
    return path == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a profile") : safety_profile_read(out, path, err);
}

typedef struct {
    const char *country, *admin1, *admin2;
    double lat, lon;
    bool is_found;
} centre_search;

static bool is_centre(void *context, const marsad_place_row *place)
{
    centre_search *search = context;
    const bool is_district = search->admin2[0] != 0;
    if (strcmp(place->country, search->country) != 0 || strcmp(place->feature, is_district ? "adm2" : "adm1") != 0 ||
        (is_district && strcmp(place->admin1, search->admin1) != 0))
        return true;
    search->lat = place->lat;
    search->lon = place->lon;
    search->is_found = true;
    return false;
}

/* The gazetteer's point of a governorate or district. */
static bool find_centre(void *context, const char *country, const char *admin1, const char *admin2, double *lat, double *lon)
{
    centre_search search = {.country = country, .admin1 = admin1, .admin2 = admin2};
    marsad_gazetteer_find(context, view_of(admin2[0] != 0 ? admin2 : admin1), is_centre, &search);
    *lat = search.lat;
    *lon = search.lon;
    return search.is_found;
}

static int32_t day_or_none(marsad_date date)
{
    return date_is_given(date) ? day_number(date) : NO_DAY;
}

static bool write_losses(const loss_report *losses, const marsad_publication *p)
{
    if (p->loss == NULL)
        return true;
    return p->loss_as_json ? loss_write_json(losses, p->loss, p->loss_context) : loss_write_text(losses, p->loss, p->loss_context);
}

/* The gazetteer is only read; the callback's context is not const. */
static void *centre_context(const marsad_publication *p)
{
    return (void *)(uintptr_t)p->gazetteer;
}

marsad_status publication_open(publication_safety *out, const marsad_archive *archive, const marsad_publication *publication, arena *memory,
                               marsad_error *err)
{
    const marsad_status status = archive_profile(archive, publication->profile, &out->profile, memory, err);
    out->safety = (safety_options){&out->profile, archive->rules, day_or_none(publication->today),
                                   publication->gazetteer != NULL ? find_centre : NULL, centre_context(publication)};
    return status;
}

/* --- exports -------------------------------------------------------------------------------------------------------------------------- */

void marsad_export_formats(void (*visit)(void *context, const char *name, const char *ending, const char *summary), void *context)
{
    for (const export_format *f = export_formats(); f->name != NULL; f++)
        visit(context, f->name, f->ending, f->summary);
}

/* A plan: everything is made, nothing leaves. */
static bool drop_bytes(void *context, const char *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return true;
}

marsad_status marsad_archive_export(marsad_archive *archive, const char *format, const marsad_question *question,
                                    const marsad_publication *publication, marsad_write *write, void *context, marsad_error *err)
{
    const export_format *found = export_format_find(format);
    if (found == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no format '%s'", format);
    arena memory = {0};
    publication_safety with;
    incident_list incidents;
    loss_report losses = {0};
    marsad_question whole = *question;
    whole.publication = NULL; /* the export applies the profile itself, and counts what it withholds */
    marsad_status status = publication_open(&with, archive, publication, &memory, err);
    if (status == MARSAD_OK)
        status = question_incidents(archive, &whole, &incidents, &memory, err);
    const export_options options = {.write = write != NULL ? write : drop_bytes,
                                    .context = context,
                                    .profile = &with.profile,
                                    .rules = archive->rules,
                                    .today = with.safety.today,
                                    .centre = with.safety.centre,
                                    .centre_context = with.safety.centre_context};
    if (status == MARSAD_OK)
        status = export_write(found, &incidents, &options, &losses, &memory, err);
    if (status == MARSAD_OK && !write_losses(&losses, publication))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the loss report");
    arena_free(&memory);
    return status;
}

/* --- the bulletin ------------------------------------------------------------------------------------------------------------------------ */

/* What a bulletin is made of, on its way. */
typedef struct {
    marsad_archive *archive;
    const marsad_bulletin *asked;
    publication_safety with;
    loss_report losses;
    arena *memory;
    public_view view;
    tally_table totals, by_area;
    control_timeline control;
    asked_ledger ledger;
    truce_table truce;
    bulletin_unseen *unseen;
    uint32_t unseen_count;
    bulletin_coverage coverage;
} bulletin_work;

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a bulletin");
}

static marsad_status take_incidents(bulletin_work *b, marsad_error *err)
{
    const marsad_question question = {.from = b->asked->day, .to = b->asked->day};
    incident_list incidents;
    marsad_status status = question_incidents(b->archive, &question, &incidents, b->memory, err);
    if (status != MARSAD_OK)
        return status;
    b->losses.incidents = incidents.count;
    if (!safety_view(&b->view, &incidents, &b->with.safety, &b->losses, b->memory) ||
        !tally_incidents(&b->totals, &b->view.incidents, 0, b->memory) || !tally_incidents(&b->by_area, &b->view.incidents, TALLY_BY_AREA, b->memory))
        return no_memory(err);
    b->losses.public_incidents = b->losses.rows = b->view.incidents.count;
    return MARSAD_OK;
}

static marsad_status take_control(bulletin_work *b, marsad_error *err)
{
    enum { KINDS = 1 << MARSAD_KIND_CAPTURE | 1 << MARSAD_KIND_HOLD | 1 << MARSAD_KIND_WITHDRAW };
    const marsad_question question = {.known = b->asked->day};
    statement_list all;
    const statement *const *shown;
    size_t count;
    marsad_status status = question_statements(b->archive, &question, INT32_MIN, INT32_MAX, KINDS, &all, b->memory, err);
    if (status == MARSAD_OK && (!safety_view_statements(&shown, &count, all.items, all.count, &b->with.safety, &b->losses, b->memory) ||
                                !control_derive(&b->control, shown, count, INT32_MAX, b->archive->rules, b->memory)))
        status = no_memory(err);
    return status;
}

/* Governorates of the agreement that no report of the day speaks of. */
static marsad_status take_unseen(bulletin_work *b, const truce_agreement *agreement, const seen_day *seen, size_t seen_count, marsad_error *err)
{
    b->unseen = arena_alloc(b->memory, (agreement->governorate_count + 1) * sizeof *b->unseen);
    if (b->unseen == NULL)
        return no_memory(err);
    for (uint32_t g = 0; g < agreement->governorate_count; g++) {
        bool is_seen = false;
        for (size_t i = 0; i < seen_count; i++)
            is_seen = is_seen || (strcmp(seen[i].country, agreement->country) == 0 && strcmp(seen[i].governorate, agreement->governorates[g]) == 0);
        if (!is_seen)
            b->unseen[b->unseen_count++] = (bulletin_unseen){agreement->country, agreement->governorates[g]};
    }
    return MARSAD_OK;
}

/* The ledger is made of what may leave: all days of the agreement, after the profile. */
static marsad_status take_truce(bulletin_work *b, marsad_error *err)
{
    if (b->asked->agreement == NULL)
        return MARSAD_OK;
    const int32_t day = day_number(b->asked->day);
    const marsad_question question = {.agreement = b->asked->agreement, .rule = b->asked->rule, .known = b->asked->day};
    seen_day *seen = NULL;
    size_t seen_count = 0;
    incident_list incidents;
    public_view all;
    marsad_status status = question_ledger(b->archive, &question, &b->ledger, b->memory, err);
    if (status == MARSAD_OK)
        status = question_incidents(b->archive, &question, &incidents, b->memory, err);
    const char *rule = b->asked->rule != NULL ? b->asked->rule : truce_rule_name(b->archive->rules, 0);
    if (status == MARSAD_OK && (!safety_view(&all, &incidents, &b->with.safety, &b->losses, b->memory) ||
                                !truce_candidates(&b->ledger.ledger, &b->ledger.agreement, &all.incidents, rule, b->archive->rules, b->memory)))
        status = no_memory(err);
    if (status == MARSAD_OK)
        status = question_seen(b->archive, &question, day - 1, day, &seen, &seen_count, b->memory, err);
    if (status == MARSAD_OK &&
        !truce_tabulate(&b->truce, &b->ledger.agreement, &b->ledger.ledger, seen, seen_count, day, day, b->archive->rules, b->memory))
        status = no_memory(err);
    return status == MARSAD_OK ? take_unseen(b, &b->ledger.agreement, seen, seen_count, err) : status;
}

static marsad_status take_coverage(bulletin_work *b, marsad_error *err)
{
    stored_coverage stored;
    marsad_status status = store_coverage(&b->archive->store, day_number(b->asked->day), &stored, b->memory, err);
    if (status == MARSAD_OK)
        b->coverage = (bulletin_coverage){.articles = stored.articles,
                                          .copies = stored.copies,
                                          .unread = stored.problems,
                                          .outlets = stored.outlets,
                                          .outlet_count = stored.outlet_count,
                                          .silent = stored.silent,
                                          .silent_count = stored.silent_count};
    return status;
}

static uint64_t count_withheld(const loss_report *losses)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < losses->count; i++)
        if (losses->items[i].section == LOSS_WITHHELD)
            sum += losses->items[i].count;
    return sum;
}

static marsad_status write_bulletin(const bulletin_work *b, const marsad_publication *publication, marsad_write *write, void *context,
                                    marsad_error *err)
{
    const bulletin_input input = {.day = day_number(b->asked->day),
                                  .cutoff = b->asked->cutoff,
                                  .zone = b->asked->zone,
                                  .release = "",
                                  .incidents = &b->view.incidents,
                                  .totals = &b->totals,
                                  .by_area = &b->by_area,
                                  .control = &b->control,
                                  .agreement = b->asked->agreement == NULL ? NULL : &b->ledger.agreement,
                                  .truce = b->asked->agreement == NULL ? NULL : &b->truce,
                                  .unseen = b->unseen,
                                  .unseen_count = b->unseen_count,
                                  .coverage = b->coverage,
                                  .withheld = count_withheld(&b->losses),
                                  .rules = b->archive->rules,
                                  .gazetteer = publication->gazetteer};
    const char *form = b->asked->form, *languages = b->asked->languages;
    const bulletin_form as = strcmp(form, "html") == 0 ? BULLETIN_HTML : strcmp(form, "print") == 0 ? BULLETIN_PRINT : BULLETIN_TEXT;
    const unsigned in = strcmp(languages, "ar") == 0 ? BULLETIN_AR : strcmp(languages, "en") == 0 ? BULLETIN_EN : BULLETIN_AR | BULLETIN_EN;
    return bulletin_write(&input, as, in, write, context, err);
}

marsad_status marsad_archive_bulletin(marsad_archive *archive, const marsad_bulletin *bulletin, const marsad_publication *publication,
                                      marsad_write *write, void *context, marsad_error *err)
{
    if (!date_is_given(bulletin->day))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a bulletin is of a day");
    arena memory = {0};
    bulletin_work b = {.archive = archive, .asked = bulletin, .memory = &memory};
    marsad_status status = publication_open(&b.with, archive, publication, &memory, err);
    b.losses = (loss_report){.format = "bulletin", .profile = b.with.profile.name, .profile_version = b.with.profile.version};
    if (status == MARSAD_OK)
        status = take_incidents(&b, err);
    if (status == MARSAD_OK)
        status = take_control(&b, err);
    if (status == MARSAD_OK)
        status = take_truce(&b, err);
    if (status == MARSAD_OK)
        status = take_coverage(&b, err);
    if (status == MARSAD_OK)
        status = write_bulletin(&b, publication, write, context, err);
    if (status == MARSAD_OK && !write_losses(&b.losses, publication))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the loss report");
    arena_free(&memory);
    return status;
}
