/* A stream is cut into items: taken whole, line by line, by the items of a feed or the records of an archive. */
#include "feed/feed.h"

#include <libxml/parser.h>
#include <stdlib.h>

struct marsad_feed {
    feed_origin *origin;
    size_t lines; /* begun so far */
    blob document;
    rss *items; /* of `document`, once it is read */
    warc *records;
    stream in;
};

/* --- the stream ------------------------------------------------------------------------------------------------------- */

static bool is_known(marsad_input input)
{
    return input == MARSAD_INPUT_TEXT || input == MARSAD_INPUT_JSONL || input == MARSAD_INPUT_HTML || input == MARSAD_INPUT_RSS ||
           input == MARSAD_INPUT_WARC;
}

marsad_status marsad_feed_new(marsad_feed **out, marsad_input input, const char *name, const marsad_article *fallback, marsad_read_bytes *read,
                              void *context, marsad_error *err)
{
    *out = NULL;
    if (read == NULL || !is_known(input))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a feed needs a kind of input and a function to read with");
    if (input != MARSAD_INPUT_TEXT && input != MARSAD_INPUT_JSONL)
        xmlInitParser(); /* here, so that no two items do it side by side; harmless when it is done */

    marsad_status status = MARSAD_OK;
    marsad_feed *feed = calloc(1, sizeof *feed);
    feed_origin *origin = origin_new(input, name, fallback);
    if (feed == NULL || origin == NULL) {
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the stream '%s'", name == NULL ? "" : name);
        goto done;
    }
    feed->in.name = origin_name(origin);
    feed->in.unit = input == MARSAD_INPUT_WARC ? "record" : "line";
    feed->in.read = read;
    feed->in.context = context;
    if (input == MARSAD_INPUT_WARC)
        status = warc_new(&feed->records, &feed->in, err);
    if (status != MARSAD_OK)
        goto done;
    feed->origin = origin; /* handed over */
    origin = NULL;
    *out = feed;
    feed = NULL;
done:
    free(feed);
    origin_release(origin);
    return status;
}

void marsad_feed_free(marsad_feed *feed)
{
    if (feed == NULL)
        return;
    rss_free(feed->items);
    warc_free(feed->records);
    blob_free(&feed->document);
    origin_release(feed->origin);
    free(feed);
}

size_t marsad_feed_skipped(const marsad_feed *feed, void (*visit)(void *context, const char *reason, size_t count), void *context)
{
    return feed->records == NULL ? 0 : warc_skipped(feed->records, visit, context);
}

/* --- items ------------------------------------------------------------------------------------------------------------ */

void marsad_item_free(marsad_item *item)
{
    if (item == NULL)
        return;
    jsonl_free(item);
    arena_free(&item->own);
    arena_free(&item->memory);
    origin_release(item->origin);
    blob_free(&item->bytes);
    free(item);
}

size_t marsad_item_line(const marsad_item *item)
{
    return item->line;
}

marsad_view marsad_item_bytes(const marsad_item *item)
{
    return blob_view(&item->bytes);
}

const char *item_unit(const marsad_item *item)
{
    return origin_input(item->origin) == MARSAD_INPUT_WARC ? "record" : "line";
}

marsad_status item_out_of_memory(const marsad_item *item, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for " ITEM_PLACE, ITEM_PLACE_OF(item));
}

void item_clear(marsad_item *item)
{
    jsonl_free(item);
    arena_reset(&item->own);
    arena_reset(&item->memory);
    origin_release(item->origin);
    item->origin = NULL;
    item->given = (item_given){0};
    blob_clear(&item->bytes);
}

static bool is_by_line(const marsad_feed *feed)
{
    return origin_input(feed->origin) == MARSAD_INPUT_JSONL;
}

/* A stream that is one document need not be read to its end to be refused: it may have none. */
static marsad_status refuse_size(marsad_feed *feed, marsad_error *err)
{
    if (!is_by_line(feed))
        feed->in.is_at_end = true;
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "article at line %zu of '%s' is over the limit of 64 MiB", feed->lines,
                origin_name(feed->origin));
}

/*
 * Takes bytes out of the stream: all of them, or a line without its newline. The rest of a line that is too long is passed over, so that
 * the next one can be taken.
 */
static marsad_status take(marsad_feed *feed, blob *out, marsad_error *err)
{
    marsad_status kept = MARSAD_OK;
    stream *in = &feed->in;
    for (;;) {
        marsad_status status = stream_fill(in, feed->lines, err);
        if (status != MARSAD_OK)
            return status;
        if (in->is_at_end)
            return kept;

        const char *from = in->chunk + in->next;
        size_t size = in->filled - in->next;
        const char *newline = is_by_line(feed) ? memchr(from, '\n', size) : NULL;
        if (newline != NULL)
            size = (size_t)(newline - from);

        if (kept == MARSAD_OK && size > ITEM_MAX_BYTES - out->size)
            kept = refuse_size(feed, err);
        else if (kept == MARSAD_OK && !blob_append(out, from, size))
            kept = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for line %zu of '%s'", feed->lines, origin_name(feed->origin));

        in->next += newline != NULL ? size + 1 : size;
        if (newline != NULL || in->is_at_end)
            return kept;
    }
}

static bool is_blank_line(const marsad_item *item)
{
    for (size_t i = 0; i < item->bytes.size; i++)
        if (strchr(" \t\r\v\f", item->bytes.bytes[i]) == NULL || item->bytes.bytes[i] == '\0')
            return false;
    return true;
}

static marsad_status next_line(marsad_feed *feed, marsad_item *item, marsad_error *err)
{
    marsad_status status;
    do {
        item->bytes.size = 0;
        status = stream_fill(&feed->in, feed->lines, err);
        if (status == MARSAD_OK && feed->in.is_at_end)
            status = MARSAD_END;
        if (status != MARSAD_OK)
            return status;
        item->line = ++feed->lines;
        status = take(feed, &item->bytes, err);
    } while (status == MARSAD_OK && is_blank_line(item));
    return status;
}

/* The whole stream is one item, even an empty one: its reader should be told. */
static marsad_status next_whole(marsad_feed *feed, marsad_item *item, marsad_error *err)
{
    if (feed->lines > 0)
        return MARSAD_END;
    item->line = ++feed->lines;
    return take(feed, &item->bytes, err);
}

static marsad_status next_of_document(marsad_feed *feed, marsad_item *item, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    if (feed->lines > 0 && feed->items == NULL)
        return MARSAD_END;
    item->line = 1;
    if (feed->items == NULL) {
        feed->lines = 1;
        status = take(feed, &feed->document, err);
        if (status == MARSAD_OK)
            status = rss_new(&feed->items, blob_view(&feed->document), origin_name(feed->origin), err);
    }
    return status == MARSAD_OK ? rss_next(feed->items, item, err) : status;
}

marsad_status marsad_feed_next(marsad_feed *feed, marsad_item **out, marsad_error *err)
{
    if (*out == NULL) {
        *out = calloc(1, sizeof **out);
        if (*out == NULL)
            return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for %s %zu of '%s'", feed->in.unit, feed->lines + 1,
                        origin_name(feed->origin));
    }
    marsad_item *item = *out;
    item_clear(item);
    item->origin = origin_hold(feed->origin);
    switch (origin_input(feed->origin)) {
    case MARSAD_INPUT_JSONL:
        return next_line(feed, item, err);
    case MARSAD_INPUT_RSS:
        return next_of_document(feed, item, err);
    case MARSAD_INPUT_WARC:
        return warc_next(feed->records, item, err);
    default:
        return next_whole(feed, item, err);
    }
}
