#include "archive/incidents_bulk.h"

#include <stdio.h>
#include <stdlib.h>

#include "archive/seal.h"
#include "archive/staging.h"

/* Rows as db_send() takes them. */
struct incidents_bulk {
    buffer stretches, incidents, members;
    int64_t stretch_count, incident_count;
    bool has_staged; /* in the transaction at work */
};

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for incidents");
}

/* --- gathering ---------------------------------------------------------------------------------------------------------------------- */

static void forget(incidents_bulk *b)
{
    b->stretches.used = b->incidents.used = b->members.used = 0;
    b->stretch_count = b->incident_count = 0;
}

void incidents_bulk_end(store *s)
{
    if (s->incidents == NULL)
        return;
    forget(s->incidents);
    s->incidents->has_staged = false;
}

void incidents_bulk_free(store *s)
{
    if (s->incidents == NULL)
        return;
    buffer_free(&s->incidents->stretches);
    buffer_free(&s->incidents->incidents);
    buffer_free(&s->incidents->members);
    free(s->incidents);
    s->incidents = NULL;
}

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

static void gather(incidents_bulk *b, const stored_incident *i)
{
    const db_value values[] = {
        db_int(b->incident_count++), db_int(b->stretch_count), db_text(i->id),    db_text(i->area), db_int(i->day),          db_int(i->kind),
        day_value(i->first_day),     day_value(i->last_day),   db_text(i->place), db_int(i->flags), db_int(i->record_count), db_int(i->articles),
        db_int(i->chains),           db_int(i->grade),         db_view(i->body)};
    db_bulk_row(&b->incidents, values, sizeof values / sizeof *values);
    for (uint32_t r = 0; r < i->record_count; r++) {
        const db_value member[] = {db_int(b->stretch_count), db_text(i->id), db_text(i->records[r])};
        db_bulk_row(&b->members, member, sizeof member / sizeof *member);
    }
}

marsad_status incidents_bulk_add(store *s, const char *area, int32_t from, int32_t to, const stored_incident *incidents, size_t count,
                                 marsad_error *err)
{
    if (s->incidents == NULL && (s->incidents = calloc(1, sizeof *s->incidents)) == NULL)
        return no_memory(err);
    incidents_bulk *b = s->incidents;
    const db_value stretch[] = {db_int(++b->stretch_count), db_text(area), db_int(from), db_int(to)};
    db_bulk_row(&b->stretches, stretch, sizeof stretch / sizeof *stretch);
    for (size_t i = 0; i < count; i++)
        gather(b, &incidents[i]);
    return b->stretches.failed || b->incidents.failed || b->members.failed ? no_memory(err) : MARSAD_OK;
}

/* --- staging ------------------------------------------------------------------------------------------------------------------------- */

#define INCIDENT_COLUMNS                                                                                                                             \
    "area text COLLATE \"C\", day bigint, kind bigint, first_day bigint, last_day bigint, place text COLLATE \"C\", flags bigint, statements "       \
    "bigint, "                                                                                                                                       \
    "articles bigint, chains bigint, grade bigint, body text) ON COMMIT DELETE ROWS"

/* An incident of days that two stretches share comes twice and says the same: as they come, they are staged_again. */
static const staged_table tables[] = {
    {"staged_stretch", "(n bigint, area text COLLATE \"C\", first bigint, last bigint) ON COMMIT DELETE ROWS"},
    {"staged_again", "(n bigint, stretch bigint, id text, " INCIDENT_COLUMNS},
    {"staged_member", "(stretch bigint, incident text COLLATE \"C\", record text COLLATE \"C\") ON COMMIT DELETE ROWS"},
    {"staged_incident", "(n bigint, stretch bigint, id text COLLATE \"C\" PRIMARY KEY, " INCIDENT_COLUMNS},
    {"staged_seal", "(id text COLLATE \"C\", made bigint, seal bigint) ON COMMIT DELETE ROWS"},
    {"staged_move", "(record bigint, held_by bigint, goes_to bigint) ON COMMIT DELETE ROWS"},
    {"staged_outline", "(key bigint PRIMARY KEY) ON COMMIT DELETE ROWS"},
};

