/*
 * Asks a server at a steady rate, as people with the page open do, and tells how long answers took; `script/bench server` calls it.
 *
 *   bench_load PORT RATE SECONDS [HEADER]     RATE requests a second in all; HEADER, such as "Authorization: Bearer ..." of each
 *
 * Each request has a moment at which it is due, whether or not the answers before it have come, and its time is counted from then: a server that stands still for a
 * second makes all requests of that second late, and all are told. One line a route: name, answers, failures, bytes of an answer, p50, p99 and slowest in ms.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS = 64,
    IDS_MAX = 8192,
    ID_BYTES = 24,
    REQUEST_BYTES = 1024,
    HEAD_BYTES = 4096,
    RATE_MOST = 5000,
    SECONDS_MOST = 600,
    TIMEOUT_SECONDS = 30
};

typedef enum { INCIDENTS, MAP, QUEUE, INCIDENT, ROUTES } target;
static const char *const names[ROUTES] = {"incidents", "map", "queue", "incident"};

typedef struct {
    target to;
    bool failed;
    double ms;
    size_t bytes;
} answer;

typedef struct {
    uint16_t port;
    unsigned rate, seconds;
    const char *header;
    char (*ids)[ID_BYTES]; /* of incidents, to ask for one */
    size_t id_count;
    double began;
} plan;

typedef struct {
    const plan *plan;
    unsigned number;
    int socket; /* -1: closed */
    uint64_t seed;
    answer *answers;
    size_t count;
    pthread_t thread;
} asker;

static void stop(const char *what)
{
    fprintf(stderr, "bench_load: %s\n", what);
    exit(1);
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_until(double moment)
{
    struct timespec t = {(time_t)moment, 0};
    t.tv_nsec = (long)((moment - (double)t.tv_sec) * 1e9);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0)
        continue;
}

static unsigned roll(asker *a, unsigned sides) /* splitmix64 */
{
    a->seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = a->seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % sides);
}

/* --- questions ---------------------------------------------------------------------------------------------------------------- */

static const char *some_id(asker *a)
{
    return a->plan->ids[roll(a, (unsigned)a->plan->id_count)];
}

/* A month of the years that bench/generate.c tells of; half the pages begin behind a row. */
static void ask_incidents(asker *a, char *out, size_t room)
{
    static const char *const kinds[] = {"", "&kind=airstrike", "&kind=shelling,clash", "&grade=weak"};
    const unsigned year = 2013 + roll(a, 6), month = 1 + roll(a, 12);
    const char *kind = kinds[roll(a, 4)];
    if (roll(a, 2) == 0)
        snprintf(out, room, "/api/v1/incidents?from=%u-%02u-01&to=%u-%02u-28%s", year, month, year, month, kind);
    else
        snprintf(out, room, "/api/v1/incidents?after=%s%s", some_id(a), kind);
}

/* From a town and its surroundings to half of the country. */
static void ask_map(asker *a, char *out, size_t room)
{
    const double size = 0.5 * (1 << roll(a, 4)), west = 35.5 + roll(a, 600) / 100.0, south = 32.5 + roll(a, 400) / 100.0;
    snprintf(out, room, "/api/v1/map?box=%.2f,%.2f,%.2f,%.2f&limit=1000", west, south, west + size, south + size);
}

static void ask_queue(asker *a, char *out, size_t room)
{
    static const char *const limits[] = {"", "?kind=airstrike", "?state=in%20work", "?from=2015-01-01&to=2015-12-31"};
    snprintf(out, room, "/api/v1/queue%s", limits[roll(a, 4)]);
}

static target ask_something(asker *a, char *out, size_t room)
{
    const target to = (target)roll(a, ROUTES);
    if (to == INCIDENTS)
        ask_incidents(a, out, room);
    else if (to == MAP)
        ask_map(a, out, room);
    else if (to == QUEUE)
        ask_queue(a, out, room);
    else
        snprintf(out, room, "/api/v1/incidents/%s", some_id(a));
    return to;
}

/* --- one request ---------------------------------------------------------------------------------------------------------------- */

