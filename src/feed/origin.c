/* What all items of a stream share. */
#include <stdatomic.h>
#include <stdlib.h>

#include "feed/feed.h"

struct feed_origin {
    atomic_size_t holders;
    marsad_input input;
    const char *name;
    marsad_article fallback;
    arena memory; /* of the strings above */
};

marsad_input origin_input(const feed_origin *origin)
{
    return origin->input;
}

const char *origin_name(const feed_origin *origin)
{
    return origin->name;
}

const marsad_article *origin_fallback(const feed_origin *origin)
{
    return &origin->fallback;
}

void origin_release(const feed_origin *shared)
{
    feed_origin *origin = (feed_origin *)(uintptr_t)shared; /* items see it as constant: only the count of holders changes */
    if (origin == NULL || atomic_fetch_sub(&origin->holders, 1) > 1)
        return;
    arena_free(&origin->memory);
    free(origin);
}

const feed_origin *origin_hold(feed_origin *origin)
{
    atomic_fetch_add(&origin->holders, 1);
    return origin;
}

/* Copies a field of the fallback; an empty one needs no memory. */
static bool keep_view(feed_origin *origin, view *out, view given)
{
    const char *copy = given.len == 0 ? "" : arena_string(&origin->memory, given);
    *out = (view){copy, given.len};
    return copy != NULL;
}

static bool keep_fallback(feed_origin *origin, const marsad_article *given)
{
    const marsad_article none = {0};
    if (given == NULL)
        given = &none;
    origin->fallback.published = given->published;
    return keep_view(origin, &origin->fallback.id, given->id) && keep_view(origin, &origin->fallback.source, given->source) &&
           keep_view(origin, &origin->fallback.title, given->title) && keep_view(origin, &origin->fallback.url, given->url);
}

feed_origin *origin_new(marsad_input input, const char *name, const marsad_article *fallback)
{
    feed_origin *origin = calloc(1, sizeof *origin);
    if (origin == NULL)
        return NULL;
    atomic_init(&origin->holders, 1);
    origin->input = input;
    origin->name = arena_string(&origin->memory, view_of(name));
    if (origin->name == NULL || !keep_fallback(origin, fallback)) {
        origin_release(origin);
        return NULL;
    }
    return origin;
}
