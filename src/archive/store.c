/* Opening, transactions, batches. */
#include "archive/bulk.h"
#include "archive/incidents_bulk.h"
#include "archive/seal.h"

#include <stdio.h>

marsad_status store_open(store *out, const char *where, unsigned flags, marsad_error *err)
{
    *out = (store){0};
    marsad_status status = db_open(&out->db, where, flags, err);
    if (status == MARSAD_OK && (flags & DB_READ_ONLY) == 0)
        status = db_migrate(out->db, err);
    if (status != MARSAD_OK)
        store_close(out);
    return status;
}

void store_close(store *s)
{
    bulk_free(s);
    incidents_bulk_free(s);
    db_close(s->db);
    arena_free(&s->waiting_memory);
    *s = (store){0};
}

marsad_status store_begin(store *s, int64_t now, unsigned locks, marsad_error *err)
{
    marsad_status status = db_begin(s->db, locks, err);
    s->now = now;
    s->holds_news = (locks & DB_LOCK_NEWS) != 0;
    s->holds_outbox = (locks & DB_LOCK_OUTBOX) != 0;
    if (status == MARSAD_OK && (locks & DB_LOCK_NEWS) != 0)
        status = log_note_clock(s->db, now, err);
    return status;
}

marsad_status store_begin_news(store *s, int64_t now, marsad_error *err)
{
    return store_begin(s, now, db_takes_bulk(s->db) ? 0 : DB_LOCK_NEWS, err);
}

marsad_status store_lock_news(store *s, marsad_error *err)
{
    if (s->holds_news)
        return MARSAD_OK;
    marsad_status status = db_lock(s->db, DB_LOCK_NEWS, err);
    s->holds_news = status == MARSAD_OK;
    return status == MARSAD_OK ? log_note_clock(s->db, s->now, err) : status;
}

marsad_status store_lock_outbox(store *s, marsad_error *err)
{
    if (s->holds_outbox)
        return MARSAD_OK;
    marsad_status status = store_flush(s, err);
    if (status == MARSAD_OK)
        status = store_lock_news(s, err);
    if (status == MARSAD_OK)
        status = db_lock(s->db, DB_LOCK_OUTBOX, err);
    s->holds_outbox = status == MARSAD_OK;
    return status;
}

marsad_status store_flush(store *s, marsad_error *err)
{
    return bulk_flush(s, err);
}

static void end_bulk(store *s)
{
    bulk_end(s);
    incidents_bulk_end(s);
}

marsad_status store_commit(store *s, marsad_error *err)
{
    marsad_status status = store_flush(s, err);
    if (status == MARSAD_OK)
        status = incidents_bulk_flush(s, err);
    if (status == MARSAD_OK)
        status = store_index_words(s, err);
    if (status == MARSAD_OK)
        status = db_commit(s->db, err);
    if (status == MARSAD_OK)
        end_bulk(s);
    return status;
}

void store_rollback(store *s)
{
    db_rollback(s->db);
    end_bulk(s);
    s->waiting = NULL;
    arena_reset(&s->waiting_memory);
}

marsad_status store_begin_batch(store *s, const char *what, marsad_error *err)
{
    return db_ask_int(s->db, &s->batch, 0, err, "INSERT INTO batch(begun, what) VALUES($1, $2) RETURNING key",
                      DB_VALUES(db_int(s->now), db_text(what)));
}

marsad_status store_end_batch(store *s, marsad_error *err)
{
    char key[32];
    snprintf(key, sizeof key, "%lld", (long long)s->batch);
    marsad_status status = store_flush(s, err); /* what the batch brought is counted in it */
    if (status == MARSAD_OK)
        status = store_lock_news(s, err);
    s->batch = 0;
    return status == MARSAD_OK ? seal_log(s, "batch", key, "", err) : status;
}

marsad_status store_add_problem(store *s, const char *place, size_t line, const char *reason, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "INSERT INTO problem(batch, place, line, reason) VALUES($1, $2, $3, $4)",
                                  DB_VALUES(db_int(s->batch), db_text(place), db_int((int64_t)line), db_text(reason)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE batch SET problems = problems + 1 WHERE key = $1", DB_VALUES(db_int(s->batch)));
    return status;
}
