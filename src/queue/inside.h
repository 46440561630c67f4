/* What the files of this folder share. NATS' own types go no further than here. */
#ifndef MARSAD_QUEUE_INSIDE_H
#define MARSAD_QUEUE_INSIDE_H

#include <nats/nats.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/base.h"
#include "queue/queue.h"

#define QUEUE_CONSUMER "readers"

/* Ids on their way; what late answers belong to is told by the message's own bytes. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t answered;
    const marsad_parcel_id *ids; /* NULL: none are waited for */
    unsigned char *answers;      /* one for each id; send.c */
    size_t count, open;          /* open: not answered for yet */
    size_t next;                 /* where the next answer most likely is */
    natsStatus why;              /* of the last refusal */
    jsErrCode code;
} queue_window;

/*
 * A connection with what hangs on it. One that the client library has closed for good is replaced, but lives as long as the queue: messages that came by it,
 * and other threads, may still hold on to it.
 */
typedef struct queue_link {
    struct queue_link *older;
    natsConnection *connection;
    jsCtx *js;
    natsSubscription *_Atomic readers; /* NULL until stream and consumer were found or made */
} queue_link;

/* What the broker may refuse to a login; each is asked for in a thread of its own. */
typedef enum { REFUSED_LOOK, REFUSED_SEND, REFUSED_FETCH, REFUSED_KINDS } queue_refusal;

struct queue {
    queue_settings settings;
    natsOptions *options;
    char subject[80];
    pthread_mutex_t lock; /* over what follows */
    queue_link *link;     /* NULL: never connected */
    pthread_cond_t ended; /* a connection has: the library calls back no more for it */
    size_t links_ended;
    atomic_uint_fast64_t reconnects;
    atomic_uint ack_seconds;             /* as the consumer has it */
    atomic_uint refusals[REFUSED_KINDS]; /* times that the broker said that the login may not do what it tried */
    atomic_bool is_closing;              /* that the connection ends is no loss */
    queue_window window;
};

/* Tells what came of an operation on the queue, "cannot fetch": as the broker says it, and whether trying again is of use. */
marsad_status queue_fail(queue *q, natsStatus status, jsErrCode code, const char *what, marsad_error *err);

/* Connects unless it is; `*out` lives as long as the queue. */
marsad_status queue_connect(queue *q, queue_link **out, marsad_error *err);

/* Finds or makes the stream; to read, also its consumer, and binds to it; stream.c. */
marsad_status queue_prepare(queue *q, queue_link *link, queue_use use, bool *made, marsad_error *err);

/* A broker that does not permit something says so once, beside the answers, and then nothing comes. `before`: queue_refusals() when it was asked. */
natsStatus queue_no_answer(const queue *q, queue_refusal kind, unsigned before, natsStatus status);
unsigned queue_refusals(const queue *q, queue_refusal kind);

/* A jsPubAckHandler whose closure is the queue; send.c. */
void queue_on_answer(jsCtx *js, natsMsg *message, jsPubAck *ack, jsPubAckErr *refusal, void *context);

enum { NKEY_PUBLIC_BYTES = 57 };
/* The public key "U..." of the user's seed "SU..." in the file; nkey.c. */
marsad_status nkey_public(char out[NKEY_PUBLIC_BYTES], const char *file, marsad_error *err);

#endif