static marsad_status stage(store *s, marsad_error *err)
{
    const buffer *const rows[] = {&s->incidents->stretches, &s->incidents->incidents, &s->incidents->members};
    marsad_status status = staging_prepare(s, tables, sizeof tables / sizeof *tables, &s->incidents->has_staged, err);
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == MARSAD_OK; i++)
        status = staging_send(s, tables[i].name, rows[i], err);
    return status != MARSAD_OK
               ? status
               : db_run(s->db, err, "INSERT INTO staged_incident SELECT * FROM staged_again ORDER BY n ON CONFLICT DO NOTHING", DB_NONE);
}

/* --- writing ------------------------------------------------------------------------------------------------------------------------- */

/* Records go where they belong now. The outlines of those that were written, that get records and that lose some are made anew; what people decide does so itself. */
static const char *const members[] = {
    ("INSERT INTO staged_move SELECT r.key, r.incident, i.key FROM staged_member m JOIN incident i ON i.id = m.incident JOIN record r ON r.id = "
     "m.record "
     "WHERE r.incident IS DISTINCT FROM i.key"),
    "INSERT INTO staged_outline SELECT i.key FROM staged_seal x JOIN incident i ON i.id = x.id ON CONFLICT DO NOTHING",
    ("INSERT INTO staged_outline SELECT held_by FROM staged_move WHERE held_by IS NOT NULL UNION SELECT goes_to FROM staged_move ON CONFLICT DO "
     "NOTHING"),
    "UPDATE record r SET incident = v.goes_to FROM staged_move v WHERE r.key = v.record",
};

/* What the store holds of them: those that stand there just so are left out of what is staged; of the others it is noted what changes. */
static const char changed[] = "SELECT s.id, i.made, i.gone, i.grade, i.body, s.grade, s.body, s.kind, s.first_day FROM staged_incident s JOIN "
                              "incident i ON i.id = s.id WHERE NOT "
                              "(i.gone IS NULL AND CAST(i.body AS TEXT) = s.body AND i.area = s.area AND i.day = s.day AND i.flags = s.flags AND "
                              "i.grade = s.grade AND i.statements = s.statements AND i.articles = s.articles AND i.chains = s.chains)";

static marsad_status note_row(store *s, const db_rows *rows, buffer *seals, arena *memory, marsad_error *err)
{
    const char *id = arena_string(memory, db_get_text(rows, 0));
    if (id == NULL)
        return no_memory(err);
    const int64_t made = db_get_int(rows, 1);
    const int64_t first_day = db_is_null(rows, 8) ? NO_DAY : db_get_int(rows, 8);
    const db_value seal[] = {db_text(id), db_int(made), db_int(incident_seal(view_of(id), db_get_int(rows, 7), first_day, made, 0, view_of("")))};
    db_bulk_row(seals, seal, sizeof seal / sizeof *seal);
    const told_before before = {.grade = db_get_int(rows, 3), .body = db_get_text(rows, 4)};
    return db_is_null(rows, 2) ? store_note_change(s, &before, id, db_get_int(rows, 5), db_get_text(rows, 6), err) : MARSAD_OK;
}

