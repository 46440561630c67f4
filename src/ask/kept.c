/* Incidents and timelines out of what refresh keeps. */
#include "ask/kept.h"

#include "incident/packed.h"
#include "incident/rules.h"
#include "marking.h"
#include "views.h"

enum { INCIDENTS_AT_ONCE = 512 };

/* --- what may be used ----------------------------------------------------------------------------------------------------------- */

static marsad_status is_made(marsad_archive *archive, const char *name, const char *files, bool *out, marsad_error *err)
{
    int64_t count;
    const marsad_status status =
        db_ask_int(archive->store.db, &count, 0, err, "SELECT count(*) FROM made WHERE name = $1 AND files = $2 AND whole = 1",
                   DB_VALUES(db_text(name), db_text(files)));
    *out = status == MARSAD_OK && count > 0;
    return status;
}

marsad_status kept_for(marsad_archive *archive, const marsad_question *question, bool *out, marsad_error *err)
{
    *out = false;
    if (date_is_given(question->known) || question->publication != NULL)
        return MARSAD_OK;
    return is_made(archive, VIEWS_OF_INCIDENTS, rules_fingerprint(archive->rules), out, err);
}

/* A question of the whole: cells know no kinds, grades, places or parties. */
static bool is_of_all(const marsad_question *q)
{
    return q->id == NULL && (q->kinds == NULL || q->kinds[0] == NULL) && q->grade == NULL && q->area == NULL && q->country == NULL &&
           q->place == NULL && q->party == NULL && !q->has_box;
}

marsad_status kept_has_ledger(marsad_archive *archive, const marsad_question *question, const asked_ledger *asked, bool *out, marsad_error *err)
{
    arena memory = {0};
    const char *name = views_ledger_name(asked->agreement.id, asked->rule, &memory);
    marsad_status status =
        name == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the ledger") : kept_for(archive, question, out, err);
    if (status == MARSAD_OK && *out)
        status = is_made(archive, name, asked->files, out, err);
    *out = *out && is_of_all(question);
    arena_free(&memory);
    return status;
}

/* --- incidents -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const marsad_question *question;
    question_limits limits;
    incident_list list;
    arena memory; /* of the piece at work */
    int32_t day;  /* of the neighbourhood that was added last */
} reading;

/* Adds those of a neighbourhood that fit. */
static marsad_status add_row(reading *r, const db_rows *rows, bool tells, marsad_error *err)
{
    const uint32_t first = r->list.count;
    const marsad_status status = incidents_unpack(&r->list, db_get_blob(rows, 1), tells ? db_get_blob(rows, 2) : (view){0}, &r->memory, err);
    uint32_t kept = first;
    for (uint32_t i = first; i < r->list.count && status == MARSAD_OK; i++)
        if (question_fits(&r->list.items[i], r->question, &r->limits))
            r->list.items[kept++] = r->list.items[i];
    r->list.count = kept;
    return status;
}

static marsad_status hand_over(reading *r, kept_take *take, void *context, bool *goes_on, marsad_error *err)
{
    const marsad_status status = r->list.count == 0 ? MARSAD_OK : take(context, &r->list, goes_on, err);
    r->list = (incident_list){0};
    arena_reset(&r->memory);
    return status;
}

marsad_status kept_incidents(marsad_archive *archive, const marsad_question *question, bool tells, kept_take *take, void *context, marsad_error *err)
{
    reading r = {.question = question, .day = NO_DAY};
    db_rows *rows = NULL;
    bool goes_on = true;
    marsad_status status = question_read(&r.limits, question, err);
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, &rows, err,
                        tells ? "SELECT day, incidents, told FROM neighbourhood WHERE day BETWEEN $1 AND $2 ORDER BY day, area"
                              : "SELECT day, incidents FROM neighbourhood WHERE day BETWEEN $1 AND $2 ORDER BY day, area",
                        DB_VALUES(db_int(r.limits.from), db_int(r.limits.to)));
    while (status == MARSAD_OK && goes_on && (status = db_next(rows, err)) == MARSAD_OK) {
        const int32_t day = (int32_t)db_get_int(rows, 0);
        if (day != r.day && r.list.count >= INCIDENTS_AT_ONCE)
            status = hand_over(&r, take, context, &goes_on, err);
        r.day = day;
        if (status == MARSAD_OK && goes_on)
            status = add_row(&r, rows, tells, err);
    }
    if (status == MARSAD_END)
        status = hand_over(&r, take, context, &goes_on, err);
    db_end(rows);
    arena_free(&r.memory);
    return status;
}

static marsad_status unpack_all(db_rows *rows, incident_list *out, arena *memory, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    *out = (incident_list){0};
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        status = incidents_unpack(out, db_get_blob(rows, 0), db_get_blob(rows, 1), memory, err);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status kept_around(marsad_archive *archive, const char *record, incident_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err,
                                  "SELECT n.incidents, n.told FROM neighbourhood n WHERE (n.area, n.day) IN (SELECT i.area, i.day FROM record r JOIN"
                                  " incident i ON i.key = r.incident WHERE r.id = $1)",
                                  DB_VALUES(db_text(record)));
    if (status == MARSAD_OK)
        status = unpack_all(rows, out, memory, err);
    db_end(rows);
    return status;
}

/* --- cells of a ledger --------------------------------------------------------------------------------------------------------------- */

