/* An archive's outbox into the queue, until nothing of it is unsent. */
#include <time.h>

#include "queue/inside.h"

enum { PAUSE_FIRST = 100, PAUSE_MOST = 5000, PAUSE_STEP = 100 }; /* milliseconds */
enum { COUNT_SECONDS = 30 };                                     /* what is left is counted so often: a look at every row */

typedef struct {
    queue *queue;
    marsad_archive *archive;
    const queue_progress *progress;
    unsigned pause; /* the last one, in milliseconds; 0: the queue answers */
    uint64_t sent;
    uint64_t left, sent_then; /* as they were counted last */
    double counted;           /* when; 0: never */
} sending;

/* A pause that is longer than the one before, left as soon as it is over. */
static void wait(sending *s, const char *reason)
{
    const queue_progress *p = s->progress;
    if (s->pause == 0 && p->wait != NULL)
        p->wait(p->context, reason);
    s->pause = s->pause == 0 ? PAUSE_FIRST : s->pause * 2 < PAUSE_MOST ? s->pause * 2 : PAUSE_MOST;
    for (unsigned waited = 0; waited < s->pause && p->goes_on(p->context); waited += PAUSE_STEP)
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_STEP * 1000000L}, NULL);
}

/* Connected, with a stream, and with an outbox that knows what is not on it; waits for all of them. MARSAD_END if it does not go on. */
static marsad_status make_ready(sending *s, marsad_error *err)
{
    bool is_new = false; /* the stream */
    while (s->progress->goes_on(s->progress->context)) {
        bool made = false;
        marsad_status status = queue_ready(s->queue, QUEUE_TO_SEND, &made, err);
        is_new = is_new || made;
        bool may_pass = status == MARSAD_ERR_SYSTEM;
        if (status == MARSAD_OK && is_new) {
            status = marsad_outbox_resend(s->archive, s->progress->now(), NULL, err);
            may_pass = status != MARSAD_OK && marsad_archive_may_pass(s->archive);
        }
        if (!may_pass)
            return status;
        wait(s, err->message);
    }
    return MARSAD_END;
}

/* One window: what of it is acknowledged is noted as sent. `*left` is false when there was none. */
static marsad_status send_some(sending *s, bool *left, marsad_error *err)
{
    marsad_parcel_id ids[QUEUE_WINDOW];
    bool acked[QUEUE_WINDOW];
    size_t count = 0, sent = 0;
    marsad_error why = {0};
    marsad_status status = marsad_outbox_unsent(s->archive, ids, QUEUE_WINDOW, &count, err);
    *left = count > 0;
    if (status != MARSAD_OK || count == 0)
        return status;

    const marsad_status came_to = queue_send(s->queue, (const marsad_parcel_id *)ids, count, acked, &why);
    for (size_t i = 0; i < count; i++)
        if (acked[i])
            memmove(ids[sent++], ids[i], sizeof ids[i]);
    if (sent > 0)
        status = marsad_outbox_sent(s->archive, s->progress->now(), (const marsad_parcel_id *)ids, sent, err);
    if (status != MARSAD_OK)
        return status;
    s->sent += sent;
    if (came_to == MARSAD_OK) {
        s->pause = 0;
        return MARSAD_OK;
    }
    if (came_to == MARSAD_ERR_ARGUMENT)
        return fail(err, came_to, MARSAD_NOWHERE, "%s", why.message);
    wait(s, why.message);
    return make_ready(s, err);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static marsad_status count_left(sending *s, marsad_error *err)
{
    marsad_outbox_figures figures;
    if (s->counted > 0 && seconds_now() - s->counted < COUNT_SECONDS)
        return MARSAD_OK;
    const marsad_status status = marsad_outbox_counts(s->archive, &figures, err);
    s->left = figures.unsent;
    s->sent_then = s->sent;
    s->counted = seconds_now();
    return status;
}

static marsad_status tell(sending *s, marsad_error *err)
{
    const queue_progress *p = s->progress;
    if (p->tell == NULL)
        return MARSAD_OK;
    const marsad_status status = count_left(s, err);
    const uint64_t since = s->sent - s->sent_then;
    if (status == MARSAD_OK)
        p->tell(p->context, s->sent, s->left > since ? s->left - since : 0);
    return status;
}

marsad_status queue_send_outbox(queue *q, marsad_archive *archive, const queue_progress *progress, uint64_t *sent, marsad_error *err)
{
    sending s = {.queue = q, .archive = archive, .progress = progress};
    bool left = true;
    marsad_status status = make_ready(&s, err);
    while (status == MARSAD_OK && left) {
        if (!progress->goes_on(progress->context))
            status = MARSAD_END;
        if (status == MARSAD_OK)
            status = send_some(&s, &left, err);
        if (status == MARSAD_OK && left)
            status = tell(&s, err);
        if (status != MARSAD_OK && status != MARSAD_END && marsad_archive_may_pass(archive)) {
            wait(&s, err->message); /* what was not noted as sent goes once more */
            status = MARSAD_OK;
            left = true;
        }
    }
    *sent = s.sent;
    return status;
}
