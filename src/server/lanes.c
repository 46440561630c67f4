/*
 * Lanes of work: each has its threads, each thread an archive of its own, so that a long export holds up no page, and changes are made one after another.
 * A lane's queue is bounded: what does not fit is refused at once, which is better than an answer nobody waits for any more.
 */
#include <stdlib.h>

#include "server/serving.h"

enum { WAITING_MAX = 1024, WORKERS_MAX = 16 };

typedef struct {
    exchange *exchange;
    void (*done)(exchange *x);
} task;

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    task waiting[WAITING_MAX]; /* a ring */
    size_t first, count;
    bool is_closed;
} work_queue;

typedef struct {
    work_queue *queue;
    marsad_archive *archive;
    pthread_t thread;
    bool is_running;
} worker;

struct lanes {
    work_queue queues[LANE_COUNT];
    worker workers[WORKERS_MAX];
    size_t worker_count;
};

static const size_t threads_of[LANE_COUNT] = {[LANE_READ] = 3, [LANE_SUMS] = 1, [LANE_SLOW] = 1, [LANE_WRITE] = 1, [LANE_LOGIN] = 1};

static bool take_task(work_queue *q, task *out)
{
    pthread_mutex_lock(&q->lock);
    while (q->count == 0 && !q->is_closed)
        pthread_cond_wait(&q->filled, &q->lock);
    const bool is_there = q->count > 0;
    if (is_there) {
        *out = q->waiting[q->first];
        q->first = (q->first + 1) % WAITING_MAX;
        q->count--;
    }
    pthread_mutex_unlock(&q->lock);
    return is_there;
}

static void *work(void *context)
{
    worker *w = context;
    task t;
    while (take_task(w->queue, &t)) {
        t.exchange->archive = w->archive;
        exchange_run(t.exchange);
        t.done(t.exchange);
    }
    return NULL;
}

static marsad_status open_worker(lanes *l, work_queue *queue, const server_settings *settings, marsad_error *err)
{
    worker *w = &l->workers[l->worker_count];
    w->queue = queue;
    /* Also lanes that only ask: a session notes that it is at work. */
    marsad_status status =
        marsad_archive_open(&w->archive, settings->archive, settings->is_read_only ? MARSAD_ARCHIVE_READ_ONLY : 0, settings->rules, err);
    if (status != MARSAD_OK)
        return status;
    l->worker_count++;
    w->is_running = pthread_create(&w->thread, NULL, work, w) == 0;
    return w->is_running ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot begin a thread");
}

marsad_status lanes_open(lanes **out, server *s, marsad_error *err)
{
    lanes *l = calloc(1, sizeof *l);
    *out = l;
    if (l == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for workers");
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < LANE_COUNT; i++) {
        pthread_mutex_init(&l->queues[i].lock, NULL);
        pthread_cond_init(&l->queues[i].filled, NULL);
    }
    for (size_t i = 0; i < LANE_COUNT && status == MARSAD_OK; i++)
        for (size_t t = 0; t < threads_of[i] && status == MARSAD_OK; t++)
            status = open_worker(l, &l->queues[i], s->settings, err);
    return status;
}

bool lanes_add(lanes *l, exchange *x, void (*done)(exchange *x))
{
    work_queue *q = &l->queues[x->route->lane];
    pthread_mutex_lock(&q->lock);
    const bool has_room = q->count < WAITING_MAX && !q->is_closed;
    if (has_room) {
        q->waiting[(q->first + q->count++) % WAITING_MAX] = (task){x, done};
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->lock);
    return has_room;
}

void lanes_stop(lanes *l)
{
    for (size_t i = 0; i < LANE_COUNT; i++) {
        pthread_mutex_lock(&l->queues[i].lock);
        l->queues[i].is_closed = true;
        pthread_cond_broadcast(&l->queues[i].filled);
        pthread_mutex_unlock(&l->queues[i].lock);
    }
    for (size_t i = 0; i < l->worker_count; i++) {
        if (l->workers[i].is_running)
            pthread_join(l->workers[i].thread, NULL);
        l->workers[i].is_running = false;
    }
}

void lanes_close(lanes *l)
{
    if (l == NULL)
        return;
    lanes_stop(l);
    for (size_t i = 0; i < l->worker_count; i++)
        marsad_archive_close(l->workers[i].archive);
    for (size_t i = 0; i < LANE_COUNT; i++) {
        pthread_mutex_destroy(&l->queues[i].lock);
        pthread_cond_destroy(&l->queues[i].filled);
    }
    free(l);
}

void exchange_run(exchange *x)
{
    if (asker_check(x))
        x->route->run(x);
    if (x->out.failed)
        refuse(x, 503, "busy", "out of memory for the answer");
    answer_finish(x);
}
