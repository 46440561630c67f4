/*
 * Incidents and the map made anew from the statements: of what the safety profile lets out, or as they were known on a day; some days at a time, until the page is
 * full. The stored tables hold what is withheld and what became known later, so nothing is taken from them but the days on which there is anything.
 */
#include <jansson.h>
#include <stdlib.h>

#include "ask/list.h"

enum { DAYS_AT_ONCE = 14, MAP_ROWS_MOST = 50000 };

/* A page on its way. */
typedef struct {
    marsad_archive *archive;
    marsad_question question; /* of the days at work */
    row_writer *w;
    bool (*put)(row_writer *w, const incident *i, arena *memory); /* false: the incident has no row */
    bool is_newest_first;
    int32_t from, to; /* days that are left to ask */
    size_t left;      /* rows */
    const char *after;
} anew_page;

static const statement_place *place_of(const incident *i)
{
    return i->place_count == 0 ? NULL : i->places[0];
}

static const char *text_or_null(const char *text)
{
    return text[0] == 0 ? NULL : text;
}

/* Parts of the body that the archive keeps of an incident, as JSON. */
static void put_part(row_writer *w, const json_t *body, const char *key)
{
    const json_t *part = json_object_get(body, key);
    char *text = part == NULL ? NULL : json_dumps(part, JSON_COMPACT);
    w->failed = w->failed || text == NULL;
    rows_json(w, view_of(text == NULL ? "null" : text));
    free(text);
}

static bool put_incident(row_writer *w, const incident *i, arena *memory)
{
    stored_incident kept;
    if (!archive_keep_incident(&kept, i, "", i->start, memory)) {
        w->failed = true;
        return false;
    }
    json_t *body = json_loadb(kept.body.ptr, kept.body.len, 0, NULL);
    const statement_place *place = place_of(i);
    const bool has_point = place != NULL && place->precision != MARSAD_PRECISION_NONE;
    rows_text(w, i->id);
    rows_day(w, i->start);
    rows_day(w, i->end);
    rows_text(w, marsad_kind_name(i->kind));
    rows_text(w, place == NULL ? NULL : text_or_null(place->norm));
    rows_text(w, place == NULL ? NULL : text_or_null(place->name_en));
    rows_text(w, place == NULL ? NULL : text_or_null(place->admin1));
    rows_text(w, place == NULL ? NULL : text_or_null(place->country));
    if (has_point) {
        rows_real(w, place->lat);
        rows_real(w, place->lon);
    } else {
        rows_text(w, NULL);
        rows_text(w, NULL);
    }
    put_part(w, body, "actors");
    put_part(w, body, "targets");
    put_part(w, body, "figures");
    rows_integer(w, i->statement_count);
    rows_integer(w, i->articles);
    rows_integer(w, i->chains);
    rows_text(w, incident_grade_name(i->grade));
    rows_flags(w, archive_flags_of(i));
    json_decref(body);
    return true;
}

static bool put_point(row_writer *w, const incident *i, arena *memory)
{
    (void)memory;
    const statement_place *place = place_of(i);
    if (place == NULL || place->precision == MARSAD_PRECISION_NONE)
        return false;
    rows_text(w, i->id);
    rows_real(w, place->lat);
    rows_real(w, place->lon);
    rows_text(w, marsad_kind_name(i->kind));
    rows_text(w, incident_grade_name(i->grade));
    rows_day(w, i->start);
    rows_integer(w, i->chains);
    rows_flags(w, archive_flags_of(i));
    rows_text(w, marsad_precision_name(place->precision));
    return true;
}

/* --- days ---------------------------------------------------------------------------------------------------------------------------- */

