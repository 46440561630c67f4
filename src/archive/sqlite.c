/* The embedded engine: SQLite. One file, WAL, every commit on the disk before it is reported. */
#include "archive/engine.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* The schema's scripts (schema/sqlite-N.sql): each brings the version before to its own, and is never changed once an archive can have been made by it. */
extern const char sqlite_schema_1[], sqlite_schema_2[], sqlite_schema_3[], sqlite_schema_4[];
static const char *const scripts[] = {sqlite_schema_1, sqlite_schema_2, sqlite_schema_3, sqlite_schema_4};

enum { STATEMENTS_MAX = 128, VALUES_MAX = 24, BUSY_MILLISECONDS = 10000, NEWEST = sizeof scripts / sizeof *scripts };

/* Stands in the file's header (schema/sqlite-1.sql): "MRSD". */
enum { APPLICATION_ID = 0x4D525344 };

typedef struct connection connection;

typedef struct {
    db_rows base;
    connection *owner;
    sqlite3_stmt *prepared;
    const char *sql; /* a literal of the program, or text that `owner` does not keep */
    bool is_kept, is_busy;
    int places[VALUES_MAX]; /* of $1, $2 ... among the statement's parameters; 0 where it has none of that name */
} query;

struct connection {
    db base;
    sqlite3 *handle;
    char *where;
    query kept[STATEMENTS_MAX]; /* prepared statements, by the address of their SQL */
};

static connection *own(db *d)
{
    return (connection *)d;
}

static sqlite3_stmt *prepared_of(const db_rows *rows)
{
    return ((const query *)rows)->prepared;
}

/* A full disk, a refused row and a damaged file are told apart: what to do about them differs. */
static marsad_status failed(connection *c, int code, marsad_error *err)
{
    assert(c != NULL);
    const int primary = code & 0xff;
    marsad_status status = MARSAD_ERR_SYSTEM;
    if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
        status = MARSAD_ERR_FORMAT;
    else if (primary == SQLITE_TOOBIG || primary == SQLITE_CONSTRAINT || primary == SQLITE_MISMATCH)
        status = MARSAD_ERR_REFUSED;
    return fail(err, status, MARSAD_NOWHERE, "archive '%s': %s", c->where, sqlite3_errmsg(c->handle));
}

static marsad_status run_script(connection *c, const char *sql, marsad_error *err)
{
    assert(c != NULL);
    const int code = sqlite3_exec(c->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? MARSAD_OK : failed(c, code, err);
}

/* --- opening ---------------------------------------------------------------------------------------------------------------- */

/* FULL: a commit that was reported survives loss of power. Cells are checked as they are read, since the file may come from anywhere. */
static const char settings[] = "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;"
                               "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=16000; PRAGMA secure_delete=OFF;";

/* Nothing is changed before it is known that the file is an archive, or empty. */
static marsad_status check_kind(connection *c, bool is_read_only, marsad_error *err)
{
    int64_t tables, application, version;
    marsad_status status = db_ask_int(&c->base, &tables, 0, err, "SELECT count(*) FROM sqlite_schema", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(&c->base, &application, 0, err, "PRAGMA application_id", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(&c->base, &version, 0, err, "PRAGMA user_version", DB_NONE);
    if (status != MARSAD_OK)
        return status;
    if ((tables > 0 || is_read_only) && application != APPLICATION_ID)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "'%s' is no archive", c->where);
    if (version > NEWEST)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "archive '%s' is of version %lld, this program knows %d: use a newer one", c->where,
                    (long long)version, (int)NEWEST);
    if (is_read_only && version < NEWEST)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "archive '%s' is of version %lld: open it once for writing, that makes it version %d",
                    c->where, (long long)version, (int)NEWEST);
    return MARSAD_OK;
}

static void sqlite_close(db *d);

