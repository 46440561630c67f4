/* Views against what they follow from: copies, boxes, incidents. */
#include <stdio.h>

#include "archive/kin.h"
#include "trust/verify.h"

/* --- copies ---------------------------------------------------------------------------------------------------------------------- */

marsad_status verify_chains(verifier *v, marsad_error *err)
{
    kin_list kin;
    db_rows *rows = NULL;
    marsad_status status = store_kin(v->store, INT64_MAX, &kin, &v->memory, err);
    if (status == MARSAD_OK)
        status = db_ask(v->store->db, &rows, err, "SELECT key, id, chain FROM article ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const kin_article *a = kin_find(&kin, db_get_int(rows, 0));
        if (a == NULL || kin_chain(&kin, a)->key != db_get_int(rows, 2))
            verify_fault(v, "article '%.*s' is not in the chain of its copies", (int)db_get_text(rows, 1).len, db_get_text(rows, 1).ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- boxes ------------------------------------------------------------------------------------------------------------------------- */

/* Boxes are kept in single precision: those of the same places in a new archive are the very same. */
static marsad_status copy_places(store *from, store *to, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(from->db, &rows, err, "SELECT id, name, name_en, country, admin1, admin2, feature, lat, lon FROM place ORDER BY id", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *text[7];
        bool ok = true;
        for (int c = 0; c < 7; c++)
            ok = (text[c] = arena_string(memory, db_get_text(rows, c))) != NULL && ok;
        const stored_place place = {.id = text[0],
                                    .name = text[1],
                                    .name_en = text[2],
                                    .country = text[3],
                                    .admin1 = text[4],
                                    .admin2 = text[5],
                                    .feature = text[6],
                                    .lat = db_get_real(rows, 7),
                                    .lon = db_get_real(rows, 8)};
        int64_t key;
        status = ok ? store_place_key(to, &place, &key, err) : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for places");
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Boxes as SQLite keeps them, in an index of its own. */
static marsad_status verify_kept_boxes(verifier *v, marsad_error *err)
{
    static const char sql[] = "SELECT p.id, b.west, b.east, b.south, b.north FROM place p LEFT JOIN place_box b ON b.key = p.key ORDER BY p.id";
    char ours[SEAL_BYTES] = "", theirs[SEAL_BYTES] = "";
    store again;
    int64_t boxes = 0, places = 0;
    marsad_status status = store_open(&again, ":memory:", DB_CREATE, err);
    if (status == MARSAD_OK)
        status = copy_places(v->store, &again, &v->memory, err);
    if (status == MARSAD_OK)
        status = seal_of(v->store->db, ours, sql, DB_NONE, err);
    if (status == MARSAD_OK)
        status = seal_of(again.db, theirs, sql, DB_NONE, err);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &boxes, 0, err, "SELECT count(*) FROM place_box", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &places, 0, err, "SELECT count(*) FROM place", DB_NONE);
    if (status == MARSAD_OK && (strcmp(ours, theirs) != 0 || boxes != places))
        verify_fault(v, "the boxes that places are found by are not theirs");
    store_close(&again);
    return status;
}

/* The server makes points of its own: each must be found where its place is. */
static marsad_status verify_points(verifier *v, marsad_error *err)
{
    int64_t faults = 0;
    const marsad_status status = db_ask_int(v->store->db, &faults, 0, err,
                                            "SELECT count(*) FROM place p WHERE NOT EXISTS (SELECT 1 FROM place q WHERE q.key = p.key AND q.point && "
                                            "ST_MakeEnvelope(p.lon, p.lat, p.lon, p.lat, 4326))",
                                            DB_NONE);
    if (status == MARSAD_OK && faults > 0)
        verify_fault(v, "%lld places are not found where they are", (long long)faults);
    return status;
}

marsad_status verify_boxes(verifier *v, marsad_error *err)
{
    return db_is_postgres(v->store->db) ? verify_points(v, err) : verify_kept_boxes(v, err);
}

/* --- incidents ---------------------------------------------------------------------------------------------------------------------- */

static marsad_status check_life(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(v->store->db, &rows, err, "SELECT id, kind, first_day, made, coalesce(gone, 0), became, seal FROM incident ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view id = db_get_text(rows, 0);
        const int64_t first = db_is_null(rows, 2) ? NO_DAY : db_get_int(rows, 2);
        if (incident_seal(id, db_get_int(rows, 1), first, db_get_int(rows, 3), db_get_int(rows, 4), db_get_text(rows, 5)) != db_get_int(rows, 6))
            verify_fault(v, "when incident '%.*s' was made or went is not what it was", (int)id.len, id.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

static marsad_status check_incident(verifier *v, const incident *i, arena *memory, marsad_error *err)
{
    stored_incident made;
    int64_t key, held = 0, others = 0;
    if (!archive_keep_incident(&made, i, "", i->start, memory))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    marsad_status status = db_ask_int(
        v->store->db, &key, 0, err,
        "SELECT i.key FROM incident i LEFT JOIN place p ON p.key = i.place WHERE i.id = $1 AND i.gone IS NULL AND "
        "CAST(i.body AS TEXT) = $2 AND i.day = $3 AND i.flags = $4"
        " AND i.grade = $5 AND i.statements = $6 AND i.kind = $7 AND i.first_day IS NOT DISTINCT FROM $8 AND i.last_day IS NOT DISTINCT FROM $9 AND "
        "coalesce(p.id, '') = $10 AND i.articles = $11"
        " AND i.chains = $12",
        DB_VALUES(db_text(made.id), db_view(made.body), db_int(made.day), db_int(made.flags), db_int(made.grade), db_int(made.record_count),
                  db_int(made.kind), day_value(made.first_day), day_value(made.last_day), db_text(made.place), db_int(made.articles),
                  db_int(made.chains)));
    for (uint32_t r = 0; r < made.record_count && status == MARSAD_OK && key != 0; r++) {
        int64_t is_in;
        status = db_ask_int(v->store->db, &is_in, 0, err, "SELECT count(*) FROM record WHERE id = $1 AND incident = $2",
                            DB_VALUES(db_text(made.records[r]), db_int(key)));
        held += is_in;
    }
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &others, 0, err,
                            "SELECT count(*) FROM record r JOIN incident i ON i.key = r.incident WHERE i.key = $1 AND r.area <> i.area",
                            DB_VALUES(db_int(key)));
    if (status == MARSAD_OK && (key == 0 || held != made.record_count || others > 0))
        verify_fault(v, "incident '%s' is not what its records tell", made.id);
    return status;
}

static marsad_status check_incidents(verifier *v, marsad_error *err)
{
    arena memory = {0};
    statement_list statements = {0};
    incident_list incidents = {0};
    int64_t living = 0, held = 0, told = 0;
    marsad_status status = store_statements(v->store, &(statement_query){0}, &statements, &v->memory, err);
    if (status == MARSAD_OK)
        status = archive_join(v->archive, &statements, &incidents, &v->memory, err);
    for (uint32_t i = 0; i < incidents.count && status == MARSAD_OK; i++) {
        status = check_incident(v, &incidents.items[i], &memory, err);
        told += incidents.items[i].statement_count;
        arena_reset(&memory);
    }
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &living, 0, err, "SELECT count(*) FROM incident WHERE gone IS NULL", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &held, 0, err, "SELECT count(*) FROM record WHERE incident IS NOT NULL", DB_NONE);
    if (status == MARSAD_OK && (living != (int64_t)incidents.count || held != told))
        verify_fault(v, "%lld incidents with %lld records are kept, %lu with %lld follow from the records", (long long)living, (long long)held,
                     (unsigned long)incidents.count, (long long)told);
    arena_free(&memory);
    return status;
}

static marsad_status check_outlines(verifier *v, marsad_error *err)
{
    int64_t faults;
    const marsad_status status = store_outline_faults(v->store, &faults, err);
    if (status == MARSAD_OK && faults > 0)
        verify_fault(v, "%lld outlines are not what incidents and records tell", (long long)faults);
    return status;
}

marsad_status verify_incidents(verifier *v, marsad_error *err)
{
    int64_t stale = 0;
    marsad_status status = check_life(v, err);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &stale, 0, err, "SELECT count(*) FROM stale", DB_NONE);
    if (status == MARSAD_OK && stale > 0)
        verify_note(v, "%lld neighbourhoods wait for their incidents to be made again: incidents were not compared", (long long)stale);
    if (status == MARSAD_OK && stale == 0)
        status = check_incidents(v, err);
    return status == MARSAD_OK ? check_outlines(v, err) : status;
}
