/* A stream is cut into items: taken whole, or line by line. What comes in goes through one small chunk into the item. */
#include "feed/feed.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 64 * 1024, KEPT_ITEM_BYTES = 1024 * 1024 };

struct feed_origin {
    atomic_size_t holders;
    marsad_input input;
    const char *name;
    marsad_article fallback;
    arena memory; /* of the strings above */
};

struct marsad_feed {
    feed_origin *origin;
    marsad_read_bytes *read;
    void *context;
    size_t lines; /* begun so far */
    bool is_at_end;
    size_t next, filled; /* chunk[next, filled) is still to be taken */
    char chunk[CHUNK_BYTES];
};

/* --- what items share ------------------------------------------------------------------------------------------------- */

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

static void origin_release(const feed_origin *shared)
{
    feed_origin *origin = (feed_origin *)(uintptr_t)shared; /* items see it as constant: only the count of holders changes */
    if (origin == NULL || atomic_fetch_sub(&origin->holders, 1) > 1)
        return;
    arena_free(&origin->memory);
    free(origin);
}

static const feed_origin *origin_hold(feed_origin *origin)
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
           keep_view(origin, &origin->fallback.title, given->title);
}

/* NULL when memory is out. */
static feed_origin *origin_new(marsad_input input, const char *name, const marsad_article *fallback)
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

/* --- the stream ------------------------------------------------------------------------------------------------------- */

marsad_status marsad_feed_new(marsad_feed **out, marsad_input input, const char *name, const marsad_article *fallback, marsad_read_bytes *read,
                              void *context, marsad_error *err)
{
    *out = NULL;
    if (read == NULL || (input != MARSAD_INPUT_TEXT && input != MARSAD_INPUT_JSONL))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a feed needs a kind of input and a function to read with");

    marsad_feed *feed = calloc(1, sizeof *feed);
    feed_origin *origin = origin_new(input, name, fallback);
    if (feed == NULL || origin == NULL) {
        free(feed);
        origin_release(origin);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the stream '%s'", name == NULL ? "" : name);
    }
    feed->origin = origin;
    feed->read = read;
    feed->context = context;
    *out = feed;
    return MARSAD_OK;
}

void marsad_feed_free(marsad_feed *feed)
{
    if (feed == NULL)
        return;
    origin_release(feed->origin);
    free(feed);
}

/* Makes sure that the chunk has bytes, unless the stream is at its end. */
static marsad_status fill_chunk(marsad_feed *feed, marsad_error *err)
{
    if (feed->next < feed->filled || feed->is_at_end)
        return MARSAD_OK;
    size_t count = feed->read(feed->context, feed->chunk, sizeof feed->chunk);
    feed->next = 0;
    feed->filled = 0;
    if (count > sizeof feed->chunk) { /* SIZE_MAX: the stream is broken, nothing more can come */
        feed->is_at_end = true;
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s' behind line %zu", feed->origin->name, feed->lines);
    }
    feed->filled = count;
    feed->is_at_end = count == 0;
    return MARSAD_OK;
}

/* --- items ------------------------------------------------------------------------------------------------------------ */

void marsad_item_free(marsad_item *item)
{
    if (item == NULL)
        return;
    jsonl_free(item);
    arena_free(&item->memory);
    origin_release(item->origin);
    free(item->bytes);
    free(item);
}

size_t marsad_item_line(const marsad_item *item)
{
    return item->line;
}

/* Empties an item for its next use. Much memory, needed by a rare long item, is given back. */
static void item_clear(marsad_item *item)
{
    jsonl_free(item);
    arena_reset(&item->memory);
    origin_release(item->origin);
    item->origin = NULL;
    item->size = 0;
    if (item->room > KEPT_ITEM_BYTES) {
        free(item->bytes);
        item->bytes = NULL;
        item->room = 0;
    }
}

/* False when memory is out. */
static bool item_append(marsad_item *item, const char *bytes, size_t size)
{
    if (size == 0)
        return true;
    if (size > item->room - item->size) {
        size_t room = item->room < CHUNK_BYTES ? CHUNK_BYTES : item->room;
        while (room - item->size < size)
            room *= 2;
        char *larger = realloc(item->bytes, room);
        if (larger == NULL)
            return false;
        item->bytes = larger;
        item->room = room;
    }
    memcpy(item->bytes + item->size, bytes, size);
    item->size += size;
    return true;
}

/* A stream that is one text need not be read to its end to be refused: it may have none. */
static marsad_status refuse_size(marsad_feed *feed, marsad_error *err)
{
    if (feed->origin->input == MARSAD_INPUT_TEXT)
        feed->is_at_end = true;
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "article at line %zu of '%s' is over the limit of 64 MiB", feed->lines, feed->origin->name);
}

/*
 * Takes what belongs to the item out of the stream: all of it, or a line without its newline. The rest of one that is too long
 * is passed over, so that the next line can be taken.
 */
static marsad_status take(marsad_feed *feed, marsad_item *item, marsad_error *err)
{
    marsad_status kept = MARSAD_OK;
    for (;;) {
        marsad_status status = fill_chunk(feed, err);
        if (status != MARSAD_OK)
            return status;
        if (feed->is_at_end)
            return kept;

        const char *from = feed->chunk + feed->next;
        size_t size = feed->filled - feed->next;
        const char *newline = feed->origin->input == MARSAD_INPUT_JSONL ? memchr(from, '\n', size) : NULL;
        if (newline != NULL)
            size = (size_t)(newline - from);

        if (kept == MARSAD_OK && size > ITEM_MAX_BYTES - item->size)
            kept = refuse_size(feed, err);
        else if (kept == MARSAD_OK && !item_append(item, from, size))
            kept = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for line %zu of '%s'", item->line, feed->origin->name);

        feed->next += newline != NULL ? size + 1 : size;
        if (newline != NULL || feed->is_at_end)
            return kept;
    }
}

static bool is_blank_line(const marsad_item *item)
{
    for (size_t i = 0; i < item->size; i++)
        if (strchr(" \t\r\v\f", item->bytes[i]) == NULL || item->bytes[i] == '\0')
            return false;
    return true;
}

/* Is there another item? A text is one item, even an empty one: its reader should be told. */
static marsad_status look_for_item(marsad_feed *feed, marsad_error *err)
{
    if (feed->origin->input == MARSAD_INPUT_TEXT)
        return feed->lines == 0 ? MARSAD_OK : MARSAD_END;
    marsad_status status = fill_chunk(feed, err);
    return status == MARSAD_OK && feed->is_at_end ? MARSAD_END : status;
}

static marsad_status next_item(marsad_feed *feed, marsad_item *item, marsad_error *err)
{
    marsad_status status;
    do {
        item->size = 0;
        status = look_for_item(feed, err);
        if (status != MARSAD_OK)
            return status;
        item->line = ++feed->lines;
        status = take(feed, item, err);
    } while (status == MARSAD_OK && feed->origin->input == MARSAD_INPUT_JSONL && is_blank_line(item));
    return status;
}

marsad_status marsad_feed_next(marsad_feed *feed, marsad_item **out, marsad_error *err)
{
    if (*out == NULL) {
        *out = calloc(1, sizeof **out);
        if (*out == NULL)
            return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for line %zu of '%s'", feed->lines + 1, feed->origin->name);
    }
    marsad_item *item = *out;
    item_clear(item);
    item->origin = origin_hold(feed->origin);
    return next_item(feed, item, err);
}
