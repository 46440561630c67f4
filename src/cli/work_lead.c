/*
 * What one worker of all does beside its work: it brings incidents up to date, and finds out what got lost between outbox and queue.
 *   the stream was not there   all that the outbox holds goes again
 *   it is empty, and the outbox tells that parcels are on it, at two looks in a row: a broker that lost what it had acknowledged. They go again
 *   the oldest unsent parcel is the same at two looks: nobody sends it
 */
#include <string.h>

#include "cli/work.h"

enum { TURN_MILLISECONDS = 1000, REST_TIMES = 9, LOOK_SECONDS = 10 };

typedef struct {
    worker *w;
    double looked;
    bool has_more;           /* unsent, where sending was left off */
    marsad_parcel_id oldest; /* unsent, at the last look; "" none */
    bool was_empty;          /* the stream, though parcels were told to be on it, at the last look */
} leader;

/* --- views ------------------------------------------------------------------------------------------------------------------ */

/* Brings incidents up to date, a transaction at a time, for as long as may pass between two looks. `*is_leader` is false if another worker does. */
static marsad_status refresh(worker *w, bool *is_leader, marsad_error *err)
{
    const double began = work_clock();
    bool is_done = false;
    marsad_status status = marsad_archive_lead(w->leading, is_leader, err);
    while (status == MARSAD_OK && *is_leader && !is_done && !work_is_over(w) && work_clock() - began < LOOK_SECONDS)
        status = marsad_archive_refresh_some(w->leading, time_now(), &is_done, err);
    return status;
}

static bool lead(worker *w)
{
    marsad_error err = {0};
    bool is_leader = false;
    const double cpu = work_cpu();
    const marsad_status status = refresh(w, &is_leader, &err);
    work_count_cpu(&w->metrics, STAGE_STORE, cpu);
    is_leader = is_leader && status == MARSAD_OK;
    if (status != MARSAD_OK)
        WORK_TELL(w, LOG_WARNING, "views not made", log_text("reason", err.message));
    pthread_mutex_lock(&w->metrics.lock);
    w->metrics.figures.is_leader = is_leader;
    w->metrics.figures.reconnects = queue_reconnects(w->queue);
    pthread_mutex_unlock(&w->metrics.lock);
    return is_leader;
}

/* --- what got lost ---------------------------------------------------------------------------------------------------------- */

/* A queue that is away or full is not waited for: who leads has views to make. */
typedef struct {
    worker *w;
    double began;
} sending;

static bool goes_on(void *context)
{
    const sending *s = context;
    return !work_is_over(s->w) && work_clock() - s->began < LOOK_SECONDS;
}

static void tell_waiting(void *context, const char *reason)
{
    WORK_TELL(((const sending *)context)->w, LOG_WARNING, "queue away", log_text("reason", reason));
}

static void send(leader *l, const char *why)
{
    worker *w = l->w;
    sending s = {.w = w, .began = work_clock()};
    const queue_progress progress = {.now = time_now, .goes_on = goes_on, .wait = tell_waiting, .context = &s};
    marsad_error err = {0};
    uint64_t sent = 0;
    const marsad_status status = queue_send_outbox(w->queue, w->leading, &progress, &sent, &err);
    l->has_more = status == MARSAD_END;
    if (sent > 0)
        WORK_TELL(w, LOG_WARNING, "sent from the outbox", log_text("why", why), log_number("parcels", (double)sent));
    if (status != MARSAD_OK && status != MARSAD_END)
        WORK_TELL(w, LOG_ERROR, "not sent", log_text("reason", err.message));
}

/* False if the archive would not have it. */
static bool send_all_again(leader *l, const char *why)
{
    marsad_error err = {0};
    const bool is_noted = marsad_outbox_resend(l->w->leading, time_now(), NULL, &err) == MARSAD_OK;
    if (is_noted)
        send(l, why);
    else
        WORK_TELL(l->w, LOG_ERROR, "not sent", log_text("reason", err.message));
    return is_noted;
}

static void look_for_unsent(leader *l)
{
    marsad_parcel_id oldest = "";
    size_t count = 0;
    marsad_error err = {0};
    if (marsad_outbox_unsent(l->w->leading, &oldest, 1, &count, &err) != MARSAD_OK)
        return; /* told where it is worked with */
    if (count > 0 && (l->has_more || strcmp(oldest, l->oldest) == 0))
        send(l, "nobody sends them");
    else
        l->has_more = false;
    memcpy(l->oldest, oldest, sizeof oldest);
}

/* The stream is looked at first: what the outbox tells then was on it before, or came since. */
static void look_for_lost(leader *l)
{
    queue_figures stream;
    marsad_outbox_figures outbox;
    marsad_error err = {0};
    bool is_empty = false;
    if (queue_look(l->w->queue, &stream, &err) == MARSAD_OK && stream.has_stream && stream.messages == 0 &&
        marsad_outbox_counts(l->w->leading, &outbox, &err) == MARSAD_OK)
        is_empty = outbox.sent > 0;
    if (is_empty && l->was_empty)
        send_all_again(l, "the queue has lost them");
    l->was_empty = is_empty && !l->was_empty;
}

static void look(leader *l)
{
    if (atomic_exchange(&l->w->was_remade, false) && !send_all_again(l, "the stream was not there"))
        atomic_store(&l->w->was_remade, true);
    if (work_clock() - l->looked < LOOK_SECONDS)
        return;
    l->looked = work_clock();
    look_for_unsent(l);
    look_for_lost(l);
}

/* Views rest nine times as long as they took, within bounds: most of what makes them stale now makes them stale again in a moment. */
void *work_lead_run(void *context)
{
    leader l = {.w = context, .looked = work_clock()};
    while (!work_is_over(l.w)) {
        const double began = work_clock();
        if (lead(l.w) || atomic_load(&l.w->was_remade))
            look(&l);
        const unsigned rest = (unsigned)((work_clock() - began) * 1000 * REST_TIMES), most = LOOK_SECONDS * 1000;
        work_pause(l.w, rest < TURN_MILLISECONDS ? TURN_MILLISECONDS : rest < most ? rest : most);
    }
    return NULL;
}
