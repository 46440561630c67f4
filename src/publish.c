/* Publishing, from the archive to bytes that leave: what is asked for ─profile→ what may leave ─format or bulletin→ bytes, and what was lost on the way. */
#include <stdio.h>
#include <stdlib.h>

#include "ask/list.h"
#include "bulletin_take.h"
#include "export/export.h"
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

safety_options archive_safety(const marsad_archive *archive, const safety_profile *profile, const marsad_publication *publication)
{
    return (safety_options){profile, archive->rules, day_or_none(publication->today), publication->gazetteer != NULL ? find_centre : NULL,
                            centre_context(publication)};
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

static int by_id(const void *a, const void *b)
{
    return strcmp(((const incident *)a)->id, ((const incident *)b)->id);
}

/*
 * What an export is asked for. In public the question is held against what the profile lets out, as in tables: who asks for the quarter that a place was coarsened
 * from must find nothing. The incidents themselves come as they are, for the export applies the profile itself, and counts what it withholds.
 */
static marsad_status exported_incidents(marsad_archive *archive, const marsad_question *question, incident_list *out, arena *memory,
                                        marsad_error *err)
{
    if (question->publication == NULL)
        return question_incidents(archive, question, out, memory, err);
    incident_list shown;
    const marsad_question open = {.from = question->from, .to = question->to, .known = question->known, .now = question->now};
    marsad_status status = question_incidents(archive, question, &shown, memory, err);
    if (status == MARSAD_OK)
        status = question_incidents(archive, &open, out, memory, err);
    if (status != MARSAD_OK)
        return status;
    if (shown.count > 1)
        qsort(shown.items, shown.count, sizeof *shown.items, by_id);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (shown.count > 0 && bsearch(&out->items[i], shown.items, shown.count, sizeof *shown.items, by_id) != NULL)
            out->items[kept++] = out->items[i];
    out->count = kept;
    return MARSAD_OK;
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
    marsad_status status = publication_open(&with, archive, publication, &memory, err);
    if (status == MARSAD_OK)
        status = exported_incidents(archive, question, &incidents, &memory, err);
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

marsad_status marsad_archive_bulletin(marsad_archive *archive, const marsad_bulletin *bulletin, const marsad_publication *publication,
                                      marsad_write *write, void *context, marsad_error *err)
{
    arena memory = {0};
    bulletin_taken taken = {.archive = archive, .asked = bulletin, .publication = publication, .memory = &memory};
    marsad_status status = bulletin_take(&taken, err);
    if (status == MARSAD_OK)
        status =
            bulletin_write(&taken.input, bulletin_form_named(bulletin->form), bulletin_languages_named(bulletin->languages), write, context, err);
    if (status == MARSAD_OK && !write_losses(&taken.losses, publication))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the loss report");
    arena_free(&memory);
    return status;
}
