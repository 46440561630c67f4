/*
 * Parcels that were delivered before. Most of them are innocent: the worker that had them was stopped, or shared its batch with one that ends the program. So each
 * is tried first in a process of its own, a copy of this one: if that ends by a signal, or does not end in time, this parcel is the reason and no other, whatever it
 * was delivered with.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/work.h"

enum { TRIAL_SECONDS = 120 };

/* In the copy. Only this thread lives in it: nothing but reading may be done here, and nothing is to be cleaned up. */
static void try_and_end(read_pool *pool, const marsad_parcel *parcel)
{
    const struct rlimit no_core = {0};
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGTERM, SIG_IGN); /* told to all of the program at once, and no fault of the parcel */
    signal(SIGINT, SIG_IGN);
    signal(SIGALRM, SIG_DFL);
    alarm(TRIAL_SECONDS);
    read_pool_try(pool, parcel); /* that it cannot be read is no harm: it is found out again, and told */
    _exit(0);
}

bool work_try_ends(read_pool *pool, const marsad_parcel *parcel, char how[80])
{
    int status = 0;
    how[0] = 0;
    const pid_t copy = fork();
    if (copy == 0)
        try_and_end(pool, parcel);
    if (copy < 0)
        return false; /* no room for a copy: it is read as others are */
    while (waitpid(copy, &status, 0) < 0)
        ;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        snprintf(how, 80, "reading it takes longer than %d s", TRIAL_SECONDS);
    else if (WIFSIGNALED(status))
        snprintf(how, 80, "reading it ends the program by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        snprintf(how, 80, "reading it ends the program with status %d", WEXITSTATUS(status));
    return how[0] != 0;
}

/* A hash of id and number of the delivery: chance enough, and the same in every run. */
static uint64_t order_of(const queue_delivery *d)
{
    char text[sizeof d->id + 24];
    const int len = snprintf(text, sizeof text, "%s %llu", d->id, (unsigned long long)d->deliveries);
    return view_hash((view){text, (size_t)len});
}

void work_try_shuffle(queue_delivery *deliveries, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const queue_delivery moved = deliveries[i];
        const uint64_t order = order_of(&moved);
        size_t at = i;
        for (; at > 0 && order_of(&deliveries[at - 1]) > order; at--)
            deliveries[at] = deliveries[at - 1];
        deliveries[at] = moved;
    }
}
