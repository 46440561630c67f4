/*
 * marsad work: from ids on the queue to articles in the archive.
 *
 *   queue ─fetch→ deliveries ─take→ parcels ─read, in threads→ drafts ─one transaction→ archive ─then→ acknowledged
 *                 work.c                     work_read.c              work_store.c
 *
 * While one batch is stored the next one is read; no more than these two are in flight. A delivery is answered for only after the commit, so what is lost on the
 * way is delivered again, and what is delivered again after all is found done, for its parcel is gone from the outbox.
 *
 *   work_try.c      parcels that were delivered before, one at a time, tried in a process of their own: one that ends it takes nobody with it
 *   work_batch.c    batches, answers to their deliveries, and signs of life while they are worked at
 *   work_lead.c     what one worker of all does beside: views, and what the queue has lost
 *   work_metrics.c  figures; work_log.c what happens, line by line
 *
 * Threads: the first fetches and reads, with the readers of the pool; one stores; one gives signs of life; one leads.
 */
#ifndef MARSAD_WORK_H
#define MARSAD_WORK_H

#include <pthread.h>
#include <stdatomic.h>

#include "cli/command.h"
#include "queue/queue.h"

enum { WORK_JOBS_MOST = 64, WORK_BATCH_MOST = 1024 };

/* --- work_log.c ----------------------------------------------------------------------------------------------------------- */

typedef enum { LOG_NOTE, LOG_WARNING, LOG_ERROR } log_level;

typedef struct {
    const char *name;
    const char *text; /* NULL: a number */
    double number;
} log_field;

/* One line on stderr, whole: for people, or an object of JSON. Neither texts of articles nor names stand in it, nor reasons that quote them. */
void work_tell(bool as_json, log_level level, const char *what, const log_field *fields, size_t count);

static inline log_field log_text(const char *name, const char *text)
{
    return (log_field){.name = name, .text = text};
}
static inline log_field log_number(const char *name, double number)
{
    return (log_field){.name = name, .number = number};
}

#define WORK_TELL(w, level, what, ...)                                                                                                               \
    work_tell((w)->is_json, (level), (what), (const log_field[]){__VA_ARGS__}, sizeof((const log_field[]){__VA_ARGS__}) / sizeof(log_field))

/* --- work_metrics.c --------------------------------------------------------------------------------------------------------- */

typedef enum { STAGE_READ, STAGE_QUEUE, STAGE_STORE, STAGES } work_stage;

/* Since the worker began. Times are seconds. */
typedef struct {
    uint64_t stored, known, buried;                 /* articles; parcels */
    uint64_t fetched, redelivered, gone, put_off;   /* messages; gone: their parcel was done */
    uint64_t batches, commits_failed, queue_failed; /* failed: and tried again */
    double commit_seconds, cpu[STAGES];
    int64_t last_success; /* Unix time of the last commit; 0: none */
    bool is_leader;
    uint64_t reconnects;
} work_figures;

typedef struct {
    pthread_mutex_t lock;
    work_figures figures;
} work_metrics;

typedef struct work_exporter work_exporter;

/* Tells the figures to who asks for http://ADDRESS:PORT/metrics, in Prometheus' text format. False after it was told why not. */
bool work_exporter_start(work_exporter **out, work_metrics *metrics, const char *address, uint16_t port);
void work_exporter_stop(work_exporter *exporter); /* harmless on NULL */

/* Seconds of processor time of this thread; of clocks that only go on. */
double work_cpu(void);
double work_clock(void);
/* Counts what this thread has used since `began` for `stage`. */
void work_count_cpu(work_metrics *metrics, work_stage stage, double began);

/* --- a batch ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    queue_delivery delivery;
    const marsad_parcel *parcel; /* of the batch; NULL: it is done already */
    marsad_draft *draft;
    char reason[sizeof((marsad_error *)0)->message]; /* why it can never be stored; "" */
    bool is_put_off;                                 /* to be delivered again: memory was out, or the archive would not have it */
    bool is_damaged;                                 /* its row in the outbox cannot be read */
} work_item;

typedef struct {
    work_item *items;
    size_t count;
    marsad_parcels parcels;
    double reading_since; /* work_clock(); 0: it is not read. Under live_lock */
} work_batch;