/* New ones are made now. */
static marsad_status seal_new(store *s, buffer *seals, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err,
               "SELECT s.id, s.kind, s.first_day FROM staged_incident s WHERE NOT EXISTS (SELECT 1 FROM incident i WHERE i.id = s.id)", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view id = db_get_text(rows, 0);
        const int64_t first_day = db_is_null(rows, 2) ? NO_DAY : db_get_int(rows, 2);
        const db_value seal[] = {db_view(id), db_int(s->now), db_int(incident_seal(id, db_get_int(rows, 1), first_day, s->now, 0, view_of("")))};
        db_bulk_row(seals, seal, sizeof seal / sizeof *seal);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status seal_changed(store *s, buffer *seals, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, changed, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = note_row(s, rows, seals, memory, err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Adds the incidents that are new, and writes those that changed. An id that had become a tombstone comes back: its happening is told again. */
static marsad_status put_incidents(store *s, marsad_error *err)
{
    arena memory = {0};
    buffer seals = {0};
    marsad_status status = seal_changed(s, &seals, &memory, err);
    if (status == MARSAD_OK)
        status = seal_new(s, &seals, err);
    if (status == MARSAD_OK)
        status = seals.failed ? no_memory(err) : staging_send(s, "staged_seal", &seals, err);
    if (status == MARSAD_OK)
        status = db_run(
            s->db, err,
            "INSERT INTO incident(id, area, day, kind, first_day, last_day, place, flags, statements, articles, chains, grade, body, made, seal)"
            " SELECT s.id, s.area, s.day, s.kind, s.first_day, s.last_day, (SELECT p.key FROM place p WHERE p.id = s.place), s.flags, s.statements, "
            "s.articles, s.chains, s.grade, CAST(s.body AS json), x.made, x.seal FROM staged_seal x JOIN staged_incident s ON s.id = x.id ORDER BY "
            "s.n"
            " ON CONFLICT(id) DO UPDATE SET area = excluded.area, day = excluded.day, kind = excluded.kind, first_day = excluded.first_day,"
            " last_day = excluded.last_day, place = excluded.place, flags = excluded.flags, statements = excluded.statements, articles = "
            "excluded.articles, chains = excluded.chains, grade = excluded.grade, body = excluded.body, gone = NULL, became = '', seal = "
            "excluded.seal",
            DB_NONE);
    buffer_free(&seals);
    arena_free(&memory);
    return status;
}

/* --- tombstones ------------------------------------------------------------------------------------------------------------------------ */

/* Living incidents of the stretches that are not among those made, each with the incidents of its stretch that hold its records now, by record. */
static const char left[] = "SELECT i.key, m.incident FROM (SELECT DISTINCT o.key, g.n FROM staged_stretch g JOIN incident o ON o.area = g.area AND "
                           "o.day BETWEEN g.first AND "
                           "g.last AND o.gone IS NULL WHERE NOT EXISTS (SELECT 1 FROM staged_incident s WHERE s.id = o.id)) i LEFT JOIN record r ON "
                           "r.incident = i.key LEFT JOIN "
                           "staged_member m ON m.record = r.id AND m.stretch = i.n ORDER BY i.key, r.id, m.incident";

typedef struct {
    int64_t key;
    buffer became; /* ids parted by blanks, ends with a NUL where it holds any */
} tombstone;

static marsad_status put_tombstone(store *s, tombstone *t, marsad_error *err)
{
    if (t->became.failed)
        return no_memory(err);
    return t->key == 0 ? MARSAD_OK : incident_bury(s, t->key, t->became.used > 0 ? t->became.bytes : "", err);
}

static marsad_status bury_left(store *s, marsad_error *err)
{
    tombstone t = {0};
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, left, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (db_get_int(rows, 0) != t.key) {
            status = put_tombstone(s, &t, err);
            t.key = db_get_int(rows, 0);
            t.became.used = 0;
        }
        if (status == MARSAD_OK && !db_is_null(rows, 1)) {
            char id[ID_BYTES];
            snprintf(id, sizeof id, "%.*s", (int)db_get_text(rows, 1).len, db_get_text(rows, 1).ptr);
            incident_add_id(&t.became, id);
        }
    }
    db_end(rows);
    if (status == MARSAD_END)
        status = put_tombstone(s, &t, err);
    buffer_free(&t.became);
    return status;
}

marsad_status incidents_bulk_flush(store *s, marsad_error *err)
{
    if (s->incidents == NULL || s->incidents->stretch_count == 0)
        return MARSAD_OK;
    marsad_status status = stage(s, err);
    if (status == MARSAD_OK)
        status = put_incidents(s, err);
    if (status == MARSAD_OK)
        status = bury_left(s, err);
    if (status == MARSAD_OK)
        status = staging_run(s, members, sizeof members / sizeof *members, err);
    if (status == MARSAD_OK)
        status = store_put_staged_outlines(s, err);
    forget(s->incidents);
    return status;
}
