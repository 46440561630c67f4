/* marsad work: the command, and its first thread, which fetches and has read. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/queue_options.h"
#include "cli/work.h"

enum {
    FETCH_MILLISECONDS = 1000,
    PAUSE_FIRST = 200,
    PAUSE_MOST = 10 * 1000,
    PAUSE_STEP = 100,
    AGAIN_SECONDS = 5,
    BATCH_USUAL = 256,
    DELIVERIES_USUAL = 5,
    HOPELESS_TIMES = 4 /* the limit of deliveries: whatever it does to us, it is not seen by trying */
};

/* --- signals ---------------------------------------------------------------------------------------------------------------- */

/* The only thing that a handler can reach. */
static volatile sig_atomic_t signals_caught;

static void on_signal(int number)
{
    if (signals_caught > 0)
        _exit(128 + number); /* nothing is lost: what was not acknowledged is delivered again */
    signals_caught = 1;
}

static bool catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, &action, NULL) == 0 && sigaction(SIGTERM, &action, NULL) == 0)
        return true;
    message("cannot wait for signals: %s", strerror(errno));
    return false;
}

bool work_is_over(worker *w)
{
    return signals_caught > 0 || atomic_load(&w->is_over);
}

void work_pause(worker *w, unsigned milliseconds)
{
    for (unsigned waited = 0; waited < milliseconds && !work_is_over(w); waited += PAUSE_STEP)
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_STEP * 1000000L}, NULL);
}

unsigned work_next_pause(unsigned before)
{
    return before == 0 ? PAUSE_FIRST : before * 2 < PAUSE_MOST ? before * 2 : PAUSE_MOST;
}

/* --- taking and reading ------------------------------------------------------------------------------------------------------ */

/* Each parcel to the first delivery of its id; another one of the same batch finds it done. */
static void hand_out(work_batch *batch)
{
    for (size_t p = 0, i = 0; p < batch->parcels.count && i < batch->count; i++)
        if (strcmp(batch->items[i].delivery.id, batch->parcels.items[p].id) == 0)
            batch->items[i].parcel = &batch->parcels.items[p++];
}

/* A row that cannot be read may come back with the disk, or with a backup: it is put off as often as what ends the program. */
static void find_damaged(const worker *w, work_item *item, const marsad_error *err)
{
    item->is_damaged = true;
    if (item->delivery.deliveries < w->deliveries_most)
        item->is_put_off = true;
    else
        memcpy(item->reason, err->message, sizeof item->reason);
    WORK_TELL(w, LOG_ERROR, "damaged", log_text("parcel", item->delivery.id), log_number("deliveries", (double)item->delivery.deliveries),
              log_text("reason", err->message));
}

/* The parcels of the batch; `*rest` becomes the part of it that they were too large for. False if the archive is away and the worker is to leave. */
static bool take(worker *w, work_batch *batch, work_batch **rest)
{
    marsad_parcel_id ids[WORK_BATCH_MOST];
    unsigned pause = 0;
    size_t most = batch->count, looked_at = 0;
    for (size_t i = 0; i < batch->count; i++)
        memcpy(ids[i], batch->items[i].delivery.id, sizeof ids[i]);
    for (;;) {
        marsad_error err = {0};
        const double cpu = work_cpu();
        const marsad_status status = marsad_outbox_take(w->source, (const marsad_parcel_id *)ids, most, &batch->parcels, &looked_at, &err);
        work_count_cpu(&w->metrics, STAGE_STORE, cpu);
        if (status == MARSAD_OK)
            break;
        if (status == MARSAD_ERR_FORMAT && most > 1) {
            most = 1; /* one of them is damaged: alone, it is found */
        } else if (status == MARSAD_ERR_FORMAT) {
            find_damaged(w, &batch->items[0], &err);
            looked_at = 1;
            break;
        } else {
            if (work_is_over(w))
                return false;
            pause = work_next_pause(pause);
            WORK_TELL(w, LOG_WARNING, "archive away", log_text("reason", err.message), log_number("pause_seconds", pause / 1000.0));
            work_pause(w, pause);
        }
    }
    *rest = work_batch_cut(w, batch, looked_at);
    hand_out(batch);
    return true;
}

static void read_and_give(worker *w, work_batch *batch)
{
    work_batch_begin_reading(w, batch);
    read_pool_read(w->pool, batch);
    work_batch_end_reading(w, batch);
    work_store_give(w, batch);
}

