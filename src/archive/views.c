/* What follows from incidents and statements, as rows. */
#include "archive/views.h"

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for views");
}

static const char *text_of(const db_rows *rows, int column, arena *memory)
{
    const view text = db_get_text(rows, column);
    return text.len == 0 ? "" : arena_string(memory, text);
}

static view blob_of(const db_rows *rows, int column, arena *memory)
{
    const view blob = db_get_blob(rows, column);
    return (view){arena_string(memory, blob), blob.len};
}

/* --- how far views are made ------------------------------------------------------------------------------------------------- */

static bool take_made(made_list *out, const db_rows *rows, arena *memory)
{
    if (!ARENA_GROW(memory, out->items, out->count, out->room))
        return false;
    stored_made *m = &out->items[out->count++];
    *m = (stored_made){.name = text_of(rows, 0, memory),
                       .files = text_of(rows, 1, memory),
                       .is_whole = db_get_int(rows, 2) != 0,
                       .day = (int32_t)db_get_int(rows, 3),
                       .area = text_of(rows, 4, memory)};
    return m->name != NULL && m->files != NULL && m->area != NULL;
}

marsad_status store_made(store *s, made_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (made_list){0};
    marsad_status status = db_ask(s->db, &rows, err, "SELECT name, files, whole, day, area FROM made ORDER BY name", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!take_made(out, rows, memory))
            status = no_memory(err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_put_made(store *s, const stored_made *made, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO made(name, files, whole, day, area) VALUES($1, $2, $3, $4, $5) ON CONFLICT(name) DO UPDATE SET files = "
                  "excluded.files, whole = excluded.whole, day = excluded.day, area = excluded.area",
                  DB_VALUES(db_text(made->name), db_text(made->files), db_int(made->is_whole), db_int(made->day), db_text(made->area)));
}

marsad_status store_forget_views(store *s, marsad_error *err)
{
    static const char *const statements[] = {
        "DELETE FROM neighbourhood", "DELETE FROM truce_cell",
        "DELETE FROM town_claim",    "DELETE FROM town",
        "DELETE FROM made",          "INSERT INTO stale(area, day) SELECT DISTINCT area, day FROM record WHERE true ON CONFLICT DO NOTHING",
    };
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && status == MARSAD_OK; i++)
        status = db_run(s->db, err, statements[i], DB_NONE);
    return status;
}

marsad_status store_may_make_views(store *s, bool *out, marsad_error *err)
{
    int64_t may = 1;
    marsad_status status = MARSAD_OK;
    if (db_is_postgres(s->db)) /* the lock of who leads (postgres.c); one's own is no obstacle */
        status = db_ask_int(s->db, &may, 0, err, "SELECT CASE WHEN pg_try_advisory_xact_lock(1297240900, 4) THEN 1 ELSE 0 END", DB_NONE);
    *out = may != 0;
    return status;
}

/* --- neighbourhoods ------------------------------------------------------------------------------------------------------------ */

static marsad_status take_neighbourhoods(db_rows *rows, neighbourhood_list *out, arena *memory, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (!ARENA_GROW(memory, out->items, out->count, out->room)) {
            status = no_memory(err);
            break;
        }
        stored_neighbourhood *n = &out->items[out->count++];
        *n = (stored_neighbourhood){.day = (int32_t)db_get_int(rows, 0),
                                    .area = text_of(rows, 1, memory),
                                    .incidents = blob_of(rows, 2, memory),
                                    .told = blob_of(rows, 3, memory)};
        if (n->area == NULL || n->incidents.ptr == NULL || n->told.ptr == NULL)
            status = no_memory(err);
    }
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_neighbourhoods(store *s, const char *area, int32_t from, int32_t to, neighbourhood_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (neighbourhood_list){0};
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT day, area, incidents, told FROM neighbourhood WHERE area = $1 AND day BETWEEN $2 AND $3 ORDER BY day",
               DB_VALUES(db_text(area), db_int(from), db_int(to)));
    if (status == MARSAD_OK)
        status = take_neighbourhoods(rows, out, memory, err);
    db_end(rows);
    return status;
}

marsad_status store_neighbourhoods_behind(store *s, int32_t day, const char *area, uint32_t most, neighbourhood_list *out, arena *memory,
                                          marsad_error *err)
{
    db_rows *rows;
    *out = (neighbourhood_list){0};
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT day, area, incidents, told FROM neighbourhood WHERE (day, area) > ($1, $2) ORDER BY day, area LIMIT $3",
               DB_VALUES(db_int(day), db_text(area), db_int(most)));
    if (status == MARSAD_OK)
        status = take_neighbourhoods(rows, out, memory, err);
    db_end(rows);
    return status;
}

