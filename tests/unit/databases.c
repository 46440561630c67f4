#include "databases.h"

#include "unit.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/db.h"

enum { URL_BYTES = 512 };

static char url[URL_BYTES];
static bool has_template;

static const char *cluster(void)
{
    const char *named = getenv("MARSAD_TEST_POSTGRES");
    return named == NULL || named[0] == 0 ? NULL : named;
}

bool databases_are_wanted(void)
{
    return cluster() != NULL;
}

/* The cluster's URL with another database: "postgresql://somebody@host:port/NAME". */
static const char *url_of(char out[URL_BYTES], const char *name)
{
    const char *whole = cluster(), *host = strstr(whole, "://"), *slash = host == NULL ? NULL : strchr(host + 3, '/');
    snprintf(out, URL_BYTES, "%.*s/%s", slash == NULL ? (int)strlen(whole) : (int)(slash - whole), whole, name);
    return out;
}

/* Returns the rows that the last statement changed. */
static int run(const char *where, const char *sql)
{
    PGconn *link = PQconnectdb(where);
    PQclear(PQexec(link, "SET client_min_messages = warning"));
    PGresult *result = PQexec(link, sql);
    const ExecStatusType status = PQresultStatus(result);
    const int changed = atoi(PQcmdTuples(result)); /* NOLINT(cert-err34-c): "" where a statement changes no rows */
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(link));
    PQclear(result);
    PQfinish(link);
    return changed;
}

/* "marsad_1234_name": two programs, and two runs, do not meet. */
static const char *name_of(char out[96], const char *name)
{
    snprintf(out, 96, "marsad_%ld_%.60s", (long)getpid(), name);
    return out;
}

static void make_template(const char *name)
{
    char sql[160], where[URL_BYTES];
    snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" LOCALE_PROVIDER icu ICU_LOCALE 'ar' TEMPLATE template0", name);
    run(cluster(), sql);
    run(url_of(where, name), "CREATE EXTENSION postgis; CREATE FUNCTION zeroblob(size bigint) RETURNS bytea LANGUAGE sql AS $$ SELECT "
                             "decode(repeat('00', CAST(size AS integer)), 'hex') $$");
    db *made;
    marsad_error err = {0};
    if (db_open(&made, where, DB_CREATE, &err) != MARSAD_OK || db_migrate(made, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    db_close(made);
    has_template = true;
}

const char *database_anew(const char *name)
{
    char own[96], template[96], sql[256];
    name_of(own, name);
    name_of(template, "template");
    if (!has_template)
        make_template(template);
    snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)", own);
    run(cluster(), sql);
    snprintf(sql, sizeof sql, "CREATE DATABASE \"%s\" TEMPLATE \"%s\"", own, template);
    run(cluster(), sql);
    return url_of(url, own);
}

int databases_end(void **state)
{
    (void)state;
    char prefix[96], sql[256];
    if (!has_template)
        return 0;
    PGconn *link = PQconnectdb(cluster());
    snprintf(sql, sizeof sql, "SELECT format('DROP DATABASE %%I WITH (FORCE)', datname) FROM pg_database WHERE starts_with(datname, '%s')",
             name_of(prefix, ""));
    PGresult *made = PQexec(link, sql);
    for (int i = 0; i < PQntuples(made); i++)
        PQclear(PQexec(link, PQgetvalue(made, i, 0)));
    PQclear(made);
    PQfinish(link);
    has_template = false;
    return 0;
}

void archive_change(const char *where, const char *sql)
{
    if (strstr(where, "://") != NULL) {
        char whole[2048];
        snprintf(whole, sizeof whole, "SET search_path = marsad, public; %s", sql);
        if (run(where, whole) == 0)
            fail_msg("%s: nothing was changed", sql);
        return;
    }
    sqlite3 *db;
    assert_int_equal(sqlite3_open(where, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK || sqlite3_total_changes(db) == 0)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}
