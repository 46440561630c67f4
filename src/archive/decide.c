/* Decisions, bonds and leases as rows. */
#include "archive/decide.h"

#include <sodium.h>
#include <stdio.h>

#include "base/buffer.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a decision");
}

bool id_list_add(id_list *list, view id, arena *memory)
{
    const char *kept = arena_string(memory, id);
    if (kept == NULL || !ARENA_GROW(memory, list->items, list->count, list->room))
        return false;
    list->items[list->count++] = kept;
    return true;
}

/* All ids that a query gives in its first column. */
static marsad_status ask_ids(store *s, const char *sql, const char *id, id_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, sql, DB_VALUES(db_text(id)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!id_list_add(out, db_get_text(rows, 0), memory))
            status = no_memory(err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- records -------------------------------------------------------------------------------------------------------------------- */

marsad_status store_review_record(store *s, const char *id, review_record *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err,
                                  "SELECT r.key, r.state, r.verified, r.revision, r.area, r.day, r.body, l.person, l.until FROM record r"
                                  " LEFT JOIN lease l ON l.record = r.id AND l.until > $2 WHERE r.id = $1",
                                  DB_VALUES(db_text(id), db_int(s->now)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_OK) {
        const view body = db_get_text(rows, 6);
        const int64_t state = db_get_int(rows, 1);
        *out = (review_record){.id = arena_string(memory, view_of(id)),
                               .key = db_get_int(rows, 0),
                               .state = state >= 0 && state < STATE_COUNT ? (review_state)state : STATE_NEW,
                               .is_verified = db_get_int(rows, 2) != 0,
                               .revision = db_get_int(rows, 3),
                               .area = arena_string(memory, db_get_text(rows, 4)),
                               .day = (int32_t)db_get_int(rows, 5),
                               .body = {arena_string(memory, body), body.len},
                               .holder = arena_string(memory, db_get_text(rows, 7)),
                               .leased_until = db_get_int(rows, 8)};
        if (out->id == NULL || out->area == NULL || out->body.ptr == NULL || out->holder == NULL)
            status = no_memory(err);
    } else if (status == MARSAD_END) {
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no record '%s'", id);
    }
    db_end(rows);
    return status;
}

marsad_status store_records_of(store *s, const char *id, id_list *out, arena *memory, marsad_error *err)
{
    const char *sql = id[0] == 'I' ? "SELECT id FROM record WHERE incident = (SELECT key FROM incident WHERE id = $1 AND gone IS NULL) ORDER BY id"
                                   : "SELECT id FROM record WHERE id = $1";
    marsad_status status = ask_ids(s, sql, id, out, memory, err);
    if (status == MARSAD_OK && out->count == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no record or incident '%s'", id);
    return status;
}

/* --- decisions ------------------------------------------------------------------------------------------------------------------- */

void digest_hex(char out[2 * SHA256_BYTES + 1], view bytes)
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)bytes.ptr, bytes.len);
    sodium_bin2hex(out, 2 * SHA256_BYTES + 1, hash, sizeof hash);
}

static void hash_part(crypto_hash_sha256_state *state, view part)
{
    crypto_hash_sha256_update(state, (const unsigned char *)part.ptr, part.len);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

void decision_digest(char out[2 * SHA256_BYTES + 1], const decision_row *row)
{
    char numbers[64];
    unsigned char hash[SHA256_BYTES];
    snprintf(numbers, sizeof numbers, "%lld %lld", (long long)row->key, (long long)row->time);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_part(&state, view_of(numbers));
    hash_part(&state, row->person);
    hash_part(&state, row->what);
    hash_part(&state, row->record);
    hash_part(&state, row->detail);
    hash_part(&state, row->reason);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(out, 2 * SHA256_BYTES + 1, hash, sizeof hash);
}

/* "decision 7 DIGEST state 2 verified 0 revision 1 body BEFORE AFTER by PERSON: REASON": what `verify` holds row and record against. */
static marsad_status log_decision(store *s, const review_record *record, const stored_decision *d, const decision_row *row, marsad_error *err)
{
    char digest[2 * SHA256_BYTES + 1], before[2 * SHA256_BYTES + 1], after[2 * SHA256_BYTES + 1];
    decision_digest(digest, row);
    digest_hex(before, record->body);
    digest_hex(after, d->body);
    buffer told = {0};
    buffer_format(&told, "decision %lld %s state %d verified %d revision %lld body %s %s by %s: %s", (long long)row->key, digest, (int)d->state,
                  (int)d->is_verified, (long long)d->revision, before, after, d->person, d->reason);
    marsad_status status = told.failed ? no_memory(err) : log_add(s->db, s->now, d->what, record->id, (view){told.bytes, told.used}, err);
    buffer_free(&told);
    return status;
}

static marsad_status put_into_record(store *s, const review_record *record, const stored_decision *d, marsad_error *err)
{
    return db_run(s->db, err,
                  "UPDATE record SET state = $2, verified = $3, revision = $4, body = $5, kind = $6, modality = $7, place = $8,"
                  " incident = CASE WHEN $9 = 1 THEN NULL ELSE incident END WHERE id = $1",
                  DB_VALUES(db_text(record->id), db_int(d->state), db_int(d->is_verified), db_int(d->revision), db_view(d->body), db_int(d->kind),
                            db_int(d->modality), d->place == 0 ? db_null() : db_int(d->place),
                            db_int(d->state == STATE_REJECTED || d->state == STATE_DUPLICATE)));
}

marsad_status store_decide(store *s, const review_record *record, const stored_decision *d, marsad_error *err)
{
    log_line head;
    decision_row row = {.time = s->now,
                        .person = view_of(d->person),
                        .what = view_of(d->what),
                        .record = view_of(record->id),
                        .detail = d->detail,
                        .reason = view_of(d->reason)};
    marsad_status status = log_head(s->db, &head, err);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &row.key, 0, err,
                            "INSERT INTO decision(line, time, person, what, record, detail, reason) VALUES($1, $2, $3, $4, $5, $6, $7) RETURNING key",
                            DB_VALUES(db_int(head.line + 1), db_int(row.time), db_view(row.person), db_view(row.what), db_view(row.record),
                                      db_view(row.detail), db_view(row.reason)));
    if (status == MARSAD_OK)
        status = log_decision(s, record, d, &row, err);
    int64_t incident = 0; /* that holds the record, or did */
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &incident, 0, err, "SELECT incident FROM record WHERE id = $1", DB_VALUES(db_text(record->id)));
    if (status == MARSAD_OK)
        status = put_into_record(s, record, d, err);
    return status == MARSAD_OK && incident != 0 ? store_put_outline(s, incident, err) : status;
}

