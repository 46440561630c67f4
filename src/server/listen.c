/* Connections: from bytes to exchanges and back, with the limits that keep one client from taking the server from the others. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "server/serving.h"

enum {
    CONNECTION_MEMORY = 32 * 1024, /* headers and all */
    IDLE_SECONDS = 30,
    THREADS = 2,
    BODY_USUAL = 64 * 1024,
    BODIES_MOST = 256 * 1024 * 1024 /* of all clients together: nobody needs to be known to send one */
};

/* What listen.c knows of an exchange beyond what resources do. */
typedef struct {
    exchange x; /* first: a resource's exchange is its delivery */
    struct MHD_Connection *connection;
    guest *guest;
    struct timespec began;
    bool is_done;       /* answered, by a worker */
    bool is_refused;    /* before its body was taken */
    size_t taken, sent; /* bytes of the body, of the answer */
} delivery;

/* --- the request ------------------------------------------------------------------------------------------------------------- */

static const char *header_of(struct MHD_Connection *c, const char *name)
{
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static enum MHD_Result take_parameter(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    exchange *x = context;
    if (x->query_count < QUERY_MAX)
        x->query[x->query_count] = (parameter){name, value == NULL ? "" : value};
    x->query_count++; /* one too many is refused */
    return MHD_YES;
}

/* The client's address, for delays of logins alone. */
static void read_address(exchange *x, struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
    if (address != NULL && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, x->address, sizeof x->address);
    else if (address != NULL && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, x->address, sizeof x->address);
}

static void read_headers(exchange *x, struct MHD_Connection *c)
{
    x->session = MHD_lookup_connection_value(c, MHD_COOKIE_KIND, server_cookie(x->server));
    x->authorization = header_of(c, "Authorization");
    x->csrf = header_of(c, "X-Marsad-CSRF");
    x->if_none_match = header_of(c, "If-None-Match");
    x->fetch_site = header_of(c, "Sec-Fetch-Site");
    x->content_type = header_of(c, "Content-Type");
    x->host = header_of(c, "Host");
    const char *encodings = header_of(c, "Accept-Encoding");
    x->accepts_gzip = encodings != NULL && strstr(encodings, "gzip") != NULL;
    read_address(x, c);
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, take_parameter, x);
}

static bool is_host(const char *host, size_t len, const char *name)
{
    return strlen(name) == len && view_is((view){host, len}, name);
}

/* A name that somebody else's DNS gives to this machine is no name of it: that keeps pages of other origins out. */
static bool is_our_host(const exchange *x)
{
    const server_settings *s = x->server->settings;
    if (x->host == NULL)
        return false;
    const char *bracket = x->host[0] == '[' ? strchr(x->host, ']') : NULL, *colon = strchr(bracket != NULL ? bracket : x->host, ':');
    const size_t len = colon == NULL ? strlen(x->host) : (size_t)(colon - x->host);
    char bracketed[80];
    snprintf(bracketed, sizeof bracketed, "[%s]", s->address);
    if (is_host(x->host, len, s->address) || is_host(x->host, len, bracketed) || is_host(x->host, len, "localhost") ||
        is_host(x->host, len, "127.0.0.1") || is_host(x->host, len, "[::1]"))
        return true;
    for (const char *const *name = s->hosts; name != NULL && *name != NULL; name++)
        if (is_host(x->host, len, *name))
            return true;
    return false;
}

/* Is `name` one of the words of `list`? */
static bool has_parameter(const char *list, const char *name)
{
    const size_t len = strlen(name);
    for (const char *at = list; *at != 0; at += strspn(at, " ")) {
        const size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, name, len) == 0)
            return true;
        at += word;
    }
    return false;
}

/* What is misspelt would else be left out in silence, and the answer would be of another question. */
static bool has_known_query(exchange *x)
{
    if (x->query_count > QUERY_MAX)
        return refuse(x, 400, "bad-request", "more than %d parameters", QUERY_MAX);
    for (size_t i = 0; i < x->query_count; i++) {
        if (x->route->parameters != NULL && !has_parameter(x->route->parameters, x->query[i].name))
            return refuse(x, 400, "bad-request", "no parameter '%s' here", x->query[i].name);
        if (utf8_invalid(view_of(x->query[i].value)) != MARSAD_NOWHERE)
            return refuse(x, 400, "bad-request", "'%s' is no UTF-8", x->query[i].name);
    }
    return true;
}

static bool is_json(const char *type)
{
    static const char json[] = "application/json";
    return type != NULL && strncmp(type, json, sizeof json - 1) == 0 && strchr("; ", type[sizeof json - 1]) != NULL;
}

static bool has_right_body(exchange *x)
{
    if (x->route->body != NULL && !is_json(x->content_type))
        return refuse(x, 415, "bad-request", "the body is sent as application/json");
    return true;
}

