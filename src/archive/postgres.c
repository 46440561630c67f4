/* The shared engine: PostgreSQL. One connection; what is lost of it is made anew. */
#include "archive/postgres.h"

#include "archive/move.h"

#include <stdio.h>
#include <stdlib.h>

/* What the locks of db.h are to the server: pg_advisory_xact_lock(ADVISORY, bit). Bit 4 is held by who leads. */
#define ADVISORY "1297240900" /* "MRSD" */
#define LOCK(bit) "SELECT pg_advisory_xact_lock(" ADVISORY ", " bit ")"

/* --- what went wrong ---------------------------------------------------------------------------------------------------------- */

bool postgres_is_lost(const connection *c)
{
    return PQstatus(c->link) != CONNECTION_OK;
}

/*
 * Whether a failure may pass by itself: the server went away or comes up (classes 08 and 57P), has no room for one more (53300), another transaction was in the way (40,
 * 55P03).
 */
static bool passes(const char *state)
{
    static const char *const beginnings[] = {"08", "57P", "53300", "40", "55P03"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(state, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

/* What was given is at fault: no value of its type (22), against a rule of the schema (23), over a limit (54). */
static bool is_refusal(const char *state)
{
    return strncmp(state, "22", 2) == 0 || strncmp(state, "23", 2) == 0 || strncmp(state, "54", 2) == 0;
}

static bool is_damage(const char *state)
{
    return strcmp(state, "XX001") == 0 || strcmp(state, "XX002") == 0;
}

static bool postgres_may_pass(const db *d)
{
    return ((const connection *)d)->may_pass;
}

void postgres_first_line(char out[400], const char *told)
{
    const size_t len = strcspn(told, "\n");
    snprintf(out, 400, "%.*s", (int)(len < 380 ? len : 380), told);
}

marsad_status postgres_failed(connection *c, const PGresult *result, marsad_error *err)
{
    char told[400];
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *primary = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    postgres_first_line(told, primary != NULL ? primary : PQerrorMessage(c->link));
    c->may_pass = postgres_is_lost(c) || (state != NULL && passes(state));
    if (postgres_is_lost(c))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "archive '%s': the connection is lost: %s", c->shown, told);
    if (state != NULL && strcmp(state, "55P03") == 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "archive '%s': another program has been writing for %d seconds or more", c->shown,
                    POSTGRES_PATIENCE);
    marsad_status status = MARSAD_ERR_SYSTEM;
    if (state != NULL && is_damage(state))
        status = MARSAD_ERR_FORMAT;
    else if (state != NULL && is_refusal(state))
        status = MARSAD_ERR_REFUSED;
    return fail(err, status, MARSAD_NOWHERE, "archive '%s': %s", c->shown, told);
}

marsad_status postgres_run(connection *c, const char *sql, marsad_error *err)
{
    PGresult *result = PQexec(c->link, sql);
    const ExecStatusType code = PQresultStatus(result);
    marsad_status status = code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK ? MARSAD_OK : postgres_failed(c, result, err);
    PQclear(result);
    return status;
}

/* --- opening ---------------------------------------------------------------------------------------------------------------------- */

static void postgres_close(db *d)
{
    connection *c = connection_of(d);
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        free(c->kept[i].sql);
    PQfinish(c->link);
    arena_free(&c->values);
    free(c->where);
    free(c->shown);
    free(c);
}

/* Who was given no more than reading reads. */
static marsad_status find_rights(connection *c, unsigned flags, marsad_error *err)
{
    int64_t may_write = 0;
    marsad_status status =
        db_ask_int(&c->base, &may_write, 0, err,
                   "SELECT CASE WHEN to_regclass('marsad.log') IS NULL OR has_table_privilege('marsad.log', 'INSERT') THEN 1 ELSE 0 END", DB_NONE);
    c->is_read_only = status == MARSAD_OK && may_write == 0;
    if (c->is_read_only)
        status = postgres_check_kind(c, flags, err);
    return status == MARSAD_OK && c->is_read_only ? postgres_only_read(c, err) : status;
}

static marsad_status postgres_open(db **out, const char *where, unsigned flags, marsad_error *err)
{
    *out = NULL;
    connection *c = calloc(1, sizeof *c);
    if (c == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an archive");
    c->base.engine = &postgres_engine;
    c->is_read_only = (flags & DB_READ_ONLY) != 0;
    c->is_of_primary = (flags & DB_PRIMARY) != 0;
    c->where = strdup(where);
    buffer shown = {0};
    const bool is_understood = postgres_shown(&shown, where);
    c->shown = shown.bytes; /* the connection's now */
    marsad_status status = MARSAD_OK;
    if (c->where == NULL || shown.failed)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an archive");
    else if (!is_understood)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "'%s' names no database: docs/postgresql.md tells how names are written", c->shown);
    if (status == MARSAD_OK)
        status = postgres_connect(c, err);
    if (status == MARSAD_OK)
        status = postgres_check_kind(c, flags, err);
    if (status == MARSAD_OK && !c->is_read_only)
        status = find_rights(c, flags, err);
    if (status != MARSAD_OK) {
        postgres_close(&c->base);
        return status;
    }
    *out = &c->base;
    return MARSAD_OK;
}

/* --- transactions ----------------------------------------------------------------------------------------------------------------- */

/* News first: who takes several takes them in one order. `for_news`: takes its lock. */
static marsad_status take_locks(connection *c, unsigned locks, const char *for_news, marsad_error *err)
{
    marsad_status status = postgres_finish_open(c, err);
    if (status == MARSAD_OK && (locks & DB_LOCK_NEWS) != 0)
        status = postgres_run(c, for_news, err);
    if (status == MARSAD_OK && (locks & DB_LOCK_VIEWS) != 0)
        status = postgres_run(c, LOCK("2"), err);
    if (status == MARSAD_OK && (locks & DB_LOCK_OUTBOX) != 0)
        status = postgres_run(c, LOCK("8"), err);
    return status;
}

/* One way there and back: what follows the lock is done under it. */
static marsad_status postgres_lock(db *d, unsigned locks, marsad_error *err)
{
    static const char for_news[] = "SET LOCAL lock_timeout = '5min'; " LOCK("1") "; SET LOCAL lock_timeout = '30s'";
    return take_locks(connection_of(d), locks, for_news, err);
}

static void postgres_rollback(db *d)
{
    connection *c = connection_of(d);
    if (!c->is_in_transaction)
        return;
    c->is_in_transaction = false;
    marsad_error ignored;
    if (!postgres_is_lost(c) && postgres_finish_open(c, &ignored) == MARSAD_OK)
        (void)postgres_run(c, "ROLLBACK", &ignored);
}

/* `sql` begins a transaction. That the connection was lost since it was used last is noticed here at the latest. */
static marsad_status begin_by(connection *c, const char *sql, marsad_error *err)
{
    marsad_status status = postgres_finish_open(c, err);
    if (status == MARSAD_OK)
        status = postgres_connect_again(c, err);
    if (status == MARSAD_OK)
        status = postgres_run(c, sql, err);
    if (status != MARSAD_OK && postgres_is_lost(c) && postgres_connect_again(c, err) == MARSAD_OK)
        status = postgres_run(c, sql, err);
    c->is_in_transaction = status == MARSAD_OK;
    c->may_pass = c->may_pass && status != MARSAD_OK;
    return status;
}

static marsad_status postgres_begin_reading(db *d, marsad_error *err)
{
    return begin_by(connection_of(d), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err);
}

static marsad_status postgres_begin(db *d, unsigned locks, marsad_error *err)
{
    marsad_status status = begin_by(connection_of(d), "BEGIN; SET LOCAL plan_cache_mode = auto", err);
    if (status != MARSAD_OK)
        return status;
    status = take_locks(connection_of(d), locks, LOCK("1"), err);
    if (status != MARSAD_OK)
        postgres_rollback(d);
    return status;
}

static marsad_status postgres_commit(db *d, marsad_error *err)
{
    connection *c = connection_of(d);
    marsad_status status = postgres_finish_open(c, err);
    if (status != MARSAD_OK)
        return status;
    PGresult *result = PQexec(c->link, "COMMIT");
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = postgres_failed(c, result, err);
    else
        c->is_in_transaction = false;
    /* A transaction in which something failed is ended without a complaint: by "ROLLBACK". */
    if (status == MARSAD_OK && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        c->may_pass = false;
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "archive '%s': nothing was stored, for a step of it had failed", c->shown);
    }
    PQclear(result);
    return status;
}

static marsad_status postgres_lead(db *d, bool *is_leading, marsad_error *err)
{
    connection *c = connection_of(d);
    const bool led = c->is_leading; /* a question may make the connection anew: then it leads no more */
    int64_t got = 0;
    marsad_status status =
        db_ask_int(d, &got, 0, err, led ? "SELECT 1" : "SELECT CASE WHEN pg_try_advisory_lock(" ADVISORY ", 4) THEN 1 ELSE 0 END", DB_NONE);
    if (!led)
        c->is_leading = status == MARSAD_OK && got != 0;
    *is_leading = status == MARSAD_OK && c->is_leading;
    return status;
}

/* Rows of others are not waited for as long as a reader would notice. */
static marsad_status postgres_run_now(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    connection *c = connection_of(d);
    marsad_status status = postgres_finish_open(c, err);
    if (status == MARSAD_OK)
        status = postgres_run(c, "SET lock_timeout = '20ms'", err);
    if (status != MARSAD_OK)
        return status;
    status = db_run(d, err, sql, values, count);
    marsad_error ignored;
    (void)postgres_run(c, "SET lock_timeout = '30s'", &ignored);
    return status;
}

static int64_t postgres_changed(const db *d)
{
    return ((const connection *)d)->changed;
}

/* --- rows in bulk ------------------------------------------------------------------------------------------------------------------- */

enum { CHUNK = 1 << 20 };

static bool put(PGconn *link, const char *bytes, size_t size)
{
    for (size_t at = 0; at < size; at += CHUNK) {
        const size_t some = size - at < CHUNK ? size - at : CHUNK;
        if (PQputCopyData(link, bytes + at, (int)some) != 1)
            return false;
    }
    return true;
}

static marsad_status postgres_send(db *d, marsad_error *err, const char *sql, view rows)
{
    static const char head[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", tail[2] = "\377\377";
    connection *c = connection_of(d);
    marsad_status status = postgres_finish_open(c, err);
    if (status != MARSAD_OK)
        return status;
    PGresult *result = PQexec(c->link, sql);
    bool ok = PQresultStatus(result) == PGRES_COPY_IN && put(c->link, head, sizeof head) && put(c->link, rows.ptr, rows.len) &&
              put(c->link, tail, sizeof tail) && PQputCopyEnd(c->link, NULL) == 1;
    while (ok) {
        PQclear(result);
        result = PQgetResult(c->link);
        if (result == NULL)
            return MARSAD_OK;
        ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    }
    /* Where memory was out the server still waits for rows, and as long as it does each result is one more that says so. */
    const bool is_waiting = PQresultStatus(result) == PGRES_COPY_IN;
    status = postgres_failed(c, is_waiting ? NULL : result, err);
    if (is_waiting)
        (void)PQputCopyEnd(c->link, "the rows could not be sent"); /* else the next statement ends it */
    do
        PQclear(result);
    while ((result = PQgetResult(c->link)) != NULL && PQresultStatus(result) != PGRES_COPY_IN);
    PQclear(result);
    return status;
}

/* --- the engine ----------------------------------------------------------------------------------------------------------------------- */

static marsad_status postgres_copy(const char *where, const char *to, marsad_error *err)
{
    const move_listener nobody = {0};
    return move_archive(where, to, &nobody, err);
}

static bool postgres_is_read_only(const db *d)
{
    return ((const connection *)d)->is_read_only;
}

const db_engine postgres_engine = {
    .name = "PostgreSQL",
    .open = postgres_open,
    .close = postgres_close,
    .ask = postgres_ask,
    .next = postgres_next,
    .end = postgres_end,
    .run_now = postgres_run_now,
    .changed = postgres_changed,
    .columns = postgres_columns,
    .type_of = postgres_type_of,
    .get_int = postgres_get_int,
    .get_real = postgres_get_real,
    .get_text = postgres_get_bytes,
    .get_blob = postgres_get_bytes,
    .begin = postgres_begin,
    .begin_reading = postgres_begin_reading,
    .lock = postgres_lock,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .lead = postgres_lead,
    .send = postgres_send,
    .migrate = postgres_migrate,
    .check = postgres_check,
    .check_schema = postgres_check_schema,
    .copy = postgres_copy,
    .may_pass = postgres_may_pass,
    .is_read_only = postgres_is_read_only,
};
