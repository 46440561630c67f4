/* Who is asked next, and when again after a failure. Pure: the caller keeps the times. */
#include "fetch/fetch.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, FIRST_WAIT = MINUTE, LONGEST_WAIT = 6 * HOUR };

/* Between 0 and `most`: the same for the same feed and number of failures. */
static int64_t spread(uint64_t seed, unsigned failures, int64_t most)
{
    uint64_t mixed = (seed ^ failures) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio: spreads neighbouring values */
    return (int64_t)((mixed >> 32) % ((uint64_t)most + 1));
}

int64_t fetch_next_try(const fetch_pace *pace, unsigned failures, int64_t retry_after, int64_t now)
{
    int64_t wait = pace->interval;
    if (failures > 0) {
        wait = FIRST_WAIT;
        for (unsigned i = 1; i < failures && wait < LONGEST_WAIT; i++)
            wait *= 2;
        wait = wait < LONGEST_WAIT ? wait : LONGEST_WAIT;
        wait = wait - wait / 4 + spread(pace->seed, failures, wait / 2);
    }
    if (retry_after > DAY)
        retry_after = DAY;
    return now + (wait > retry_after ? wait : retry_after); /* never before the server wants it */
}

/* When the host of turns[at] may be asked again; INT64_MAX while it is being asked. */
static int64_t host_is_free(const fetch_turn *turns, size_t count, size_t at, int64_t gap)
{
    int64_t from = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        if (!view_equal(turns[i].host, turns[at].host))
            continue;
        if (turns[i].is_busy)
            return INT64_MAX;
        if (turns[i].asked > 0 && turns[i].asked + gap > from)
            from = turns[i].asked + gap;
    }
    return from;
}

size_t fetch_next_turn(const fetch_turn *turns, size_t count, int64_t gap, int64_t now, int64_t *wait)
{
    size_t next = FETCH_NOBODY;
    int64_t soonest = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        int64_t from = host_is_free(turns, count, i, gap);
        if (from < turns[i].due)
            from = turns[i].due;
        if (from < soonest)
            soonest = from;
        if (from <= now && (next == FETCH_NOBODY || turns[i].due < turns[next].due))
            next = i;
    }
    *wait = soonest == INT64_MAX ? INT64_MAX : soonest > now ? soonest - now : 0;
    return next;
}
