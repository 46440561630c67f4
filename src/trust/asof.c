#include "trust/asof.h"

#include <stdlib.h>

#include "archive/body.h"
#include "archive/decide.h"
#include "archive/kin.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an archive as it was");
}

/* --- articles ---------------------------------------------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const kin_article *const *)a)->id, (*(const kin_article *const *)b)->id);
}

static int id_is(const void *id, const void *article)
{
    return strcmp(id, (*(const kin_article *const *)article)->id);
}

/* Keeps the statements of articles that were there, with the chains that those had. */
static marsad_status keep_stored(const kin_list *kin, statement_list *list, arena *memory, marsad_error *err)
{
    const kin_article **sorted = arena_alloc(memory, (kin->count + 1) * sizeof *sorted);
    size_t kept = 0;
    if (sorted == NULL)
        return no_memory(err);
    for (uint32_t i = 0; i < kin->count; i++)
        sorted[i] = &kin->items[i];
    if (kin->count > 1)
        qsort(sorted, kin->count, sizeof *sorted, by_id);
    for (size_t i = 0; i < list->count; i++) {
        const kin_article *const *found = bsearch(list->items[i]->article, sorted, kin->count, sizeof *sorted, id_is);
        if (found == NULL)
            continue;
        statement *s = arena_alloc(memory, sizeof *s);
        if (s == NULL)
            return no_memory(err);
        *s = *list->items[i];
        s->chain = kin_chain(kin, *found)->id;
        list->items[kept++] = s;
    }
    list->count = kept;
    return MARSAD_OK;
}

/* --- decisions --------------------------------------------------------------------------------------------------------------------- */

static review_state state_of(view name)
{
    for (int state = 0; state < STATE_COUNT; state++)
        if (view_equal(view_of(review_state_name((review_state)state)), name))
            return (review_state)state;
    return STATE_NEW;
}

/* JSON's true is 1 in SQLite. */
static bool is_true(view value)
{
    return view_equal(value, view_of("true")) || view_equal(value, view_of("1"));
}

static int statement_is(const void *id, const void *item)
{
    return strcmp(id, (*(const statement *const *)item)->id);
}

/* What the record was after its last decision before `line`, and what its body was before the first change after it. */
static marsad_status take_back(store *s, const char *record, int64_t line, statement *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    bool is_verified = false;
    review_state state = STATE_NEW;
    const char *body = NULL;
    size_t body_len = 0;
    marsad_status status = db_ask(
        s->db, &rows, err, "SELECT line, detail ->> 'state', detail ->> 'verified', detail ->> 'before' FROM decision WHERE record = $1 ORDER BY key",
        DB_VALUES(db_text(record)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (db_get_int(rows, 0) <= line) {
            state = state_of(db_get_text(rows, 1));
            is_verified = is_true(db_get_text(rows, 2));
        } else if (body == NULL && !db_is_null(rows, 3)) {
            const view text = db_get_text(rows, 3);
            body = arena_string(memory, text);
            body_len = text.len;
            status = body == NULL ? no_memory(err) : MARSAD_OK;
        }
    }
    db_end(rows);
    status = status == MARSAD_END ? MARSAD_OK : status;
    if (status == MARSAD_OK && body != NULL)
        status = body_read(out, (view){body, body_len}, memory, err);
    out->state = state;
    out->is_verified = is_verified;
    return status;
}

static marsad_status take_back_all(store *s, int64_t line, statement_list *list, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT DISTINCT record FROM decision WHERE line > $1 ORDER BY record", DB_VALUES(db_int(line)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *record = arena_string(memory, db_get_text(rows, 0));
        const statement **found =
            record == NULL || list->count == 0 ? NULL : bsearch(record, list->items, list->count, sizeof *list->items, statement_is);
        statement *copy = found == NULL ? NULL : arena_alloc(memory, sizeof *copy);
        if (copy == NULL)
            continue; /* of an article that was not there */
        *copy = **found;
        *found = copy;
        status = take_back(s, record, line, copy, memory, err);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- together ----------------------------------------------------------------------------------------------------------------------- */

static marsad_status join_as_of(marsad_archive *archive, int64_t line, const statement_list *statements, incident_list *out, arena *memory,
                                marsad_error *err)
{
    store bonds;
    marsad_status status = store_open(&bonds, ":memory:", DB_CREATE, err);
    if (status == MARSAD_OK)
        status = store_replay_bonds(&archive->store, &bonds, line, memory, err);
    if (status == MARSAD_OK)
        status = archive_join_by(archive, &bonds, statements, out, memory, err);
    store_close(&bonds);
    return status;
}

marsad_status archive_as_of(marsad_archive *archive, int64_t line, statement_list *statements, incident_list *incidents, arena *memory,
                            marsad_error *err)
{
    store *s = &archive->store;
    int64_t last = 0;
    kin_list kin;
    marsad_status status =
        db_ask_int(s->db, &last, 0, err, "SELECT max(a.key) FROM article a JOIN log l ON l.subject = a.id WHERE l.what = 'article' AND l.line <= $1",
                   DB_VALUES(db_int(line)));
    if (status == MARSAD_OK)
        status = store_kin(s, last, &kin, memory, err);
    if (status == MARSAD_OK)
        status = store_statements(s, &(statement_query){0}, statements, memory, err);
    if (status == MARSAD_OK)
        status = keep_stored(&kin, statements, memory, err);
    if (status == MARSAD_OK)
        status = take_back_all(s, line, statements, memory, err);
    return status == MARSAD_OK ? join_as_of(archive, line, statements, incidents, memory, err) : status;
}