/* --- bonds ------------------------------------------------------------------------------------------------------------------------ */

marsad_status store_bond_add(store *s, const char *record, const char *other, bool is_merge, marsad_error *err)
{
    return db_run(
        s->db, err,
        "INSERT INTO bond(record, other, is_merge) VALUES($1, $2, $3) ON CONFLICT(record, other) DO UPDATE SET is_merge = excluded.is_merge",
        DB_VALUES(db_text(record), db_text(other), db_int(is_merge)));
}

marsad_status store_bonds_clear(store *s, const char *record, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM bond WHERE record = $1", DB_VALUES(db_text(record)));
}

marsad_status store_merged_into(store *s, const char *record, const char **out, arena *memory, marsad_error *err)
{
    id_list found = {0};
    marsad_status status = ask_ids(s, "SELECT other FROM bond WHERE record = $1 AND is_merge = 1", record, &found, memory, err);
    *out = found.count > 0 ? found.items[0] : NULL;
    return status;
}

marsad_status store_merged_from(store *s, const char *record, id_list *out, arena *memory, marsad_error *err)
{
    return ask_ids(s, "SELECT record FROM bond WHERE other = $1 AND is_merge = 1 ORDER BY record", record, out, memory, err);
}

/* Does again, in `again`, what a decision did to bonds. */
static marsad_status replay(store *again, const db_rows *rows, arena *memory, marsad_error *err)
{
    const char *record = arena_string(memory, db_get_text(rows, 0));
    const bool is_merge = view_equal(db_get_text(rows, 1), view_of("merge"));
    const int64_t count = db_get_int(rows, 3);
    if (record == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for merges");
    marsad_status status = is_merge || count == 0 ? store_bonds_clear(again, record, err) : MARSAD_OK;
    const char *other = count == 0 ? NULL : arena_string(memory, db_get_text(rows, 2));
    return status == MARSAD_OK && other != NULL ? store_bond_add(again, record, other, is_merge, err) : status;
}

marsad_status store_replay_bonds(store *s, store *again, int64_t last_line, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err,
               "SELECT d.record, d.what, w.atom, json_array_length(d.detail, '$.with') FROM decision d LEFT JOIN json_each(d.detail, "
               "'$.with') w ON 1 = 1 WHERE d.what IN ('merge', 'split') AND d.line <= $1 ORDER BY d.key, w.key",
               DB_VALUES(db_int(last_line)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = replay(again, rows, memory, err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_move_record(store *s, const char *record, const char *area, int32_t day, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "INSERT INTO stale(area, day) SELECT area, day FROM record WHERE id = $1 ON CONFLICT DO NOTHING",
                                  DB_VALUES(db_text(record)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE record SET area = $2, day = $3 WHERE id = $1", DB_VALUES(db_text(record), db_text(area), db_int(day)));
    return status == MARSAD_OK ? store_mark_stale(s, area, day, err) : status;
}

/* --- leases ----------------------------------------------------------------------------------------------------------------------- */

marsad_status store_lease(store *s, const char *record, const char *person, int64_t until, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO lease(record, person, until) VALUES($1, $2, $3) ON CONFLICT(record) DO UPDATE SET person = excluded.person, until = "
                  "excluded.until",
                  DB_VALUES(db_text(record), db_text(person), db_int(until)));
}

marsad_status store_unlease(store *s, const char *record, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM lease WHERE record = $1", DB_VALUES(db_text(record)));
}