static void handle(worker *w, queue_delivery *deliveries, size_t count)
{
    work_batch *batch = work_batch_new(w, deliveries, count);
    while (batch != NULL) {
        work_batch *rest = NULL;
        if (!take(w, batch, &rest)) {
            work_batch_free(w, batch, AGAIN_SECONDS);
            return;
        }
        read_and_give(w, batch);
        batch = rest;
    }
}

/* --- what was delivered before ------------------------------------------------------------------------------------------------- */

/* A batch of one. It ends in the store, or is delivered again. */
static void handle_suspect(worker *w, work_batch *batch)
{
    work_batch *rest = NULL;
    char how[80];
    if (!take(w, batch, &rest)) {
        work_batch_free(w, batch, AGAIN_SECONDS);
        return;
    }
    work_item *item = &batch->items[0];
    if (item->parcel != NULL && item->delivery.deliveries > HOPELESS_TIMES * w->deliveries_most) {
        snprintf(item->reason, sizeof item->reason, "delivered %llu times without success", (unsigned long long)item->delivery.deliveries);
        item->parcel = NULL;
    }
    if (item->parcel != NULL && work_try_ends(w->pool, item->parcel, how)) {
        WORK_TELL(w, LOG_WARNING, "poison", log_text("parcel", item->delivery.id), log_number("deliveries", (double)item->delivery.deliveries),
                  log_text("reason", how));
        item->parcel = NULL;
        if (item->delivery.deliveries >= w->deliveries_most)
            snprintf(item->reason, sizeof item->reason, "%s", how);
        else
            item->is_put_off = true;
    }
    read_and_give(w, batch);
}

/* Each by itself, in read and store: whatever one of them does, the others are not told of it. */
static void handle_suspects(worker *w, work_batch *batch)
{
    while (batch != NULL && !work_is_over(w)) {
        work_batch *rest = work_batch_cut(w, batch, 1);
        handle_suspect(w, batch);
        batch = rest;
    }
    work_batch_free(w, batch, 0);
}

/* --- fetching ------------------------------------------------------------------------------------------------------------------ */

static void count_fetched(worker *w, const queue_delivery *deliveries, size_t count)
{
    work_figures *f = &w->metrics.figures;
    pthread_mutex_lock(&w->metrics.lock);
    f->fetched += count;
    for (size_t i = 0; i < count; i++)
        f->redelivered += deliveries[i].deliveries > 1;
    pthread_mutex_unlock(&w->metrics.lock);
}

/* Puts what was never delivered before in front, and returns how many they are. */
static size_t part(queue_delivery *deliveries, size_t count)
{
    size_t first = 0;
    for (size_t i = 0; i < count; i++)
        if (deliveries[i].deliveries <= 1) {
            const queue_delivery moved = deliveries[i];
            deliveries[i] = deliveries[first];
            deliveries[first++] = moved;
        }
    return first;
}

static void handle_all(worker *w, queue_delivery *deliveries, size_t count)
{
    count_fetched(w, deliveries, count);
    const size_t first = part(deliveries, count);
    work_try_shuffle(deliveries + first, count - first);
    work_batch *suspects = work_batch_new(w, deliveries + first, count - first);
    handle(w, deliveries, first);
    handle_suspects(w, suspects);
}

/* Some deliveries, or none. */
static marsad_status fetch(worker *w, bool *is_ready, queue_delivery *deliveries, size_t *count, marsad_error *err)
{
    bool made = false;
    const double cpu = work_cpu();
    *count = 0;
    marsad_status status = *is_ready ? MARSAD_OK : queue_ready(w->queue, QUEUE_TO_READ, &made, err);
    if (status == MARSAD_OK && made)
        atomic_store(&w->was_remade, true);
    if (status == MARSAD_OK)
        status = queue_fetch(w->queue, deliveries, w->batch_most, FETCH_MILLISECONDS, count, err);
    *is_ready = status == MARSAD_OK;
    work_count_cpu(&w->metrics, STAGE_QUEUE, cpu);
    return status;
}

/* Is there nothing left in the outbox? */
static bool is_empty(worker *w)
{
    marsad_outbox_figures figures;
    marsad_error err = {0};
    work_store_wait(w);
    return marsad_outbox_counts(w->source, &figures, &err) == MARSAD_OK && figures.unsent + figures.sent == 0;
}

