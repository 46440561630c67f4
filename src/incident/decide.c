/* People's word on which statements belong together, before the rules. */
#include "incident/join.h"

#include <stdlib.h>

typedef struct {
    joinee *items;
    joinee **with; /* the one that an item was merged into; NULL */
    uint32_t count;
    arena *memory;
} decided;

/* `items` are in the order of their record ids. -1: no such record among them. */
static int64_t find_record(const decided *d, const char *id)
{
    uint32_t low = 0, high = d->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (strcmp(d->items[middle].s->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->count && strcmp(d->items[low].s->id, id) == 0 ? (int64_t)low : -1;
}

/* The records in `part`, parted by ',', with `id` or without it. NULL when memory is out. */
static const char *part_with(const char *part, const char *id, bool is_in, arena *memory)
{
    name_set set = {0};
    for (const char *at = part; at != NULL && at[0] != 0;) {
        const char *end = strchr(at, ',');
        const char *one = arena_string(memory, (view){at, end == NULL ? strlen(at) : (size_t)(end - at)});
        if (one == NULL || (strcmp(one, id) != 0 && !names_unite(&set, &(name_set){&one, 1}, memory)))
            return NULL;
        at = end == NULL ? NULL : end + 1;
    }
    if (is_in && !names_unite(&set, &(name_set){&id, 1}, memory))
        return NULL;
    return names_text(&set, memory);
}

static bool apply_one(decided *d, const incident_decision *decision)
{
    const int64_t record = find_record(d, decision->record), with = find_record(d, decision->with);
    if (record < 0 || with < 0 || record == with)
        return true;
    joinee *own = &d->items[record], *other = &d->items[with];
    if (decision->is_merge)
        d->with[record] = other;
    else if (d->with[record] == other)
        d->with[record] = NULL;
    own->part = part_with(own->part, decision->with, !decision->is_merge, d->memory);
    return own->part != NULL;
}

static joinee **link_of(const decided *d, const joinee *j)
{
    return &d->with[j - d->items];
}

/* Of a ring of merges (a into b, b into a) the smallest record id is the one that the others are merged into. */
static void cut_ring(const decided *d, joinee *within)
{
    joinee *smallest = within;
    for (joinee *at = *link_of(d, within); at != within; at = *link_of(d, at))
        if (at < smallest)
            smallest = at;
    *link_of(d, smallest) = NULL;
}

/* The end of the way from `from`, at most `most` merges long; a longer one goes round in a ring, which is cut. */
static joinee *end_of(const decided *d, joinee *from, size_t most)
{
    joinee *at = from;
    for (size_t steps = 0; *link_of(d, at) != NULL; steps++) {
        if (steps <= most) {
            at = *link_of(d, at);
            continue;
        }
        cut_ring(d, at);
        at = from;
        steps = 0;
    }
    return at;
}

bool decisions_apply(joinee **root, joinee *items, uint32_t count, const incident_decision *decisions, size_t decision_count, arena *memory)
{
    decided d = {.items = items, .count = count, .memory = memory};
    if (decision_count == 0 || count == 0)
        return true; /* `root` is NULL throughout */
    d.with = arena_alloc(memory, count * sizeof(joinee *));
    if (d.with == NULL)
        return false;
    for (size_t i = 0; i < decision_count; i++)
        if (!apply_one(&d, &decisions[i]))
            return false;
    for (uint32_t i = 0; i < count; i++) {
        joinee *end = end_of(&d, &items[i], decision_count);
        root[i] = end == &items[i] ? NULL : end;
    }
    return true;
}
