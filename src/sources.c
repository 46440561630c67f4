/* Sources: feeds that are asked again and again, as an archive keeps them. Who asks them lies outside the library, as all that touches the network. */
#include <stdlib.h>

#include "keeping.h"

/* Changes within the open batch, or in a transaction of their own. */
static marsad_status begin(marsad_archive *archive, int64_t now, marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    return archive->is_in_batch ? MARSAD_OK : store_begin(&archive->store, now, DB_LOCK_ALL, err);
}

static marsad_status finish(marsad_archive *archive, marsad_status status, marsad_error *err)
{
    if (archive->is_in_batch)
        return status;
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    return status;
}

/* http or https with a host, and nothing that could break a line of a request. */
static bool is_web_address(view url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == 0x7F)
            return false;
    const view colon = {url.ptr, url.len < 8 ? url.len : (url.ptr[4] == ':' ? 4U : 5U)};
    return (view_is(colon, "http") || view_is(colon, "https")) && url_host(url).len > 0;
}

marsad_status marsad_source_add(marsad_archive *archive, int64_t now, const char *url, const char *name, bool wants_pages, bool *is_new,
                                marsad_error *err)
{
    *is_new = false;
    if (!is_web_address(view_of(url)))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot add '%s': it is no address of the web (http or https)", url);
    marsad_status status = begin(archive, now, err);
    if (status != MARSAD_OK)
        return status;
    return finish(archive, store_add_feed(&archive->store, url, name, wants_pages, is_new, err), err);
}

marsad_status marsad_source_remove(marsad_archive *archive, int64_t now, const char *url, marsad_error *err)
{
    bool was_there = false;
    marsad_status status = begin(archive, now, err);
    if (status != MARSAD_OK)
        return status;
    status = finish(archive, store_remove_feed(&archive->store, url, &was_there, err), err);
    if (status == MARSAD_OK && !was_there)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the archive has no feed '%s'", url);
    return status;
}

marsad_status marsad_sources_read(marsad_sources *out, marsad_archive *archive, marsad_error *err)
{
    *out = (marsad_sources){0};
    arena *memory = calloc(1, sizeof *memory);
    if (memory == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for feeds");
    out->memory = memory;
    marsad_status status = store_feeds(&archive->store, &out->items, &out->count, memory, err);
    if (status != MARSAD_OK)
        marsad_sources_free(out);
    return status;
}

void marsad_sources_free(marsad_sources *sources)
{
    arena *memory = sources->memory;
    if (memory != NULL)
        arena_free(memory);
    free(memory);
    *sources = (marsad_sources){0};
}

marsad_status marsad_source_note(marsad_archive *archive, int64_t now, const marsad_source *source, marsad_error *err)
{
    marsad_status status = begin(archive, now, err);
    return status == MARSAD_OK ? finish(archive, store_note_feed(&archive->store, source, err), err) : status;
}

marsad_status marsad_source_has_page(marsad_archive *archive, const char *source, const char *url, bool *out, marsad_error *err)
{
    return store_has_feed_page(&archive->store, source, url, out, err);
}

marsad_status marsad_source_add_page(marsad_archive *archive, const char *source, const char *url, marsad_error *err)
{
    return store_add_feed_page(&archive->store, source, url, err);
}
