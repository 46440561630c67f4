/*
 * Statements and rows of PostgreSQL. Rows come one by one (single-row mode), so that a large answer is not held; when another statement is asked meanwhile, what
 * is still coming is taken in first.
 */
#include <stdio.h>
#include <stdlib.h>

#include "archive/postgres.h"

/* Types of PostgreSQL that the archive's questions give (pg_type.oid). */
enum { BOOL = 16, BYTEA = 17, INT8 = 20, INT2 = 21, INT4 = 23, TEXT = 25, FLOAT4 = 700, FLOAT8 = 701, NUMERIC = 1700 };

enum { NUMBER_BYTES = 32, COLUMNS_MAX = 32, ROWS_DROPPED_MAX = 1000 };

struct query {
    db_rows base;
    connection *owner;
    PGresult *current;      /* a row, or how it ended; NULL: the next is to be taken */
    bool is_row, is_coming; /* is_coming: the connection has more of it */
    PGresult **rest;        /* taken in */
    size_t rest_at, rest_count, rest_room;
    char numbers[COLUMNS_MAX][NUMBER_BYTES]; /* of columns that were asked for as text */
};

/* --- values ---------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int count;
    Oid types[VALUES_MAX];
    const char *bytes[VALUES_MAX];
    int lengths[VALUES_MAX], formats[VALUES_MAX];
} parameters;

/* Which of $1, $2 ... the text names. */
static uint32_t used_in(const char *sql)
{
    uint32_t used = 0;
    for (const char *at = strchr(sql, '$'); at != NULL; at = strchr(at + 1, '$')) {
        const int number = atoi(at + 1); /* NOLINT(cert-err34-c): 0 where no number follows, as in '$.name' */
        if (number >= 1 && number <= VALUES_MAX)
            used |= 1U << (number - 1);
    }
    return used;
}

/* Numbers as text, so that they fit whatever type the statement gives them; texts end with a NUL. */
static bool fill_value(parameters *p, int at, const db_value *value, arena *memory)
{
    switch (value->type) {
    case DB_INTEGER:
        p->types[at] = INT8;
        p->bytes[at] = arena_format(memory, "%lld", (long long)value->integer);
        return p->bytes[at] != NULL;
    case DB_REAL:
        p->types[at] = FLOAT8;
        p->bytes[at] = arena_format(memory, "%.17g", value->real);
        return p->bytes[at] != NULL;
    case DB_TEXT:
        p->bytes[at] = arena_string(memory, value->bytes);
        return p->bytes[at] != NULL;
    case DB_BLOB:
        p->types[at] = BYTEA;
        p->bytes[at] = value->bytes.ptr != NULL ? value->bytes.ptr : "";
        p->lengths[at] = (int)value->bytes.len;
        p->formats[at] = 1;
        return true;
    case DB_NULL:
        break;
    }
    return true;
}

/* A parameter that the statement does not name has no type to be found: it is a text. */
static bool fill_values(parameters *p, uint32_t used, const db_value *values, size_t count, arena *memory)
{
    *p = (parameters){0};
    bool ok = true;
    for (int i = 0; i < VALUES_MAX && ok; i++) {
        if ((used >> i & 1) == 0) {
            p->types[i] = TEXT;
            continue;
        }
        p->count = i + 1;
        ok = (size_t)i >= count || fill_value(p, i, &values[i], memory);
    }
    return ok;
}

/* --- statements ------------------------------------------------------------------------------------------------------------------ */

static marsad_status no_memory(const connection *c, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a query of archive '%s'", c->shown);
}

/* The statement's place among those kept: its own, or a free one; NULL when all are taken. */
static kept_statement *find_kept(connection *c, const char *sql)
{
    for (size_t i = 0; i < STATEMENTS_MAX; i++) {
        kept_statement *k = &c->kept[i];
        if (k->sql == NULL || (k->address == sql && strcmp(k->sql, sql) == 0))
            return k;
    }
    return NULL;
}

