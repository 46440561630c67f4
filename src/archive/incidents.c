/* Incidents into the store: what changed is written, what is gone stays as a tombstone. */
#include <stdlib.h>

#include "archive/incidents_bulk.h"
#include "archive/seal.h"
#include "base/buffer.h"

marsad_status store_mark_stale(store *s, const char *area, int32_t day, marsad_error *err)
{
    return db_run(s->db, err, "INSERT INTO stale(area, day) VALUES($1, $2) ON CONFLICT DO NOTHING", DB_VALUES(db_text(area), db_int(day)));
}

/* Days may be NO_DAY: reckon with 64 bits. */
static bool joins(const stale_stretch *last, const stale_stretch *next, int32_t gap)
{
    return last != NULL && strcmp(last->area, next->area) == 0 && (int64_t)next->from - last->to <= gap;
}

static int by_area_and_day(const void *first, const void *second)
{
    const stale_stretch *a = first, *b = second;
    const int areas = strcmp(a->area, b->area);
    return areas != 0 ? areas : (a->from > b->from) - (a->from < b->from);
}

/* Joins days of an area that are near each other, in place; returns how many stretches are left. */
static uint32_t join_stretches(stale_stretch *list, uint32_t count, int32_t gap)
{
    uint32_t used = 0;
    if (count > 0)
        qsort(list, count, sizeof *list, by_area_and_day);
    for (uint32_t i = 0; i < count; i++)
        if (joins(used > 0 ? &list[used - 1] : NULL, &list[i], gap))
            list[used - 1].to = list[i].to;
        else
            list[used++] = list[i];
    return used;
}

