/* Batches, and what the queue is told of their deliveries. */
#include <assert.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/work.h"

enum { TICK_MILLISECONDS = 250, SIGNS_A_WAIT = 4, AGAIN_SECONDS = 5, READING_MOST_SECONDS = 900 };

/* --- which are live --------------------------------------------------------------------------------------------------------- */

static void set_live(worker *w, const work_batch *old, work_batch *new)
{
    pthread_mutex_lock(&w->live_lock);
    size_t at = 0;
    while (at < LIVE_MOST && w->live[at] != old)
        at++;
    assert(at < LIVE_MOST);
    w->live[at] = new;
    pthread_mutex_unlock(&w->live_lock);
}

static void give_back(queue_delivery *deliveries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        queue_nak(&deliveries[i], AGAIN_SECONDS);
        queue_release(&deliveries[i]);
    }
}

work_batch *work_batch_new(worker *w, queue_delivery *deliveries, size_t count)
{
    if (count == 0)
        return NULL;
    work_batch *batch = calloc(1, sizeof *batch);
    work_item *items = calloc(count, sizeof *items);
    if (batch == NULL || items == NULL) {
        give_back(deliveries, count);
        free(batch);
        free(items);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        items[i].delivery = deliveries[i];
    batch->items = items;
    batch->count = count;
    set_live(w, NULL, batch);
    return batch;
}

work_batch *work_batch_cut(worker *w, work_batch *batch, size_t count)
{
    if (count >= batch->count)
        return NULL;
    queue_delivery cut[WORK_BATCH_MOST];
    pthread_mutex_lock(&w->live_lock);
    const size_t behind = batch->count - count;
    for (size_t i = 0; i < behind; i++)
        cut[i] = batch->items[count + i].delivery;
    batch->count = count;
    pthread_mutex_unlock(&w->live_lock);
    return work_batch_new(w, cut, behind);
}

void work_batch_free(worker *w, work_batch *batch, unsigned seconds)
{
    if (batch == NULL)
        return;
    set_live(w, batch, NULL);
    for (size_t i = 0; i < batch->count; i++) {
        queue_nak(&batch->items[i].delivery, seconds);
        queue_release(&batch->items[i].delivery);
        marsad_draft_free(batch->items[i].draft);
    }
    marsad_parcels_free(&batch->parcels);
    free(batch->items);
    free(batch);
}

void work_batch_answer(worker *w, work_batch *batch)
{
    pthread_mutex_lock(&w->live_lock);
    for (size_t i = 0; i < batch->count; i++) {
        work_item *item = &batch->items[i];
        if (item->is_put_off)
            queue_nak(&item->delivery, AGAIN_SECONDS);
        else
            queue_ack(&item->delivery);
        queue_release(&item->delivery);
    }
    pthread_mutex_unlock(&w->live_lock);
}

/* --- signs of life ---------------------------------------------------------------------------------------------------------- */

static void set_reading(worker *w, work_batch *batch, double since)
{
    pthread_mutex_lock(&w->live_lock);
    batch->reading_since = since;
    pthread_mutex_unlock(&w->live_lock);
}

void work_batch_begin_reading(worker *w, work_batch *batch)
{
    set_reading(w, batch, work_clock());
}

void work_batch_end_reading(worker *w, work_batch *batch)
{
    set_reading(w, batch, 0);
}

/* A reading that does not end keeps its thread for good. The program ends in its place: the parcel is delivered to others, and tried by itself there. */
static void end_if_stuck(const worker *w, const work_batch *batch)
{
    if (batch->reading_since <= 0 || work_clock() - batch->reading_since < READING_MOST_SECONDS)
        return;
    WORK_TELL(w, LOG_ERROR, "stuck", log_number("seconds", work_clock() - batch->reading_since), log_number("parcels", (double)batch->count));
    _exit(STATUS_PARTLY);
}

/* Looks at all that is live; `gives_signs`: the queue hears of it too. */
static void look_after(worker *w, bool gives_signs)
{
    pthread_mutex_lock(&w->live_lock);
    for (size_t at = 0; at < LIVE_MOST; at++) {
        work_batch *batch = w->live[at];
        for (size_t i = 0; gives_signs && batch != NULL && i < batch->count; i++)
            queue_work_on(&batch->items[i].delivery);
        if (batch != NULL)
            end_if_stuck(w, batch);
    }
    pthread_mutex_unlock(&w->live_lock);
}

void *work_live_run(void *context)
{
    worker *w = context;
    double last = work_clock();
    while (!atomic_load(&w->has_ended)) {
        const double cpu = work_cpu();
        const unsigned wait = queue_ack_seconds(w->queue);
        const bool is_time = wait > 0 && work_clock() - last >= (double)wait / SIGNS_A_WAIT;
        if (is_time)
            last = work_clock();
        look_after(w, is_time);
        work_count_cpu(&w->metrics, STAGE_QUEUE, cpu);
        nanosleep(&(struct timespec){.tv_nsec = TICK_MILLISECONDS * 1000000L}, NULL);
    }
    return NULL;
}
