/* The outbox into the queue, for a command that waits until it is done. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/queue_options.h"

typedef struct {
    bool shows_progress;
} sending;

static bool goes_on(void *context)
{
    (void)context;
    return true; /* a signal ends the program: what is not noted as sent is sent the next time */
}

static void tell(void *context, uint64_t sent, uint64_t left)
{
    const sending *s = context;
    if (s->shows_progress)
        fprintf(stderr, "\r%" PRIu64 " parcels sent, %" PRIu64 " to be sent\033[K", sent, left);
}

static void tell_waiting(void *context, const char *reason)
{
    const sending *s = context;
    if (s->shows_progress)
        fputs("\r\033[K", stderr);
    message("note: waiting: %s", reason);
}

exit_status outbox_send(const queue_settings *settings, marsad_archive *archive)
{
    queue *q = NULL;
    marsad_error err = {0};
    uint64_t sent = 0;
    sending s = {.shows_progress = isatty(STDERR_FILENO) == 1};
    const queue_progress progress = {
        .now = time_now, .goes_on = goes_on, .tell = s.shows_progress ? tell : NULL, .wait = tell_waiting, .context = &s};
    marsad_status status = queue_open(&q, settings, &err);
    if (status == MARSAD_OK)
        status = queue_send_outbox(q, archive, &progress, &sent, &err);
    if (s.shows_progress)
        fputs("\r\033[K", stderr);
    if (status == MARSAD_OK)
        printf("%" PRIu64 " parcels sent\n", sent);
    queue_close(q);
    return status_told(status, &err);
}
