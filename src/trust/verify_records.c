/* Records, bonds and leases against the decisions that they follow from. */
#include <stdio.h>
#include <stdlib.h>

#include "archive/body.h"
#include "archive/decide.h"
#include "review.h"
#include "review_steps.h"
#include "trust/verify.h"

/* --- records --------------------------------------------------------------------------------------------------------------------- */

/* What the last decision made of a record, as its line of the log tells; a record without decisions is as it was read. */
typedef struct {
    int state, verified;
    long long revision;
    char body[SEAL_BYTES]; /* "": no decision */
} told_record;

static marsad_status read_told(verifier *v, view id, told_record *out, marsad_error *err)
{
    *out = (told_record){0};
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err,
                                  "SELECT l.detail FROM decision d JOIN log l ON l.line = d.line WHERE d.record = $1 ORDER BY d.key DESC LIMIT 1",
                                  DB_VALUES(db_view(id)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        char start[400];
        const view detail = db_get_text(rows, 0);
        snprintf(start, sizeof start, "%.*s", (int)(detail.len < sizeof start - 1 ? detail.len : sizeof start - 1), detail.ptr);
        /* NOLINTNEXTLINE(cert-err34-c): no number of 9 or 18 digits is too large */
        if (sscanf(start, "decision %*d %*64[0-9a-f] state %9d verified %9d revision %18lld body %*64[0-9a-f] %64[0-9a-f]", &out->state,
                   &out->verified, &out->revision, out->body) != 4)
            snprintf(out->body, sizeof out->body, "?");
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

typedef struct {
    char id[ID_BYTES];
    int64_t kind, modality, state, verified, revision;
    view area, place, body;
    int64_t day;
} kept_record;

static void check_told(verifier *v, const kept_record *r, const told_record *told)
{
    char digest[SEAL_BYTES];
    digest_hex(digest, r->body);
    if (r->state != told->state || r->verified != told->verified || r->revision != told->revision)
        verify_fault(v, "record '%s' is in another state than was decided", r->id);
    if (told->body[0] != 0 && strcmp(told->body, digest) != 0)
        verify_fault(v, "record '%s' does not say what was decided", r->id);
}

/* Columns that follow from the body, and from merges. */
static marsad_status check_columns(verifier *v, const kept_record *r, marsad_error *err)
{
    statement s = {0};
    const statement_place *scene;
    incident_neighbourhood where;
    marsad_status status = body_read(&s, r->body, &v->memory, err);
    if (status != MARSAD_OK) {
        verify_fault(v, "record '%s' cannot be read: %s", r->id, err == NULL ? "" : err->message);
        return MARSAD_OK;
    }
    const view place = view_of(statement_scene(&s, &scene, 1) == 0 ? "" : scene->id);
    if ((int64_t)s.kind != r->kind || (int64_t)s.modality != r->modality || !view_equal(place, r->place))
        verify_fault(v, "record '%s' is sorted under another kind, modality or place than it says", r->id);
    status = review_neighbourhood(v->archive, r->id, &where, &v->memory, err);
    if (status == MARSAD_OK && (!view_equal(view_of(where.area), r->area) || where.day != r->day))
        verify_fault(v, "record '%s' is sorted under another neighbourhood than its own", r->id);
    return status;
}

marsad_status verify_records(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(v->store->db, &rows, err,
               "SELECT r.id, r.kind, r.modality, r.state, r.verified, r.revision, r.area, r.day, p.id, r.body FROM record r LEFT JOIN place"
               " p ON p.key = r.place ORDER BY r.key",
               DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        kept_record r = {.kind = db_get_int(rows, 1),
                         .modality = db_get_int(rows, 2),
                         .state = db_get_int(rows, 3),
                         .verified = db_get_int(rows, 4),
                         .revision = db_get_int(rows, 5),
                         .area = db_get_text(rows, 6),
                         .day = db_get_int(rows, 7),
                         .place = db_get_text(rows, 8),
                         .body = db_get_text(rows, 9)};
        told_record told;
        snprintf(r.id, sizeof r.id, "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
        v->verdict->records++;
        status = read_told(v, view_of(r.id), &told, err);
        if (status == MARSAD_OK)
            check_told(v, &r, &told);
        if (status == MARSAD_OK)
            status = check_columns(v, &r, err);
        arena_reset(&v->memory);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- bonds --------------------------------------------------------------------------------------------------------------------------- */

marsad_status verify_bonds(verifier *v, marsad_error *err)
{
    static const char sql[] = "SELECT record, other, is_merge FROM bond ORDER BY record, other";
    char ours[SEAL_BYTES] = "", theirs[SEAL_BYTES] = "";
    store again;
    marsad_status status = store_open(&again, ":memory:", DB_CREATE, err);
    if (status == MARSAD_OK)
        status = store_replay_bonds(v->store, &again, INT64_MAX, &v->memory, err);
    if (status == MARSAD_OK)
        status = seal_of(v->store->db, ours, sql, DB_NONE, err);
    if (status == MARSAD_OK)
        status = seal_of(again.db, theirs, sql, DB_NONE, err);
    if (status == MARSAD_OK && strcmp(ours, theirs) != 0)
        verify_fault(v, "the merges and splits in force are not those that were decided");
    store_close(&again);
    return status;
}

/* --- leases ----------------------------------------------------------------------------------------------------------------------------- */

marsad_status verify_leases(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err,
                                  "SELECT l.record FROM lease l WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.record = l.record AND d.what IN "
                                  "('take', 'edit') AND d.person ="
                                  " l.person AND d.time + $1 = l.until) ORDER BY l.record",
                                  DB_VALUES(db_int(LEASE_SECONDS)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        verify_fault(v, "the lease of record '%.*s' was never taken", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