/* --- the worker ------------------------------------------------------------------------------------------------------------- */

typedef struct read_pool read_pool;

enum { LIVE_MOST = 8 }; /* batches: what was fetched, cut in parts, one of them read and one stored */

typedef struct {
    queue *queue;
    marsad_archive *source;  /* parcels come from it; the first thread's */
    marsad_archive *store;   /* articles go to it; the storing thread's */
    marsad_archive *leading; /* views are made in it; the leading thread's */
    bool is_json;            /* the log */
    bool until_empty;
    size_t batch_most;
    uint64_t deliveries_most; /* of a parcel that comes to nothing each time */
    read_pool *pool;
    work_metrics metrics;

    atomic_bool is_over;    /* nothing more is begun */
    atomic_bool has_ended;  /* nothing more is in flight */
    atomic_bool was_remade; /* the stream was not there: all that the outbox holds must be sent again */

    pthread_mutex_t live_lock; /* over what is live, and over every answer to its deliveries */
    work_batch *live[LIVE_MOST];

    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t moved;
    work_batch *storing; /* the storing thread's; NULL: it rests */
    bool is_storing_over;
} worker;

/* Is it time to leave? A first signal ends the work after the batches in flight, a second one ends the program. */
bool work_is_over(worker *w);
/* Sleeps, until it is over at the longest. */
void work_pause(worker *w, unsigned milliseconds);
/* The next pause after `before` of one kind of failure, in milliseconds; 0 before the first. */
unsigned work_next_pause(unsigned before);

/* --- work_batch.c: batches and signs of life for their deliveries ------------------------------------------------------------ */

/* A batch of deliveries, which are its own now and told to be worked at; NULL if there are none, or memory is out: then they are given back. */
work_batch *work_batch_new(worker *w, queue_delivery *deliveries, size_t count);
/* The items behind the first `count` as a batch of their own; NULL if there are none, or memory is out: then they are given back. */
work_batch *work_batch_cut(worker *w, work_batch *batch, size_t count);
/* Frees the batch (NULL is harmless); deliveries that were not answered are delivered again after `seconds`. */
void work_batch_free(worker *w, work_batch *batch, unsigned seconds);
/* From the first to the second the batch is read. One that is read for fifteen minutes ends the program. */
void work_batch_begin_reading(worker *w, work_batch *batch);
void work_batch_end_reading(worker *w, work_batch *batch);
/* All are done, but those that are put off. */
void work_batch_answer(worker *w, work_batch *batch);
/* A thread; `context` is the worker. */
void *work_live_run(void *context);

/* --- work_read.c ------------------------------------------------------------------------------------------------------------ */

/* `jobs` threads, each with a reader. False after it was told why not. */
bool read_pool_start(read_pool **out, worker *w, const data_set *data, size_t jobs);
void read_pool_stop(read_pool *pool); /* harmless on NULL */
/* Reads all parcels of the batch side by side. */
void read_pool_read(read_pool *pool, work_batch *batch);
/* Reads one in this thread, while the pool rests; what it makes is dropped. False if it cannot be read. */
bool read_pool_try(read_pool *pool, const marsad_parcel *parcel);

/* --- work_store.c ----------------------------------------------------------------------------------------------------------- */

/* The storing thread; `context` is the worker. */
void *work_store_run(void *context);
/* Hands the batch over, once the one before it is stored. */
void work_store_give(worker *w, work_batch *batch);
/* Waits until all that was handed over is stored. */
void work_store_wait(worker *w);

/* --- work_try.c ------------------------------------------------------------------------------------------------------------- */

/*
 * Does reading this parcel end a process, or take longer than it may? Forks: no other thread of this program may be reading. `how` is one line about how it ended.
 */
bool work_try_ends(read_pool *pool, const marsad_parcel *parcel, char how[80]);
/* Another order at each delivery: where one of them ends the program all the same, others come before it the next time. */
void work_try_shuffle(queue_delivery *deliveries, size_t count);

/* --- work_lead.c ------------------------------------------------------------------------------------------------------------ */

/* The leading thread; `context` is the worker. */
void *work_lead_run(void *context);

#endif