static void name_of(char out[16], const connection *c, const kept_statement *k)
{
    snprintf(out, 16, "m%zu", (size_t)(k - c->kept));
}

static marsad_status prepare(connection *c, kept_statement *k, const char *sql, const parameters *p, marsad_error *err)
{
    char name[16];
    name_of(name, c, k);
    PGresult *result = PQprepare(c->link, name, sql, p->count, p->types);
    marsad_status status = PQresultStatus(result) == PGRES_COMMAND_OK ? MARSAD_OK : postgres_failed(c, result, err);
    PQclear(result);
    if (status == MARSAD_OK && k->sql == NULL && (k->sql = strdup(sql)) == NULL)
        status = no_memory(c, err);
    k->address = sql;
    k->connection_number = c->number;
    return status;
}

static bool is_failure(const PGresult *result)
{
    const ExecStatusType code = PQresultStatus(result);
    return code != PGRES_SINGLE_TUPLE && code != PGRES_TUPLES_OK && code != PGRES_COMMAND_OK;
}

/* Sends the statement and takes the first of what comes back. */
static marsad_status start(connection *c, query *q, const char *sql, const db_value *values, size_t count, marsad_error *err)
{
    kept_statement *k = find_kept(c, sql);
    parameters p;
    arena_reset(&c->values);
    if (!fill_values(&p, k != NULL && k->sql != NULL ? k->used : used_in(sql), values, count, &c->values))
        return no_memory(c, err);
    if (k != NULL && k->sql == NULL)
        k->used = used_in(sql);
    marsad_status status = k != NULL && (k->sql == NULL || k->connection_number != c->number) ? prepare(c, k, sql, &p, err) : MARSAD_OK;
    if (status != MARSAD_OK)
        return status;
    char name[16] = "";
    if (k != NULL)
        name_of(name, c, k);
    const int sent = k != NULL ? PQsendQueryPrepared(c->link, name, p.count, p.bytes, p.lengths, p.formats, 1)
                               : PQsendQueryParams(c->link, sql, p.count, p.types, p.bytes, p.lengths, p.formats, 1);
    if (sent != 1 || PQsetSingleRowMode(c->link) != 1)
        return postgres_failed(c, NULL, err);
    q->is_coming = true;
    q->current = PQgetResult(c->link);
    if (!is_failure(q->current))
        return MARSAD_OK;
    status = postgres_failed(c, q->current, err);
    PQclear(q->current);
    for (PGresult *more; (more = PQgetResult(c->link)) != NULL;)
        PQclear(more);
    q->current = NULL;
    q->is_coming = false;
    return status;
}

static bool only_reads(const char *sql)
{
    return strncmp(sql, "SELECT", 6) == 0 || strncmp(sql, "WITH", 4) == 0;
}

marsad_status postgres_ask(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    connection *c = connection_of(d);
    *out = NULL;
    if (count > VALUES_MAX)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a query takes %d values, not %zu", VALUES_MAX, count);
    query *q = calloc(1, sizeof *q);
    if (q == NULL)
        return no_memory(c, err);
    q->base.engine = &postgres_engine;
    q->owner = c;
    marsad_status status = postgres_finish_open(c, err);
    if (status == MARSAD_OK)
        status = postgres_connect_again(c, err);
    if (status == MARSAD_OK)
        status = start(c, q, sql, values, count, err);
    if (status != MARSAD_OK && postgres_is_lost(c) && !c->is_in_transaction && only_reads(sql) && postgres_connect_again(c, err) == MARSAD_OK)
        status = start(c, q, sql, values, count, err);
    if (status != MARSAD_OK) {
        free(q);
        return status;
    }
    c->open = q->is_coming ? q : NULL;
    *out = &q->base;
    return MARSAD_OK;
}

/* --- rows ------------------------------------------------------------------------------------------------------------------------ */

