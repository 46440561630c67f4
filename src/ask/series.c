/*
 * Incidents by day: how many, and how many are said to have been killed, by kind, grade, party or all together. From outlines, which are sorted by day; parties
 * stand in the bodies of incidents alone, so that counting by them reads those too.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ask/list.h"

const char *const series_columns[] = {"day", "key", "incidents", "killed_low", "killed_high", NULL};

typedef enum { BY_KIND, BY_GRADE, BY_PARTY, BY_NOTHING } series_by;

/* $1, $2 days; $3 kinds; $4 least grade; $5 governorate; $6 country; $7 place; $8 whether there is a box, $9 ... $12 its edges; $13 a party. */
/* Figures of what is planned and of longer times (flags 1 and 2) are never added to those of days. */
#define SERIES_SUMS                                                                                                                                  \
    ", count(*), sum(o.killed_low) FILTER (WHERE (o.flags & 3) = 0), CASE WHEN count(*) FILTER (WHERE (o.flags & 3) = 0 AND o.killed_low IS NOT "    \
    "NULL AND o.killed_high IS NULL) = 0 THEN sum(o.killed_high) FILTER (WHERE (o.flags & 3) = 0) END FROM outline o"
#define SERIES_LIMITS                                                                                                                                \
    " WHERE o.day BETWEEN $1 AND $2 AND (($3 >> o.kind) & 1) <> 0 AND o.grade >= $4"                                                                 \
    " AND ((CAST($5 AS TEXT) IS NULL AND CAST($6 AS TEXT) IS NULL AND CAST($7 AS TEXT) IS NULL AND $8 = 0) OR o.place IN (SELECT p.key FROM place "  \
    "p WHERE (p.admin1 = $5 OR $5 IS NULL)"                                                                                                          \
    " AND (p.country = $6 OR $6 IS NULL) AND (p.id = $7 OR p.name = $7 OR $7 IS NULL)"                                                               \
    " AND ($8 = 0 OR (p.lon BETWEEN $9 AND $11 AND p.lat BETWEEN $10 AND $12))))"                                                                    \
    " AND (CAST($13 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM incident n WHERE n.key = o.incident AND instr(n.body, $13) > 0))"

static const char *const series_sql[] = {
    [BY_KIND] = "SELECT o.day, o.kind" SERIES_SUMS SERIES_LIMITS " GROUP BY o.day, o.kind ORDER BY o.day, o.kind",
    [BY_GRADE] = "SELECT o.day, o.grade" SERIES_SUMS SERIES_LIMITS " GROUP BY o.day, o.grade ORDER BY o.day, o.grade",
    [BY_NOTHING] = "SELECT o.day, ''" SERIES_SUMS SERIES_LIMITS " GROUP BY o.day ORDER BY o.day",
    [BY_PARTY] =
        "SELECT o.day, (a.value ->> 'who') COLLATE \"BINARY\"" SERIES_SUMS
        " CROSS JOIN incident i CROSS JOIN json_each(i.body, '$.actors') a" SERIES_LIMITS " AND i.key = o.incident GROUP BY 1, 2 ORDER BY 1, 2",
};

static marsad_status read_by(series_by *out, const char *by, marsad_error *err)
{
    static const char *const names[] = {[BY_KIND] = "kind", [BY_GRADE] = "grade", [BY_PARTY] = "party", [BY_NOTHING] = ""};
    if (by == NULL)
        by = "kind";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], by) == 0) {
            *out = (series_by)i;
            return MARSAD_OK;
        }
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no series is made by '%s'", by);
}

static void put_key(row_writer *w, series_by by, int64_t number, view text)
{
    if (by == BY_KIND)
        rows_text(w, marsad_kind_name((marsad_kind)number));
    else if (by == BY_GRADE)
        rows_text(w, incident_grade_name((incident_grade)number));
    else
        rows_view(w, text);
}

static db_value text_value(const char *text)
{
    return text == NULL || text[0] == 0 ? db_null() : db_text(text);
}

static int64_t sum_or_none(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? MARSAD_NO_VALUE : db_get_int(rows, column);
}