marsad_status store_put_neighbourhood(store *s, const stored_neighbourhood *n, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO neighbourhood(area, day, incidents, told) VALUES($1, $2, $3, $4) ON CONFLICT(area, day) DO UPDATE SET incidents = "
                  "excluded.incidents, told = excluded.told",
                  DB_VALUES(db_text(n->area), db_int(n->day), db_blob(n->incidents), db_blob(n->told)));
}

marsad_status store_drop_neighbourhood(store *s, const char *area, int32_t day, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM neighbourhood WHERE area = $1 AND day = $2", DB_VALUES(db_text(area), db_int(day)));
}

/* --- truce ledgers -------------------------------------------------------------------------------------------------------------- */

marsad_status store_drop_cells(store *s, const char *ledger, const char *area, int32_t day, marsad_error *err)
{
    return ledger != NULL ? db_run(s->db, err, "DELETE FROM truce_cell WHERE ledger = $1 AND area = $2 AND day = $3",
                                   DB_VALUES(db_text(ledger), db_text(area), db_int(day)))
                          : db_run(s->db, err, "DELETE FROM truce_cell WHERE area = $1 AND day = $2", DB_VALUES(db_text(area), db_int(day)));
}

marsad_status store_add_cells(store *s, const char *ledger, const char *area, int32_t day, const stored_cell *cells, uint32_t count,
                              marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (uint32_t i = 0; i < count && status == MARSAD_OK; i++)
        status = db_run(s->db, err,
                        "INSERT INTO truce_cell(ledger, area, day, governorate, accused, accuser, counted, killed_low, killed_high) VALUES($1, $2, "
                        "$3, $4, $5, $6, $7, $8, $9)",
                        DB_VALUES(db_text(ledger), db_text(area), db_int(day), db_text(cells[i].governorate), db_text(cells[i].accused),
                                  db_text(cells[i].accuser), db_int(cells[i].counted), db_int(cells[i].killed_low),
                                  cells[i].killed_high == MARSAD_NO_VALUE ? db_null() : db_int(cells[i].killed_high)));
    return status;
}

marsad_status store_drop_ledger(store *s, const char *ledger, marsad_error *err)
{
    const marsad_status status = db_run(s->db, err, "DELETE FROM truce_cell WHERE ledger = $1", DB_VALUES(db_text(ledger)));
    return status != MARSAD_OK ? status : db_run(s->db, err, "DELETE FROM made WHERE name = $1", DB_VALUES(db_text(ledger)));
}

/* $1 ledger, $2 and $3 days, $4 the first of the days before. What has no day is in no sum. */
static const char cells_sql[] =
    "SELECT governorate, accused, accuser, sum(CASE WHEN day BETWEEN $2 AND $3 THEN counted ELSE 0 END), sum(CASE WHEN day >= $4 AND day < $2 THEN "
    "counted ELSE 0 END), sum(CASE WHEN day <= $3 THEN counted ELSE 0 END), sum(CASE WHEN day BETWEEN $2 AND $3 THEN killed_low ELSE 0 END),"
    " sum(CASE WHEN day BETWEEN $2 AND $3 THEN killed_high ELSE 0 END), sum(CASE WHEN day BETWEEN $2 AND $3 AND killed_high IS NULL THEN 1 ELSE 0 "
    "END)"
    " FROM truce_cell WHERE ledger = $1 GROUP BY governorate, accused, accuser ORDER BY governorate, accused, accuser";

static bool take_cell(cell_list *out, const db_rows *rows, arena *memory)
{
    if (!ARENA_GROW(memory, out->items, out->count, out->room))
        return false;
    stored_cell *c = &out->items[out->count++];
    *c = (stored_cell){.governorate = text_of(rows, 0, memory),
                       .accused = text_of(rows, 1, memory),
                       .accuser = text_of(rows, 2, memory),
                       .counted = db_get_int(rows, 3),
                       .previous = db_get_int(rows, 4),
                       .total = db_get_int(rows, 5),
                       .killed_low = db_get_int(rows, 6),
                       .killed_high = db_get_int(rows, 8) > 0 ? MARSAD_NO_VALUE : db_get_int(rows, 7)};
    return c->governorate != NULL && c->accused != NULL && c->accuser != NULL;
}

