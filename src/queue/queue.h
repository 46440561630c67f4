/*
 * The queue between those who bring news and those who read it: ids of parcels on a stream of NATS JetStream, and nothing else. News itself stays in the
 * archive's outbox (marsad_outbox.h); the queue may lose, repeat and reorder what it carries.
 *   queue.c    the connection
 *   stream.c   stream and consumer, made where they are not there; what they hold
 *   send.c     publishing in windows
 *   outbox.c   an archive's outbox into the queue
 *   pull.c     fetching and answering
 *   nkey.c     the public key of a seed
 *
 * The stream is kept in files, by work queue retention: a message leaves it when it was acknowledged. It refuses new messages when it is full, and drops none by
 * age: what is refused waits in the outbox. Its consumer "readers" is pulled from by all workers, with explicit acknowledgement and no limit of deliveries: what
 * is delivered too often is for the workers to bury, not for the broker to drop.
 *
 * Threads    queue_fetch() and queue_send() may run side by side, each in one thread at a time; answers may be given in any thread, to one message in one at a time.
 * Errors     MARSAD_ERR_SYSTEM: not reached, no leader, no room: try again later; MARSAD_ERR_ARGUMENT: settings that trying again does not mend (a refused login,
 *            a certificate, a stream that is there with other settings).
 */
#ifndef MARSAD_QUEUE_H
#define MARSAD_QUEUE_H

#include "marsad_outbox.h"

typedef struct queue queue;

typedef enum { QUEUE_CONNECTED, QUEUE_DISCONNECTED, QUEUE_RECONNECTED } queue_event;

/* Strings are the caller's and outlive the queue. NULL: not given. */
typedef struct {
    const char *servers;  /* "nats://a:4222,tls://b:4222": all of one cluster */
    const char *stream;   /* its name; messages go to <stream>.parcels */
    int replicas;         /* of a stream that is made; 0: one, and any number is right where it is there already */
    unsigned ack_seconds; /* an unanswered message goes to another worker after so long; 0: 60, and any is right where it is there already */
    const char *authority, *certificate, *key;      /* PEM files: who signed the server's certificate; our own */
    const char *credentials, *nkey;                 /* files: JWT with seed; a seed alone */
    const char *name;                               /* of this client, as the broker shows it */
    void (*tell)(void *context, queue_event event); /* in any thread; may be NULL */
    void *context;
} queue_settings;

/*
 * The client library's own state: once before the first queue and after the last one of a program. Open it before an archive, which may be on a server: what is
 * opened first ends last, and OpenSSL must have ended before this library ends, which frees some of the same (nats.c 3.4 with OpenSSL 3).
 */
marsad_status queue_library_open(marsad_error *err);
void queue_library_close(void);

/* Reads the settings' files; reaches for nothing yet. Errors: MARSAD_ERR_ARGUMENT with what is wrong with them. */
marsad_status queue_open(queue **out, const queue_settings *settings, marsad_error *err);
void queue_close(queue *q);

typedef enum { QUEUE_TO_SEND, QUEUE_TO_READ } queue_use;

/*
 * Connects unless it is, and makes the stream where it is not there; to read, the consumer too. To be called again after each failure.
 * `*made` is set if the stream was not there, so that what was sent to an earlier one is lost; may be NULL.
 */
marsad_status queue_ready(queue *q, queue_use use, bool *made, marsad_error *err);

/* Times that the connection was lost and found again. */
uint64_t queue_reconnects(const queue *q);

/* How soon a message must be answered, or told to be worked at, as the consumer has it; 0 before it is ready to be read from. */
unsigned queue_ack_seconds(const queue *q);

/* --- sending ------------------------------------------------------------------------------------------------------------ */

enum { QUEUE_WINDOW = 512 };

/*
 * Publishes at most QUEUE_WINDOW ids, each under itself as the message's id, and waits until each was answered for. `acked[i]` tells which were put on the
 * stream for certain. MARSAD_OK if all are; else what is not is to be sent again.
 */
marsad_status queue_send(queue *q, const marsad_parcel_id *ids, size_t count, bool *acked, marsad_error *err);

typedef struct {
    int64_t (*now)(void);                                      /* Unix time */
    bool (*goes_on)(void *context);                            /* asked often; false ends it */
    void (*tell)(void *context, uint64_t sent, uint64_t left); /* after each step; what others add meanwhile is seen later; may be NULL */
    void (*wait)(void *context, const char *reason);           /* once for each time that nothing can be sent; may be NULL */
    void *context;
} queue_progress;

/*
 * Sends all that the outbox of `archive` holds unsent, until it is acknowledged: waits, with longer and longer pauses, for a queue that is away. Where the stream is
 * made for it, all that an earlier one held goes again. `*sent` receives how many; MARSAD_END if it was ended before. Errors: the archive's, MARSAD_ERR_ARGUMENT.
 */
marsad_status queue_send_outbox(queue *q, marsad_archive *archive, const queue_progress *progress, uint64_t *sent, marsad_error *err);

/* --- working ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    marsad_parcel_id id; /* "" if the message holds none */
    uint64_t deliveries; /* this one counted */
    void *message;       /* the queue's; NULL when it is given back */
} queue_delivery;

/* At most `most` messages, waiting up to `milliseconds` for the first. None is MARSAD_OK too: more may come. */
marsad_status queue_fetch(queue *q, queue_delivery *out, size_t most, unsigned milliseconds, size_t *count, marsad_error *err);

/* Answers: done; deliver it again, after so many seconds; I am at it. An answer that gets lost is mended by another delivery, so none is waited for. */
void queue_ack(queue_delivery *d);
void queue_nak(queue_delivery *d, unsigned seconds);
void queue_work_on(queue_delivery *d);
/* Gives the message back, answered or not; harmless on one that was. */
void queue_release(queue_delivery *d);
/* Sees to it that answers are on their way: before the program ends. */
void queue_flush(queue *q);

/* --- status ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    bool has_stream, has_consumer;
    uint64_t messages, bytes, first, last; /* of the stream; numbers of its first and last message */
    int replicas, replicas_current;        /* of the stream, its leader among them; current: not behind */
    char leader[64];                       /* server's name; "" where there is one server */
    uint64_t pending;                      /* messages that were never delivered */
    int64_t ack_pending, redelivered;      /* delivered and not answered yet; of them more than once */
    int64_t waiting;                       /* workers that ask for more */
} queue_figures;

/* Makes nothing. */
marsad_status queue_look(queue *q, queue_figures *out, marsad_error *err);

#endif
