/*
 * Review: a person's decision, checked against the table of steps, kept, and put into force.
 *
 *   decision ─step→ allowed? lease? second person? ─body_mend→ body ─store_decide→ row, log line, record ─settle→ neighbourhoods ─refresh→ incidents
 */
#include <jansson.h>

#include "review_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "archive/body.h"
#include "archive/mend.h"
#include "said.h"

marsad_status review_refuse(const review_work *w, const char *format, const char *a, const char *b)
{
    return fail(w->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, format, a, b);
}

marsad_status review_no_memory(const review_work *w)
{
    return fail(w->err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a decision");
}

/* --- what is said ------------------------------------------------------------------------------------------------------------ */

static marsad_status check_said(review_work *w)
{
    const marsad_decision *said = w->said;
    w->step = review_step_find(said->what);
    w->reason = said->reason == NULL ? "" : said->reason;
    w->is_batch = said->id[0] == 'I';
    if (w->step == NULL)
        return review_refuse(w, "no decision is called '%s'", said->what, "");
    const marsad_status named = said_check_person(said->person, w->err);
    if (named != MARSAD_OK)
        return named;
    if (w->reason[0] != 0 && !text_is_line(w->reason, SIZE_MAX))
        return review_refuse(w, "%s", "the reason is no line of text", "");
    if ((w->step->flags & STEP_WANTS_REASON) != 0 && w->reason[0] == 0)
        return review_refuse(w, "'%s' needs a reason", said->what, "");
    if ((w->step->flags & STEP_WANTS_WITH) != 0 && said->with == NULL)
        return review_refuse(w, "'%s' needs the other record or incident", said->what, "");
    if (strcmp(said->what, "edit") == 0 && (said->change_count == 0 || w->is_batch))
        return review_refuse(w, "%s", said->change_count == 0 ? "nothing to edit is named" : "one record at a time is edited, not an incident", "");
    return MARSAD_OK;
}

/* --- what is allowed ---------------------------------------------------------------------------------------------------------- */

static marsad_status check_state(const review_work *w, const review_record *r)
{
    if (w->step->to[r->state] == STEP_NOT_ALLOWED)
        return fail(w->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' is %s: '%s' is not for it", r->id, review_state_name(r->state),
                    w->step->what);
    if ((w->step->flags & STEP_BY_SECOND_PERSON) != 0 && r->is_verified)
        return review_refuse(w, "record '%s' is verified already%s", r->id, "");
    return MARSAD_OK;
}

static marsad_status check_lease(const review_work *w, const review_record *r)
{
    const bool is_held = r->holder[0] != 0, is_own = is_held && strcmp(r->holder, w->said->person) == 0;
    if (strcmp(w->step->what, "leave") == 0 && !is_own)
        return review_refuse(w, "record '%s' is not leased to '%s'", r->id, w->said->person);
    if (!is_held || is_own)
        return MARSAD_OK;
    const time_t until = (time_t)r->leased_until;
    struct tm utc;
    char when[32] = "?";
    if (gmtime_r(&until, &utc) != NULL)
        strftime(when, sizeof when, "%Y-%m-%d %H:%M UTC", &utc);
    return fail(w->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "record '%s' is leased to '%s' until %s", r->id, r->holder, when);
}

/* Has who decides now ever drafted this record? */
static marsad_status find_drafts(const review_work *w, const review_record *r, bool *out)
{
    arena memory = {0};
    db_rows *rows;
    *out = false;
    marsad_status status = db_ask(w->store->db, &rows, w->err,
                                  "SELECT DISTINCT person FROM decision WHERE record = $1 AND (',' || $2 || ',') LIKE ('%,' || what || ',%')",
                                  DB_VALUES(db_text(r->id), db_text(review_drafting_steps())));
    while (status == MARSAD_OK && !*out && (status = db_next(rows, w->err)) == MARSAD_OK) {
        const char *person = arena_string(&memory, db_get_text(rows, 0));
        status = person == NULL ? review_no_memory(w) : said_is_same_person(person, w->said->person, out, w->err);
    }
    db_end(rows);
    arena_free(&memory);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status check_person(const review_work *w, const review_record *r)
{
    bool has_drafted = false;
    if ((w->step->flags & STEP_BY_SECOND_PERSON) == 0)
        return MARSAD_OK;
    marsad_status status = find_drafts(w, r, &has_drafted);
    if (status == MARSAD_OK && has_drafted)
        status = review_refuse(w, "record '%s' was accepted or changed by '%s': a second person verifies", r->id, w->said->person);
    return status;
}

/* --- body ------------------------------------------------------------------------------------------------------------------------ */

/* The place that a change names: as the caller gives it, else as the archive knows it. */
static marsad_status find_place(review_work *w, const char *id, stored_place *out)
{
    const marsad_place_row *given = w->said->place;
    if (given != NULL && strcmp(given->id, id) == 0) {
        *out = (stored_place){.id = given->id,
                              .name = given->name,
                              .name_en = given->name_en,
                              .country = given->country,
                              .admin1 = given->admin1,
                              .admin2 = given->admin2,
                              .feature = given->feature,
                              .lat = given->lat,
                              .lon = given->lon};
        int64_t key;
        return store_place_key(w->store, out, &key, w->err);
    }
    db_rows *rows;
    marsad_status status =
        db_ask(w->store->db, &rows, w->err, "SELECT name, name_en, country, admin1, admin2, feature, lat, lon FROM place WHERE id = $1",
               DB_VALUES(db_text(id)));
    if (status == MARSAD_OK && (status = db_next(rows, w->err)) == MARSAD_OK) {
        const char *text[6];
        bool ok = true;
        for (int i = 0; i < 6; i++)
            ok = (text[i] = arena_string(&w->memory, db_get_text(rows, i))) != NULL && ok;
        *out = (stored_place){.id = id,
                              .name = text[0],
                              .name_en = text[1],
                              .country = text[2],
                              .admin1 = text[3],
                              .admin2 = text[4],
                              .feature = text[5],
                              .lat = db_get_real(rows, 6),
                              .lon = db_get_real(rows, 7)};
        status = ok ? MARSAD_OK : review_no_memory(w);
    }
    db_end(rows);
    return status == MARSAD_END ? review_refuse(w, "the archive knows no place '%s': name it as the gazetteer does%s", id, "") : status;
}

/* The body as it was read: before the first change. */
static marsad_status read_first(review_work *w, const review_record *r, view *body)
{
    db_rows *rows;
    *body = r->body;
    marsad_status status =
        db_ask(w->store->db, &rows, w->err,
               "SELECT detail ->> 'before' FROM decision WHERE record = $1 AND detail ->> 'before' IS NOT NULL ORDER BY key LIMIT 1",
               DB_VALUES(db_text(r->id)));
    if (status == MARSAD_OK && (status = db_next(rows, w->err)) == MARSAD_OK) {
        const view text = db_get_text(rows, 0);
        *body = (view){arena_string(&w->memory, text), text.len};
        status = body->ptr == NULL ? review_no_memory(w) : MARSAD_OK;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status mend(review_work *w, const review_record *r, view *body)
{
    if (w->said->change_count == 1 && strcmp(w->said->changes[0], "as-read") == 0) {
        marsad_status found = read_first(w, r, body);
        return found == MARSAD_OK && view_equal(*body, r->body) ? review_refuse(w, "record '%s' is as it was read%s", r->id, "") : found;
    }
    stored_place place;
    bool overrides = false;
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < w->said->change_count && status == MARSAD_OK; i++)
        if (strncmp(w->said->changes[i], "place=", 6) == 0 && w->said->changes[i][6] != 0)
            status = find_place(w, w->said->changes[i] + 6, &place);
    if (status == MARSAD_OK)
        status = body_mend(body, r->body, w->said->changes, w->said->change_count, &place, &overrides, &w->memory, w->err);
    if (status == MARSAD_OK && overrides && w->reason[0] == 0)
        status = review_refuse(w, "%s", "words of the report are overruled: a reason is needed", "");
    if (status == MARSAD_OK && view_equal(*body, r->body))
        status = review_refuse(w, "record '%s' says that already%s", r->id, "");
    return status;
}

/* What of a body has columns of its own. */
static marsad_status read_columns(review_work *w, stored_decision *d)
{
    statement s = {0};
    const statement_place *scene;
    marsad_status status = body_read(&s, d->body, &w->memory, w->err);
    if (status != MARSAD_OK)
        return status;
    d->kind = s.kind;
    d->modality = s.modality;
    if (statement_scene(&s, &scene, 1) == 0 || scene->id[0] == 0)
        return MARSAD_OK;
    return db_ask_int(w->store->db, &d->place, 0, w->err, "SELECT key FROM place WHERE id = $1", DB_VALUES(db_text(scene->id)));
}

/* --- keeping ------------------------------------------------------------------------------------------------------------------------ */

static json_t *list_json(const char *const *items, size_t count)
{
    json_t *list = json_pack("[]");
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("s", items[i]));
    return list;
}

static marsad_status tell_detail(review_work *w, const review_record *r, stored_decision *d, const id_list *bonds)
{
    json_t *detail = json_pack("{s:s,s:s,s:b,s:I,s:o,s:o}", "from", review_state_name(r->state), "state", review_state_name(d->state), "verified",
                               (int)d->is_verified, "revision", (json_int_t)d->revision, "with", list_json(bonds->items, bonds->count), "changes",
                               list_json(w->said->changes, w->said->change_count));
    if (!view_equal(d->body, r->body))
        json_object_set_new(detail, "before", json_pack("s%", r->body.ptr, r->body.len));
    char *text = json_dumps(detail, JSON_COMPACT);
    const char *kept = text == NULL ? NULL : arena_string(&w->memory, view_of(text));
    free(text);
    json_decref(detail);
    d->detail = view_of(kept);
    return kept == NULL ? review_no_memory(w) : MARSAD_OK;
}

static marsad_status change_lease(review_work *w, const review_record *r)
{
    if ((w->step->flags & STEP_ENDS_LEASE) != 0)
        return store_unlease(w->store, r->id, w->err);
    return (w->step->flags & STEP_LEASES) != 0 ? store_lease(w->store, r->id, w->said->person, w->store->now + LEASE_SECONDS, w->err) : MARSAD_OK;
}

static marsad_status keep(review_work *w, const review_record *r, stored_decision *d)
{
    id_list bonds = {0};
    marsad_status status = review_change_bonds(w, r->id, &bonds);
    if (status == MARSAD_OK)
        status = read_columns(w, d);
    if (status == MARSAD_OK)
        status = tell_detail(w, r, d, &bonds);
    if (status == MARSAD_OK)
        status = store_decide(w->store, r, d, w->err);
    return status == MARSAD_OK ? review_settle(w->archive, r->id, &w->memory, w->err) : status;
}

static marsad_status decide_one(review_work *w, const char *id)
{
    review_record r;
    marsad_status status = store_review_record(w->store, id, &r, &w->memory, w->err);
    if (status == MARSAD_OK)
        status = check_state(w, &r);
    if (status == MARSAD_ERR_ARGUMENT && w->is_batch)
        return MARSAD_OK;
    if (status == MARSAD_OK)
        status = check_lease(w, &r);
    if (status == MARSAD_OK)
        status = check_person(w, &r);
    if (status != MARSAD_OK)
        return status;

    const bool verifies = (w->step->flags & STEP_BY_SECOND_PERSON) != 0;
    stored_decision d = {.what = w->step->what,
                         .person = w->said->person,
                         .reason = w->reason,
                         .state = (review_state)w->step->to[r.state],
                         .is_verified = verifies || (r.is_verified && (w->step->flags & STEP_UNVERIFIES) == 0),
                         .revision = r.revision,
                         .body = r.body};
    if (strcmp(w->step->what, "edit") == 0) {
        status = mend(w, &r, &d.body);
        d.revision++;
    }
    if (status == MARSAD_OK)
        status = keep(w, &r, &d);
    if (status == MARSAD_OK)
        status = change_lease(w, &r);
    w->changed += status == MARSAD_OK;
    return status;
}

static marsad_status decide_all(review_work *w)
{
    id_list records = {0};
    marsad_status status = check_said(w);
    if (status == MARSAD_OK)
        status = store_records_of(w->store, w->said->id, &records, &w->memory, w->err);
    if (status == MARSAD_OK && w->said->with != NULL)
        status = store_records_of(w->store, w->said->with, &w->with, &w->memory, w->err);
    for (uint32_t i = 0; i < records.count && status == MARSAD_OK; i++)
        status = decide_one(w, records.items[i]);
    if (status == MARSAD_OK && w->changed == 0)
        status = review_refuse(w, "no record of incident '%s' can be changed so: '%s' is not for their states", w->said->id, w->step->what);
    return status;
}

marsad_status marsad_archive_decide(marsad_archive *archive, const marsad_decision *decision, int64_t now, size_t *changed, marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    review_work w = {.archive = archive, .store = &archive->store, .said = decision, .err = err};
    marsad_status status = store_begin(w.store, now, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = decide_all(&w);
    if (status == MARSAD_OK)
        status = store_commit(w.store, err);
    if (status != MARSAD_OK)
        store_rollback(w.store);
    arena_free(&w.memory);
    if (changed != NULL)
        *changed = status == MARSAD_OK ? w.changed : 0;
    return status == MARSAD_OK ? marsad_archive_refresh(archive, now, err) : status;
}
