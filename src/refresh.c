/* Incidents, and what follows from them, brought up to date: only in the neighbourhoods where records changed. */
#include "keeping.h"

#include "base/buffer.h"
#include "incident/body.h"
#include "views.h"

/* Of an incident that a statement sorted under `day` can change, the day is at most this far; and as far again are the statements that it is made of. */
enum { REACH = 1 };

/* One transaction's work, so that others can write in between; and one join's, for its memory. */
enum { STALE_AT_ONCE = 1000, DAYS_AT_ONCE = 30 };

/* --- decisions -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    incident_decision *items;
    uint32_t count, room;
} decision_list;

static marsad_status read_decisions(store *s, decision_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT record, other, is_merge FROM bond ORDER BY record, other", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *record = arena_string(memory, db_get_text(rows, 0)), *with = arena_string(memory, db_get_text(rows, 1));
        if (record == NULL || with == NULL || !ARENA_GROW(memory, out->items, out->count, out->room))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for decisions");
        else
            out->items[out->count++] = (incident_decision){.record = record, .with = with, .is_merge = db_get_int(rows, 2) != 0};
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status archive_join(marsad_archive *archive, const statement_list *list, incident_list *out, arena *memory, marsad_error *err)
{
    return archive_join_by(archive, &archive->store, list, out, memory, err);
}

marsad_status archive_join_by(const marsad_archive *archive, store *bonds, const statement_list *list, incident_list *out, arena *memory,
                              marsad_error *err)
{
    decision_list decisions = {0};
    *out = (incident_list){0};
    marsad_status status = read_decisions(bonds, &decisions, memory, err);
    if (status == MARSAD_OK && !incidents_join(out, list->items, list->count, decisions.items, decisions.count, archive->rules, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    return status;
}

/* --- one stretch of an area's days ---------------------------------------------------------------------------------------------------- */

static int32_t day_plus(int32_t day, int32_t more)
{
    return day == NO_DAY ? NO_DAY : day + more;
}

unsigned archive_flags_of(const incident *i)
{
    bool is_disputed = i->actor_count > 1 && i->denials > 0;
    for (uint32_t f = 0; f < i->figure_count; f++)
        is_disputed = is_disputed || i->figures[f].is_disputed;
    return (i->is_planned ? INCIDENT_PLANNED : 0U) | (i->is_period ? INCIDENT_PERIOD : 0U) | (i->has_days ? 0U : INCIDENT_REPORTED) |
           (i->denials > 0 ? INCIDENT_DENIED : 0U) | (is_disputed ? INCIDENT_DISPUTED : 0U) | (i->is_reviewed ? INCIDENT_REVIEWED : 0U) |
           (i->is_verified ? INCIDENT_VERIFIED : 0U);
}

const statement_place *archive_place_of(const incident *i)
{
    for (uint32_t p = 0; p < i->place_count; p++)
        if (i->places[p]->id[0] != 0)
            return i->places[p];
    return NULL;
}

bool archive_keep_incident(stored_incident *out, const incident *i, const char *area, int32_t day, arena *memory)
{
    buffer body = {0};
    json_out j = {.write = buffer_write, .context = &body};
    incident_body(&j, i);
    const char *kept = json_flush(&j) && !body.failed ? arena_string(memory, (view){body.bytes, body.used}) : NULL;
    const char **records = arena_alloc(memory, (i->statement_count + 1) * sizeof *records);
    const statement_place *place = archive_place_of(i);
    if (kept != NULL && records != NULL) {
        for (uint32_t s = 0; s < i->statement_count; s++)
            records[s] = i->statements[s]->id;
        *out = (stored_incident){.id = i->id,
                                 .area = area,
                                 .day = day,
                                 .kind = i->kind,
                                 .first_day = i->start,
                                 .last_day = i->end,
                                 .place = place == NULL ? "" : place->id,
                                 .flags = archive_flags_of(i),
                                 .articles = i->articles,
                                 .chains = i->chains,
                                 .grade = (int)i->grade,
                                 .body = {kept, body.used},
                                 .records = records,
                                 .record_count = i->statement_count};
    }
    buffer_free(&body);
    return kept != NULL && records != NULL;
}

