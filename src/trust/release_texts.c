/* What a release says of itself: codebook, rules, licence, citation. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "trust/release.h"

/* docs/, embedded by the build. */
extern const char codebook_record[], codebook_incidents[], codebook_formats[];

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
}

/* --- rules ------------------------------------------------------------------------------------------------------------------------- */

static int is_table(const struct dirent *entry)
{
    const size_t len = strlen(entry->d_name);
    return (len > 4 && strcmp(entry->d_name + len - 4, ".tsv") == 0) || (len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static marsad_status copy_file(release_set *set, const char *folder, const char *as, const char *name, marsad_error *err)
{
    mapped_file file = {0};
    const char *path = arena_format(&set->memory, "%s/%s", folder, name), *target = arena_format(&set->memory, "%s/%s", as, name);
    marsad_status status = path == NULL || target == NULL ? no_memory(err) : file_map(&file, path, err);
    buffer *out = status == MARSAD_OK ? release_add(set, target) : NULL;
    if (out != NULL)
        buffer_add(out, (const char *)file.bytes, file.size);
    else if (status == MARSAD_OK)
        status = no_memory(err);
    file_unmap(&file);
    return status;
}

static marsad_status copy_folder(release_set *set, const char *folder, const char *as, marsad_error *err)
{
    struct dirent **entries;
    const int count = scandir(folder, &entries, is_table, by_bytes);
    if (count < 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read the rules in '%s': %s", folder, strerror(errno));
    marsad_status status = MARSAD_OK;
    for (int i = 0; i < count; i++) {
        if (status == MARSAD_OK)
            status = copy_file(set, folder, as, entries[i]->d_name, err);
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* --- texts -------------------------------------------------------------------------------------------------------------------------- */

static void say_day(buffer *out, int32_t day, const char *open)
{
    const marsad_date date = day_date(day); /* not given for an open end: no calendar reaches so far */
    if (date_is_given(date))
        buffer_format(out, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
    else
        buffer_text(out, open);
}

static void write_citation(buffer *out, const release_seal *seal)
{
    enum { SECONDS_PER_DAY = 24 * 60 * 60 };
    buffer_format(out, "%s%sRelease %lld, ", seal->title, seal->title[0] == 0 ? "" : ". ", (long long)seal->number);
    say_day(out, (int32_t)(seal->time / SECONDS_PER_DAY), "");
    buffer_format(out, ". Safety profile '%s'. Incidents from ", seal->profile);
    say_day(out, seal->from, "the first");
    buffer_text(out, " to ");
    say_day(out, seal->to, "the last");
    buffer_format(out, ".\nAs known at line %lld of the archive's log, whose hash is %s.\nMade by %s with the rules %s.\n", (long long)seal->line,
                  seal->root, seal->program, seal->rules);
    if (seal->before != 0)
        buffer_format(out, "Changes are counted from release %lld.\n", (long long)seal->before);
}

marsad_status release_texts(marsad_archive *archive, const release_seal *seal, release_set *set, marsad_error *err)
{
    buffer *codebook = release_add(set, "CODEBOOK.md"), *licence = release_add(set, "LICENCE"), *citation = release_add(set, "CITATION");
    const char *safety = arena_format(&set->memory, "%s/safety", archive->rules_folder);
    if (codebook == NULL || licence == NULL || citation == NULL || safety == NULL)
        return no_memory(err);
    buffer_format(codebook, "%s\n%s\n%s", codebook_record, codebook_incidents, codebook_formats);
    buffer_format(licence, "%s\n", seal->licence[0] != 0 ? seal->licence : "No licence was given with this release: ask its publisher.");
    write_citation(citation, seal);
    if (codebook->failed || licence->failed || citation->failed)
        return no_memory(err);
    marsad_status status = copy_folder(set, archive->rules_folder, "rules", err);
    return status == MARSAD_OK ? copy_folder(set, safety, "rules/safety", err) : status;
}
