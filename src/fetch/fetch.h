/*
 * Fetching news over HTTP(S), politely.
 *   fetch.c     one request: bounded in bytes, time and redirects
 *   address.c   which addresses may be asked: public ones
 *   turn.c      who is asked next, and when again after a failure; pure functions
 *
 * libcurl is used. Make the first fetcher before any threads: libcurl sets itself up then.
 */
#ifndef MARSAD_FETCH_H
#define MARSAD_FETCH_H

#include "base/base.h"

struct sockaddr;

/* --- one request -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *contact; /* how the one who asks can be reached: an address of mail or a page; part of the user agent; NULL or "": none */
    size_t most_bytes;   /* of an answer, once unpacked; 0: 16 MiB */
    unsigned seconds;    /* for the whole of a request with its redirects; 0: 30 */
    /*
     * Addresses of this machine and of local networks may be asked, for an intranet. Only where the URL itself leads there: what it redirects to
     * must be public, or the same address.
     */
    bool allow_private;
} fetch_settings;

typedef struct {
    const char *url;           /* http or https */
    const char *etag;          /* of the answer that is known already, to be told when nothing has changed; NULL or "": none */
    const char *last_modified; /* the same */
} fetch_request;

typedef struct {
    int status;         /* 200, 304 (nothing has changed), 404, 429, 500 ... */
    view bytes;         /* unpacked */
    view url;           /* behind all redirects */
    view type, charset; /* "text/html; charset=utf-8", and "utf-8" */
    view etag, last_modified;
    int64_t retry_after; /* seconds that the server asks to wait; 0: it does not say */
} fetch_response;

/* One thread's; connections are kept open between requests to the same host. */
typedef struct fetcher fetcher;

/* `settings` is copied. Errors: MARSAD_ERR_SYSTEM (memory). */
marsad_status fetcher_new(fetcher **out, const fetch_settings *settings, marsad_error *err);
void fetcher_free(fetcher *f);

/*
 * Ask for `request`. Every answer of a server is MARSAD_OK, whatever its status. What the response points at lives until the next fetch() or fetcher_free().
 * No proxy is used, certificates are checked, at most 5 redirects are followed, each checked like the first address.
 * Errors: MARSAD_ERR_ARGUMENT (no http or https URL, a private address: asking again is of no use), MARSAD_ERR_FORMAT (over the limit of bytes, damaged,
 * too many redirects), MARSAD_ERR_SYSTEM (not reached, too slow, certificate: ask later).
 */
marsad_status fetch(fetcher *f, const fetch_request *request, fetch_response *out, marsad_error *err);

/* --- addresses ---------------------------------------------------------------------------------------------------------- */

/*
 * May this address be asked: is it one of the public internet? Not so are loopback, private, link-local, multicast, reserved ones and those of
 * documentation, also where IPv6 holds one of IPv4 (mapped, 6to4, NAT64). Anything but IPv4 and IPv6 is not public.
 * Source: the IANA special-purpose address registries (RFC 6890 and its updates).
 */
bool address_is_public(const struct sockaddr *address);

/* --- turns: times are seconds since 1970 --------------------------------------------------------------------------------- */

typedef struct {
    int64_t interval; /* seconds between two good answers */
    uint64_t seed;    /* differs between feeds (view_hash() of the URL): spreads them over time */
} fetch_pace;

/*
 * When to ask a feed again that has answered or failed now.
 *   failures     in a row, this one counted; 0: the answer was good.
 *   retry_after  seconds that the server asks to wait, 0: none; kept up to a day.
 * After a failure one minute, doubled with each further one up to six hours; a quarter more or less, so that feeds that failed together do not come back together.
 */
int64_t fetch_next_try(const fetch_pace *pace, unsigned failures, int64_t retry_after, int64_t now);

/* What is to be known of a feed to choose who is asked. */
typedef struct {
    view host;     /* url_host() */
    int64_t due;   /* when to ask it */
    int64_t asked; /* when the last request to it ended; 0: never */
    bool is_busy;  /* it is being asked */
} fetch_turn;

#define FETCH_NOBODY SIZE_MAX

/*
 * The feed to ask now: of those that are due the one that has waited longest. Of one host only one is asked at a time, and again not before `gap` seconds.
 *   wait  seconds until somebody may be asked; 0 where somebody is to be asked now, INT64_MAX where that depends on one that is busy (or nobody is there).
 */
size_t fetch_next_turn(const fetch_turn *turns, size_t count, int64_t gap, int64_t now, int64_t *wait);

#endif
