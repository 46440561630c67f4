#include "archive/roles.h"

#include <stdio.h>

#include "archive/made.h"
#include "archive/tables.h"

enum { PREFIX_MOST = ROLES_PREFIX_BYTES - 1 };

marsad_status roles_check_prefix(const char *prefix, marsad_error *err)
{
    const size_t len = strlen(prefix);
    const bool begins = len > 0 && ((prefix[0] >= 'a' && prefix[0] <= 'z') || prefix[0] == '_');
    return begins && len <= PREFIX_MOST && strspn(prefix, "abcdefghijklmnopqrstuvwxyz0123456789_") == len && strncmp(prefix, "pg_", 3) != 0
               ? MARSAD_OK
               : fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "names of roles cannot begin with '%s': small letters, digits and '_', at most %d",
                      prefix, (int)PREFIX_MOST);
}

/* A role that owns the schema, and has no other two beside it, is somebody else's: an archive that was made without roles. */
marsad_status roles_find_prefix(db *d, char prefix[ROLES_PREFIX_BYTES], marsad_error *err)
{
    static const char question[] =
        "SELECT r.prefix FROM (SELECT left(o.rolname, -length('migrator')) AS prefix FROM pg_namespace n JOIN pg_roles o ON "
        "o.oid = n.nspowner WHERE n.nspname = 'marsad' AND o.rolname LIKE '%migrator') r "
        "WHERE EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r.prefix || 'reader') "
        "AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r.prefix || 'writer')";
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, question, DB_NONE);
    snprintf(prefix, ROLES_PREFIX_BYTES, "marsad_");
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view found = db_get_text(rows, 0);
        if (found.len < ROLES_PREFIX_BYTES)
            snprintf(prefix, ROLES_PREFIX_BYTES, "%.*s", (int)found.len, found.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- statements ------------------------------------------------------------------------------------------------------------------- */

/* Adds a statement in which each '@' stands for the prefix. */
static void add(buffer *out, const char *prefix, const char *sql)
{
    for (size_t len; *sql != 0; sql += len) {
        len = strcspn(sql, "@");
        buffer_add(out, sql, len);
        if (sql[len] != '@')
            continue;
        buffer_text(out, prefix);
        len++;
    }
    buffer_add(out, "", 1);
}

static marsad_status run_all(db *d, buffer *statements, marsad_error *err)
{
    marsad_status status =
        statements->failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for roles") : made_run_each(d, statements, err);
    buffer_free(statements);
    return status;
}

/* Runs what a question to the catalog makes, in which each '@' stands for the prefix. */
static marsad_status run_made(db *d, const char *prefix, const char *sql, marsad_error *err)
{
    buffer question = {0};
    add(&question, prefix, sql);
    marsad_status status =
        question.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for roles") : made_run(d, question.bytes, err);
    buffer_free(&question);
    return status;
}

/* --- roles and what they own -------------------------------------------------------------------------------------------------------- */

static marsad_status make_roles(db *d, const char *prefix, marsad_error *err)
{
    return run_made(
        d, prefix,
        "SELECT 'CREATE ROLE ' || name || ' NOLOGIN' FROM unnest(ARRAY['@reader', '@writer', '@migrator']) AS name WHERE NOT EXISTS (SELECT 1 FROM "
        "pg_roles WHERE rolname = name)",
        err);
}

/* Only a member of a role can give it something. */
static marsad_status join_migrator(db *d, const char *prefix, marsad_error *err)
{
    return run_made(d, prefix, "SELECT 'GRANT @migrator TO CURRENT_USER' WHERE NOT pg_has_role('@migrator', 'MEMBER')", err);
}

static marsad_status give_ownership(db *d, const char *prefix, marsad_error *err)
{
    static const char *const kinds[] = {
        "SELECT 'ALTER SCHEMA marsad OWNER TO @migrator' FROM pg_namespace WHERE nspname = 'marsad' AND nspowner <> '@migrator'::regrole",
        "SELECT 'ALTER TABLE ' || oid::regclass || ' OWNER TO @migrator' FROM pg_class WHERE relnamespace = 'marsad'::regnamespace AND relkind IN "
        "('r', 'p', 'v', "
        "'m') AND relowner <> '@migrator'::regrole",
        "SELECT 'ALTER ROUTINE ' || oid::regprocedure || ' OWNER TO @migrator' FROM pg_proc WHERE pronamespace = 'marsad'::regnamespace AND proowner "
        "<> "
        "'@migrator'::regrole"};
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == MARSAD_OK; i++)
        status = run_made(d, prefix, kinds[i], err);
    return status;
}

