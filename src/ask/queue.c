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

/*
 * The page is found in outlines alone (src/archive/outline.c reckons their weight), before incidents are read.
 * $1, $2 days; $3 kinds; $4 an incident's id; $5 governorate; $6 rows at most; $7 the time that leases are asked of; $8 a state of review; $9 who leases it;
 * $10, $11 least and most weight; $12 the id of the row before.
 */
#define QUEUE_COLUMNS                                                                                                                                \
    "SELECT i.id, i.kind, p.name, p.admin1, i.first_day, i.last_day, i.statements, i.chains, i.flags, i.body ->> 'figures', o.open, o.second, "      \
    "o.state, (SELECT min(l.person) FROM record r JOIN lease l ON l.record = r.id WHERE r.incident = i.key AND l.until > $7),"                       \
    " (SELECT max(l.until) FROM record r JOIN lease l ON l.record = r.id WHERE r.incident = i.key AND l.until > $7), o.weight FROM "
#define QUEUE_FOUND                                                                                                                                  \
    "(SELECT * FROM outline WHERE state IS NOT NULL AND (first_day BETWEEN $1 AND $2 OR (first_day IS NULL AND $1 <= -2147483648))"                  \
    " AND (($3 >> kind) & 1) <> 0 AND (CAST($5 AS TEXT) IS NULL OR place IN (SELECT key FROM place WHERE admin1 = $5))"                              \
    " AND weight BETWEEN $10 AND $11"
#define QUEUE_AFTER " AND (weight, day, id) < (SELECT weight, day, id FROM outline WHERE incident = (SELECT key FROM incident WHERE id = $12))"
#define QUEUE_END                                                                                                                                    \
    " ORDER BY weight DESC, day DESC, id DESC LIMIT $6) o CROSS JOIN incident i LEFT JOIN place p ON p.key = i.place WHERE i.key = o.incident"       \
    " ORDER BY o.weight DESC, o.day DESC, o.id DESC"
#define QUEUE_ID " AND incident = (SELECT key FROM incident WHERE id = $4)"
#define QUEUE_MINE " AND incident IN (SELECT r.incident FROM lease l JOIN record r ON r.id = l.record WHERE l.person = $9 AND l.until > $7)"

#define QUEUE_STATE " AND state = $8"

/* By whom or what is asked for, and whether behind a row. */
static const char queue_id_sql[] = QUEUE_COLUMNS QUEUE_FOUND QUEUE_ID QUEUE_END;
static const char *const queue_sql[][2] = {
    {QUEUE_COLUMNS QUEUE_FOUND QUEUE_END, QUEUE_COLUMNS QUEUE_FOUND QUEUE_AFTER QUEUE_END},
    {QUEUE_COLUMNS QUEUE_FOUND QUEUE_STATE QUEUE_END, QUEUE_COLUMNS QUEUE_FOUND QUEUE_STATE QUEUE_AFTER QUEUE_END},
    {QUEUE_COLUMNS QUEUE_FOUND QUEUE_MINE QUEUE_END, QUEUE_COLUMNS QUEUE_FOUND QUEUE_MINE QUEUE_AFTER QUEUE_END},
    {QUEUE_COLUMNS QUEUE_FOUND QUEUE_MINE QUEUE_STATE QUEUE_END, QUEUE_COLUMNS QUEUE_FOUND QUEUE_MINE QUEUE_STATE QUEUE_AFTER QUEUE_END},
};

enum { ID, KIND, PLACE, ADMIN1, FIRST_DAY, LAST_DAY, STATEMENTS, CHAINS, FLAGS, FIGURES, OPEN, SECOND, STATE, HOLDER, UNTIL, WEIGHT };

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
    const int64_t weight = db_get_int(rows, WEIGHT);
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
    rows_text(w, review_state_name((review_state)db_get_int(rows, STATE)));
    rows_integer(w, db_get_int(rows, OPEN));
    rows_integer(w, db_get_int(rows, SECOND));
    show_text(w, rows, HOLDER);
    rows_time(w, db_is_null(rows, UNTIL) ? MARSAD_NO_VALUE : db_get_int(rows, UNTIL));
}

/* From the least to the most that incidents of the priority weigh. */
static marsad_status read_priority(const char *priority, int64_t *least, int64_t *most, marsad_error *err)
{
    *least = 0;
    *most = INT64_MAX;
    if (priority == NULL)
        return MARSAD_OK;
    if (strcmp(priority, "A") != 0 && strcmp(priority, "B") != 0 && strcmp(priority, "C") != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no priority '%s'", priority);
    *least = priority[0] == 'A' ? WEIGHT_A : priority[0] == 'B' ? WEIGHT_B : 0;
    *most = priority[0] == 'A' ? INT64_MAX : priority[0] == 'B' ? WEIGHT_A - 1 : WEIGHT_B - 1;
    return MARSAD_OK;
}

/* The row that the page before ended with may wait no more; it keeps its place as long as its incident lives. */
static marsad_status check_after(marsad_archive *archive, const char *after, marsad_error *err)
{
    int64_t is_there;
    const marsad_status status =
        db_ask_int(archive->store.db, &is_there, 0, err, "SELECT count(*) FROM outline WHERE incident = (SELECT key FROM incident WHERE id = $1)",
                   DB_VALUES(db_text(after)));
    return status == MARSAD_OK && is_there == 0 ? fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no row '%s'", after) : status;
}

static const char *pick_sql(const marsad_question *q)
{
    const size_t row = (q->person != NULL ? 2U : 0U) + (q->state != NULL ? 1U : 0U);
    return q->id != NULL ? queue_id_sql : queue_sql[row][q->after != NULL];
}

static db_value text_value(const char *text)
{
    return text == NULL ? db_null() : db_text(text);
}

marsad_status list_queue(marsad_archive *archive, const marsad_question *q, row_writer *w, marsad_error *err)
{
    question_limits limits;
    int64_t least, most;
    marsad_status status = question_read(&limits, q, err);
    if (status == MARSAD_OK)
        status = read_priority(q->priority, &least, &most, err);
    if (status == MARSAD_OK && q->after != NULL)
        status = check_after(archive, q->after, err);
    if (status != MARSAD_OK)
        return status;
    db_rows *rows;
    status =
        db_ask(archive->store.db, &rows, err, pick_sql(q),
               DB_VALUES(db_int(limits.from), db_int(limits.to), db_int(limits.kinds), text_value(q->id), text_value(q->area),
                         db_int(q->limit == 0 ? INT64_MAX : (int64_t)q->limit), db_int(q->now), limits.state < 0 ? db_null() : db_int(limits.state),
                         text_value(q->person), db_int(least), db_int(most), text_value(q->after)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        show_row(w, rows);
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
