/* What is other than in the release before: from the public files of both, so that nothing is told that either withholds. */
#include <stdio.h>

#include "trust/diff.h"
#include "trust/release.h"

static void add_cell(buffer *out, const char *text, bool is_last)
{
    const bool needs_quotes = strpbrk(text, ",\"\r\n") != NULL, is_formula = text[0] != 0 && strchr("=+-@", text[0]) != NULL;
    buffer_text(out, needs_quotes || is_formula ? "\"" : "");
    buffer_text(out, is_formula ? "'" : "");
    for (; *text != 0; text++)
        buffer_add(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    buffer_text(out, needs_quotes || is_formula ? "\"" : "");
    buffer_text(out, is_last ? "\n" : ",");
}

typedef struct {
    marsad_archive *archive;
    buffer *changes, *withdrawn;
    int64_t line;
    marsad_status status;
    marsad_error *err;
} change_writer;

/* Why a record went, as was decided; an incident went with its records, or they are told of another now. */
static marsad_status why_withdrawn(change_writer *w, const char *id, char *out, size_t room)
{
    db_rows *rows;
    snprintf(out, room, "%s", id[0] == 'I' ? "its statements are withdrawn, or told of another incident" : "not published by the profile any more");
    if (id[0] == 'I')
        return MARSAD_OK;
    marsad_status status = db_ask(w->archive->store.db, &rows, w->err,
                                  "SELECT detail ->> 'state' FROM decision WHERE record = $1 AND line <= $2 ORDER BY key DESC LIMIT 1",
                                  DB_VALUES(db_text(id), db_int(w->line)));
    if (status == MARSAD_OK && (status = db_next(rows, w->err)) == MARSAD_OK) {
        const view state = db_get_text(rows, 0);
        if (view_equal(state, view_of("rejected")) || view_equal(state, view_of("duplicate")))
            snprintf(out, room, "%.*s", (int)state.len, state.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static bool write_change(void *context, const char *id, const char *what, const char *field, const char *before, const char *after)
{
    change_writer *w = context;
    add_cell(w->changes, id, false);
    add_cell(w->changes, what, false);
    add_cell(w->changes, field, false);
    add_cell(w->changes, before, false);
    add_cell(w->changes, after, true);
    if (strcmp(what, "withdrawn") == 0) {
        char why[80];
        w->status = why_withdrawn(w, id, why, sizeof why);
        add_cell(w->withdrawn, id, false);
        add_cell(w->withdrawn, why, true);
    }
    return w->status == MARSAD_OK && !w->changes->failed && !w->withdrawn->failed;
}

marsad_status release_changes(marsad_archive *archive, const release_seal *seal, const release_set *before, release_set *set, marsad_error *err)
{
    change_writer w = {.archive = archive, .changes = release_add(set, "changes.csv"), .line = seal->line, .err = err};
    w.withdrawn = w.changes == NULL ? NULL : release_add(set, "withdrawn.csv");
    if (w.withdrawn == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
    buffer_text(w.changes, "id,what,field,old,new\n");
    buffer_text(w.withdrawn, "id,why\n");
    if (before == NULL)
        return MARSAD_OK;
    const buffer *old = release_file_named(before, "incidents.jsonl"), *new = release_file_named(set, "incidents.jsonl");
    marsad_status status = editions_diff((view){old->bytes, old->used}, (view){new->bytes, new->used}, write_change, &w, err);
    if (status == MARSAD_OK)
        status = w.status;
    if (status == MARSAD_OK && (w.changes->failed || w.withdrawn->failed))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
    return status;
}
