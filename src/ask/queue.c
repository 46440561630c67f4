/*
 * The queue of review: incidents that wait for a person, the weightiest first.
 *
 * What they weigh: 4 people are said to have been killed or wounded; 3 the sources' figures exclude each other; 3 somebody denies it; 2 it rests on two
 * independent chains or more, so that it can be graded; 1 it waits for a second person alone. 6 and more is A, 3 to 5 B, less C. docs/review.md says why.
 */
#include <jansson.h>
#include <stdio.h>

#include "ask/list.h"
#include "base/buffer.h"
#include "review_steps.h"

enum { WEIGHT_A = 6, WEIGHT_B = 3 };

/* $1, $2 days; $3 kinds; $4 an incident's id; $5 governorate; $6 rows at most; $7 the time that leases are asked of. */
static const char queue_sql[] =
    "WITH waiting AS (SELECT incident, count(*) FILTER (WHERE state IN (0, 1, 3)) AS open, count(*) FILTER (WHERE state = 2) AS second, min(CASE "
    "state WHEN 1 THEN 0 WHEN 0 THEN"
    " 1 WHEN 3 THEN 2 ELSE 3 END) AS first, min(id) AS record FROM record WHERE incident IS NOT NULL AND (state IN (0, 1, 3) OR (state = 2 AND "
    "verified"
    " = 0)) GROUP BY incident)"
    " SELECT i.id, i.kind, p.name, p.admin1, i.first_day, i.last_day, i.statements, i.chains, i.flags, i.body ->> '$.figures', w.open, w.second, "
    "w.first,"
    " (SELECT min(l.person) FROM lease l JOIN record r ON r.id = l.record WHERE r.incident = i.key AND l.until > $7),"
    " (SELECT max(l.until) FROM lease l JOIN record r ON r.id = l.record WHERE r.incident = i.key AND l.until > $7),"
    " CASE WHEN i.body LIKE '%\"of\":\"killed\"%' OR i.body LIKE '%\"of\":\"wounded\"%' THEN 4 ELSE 0 END + CASE WHEN (i.flags & 16) > 0 THEN 3 ELSE "
    "0 END"
    " + CASE WHEN (i.flags & 8) > 0 THEN 3 ELSE 0 END + CASE WHEN i.chains > 1 THEN 2 ELSE 0 END + CASE WHEN w.open = 0 THEN 1 ELSE 0 END AS weight"
    " FROM waiting w JOIN incident i ON i.key = w.incident LEFT JOIN place p ON p.key = i.place"
    " WHERE i.gone IS NULL AND (i.first_day BETWEEN $1 AND $2 OR (i.first_day IS NULL AND $1 <= -2147483648)) AND (($3 >> i.kind) & 1) = 1"
    " AND ($4 IS NULL OR i.id = $4) AND ($5 IS NULL OR p.admin1 = $5) ORDER BY weight DESC, i.first_day DESC, i.id LIMIT $6";

enum { ID, KIND, PLACE, ADMIN1, FIRST_DAY, LAST_DAY, STATEMENTS, CHAINS, FLAGS, FIGURES, OPEN, SECOND, FIRST_STATE, HOLDER, UNTIL, WEIGHT };

const char *const queue_columns[] = {"priority", "id",   "kind",  "place", "admin1",    "first_day", "last_day",     "statements",
                                     "chains",   "flag", "state", "open",  "to_verify", "leased_to", "leased_until", NULL};

static void add_flag(buffer *out, const char *flag)
{
    buffer_format(out, "%s%s", out->used > 0 ? ", " : "", flag);
}

/* "killed differ 3-7": figures of which the statements exclude each other. */
static void add_figures(buffer *out, view figures)
{
    json_t *list = json_loadb(figures.ptr, figures.len, 0, NULL);
    size_t i;
    json_t *figure;
    json_array_foreach(list, i, figure)
    {
        const char *of = json_string_value(json_object_get(figure, "of")), *group = json_string_value(json_object_get(figure, "group"));
        const json_t *high = json_object_get(figure, "high");
        if (!json_is_true(json_object_get(figure, "disputed")) || of == NULL || (group != NULL && group[0] != 0))
            continue;
        buffer_format(out, "%s%s: numbers differ %lld", out->used > 0 ? ", " : "", of, (long long)json_integer_value(json_object_get(figure, "low")));
        if (json_is_integer(high))
            buffer_format(out, "-%lld", (long long)json_integer_value(high));
        else
            buffer_text(out, "+");
    }
    json_decref(list);
}

static void show_flag(row_writer *w, const db_rows *rows)
{
    buffer flag = {0};
    const int64_t flags = db_get_int(rows, FLAGS);
    add_figures(&flag, db_get_text(rows, FIGURES));
    if ((flags & INCIDENT_DENIED) != 0)
        add_flag(&flag, "denied");
    if (db_is_null(rows, PLACE))
        add_flag(&flag, "no known place");
    if ((flags & INCIDENT_REPORTED) != 0)
        add_flag(&flag, "no day told");
    rows_view(w, (view){flag.bytes, flag.used});
    w->failed = w->failed || flag.failed;
    buffer_free(&flag);
}

static void show_day(row_writer *w, const db_rows *rows, int column)
{
    rows_day(w, db_is_null(rows, column) ? NO_DAY : (int32_t)db_get_int(rows, column));
}

static void show_text(row_writer *w, const db_rows *rows, int column)
{
    if (db_is_null(rows, column))
        rows_text(w, NULL);
    else
        rows_view(w, db_get_text(rows, column));
}

static void show_row(row_writer *w, const db_rows *rows)
{
    static const review_state states[] = {STATE_IN_WORK, STATE_NEW, STATE_NEEDS_SOURCE, STATE_ACCEPTED};
    const int64_t weight = db_get_int(rows, WEIGHT), first = db_get_int(rows, FIRST_STATE);
    rows_text(w, weight >= WEIGHT_A ? "A" : weight >= WEIGHT_B ? "B" : "C");
    show_text(w, rows, ID);
    rows_text(w, marsad_kind_name((marsad_kind)db_get_int(rows, KIND)));
    show_text(w, rows, PLACE);
    show_text(w, rows, ADMIN1);
    show_day(w, rows, FIRST_DAY);
    show_day(w, rows, LAST_DAY);
    rows_integer(w, db_get_int(rows, STATEMENTS));
    rows_integer(w, db_get_int(rows, CHAINS));
    show_flag(w, rows);
    rows_text(w, review_state_name(states[first >= 0 && first < 4 ? first : 1]));
    rows_integer(w, db_get_int(rows, OPEN));
    rows_integer(w, db_get_int(rows, SECOND));
    show_text(w, rows, HOLDER);
    rows_time(w, db_is_null(rows, UNTIL) ? MARSAD_NO_VALUE : db_get_int(rows, UNTIL));
}

marsad_status list_queue(marsad_archive *archive, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    marsad_status status = question_read(&limits, q, err);
    if (status != MARSAD_OK)
        return status;
    db_rows *rows;
    status = db_ask(archive->store.db, &rows, err, queue_sql,
                    DB_VALUES(db_int(limits.from), db_int(limits.to), db_int(limits.kinds), q->id == NULL ? db_null() : db_text(q->id),
                              q->area == NULL ? db_null() : db_text(q->area), db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit), db_int(q->now)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        show_row(w, rows);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
