/* What a request asks, and how it is answered. */
#include <stdio.h>
#include <stdlib.h>

#include "server/serving.h"

/* --- the request ---------------------------------------------------------------------------------------------------------- */

const char *exchange_query(const exchange *x, const char *name)
{
    for (size_t i = 0; i < x->query_count; i++)
        if (strcmp(x->query[i].name, name) == 0 && x->query[i].value[0] != 0)
            return x->query[i].value;
    return NULL;
}

json_t *exchange_json(exchange *x)
{
    json_error_t wrong;
    if (x->json == NULL)
        x->json = json_loadb(x->body.bytes, x->body.used, JSON_REJECT_DUPLICATES, &wrong);
    if (x->json == NULL)
        refuse(x, 400, "bad-request", "the body is no JSON: %s", wrong.text);
    else if (!json_is_object(x->json))
        refuse(x, 400, "bad-request", "the body is no JSON object");
    return json_is_object(x->json) && body_fits(x) ? x->json : NULL;
}

bool exchange_has_nothing(exchange *x)
{
    return x->body.used == 0 || exchange_json(x) != NULL;
}

const char *exchange_text(const exchange *x, const char *name)
{
    return json_string_value(json_object_get(x->json, name));
}

bool exchange_flag(const exchange *x, const char *name)
{
    return json_is_true(json_object_get(x->json, name));
}

/* --- answers -------------------------------------------------------------------------------------------------------------- */

static void answer_begin(exchange *x, unsigned status, const char *type)
{
    x->out.used = 0;
    x->status = status;
    x->type = type;
}

bool refuse(exchange *x, unsigned status, const char *code, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    json_out j = {.write = buffer_write, .context = &x->out};
    answer_begin(x, status, "application/json");
    json_object(&j);
    json_key(&j, "error");
    json_object(&j);
    json_put_text(&j, "code", code);
    json_put_text(&j, "message", message);
    json_end_object(&j);
    json_end_object(&j);
    json_flush(&j);
    return false;
}

bool refuse_status(exchange *x, marsad_status status, const marsad_error *err)
{
    if (status == MARSAD_ERR_ARGUMENT)
        return refuse(x, 400, "bad-request", "%s", err->message);
    /* The reason names files of the server: that is for whoever runs it. */
    fprintf(stderr, "%s %s: %s\n", x->route->method, x->route->path, err->message);
    return status == MARSAD_ERR_SYSTEM ? refuse(x, 503, "busy", "this cannot be done now; the server's log tells why")
                                       : refuse(x, 500, "damaged", "the archive or a file of the server is damaged; the server's log tells where");
}

void answer_empty(exchange *x, unsigned status)
{
    answer_begin(x, status, NULL);
}

void answer_header(exchange *x, const char *name, const char *value)
{
    if (x->header_count < HEADERS_MAX && value != NULL)
        x->headers[x->header_count++] = (parameter){name, value};
}

void answer_download(exchange *x, const char *type, const char *name)
{
    answer_begin(x, 200, type);
    answer_header(x, "Content-Disposition", arena_format(&x->memory, "attachment; filename=\"%s\"", name));
}

void answer_json(exchange *x, json_out *j)
{
    answer_begin(x, 200, "application/json");
    *j = (json_out){.write = buffer_write, .context = &x->out};
}

bool answer_json_end(exchange *x, json_out *j)
{
    return (json_flush(j) && !x->out.failed) || refuse(x, 503, "busy", "out of memory for the answer");
}

/* --- tables --------------------------------------------------------------------------------------------------------------- */

typedef struct {
    json_out *j;
    arena *memory;
    size_t rows;
    const char *last; /* the first column of the last row: its id */
    size_t limit;
} row_writing;

void answer_cell(json_out *j, const marsad_cell *cell)
{
    switch (cell->type) {
    case MARSAD_CELL_INTEGER:
        json_integer(j, cell->integer);
        break;
    case MARSAD_CELL_REAL:
        json_real(j, cell->real, 6);
        break;
    case MARSAD_CELL_TEXT:
        json_string(j, cell->text);
        break;
    case MARSAD_CELL_JSON:
        json_raw(j, cell->text);
        break;
    default:
        json_null(j);
    }
}

/* What stands behind `after` on the next page. */
static const char *id_of(arena *memory, const marsad_cell *cell)
{
    return cell->type == MARSAD_CELL_INTEGER ? arena_format(memory, "%lld", (long long)cell->integer)
           : cell->type == MARSAD_CELL_TEXT  ? arena_string(memory, cell->text)
                                             : NULL;
}

static size_t column_of_id(const char *const *columns, size_t count)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c], "id") == 0)
            return c;
    return 0;
}

static bool put_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    row_writing *w = context;
    json_object(w->j);
    for (size_t c = 0; c < count; c++) {
        json_key(w->j, columns[c]);
        answer_cell(w->j, &cells[c]);
    }
    json_end_object(w->j);
    if (++w->rows == w->limit)
        w->last = id_of(w->memory, &cells[column_of_id(columns, count)]);
    return !w->j->failed;
}

bool answer_rows(exchange *x, json_out *j, const char *table, const marsad_question *question, const char **after)
{
    row_writing w = {.j = j, .memory = &x->memory, .limit = question->limit};
    marsad_error err = {0};
    json_array(j);
    const marsad_status status = marsad_archive_list(x->archive, table, question, put_row, &w, &err);
    json_end_array(j);
    if (after != NULL)
        *after = w.last;
    return status == MARSAD_OK || refuse_status(x, status, &err);
}

bool answer_table(exchange *x, const char *table, const marsad_question *question)
{
    json_out j;
    const char *after = NULL;
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "rows");
    if (!answer_rows(x, &j, table, question, &after))
        return false;
    json_put_name(&j, "next", strstr(x->route->parameters, "after") != NULL ? after : NULL); /* of tables that have pages */
    json_end_object(&j);
    return answer_json_end(x, &j);
}
