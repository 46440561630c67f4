/* Publishing, from the archive to bytes that leave: what is asked for ─profile→ what may leave ─format or bulletin→ bytes, and what was lost on the way. */
#include <stdio.h>
#include <stdlib.h>

#include "ask/list.h"
#include "bulletin_take.h"
#include "export/export.h"
#include "publication.h"

static bool write_losses(const loss_report *losses, const marsad_publication *p)
{
    if (p->loss == NULL)
        return true;
    return p->loss_as_json ? loss_write_json(losses, p->loss, p->loss_context) : loss_write_text(losses, p->loss, p->loss_context);
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
