/* Connections to PostgreSQL: made, set up, made anew; and the names of archives there. */
#include <time.h>

#include "archive/postgres.h"

enum { PAUSE_FIRST_MS = 50, PAUSE_MOST_MS = 2000 };

static void pause_for(unsigned milliseconds)
{
    const struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000L};
    nanosleep(&time, NULL);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/*
 * What a session is set to. A plan for all values is bad where most limits of a question are left out, so that each is planned for itself; in a transaction that
 * writes the same is asked again and again (keys that others refer to, for each row). New keys of search are sorted into their index many together. A client that
 * vanished is noticed by the server within a minute, so that its locks do not stay.
 */
static const char settings[] = "SET search_path = marsad, public; SET client_min_messages = warning; SET lock_timeout = '30s'; SET jit = off; SET "
                               "plan_cache_mode = force_custom_plan; SET work_mem = '32MB';"
                               "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;";

marsad_status postgres_only_read(connection *c, marsad_error *err)
{
    return postgres_run(c, "SET default_transaction_read_only = on", err);
}

/* What the server says besides answers, and the reason why it ends an idle connection; the next question fails with its own. */
static void drop_notice(void *ignored, const char *message)
{
    (void)ignored;
    (void)message;
}

marsad_status postgres_connect(connection *c, marsad_error *err)
{
    /* What stands before the name is only what it does not say itself; a key that ends the list with NULL is not given. */
    const char *const keys[] = {"connect_timeout",
                                "application_name",
                                "keepalives_idle",
                                "tcp_user_timeout",
                                "dbname",
                                "client_encoding",
                                c->is_of_primary ? "target_session_attrs" : NULL,
                                NULL};
    const char *const values[] = {"10", "marsad", "30", "30000", c->where, "UTF8", "primary", NULL};
    PQfinish(c->link);
    c->link = PQconnectdbParams(keys, values, 1);
    c->number++;
    c->is_leading = false;
    if (PQstatus(c->link) != CONNECTION_OK) {
        char told[400];
        postgres_first_line(told, PQerrorMessage(c->link));
        c->may_pass = true;
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot reach archive '%s': %s", c->shown, told);
    }
    c->may_pass = false;
    (void)PQsetNoticeProcessor(c->link, drop_notice, NULL);
    marsad_status status = postgres_run(c, settings, err);
    return status == MARSAD_OK && c->is_read_only ? postgres_only_read(c, err) : status;
}

marsad_status postgres_connect_again(connection *c, marsad_error *err)
{
    if (!postgres_is_lost(c))
        return MARSAD_OK;
    c->may_pass = true;
    if (c->is_in_transaction)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "archive '%s': the connection is lost, and the transaction with it", c->shown);
    const double end = seconds_now() + POSTGRES_PATIENCE;
    for (unsigned wait = PAUSE_FIRST_MS;; wait = 2 * wait < PAUSE_MOST_MS ? 2 * wait : PAUSE_MOST_MS) {
        const marsad_status status = postgres_connect(c, err);
        if (status == MARSAD_OK || seconds_now() > end)
            return status;
        pause_for(wait);
    }
}

/* The value of an option of the name; "" where it does not stand there. */
static const char *option_of(const PQconninfoOption *options, const char *keyword)
{
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
        if (strcmp(o->keyword, keyword) == 0 && o->val != NULL)
            return o->val;
    return "";
}

/* Of a password that was written without care ("u:p/w@host") a part is read as a port or a database. */
static bool is_shown(const PQconninfoOption *options)
{
    const char *port = option_of(options, "port");
    return port[strspn(port, "0123456789,")] == 0 && strchr(option_of(options, "dbname"), '@') == NULL &&
           strchr(option_of(options, "host"), '@') == NULL;
}

/* The name without a password, for messages: user, host, port and database alone. What the library says of a name that it cannot read may hold the password. */
bool postgres_shown(buffer *out, const char *where)
{
    PQconninfoOption *options = PQconninfoParse(where, NULL);
    const bool ok = options != NULL && is_shown(options);
    buffer_text(out, "postgresql://");
    if (ok) {
        const char *user = option_of(options, "user"), *host = option_of(options, "host"), *port = option_of(options, "port");
        buffer_format(out, "%s%s%s%s%s/%s", user, user[0] == 0 ? "" : "@", host[0] == '/' ? "" : host, port[0] == 0 ? "" : ":", port,
                      option_of(options, "dbname"));
    } else {
        buffer_text(out, "...");
    }
    buffer_add(out, "", 1);
    PQconninfoFree(options);
    return ok;
}