/* The next result of the query, wherever it is; NULL behind the last. */
static PGresult *take_result(query *q)
{
    if (q->rest_at < q->rest_count)
        return q->rest[q->rest_at++];
    PGresult *result = q->is_coming ? PQgetResult(q->owner->link) : NULL;
    if (result == NULL && q->is_coming) {
        q->is_coming = false;
        q->owner->open = NULL;
    }
    return result;
}

static marsad_status keep_rest(query *q, PGresult *result, marsad_error *err)
{
    if (q->rest_count == q->rest_room) {
        const size_t room = q->rest_room == 0 ? 64 : 2 * q->rest_room;
        PGresult **more = realloc(q->rest, room * sizeof(PGresult *));
        if (more == NULL) {
            PQclear(result);
            return no_memory(q->owner, err);
        }
        q->rest = more;
        q->rest_room = room;
    }
    q->rest[q->rest_count++] = result;
    return MARSAD_OK;
}

marsad_status postgres_finish_open(connection *c, marsad_error *err)
{
    query *q = c->open;
    marsad_status status = MARSAD_OK;
    for (PGresult *result; q != NULL && (result = PQgetResult(c->link)) != NULL;)
        if (status == MARSAD_OK)
            status = keep_rest(q, result, err);
        else
            PQclear(result);
    if (q != NULL)
        q->is_coming = false;
    c->open = NULL;
    return status;
}

marsad_status postgres_next(db_rows *rows, marsad_error *err)
{
    query *q = (query *)rows;
    if (q->is_row) {
        PQclear(q->current);
        q->current = NULL;
        q->is_row = false;
    }
    if (q->current == NULL)
        q->current = take_result(q);
    if (q->current == NULL)
        return MARSAD_END;
    if (PQresultStatus(q->current) == PGRES_SINGLE_TUPLE) {
        q->is_row = true;
        return MARSAD_OK;
    }
    const marsad_status status = is_failure(q->current) ? postgres_failed(q->owner, q->current, err) : MARSAD_END;
    q->owner->changed = atoll(PQcmdTuples(q->current)); /* NOLINT(cert-err34-c): "" for a statement that changes no rows */
    PQclear(q->current);
    for (q->current = NULL; (q->current = take_result(q)) != NULL;)
        PQclear(q->current);
    return status;
}

/* Of a long answer that nobody wants the server is told to stop; not in a transaction, which would end with it. */
static void cancel(const connection *c)
{
    char ignored[256];
    PGcancel *order = PQgetCancel(c->link);
    if (order != NULL)
        PQcancel(order, ignored, sizeof ignored);
    PQfreeCancel(order);
}

void postgres_end(db_rows *rows)
{
    query *q = (query *)rows;
    PQclear(q->current);
    PGresult *result;
    for (size_t dropped = 1; (result = take_result(q)) != NULL; dropped++) {
        PQclear(result);
        if (dropped == ROWS_DROPPED_MAX && !q->owner->is_in_transaction)
            cancel(q->owner);
    }
    free(q->rest);
    free(q);
}

/* --- cells ------------------------------------------------------------------------------------------------------------------------- */

static const PGresult *row_of(const db_rows *rows)
{
    return ((const query *)rows)->current;
}

