/* The threads that read: each takes the next parcel of the batch until there is none. */
#include <stdlib.h>
#include <string.h>

#include "cli/work.h"

typedef struct {
    read_pool *pool;
    pthread_t thread;
    marsad_reader *reader;
    marsad_item *item; /* its memory is used again */
} read_job;

struct read_pool {
    worker *worker;
    pthread_mutex_t lock;
    pthread_cond_t begun, ended;
    work_batch *batch; /* NULL: rest */
    size_t next;       /* of its items */
    size_t at_work;    /* threads that have not come to its end */
    uint64_t turn;     /* batches begun */
    bool is_over;
    size_t count;
    read_job jobs[WORK_JOBS_MOST];
};

static marsad_status read_parcel(const read_pool *pool, read_job *job, const marsad_parcel *parcel, marsad_draft **draft, marsad_error *err)
{
    marsad_article article;
    char note[240] = "";
    marsad_status status = marsad_item_unpack(&job->item, parcel, err);
    if (status == MARSAD_OK)
        status = marsad_item_parse(job->item, &article, note, err);
    if (status == MARSAD_OK)
        status = marsad_draft_new(draft, pool->worker->source, job->reader, &article, marsad_item_bytes(job->item), marsad_input_name(parcel->input),
                                  note, err);
    return status;
}

static void read_item(const read_pool *pool, read_job *job, work_item *item)
{
    marsad_error err = {0};
    if (item->parcel == NULL || item->reason[0] != 0)
        return;
    const double began = work_cpu();
    const marsad_status status = read_parcel(pool, job, item->parcel, &item->draft, &err);
    item->is_put_off = status == MARSAD_ERR_SYSTEM; /* memory: nothing that the parcel can be blamed for */
    if (status != MARSAD_OK && status != MARSAD_ERR_SYSTEM)
        memcpy(item->reason, err.message, sizeof item->reason);
    work_count_cpu(&pool->worker->metrics, STAGE_READ, began);
}

/* Waits for a batch that this thread has not seen. False when it is over. */
static bool wait_for_turn(read_pool *pool, uint64_t *seen)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->is_over && pool->turn == *seen)
        pthread_cond_wait(&pool->begun, &pool->lock);
    *seen = pool->turn;
    const bool goes_on = !pool->is_over;
    pthread_mutex_unlock(&pool->lock);
    return goes_on;
}

static work_item *next_item(read_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    work_item *item = pool->next < pool->batch->count ? &pool->batch->items[pool->next++] : NULL;
    if (item == NULL && --pool->at_work == 0)
        pthread_cond_signal(&pool->ended);
    pthread_mutex_unlock(&pool->lock);
    return item;
}

static void *run(void *context)
{
    read_job *job = context;
    uint64_t seen = 0;
    while (wait_for_turn(job->pool, &seen))
        for (work_item *item = next_item(job->pool); item != NULL; item = next_item(job->pool))
            read_item(job->pool, job, item);
    return NULL;
}

void read_pool_read(read_pool *pool, work_batch *batch)
{
    pthread_mutex_lock(&pool->lock);
    pool->batch = batch;
    pool->next = 0;
    pool->at_work = pool->count;
    pool->turn++;
    pthread_cond_broadcast(&pool->begun);
    while (pool->at_work > 0)
        pthread_cond_wait(&pool->ended, &pool->lock);
    pool->batch = NULL;
    pthread_mutex_unlock(&pool->lock);
}

bool read_pool_try(read_pool *pool, const marsad_parcel *parcel)
{
    marsad_draft *draft = NULL;
    const bool ok = read_parcel(pool, &pool->jobs[0], parcel, &draft, NULL) == MARSAD_OK;
    marsad_draft_free(draft);
    return ok;
}

bool read_pool_start(read_pool **out, worker *w, const data_set *data, size_t jobs)
{
    marsad_error err = {0};
    read_pool *pool = calloc(1, sizeof *pool);
    *out = pool;
    if (pool == NULL) {
        message("out of memory");
        return false;
    }
    pool->worker = w;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begun, NULL);
    pthread_cond_init(&pool->ended, NULL);
    for (; pool->count < jobs; pool->count++) {
        read_job *job = &pool->jobs[pool->count];
        job->pool = pool;
        if (marsad_reader_new(&job->reader, data->lexicon, (const marsad_gazetteer *const *)data->gazetteers, data->gazetteer_count, &err) !=
            MARSAD_OK) {
            message("%s", err.message);
            break;
        }
        if (pthread_create(&job->thread, NULL, run, job) != 0) {
            message("cannot start %zu threads to read", jobs);
            marsad_reader_free(job->reader);
            break;
        }
    }
    if (pool->count == jobs)
        return true;
    read_pool_stop(pool);
    *out = NULL;
    return false;
}

void read_pool_stop(read_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_over = true;
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++) {
        pthread_join(pool->jobs[i].thread, NULL);
        marsad_item_free(pool->jobs[i].item);
        marsad_reader_free(pool->jobs[i].reader);
    }
    pthread_cond_destroy(&pool->begun);
    pthread_cond_destroy(&pool->ended);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
