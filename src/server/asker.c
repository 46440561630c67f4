/* Who asks, and whether they may: cookie or API token → person → rights → the route's allowance. */
#include <stdio.h>

#include "server/serving.h"

static bool is_change(const exchange *x)
{
    return strcmp(x->method, "GET") != 0 && strcmp(x->method, "HEAD") != 0;
}

/* In --read-only everybody on the other end reads; nobody is known by name. */
static void everybody_reads(asker *a)
{
    a->person.rights = marsad_rights_of(1U << MARSAD_ROLE_READER);
    a->person.roles = 1U << MARSAD_ROLE_READER;
}

/* False after a refusal: the archive could not be asked. */
static bool find_asker(exchange *x)
{
    static const char bearer[] = "Bearer ";
    asker *a = &x->asker;
    marsad_error err = {0};
    marsad_status status = MARSAD_OK;
    const server_settings *s = x->server->settings;
    if (s->is_read_only) {
        if (!s->is_public)
            everybody_reads(a);
    } else if (x->authorization != NULL && strncmp(x->authorization, bearer, sizeof bearer - 1) == 0) {
        status = marsad_token_find(x->archive, x->authorization + sizeof bearer - 1, x->now, &a->person, &a->is_known, &err);
    } else if (x->session != NULL) {
        status = marsad_session_find(x->archive, x->session, x->now, &a->person, &a->is_known, &err);
        a->has_session = a->is_known;
    }
    a->is_public = s->is_public && !marsad_rights_allow(a->person.rights, MARSAD_RIGHT_READ);
    return status == MARSAD_OK || refuse_status(x, status, &err);
}

static bool is_allowed(const exchange *x)
{
    const asker *a = &x->asker;
    switch (x->route->allow) {
    case ALLOW_ALL:
        return true;
    case ALLOW_PUBLIC:
        return a->is_public || exchange_may(x, MARSAD_RIGHT_READ);
    case ALLOW_READ:
        return exchange_may(x, MARSAD_RIGHT_READ);
    case ALLOW_SELF:
        return a->has_session;
    case ALLOW_OWN:
        return a->has_session && !a->person.must_change;
    case ALLOW_REVIEW:
        return exchange_may(x, MARSAD_RIGHT_CODE) || exchange_may(x, MARSAD_RIGHT_VERIFY) || exchange_may(x, MARSAD_RIGHT_EDIT);
    case ALLOW_EDIT:
        return exchange_may(x, MARSAD_RIGHT_EDIT);
    case ALLOW_RELEASE:
        return exchange_may(x, MARSAD_RIGHT_RELEASE);
    case ALLOW_KEEP:
        return exchange_may(x, MARSAD_RIGHT_KEEP);
    case ALLOW_COUNT:
        break;
    }
    return false;
}

/* A page of another origin can make a browser send its cookie, but cannot know the value that goes with it, and the browser says where it comes from. */
static bool is_own_page(const exchange *x)
{
    if (x->fetch_site != NULL && strcmp(x->fetch_site, "same-origin") != 0 && strcmp(x->fetch_site, "none") != 0)
        return false;
    return marsad_session_csrf_is(x->session, x->csrf);
}

bool asker_check(exchange *x)
{
    if (!find_asker(x))
        return false;
    if (is_change(x) && x->server->settings->is_read_only)
        return refuse(x, 403, "read-only", "this server changes nothing");
    if (!is_allowed(x)) {
        if (x->asker.is_known && x->asker.person.must_change)
            return refuse(x, 403, "must-change", "choose a password of your own first");
        if (x->asker.is_known || x->server->settings->is_read_only)
            return refuse(x, 403, "not-allowed", "your roles do not allow this");
        return refuse(x, 401, "login-needed", "log in first");
    }
    if (is_change(x) && x->asker.has_session && !is_own_page(x))
        return refuse(x, 403, "not-from-here", "the request lacks the CSRF value of its session");
    return true;
}

bool exchange_may(const exchange *x, marsad_right right)
{
    return marsad_rights_allow(x->asker.person.rights, right);
}

const char *exchange_person(const exchange *x)
{
    return x->asker.is_known ? x->asker.person.name : NULL;
}
