/* What a person who begins the day asks: what came in and from whom nothing did, what waits, what changed. */
#include <stdio.h>

#include "ask/list.h"

const char *const intake_columns[] = {"outlet", "articles", "copies", "records", "newest", "stored", "silent_days", NULL};
const char *const summary_columns[] = {"articles",     "copies",        "records",      "incidents", "open",     "to_verify", "in_work", "accepted",
                                       "needs_source", "cannot_verify", "contradicted", "duplicate", "rejected", "problems",  NULL};
const char *const changed_columns[] = {"incident", "time", "what", "old", "new", "kind", "place", "day", NULL};

enum { DAY_SECONDS = 86400 };

static int32_t day_or_none(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? NO_DAY : (int32_t)db_get_int(rows, column);
}

/* --- intake ------------------------------------------------------------------------------------------------------------------------ */

/* $1, $2 days of publication. Outlets that gave something before them and nothing within have a row of zeros. */
static const char intake_sql[] =
    "SELECT a.outlet, count(*) FILTER (WHERE a.published BETWEEN $1 AND $2), count(*) FILTER (WHERE a.published BETWEEN $1 AND $2 AND a.chain <> "
    "a.key), sum(CASE WHEN a.published BETWEEN $1 AND $2 THEN (SELECT count(*) FROM record r WHERE r.article = a.key) ELSE 0 END), max(a.published),"
    " max(a.stored) FROM article a WHERE a.outlet <> '' AND a.published <= $2 GROUP BY a.outlet ORDER BY a.outlet LIMIT $3";

/* The day that silence is counted to: the last of those asked for, today, or that of the newest article. */
static marsad_status last_day(marsad_archive *archive, const marsad_question *q, const question_limits *limits, int64_t *out, marsad_error *err)
{
    *out = limits->to;
    if (limits->to == INT32_MAX && q->now > 0)
        *out = q->now / DAY_SECONDS;
    else if (limits->to == INT32_MAX)
        return db_ask_int(archive->store.db, out, 0, err, "SELECT max(published) FROM article", DB_NONE);
    return MARSAD_OK;
}

marsad_status list_intake(marsad_archive *archive, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    int64_t last = 0;
    db_rows *rows = NULL;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = last_day(archive, q, &limits, &last, err);
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, &rows, err, intake_sql,
                        DB_VALUES(db_int(limits.from), db_int(limits.to), db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const int64_t silent = last - db_get_int(rows, 4);
        rows_view(w, db_get_text(rows, 0));
        for (int c = 1; c <= 3; c++)
            rows_integer(w, db_get_int(rows, c));
        rows_day(w, day_or_none(rows, 4));
        rows_time(w, db_get_int(rows, 5));
        rows_integer(w, silent < 0 ? 0 : silent);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- summary ------------------------------------------------------------------------------------------------------------------------ */

/* $1, $2 days: of publication for articles, of what they tell for records and incidents; $3, $4 the same as times, of ingests. */
static const char summary_sql[] =
    "WITH told AS (SELECT state, verified, count(*) AS n FROM record WHERE day BETWEEN $1 AND $2 GROUP BY state, verified)"
    " SELECT (SELECT count(*) FROM article WHERE published BETWEEN $1 AND $2), (SELECT count(*) FROM article WHERE published BETWEEN $1 AND $2 AND "
    "chain <> key), (SELECT sum(n) FROM told), (SELECT count(*) FROM outline WHERE day BETWEEN $1 AND $2), (SELECT sum(n) FROM told WHERE state IN "
    "(0, 1, 3)), (SELECT sum(n) FROM told WHERE state = 2 AND verified = 0), (SELECT sum(n) FROM told WHERE state = 1), (SELECT sum(n) FROM told "
    "WHERE state = 2), (SELECT sum(n) FROM told WHERE state = 3), (SELECT sum(n) FROM told WHERE state = 4), (SELECT sum(n) FROM told WHERE state = "
    "5), (SELECT sum(n) FROM told WHERE state = 6), (SELECT sum(n) FROM told WHERE state = 7), (SELECT sum(problems) FROM batch WHERE begun BETWEEN "
    "$3 AND $4)";

marsad_status list_summary(marsad_archive *archive, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    db_rows *rows = NULL;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, &rows, err, summary_sql,
                        DB_VALUES(db_int(limits.from), db_int(limits.to), db_int((int64_t)limits.from * DAY_SECONDS),
                                  db_int(((int64_t)limits.to + 1) * DAY_SECONDS - 1)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    for (size_t c = 0; status == MARSAD_OK && c < w->column_count; c++)
        rows_integer(w, db_get_int(rows, (int)c)); /* of nothing: 0 */
    if (status == MARSAD_OK)
        rows_end(w);
    db_end(rows);
    return status;
}

/* --- changed ------------------------------------------------------------------------------------------------------------------------- */

/* $1 from when; $2, $3 days of incidents; $4 an incident; $5 kinds; $6 rows at most. What was before the first change of each, and what is after its last. */
static const char changed_sql[] =
    "SELECT l.incident, l.time, l.what, f.old, l.new, i.kind, p.name, i.day FROM (SELECT min(key) AS first, max(key) AS last FROM incident_change"
    " WHERE time >= $1 AND (incident = $4 OR $4 IS NULL) GROUP BY incident, what) c JOIN incident_change f ON f.key = c.first"
    " JOIN incident_change l ON l.key = c.last JOIN incident i ON i.id = l.incident LEFT JOIN place p ON p.key = i.place"
    " WHERE i.gone IS NULL AND f.old IS DISTINCT FROM l.new AND i.day BETWEEN $2 AND $3 AND (($5 >> i.kind) & 1) <> 0 ORDER BY l.key DESC LIMIT $6";

/* The change of a grade is kept by number, that of a figure as JSON. */
static void put_value(row_writer *w, const db_rows *rows, int column, bool is_grade)
{
    char grade[48];
    if (db_is_null(rows, column)) {
        rows_text(w, NULL);
    } else if (is_grade) {
        const int length = snprintf(grade, sizeof grade, "\"%s\"", incident_grade_name((incident_grade)db_get_int(rows, column)));
        rows_json(w, (view){grade, (size_t)length});
    } else {
        rows_json(w, db_get_text(rows, column));
    }
}

marsad_status list_changed(marsad_archive *archive, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    db_rows *rows = NULL;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = db_ask(archive->store.db, &rows, err, changed_sql,
                        DB_VALUES(db_int(q->since), db_int(limits.from), db_int(limits.to), q->id == NULL ? db_null() : db_text(q->id),
                                  db_int(limits.kinds), db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const bool is_grade = view_equal(db_get_text(rows, 2), view_of("grade"));
        rows_view(w, db_get_text(rows, 0));
        rows_time(w, db_get_int(rows, 1));
        rows_view(w, db_get_text(rows, 2));
        put_value(w, rows, 3, is_grade);
        put_value(w, rows, 4, is_grade);
        rows_text(w, marsad_kind_name((marsad_kind)db_get_int(rows, 5)));
        if (db_is_null(rows, 6))
            rows_text(w, NULL);
        else
            rows_view(w, db_get_text(rows, 6));
        rows_day(w, day_or_none(rows, 7));
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
