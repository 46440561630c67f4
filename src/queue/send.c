/*
 * Publishing in windows: all ids of one are on their way at once, and each is answered for before the next window begins. The broker acknowledges, refuses, or says
 * nothing for a while: then the client library gives it up, and it goes again under the same id.
 *
 * A message whose id the broker has seen within two minutes it takes for a repetition, and acknowledges without storing it. That is right where the first one waits
 * on the stream still; where it was read since, and its parcel put into the outbox anew, nobody would be told. Which of the two it is cannot be seen, so a repetition
 * goes once more without an id: one delivery too many finds its parcel done.
 */
#include <time.h>

#include "queue/inside.h"

enum { ANSWER_MILLISECONDS = 5000, LOST_SECONDS = 15 /* by then the library has given up every message */ };

typedef enum { ANSWER_NONE, ANSWER_ACKED, ANSWER_REPEATED, ANSWER_REFUSED } answer;

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
    if (at < w->count && w->answers[at] == ANSWER_NONE) {
        w->answers[at] = ack == NULL ? ANSWER_REFUSED : ack->Duplicate ? ANSWER_REPEATED : ANSWER_ACKED;
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

static natsStatus publish(const queue *q, queue_link *link, const char *id, bool has_id)
{
    jsPubOptions options;
    natsMsg *message = NULL;
    jsPubOptions_Init(&options);
    options.MsgId = has_id ? id : NULL;
    options.MaxWait = ANSWER_MILLISECONDS;
    options.ExpectStream = q->settings.stream;
    natsStatus status = natsMsg_Create(&message, q->subject, NULL, id, (int)strlen(id));
    if (status == NATS_OK)
        status = js_PublishMsgAsync(link->js, &message, &options);
    natsMsg_Destroy(message); /* NULL where the library has taken it */
    return status;
}

static void begin_window(queue_window *w, const marsad_parcel_id *ids, size_t count, unsigned char *answers)
{
    pthread_mutex_lock(&w->lock);
    w->ids = ids;
    w->answers = answers;
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

static marsad_status send_window(queue *q, queue_link *link, const marsad_parcel_id *ids, size_t count, bool has_id, unsigned char *answers,
                                 marsad_error *err)
{
    jsErrCode code = 0;
    natsStatus sent = NATS_OK;
    size_t published = 0;
    const unsigned refusals = queue_refusals(q, REFUSED_SEND);
    begin_window(&q->window, ids, count, answers);
    while (published < count && (sent = publish(q, link, ids[published], has_id)) == NATS_OK)
        published++;
    const natsStatus answered = queue_no_answer(q, REFUSED_SEND, refusals, end_window(&q->window, count - published, &code));
    if (sent != NATS_OK)
        return queue_fail(q, sent, 0, "send to the stream", err);
    return answered == NATS_OK ? MARSAD_OK : queue_fail(q, answered, code, "send to the stream", err);
}

/* What was taken for a repetition, without an id. */
static marsad_status send_repeated(queue *q, queue_link *link, const marsad_parcel_id *ids, size_t count, bool *acked, const unsigned char *answers,
                                   marsad_error *err)
{
    marsad_parcel_id again[QUEUE_WINDOW];
    unsigned char then[QUEUE_WINDOW] = {ANSWER_NONE};
    size_t repeated = 0, at = 0;
    for (size_t i = 0; i < count; i++)
        if (answers[i] == ANSWER_REPEATED)
            memcpy(again[repeated++], ids[i], sizeof again[0]);
    if (repeated == 0)
        return MARSAD_OK;
    const marsad_status status = send_window(q, link, (const marsad_parcel_id *)again, repeated, false, then, err);
    for (size_t i = 0; i < count; i++)
        if (answers[i] == ANSWER_REPEATED)
            acked[i] = then[at++] == ANSWER_ACKED;
    return status;
}

marsad_status queue_send(queue *q, const marsad_parcel_id *ids, size_t count, bool *acked, marsad_error *err)
{
    unsigned char answers[QUEUE_WINDOW] = {ANSWER_NONE};
    queue_link *link;
    memset(acked, 0, count * sizeof *acked);
    if (count > QUEUE_WINDOW)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "at most %d ids are sent at once", QUEUE_WINDOW);
    marsad_status status = queue_connect(q, &link, err);
    if (status != MARSAD_OK)
        return status;
    status = send_window(q, link, ids, count, true, answers, err);
    for (size_t i = 0; i < count; i++)
        acked[i] = answers[i] == ANSWER_ACKED;
    const marsad_status of_repeated = send_repeated(q, link, ids, count, acked, answers, err);
    return of_repeated != MARSAD_OK ? of_repeated : status;
}