static marsad_status sqlite_open(db **out, const char *where, unsigned flags, marsad_error *err)
{
    *out = NULL;
    connection *c = calloc(1, sizeof *c);
    if (c == NULL || (c->where = strdup(where)) == NULL) {
        free(c);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an archive");
    }
    c->base.engine = &sqlite_engine;

    const int mode = (flags & DB_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | ((flags & DB_CREATE) != 0 ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(where, &c->handle, mode | SQLITE_OPEN_NOMUTEX, NULL);
    marsad_status status =
        code == SQLITE_OK ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot open archive '%s': %s", where, sqlite3_errstr(code));
    if (status == MARSAD_OK) {
        sqlite3_busy_timeout(c->handle, BUSY_MILLISECONDS);
        sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        status = run_script(c, settings, err);
    }
    if (status == MARSAD_OK)
        status = check_kind(c, (flags & DB_READ_ONLY) != 0, err);
    if (status == MARSAD_OK && (flags & DB_READ_ONLY) == 0)
        status = run_script(c, "PRAGMA journal_mode=WAL", err);
    if (status != MARSAD_OK) {
        sqlite_close(&c->base);
        return status;
    }
    *out = &c->base;
    return MARSAD_OK;
}

static void sqlite_close(db *d)
{
    connection *c = own(d);
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        sqlite3_finalize(c->kept[i].prepared);
    sqlite3_close(c->handle);
    free(c->where);
    free(c);
}

static bool sqlite_is_read_only(const db *d)
{
    return sqlite3_db_readonly(((const connection *)d)->handle, "main") == 1;
}

/* --- statements --------------------------------------------------------------------------------------------------------------- */

/* The statement's place among those kept: its own, or a free one; NULL when all are taken, or it is at work already. */
static query *find_kept(connection *c, const char *sql)
{
    assert(c != NULL);
    for (size_t i = 0; i < STATEMENTS_MAX; i++) {
        query *q = &c->kept[i];
        if (q->prepared == NULL || (q->sql == sql && strcmp(sqlite3_sql(q->prepared), sql) == 0))
            return q->is_busy ? NULL : q;
    }
    return NULL;
}

/* Parameters are numbered in the order that the text names them in. */
static void find_places(query *q)
{
    for (int i = 0; i < VALUES_MAX; i++) {
        char name[32];
        snprintf(name, sizeof name, "$%d", i + 1);
        q->places[i] = sqlite3_bind_parameter_index(q->prepared, name);
    }
}

static marsad_status prepare(connection *c, query **out, const char *sql, marsad_error *err)
{
    assert(c != NULL);
    query *q = find_kept(c, sql);
    const bool is_kept = q != NULL;
    if (!is_kept && (q = calloc(1, sizeof *q)) == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a query");
    if (q->prepared == NULL) {
        const int code = sqlite3_prepare_v3(c->handle, sql, -1, is_kept ? SQLITE_PREPARE_PERSISTENT : 0, &q->prepared, NULL);
        if (code != SQLITE_OK) {
            if (!is_kept)
                free(q);
            return failed(c, code, err);
        }
    }
    if (q->sql != sql)
        find_places(q);
    q->base.engine = &sqlite_engine;
    q->owner = c;
    q->sql = sql;
    q->is_kept = is_kept;
    q->is_busy = true;
    *out = q;
    return MARSAD_OK;
}

static int bind_value(sqlite3_stmt *prepared, int at, const db_value *value)
{
    const char *bytes = value->bytes.ptr != NULL ? value->bytes.ptr : "";
    switch (value->type) {
    case DB_INTEGER:
        return sqlite3_bind_int64(prepared, at, value->integer);
    case DB_REAL:
        return sqlite3_bind_double(prepared, at, value->real);
    case DB_TEXT:
        return sqlite3_bind_text64(prepared, at, bytes, value->bytes.len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(prepared, at, bytes, value->bytes.len, SQLITE_STATIC);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(prepared, at);
}

static void sqlite_end(db_rows *rows)
{
    query *q = (query *)rows;
    assert(q != NULL);
    if (q->is_kept) {
        sqlite3_reset(q->prepared);
        sqlite3_clear_bindings(q->prepared);
        q->is_busy = false;
        return;
    }
    sqlite3_finalize(q->prepared);
    free(q);
}

static marsad_status sqlite_ask(db *d, db_rows **out, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    *out = NULL;
    query *q = NULL;
    marsad_status status = prepare(own(d), &q, sql, err);
    if (status != MARSAD_OK)
        return status;
    assert(q != NULL);
    if (count > VALUES_MAX)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a query takes %d values, not %zu", VALUES_MAX, count);
    for (size_t i = 0; status == MARSAD_OK && i < count; i++) {
        const int code = q->places[i] == 0 ? SQLITE_OK : bind_value(q->prepared, q->places[i], &values[i]);
        if (code != SQLITE_OK)
            status = failed(own(d), code, err);
    }
    if (status != MARSAD_OK) {
        sqlite_end(&q->base);
        return status;
    }
    *out = &q->base;
    return MARSAD_OK;
}

static marsad_status sqlite_next(db_rows *rows, marsad_error *err)
{
    const int code = sqlite3_step(prepared_of(rows));
    if (code == SQLITE_ROW)
        return MARSAD_OK;
    return code == SQLITE_DONE ? MARSAD_END : failed(((const query *)rows)->owner, code, err);
}

static marsad_status sqlite_run_now(db *d, marsad_error *err, const char *sql, const db_value *values, size_t count)
{
    sqlite3_busy_timeout(own(d)->handle, 0);
    const marsad_status status = db_run(d, err, sql, values, count);
    sqlite3_busy_timeout(own(d)->handle, BUSY_MILLISECONDS);
    return status;
}

static int64_t sqlite_changed(const db *d)
{
    return sqlite3_changes64(((const connection *)d)->handle);
}

static int sqlite_columns(const db_rows *rows)
{
    return sqlite3_column_count(prepared_of(rows));
}

static db_type sqlite_type_of(const db_rows *rows, int column)
{
    switch (sqlite3_column_type(prepared_of(rows), column)) {
    case SQLITE_INTEGER:
        return DB_INTEGER;
    case SQLITE_FLOAT:
        return DB_REAL;
    case SQLITE_TEXT:
        return DB_TEXT;
    case SQLITE_BLOB:
        return DB_BLOB;
    default:
        return DB_NULL;
    }
}

static int64_t sqlite_get_int(const db_rows *rows, int column)
{
    return sqlite3_column_int64(prepared_of(rows), column);
}

static double sqlite_get_real(const db_rows *rows, int column)
{
    return sqlite3_column_double(prepared_of(rows), column);
}

static view sqlite_get_text(const db_rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(prepared_of(rows), column);
    return text == NULL ? view_of("") : (view){text, (size_t)sqlite3_column_bytes(prepared_of(rows), column)};
}

static view sqlite_get_blob(const db_rows *rows, int column)
{
    const void *bytes = sqlite3_column_blob(prepared_of(rows), column);
    return bytes == NULL ? view_of("") : (view){bytes, (size_t)sqlite3_column_bytes(prepared_of(rows), column)};
}

/* --- transactions --------------------------------------------------------------------------------------------------------------- */

static marsad_status sqlite_begin(db *d, unsigned locks, marsad_error *err)
{
    (void)locks; /* one writer for everything */
    return run_script(own(d), "BEGIN IMMEDIATE", err);
}

/* Its moment is that of the first question. */
static marsad_status sqlite_begin_reading(db *d, marsad_error *err)
{
    return run_script(own(d), "BEGIN; SELECT count(*) FROM sqlite_schema", err);
}

static marsad_status sqlite_lock(db *d, unsigned locks, marsad_error *err)
{
    (void)d, (void)locks, (void)err;
    return MARSAD_OK;
}

static marsad_status sqlite_commit(db *d, marsad_error *err)
{
    return run_script(own(d), "COMMIT", err);
}

static void sqlite_rollback(db *d)
{
    if (sqlite3_get_autocommit(own(d)->handle) == 0)
        sqlite3_exec(own(d)->handle, "ROLLBACK", NULL, NULL, NULL);
}

static marsad_status sqlite_lead(db *d, bool *is_leading, marsad_error *err)
{
    (void)d, (void)err;
    *is_leading = true;
    return MARSAD_OK;
}

/* --- what SQLite does in its own way -------------------------------------------------------------------------------------------- */

/* One version further. Asked again within the transaction: another program may have come first. */
static marsad_status migrate_step(db *d, int64_t *version, marsad_error *err)
{
    const int64_t from = *version;
    char mark[48];
    snprintf(mark, sizeof mark, "PRAGMA user_version=%lld", (long long)from + 1);
    marsad_status status = sqlite_begin(d, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = db_ask_int(d, version, 0, err, "PRAGMA user_version", DB_NONE);
    if (status == MARSAD_OK && *version == from) {
        status = run_script(own(d), scripts[from], err);
        if (status == MARSAD_OK)
            status = run_script(own(d), mark, err);
        *version = from + 1;
    }
    if (status == MARSAD_OK)
        status = sqlite_commit(d, err);
    if (status != MARSAD_OK)
        sqlite_rollback(d);
    return status;
}

static marsad_status sqlite_migrate(db *d, marsad_error *err)
{
    int64_t version;
    marsad_status status = db_ask_int(d, &version, 0, err, "PRAGMA user_version", DB_NONE);
    while (status == MARSAD_OK && version < NEWEST)
        status = migrate_step(d, &version, err);
    return status;
}

static marsad_status sqlite_check(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    static const char *const checks[] = {
        "PRAGMA integrity_check(20)", "SELECT rtreecheck('place_box')",
        "SELECT 'row ' || rowid || ' of ' || \"table\" || ' points at nothing' FROM pragma_foreign_key_check LIMIT 20"};
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && status == MARSAD_OK; i++) {
        db_rows *rows;
        status = db_ask(d, &rows, err, checks[i], DB_NONE);
        while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
            char fault[240];
            const view text = db_get_text(rows, 0);
            snprintf(fault, sizeof fault, "%.*s", (int)text.len, text.ptr);
            if (strcmp(fault, "ok") != 0)
                tell(context, fault);
        }
        db_end(rows);
        if (status == MARSAD_END)
            status = MARSAD_OK;
    }
    return status;
}

static marsad_status compare_schemas(db *ours, db *fresh, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    static const char sql[] = "SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
    db_rows *a = NULL, *b = NULL;
    marsad_status status = db_ask(ours, &a, err, sql, DB_NONE), here = MARSAD_END, there = MARSAD_END;
    if (status == MARSAD_OK)
        status = db_ask(fresh, &b, err, sql, DB_NONE);
    while (status == MARSAD_OK) {
        here = db_next(a, err);
        there = db_next(b, err);
        if (here != MARSAD_OK || there != MARSAD_OK)
            break;
        if (!view_equal(db_get_text(a, 0), db_get_text(b, 0))) {
            char fault[160];
            snprintf(fault, sizeof fault, "the schema is not this program's: '%.100s'", db_get_text(a, 0).ptr);
            tell(context, fault);
            break;
        }
    }
    if (here != there && (here == MARSAD_END || there == MARSAD_END))
        tell(context, "the schema is not this program's: something is missing or too much");
    db_end(a);
    db_end(b);
    return status == MARSAD_OK && here != MARSAD_OK && here != MARSAD_END ? here : status;
}

static marsad_status sqlite_check_schema(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    db *fresh = NULL;
    int64_t ours = 0, theirs = 0;
    marsad_status status = sqlite_open(&fresh, ":memory:", DB_CREATE, err);
    if (status == MARSAD_OK)
        status = sqlite_migrate(fresh, err);
    if (status == MARSAD_OK)
        status = db_ask_int(fresh, &theirs, 0, err, "PRAGMA user_version", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(d, &ours, 0, err, "PRAGMA user_version", DB_NONE);
    if (status == MARSAD_OK && ours != theirs)
        tell(context, "the archive's version is not this program's");
    if (status == MARSAD_OK)
        status = compare_schemas(d, fresh, tell, context, err);
    db_close(fresh);
    return status;
}

const db_engine sqlite_engine = {
    .name = "SQLite",
    .open = sqlite_open,
    .close = sqlite_close,
    .ask = sqlite_ask,
    .next = sqlite_next,
    .end = sqlite_end,
    .run_now = sqlite_run_now,
    .changed = sqlite_changed,
    .columns = sqlite_columns,
    .type_of = sqlite_type_of,
    .get_int = sqlite_get_int,
    .get_real = sqlite_get_real,
    .get_text = sqlite_get_text,
    .get_blob = sqlite_get_blob,
    .begin = sqlite_begin,
    .begin_reading = sqlite_begin_reading,
    .lock = sqlite_lock,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .lead = sqlite_lead,
    .migrate = sqlite_migrate,
    .check = sqlite_check,
    .check_schema = sqlite_check_schema,
    .copy = sqlite_copy,
    .is_read_only = sqlite_is_read_only,
};