/* --- rights ------------------------------------------------------------------------------------------------------------------------- */

static void add_table(buffer *out, const char *prefix, const archive_table *table)
{
    buffer sql = {0};
    buffer_format(&sql, "GRANT INSERT ON %s TO @writer", table->name);
    buffer_add(&sql, "", 1);
    add(out, prefix, sql.failed ? "" : sql.bytes);
    sql.used = 0;
    buffer_format(&sql, "GRANT %s ON %s TO @writer", table->writer != NULL ? table->writer : "SELECT", table->name);
    buffer_add(&sql, "", 1);
    add(out, prefix, sql.failed ? "" : sql.bytes);
    out->failed = out->failed || sql.failed;
    buffer_free(&sql);
}

/* What was given before is taken back first, so that a later version may give less. Tables that nobody has told of yet are read, and added to. */
static marsad_status give_rights(db *d, const char *prefix, marsad_error *err)
{
    static const char *const before[] = {"REVOKE ALL ON ALL TABLES IN SCHEMA marsad FROM @reader, @writer",
                                         "REVOKE ALL ON ALL SEQUENCES IN SCHEMA marsad FROM @reader, @writer",
                                         "REVOKE ALL ON SCHEMA marsad FROM PUBLIC",
                                         "GRANT USAGE ON SCHEMA marsad TO @reader, @writer",
                                         "GRANT SELECT ON ALL TABLES IN SCHEMA marsad TO @reader, @writer",
                                         "GRANT USAGE ON ALL SEQUENCES IN SCHEMA marsad TO @writer",
                                         "GRANT INSERT ON article_words, place_box TO @writer",
                                         "ALTER DEFAULT PRIVILEGES FOR ROLE @migrator IN SCHEMA marsad GRANT SELECT ON TABLES TO @reader, @writer",
                                         "ALTER DEFAULT PRIVILEGES FOR ROLE @migrator IN SCHEMA marsad GRANT INSERT ON TABLES TO @writer",
                                         "ALTER DEFAULT PRIVILEGES FOR ROLE @migrator IN SCHEMA marsad GRANT USAGE ON SEQUENCES TO @writer"};
    buffer statements = {0};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        add(&statements, prefix, before[i]);
    for (const archive_table *t = archive_tables; t->name != NULL; t++)
        add_table(&statements, prefix, t);
    return run_all(d, &statements, err);
}

/* Where everybody was refused what everybody has: to come in, and tables of their own while they are there. */
static marsad_status give_database(db *d, const char *prefix, marsad_error *err)
{
    return run_made(
        d, prefix,
        "SELECT 'GRANT CONNECT, TEMPORARY ON DATABASE ' || quote_ident(current_database()) || ' TO ' || name FROM unnest(ARRAY['@reader', '@writer', "
        "'@migrator']) AS name WHERE NOT (has_database_privilege(name, current_database(), 'CONNECT') AND has_database_privilege(name, "
        "current_database(), 'TEMPORARY'))",
        err);
}

marsad_status roles_make(db *d, const char *prefix, marsad_error *err)
{
    static marsad_status (*const steps[])(db * d, const char *prefix, marsad_error *err) = {make_roles, join_migrator, give_ownership, give_rights,
                                                                                            give_database};
    marsad_status status = db_migrate(d, err);
    if (status == MARSAD_OK)
        status = db_begin(d, DB_LOCK_ALL, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == MARSAD_OK; i++)
        status = steps[i](d, prefix, err);
    if (status == MARSAD_OK)
        status = tables_check(d, err);
    if (status == MARSAD_OK)
        status = db_commit(d, err);
    if (status != MARSAD_OK)
        db_rollback(d);
    return status;
}
