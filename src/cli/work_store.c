/*
 * Storing: a batch is one transaction of the archive, and its messages are acknowledged after the commit. An archive that is away is waited for. One that refuses a
 * batch gets it in halves, and these in halves, until what it refuses stands alone: a server tells of one article at the commit of many.
 */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cli/work.h"

enum { AWAY_SECONDS = 10 /* until a batch is delivered again that could not be stored before the worker left */ };

/* What a transaction came to, counted when it is committed. */
typedef struct {
    uint64_t stored, known, buried, gone, put_off;
} outcome;

/* What is to be buried is counted: it leaves the outbox with what is done, behind the articles (marsad_outbox_done()). */
static marsad_status store_item(worker *w, const work_item *item, outcome *o, marsad_error *err)
{
    bool is_new = false;
    marsad_status status = MARSAD_OK;
    if (item->is_put_off) {
        o->put_off++;
    } else if (item->reason[0] != 0) {
        o->buried++;
    } else if (item->draft != NULL) {
        status = marsad_archive_add(w->store, item->draft, &is_new, err);
        o->stored += is_new;
        o->known += !is_new;
    } else {
        o->gone++;
    }
    return status;
}

/* What is done leaves the outbox behind everything else, since others wait from there on. */
static marsad_status take_away(worker *w, const work_item *items, size_t count, int64_t now, marsad_error *err)
{
    marsad_parcel_id ids[WORK_BATCH_MOST];
    size_t done = 0;
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < count && status == MARSAD_OK; i++) {
        const work_item *item = &items[i];
        if (item->is_put_off)
            continue;
        if (item->reason[0] != 0)
            status = (item->is_damaged ? marsad_outbox_bury_damaged : marsad_outbox_bury)(w->store, now, item->delivery.id, item->delivery.deliveries,
                                                                                          item->reason, err);
        else if (item->draft != NULL)
            memcpy(ids[done++], item->delivery.id, sizeof ids[0]);
    }
    return done == 0 || status != MARSAD_OK ? status : marsad_outbox_done(w->store, (const marsad_parcel_id *)ids, done, err);
}

/* One transaction. */
static marsad_status commit(worker *w, work_item *items, size_t count, outcome *o, marsad_error *err)
{
    const int64_t now = time_now();
    *o = (outcome){0};
    marsad_status status = marsad_archive_begin(w->store, now, "work", err);
    if (status != MARSAD_OK)
        return status;
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = store_item(w, &items[i], o, err);
    if (status == MARSAD_OK)
        status = take_away(w, items, count, now, err);
    if (status == MARSAD_OK)
        status = marsad_archive_commit(w->store, err);
    if (status != MARSAD_OK)
        marsad_archive_rollback(w->store);
    return status;
}

/* What is refused alone is put off a few times, then buried with the archive's reason: a newer program, or a mended schema, may take it meanwhile. */
static void refuse(worker *w, work_item *item, const marsad_error *err)
{
    marsad_error told = {0};
    WORK_TELL(w, LOG_WARNING, "refused", log_text("parcel", item->delivery.id), log_number("deliveries", (double)item->delivery.deliveries));
    if (item->draft == NULL || item->delivery.deliveries < w->deliveries_most) {
        item->is_put_off = true;
        return;
    }
    marsad_draft_free(item->draft);
    item->draft = NULL;
    (void)fail(&told, MARSAD_ERR_REFUSED, MARSAD_NOWHERE, "the archive does not take it: %s", err->message);
    memcpy(item->reason, told.message, sizeof item->reason);
}

/* Whether storing one item by itself came to something other than waiting: it is refused, or what is damaged of it does not even let itself be taken away. */
static bool give_up(worker *w, work_item *item, marsad_status status, const marsad_error *err)
{
    if (status == MARSAD_ERR_REFUSED) {
        refuse(w, item, err);
    } else if (status == MARSAD_ERR_FORMAT && item->is_damaged && !item->is_put_off) {
        item->is_put_off = true;
        WORK_TELL(w, LOG_ERROR, "damaged", log_text("parcel", item->delivery.id), log_text("reason", err->message));
    } else {
        return false;
    }
    return true;
}