/* Settings that are refused end it before it was ever ready; later, whoever changed them may change them back. */
static exit_status fetch_and_handle(worker *w)
{
    queue_delivery deliveries[WORK_BATCH_MOST];
    bool is_ready = false, was_ready = false;
    unsigned pause = 0;
    while (!work_is_over(w)) {
        marsad_error err = {0};
        size_t count;
        const marsad_status status = fetch(w, &is_ready, deliveries, &count, &err);
        was_ready = was_ready || is_ready;
        if (status == MARSAD_ERR_ARGUMENT && !was_ready) {
            message("%s", err.message);
            return STATUS_DATA;
        }
        if (status != MARSAD_OK) {
            pthread_mutex_lock(&w->metrics.lock);
            w->metrics.figures.queue_failed++;
            pthread_mutex_unlock(&w->metrics.lock);
            pause = work_next_pause(pause);
            WORK_TELL(w, LOG_WARNING, "queue away", log_text("reason", err.message), log_number("pause_seconds", pause / 1000.0));
            work_pause(w, pause);
            continue;
        }
        pause = 0;
        if (count > 0)
            handle_all(w, deliveries, count);
        else if (w->until_empty && is_empty(w))
            break;
    }
    return STATUS_OK;
}

/* --- threads -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    pthread_t thread;
    bool is_started;
} side;

static bool start(side *s, void *(*run)(void *), worker *w)
{
    s->is_started = pthread_create(&s->thread, NULL, run, w) == 0;
    if (!s->is_started)
        message("cannot start a thread");
    return s->is_started;
}

static void join(side *s)
{
    if (s->is_started)
        pthread_join(s->thread, NULL);
}

/* Works until it is over; then what is in flight is stored and acknowledged. */
static exit_status work(worker *w)
{
    side store = {0}, live = {0}, lead = {0};
    exit_status status = STATUS_PARTLY;
    if (start(&store, work_store_run, w) && start(&live, work_live_run, w) && start(&lead, work_lead_run, w))
        status = fetch_and_handle(w);
    work_store_wait(w);
    pthread_mutex_lock(&w->lock);
    w->is_storing_over = true;
    pthread_cond_broadcast(&w->moved);
    pthread_mutex_unlock(&w->lock);
    join(&store);
    queue_flush(w->queue);
    atomic_store(&w->has_ended, true);
    atomic_store(&w->is_over, true);
    join(&live);
    join(&lead);
    return status;
}

/* --- the command ---------------------------------------------------------------------------------------------------------------- */

static void tell_connection(void *context, queue_event event)
{
    static const char *const words[] = {"connected", "connection lost", "connection found"};
    WORK_TELL((const worker *)context, event == QUEUE_DISCONNECTED ? LOG_WARNING : LOG_NOTE, words[event], log_text("to", "queue"));
}

/* With --until-empty all that follows from the articles is made too, unless another worker leads: then that one does. */
static exit_status end_views(worker *w)
{
    marsad_error err = {0};
    bool is_leader = false;
    if (signals_caught > 0 || !w->until_empty)
        return STATUS_OK;
    marsad_status status = marsad_archive_lead(w->leading, &is_leader, &err);
    if (status == MARSAD_OK && is_leader)
        status = marsad_archive_refresh(w->leading, time_now(), &err);
    if (status == MARSAD_OK)
        return STATUS_OK;
    message("%s: the articles are stored, their incidents are not made", err.message);
    return STATUS_PARTLY;
}

static exit_status run_worker(worker *w, const data_set *data, size_t jobs, const queue_settings *settings)
{
    marsad_error err = {0};
    const double began = work_clock();
    exit_status status = STATUS_DATA;
    if (queue_open(&w->queue, settings, &err) != MARSAD_OK) {
        message("%s", err.message);
    } else if (read_pool_start(&w->pool, w, data, jobs)) {
        status = work(w);
        const exit_status of_views = status == STATUS_OK ? end_views(w) : STATUS_OK;
        status = of_views > status ? of_views : status;
        const work_figures *f = &w->metrics.figures;
        printf("%llu articles added, %llu known already, %llu dead letters, %.1f s\n", (unsigned long long)f->stored, (unsigned long long)f->known,
               (unsigned long long)f->buried, work_clock() - began);
    }
    read_pool_stop(w->pool);
    queue_close(w->queue);
    return status;
}

static exit_status run_with_archive(const invocation *call, worker *w, size_t jobs, const queue_settings *settings)
{
    data_set data;
    if (!data_open(&data, call))
        return STATUS_DATA;
    /* On a server that is behind, what is there still to be read would count as done. */
    exit_status status = archive_open_for(&w->store, call, ARCHIVE_AS_IT_IS | MARSAD_ARCHIVE_PRIMARY);
    if (status == STATUS_OK)
        status = archive_open_for(&w->leading, call, ARCHIVE_AS_IT_IS | MARSAD_ARCHIVE_PRIMARY);
    if (status == STATUS_OK)
        status = archive_open_for(&w->source, call, MARSAD_ARCHIVE_READ_ONLY | MARSAD_ARCHIVE_PRIMARY);
    if (status == STATUS_OK)
        status = run_worker(w, &data, jobs, settings);
    marsad_archive_close(w->source);
    marsad_archive_close(w->leading);
    marsad_archive_close(w->store);
    data_close(&data);
    return status;
}