marsad_status store_cells(store *s, const char *ledger, int32_t from, int32_t to, cell_list *out, arena *memory, marsad_error *err)
{
    const int64_t before = (int64_t)from - ((int64_t)to - from + 1);
    db_rows *rows;
    *out = (cell_list){0};
    marsad_status status = db_ask(s->db, &rows, err, cells_sql, DB_VALUES(db_text(ledger), db_int(from), db_int(to), db_int(before)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!take_cell(out, rows, memory))
            status = no_memory(err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- towns ------------------------------------------------------------------------------------------------------------------------ */

static marsad_status take_claims(db_rows *rows, claim_rows *out, arena *memory, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (!ARENA_GROW(memory, out->items, out->count, out->room)) {
            status = no_memory(err);
            break;
        }
        stored_claim *c = &out->items[out->count++];
        *c = (stored_claim){.place = text_of(rows, 0, memory),
                            .record = text_of(rows, 1, memory),
                            .area = text_of(rows, 2, memory),
                            .day = (int32_t)db_get_int(rows, 3),
                            .last = (int32_t)db_get_int(rows, 4),
                            .told = blob_of(rows, 5, memory)};
        if (c->place == NULL || c->record == NULL || c->area == NULL || c->told.ptr == NULL)
            status = no_memory(err);
    }
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_claims_of_days(store *s, const char *area, int32_t from, int32_t to, claim_rows *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (claim_rows){0};
    marsad_status status =
        db_ask(s->db, &rows, err,
               "SELECT place, record, area, day, last, told FROM town_claim WHERE area = $1 AND day BETWEEN $2 AND $3 ORDER BY record, place",
               DB_VALUES(db_text(area), db_int(from), db_int(to)));
    if (status == MARSAD_OK)
        status = take_claims(rows, out, memory, err);
    db_end(rows);
    return status;
}

marsad_status store_claims_on(store *s, const char *place, claim_rows *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = (claim_rows){0};
    marsad_status status = db_ask(s->db, &rows, err, "SELECT place, record, area, day, last, told FROM town_claim WHERE place = $1 ORDER BY record",
                                  DB_VALUES(db_text(place)));
    if (status == MARSAD_OK)
        status = take_claims(rows, out, memory, err);
    db_end(rows);
    return status;
}

marsad_status store_put_claim(store *s, const stored_claim *claim, marsad_error *err)
{
    return db_run(
        s->db, err,
        "INSERT INTO town_claim(place, record, area, day, last, told) VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(place, record) DO UPDATE SET"
        " area = excluded.area, day = excluded.day, last = excluded.last, told = excluded.told",
        DB_VALUES(db_text(claim->place), db_text(claim->record), db_text(claim->area), db_int(claim->day), db_int(claim->last),
                  db_blob(claim->told)));
}

marsad_status store_drop_claim(store *s, const char *place, const char *record, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM town_claim WHERE place = $1 AND record = $2", DB_VALUES(db_text(place), db_text(record)));
}

marsad_status store_days_of_kinds(store *s, const char *area, int32_t from, int32_t to, int64_t kinds, claim_rows *out, arena *memory,
                                  marsad_error *err)
{
    db_rows *rows;
    *out = (claim_rows){0};
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT id, day FROM record WHERE area = $1 AND day BETWEEN $2 AND $3 AND (($4 >> kind) & 1) <> 0 ORDER BY id",
               DB_VALUES(db_text(area), db_int(from), db_int(to), db_int(kinds)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *record = text_of(rows, 0, memory);
        if (record == NULL || !ARENA_GROW(memory, out->items, out->count, out->room))
            status = no_memory(err);
        else
            out->items[out->count++] = (stored_claim){.record = record, .day = (int32_t)db_get_int(rows, 1)};
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_drop_town(store *s, const char *place, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM town WHERE place = $1", DB_VALUES(db_text(place)));
}

marsad_status store_add_span(store *s, const stored_span *span, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO town(place, first_day, last_day, name, name_en, admin1, country, lat, lon, side, holder, status, rule, claims)"
                  " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                  DB_VALUES(db_text(span->place), db_int(span->from), db_int(span->to), db_text(span->name), db_text(span->name_en),
                            db_text(span->admin1), db_text(span->country), db_real(span->lat), db_real(span->lon), db_text(span->side),
                            db_text(span->holder), db_text(span->status), db_text(span->rule), db_view(span->claims)));
}
