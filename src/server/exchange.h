/*
 * One request and its answer. Made by listen.c, worked on by one thread at a time, freed by listen.c when the answer has left.
 * What a resource needs in passing it takes from `memory`, which dies with the exchange.
 */
#ifndef MARSAD_EXCHANGE_H
#define MARSAD_EXCHANGE_H

#include <jansson.h>

#include "base/base.h"
#include "base/buffer.h"
#include "marsad_people.h"
#include "server/server.h"

typedef struct server server;
typedef struct route route;

enum { QUERY_MAX = 32, SEGMENTS_MAX = 4, HEADERS_MAX = 4 };

typedef struct {
    const char *name, *value;
} parameter;

/* Who asks. */
typedef struct {
    marsad_person person;
    bool is_known;
    bool has_session; /* a browser's: changes need its CSRF value */
    bool is_public;   /* answers go through the safety profile */
} asker;

typedef struct exchange {
    server *server;
    marsad_archive *archive; /* of the worker; NULL in answers that need none */
    arena memory;
    int64_t now;

    /* the request */
    const route *route;
    const char *method, *path;
    const char *segments[SEGMENTS_MAX]; /* what stands for {id} in the route's path, decoded */
    size_t segment_count;
    parameter query[QUERY_MAX];
    size_t query_count;
    buffer body;
    json_t *json;        /* the body, once exchange_json() was called */
    const char *session; /* the cookie's; NULL: none */
    const char *authorization, *csrf, *if_none_match, *fetch_site, *content_type, *host;
    char address[64]; /* of the client; kept nowhere */
    bool accepts_gzip;
    asker asker;

    /* the answer */
    unsigned status;
    const char *type; /* media type */
    buffer out;
    const char *etag;
    const char *policy; /* Content-Security-Policy; NULL: the page's */
    bool is_gzip, is_immutable, is_stream;
    bool is_fixed; /* the answer is `fixed`, which lives as long as the program, not `out` */
    view fixed;
    parameter headers[HEADERS_MAX];
    size_t header_count;
} exchange;

/* The value of a parameter of the query; NULL if it was not given. */
const char *exchange_query(const exchange *x, const char *name);
/* The body as a JSON object that is what the route's schema says; NULL after a refusal was answered. */
json_t *exchange_json(exchange *x);
/* Is the body empty, or an empty object? False after a refusal. */
bool exchange_has_nothing(exchange *x);
/* A text of the body; NULL if it is not there. */
const char *exchange_text(const exchange *x, const char *name);
bool exchange_flag(const exchange *x, const char *name);

/* --- answers ------------------------------------------------------------------------------------------------------------ */

/* Answers `status` with {"error":{"code","message"}}; what was written before is dropped. Returns false, so that a check refuses in one line. */
bool refuse(exchange *x, unsigned status, const char *code, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same for what the library said. */
bool refuse_status(exchange *x, marsad_status status, const marsad_error *err);
/* 204, or another status without a body. */
void answer_empty(exchange *x, unsigned status);
void answer_header(exchange *x, const char *name, const char *value);
/* A download: Content-Disposition with a name of plain letters. */
void answer_download(exchange *x, const char *type, const char *name);
/* Begins a JSON answer in `j`; end it by answer_json_end(). */
void answer_json(exchange *x, json_out *j);
bool answer_json_end(exchange *x, json_out *j);

/* A cell as a JSON value. */
void answer_cell(json_out *j, const marsad_cell *cell);
/* Adds the rows of `table` as a JSON array of objects; `after` (may be NULL) receives the id of the last row if there were `question->limit`. */
bool answer_rows(exchange *x, json_out *j, const char *table, const marsad_question *question, const char **after);
/* A whole answer: {"rows":[...],"next":...}. */
bool answer_table(exchange *x, const char *table, const marsad_question *question);

/* --- questions ------------------------------------------------------------------------------------------------------------ */

enum { KINDS_MAX = 32 };

typedef struct {
    marsad_question question;
    marsad_publication publication; /* of public answers and exports */
    const char *kinds[KINDS_MAX + 1];
} asked;

/* What the query asks; false after a refusal. Public askers get the safety profile put in. */
bool exchange_question(exchange *x, asked *out);

/* Is there one of this name (NULL: yes)? False after a refusal. */
bool exchange_is_agreement(exchange *x, const char *name);
bool exchange_is_profile(exchange *x, const char *name);

/* May who asks do this? */
bool exchange_may(const exchange *x, marsad_right right);
/* Who decides, as the archive keeps it. */
const char *exchange_person(const exchange *x);

#endif