static exit_status run_with_metrics(const invocation *call, worker *w, size_t jobs, const queue_settings *settings)
{
    char address[ADDRESS_BYTES];
    uint16_t port = 0;
    work_exporter *exporter = NULL;
    if (option_is_given(call, "metrics") && !address_option(call, "metrics", "", address, &port))
        return STATUS_USAGE;
    if (option_is_given(call, "metrics") && !work_exporter_start(&exporter, &w->metrics, address, port))
        return STATUS_DATA;
    const exit_status status = run_with_archive(call, w, jobs, settings);
    work_exporter_stop(exporter);
    return status;
}

static exit_status run_with_queue(const invocation *call, worker *w, size_t jobs, const queue_settings *settings)
{
    const exit_status status = run_with_metrics(call, w, jobs, settings);
    queue_end(settings);
    return status;
}

static exit_status run(const invocation *call)
{
    unsigned long jobs, batch, deliveries, ack;
    queue_settings settings;
    worker *w = calloc(1, sizeof *w);
    if (w == NULL) {
        message("out of memory");
        return STATUS_PARTLY;
    }
    exit_status status = STATUS_USAGE;
    if (number_option(call, "jobs", 1, 1, WORK_JOBS_MOST, &jobs) && number_option(call, "batch", BATCH_USUAL, 1, WORK_BATCH_MOST, &batch) &&
        number_option(call, "deliveries", DELIVERIES_USUAL, 2, 1000, &deliveries) && number_option(call, "ack-wait", 0, 1, 3600, &ack) &&
        queue_settings_from(&settings, call)) {
        w->is_json = strcmp(option_value(call, "log", "text"), "json") == 0;
        w->until_empty = option_is_given(call, "until-empty");
        w->batch_most = batch;
        w->deliveries_most = deliveries;
        settings.ack_seconds = (unsigned)ack;
        settings.tell = tell_connection;
        settings.context = w;
        pthread_mutex_init(&w->metrics.lock, NULL);
        pthread_mutex_init(&w->live_lock, NULL);
        pthread_mutex_init(&w->lock, NULL);
        pthread_cond_init(&w->moved, NULL);
        if (settings.servers == NULL)
            status = usage_error(call, "no queue named: --nats URL");
        else
            status = catch_signals() && queue_begin(&settings) ? run_with_queue(call, w, jobs, &settings) : STATUS_PARTLY;
    }
    free(w);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_QUEUE,
    {'j', "jobs", "N", "read with N threads (default 1)", COMPLETE_NONE},
    {0, "batch", "N", "parcels to a transaction (default 256)", COMPLETE_NONE},
    {0, "until-empty", NULL, "end when the outbox of the archive is empty", COMPLETE_NONE},
    {0, "deliveries", "N", "a parcel that ends the program, or that the archive does not take, is a dead letter at its N-th delivery (default 5)",
     COMPLETE_NONE},
    {0, "ack-wait", "SECONDS", "of a consumer that is made: what a worker has been silent about so long goes to another (default 60)", COMPLETE_NONE},
    {0, "metrics", "ADDRESS:PORT", "tell figures for Prometheus there, under /metrics: 127.0.0.1:9641 is this machine alone", COMPLETE_NONE},
    {0, "log", "text|json", "how a line of the log on standard error is written (default text)", COMPLETE_WORDS},
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

const command command_work = {
    .name = "work",
    .run = run,
    .options = options,
    .operands = "",
    .summary = "read what waits in the outbox, beside other workers",
    .description = "Fetches ids of parcels from the queue (NATS JetStream), takes the parcels from the archive's outbox, reads them, and stores "
                   "their articles: a "
                   "batch is one transaction, and acknowledged to the queue after it. Any number of workers share the work. What one of them loses "
                   "by its end, or by the loss "
                   "of the queue or the archive, is delivered again, and stored once.\n"
                   "\n"
                   "It goes on until it is told to stop (Ctrl-C, SIGTERM): then the batches at work are stored and acknowledged. A second signal "
                   "ends it at once, and loses "
                   "nothing. An empty queue is waited at; a queue or an archive that is away is waited for.\n"
                   "\n"
                   "A parcel that cannot be read becomes a dead letter ('marsad dead-letters'), with the reason. One that was delivered before is "
                   "tried in a process of its own "
                   "first: one that ends it becomes a dead letter alone.",
};