static marsad_status list_stored(marsad_archive *archive, const marsad_question *q, const question_limits *limits, series_by by, row_writer *w,
                                 marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err, series_sql[by],
                                  DB_VALUES(db_int(limits->from), db_int(limits->to), db_int(limits->kinds), db_int(limits->grade),
                                            text_value(q->area), text_value(q->country), text_value(q->place), db_int(q->has_box), db_real(q->west),
                                            db_real(q->south), db_real(q->east), db_real(q->north), text_value(limits->party)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        rows_day(w, (int32_t)db_get_int(rows, 0));
        put_key(w, by, db_get_int(rows, 1), db_get_text(rows, 1));
        rows_integer(w, db_get_int(rows, 2));
        rows_integer(w, sum_or_none(rows, 3));
        rows_integer(w, sum_or_none(rows, 4));
        if (!rows_end(w))
            break;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- of what may leave ----------------------------------------------------------------------------------------------------------- */

/* An incident under one of its keys; then the sum of those of one day and key. */
typedef struct {
    int32_t day;
    int number;       /* kind or grade */
    const char *text; /* party */
    int64_t incidents, low, high;
    bool has_killed, is_open;
} series_point;

static int compare_points(const void *a, const void *b)
{
    const series_point *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->number != y->number ? x->number - y->number : strcmp(x->text, y->text);
}

static void count_killed(series_point *point, const incident *i)
{
    for (uint32_t f = 0; f < i->figure_count && !point->has_killed && !i->is_planned && !i->is_period; f++) {
        const incident_figure *figure = &i->figures[f];
        if (figure->of != MARSAD_KILLED || figure->group[0] != 0 || figure->low == MARSAD_NO_VALUE)
            continue;
        point->has_killed = true;
        point->low = figure->low;
        point->high = figure->high == MARSAD_NO_VALUE ? 0 : figure->high;
        point->is_open = figure->high == MARSAD_NO_VALUE;
    }
}

static void put_point(row_writer *w, series_by by, const series_point *p)
{
    rows_day(w, p->day);
    put_key(w, by, p->number, view_of(p->text));
    rows_integer(w, p->incidents);
    rows_integer(w, p->has_killed ? p->low : MARSAD_NO_VALUE);
    rows_integer(w, p->has_killed && !p->is_open ? p->high : MARSAD_NO_VALUE);
}

static void put_points(row_writer *w, series_by by, series_point *points, size_t count)
{
    qsort(points, count, sizeof *points, compare_points);
    for (size_t i = 0; i < count;) {
        series_point sum = points[i++];
        for (; i < count && compare_points(&sum, &points[i]) == 0; i++) {
            sum.incidents++;
            sum.low += points[i].low;
            sum.high += points[i].high;
            sum.has_killed = sum.has_killed || points[i].has_killed;
            sum.is_open = sum.is_open || points[i].is_open;
        }
        put_point(w, by, &sum);
        if (!rows_end(w))
            return;
    }
}

static marsad_status list_public(marsad_archive *archive, const marsad_question *q, series_by by, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    incident_list incidents;
    series_point *points = NULL;
    uint32_t count = 0, room = 0;
    marsad_status status = question_incidents(archive, q, &incidents, &memory, err);
    for (uint32_t i = 0; status == MARSAD_OK && i < incidents.count; i++) {
        const incident *item = &incidents.items[i];
        const uint32_t keys = by == BY_PARTY ? item->actor_count : 1;
        for (uint32_t k = 0; k < keys && status == MARSAD_OK; k++) {
            if (!ARENA_GROW(&memory, points, count, room)) {
                status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a series");
                break;
            }
            points[count] = (series_point){.day = item->start, .text = by == BY_PARTY ? item->actors[k].who : "", .incidents = 1};
            points[count].number = by == BY_KIND ? (int)item->kind : by == BY_GRADE ? (int)item->grade : 0;
            count_killed(&points[count++], item);
        }
    }
    if (status == MARSAD_OK && count > 0)
        put_points(w, by, points, count);
    arena_free(&memory);
    return status;
}

marsad_status list_series(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    question_limits limits;
    series_by by = BY_KIND;
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = read_by(&by, question->by, err);
    if (status != MARSAD_OK)
        return status;
    return question->publication != NULL ? list_public(archive, question, by, w, err) : list_stored(archive, question, &limits, by, w, err);
}
