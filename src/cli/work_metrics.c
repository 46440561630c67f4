/* A worker's figures for who watches it, by HTTP. Counts and times alone: neither names nor texts. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/work.h"

enum { CONNECTIONS_MOST = 8, IDLE_SECONDS = 10 };

struct work_exporter {
    work_metrics *metrics;
    struct MHD_Daemon *daemon;
};

static double seconds_of(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double work_cpu(void)
{
    return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

double work_clock(void)
{
    return seconds_of(CLOCK_MONOTONIC);
}

void work_count_cpu(work_metrics *metrics, work_stage stage, double began)
{
    const double used = work_cpu() - began;
    pthread_mutex_lock(&metrics->lock);
    metrics->figures.cpu[stage] += used;
    pthread_mutex_unlock(&metrics->lock);
}

/* --- the text --------------------------------------------------------------------------------------------------------------- */

static void put_head(buffer *out, const char *name, const char *type, const char *help)
{
    buffer_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_one(buffer *out, const char *name, const char *type, const char *help, double value)
{
    put_head(out, name, type, help);
    buffer_format(out, "%s %.17g\n", name, value);
}

static void put_labelled(buffer *out, const char *name, const char *label, const char *value, double number)
{
    buffer_format(out, "%s{%s=\"%s\"} %.17g\n", name, label, value, number);
}

static void put_articles(buffer *out, const work_figures *f)
{
    static const char articles[] = "marsad_work_articles_total", messages[] = "marsad_work_messages_total";
    put_head(out, articles, "counter", "What became of parcels: a new article, an article that was known, a dead letter.");
    put_labelled(out, articles, "result", "stored", (double)f->stored);
    put_labelled(out, articles, "result", "known", (double)f->known);
    put_labelled(out, articles, "result", "buried", (double)f->buried);
    put_head(out, messages, "counter", "Messages fetched; of them delivered before, done before, put off.");
    put_labelled(out, messages, "kind", "fetched", (double)f->fetched);
    put_labelled(out, messages, "kind", "redelivered", (double)f->redelivered);
    put_labelled(out, messages, "kind", "gone", (double)f->gone);
    put_labelled(out, messages, "kind", "put_off", (double)f->put_off);
}

static void put_times(buffer *out, const work_figures *f)
{
    static const char *const stages[STAGES] = {"read", "queue", "store"};
    static const char cpu[] = "marsad_work_cpu_seconds_total", commits[] = "marsad_work_commit_seconds";
    put_head(out, commits, "summary", "Time from the beginning of a batch's transaction to the end of its commit.");
    buffer_format(out, "%s_sum %.6f\n%s_count %llu\n", commits, f->commit_seconds, commits, (unsigned long long)f->batches);
    put_head(out, cpu, "counter", "Processor time of this program's threads by stage.");
    for (size_t i = 0; i < STAGES; i++)
        put_labelled(out, cpu, "stage", stages[i], f->cpu[i]);
    put_one(out, "process_cpu_seconds_total", "counter", "Processor time of the whole program.", seconds_of(CLOCK_PROCESS_CPUTIME_ID));
}

static void put_figures(buffer *out, work_metrics *metrics)
{
    pthread_mutex_lock(&metrics->lock);
    const work_figures f = metrics->figures;
    pthread_mutex_unlock(&metrics->lock);
    put_articles(out, &f);
    put_times(out, &f);
    put_one(out, "marsad_work_batches_total", "counter", "Batches committed.", (double)f.batches);
    put_one(out, "marsad_work_commits_failed_total", "counter", "Transactions that failed and were begun again.", (double)f.commits_failed);
    put_one(out, "marsad_work_queue_failed_total", "counter", "Times that the queue could not be asked.", (double)f.queue_failed);
    put_one(out, "marsad_work_reconnects_total", "counter", "Times that the connection to the queue was lost and found.", (double)f.reconnects);
    put_one(out, "marsad_work_last_success_timestamp_seconds", "gauge", "When the last batch was committed.", (double)f.last_success);
    put_one(out, "marsad_work_leader", "gauge", "1 for the worker that makes views.", f.is_leader ? 1 : 0);
}

/* --- HTTP ------------------------------------------------------------------------------------------------------------------- */

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *body, size_t *body_size, void **own)
{
    work_exporter *e = context;
    buffer out = {0};
    const bool is_right = strcmp(url, "/metrics") == 0 && strcmp(method, MHD_HTTP_METHOD_GET) == 0;
    (void)version, (void)body, (void)own;
    *body_size = 0; /* whatever it is, it is not looked at */
    if (is_right)
        put_figures(&out, e->metrics);
    else
        buffer_text(&out, "GET /metrics\n");
    if (out.failed) {
        buffer_free(&out);
        return MHD_NO;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(out.used, out.bytes, MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        buffer_free(&out);
        return MHD_NO;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    const enum MHD_Result result = MHD_queue_response(connection, is_right ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND, response);
    MHD_destroy_response(response);
    return result;
}

bool work_exporter_start(work_exporter **out, work_metrics *metrics, const char *address, uint16_t port)
{
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    const bool is_six = inet_pton(AF_INET6, address, &six.sin6_addr) == 1;
    const void *where = is_six ? (const void *)&six : (const void *)&four;
    work_exporter *e = calloc(1, sizeof *e);
    *out = e;
    if (e == NULL || (!is_six && inet_pton(AF_INET, address, &four.sin_addr) != 1)) {
        message(e == NULL ? "out of memory" : "metrics are told at an address of IPv4 or IPv6, not at '%s'", address);
        free(e);
        *out = NULL;
        return false;
    }
    e->metrics = metrics;
    e->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | (is_six ? MHD_USE_IPv6 : 0U), port, NULL, NULL, answer, e,
                                 MHD_OPTION_SOCK_ADDR, where, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST, MHD_OPTION_CONNECTION_TIMEOUT,
                                 (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    if (e->daemon != NULL)
        return true;
    message("cannot listen at '%s', port %u, for metrics", address, (unsigned)port);
    free(e);
    *out = NULL;
    return false;
}

void work_exporter_stop(work_exporter *exporter)
{
    if (exporter == NULL)
        return;
    MHD_stop_daemon(exporter->daemon);
    free(exporter);
}
