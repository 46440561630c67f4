/* Tables of the archive, and what is put together of several. */
#include <stdio.h>
#include <time.h>

#include "server/serving.h"

void table_get(exchange *x)
{
    asked a;
    if (exchange_question(x, &a))
        answer_table(x, x->route->table, &a.question);
}

/* `at` is both bounds. */
void control_get(exchange *x)
{
    asked a;
    const char *at = exchange_query(x, "at");
    if (!exchange_question(x, &a))
        return;
    if (at != NULL && marsad_date_parse(&a.question.from, view_of(at), NULL) != MARSAD_OK) {
        refuse(x, 400, "bad-request", "'%s' of 'at' is no day YYYY-MM-DD", at);
        return;
    }
    if (at != NULL)
        a.question.to = a.question.from;
    answer_table(x, "control", &a.question);
}

/* --- incidents --------------------------------------------------------------------------------------------------------------- */

static void answer_geojson(exchange *x, const asked *a)
{
    marsad_error err = {0};
    const marsad_publication publication = a->publication;
    x->out.used = 0;
    x->status = 200;
    x->type = "application/geo+json";
    const marsad_status status = marsad_archive_export(x->archive, "geojson", &a->question, &publication, buffer_write, &x->out, &err);
    if (status != MARSAD_OK)
        refuse_status(x, status, &err);
}

void incidents_get(exchange *x)
{
    asked a;
    const char *format = exchange_query(x, "format");
    if (!exchange_question(x, &a))
        return;
    if (format != NULL && strcmp(format, "geojson") == 0 && a.question.words != NULL)
        refuse(x, 400, "bad-request", "GeoJSON cannot be asked by words");
    else if (format != NULL && strcmp(format, "geojson") == 0)
        answer_geojson(x, &a);
    else if (format != NULL && strcmp(format, "json") != 0)
        refuse(x, 400, "bad-request", "'format' is json or geojson");
    else
        answer_table(x, "incidents", &a.question);
}

/* "name":[rows] */
static bool put_table(exchange *x, json_out *j, const char *name, const char *table, const marsad_question *question)
{
    json_key(j, name);
    return answer_rows(x, j, table, question, NULL);
}

/* The first row as an object; what there is beside it is not shown. */
static bool put_only_row(exchange *x, json_out *j, const char *name, const char *table, const marsad_question *question, const char *missing)
{
    buffer rows = {0};
    json_out list = {.write = buffer_write, .context = &rows};
    marsad_question first = *question;
    first.limit = 1;
    const bool ok = answer_rows(x, &list, table, &first, NULL) && json_flush(&list) && !rows.failed;
    const bool is_there = ok && rows.used > 2; /* "[]" */
    if (is_there) {
        json_key(j, name);
        json_raw(j, (view){rows.bytes + 1, rows.used - 2});
    }
    buffer_free(&rows);
    if (ok && !is_there)
        return refuse(x, 404, "not-there", "no %s '%s'", missing, question->id);
    return ok;
}

/* An object with its one row and the tables that go with it. */
typedef struct {
    const char *name, *table;
    bool is_within; /* not for the public */
} part;

typedef struct {
    const char *name, *table, *what; /* of the one row; `what` is told where there is none */
    part parts[5];                   /* ends with one without a name */
    size_t most;                     /* rows of each part; 0: all */
} whole;

static void answer_whole(exchange *x, const whole *w)
{
    asked a;
    json_out j;
    if (!exchange_question(x, &a))
        return;
    a.question.limit = 0;
    answer_json(x, &j);
    json_object(&j);
    if (!put_only_row(x, &j, w->name, w->table, &a.question, w->what))
        return;
    a.question.limit = w->most;
    for (const part *p = w->parts; p->name != NULL; p++)
        if (!(p->is_within && x->asker.is_public) && !put_table(x, &j, p->name, p->table, &a.question))
            return;
    json_end_object(&j);
    answer_json_end(x, &j);
}

void incident_get(exchange *x)
{
    static const whole incident = {"incident",
                                   "incidents",
                                   "incident",
                                   {{"statements", "statements", false},
                                    {"why", "grounds", true},
                                    {"history", "decisions", true},
                                    {"records", "records", true},
                                    {NULL, NULL, false}},
                                   0};
    answer_whole(x, &incident);
}

void article_get(exchange *x)
{
    static const whole article = {"article", "texts", "article", {{"records", "records", true}, {NULL, NULL, false}}, 0};
    answer_whole(x, &article);
}

void record_get(exchange *x)
{
    static const whole record = {"record", "records", "record", {{"history", "decisions", true}, {NULL, NULL, false}}, 0};
    answer_whole(x, &record);
}

void summary_get(exchange *x)
{
    static const whole summary = {"counts", "summary", "archive", {{"changed", "changed", true}, {NULL, NULL, false}}, 100};
    answer_whole(x, &summary);
}

/* --- the map: columns once, rows as arrays, for there are many ------------------------------------------------------------------ */

typedef struct {
    json_out *j;
    size_t rows;
} point_writing;

static bool put_point(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    point_writing *w = context;
    if (w->rows++ == 0) {
        json_key(w->j, "columns");
        json_array(w->j);
        for (size_t c = 0; c < count; c++)
            json_string(w->j, view_of(columns[c]));
        json_end_array(w->j);
        json_key(w->j, "rows");
        json_array(w->j);
    }
    json_array(w->j);
    for (size_t c = 0; c < count; c++)
        answer_cell(w->j, &cells[c]);
    json_end_array(w->j);
    return !w->j->failed;
}

void map_get(exchange *x)
{
    asked a;
    json_out j;
    marsad_error err = {0};
    if (!exchange_question(x, &a))
        return;
    point_writing w = {.j = &j};
    answer_json(x, &j);
    json_object(&j);
    const marsad_status status = marsad_archive_list(x->archive, "map", &a.question, put_point, &w, &err);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    if (w.rows == 0) {
        json_key(&j, "columns");
        json_array(&j);
        json_end_array(&j);
        json_key(&j, "rows");
        json_array(&j);
    }
    json_end_array(&j);
    json_put_bool(&j, "more", w.rows == a.question.limit);
    json_end_object(&j);
    answer_json_end(x, &j);
}

/* --- articles and records ------------------------------------------------------------------------------------------------------- */

/* As a download of no type, for it is whatever somebody else wrote. */
void evidence_get(exchange *x)
{
    marsad_evidence about;
    marsad_error err = {0};
    answer_download(x, "application/octet-stream", "evidence.bin");
    const marsad_status status = marsad_archive_evidence(x->archive, x->segments[0], &about, buffer_write, &x->out, &err);
    if (status == MARSAD_ERR_ARGUMENT)
        refuse(x, 404, "not-there", "%s", err.message);
    else if (status != MARSAD_OK)
        refuse_status(x, status, &err);
    else
        answer_header(x, "X-Marsad-SHA256", arena_string(&x->memory, view_of(about.sha256)));
}