static uint64_t big_endian(const char *bytes, int count)
{
    uint64_t value = 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* A sum of whole numbers: digits of base 10000 behind their count, weight, sign and scale. */
static int64_t whole_of_numeric(const char *bytes)
{
    enum { HEAD = 8, NEGATIVE = 0x4000 };
    const int count = (int)big_endian(bytes, 2);
    const int16_t weight = (int16_t)big_endian(bytes + 2, 2);
    int64_t value = 0;
    for (int i = 0; i <= weight; i++)
        value = value * 10000 + (i < count ? (int64_t)big_endian(bytes + HEAD + 2 * (size_t)i, 2) : 0);
    return big_endian(bytes + 4, 2) == NEGATIVE ? -value : value;
}

int postgres_columns(const db_rows *rows)
{
    return PQnfields(row_of(rows));
}

db_type postgres_type_of(const db_rows *rows, int column)
{
    if (PQgetisnull(row_of(rows), 0, column))
        return DB_NULL;
    switch (PQftype(row_of(rows), column)) {
    case BOOL:
    case INT2:
    case INT4:
    case INT8:
    case NUMERIC:
        return DB_INTEGER;
    case FLOAT4:
    case FLOAT8:
        return DB_REAL;
    case BYTEA:
        return DB_BLOB;
    default:
        return DB_TEXT;
    }
}

double postgres_get_real(const db_rows *rows, int column)
{
    const char *bytes = PQgetvalue(row_of(rows), 0, column);
    if (postgres_type_of(rows, column) != DB_REAL)
        return postgres_type_of(rows, column) == DB_TEXT ? strtod(bytes, NULL) : (double)postgres_get_int(rows, column);
    double value;
    float narrow;
    const uint64_t bits = big_endian(bytes, PQgetlength(row_of(rows), 0, column));
    const uint32_t few = (uint32_t)bits;
    memcpy(&value, &bits, sizeof value);
    memcpy(&narrow, &few, sizeof narrow);
    return PQftype(row_of(rows), column) == FLOAT8 ? value : (double)narrow;
}

int64_t postgres_get_int(const db_rows *rows, int column)
{
    const char *bytes = PQgetvalue(row_of(rows), 0, column);
    if (PQgetisnull(row_of(rows), 0, column))
        return 0;
    switch (PQftype(row_of(rows), column)) {
    case BOOL:
        return bytes[0];
    case INT2:
        return (int16_t)big_endian(bytes, 2);
    case INT4:
        return (int32_t)big_endian(bytes, 4);
    case INT8:
        return (int64_t)big_endian(bytes, 8);
    case NUMERIC:
        return whole_of_numeric(bytes);
    case FLOAT4:
    case FLOAT8:
        return (int64_t)postgres_get_real(rows, column);
    default:
        return strtoll(bytes, NULL, 10);
    }
}

view postgres_get_bytes(const db_rows *rows, int column)
{
    query *q = (query *)rows;
    if (PQgetisnull(q->current, 0, column))
        return view_of("");
    switch (postgres_type_of(rows, column)) {
    case DB_INTEGER:
    case DB_REAL: {
        if (column >= COLUMNS_MAX)
            return view_of("");
        char *number = q->numbers[column];
        if (postgres_type_of(rows, column) == DB_REAL)
            snprintf(number, NUMBER_BYTES, "%.17g", postgres_get_real(rows, column));
        else
            snprintf(number, NUMBER_BYTES, "%lld", (long long)postgres_get_int(rows, column));
        return view_of(number);
    }
    default:
        return (view){PQgetvalue(q->current, 0, column), (size_t)PQgetlength(q->current, 0, column)};
    }
}

/* --- rows in bulk ------------------------------------------------------------------------------------------------------------------- */

static void add_cell(buffer *out, const db_value *value)
{
    uint64_t bits = (uint64_t)value->integer;
    if (value->type == DB_REAL)
        memcpy(&bits, &value->real, sizeof bits);
    switch (value->type) {
    case DB_NULL:
        buffer_number(out, UINT32_MAX, 4);
        break;
    case DB_INTEGER:
    case DB_REAL: {
        const int size = value->is_narrow ? 4 : 8;
        buffer_number(out, (uint64_t)size, 4);
        buffer_number(out, bits, size);
        break;
    }
    case DB_TEXT:
    case DB_BLOB:
        buffer_number(out, value->bytes.len, 4);
        buffer_add(out, value->bytes.ptr == NULL ? "" : value->bytes.ptr, value->bytes.len);
        break;
    }
}

void db_bulk_row(buffer *out, const db_value *values, size_t count)
{
    buffer_number(out, count, 2);
    for (size_t i = 0; i < count; i++)
        add_cell(out, &values[i]);
}
