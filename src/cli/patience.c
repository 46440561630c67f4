#include "cli/patience.h"

#include <time.h>

enum { SECONDS = 300, PAUSE_FIRST_MS = 100, PAUSE_MOST_MS = 5000 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool patience_has_begun(const patience *p)
{
    return p->pause > 0;
}

bool patience_lasts(patience *p, const marsad_archive *archive)
{
    if (!patience_has_begun(p))
        p->end = seconds() + SECONDS;
    if (!marsad_archive_may_pass(archive) || seconds() >= p->end)
        return false;
    p->pause = p->pause == 0 ? PAUSE_FIRST_MS : 2 * p->pause < PAUSE_MOST_MS ? 2 * p->pause : PAUSE_MOST_MS;
    nanosleep(&(struct timespec){.tv_sec = p->pause / 1000, .tv_nsec = (long)(p->pause % 1000) * 1000000L}, NULL);
    return true;
}
