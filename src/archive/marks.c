#include "archive/marks.h"

#include <stdio.h>

#include "archive/seal.h"
#include "base/buffer.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for truce marks");
}

marsad_status store_add_mark(store *s, const stored_mark *mark, marsad_error *err)
{
    int64_t key;
    char subject[32];
    buffer told = {0};
    marsad_status status =
        db_ask_int(s->db, &key, 0, err,
                   "INSERT INTO truce_mark(time, person, agreement, version, rule, counted, record, accused, mark, reason) VALUES($1, $2, $3, $4, "
                   "$5, $6, $7, $8,"
                   " $9, $10) RETURNING key",
                   DB_VALUES(db_int(s->now), db_text(mark->person), db_text(mark->agreement), db_text(mark->version), db_text(mark->rule),
                             db_int(mark->counted), db_text(mark->record), db_text(mark->accused), db_text(mark->mark), db_text(mark->reason)));
    snprintf(subject, sizeof subject, "%lld", (long long)key);
    buffer_format(&told, "%s %s of '%s' under %s by %s: %s", mark->mark, mark->record, mark->accused, mark->agreement, mark->person, mark->reason);
    buffer_add(&told, "", 1);
    if (status == MARSAD_OK)
        status = told.failed ? no_memory(err) : seal_log(s, "truce-mark", subject, told.bytes, err);
    buffer_free(&told);
    return status;
}

static bool take(mark_list *out, const db_rows *rows, arena *memory)
{
    if (!ARENA_GROW(memory, out->items, out->count, out->room))
        return false;
    stored_mark *m = &out->items[out->count++];
    *m = (stored_mark){.key = db_get_int(rows, 0),
                       .agreement = arena_string(memory, db_get_text(rows, 1)),
                       .version = arena_string(memory, db_get_text(rows, 2)),
                       .rule = arena_string(memory, db_get_text(rows, 3)),
                       .counted = db_get_int(rows, 4) != 0,
                       .record = arena_string(memory, db_get_text(rows, 5)),
                       .accused = arena_string(memory, db_get_text(rows, 6)),
                       .mark = arena_string(memory, db_get_text(rows, 7)),
                       .person = arena_string(memory, db_get_text(rows, 8)),
                       .reason = arena_string(memory, db_get_text(rows, 9))};
    return m->agreement != NULL && m->version != NULL && m->rule != NULL && m->record != NULL && m->accused != NULL && m->mark != NULL &&
           m->person != NULL && m->reason != NULL;
}

marsad_status store_marks(store *s, const char *agreement, mark_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (mark_list){0};
    marsad_status status = db_ask(s->db, &rows, err,
                                  "SELECT key, agreement, version, rule, counted, record, accused, mark, person, reason FROM truce_mark WHERE key IN"
                                  " (SELECT max(key) FROM truce_mark WHERE agreement = $1 GROUP BY record, accused) ORDER BY record, accused",
                                  DB_VALUES(db_text(agreement)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!take(out, rows, memory))
            status = no_memory(err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
