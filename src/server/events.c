/*
 * What is new, told to pages that listen (server-sent events): one thread looks twice a second how far the log has grown, and wakes the streams.
 * A stream that has nothing to say is suspended, and costs nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "server/serving.h"

enum { STREAMS_MAX = 256, LOOK_MILLISECONDS = 500, PING_LOOKS = 30, EVENT_BYTES = 128 };

typedef struct stream stream;
struct stream {
    events *events;
    struct MHD_Connection *connection;
    stream *next, *previous;
    int64_t told; /* the newest line that it knows */
    bool is_suspended, wants_ping, has_greeted;
    bool is_current; /* looked at since it came: before that, the line is as old as the look before, and would greet with what is no news */
};

struct events {
    marsad_archive *archive;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    pthread_t thread;
    stream first; /* of a ring */
    size_t count;
    int64_t line;
    bool is_stopped, is_running;
};

/* Under the lock. */
static void wake(stream *one)
{
    if (one->is_suspended) {
        one->is_suspended = false;
        MHD_resume_connection(one->connection);
    }
}

static int64_t newest_line(events *e)
{
    int64_t line = 0;
    char root[65];
    marsad_error err;
    return marsad_archive_root(e->archive, (marsad_date){0}, &line, root, &err) == MARSAD_OK ? line : -1;
}

/* Waits for a while; false when it is over. Under the lock. */
static bool wait_a_while(events *e)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_MILLISECONDS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&e->woken, &e->lock, &until);
    return !e->is_stopped;
}

static void *watch(void *context)
{
    events *e = context;
    pthread_mutex_lock(&e->lock);
    for (unsigned look = 1; wait_a_while(e); look++) {
        pthread_mutex_unlock(&e->lock);
        const int64_t line = newest_line(e);
        pthread_mutex_lock(&e->lock);
        const bool is_new = line >= 0 && line != e->line, wants_ping = look % PING_LOOKS == 0;
        if (is_new)
            e->line = line;
        for (stream *one = e->first.next; one != &e->first; one = one->next) {
            one->wants_ping = one->wants_ping || wants_ping;
            if (is_new || wants_ping || !one->is_current)
                wake(one);
            one->is_current = true;
        }
    }
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

marsad_status events_open(events **out, server *s, marsad_error *err)
{
    events *e = calloc(1, sizeof *e);
    *out = e;
    if (e == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory");
    e->first.next = e->first.previous = &e->first;
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->woken, NULL);
    const marsad_status status = marsad_archive_open(&e->archive, s->settings->archive, MARSAD_ARCHIVE_READ_ONLY, s->settings->rules, err);
    if (status != MARSAD_OK)
        return status;
    e->line = newest_line(e);
    e->is_running = pthread_create(&e->thread, NULL, watch, e) == 0;
    return e->is_running ? MARSAD_OK : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot begin a thread");
}

void events_stop(events *e)
{
    if (e == NULL || !e->is_running)
        return;
    pthread_mutex_lock(&e->lock);
    e->is_stopped = true;
    for (stream *one = e->first.next; one != &e->first; one = one->next)
        wake(one);
    pthread_cond_signal(&e->woken);
    pthread_mutex_unlock(&e->lock);
    pthread_join(e->thread, NULL);
    e->is_running = false;
}

void events_close(events *e)
{
    if (e == NULL)
        return;
    events_stop(e);
    marsad_archive_close(e->archive);
    pthread_mutex_destroy(&e->lock);
    pthread_cond_destroy(&e->woken);
    free(e);
}

int64_t events_line(events *e)
{
    pthread_mutex_lock(&e->lock);
    const int64_t line = e->line;
    pthread_mutex_unlock(&e->lock);
    return line;
}

/* What the stream has to say, or 0 after it was suspended. */
static ssize_t say(void *context, uint64_t position, char *out, size_t room)
{
    (void)position;
    stream *one = context;
    events *e = one->events;
    ssize_t said = 0;
    if (room < EVENT_BYTES)
        return 0;
    pthread_mutex_lock(&e->lock);
    if (e->is_stopped) {
        said = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (one->is_current && (!one->has_greeted || e->line != one->told)) {
        said = snprintf(out, room, "event: log\ndata: {\"line\":%lld}\n\n", (long long)e->line);
        one->told = e->line;
        one->has_greeted = true;
    } else if (one->wants_ping) {
        said = snprintf(out, room, ": ping\n\n");
        one->wants_ping = false;
    } else {
        one->is_suspended = true;
        MHD_suspend_connection(one->connection);
    }
    pthread_mutex_unlock(&e->lock);
    return said;
}

static void leave(void *context)
{
    stream *one = context;
    events *e = one->events;
    pthread_mutex_lock(&e->lock);
    one->previous->next = one->next;
    one->next->previous = one->previous;
    e->count--;
    pthread_mutex_unlock(&e->lock);
    free(one);
}

struct MHD_Response *events_response(events *e, struct MHD_Connection *connection)
{
    stream *one = calloc(1, sizeof *one);
    if (one == NULL)
        return NULL;
    one->events = e;
    one->connection = connection;
    pthread_mutex_lock(&e->lock);
    const bool has_room = e->count < STREAMS_MAX && !e->is_stopped;
    if (has_room) {
        one->next = &e->first;
        one->previous = e->first.previous;
        one->previous->next = e->first.previous = one;
        e->count++;
    }
    pthread_mutex_unlock(&e->lock);
    if (!has_room) {
        free(one);
        return NULL;
    }
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, say, one, leave);
    if (response == NULL)
        leave(one);
    return response;
}
