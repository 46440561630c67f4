/* The running server: what its threads share. */
#ifndef MARSAD_SERVING_H
#define MARSAD_SERVING_H

#include <microhttpd.h>
#include <pthread.h>

#include "server/routes.h"

typedef struct lanes lanes;
typedef struct events events;
typedef struct metrics metrics;
typedef struct guests guests;

struct server {
    const server_settings *settings;
    struct MHD_Daemon *daemon;
    lanes *lanes;
    events *events;
    metrics *metrics;
    guests *guests;
    json_t *schemas;           /* of what is sent and answered: schemas.json */
    _Atomic size_t body_bytes; /* of all requests that are being taken or answered */
    int socket;
    char *certificate, *key; /* PEM */
    char url[128];
};

/* --- lanes.c: threads, each with an archive of its own --------------------------------------------------------------------- */

marsad_status lanes_open(lanes **out, server *s, marsad_error *err);
/* False if too much waits in the lane. `done` is called in the worker's thread when the exchange is answered. */
bool lanes_add(lanes *l, exchange *x, void (*done)(exchange *x));
/* Answers what waits, then takes no more. */
void lanes_stop(lanes *l);
void lanes_close(lanes *l);
/* Runs what its route says, if whoever asks may. */
void exchange_run(exchange *x);

/* --- asker.c: who asks ------------------------------------------------------------------------------------------------------ */

/* False after a refusal: not logged in, not allowed, a change without the CSRF value. */
bool asker_check(exchange *x);

/* --- bodies.c: what is sent, against its schema ---------------------------------------------------------------------------------- */

marsad_status bodies_open(server *s, marsad_error *err);
void bodies_close(server *s);
/* Is `x->json` what the schema of its route says? False after a refusal. */
bool body_fits(exchange *x);

/* --- guests.c: connections and their deadlines ------------------------------------------------------------------------------- */

typedef struct guest guest;
typedef enum { GUEST_ASKS, GUEST_IS_ANSWERED, GUEST_LISTENS } guest_state;

guests *guests_open(void);
void guests_close(guests *g);
/* A connection has come; NULL when memory is out. */
guest *guests_add(guests *g, int socket);
void guests_remove(guests *g, guest *one);
void guests_tell(guests *g, guest *one, guest_state state);
size_t guests_count(guests *g);
size_t guests_answered(guests *g); /* those that wait for the rest of an answer */

/* --- events.c: what is new, told to pages that listen --------------------------------------------------------------------------- */

marsad_status events_open(events **out, server *s, marsad_error *err);
/* Ends all streams; then no more can begin. */
void events_stop(events *e);
void events_close(events *e);
/* The response of a stream; NULL when memory is out or there are too many. */
struct MHD_Response *events_response(events *e, struct MHD_Connection *connection);
/* The newest line of the log that was seen. */
int64_t events_line(events *e);

/* --- metrics.c ------------------------------------------------------------------------------------------------------------------- */

metrics *metrics_open(void);
void metrics_close(metrics *m);
/* An answer has left: `route` may be NULL. */
void metrics_count(metrics *m, const route *route, unsigned status, double seconds, size_t bytes);

/* --- page.c, answer.c, sandbox.c ----------------------------------------------------------------------------------------------- */

/* Hash, compression, and 304 where the asker has it already. */
void answer_finish(exchange *x);
/* What is published in this answer, under `profile` (NULL: "public"). */
marsad_publication server_publication(const exchange *x, const char *profile);
/* The name of the cookie of sessions. */
const char *server_cookie(const server *s);
/*
 * Gives up what serving does not need: system calls (seccomp), and files other than those of the archive and the rules (landlock), where the kernel can.
 * Threads that begin later are bound by it too.
 */
marsad_status sandbox_enter(const server_settings *settings, marsad_error *err);

#endif
