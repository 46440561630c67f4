/* What an archive on PostgreSQL is made of: a schema `marsad`, brought up to date step by step; whether it is whole. */
#include <stdio.h>

#include "archive/made.h"
#include "archive/postgres.h"

/* The schema's scripts (schema/postgres-N.sql): each brings the version before to its own, and is never changed once an archive can have been made by it. */
extern const char postgres_schema_1[];
static const char *const scripts[] = {postgres_schema_1};
enum { NEWEST = sizeof scripts / sizeof *scripts };

/* --- versions ------------------------------------------------------------------------------------------------------------------- */

/* 0 where there is no archive. */
static marsad_status ask_version(connection *c, int64_t *out, marsad_error *err)
{
    int64_t is_there = 0;
    *out = 0;
    marsad_status status =
        db_ask_int(&c->base, &is_there, 0, err, "SELECT count(*) FROM pg_tables WHERE schemaname = 'marsad' AND tablename = 'version'", DB_NONE);
    return status == MARSAD_OK && is_there != 0 ? db_ask_int(&c->base, out, 0, err, "SELECT max(number) FROM version", DB_NONE) : status;
}

static marsad_status check_writing(connection *c, marsad_error *err)
{
    int64_t is_utf8 = 0;
    marsad_status status =
        db_ask_int(&c->base, &is_utf8, 0, err,
                   "SELECT count(*) FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) = 'UTF8'", DB_NONE);
    return status != MARSAD_OK || is_utf8 != 0 ? status
                                               : fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "database '%s' does not write UTF-8", c->shown);
}

marsad_status postgres_check_kind(connection *c, unsigned flags, marsad_error *err)
{
    int64_t version;
    marsad_status status = check_writing(c, err);
    if (status == MARSAD_OK)
        status = ask_version(c, &version, err);
    if (status != MARSAD_OK)
        return status;
    if (version == 0 && (flags & DB_CREATE) == 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "'%s' is no archive: 'marsad archive init' makes one", c->shown);
    if (version > NEWEST)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "archive '%s' is of version %lld, this program knows %d: use a newer one", c->shown,
                    (long long)version, (int)NEWEST);
    if (c->is_read_only && version < NEWEST)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "archive '%s' is of version %lld: open it once for writing, that makes it version %d",
                    c->shown, (long long)version, (int)NEWEST);
    return MARSAD_OK;
}

/* What tells a schema from another: columns, indexes and constraints, each a line, sorted. */
#define SCHEMA_LINES                                                                                                                                 \
    "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' "   \
    "ELSE '' END AS line FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'marsad'::regnamespace AND c.relkind = "   \
    "'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'version'"                                                                         \
    " UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'marsad'"                                                             \
    " UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE "          \
    "connamespace = 'marsad'::regnamespace"                                                                                                          \
    " UNION ALL SELECT 'function ' || oid::regprocedure || ' ' || md5(prosrc) FROM pg_proc WHERE pronamespace = 'marsad'::regnamespace"              \
    " UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM "     \
    "pg_class WHERE relnamespace = 'marsad'::regnamespace)"
#define SCHEMA_DIGEST "(SELECT md5(string_agg(line, E'\\n' ORDER BY line COLLATE \"C\")) FROM (" SCHEMA_LINES ") AS lines)"

/*
 * What is made belongs to who owns the schema, so that rights which were given ahead are those of its tables; who is no member of that role cannot make it.
 */
static marsad_status become_owner(connection *c, int64_t version, marsad_error *err)
{
    int64_t may = 0;
    marsad_status status =
        db_ask_int(&c->base, &may, 0, err,
                   "SELECT CASE WHEN pg_has_role(nspowner, 'MEMBER') THEN 1 ELSE 0 END FROM pg_namespace WHERE nspname = 'marsad'", DB_NONE);
    if (status == MARSAD_OK && may == 0)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE,
                      "archive '%s' is of version %lld: 'marsad archive init', by a member of its migrators, makes it version %d", c->shown,
                      (long long)version, (int)NEWEST);
    return status == MARSAD_OK ? made_run(&c->base, "SELECT 'SET LOCAL ROLE ' || nspowner::regrole FROM pg_namespace WHERE nspname = 'marsad'", err)
                               : status;
}

static marsad_status migrate_step(connection *c, int64_t *version, marsad_error *err)
{
    const int64_t from = *version;
    db *d = &c->base;
    marsad_status status = d->engine->begin(d, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = ask_version(c, version, err); /* another program may have come first */
    if (status == MARSAD_OK && *version == from) {
        if (from == 0)
            status = postgres_run(c,
                                  "CREATE EXTENSION IF NOT EXISTS postgis; CREATE SCHEMA IF NOT EXISTS marsad;"
                                  "CREATE TABLE marsad.version(number BIGINT PRIMARY KEY, digest TEXT NOT NULL)",
                                  err);
        else
            status = become_owner(c, from, err);
        if (status == MARSAD_OK)
            status = postgres_run(c, scripts[from], err);
        if (status == MARSAD_OK)
            status = db_run(d, err, "INSERT INTO version(number, digest) SELECT $1, " SCHEMA_DIGEST, DB_VALUES(db_int(from + 1)));
        *version = from + 1;
    }
    if (status == MARSAD_OK)
        status = d->engine->commit(d, err);
    if (status != MARSAD_OK)
        d->engine->rollback(d);
    return status;
}

marsad_status postgres_migrate(db *d, marsad_error *err)
{
    int64_t version;
    marsad_status status = ask_version(connection_of(d), &version, err);
    while (status == MARSAD_OK && version < NEWEST)
        status = migrate_step(connection_of(d), &version, err);
    return status;
}

/* --- checks ----------------------------------------------------------------------------------------------------------------------- */

/* A line for each row of a question. */
static marsad_status tell_rows(db *d, const char *sql, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        char fault[240];
        const view text = db_get_text(rows, 0);
        snprintf(fault, sizeof fault, "%.*s", (int)text.len, text.ptr);
        tell(context, fault);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Pages are checked by the server as it reads them (data checksums); what it found is told here, with what is switched off. */
marsad_status postgres_check(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    static const char *const checks[] = {
        "SELECT 'the server found ' || checksum_failures || ' damaged pages' FROM pg_stat_database WHERE datname = current_database() AND "
        "checksum_failures > 0",
        "SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace = "
        "'marsad'::regnamespace AND NOT (indisvalid AND indisready)",
        "SELECT 'constraint ' || conname || ' of ' || conrelid::regclass || ' is not checked' FROM pg_constraint WHERE connamespace = "
        "'marsad'::regnamespace AND NOT convalidated",
        "SELECT 'references of ' || tgrelid::regclass || ' are switched off' FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE c.relnamespace "
        "= "
        "'marsad'::regnamespace AND tgisinternal AND tgenabled = 'D'"};
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && status == MARSAD_OK; i++)
        status = tell_rows(d, checks[i], tell, context, err);
    return status;
}

marsad_status postgres_check_schema(db *d, void (*tell)(void *context, const char *fault), void *context, marsad_error *err)
{
    int64_t version;
    marsad_status status = ask_version(connection_of(d), &version, err);
    if (status == MARSAD_OK && version != NEWEST)
        tell(context, "the archive's version is not this program's");
    return status != MARSAD_OK
               ? status
               : tell_rows(d,
                           "SELECT 'the schema is not what it was made as' FROM version WHERE number = (SELECT max(number) FROM version) "
                           "AND digest IS DISTINCT FROM " SCHEMA_DIGEST,
                           tell, context, err);
}