static bool connect_to(asker *a)
{
    const int on = 1;
    const struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(a->plan->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (a->socket >= 0 && setsockopt(a->socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) == 0 &&
        setsockopt(a->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 && connect(a->socket, (const struct sockaddr *)&to, sizeof to) == 0)
        return true;
    close(a->socket);
    a->socket = -1;
    return false;
}

static bool send_all(int socket, const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* The head and what came behind it; `*length` is of the body. */
static bool read_head(int socket, char *out, size_t *used, char **body, size_t *length)
{
    for (*used = 0; *used < HEAD_BYTES - 1;) {
        const ssize_t got = recv(socket, out + *used, HEAD_BYTES - 1 - *used, 0);
        if (got <= 0)
            return false;
        *used += (size_t)got;
        out[*used] = 0;
        *body = strstr(out, "\r\n\r\n");
        if (*body == NULL)
            continue;
        *body += 4;
        const char *size = strstr(out, "Content-Length: ");
        *length = size == NULL ? 0 : strtoull(size + 16, NULL, 10);
        return size != NULL && strncmp(out, "HTTP/1.1 200 ", 13) == 0;
    }
    return false;
}

/* The body goes to `into` (NULL: nowhere), of `room` bytes. */
static bool read_answer(int socket, size_t *bytes, char *into, size_t room)
{
    char part[1 << 16], head[HEAD_BYTES], *body;
    size_t used, length;
    if (!read_head(socket, head, &used, &body, &length))
        return false;
    size_t have = used - (size_t)(body - head);
    if (into != NULL && length >= room)
        return false;
    if (into != NULL)
        memcpy(into, body, have);
    while (have < length) {
        const ssize_t got = recv(socket, part, sizeof part < length - have ? sizeof part : length - have, 0);
        if (got <= 0)
            return false;
        if (into != NULL)
            memcpy(into + have, part, (size_t)got);
        have += (size_t)got;
    }
    if (into != NULL)
        into[have] = 0;
    *bytes = length;
    return true;
}

static bool ask(asker *a, const char *path, const char *encoding, size_t *bytes, char *into, size_t room)
{
    char request[REQUEST_BYTES];
    const int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: %s\r\n%s%s\r\n", path, encoding,
                              a->plan->header, a->plan->header[0] != 0 ? "\r\n" : "");
    if (size >= REQUEST_BYTES || (a->socket < 0 && !connect_to(a)))
        return false;
    if (send_all(a->socket, request, (size_t)size) && read_answer(a->socket, bytes, into, room))
        return true;
    close(a->socket);
    a->socket = -1;
    return false;
}

/* --- all of them ------------------------------------------------------------------------------------------------------------------ */

static void *run(void *context)
{
    asker *a = context;
    const plan *p = a->plan;
    char path[256];
    for (size_t n = a->number; n < (size_t)p->rate * p->seconds; n += CONNECTIONS) {
        const double due = p->began + (double)n / p->rate;
        answer *out = &a->answers[a->count++];
        out->to = ask_something(a, path, sizeof path);
        sleep_until(due);
        out->failed = !ask(a, path, "gzip", &out->bytes, NULL, 0);
        out->ms = (seconds_now() - due) * 1000;
    }
    return NULL;
}

/* Ids of incidents of many days. */
static void find_ids(plan *p)
{
    enum { ROOM = 1 << 22 };
    asker a = {.plan = p, .socket = -1, .seed = 1};
    char *body = malloc(ROOM), path[128];
    if (body == NULL)
        stop("out of memory");
    for (int day = 0; day < 72 && p->id_count < IDS_MAX; day++) {
        size_t bytes;
        snprintf(path, sizeof path, "/api/v1/incidents?from=%d-%02d-%02u", 2013 + day / 12, 1 + day % 12, 1 + roll(&a, 28));
        if (!ask(&a, path, "identity", &bytes, body, ROOM))
            stop("the server does not answer");
        for (const char *at = body; p->id_count < IDS_MAX && (at = strstr(at, "{\"id\":\"I-")) != NULL; at++)
            snprintf(p->ids[p->id_count++], ID_BYTES, "%.18s", at + 7);
    }
    close(a.socket);
    free(body);
    if (p->id_count == 0)
        stop("the archive has no incident");
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void tell(const asker *askers, target to, double *ms)
{
    size_t count = 0, failed = 0, bytes = 0;
    for (const asker *a = askers; a < askers + CONNECTIONS; a++)
        for (const answer *one = a->answers; one < a->answers + a->count; one++) {
            if (to != ROUTES && one->to != to)
                continue;
            ms[count++] = one->ms; /* one that failed was waited for too */
            failed += one->failed;
            bytes += one->failed ? 0 : one->bytes;
        }
    if (count == 0)
        return;
    qsort(ms, count, sizeof *ms, by_value);
    printf("%s %zu %zu %zu %.1f %.1f %.1f\n", to == ROUTES ? "all" : names[to], count, failed, bytes / count, ms[count / 2],
           ms[count - 1 - count / 100], ms[count - 1]);
}

static unsigned number_of(const char *text, unsigned most)
{
    const unsigned long value = strtoul(text, NULL, 10);
    if (value == 0 || value > most)
        stop("usage: bench_load PORT RATE SECONDS [HEADER]");
    return (unsigned)value;
}

int main(int argc, char **argv)
{
    static asker askers[CONNECTIONS];
    if (argc < 4 || argc > 5)
        stop("usage: bench_load PORT RATE SECONDS [HEADER]");
    plan p = {.port = (uint16_t)number_of(argv[1], UINT16_MAX), .rate = number_of(argv[2], RATE_MOST), .seconds = number_of(argv[3], SECONDS_MOST)};
    p.header = argc > 4 ? argv[4] : "";
    const size_t all = (size_t)p.rate * p.seconds;
    double *ms = calloc(all, sizeof *ms);
    p.ids = calloc(IDS_MAX, sizeof *p.ids);
    if (ms == NULL || p.ids == NULL)
        stop("out of memory");
    find_ids(&p);
    p.began = seconds_now() + 0.5;
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        askers[i] = (asker){.plan = &p, .number = i, .socket = -1, .seed = i + 1, .answers = calloc(all / CONNECTIONS + 1, sizeof(answer))};
        if (askers[i].answers == NULL || pthread_create(&askers[i].thread, NULL, run, &askers[i]) != 0)
            stop("cannot begin a thread");
    }
    for (unsigned i = 0; i < CONNECTIONS; i++)
        pthread_join(askers[i].thread, NULL);
    for (int to = 0; to <= ROUTES; to++)
        tell(askers, (target)to, ms);
    for (unsigned i = 0; i < CONNECTIONS; i++) {
        if (askers[i].socket >= 0)
            close(askers[i].socket);
        free(askers[i].answers);
    }
    free(p.ids);
    free(ms);
    return 0;
}