/* The incidents of the period's neighbourhoods in which people marked something. */
static marsad_status read_marked(marsad_archive *archive, const asked_ledger *asked, incident_list *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err,
                                  "SELECT n.incidents, n.told FROM neighbourhood n WHERE (n.area, n.day) IN (SELECT i.area, i.day FROM truce_mark m"
                                  " JOIN record r ON r.id = m.record JOIN incident i ON i.key = r.incident WHERE m.agreement = $1 AND i.day BETWEEN"
                                  " $2 AND $3) ORDER BY n.day, n.area",
                                  DB_VALUES(db_text(asked->agreement.id), db_int(asked->from), db_int(asked->to)));
    if (status == MARSAD_OK)
        status = unpack_all(rows, out, memory, err);
    db_end(rows);
    return status;
}

/* A row without a side accused tells of candidates, of which none counts. */
static bool put_cells(truce_table *out, const cell_list *cells, arena *memory)
{
    for (uint32_t i = 0; i < cells->count; i++) {
        const stored_cell *c = &cells->items[i];
        truce_cell *cell = c->accused[0] == 0 ? NULL : truce_cell_of(out, c->governorate, c->accused, c->accuser, memory);
        if (c->accused[0] != 0 && cell == NULL)
            return false;
        if (cell == NULL)
            continue;
        cell->today = cell->unmarked = (uint32_t)c->counted;
        cell->previous = (uint32_t)c->previous;
        cell->total = (uint32_t)c->total;
        cell->killed_low = c->killed_low;
        cell->killed_high = c->killed_high;
    }
    return true;
}

/* `marked`: the same cells of some neighbourhoods, with what people marked in them. */
static bool put_marks(truce_table *out, const truce_table *marked, arena *memory)
{
    for (uint32_t i = 0; i < marked->count; i++) {
        const truce_cell *own = &marked->items[i];
        if (own->today == own->unmarked && own->breaches == 0)
            continue;
        truce_cell *cell = truce_cell_of(out, own->governorate, own->accused_side, own->accuser_side, memory);
        if (cell == NULL)
            return false;
        cell->unmarked -= own->today - own->unmarked;
        cell->breaches += own->breaches;
    }
    return true;
}

static bool put_rows(truce_table *out, const cell_list *cells, arena *memory)
{
    for (uint32_t i = 0; i < cells->count; i++)
        if (cells->items[i].accused[0] == 0 && !truce_add_row(out, cells->items[i].governorate, memory))
            return false;
    return true;
}

marsad_status kept_cells(marsad_archive *archive, const asked_ledger *asked, truce_table *out, arena *memory, marsad_error *err)
{
    const char *name = views_ledger_name(asked->agreement.id, asked->rule, memory);
    cell_list cells = {0};
    incident_list incidents = {0};
    truce_ledger candidates = {0};
    truce_table marked = {0};
    marsad_status status = name == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the table")
                                        : store_cells(&archive->store, name, asked->from, asked->to, &cells, memory, err);
    if (status == MARSAD_OK)
        status = read_marked(archive, asked, &incidents, memory, err);
    if (status != MARSAD_OK)
        return status;
    bool is_fine = truce_candidates(&candidates, &asked->agreement, &incidents, asked->rule, archive->rules, memory);
    if (is_fine)
        status = marking_apply(archive, asked->agreement.id, &candidates, memory, err);
    is_fine = is_fine && (status != MARSAD_OK ||
                          (truce_tabulate(&marked, &asked->agreement, &candidates, NULL, 0, asked->from, asked->to, archive->rules, memory) &&
                           put_cells(out, &cells, memory) && put_marks(out, &marked, memory) && put_rows(out, &cells, memory)));
    return is_fine ? status : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the table");
}

/* --- control -------------------------------------------------------------------------------------------------------------------------- */

static db_value text_value(const char *text)
{
    return text == NULL ? db_null() : db_text(text);
}

/* What lies behind the last day told is no end that anybody told of (control.c). */
static void put_span(row_writer *w, const db_rows *rows, int64_t last)
{
    for (int c = 0; c < 5; c++)
        rows_view(w, db_get_text(rows, c));
    rows_real(w, db_get_real(rows, 5));
    rows_real(w, db_get_real(rows, 6));
    rows_day(w, (int32_t)db_get_int(rows, 7));
    rows_day(w, db_get_int(rows, 8) > last ? INT32_MAX : (int32_t)db_get_int(rows, 8));
    for (int c = 9; c < 12; c++)
        rows_view(w, db_get_text(rows, c));
    rows_json(w, db_get_text(rows, 12));
    rows_view(w, db_get_text(rows, 13));
}

marsad_status kept_control(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    question_limits limits;
    int64_t last = INT32_MIN;
    db_rows *rows = NULL;
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = db_ask_int(archive->store.db, &last, INT32_MIN, err, "SELECT max(last) FROM town_claim", DB_NONE);
    if (limits.to == INT32_MAX)
        limits.to = last > limits.from ? (int32_t)last : limits.from;
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, &rows, err,
                        "SELECT name, name_en, admin1, country, place, lat, lon, first_day, last_day, side, holder, status, claims, rule FROM town"
                        " WHERE first_day <= $2 AND last_day >= $1 AND (CAST($3 AS TEXT) IS NULL OR admin1 = $3) AND (CAST($4 AS TEXT) IS NULL OR country = $4)"
                        " AND (CAST($5 AS TEXT) IS NULL OR place = $5 OR name = $5) ORDER BY name, place, first_day",
                        DB_VALUES(db_int(limits.from), db_int(limits.to), text_value(question->area), text_value(question->country),
                                  text_value(question->place)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        put_span(w, rows, last);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
