/*
 * Publishing in windows: all ids of one are on their way at once, and each is answered for before the next window begins. The broker acknowledges, refuses, or says
 * nothing for a while: then the client library gives it up, and it goes again under the same id.
 */
#include <time.h>

#include "queue/inside.h"

enum { ANSWER_MILLISECONDS = 5000, LOST_SECONDS = 15 /* by then the library has given up every message */ };

/* Under the window's lock: the place of the id that the message holds, or `count`. Answers come nearly in the order of sending. */
static size_t place_of(queue_window *w, const natsMsg *message)
{
    const char *data = natsMsg_GetData(message);
    const size_t len = (size_t)natsMsg_GetDataLength(message);
    for (size_t i = 0; w->ids != NULL && i < w->count; i++) {
        const size_t at = (w->next + i) % w->count;
        if (strlen(w->ids[at]) == len && memcmp(w->ids[at], data, len) == 0) {
            w->next = at + 1;
            return at;
        }
    }
    return w->count;
}

void queue_on_answer(jsCtx *js, natsMsg *message, jsPubAck *ack, jsPubAckErr *refusal, void *context)
{
    queue_window *w = &((queue *)context)->window;
    (void)js;
    pthread_mutex_lock(&w->lock);
    const size_t at = place_of(w, message);
    if (at < w->count && !w->told[at]) {
        w->told[at] = true;
        w->acked[at] = ack != NULL;
        w->open--;
        if (ack == NULL && refusal != NULL) {
            w->why = refusal->Err;
            w->code = refusal->ErrCode;
        }
    }
    pthread_cond_signal(&w->answered);
    pthread_mutex_unlock(&w->lock);
    natsMsg_Destroy(message);
}

static natsStatus publish(const queue *q, queue_link *link, const char *id)
{
    jsPubOptions options;
    natsMsg *message = NULL;
    jsPubOptions_Init(&options);
    options.MsgId = id;
    options.MaxWait = ANSWER_MILLISECONDS;
    options.ExpectStream = q->settings.stream;
    natsStatus status = natsMsg_Create(&message, q->subject, NULL, id, (int)strlen(id));
    if (status == NATS_OK)
        status = js_PublishMsgAsync(link->js, &message, &options);
    natsMsg_Destroy(message); /* NULL where the library has taken it */
    return status;
}

static void begin_window(queue_window *w, const marsad_parcel_id *ids, size_t count, bool *acked, bool *told)
{
    pthread_mutex_lock(&w->lock);
    w->ids = ids;
    w->acked = acked;
    w->told = told;
    w->count = w->open = count;
    w->next = 0;
    w->why = NATS_OK;
    w->code = 0;
    pthread_mutex_unlock(&w->lock);
}

/* Waits until all are answered for; `unpublished` never went out. Returns why some were not acknowledged. */
static natsStatus end_window(queue_window *w, size_t unpublished, jsErrCode *code)
{
    struct timespec until;
    int waited = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOST_SECONDS;
    pthread_mutex_lock(&w->lock);
    while (w->open > unpublished && waited == 0)
        waited = pthread_cond_timedwait(&w->answered, &w->lock, &until);
    const natsStatus why = w->why == NATS_OK && w->open > unpublished ? NATS_TIMEOUT : w->why;
    *code = w->code;
    w->ids = NULL; /* answers that come later belong to nothing */
    w->count = 0;
    pthread_mutex_unlock(&w->lock);
    return why;
}

marsad_status queue_send(queue *q, const marsad_parcel_id *ids, size_t count, bool *acked, marsad_error *err)
{
    bool told[QUEUE_WINDOW] = {false};
    queue_link *link;
    jsErrCode code = 0;
    natsStatus sent = NATS_OK;
    memset(acked, 0, count * sizeof *acked);
    if (count > QUEUE_WINDOW)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "at most %d ids are sent at once", QUEUE_WINDOW);
    const marsad_status status = queue_connect(q, &link, err);
    if (status != MARSAD_OK)
        return status;

    begin_window(&q->window, ids, count, acked, told);
    size_t published = 0;
    while (published < count && (sent = publish(q, link, ids[published])) == NATS_OK)
        published++;
    const natsStatus answered = end_window(&q->window, count - published, &code);
    size_t missing = 0;
    for (size_t i = 0; i < count; i++)
        missing += !acked[i];
    if (missing == 0)
        return MARSAD_OK;
    if (sent != NATS_OK)
        return queue_fail(q, sent, 0, "send to the stream", err);
    return queue_fail(q, answered, code, "send to the stream", err);
}