/* The incidents of [from, to] among those made of the statements around. */
static marsad_status replace_days(marsad_archive *archive, const stale_stretch *where, const incident_list *all, int32_t from, int32_t to,
                                  arena *memory, marsad_error *err)
{
    stored_incident *kept = arena_alloc(memory, (all->count + 1) * sizeof *kept);
    size_t count = 0;
    for (uint32_t i = 0; kept != NULL && i < all->count; i++) {
        const int32_t day = all->items[i].start; /* what an incident is sorted under */
        if (day >= from && day <= to && !archive_keep_incident(&kept[count++], &all->items[i], where->area, day, memory))
            kept = NULL;
    }
    if (kept == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
    return store_replace_incidents(&archive->store, where->area, from, to, kept, count, err);
}

/* One transaction's work. */
typedef struct {
    marsad_archive *archive;
    view_maker *views;
    arena memory; /* of some days of an area */
} refreshing;

static marsad_status refresh_days(refreshing *r, const stale_stretch *where, marsad_error *err)
{
    const int32_t first = day_plus(where->from, -REACH), last = day_plus(where->to, REACH);
    const statement_query query = {.area = where->area, .from_day = day_plus(first, -REACH), .to_day = day_plus(last, REACH)};
    statement_list statements;
    incident_list incidents;
    claim_rows days;
    marsad_status status = store_statements(&r->archive->store, &query, &statements, &r->memory, err);
    if (status == MARSAD_OK)
        status = views_days(&r->archive->store, where->area, query.from_day, query.to_day, &statements, &days, &r->memory, err);
    if (status == MARSAD_OK)
        status = archive_join(r->archive, &statements, &incidents, &r->memory, err);
    if (status == MARSAD_OK)
        status = replace_days(r->archive, where, &incidents, first, last, &r->memory, err);
    if (status == MARSAD_OK)
        status = views_keep_days(r->views, where->area, first, last, &incidents, err);
    if (status == MARSAD_OK)
        status = views_keep_claims(r->views, where->area, query.from_day, query.to_day, &statements, &days, err);
    return status;
}

/* A long stretch in parts, so that memory holds the statements of one part alone. The days that two parts share come out the same in both. */
static marsad_status refresh_stretch(refreshing *r, stale_stretch where, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    const int64_t last = where.to;
    for (int64_t day = where.from; day <= last && status == MARSAD_OK; day += DAYS_AT_ONCE) {
        where.from = (int32_t)day;
        where.to = (int32_t)(last - day < DAYS_AT_ONCE ? last : day + DAYS_AT_ONCE - 1);
        status = refresh_days(r, &where, err);
        arena_reset(&r->memory);
    }
    return status;
}

/* Some stale neighbourhoods in one transaction; `*count` is zero when none was left. */
static marsad_status refresh_some(marsad_archive *archive, view_maker *views, int64_t now, size_t *count, marsad_error *err)
{
    refreshing r = {.archive = archive, .views = views};
    arena stretches = {0};
    stale_stretch *stale;
    marsad_status status = store_begin(&archive->store, now, DB_LOCK_VIEWS, err);
    if (status == MARSAD_OK)
        status = store_take_stale(&archive->store, STALE_AT_ONCE, 2 * REACH + 1, &stale, count, &stretches, err);
    for (size_t i = 0; status == MARSAD_OK && i < *count; i++)
        status = refresh_stretch(&r, stale[i], err);
    if (status == MARSAD_OK)
        status = views_keep_towns(views, err);
    if (status == MARSAD_OK && *count == 0)
        status = views_keep_whole(views, err);
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    arena_free(&r.memory);
    arena_free(&stretches);
    return status;
}

static marsad_status count_stale(marsad_archive *archive, int64_t *out, marsad_error *err)
{
    return db_ask_int(archive->store.db, out, 0, err, "SELECT count(*) FROM stale", DB_NONE);
}

static marsad_status is_stale(marsad_archive *archive, int64_t *out, marsad_error *err)
{
    return db_ask_int(archive->store.db, out, 0, err, "SELECT count(*) FROM (SELECT 1 FROM stale LIMIT 1) AS first", DB_NONE);
}

/* One transaction's work; `*is_done` tells that nothing is left, or that another program does it. */
static marsad_status step(marsad_archive *archive, bool anew, int64_t now, bool *is_done, marsad_error *err)
{
    view_maker views;
    int64_t left = 0;
    size_t count = 0;
    marsad_status status = views_begin(&views, archive, err);
    if (status == MARSAD_OK)
        status = views_look(&views, anew, now, err);
    if (status == MARSAD_OK && views.is_others && anew)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                      "another program leads the work with archive '%s': it keeps what follows from records", archive->path);
    if (status == MARSAD_OK && !views.is_others)
        status = is_stale(archive, &left, err);
    if (status == MARSAD_OK && (left != 0 || !views.is_whole) && !views.is_others)
        status = refresh_some(archive, &views, now, &count, err);
    if (status == MARSAD_OK && count == 0 && !views.is_others)
        status = views_make_ledgers(&views, now, err);
    views_end(&views);
    *is_done = count == 0;
    return status;
}

marsad_status marsad_archive_refresh_some(marsad_archive *archive, int64_t now, bool *is_done, marsad_error *err)
{
    return step(archive, false, now, is_done, err);
}

marsad_status marsad_archive_refresh(marsad_archive *archive, int64_t now, marsad_error *err)
{
    bool is_done = archive->is_read_only; /* then what is asked is answered as of the last time */
    marsad_status status = MARSAD_OK;
    while (status == MARSAD_OK && !is_done)
        status = marsad_archive_refresh_some(archive, now, &is_done, err);
    return status;
}

marsad_status marsad_archive_remake(marsad_archive *archive, int64_t now, marsad_left *tell, void *context, marsad_error *err)
{
    bool is_done = false;
    int64_t left;
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    marsad_status status = step(archive, true, now, &is_done, err);
    while (status == MARSAD_OK && !is_done) {
        status = count_stale(archive, &left, err);
        if (status == MARSAD_OK && tell != NULL)
            tell(context, left);
        if (status == MARSAD_OK)
            status = step(archive, false, now, &is_done, err);
    }
    return status;
}

marsad_status marsad_archive_lead(marsad_archive *archive, bool *is_leading, marsad_error *err)
{
    return db_lead(archive->store.db, is_leading, err);
}
