/*
 * Connections and their deadlines. A client that asks slowly on purpose sends a byte now and then, so that no timeout of inactivity ends it; here the whole of a request has
 * a deadline, and the whole of an answer. Connections beyond it are shut down; the daemon then closes them.
 */
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "server/serving.h"

enum { ASKING_SECONDS = 20, ANSWER_SECONDS = 600 };

struct guest {
    guest *next, *previous;
    int socket;
    time_t since;
    guest_state state;
};

struct guests {
    pthread_mutex_t lock;
    pthread_cond_t woken;
    pthread_t thread;
    guest first; /* of a ring */
    size_t count;
    bool is_closed;
};

static time_t monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static bool is_late(const guest *one, time_t now)
{
    return (one->state == GUEST_ASKS && now - one->since > ASKING_SECONDS) || (one->state == GUEST_IS_ANSWERED && now - one->since > ANSWER_SECONDS);
}

static void *watch(void *context)
{
    guests *g = context;
    pthread_mutex_lock(&g->lock);
    while (!g->is_closed) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&g->woken, &g->lock, &until);
        const time_t now = monotonic();
        for (guest *one = g->first.next; one != &g->first; one = one->next)
            if (is_late(one, now))
                shutdown(one->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&g->lock);
    return NULL;
}

guests *guests_open(void)
{
    guests *g = calloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->first.next = g->first.previous = &g->first;
    pthread_mutex_init(&g->lock, NULL);
    pthread_cond_init(&g->woken, NULL);
    if (pthread_create(&g->thread, NULL, watch, g) == 0)
        return g;
    pthread_mutex_destroy(&g->lock);
    pthread_cond_destroy(&g->woken);
    free(g);
    return NULL;
}

void guests_close(guests *g)
{
    if (g == NULL)
        return;
    pthread_mutex_lock(&g->lock);
    g->is_closed = true;
    pthread_cond_signal(&g->woken);
    pthread_mutex_unlock(&g->lock);
    pthread_join(g->thread, NULL);
    pthread_mutex_destroy(&g->lock);
    pthread_cond_destroy(&g->woken);
    free(g);
}

guest *guests_add(guests *g, int socket)
{
    guest *one = calloc(1, sizeof *one);
    if (one == NULL)
        return NULL;
    one->socket = socket;
    one->since = monotonic();
    pthread_mutex_lock(&g->lock);
    one->next = &g->first;
    one->previous = g->first.previous;
    one->previous->next = g->first.previous = one;
    g->count++;
    pthread_mutex_unlock(&g->lock);
    return one;
}

void guests_remove(guests *g, guest *one)
{
    pthread_mutex_lock(&g->lock);
    one->previous->next = one->next;
    one->next->previous = one->previous;
    g->count--;
    pthread_mutex_unlock(&g->lock);
    free(one);
}

void guests_tell(guests *g, guest *one, guest_state state)
{
    pthread_mutex_lock(&g->lock);
    one->state = state;
    one->since = monotonic();
    pthread_mutex_unlock(&g->lock);
}

size_t guests_answered(guests *g)
{
    size_t count = 0;
    pthread_mutex_lock(&g->lock);
    for (const guest *one = g->first.next; one != &g->first; one = one->next)
        count += one->state == GUEST_IS_ANSWERED;
    pthread_mutex_unlock(&g->lock);
    return count;
}

size_t guests_count(guests *g)
{
    pthread_mutex_lock(&g->lock);
    const size_t count = g->count;
    pthread_mutex_unlock(&g->lock);
    return count;
}
