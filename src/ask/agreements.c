/* Agreements and counting rules as tables: the files as they are, for who shows terms beside what is alleged. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "ask/ledger.h"
#include "incident/rules_tables.h"

const char *const agreement_columns[] = {"name", "title", "title_en", "country", "from", "to", "version", "body", NULL};
const char *const truce_rule_columns[] = {"name", "version", "summary", NULL};

/* --- agreements -------------------------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

marsad_status agreement_names(name_list *out, const char *folder, arena *memory, marsad_error *err)
{
    static const char ending[] = ".json";
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read folder '%s': %s", folder, strerror(errno));
    marsad_status status = MARSAD_OK;
    for (const struct dirent *entry;
         status == MARSAD_OK && (entry = readdir(dir)) != NULL;) { /* NOLINT(concurrency-mt-unsafe): a stream of our own */
        const size_t len = strlen(entry->d_name), tail = sizeof ending - 1;
        if (len <= tail || entry->d_name[0] == '.' || strcmp(entry->d_name + len - tail, ending) != 0)
            continue;
        const char *name = arena_string(memory, (view){entry->d_name, len - tail});
        if (name == NULL || !ARENA_GROW(memory, out->items, out->count, out->room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for agreements");
        else
            out->items[out->count++] = name;
    }
    closedir(dir);
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_name);
    return status;
}

static void put_agreement(row_writer *w, const char *name, const truce_agreement *a, view body)
{
    int32_t from = INT32_MAX, to = INT32_MIN;
    for (uint32_t i = 0; i < a->window_count; i++) {
        from = a->windows[i].from < from ? a->windows[i].from : from;
        to = a->windows[i].to > to ? a->windows[i].to : to;
    }
    rows_text(w, name);
    rows_text(w, a->name_ar);
    rows_text(w, a->name_en);
    rows_text(w, a->country);
    rows_day(w, from);
    rows_day(w, to);
    rows_text(w, a->version);
    rows_json(w, body);
}

static marsad_status list_one(row_writer *w, const char *folder, const char *name, bool *goes_on, marsad_error *err)
{
    arena memory = {0};
    truce_agreement agreement = {0};
    mapped_file file = {0};
    const char *path = arena_format(&memory, "%s/%s.json", folder, name);
    marsad_status status = path == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for agreements")
                                        : truce_agreement_read(&agreement, path, &memory, err);
    if (status == MARSAD_OK)
        status = file_map(&file, path, err);
    if (status == MARSAD_OK) {
        put_agreement(w, name, &agreement, (view){(const char *)file.bytes, file.size});
        *goes_on = rows_end(w);
    }
    file_unmap(&file);
    arena_free(&memory);
    return status;
}

marsad_status list_agreements(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    name_list names = {0};
    bool goes_on = true;
    const char *folder = arena_format(&memory, "%s/../agreements", archive->rules_folder);
    marsad_status status =
        folder == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for agreements") : agreement_names(&names, folder, &memory, err);
    for (uint32_t i = 0; i < names.count && status == MARSAD_OK && goes_on; i++)
        if (question->id == NULL || strcmp(question->id, names.items[i]) == 0)
            status = list_one(w, folder, names.items[i], &goes_on, err);
    arena_free(&memory);
    return status;
}

/* --- counting rules ------------------------------------------------------------------------------------------------------------------ */

/* The number behind "-v"; 0 where a name has none. */
static int64_t version_of(const char *name)
{
    const char *at = strrchr(name, '-');
    return at != NULL && at[1] == 'v' ? strtol(at + 2, NULL, 10) : 0;
}

/* The reasons of the rule's rows, parted by "; ". */
static void add_reasons(buffer *out, const truce_rules *rules, const char *name)
{
    for (uint32_t i = 0; i < rules->count; i++)
        if (strcmp(rules->rows[i].rule, name) == 0)
            buffer_format(out, "%s%s", out->used > 0 ? "; " : "", rules->rows[i].reason);
}

marsad_status list_truce_rules(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    buffer summary = {0};
    const char *name;
    marsad_status status = MARSAD_OK;
    for (uint32_t n = 0; status == MARSAD_OK && (name = truce_rule_name(archive->rules, n)) != NULL; n++) {
        if (question->id != NULL && strcmp(question->id, name) != 0)
            continue;
        summary.used = 0;
        add_reasons(&summary, &archive->rules->truce, name);
        if (summary.failed) {
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for counting rules");
            break;
        }
        rows_text(w, name);
        rows_integer(w, version_of(name));
        rows_view(w, (view){summary.bytes, summary.used});
        if (!rows_end(w))
            break;
    }
    buffer_free(&summary);
    return status;
}