static void count_outcome(worker *w, const outcome *o, double seconds)
{
    work_metrics *m = &w->metrics;
    pthread_mutex_lock(&m->lock);
    m->figures.stored += o->stored;
    m->figures.known += o->known;
    m->figures.buried += o->buried;
    m->figures.gone += o->gone;
    m->figures.put_off += o->put_off;
    m->figures.batches++;
    m->figures.commit_seconds += seconds;
    m->figures.last_success = time_now();
    pthread_mutex_unlock(&m->lock);
}

static void tell_batch(const worker *w, const work_item *items, size_t count, const outcome *o, double seconds)
{
    WORK_TELL(w, LOG_NOTE, "batch", log_number("parcels", (double)count), log_number("stored", (double)o->stored),
              log_number("known", (double)o->known), log_number("buried", (double)o->buried), log_number("gone", (double)o->gone),
              log_number("put_off", (double)o->put_off), log_number("commit_seconds", seconds));
    for (size_t i = 0; i < count; i++)
        if (items[i].reason[0] != 0 && !items[i].is_put_off)
            WORK_TELL(w, LOG_WARNING, "buried", log_text("parcel", items[i].delivery.id),
                      log_number("deliveries", (double)items[i].delivery.deliveries));
}

static marsad_status try_to_store(worker *w, work_item *items, size_t count, marsad_error *err)
{
    outcome o;
    const double began = work_clock(), cpu = work_cpu();
    const marsad_status status = commit(w, items, count, &o, err);
    work_count_cpu(&w->metrics, STAGE_STORE, cpu);
    if (status == MARSAD_OK) {
        count_outcome(w, &o, work_clock() - began);
        tell_batch(w, items, count, &o, work_clock() - began);
    }
    return status;
}

/* False if the archive is away and the worker is to leave: not all of them are stored. */
static bool store(worker *w, work_item *items, size_t count)
{
    unsigned pause = 0;
    for (;;) {
        marsad_error err = {0};
        const marsad_status status = try_to_store(w, items, count, &err);
        if (status == MARSAD_OK)
            return true;
        if (status == MARSAD_ERR_REFUSED && count > 1)
            return store(w, items, count / 2) && store(w, items + count / 2, count - count / 2);
        if (count == 1 && give_up(w, items, status, &err))
            continue;
        pthread_mutex_lock(&w->metrics.lock);
        w->metrics.figures.commits_failed++;
        pthread_mutex_unlock(&w->metrics.lock);
        if (work_is_over(w))
            return false;
        pause = work_next_pause(pause);
        WORK_TELL(w, LOG_WARNING, "archive away", log_text("reason", err.message), log_number("pause_seconds", pause / 1000.0));
        work_pause(w, pause);
    }
}

/* --- the thread ------------------------------------------------------------------------------------------------------------- */

static work_batch *wait_for_batch(worker *w)
{
    pthread_mutex_lock(&w->lock);
    while (w->storing == NULL && !w->is_storing_over)
        pthread_cond_wait(&w->moved, &w->lock);
    work_batch *batch = w->storing;
    pthread_mutex_unlock(&w->lock);
    return batch;
}

void *work_store_run(void *context)
{
    worker *w = context;
    for (work_batch *batch = wait_for_batch(w); batch != NULL; batch = wait_for_batch(w)) {
        if (store(w, batch->items, batch->count)) {
            const double cpu = work_cpu();
            work_batch_answer(w, batch);
            work_count_cpu(&w->metrics, STAGE_QUEUE, cpu);
        }
        work_batch_free(w, batch, AWAY_SECONDS);
        pthread_mutex_lock(&w->lock);
        w->storing = NULL;
        pthread_cond_broadcast(&w->moved);
        pthread_mutex_unlock(&w->lock);
    }
    return NULL;
}

void work_store_give(worker *w, work_batch *batch)
{
    pthread_mutex_lock(&w->lock);
    while (w->storing != NULL)
        pthread_cond_wait(&w->moved, &w->lock);
    w->storing = batch;
    pthread_cond_broadcast(&w->moved);
    pthread_mutex_unlock(&w->lock);
}

void work_store_wait(worker *w)
{
    pthread_mutex_lock(&w->lock);
    while (w->storing != NULL)
        pthread_cond_wait(&w->moved, &w->lock);
    pthread_mutex_unlock(&w->lock);
}