/* Everything that can be refused before the body is taken. */
static bool check_head(exchange *x)
{
    if (!is_our_host(x))
        return refuse(x, 421, "not-here", "this server is not called '%s'", x->host == NULL ? "" : x->host);
    x->route = route_find(x);
    return x->route != NULL && has_known_query(x) && has_right_body(x);
}

/* --- the answer -------------------------------------------------------------------------------------------------------------- */

static void put_header(struct MHD_Response *r, const char *name, const char *value)
{
    if (value != NULL)
        MHD_add_response_header(r, name, value);
}

static const char content_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
                                     "font-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static void put_safety(struct MHD_Response *r, const exchange *x)
{
    put_header(r, "Content-Security-Policy", x->policy != NULL ? x->policy : content_policy);
    put_header(r, "X-Content-Type-Options", "nosniff");
    put_header(r, "Referrer-Policy", "no-referrer");
    put_header(r, "Cross-Origin-Opener-Policy", "same-origin");
    put_header(r, "Cross-Origin-Resource-Policy", "same-origin");
    put_header(r, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    if (x->server->settings->certificate != NULL)
        put_header(r, "Strict-Transport-Security", "max-age=31536000");
}

/* The bytes of `x->out` belong to the response from now on. */
static struct MHD_Response *response_of(delivery *d)
{
    exchange *x = &d->x;
    struct MHD_Response *r;
    if (x->is_fixed) {
        d->sent = x->fixed.len;
        r = MHD_create_response_from_buffer(x->fixed.len, (void *)(uintptr_t)x->fixed.ptr, MHD_RESPMEM_PERSISTENT);
    } else {
        d->sent = x->out.used;
        r = MHD_create_response_from_buffer(x->out.used, x->out.bytes, MHD_RESPMEM_MUST_FREE);
        if (r != NULL)
            x->out = (buffer){0};
    }
    if (r == NULL)
        return NULL;
    put_header(r, "Content-Type", x->type);
    put_header(r, "Content-Encoding", x->is_gzip ? "gzip" : NULL);
    put_header(r, "Vary", "Accept-Encoding, Cookie");
    put_header(r, "ETag", x->etag);
    put_header(r, "Cache-Control", x->is_immutable ? "public, max-age=31536000, immutable" : "no-cache, private");
    for (size_t i = 0; i < x->header_count; i++)
        put_header(r, x->headers[i].name, x->headers[i].value);
    put_safety(r, x);
    return r;
}

static enum MHD_Result send_answer(delivery *d)
{
    struct MHD_Response *r = NULL;
    const bool is_stream = d->x.is_stream && d->x.status == 200;
    if (is_stream) {
        r = events_response(d->x.server->events, d->connection);
        if (r == NULL) {
            refuse(&d->x, 503, "busy", "too many pages listen");
        } else {
            put_header(r, "Content-Type", "text/event-stream");
            put_header(r, "Cache-Control", "no-store");
            put_safety(r, &d->x);
        }
    }
    if (r == NULL)
        r = response_of(d);
    if (r == NULL)
        return MHD_NO;
    if (d->guest != NULL)
        guests_tell(d->x.server->guests, d->guest, is_stream ? GUEST_LISTENS : GUEST_IS_ANSWERED);
    const enum MHD_Result queued = MHD_queue_response(d->connection, d->x.status, r);
    MHD_destroy_response(r);
    return queued;
}

static void on_worked(exchange *x)
{
    delivery *d = (delivery *)x;
    d->is_done = true;
    MHD_resume_connection(d->connection);
}

/* --- what the daemon calls ------------------------------------------------------------------------------------------------------ */

static delivery *delivery_new(server *s, struct MHD_Connection *c, const char *path, const char *method)
{
    delivery *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    d->connection = c;
    d->guest = info == NULL ? NULL : info->socket_context;
    clock_gettime(CLOCK_MONOTONIC, &d->began);
    d->x = (exchange){.server = s, .method = method, .path = path, .now = s->settings->now()};
    read_headers(&d->x, c);
    return d;
}

/* The head of the request is there. A refusal waits until the body has passed by, unless it is too long. */
static enum MHD_Result on_head(delivery *d)
{
    d->is_refused = !check_head(&d->x);
    const char *length = header_of(d->connection, "Content-Length");
    const size_t most = d->x.route != NULL && d->x.route->body_most > 0 ? d->x.route->body_most : BODY_USUAL;
    if (length != NULL && strtoull(length, NULL, 10) > most) {
        refuse(&d->x, 413, "too-large", "the body may have %zu bytes", most);
        return send_answer(d);
    }
    return MHD_YES;
}

static bool take_body(delivery *d, const char *bytes, size_t size)
{
    if (atomic_fetch_add(&d->x.server->body_bytes, size) + size > BODIES_MOST) {
        atomic_fetch_sub(&d->x.server->body_bytes, size);
        return false;
    }
    d->taken += size;
    buffer_add(&d->x.body, bytes, size);
    return true;
}

static enum MHD_Result on_body(delivery *d, const char *bytes, size_t *size)
{
    const size_t most = d->x.route != NULL && d->x.route->body_most > 0 ? d->x.route->body_most : BODY_USUAL;
    if (!d->is_refused && d->x.body.used + *size > most)
        d->is_refused = !refuse(&d->x, 413, "too-large", "the body may have %zu bytes", most);
    if (!d->is_refused && !take_body(d, bytes, *size))
        d->is_refused = !refuse(&d->x, 503, "busy", "too much is being sent by others");
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result on_whole(delivery *d)
{
    exchange *x = &d->x;
    if (d->is_refused)
        return send_answer(d);
    if (x->body.failed) {
        refuse(x, 503, "busy", "out of memory for the body");
        return send_answer(d);
    }
    if (d->guest != NULL)
        guests_tell(x->server->guests, d->guest, GUEST_IS_ANSWERED);
    if (x->route->lane == LANE_HERE) {
        x->route->run(x);
        answer_finish(x);
        return send_answer(d);
    }
    MHD_suspend_connection(d->connection);
    if (!lanes_add(x->server->lanes, x, on_worked)) {
        answer_header(x, "Retry-After", "2");
        refuse(x, 503, "busy", "too many requests wait");
        on_worked(x);
    }
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c, const char *path, const char *method, const char *version,
                                  const char *upload, size_t *upload_size, void **state)
{
    (void)version;
    delivery *d = *state;
    if (d == NULL) {
        *state = d = delivery_new(context, c, path, method);
        return d == NULL ? MHD_NO : on_head(d);
    }
    if (d->is_done)
        return send_answer(d);
    return *upload_size > 0 ? on_body(d, upload, upload_size) : on_whole(d);
}

static void log_access(const delivery *d, double seconds)
{
    /* Method and route as the table has them: no address, no name, no id, no question, nothing that the client could write into the log. */
    const route *r = d->x.route;
    fprintf(stderr, "%s %s %u %.1f ms %zu bytes\n", r == NULL ? "-" : r->method, r == NULL ? "-" : r->path, d->x.status, seconds * 1000, d->sent);
}

static void on_completed(void *context, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how)
{
    (void)c;
    (void)how;
    server *s = context;
    delivery *d = *state;
    if (d == NULL)
        return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const double seconds = (double)(now.tv_sec - d->began.tv_sec) + (double)(now.tv_nsec - d->began.tv_nsec) / 1e9;
    metrics_count(s->metrics, d->x.route, d->x.status, seconds, d->sent);
    if (!s->settings->is_quiet)
        log_access(d, seconds);
    if (d->guest != NULL)
        guests_tell(s->guests, d->guest, GUEST_ASKS);
    atomic_fetch_sub(&s->body_bytes, d->taken);
    json_decref(d->x.json);
    buffer_free(&d->x.body);
    buffer_free(&d->x.out);
    arena_free(&d->x.memory);
    free(d);
    *state = NULL;
}

static void on_connection(void *context, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
    server *s = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info == NULL ? NULL : guests_add(s->guests, info->connect_fd);
    } else if (*socket_context != NULL) {
        guests_remove(s->guests, *socket_context);
        *socket_context = NULL;
    }
}

/* --- the daemon ---------------------------------------------------------------------------------------------------------------------- */

const char *server_cookie(const server *s)
{
    return s->settings->certificate != NULL ? "__Host-marsad" : "marsad";
}

marsad_status listen_start(server *s, marsad_error *err)
{
    struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, s->certificate},
                                   {MHD_OPTION_HTTPS_MEM_KEY, 0, s->key},
                                   {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
                                   {MHD_OPTION_END, 0, NULL}};
    struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
    const bool is_tls = s->certificate != NULL;
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (is_tls ? MHD_USE_TLS : 0U);
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, s->socket, MHD_OPTION_THREAD_POOL_SIZE,
                                 (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
                                 (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_NOTIFY_COMPLETED,
                                 on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY,
                                 is_tls ? tls : plain, MHD_OPTION_END);
    return s->daemon != NULL ? MARSAD_OK
                             : fail(err, is_tls ? MARSAD_ERR_FORMAT : MARSAD_ERR_SYSTEM, MARSAD_NOWHERE,
                                    is_tls ? "cannot serve: certificate '%s' and key do not fit, or cannot be used" : "cannot serve%.0s",
                                    is_tls ? s->settings->certificate : "");
}
