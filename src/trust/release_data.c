/* The data of a release: every format, and what each does not say. */
#include "export/export.h"
#include "publication.h"
#include "trust/asof.h"
#include "trust/release.h"

enum { SECONDS_PER_DAY = 24 * 60 * 60 };

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
}

static void keep_days(incident_list *list, int32_t from, int32_t to)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].start >= from && list->items[i].start <= to)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static marsad_status add_format(const export_format *f, const incident_list *incidents, export_options *options, release_set *set, buffer *losses,
                                marsad_error *err)
{
    arena memory = {0};
    loss_report report = {0};
    const char *name = arena_format(&set->memory, "incidents%s", f->ending);
    buffer *file = name == NULL ? NULL : release_add(set, name);
    if (file == NULL)
        return no_memory(err);
    options->write = buffer_write;
    options->context = file;
    marsad_status status = export_write(f, incidents, options, &report, &memory, err);
    if (status == MARSAD_OK && (!loss_write_text(&report, buffer_write, losses) || losses->failed))
        status = no_memory(err);
    buffer_text(losses, "\n");
    arena_free(&memory);
    return status;
}

marsad_status release_data(marsad_archive *archive, const release_seal *seal, release_set *set, marsad_error *err)
{
    arena memory = {0};
    safety_profile profile;
    statement_list statements = {0};
    incident_list incidents = {0};
    buffer losses = {0};
    marsad_status status = archive_profile(archive, seal->profile, &profile, &memory, err);
    if (status == MARSAD_OK)
        status = archive_as_of(archive, seal->line, &statements, &incidents, &memory, err);
    keep_days(&incidents, seal->from, seal->to);
    /* Coarsened places have no point: a gazetteer that changes later must not change the release. */
    export_options options = {.profile = &profile, .rules = archive->rules, .today = (int32_t)(seal->time / SECONDS_PER_DAY)};
    for (const export_format *f = export_formats(); f->name != NULL && status == MARSAD_OK; f++)
        status = add_format(f, &incidents, &options, set, &losses, err);
    buffer *file = status == MARSAD_OK ? release_add(set, "LOSS.md") : NULL;
    if (file != NULL)
        buffer_add(file, losses.bytes, losses.used);
    else if (status == MARSAD_OK)
        status = no_memory(err);
    buffer_free(&losses);
    arena_free(&memory);
    return status;
}
