#include "archive/outbox.h"

#include "feed/feed.h"

enum { MARKED_AT_ONCE = 20000 };

#define IDS "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"

/* Values 1 to 16 are ids, the rest of them blank: no parcel is called "". */
static void put_id(db_value values[OUTBOX_IDS], size_t at, const char *id)
{
    values[at] = db_text(id);
}

static void put_ids(db_value values[OUTBOX_IDS], const marsad_parcel_id *ids, size_t count)
{
    for (size_t i = 0; i < OUTBOX_IDS; i++)
        put_id(values, i, i < count ? ids[i] : "");
}

/* --- filling --------------------------------------------------------------------------------------------------------------------- */

marsad_status store_known_parcels(store *s, const marsad_parcel *parcels, size_t count, bool *known, marsad_error *err)
{
    db_value values[OUTBOX_IDS];
    for (size_t i = 0; i < OUTBOX_IDS; i++)
        put_id(values, i, i < count ? parcels[i].id : "");
    for (size_t i = 0; i < count; i++)
        known[i] = false;
    db_rows *rows;
    marsad_status status = db_ask(
        s->db, &rows, err, "SELECT id FROM outbox WHERE id IN " IDS " UNION ALL SELECT id FROM dead_letter WHERE id IN " IDS, values, OUTBOX_IDS);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        for (size_t i = 0; i < count; i++)
            known[i] = known[i] || view_equal(db_get_text(rows, 0), view_of(parcels[i].id));
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_add_parcel(store *s, const marsad_parcel *parcel, view packed, bool *is_new, marsad_error *err)
{
    marsad_status status =
        db_run(s->db, err,
               "INSERT INTO outbox(id, input, place, line, size, queued, given, bytes) VALUES($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
               DB_VALUES(db_text(parcel->id), db_text(marsad_input_name(parcel->input)), db_text(parcel->place), db_int((int64_t)parcel->line),
                         db_int((int64_t)parcel->bytes.len), db_int(s->now), db_view(parcel->given), db_blob(packed)));
    *is_new = status == MARSAD_OK && db_changed(s->db) > 0;
    return status;
}

marsad_status store_keep_backfill(store *s, const marsad_backfill *file, marsad_error *err)
{
    return db_run(
        s->db, err,
        "INSERT INTO backfill(source, filter, size, position, items, taken, changed) VALUES($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(source) DO"
        " UPDATE SET filter = excluded.filter, size = excluded.size, position = excluded.position, items = excluded.items,"
        " taken = excluded.taken, changed = excluded.changed",
        DB_VALUES(db_text(file->source), db_text(file->filter), db_int(file->size), db_int(file->position), db_int(file->items), db_int(file->taken),
                  db_int(s->now)));
}

marsad_status store_find_backfill(store *s, marsad_backfill *file, marsad_error *err)
{
    file->position = file->items = file->taken = 0;
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT position, items, taken FROM backfill WHERE source = $1 AND filter = $2 AND size = $3",
                                  DB_VALUES(db_text(file->source), db_text(file->filter), db_int(file->size)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        file->position = db_get_int(rows, 0);
        file->items = db_get_int(rows, 1);
        file->taken = db_get_int(rows, 2);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- telling workers --------------------------------------------------------------------------------------------------------------- */

/* False if the column holds no id. */
static bool read_id(marsad_parcel_id out, const db_rows *rows, int column)
{
    const view id = db_get_text(rows, column);
    if (id.len >= sizeof(marsad_parcel_id))
        return false;
    memcpy(out, id.ptr, id.len);
    out[id.len] = '\0';
    return id.len > 0;
}

marsad_status store_unsent_parcels(store *s, marsad_parcel_id *out, size_t most, size_t *count, marsad_error *err)
{
    db_rows *rows;
    *count = 0;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT id FROM outbox WHERE sent IS NULL ORDER BY key LIMIT $1", DB_VALUES(db_int((int64_t)most)));
    while (status == MARSAD_OK && *count < most && (status = db_next(rows, err)) == MARSAD_OK)
        *count += read_id(out[*count], rows, 0);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_mark_sent(store *s, const marsad_parcel_id *ids, size_t count, marsad_error *err)
{
    db_value values[OUTBOX_IDS + 1];
    put_ids(values, ids, count);
    values[OUTBOX_IDS] = db_int(s->now);
    return db_run(s->db, err, "UPDATE outbox SET sent = $17 WHERE id IN " IDS, values, OUTBOX_IDS + 1);
}

marsad_status store_mark_unsent(store *s, int64_t *key, marsad_error *err)
{
    int64_t last = OUTBOX_END;
    marsad_status status = db_ask_int(s->db, &last, OUTBOX_END, err, "SELECT key FROM outbox WHERE key > $1 ORDER BY key LIMIT 1 OFFSET $2",
                                      DB_VALUES(db_int(*key), db_int(MARKED_AT_ONCE - 1)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE outbox SET sent = NULL WHERE sent IS NOT NULL AND key > $1 AND key <= $2",
                        DB_VALUES(db_int(*key), db_int(last)));
    *key = last;
    return status;
}

marsad_status store_count_unsent(store *s, int64_t *count, marsad_error *err)
{
    return db_ask_int(s->db, count, 0, err, "SELECT count(*) FROM outbox WHERE sent IS NULL", DB_NONE);
}

/* --- working ----------------------------------------------------------------------------------------------------------------------- */

enum { ID, INPUT, PLACE, LINE, SIZE, QUEUED, GIVEN, BYTES };

static marsad_status read_bytes(view *out, const db_rows *rows, arena *memory, marsad_error *err)
{
    const int64_t size = db_get_int(rows, SIZE);
    const bool is_likely = size >= 0 && size <= ITEM_MAX_BYTES;
    const marsad_status status = is_likely ? unpack_kept(db_get_blob(rows, BYTES), (size_t)size, out, memory) : MARSAD_ERR_FORMAT;
    if (status == MARSAD_ERR_FORMAT)
        *out = view_of("");
    return status == MARSAD_ERR_SYSTEM ? fail(err, status, MARSAD_NOWHERE, "out of memory for parcels") : MARSAD_OK;
}

static marsad_status read_parcel(marsad_parcel *out, const db_rows *rows, arena *memory, marsad_error *err)
{
    const view given = db_get_text(rows, GIVEN);
    marsad_status status = read_bytes(&out->bytes, rows, memory, err);
    if (status != MARSAD_OK)
        return status;
    out->place = arena_string(memory, db_get_text(rows, PLACE));
    out->given = (view){arena_string(memory, given), given.len};
    if (out->place == NULL || out->given.ptr == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for parcels");
    if (!marsad_input_of_name(&out->input, db_get_text(rows, INPUT)))
        out->bytes = view_of(""); /* of a kind that this program does not know: damaged, for it */
    out->line = db_get_int(rows, LINE) > 0 ? (size_t)db_get_int(rows, LINE) : 0;
    out->queued = db_get_int(rows, QUEUED);
    read_id(out->id, rows, ID);
    return MARSAD_OK;
}

marsad_status store_find_parcels(store *s, const marsad_parcel_id *ids, size_t count, marsad_parcel *found, arena *memory, marsad_error *err)
{
    db_value values[OUTBOX_IDS];
    put_ids(values, ids, count);
    for (size_t i = 0; i < count; i++)
        found[i] = (marsad_parcel){.id = ""};
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT id, input, place, line, size, queued, given, bytes FROM outbox WHERE id IN " IDS, values, OUTBOX_IDS);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        size_t at = 0;
        while (at < count && !view_equal(db_get_text(rows, ID), view_of(ids[at])))
            at++;
        if (at < count)
            status = read_parcel(&found[at], rows, memory, err);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_drop_parcels(store *s, const marsad_parcel_id *ids, size_t count, marsad_error *err)
{
    db_value values[OUTBOX_IDS];
    put_ids(values, ids, count);
    return db_run(s->db, err, "DELETE FROM outbox WHERE id IN " IDS, values, OUTBOX_IDS);
}

#define BURY(content)                                                                                                                                \
    "INSERT INTO dead_letter(id, input, place, line, size, queued, time, deliveries, reason, given, bytes) SELECT id, input, place, line, size,"     \
    " queued, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS TEXT), " content " FROM outbox WHERE id = $1 ON CONFLICT(id) DO UPDATE SET"         \
    " time = excluded.time, deliveries = excluded.deliveries, reason = excluded.reason"

static marsad_status drop_parcel(store *s, const char *id, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM outbox WHERE id = $1", DB_VALUES(db_text(id)));
}

marsad_status store_bury_parcel(store *s, const char *id, int64_t time, int64_t deliveries, const char *reason, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, BURY("given, bytes"), DB_VALUES(db_text(id), db_int(time), db_int(deliveries), db_text(reason)));
    return status == MARSAD_OK ? drop_parcel(s, id, err) : status;
}

marsad_status store_bury_damaged_parcel(store *s, const char *id, int64_t time, int64_t deliveries, const char *reason, marsad_error *err)
{
    marsad_status status =
        db_run(s->db, err, BURY("'{}', $5"), DB_VALUES(db_text(id), db_int(time), db_int(deliveries), db_text(reason), db_blob(view_of(""))));
    return status == MARSAD_OK ? drop_parcel(s, id, err) : status;
}

/* Queued, and unsent, from now on. */
#define UNBURY(which, now)                                                                                                                           \
    "INSERT INTO outbox(id, input, place, line, size, queued, given, bytes) SELECT id, input, place, line, size, CAST(" now                          \
    " AS BIGINT), given, bytes FROM dead_letter WHERE " which " ORDER BY key ON CONFLICT DO NOTHING"

marsad_status store_unbury_parcels(store *s, const marsad_parcel_id *ids, size_t id_count, size_t *count, marsad_error *err)
{
    db_value values[OUTBOX_IDS + 1];
    put_ids(values, ids, id_count);
    values[OUTBOX_IDS] = db_int(s->now);
    marsad_status status = db_run(s->db, err, UNBURY("id IN " IDS, "$17"), values, OUTBOX_IDS + 1);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "DELETE FROM dead_letter WHERE id IN " IDS, values, OUTBOX_IDS);
    if (status == MARSAD_OK)
        *count += (size_t)db_changed(s->db);
    return status;
}

marsad_status store_unbury_all(store *s, size_t *count, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, UNBURY("true", "$1"), DB_VALUES(db_int(s->now)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "DELETE FROM dead_letter", DB_NONE);
    if (status == MARSAD_OK)
        *count += (size_t)db_changed(s->db);
    return status;
}

marsad_status store_count_parcels(store *s, marsad_outbox_figures *out, marsad_error *err)
{
    int64_t unsent = 0, all = 0, dead = 0;
    marsad_status status = store_count_unsent(s, &unsent, err);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &all, 0, err, "SELECT count(*) FROM outbox", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &dead, 0, err, "SELECT count(*) FROM dead_letter", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &out->oldest, 0, err, "SELECT min(queued) FROM outbox", DB_NONE);
    out->unsent = (uint64_t)unsent;
    out->sent = all > unsent ? (uint64_t)(all - unsent) : 0; /* asked one after the other: others write between */
    out->dead = (uint64_t)dead;
    return status;
}