/* The days that are asked for and of which there are records; incidents without any day stand before all. */
static marsad_status find_days(anew_page *p, const question_limits *limits, marsad_error *err)
{
    int64_t first, last = 0;
    db *d = p->archive->store.db;
    marsad_status status = db_ask_int(d, &first, 0, err, "SELECT min(day) FROM record WHERE day > -2147483648", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(d, &last, 0, err, "SELECT max(day) FROM record", DB_NONE);
    p->from = limits->from > first - 1 ? limits->from : (int32_t)first - 1;
    p->to = limits->to < last + 1 ? limits->to : (int32_t)last + 1;
    return status;
}

/* Days before the row that the page before ended with need not be asked again. */
static marsad_status skip_days(anew_page *p, marsad_error *err)
{
    int64_t day;
    if (p->after == NULL)
        return MARSAD_OK;
    const marsad_status status =
        db_ask_int(p->archive->store.db, &day, NO_DAY, err, "SELECT day FROM incident WHERE id = $1 AND gone IS NULL", DB_VALUES(db_text(p->after)));
    if (status == MARSAD_OK && day >= p->from && day <= p->to && p->is_newest_first)
        p->to = (int32_t)day;
    else if (status == MARSAD_OK && day >= p->from && day <= p->to)
        p->from = (int32_t)day;
    return status;
}

/* The next days of the page, as the question's own. */
static void take_days(anew_page *p)
{
    const bool is_all = p->to - p->from < DAYS_AT_ONCE;
    if (p->is_newest_first) {
        p->question.to = day_date(p->to);
        p->to = is_all ? p->from - 1 : p->to - DAYS_AT_ONCE;
        p->question.from = day_date(p->to + 1);
    } else {
        p->question.from = day_date(p->from);
        p->from = is_all ? p->to + 1 : p->from + DAYS_AT_ONCE;
        p->question.to = day_date(p->from - 1);
    }
}

/* --- pages --------------------------------------------------------------------------------------------------------------------------- */

static bool put_rows(anew_page *p, const incident_list *incidents, arena *memory)
{
    for (uint32_t n = 0; n < incidents->count && p->left > 0; n++) {
        const incident *i = &incidents->items[p->is_newest_first ? incidents->count - 1 - n : n];
        if (p->after != NULL) {
            p->after = strcmp(i->id, p->after) == 0 ? NULL : p->after;
            continue;
        }
        if (!p->put(p->w, i, memory))
            continue;
        p->left--;
        if (!rows_end(p->w))
            return false;
    }
    return true;
}

static marsad_status put_page(anew_page *p, marsad_error *err)
{
    arena memory = {0};
    marsad_status status = MARSAD_OK;
    for (bool goes_on = true; goes_on && status == MARSAD_OK && p->left > 0 && p->from <= p->to;) {
        incident_list incidents;
        take_days(p);
        status = question_incidents(p->archive, &p->question, &incidents, &memory, err);
        goes_on = status == MARSAD_OK && put_rows(p, &incidents, &memory);
        arena_reset(&memory);
    }
    if (status == MARSAD_OK && p->after != NULL)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no row '%s'", p->after);
    arena_free(&memory);
    return status;
}

static marsad_status list_page(anew_page *p, const marsad_question *question, marsad_error *err)
{
    question_limits limits;
    p->question = *question;
    p->left = question->limit == 0 ? SIZE_MAX : question->limit;
    p->after = question->after;
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = find_days(p, &limits, err);
    if (status == MARSAD_OK)
        status = skip_days(p, err);
    return status == MARSAD_OK ? put_page(p, err) : status;
}

/* One incident by its id needs no search through days. */
static marsad_status list_one(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    incident_list incidents = {0};
    const marsad_status status = question_incident(archive, question, &incidents, &memory, err);
    for (uint32_t i = 0; status == MARSAD_OK && i < incidents.count; i++)
        if (strcmp(incidents.items[i].id, question->id) == 0 && put_incident(w, &incidents.items[i], &memory))
            rows_end(w);
    arena_free(&memory);
    return status;
}

marsad_status list_incidents_anew(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    if (question->id != NULL)
        return list_one(archive, question, w, err);
    anew_page page = {.archive = archive, .w = w, .put = put_incident};
    return list_page(&page, question, err);
}

marsad_status list_map_anew(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    anew_page page = {.archive = archive, .w = w, .put = put_point, .is_newest_first = true};
    marsad_question asked = *question;
    asked.limit = question->limit == 0 || question->limit > MAP_ROWS_MOST ? MAP_ROWS_MOST : question->limit;
    return list_page(&page, &asked, err);
}
