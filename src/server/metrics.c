/* Numbers of the server, for people who watch it (Prometheus' text format). No names, no questions: routes as the table has them. */
#include <stdio.h>
#include <stdlib.h>

#include "server/serving.h"

enum { CLASSES = 6, BUCKETS = 8 };

/* Upper bounds in seconds. */
static const double bounds[BUCKETS] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5, 10};

struct metrics {
    pthread_mutex_t lock;
    uint64_t *answers; /* [route][class of status] */
    uint64_t buckets[BUCKETS], count, bytes;
    double seconds;
};

metrics *metrics_open(void)
{
    metrics *m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->answers = calloc((route_count + 1) * CLASSES, sizeof *m->answers);
    if (m->answers == NULL) {
        free(m);
        return NULL;
    }
    pthread_mutex_init(&m->lock, NULL);
    return m;
}

void metrics_close(metrics *m)
{
    if (m == NULL)
        return;
    pthread_mutex_destroy(&m->lock);
    free(m->answers);
    free(m);
}

void metrics_count(metrics *m, const route *route, unsigned status, double seconds, size_t bytes)
{
    const size_t at = route == NULL ? route_count : (size_t)(route - routes), class = status / 100 < CLASSES ? status / 100 : 0;
    pthread_mutex_lock(&m->lock);
    m->answers[at * CLASSES + class]++;
    for (size_t b = 0; b < BUCKETS; b++)
        m->buckets[b] += seconds <= bounds[b];
    m->count++;
    m->seconds += seconds;
    m->bytes += bytes;
    pthread_mutex_unlock(&m->lock);
}

static void put_answers(buffer *out, const metrics *m)
{
    buffer_text(out, "# HELP marsad_http_answers_total Answers by route and class of status.\n# TYPE marsad_http_answers_total counter\n");
    for (size_t r = 0; r <= route_count; r++)
        for (unsigned c = 0; c < CLASSES; c++)
            if (m->answers[r * CLASSES + c] > 0)
                buffer_format(out, "marsad_http_answers_total{method=\"%s\",route=\"%s\",class=\"%uxx\"} %llu\n",
                              r < route_count ? routes[r].method : "", r < route_count ? routes[r].path : "", c,
                              (unsigned long long)m->answers[r * CLASSES + c]);
}

static void put_times(buffer *out, const metrics *m)
{
    buffer_text(out, "# HELP marsad_http_seconds Time from the head of a request to the end of its answer.\n# TYPE marsad_http_seconds histogram\n");
    for (size_t b = 0; b < BUCKETS; b++)
        buffer_format(out, "marsad_http_seconds_bucket{le=\"%g\"} %llu\n", bounds[b], (unsigned long long)m->buckets[b]);
    buffer_format(out, "marsad_http_seconds_bucket{le=\"+Inf\"} %llu\nmarsad_http_seconds_sum %.6f\nmarsad_http_seconds_count %llu\n",
                  (unsigned long long)m->count, m->seconds, (unsigned long long)m->count);
    buffer_format(out, "# HELP marsad_http_bytes_total Bytes of answers.\n# TYPE marsad_http_bytes_total counter\nmarsad_http_bytes_total %llu\n",
                  (unsigned long long)m->bytes);
}

void metrics_get(exchange *x)
{
    metrics *m = x->server->metrics;
    x->status = 200;
    x->type = "text/plain; version=0.0.4; charset=utf-8";
    pthread_mutex_lock(&m->lock);
    put_answers(&x->out, m);
    put_times(&x->out, m);
    pthread_mutex_unlock(&m->lock);
    buffer_format(&x->out, "# HELP marsad_connections Open connections.\n# TYPE marsad_connections gauge\nmarsad_connections %zu\n",
                  guests_count(x->server->guests));
    buffer_format(&x->out, "# HELP marsad_log_line The newest line of the archive's log.\n# TYPE marsad_log_line gauge\nmarsad_log_line %lld\n",
                  (long long)events_line(x->server->events));
}

void health_get(exchange *x)
{
    json_out j;
    answer_json(x, &j);
    json_object(&j);
    json_put_text(&j, "status", "ok");
    json_put_text(&j, "version", MARSAD_VERSION);
    json_end_object(&j);
    answer_json_end(x, &j);
}

void events_get(exchange *x)
{
    x->status = 200;
    x->is_stream = true;
}