/* One statement takes them: what another transaction marks after it saw the table stays for the next time. */
marsad_status store_take_stale(store *s, size_t most, int32_t gap, stale_stretch **out, size_t *count, arena *memory, marsad_error *err)
{
    stale_stretch *list = NULL;
    uint32_t used = 0, room = 0;
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err,
                                  "DELETE FROM stale WHERE (area, day) IN (SELECT DISTINCT area, day FROM stale ORDER BY area, day LIMIT $1)"
                                  " RETURNING area, day",
                                  DB_VALUES(db_int((int64_t)most)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *area = arena_string(memory, db_get_text(rows, 0));
        const int32_t day = (int32_t)db_get_int(rows, 1);
        if (area == NULL || !ARENA_GROW(memory, list, used, room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for what is stale");
        else
            list[used++] = (stale_stretch){.area = area, .from = day, .to = day};
    }
    db_end(rows);
    *count = join_stretches(list, used, gap);
    *out = list;
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- one incident -------------------------------------------------------------------------------------------------------------------- */

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

/* Adds the incident, or writes what changed of it. An id that had become a tombstone comes back: its happening is told again. */
static marsad_status put_incident(store *s, const stored_incident *i, int64_t *key, marsad_error *err)
{
    int64_t made;
    marsad_status status = db_ask_int(s->db, &made, s->now, err, "SELECT made FROM incident WHERE id = $1", DB_VALUES(db_text(i->id)));
    if (status != MARSAD_OK)
        return status;
    return db_ask_int(
        s->db, key, 0, err,
        "INSERT INTO incident(id, area, day, kind, first_day, last_day, place, flags, statements, articles, chains, grade, body, made, seal)"
        " VALUES($1, $2, $3, $4, $5, $6, (SELECT key FROM place WHERE id = $7), $8, $9, $10, $11, $12, $13, $14, $15)"
        " ON CONFLICT(id) DO UPDATE SET area = excluded.area, day = excluded.day, kind = excluded.kind, first_day = excluded.first_day,"
        " last_day = excluded.last_day, place = excluded.place, flags = excluded.flags, statements = excluded.statements, articles = "
        "excluded.articles,"
        " chains = excluded.chains, grade = excluded.grade, body = excluded.body, gone = NULL, became = '', seal = excluded.seal RETURNING key",
        DB_VALUES(db_text(i->id), db_text(i->area), db_int(i->day), db_int(i->kind), day_value(i->first_day), day_value(i->last_day),
                  db_text(i->place), db_int(i->flags), db_int(i->record_count), db_int(i->articles), db_int(i->chains), db_int(i->grade),
                  db_view(i->body), db_int(made), db_int(incident_seal(view_of(i->id), i->kind, i->first_day, made, 0, view_of("")))));
}

/* Whether the incident stands in the store just so. */
static marsad_status is_unchanged(store *s, const stored_incident *i, int64_t *key, marsad_error *err)
{
    return db_ask_int(
        s->db, key, 0, err,
        "SELECT key FROM incident WHERE id = $1 AND gone IS NULL AND CAST(body AS TEXT) = $2 AND area = $3 AND day = $4 AND flags = $5 AND grade = $6"
        " AND statements = $7 AND articles = $8 AND chains = $9",
        DB_VALUES(db_text(i->id), db_view(i->body), db_text(i->area), db_int(i->day), db_int(i->flags), db_int(i->grade), db_int(i->record_count),
                  db_int(i->articles), db_int(i->chains)));
}

/* Takes a record from the incident that held it, of whichever area: what that one waits for is another then. */
static marsad_status put_member(store *s, const char *record, int64_t key, marsad_error *err)
{
    int64_t held;
    marsad_status status = db_ask_int(s->db, &held, 0, err, "SELECT incident FROM record WHERE id = $1", DB_VALUES(db_text(record)));
    if (status != MARSAD_OK || held == key)
        return status;
    status = db_run(s->db, err, "UPDATE record SET incident = $2 WHERE id = $1", DB_VALUES(db_text(record), db_int(key)));
    return status == MARSAD_OK && held != 0 ? store_put_outline(s, held, err) : status;
}

static marsad_status put_members(store *s, const stored_incident *i, int64_t key, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (uint32_t r = 0; r < i->record_count && status == MARSAD_OK; r++)
        status = put_member(s, i->records[r], key, err);
    return status;
}

/* --- an area's days ------------------------------------------------------------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The incident among `incidents` that holds record `id`; NULL if none does. */
static const char *holder_of(view id, const stored_incident *incidents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (uint32_t r = 0; r < incidents[i].record_count; r++)
            if (view_equal(view_of(incidents[i].records[r]), id))
                return incidents[i].id;
    return NULL;
}

void incident_add_id(buffer *list, const char *id)
{
    if (list->used > 0 && strstr(list->bytes, id) != NULL)
        return;
    if (list->used > 0)
        list->used--; /* the NUL */
    buffer_format(list, "%s%s", list->used > 0 ? " " : "", id);
    buffer_add(list, "", 1);
}

static marsad_status put_tombstone(store *s, int64_t key, const char *became, marsad_error *err)
{
    int64_t seal = 0;
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT id, kind, first_day, made FROM incident WHERE key = $1", DB_VALUES(db_int(key)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        seal = incident_seal(db_get_text(rows, 0), db_get_int(rows, 1), db_is_null(rows, 2) ? NO_DAY : db_get_int(rows, 2), db_get_int(rows, 3),
                             s->now, view_of(became));
    db_end(rows);
    return status != MARSAD_OK ? status
                               : db_run(s->db, err, "UPDATE incident SET gone = $2, became = $3, seal = $4 WHERE key = $1",
                                        DB_VALUES(db_int(key), db_int(s->now), db_text(became), db_int(seal)));
}

marsad_status incident_bury(store *s, int64_t key, const char *became, marsad_error *err)
{
    marsad_status status = put_tombstone(s, key, became, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE record SET incident = NULL WHERE incident = $1", DB_VALUES(db_int(key)));
    return status == MARSAD_OK ? store_drop_outline(s, key, err) : status;
}

/* A tombstone keeps its row; `became` names the incidents that hold its records now. */
static marsad_status bury(store *s, int64_t key, const stored_incident *incidents, size_t count, marsad_error *err)
{
    buffer became = {0};
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT id FROM record WHERE incident = $1 ORDER BY id", DB_VALUES(db_int(key)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *holder = holder_of(db_get_text(rows, 0), incidents, count);
        if (holder != NULL)
            incident_add_id(&became, holder);
    }
    db_end(rows);
    if (status == MARSAD_END)
        status = became.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents") : MARSAD_OK;
    if (status == MARSAD_OK)
        status = incident_bury(s, key, became.used > 0 ? became.bytes : "", err);
    buffer_free(&became);
    return status;
}

/* The keys of living incidents of the area's days, ascending; free() them. */
static marsad_status living(store *s, const char *area, int32_t from, int32_t to, int64_t **out, size_t *count, marsad_error *err)
{
    size_t room = 0;
    *out = NULL;
    *count = 0;
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT key FROM incident WHERE area = $1 AND day BETWEEN $2 AND $3 AND gone IS NULL ORDER BY key",
               DB_VALUES(db_text(area), db_int(from), db_int(to)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (*count == room) {
            room = room == 0 ? 64 : 2 * room;
            int64_t *more = realloc(*out, room * sizeof *more);
            if (more == NULL) {
                status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
                break;
            }
            *out = more;
        }
        (*out)[(*count)++] = db_get_int(rows, 0);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Those of `before` that are not among the incidents stored under `keys`. */
static marsad_status bury_others(store *s, const int64_t *before, size_t before_count, const int64_t *keys, const stored_incident *incidents,
                                 size_t count, marsad_error *err)
{
    int64_t *sorted = malloc((count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    if (count > 0)
        memcpy(sorted, keys, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_keys);
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < before_count && status == MARSAD_OK; i++)
        if (bsearch(&before[i], sorted, count, sizeof *sorted, compare_keys) == NULL)
            status = bury(s, before[i], incidents, count, err);
    free(sorted);
    return status;
}

marsad_status store_replace_incidents(store *s, const char *area, int32_t from, int32_t to, const stored_incident *incidents, size_t count,
                                      marsad_error *err)
{
    if (db_takes_bulk(s->db))
        return incidents_bulk_add(s, area, from, to, incidents, count, err);
    int64_t *before = NULL, *kept = malloc((count + 1) * sizeof *kept);
    size_t before_count = 0;
    if (kept == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    marsad_status status = living(s, area, from, to, &before, &before_count, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++) {
        status = is_unchanged(s, &incidents[i], &kept[i], err);
        if (status != MARSAD_OK || kept[i] != 0)
            continue;
        status = store_note_changes(s, &incidents[i], err);
        if (status == MARSAD_OK)
            status = put_incident(s, &incidents[i], &kept[i], err);
    }
    if (status == MARSAD_OK)
        status = bury_others(s, before, before_count, kept, incidents, count, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = put_members(s, &incidents[i], kept[i], err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = store_put_outline(s, kept[i], err);
    free(kept);
    free(before);
    return status;
}
