/* The outbox: what waits for workers, as an archive keeps it. What carries the ids to them lies outside the library, as all that touches the network. */
#include "marsad_outbox.h"

#include <stdlib.h>

#include "archive/outbox.h"
#include "keeping.h"

/* Once what is taken comes to this, no more is looked for: the bytes of so many parcels are held at once. */
enum { TAKEN_BYTES = 64 * 1024 * 1024 };

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for parcels");
}

static size_t group_of(size_t count, size_t from)
{
    return count - from < OUTBOX_IDS ? count - from : OUTBOX_IDS;
}

/* --- filling --------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const marsad_parcel *parcel;
    view packed;
} ready;

/* Compresses those that are not known: before the transaction, which nobody shall wait for. */
static marsad_status make_ready(marsad_archive *archive, const marsad_parcel *parcels, size_t count, ready *out, size_t *ready_count, arena *memory,
                                marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    *ready_count = 0;
    for (size_t from = 0; from < count && status == MARSAD_OK; from += OUTBOX_IDS) {
        bool known[OUTBOX_IDS];
        const size_t size = group_of(count, from);
        status = store_known_parcels(&archive->store, parcels + from, size, known, err);
        for (size_t i = 0; i < size && status == MARSAD_OK; i++) {
            ready *r = &out[*ready_count];
            r->parcel = &parcels[from + i];
            if (!known[i] && !pack_bytes(r->parcel->bytes, &r->packed, memory))
                status = no_memory(err);
            *ready_count += !known[i];
        }
    }
    return status;
}

static marsad_status add_ready(marsad_archive *archive, const ready *parcels, size_t count, const marsad_backfill *progress, size_t *added,
                               marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < count && status == MARSAD_OK; i++) {
        bool is_new = false;
        status = store_add_parcel(&archive->store, parcels[i].parcel, parcels[i].packed, &is_new, err);
        *added += is_new;
    }
    return status == MARSAD_OK && progress != NULL ? store_keep_backfill(&archive->store, progress, err) : status;
}

marsad_status marsad_outbox_add(marsad_archive *archive, int64_t now, const marsad_parcel *parcels, size_t count, const marsad_backfill *progress,
                                size_t *added, marsad_error *err)
{
    arena memory = {0};
    size_t ready_count = 0, new_count = 0;
    if (added != NULL)
        *added = 0;
    ready *list = arena_alloc(&memory, (count + 1) * sizeof *list);
    marsad_status status = list == NULL ? no_memory(err) : make_ready(archive, parcels, count, list, &ready_count, &memory, err);
    if (status == MARSAD_OK && (ready_count > 0 || progress != NULL)) {
        status = archive_begin_with(archive, now, 0, err); /* rows of its own: nobody is in the way */
        if (status == MARSAD_OK)
            status = add_ready(archive, list, ready_count, progress, &new_count, err);
        status = archive_end_step(archive, status, err);
    }
    if (status == MARSAD_OK && added != NULL)
        *added = new_count;
    arena_free(&memory);
    return status;
}

marsad_status marsad_backfill_find(marsad_archive *archive, marsad_backfill *file, marsad_error *err)
{
    return store_find_backfill(&archive->store, file, err);
}

/* --- telling workers --------------------------------------------------------------------------------------------------------------- */

/*
 * What was sent a moment ago may be done at this one: not beside the batches that take rows away, or each would wait for a row that the other holds. Those hold
 * the lock of the outbox only from their last steps to the commit, so that nobody waits here for whoever stores news.
 */

marsad_status marsad_outbox_unsent(marsad_archive *archive, marsad_parcel_id *out, size_t most, size_t *count, marsad_error *err)
{
    return store_unsent_parcels(&archive->store, out, most, count, err);
}

marsad_status marsad_outbox_sent(marsad_archive *archive, int64_t now, const marsad_parcel_id *ids, size_t count, marsad_error *err)
{
    marsad_status status = archive_begin_with(archive, now, DB_LOCK_OUTBOX, err);
    for (size_t from = 0; from < count && status == MARSAD_OK; from += OUTBOX_IDS)
        status = store_mark_sent(&archive->store, ids + from, group_of(count, from), err);
    return archive_end_step(archive, status, err);
}

marsad_status marsad_outbox_resend(marsad_archive *archive, int64_t now, size_t *count, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (int64_t key = 0; key != OUTBOX_END && status == MARSAD_OK;) {
        status = archive_begin_with(archive, now, DB_LOCK_OUTBOX, err);
        if (status == MARSAD_OK)
            status = store_mark_unsent(&archive->store, &key, err);
        status = archive_end_step(archive, status, err);
    }
    int64_t unsent = 0;
    if (count != NULL && status == MARSAD_OK)
        status = store_count_unsent(&archive->store, &unsent, err);
    if (count != NULL)
        *count = (size_t)unsent;
    return status;
}

/* --- working ----------------------------------------------------------------------------------------------------------------------- */

/* One question: what is found is added behind what was. */
static marsad_status take_group(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, marsad_parcels *out, size_t *bytes,
                                marsad_error *err)
{
    marsad_parcel found[OUTBOX_IDS];
    marsad_status status = store_find_parcels(&archive->store, ids, count, found, out->memory, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++) {
        if (found[i].id[0] == '\0')
            continue;
        *bytes += found[i].bytes.len;
        out->items[out->count++] = found[i];
    }
    return status;
}

marsad_status marsad_outbox_take(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, marsad_parcels *out, size_t *looked_at,
                                 marsad_error *err)
{
    arena *memory = calloc(1, sizeof *memory);
    *out = (marsad_parcels){.memory = memory};
    *looked_at = 0;
    if (memory == NULL || (out->items = arena_alloc(memory, (count + 1) * sizeof *out->items)) == NULL) {
        marsad_parcels_free(out);
        return no_memory(err);
    }
    marsad_status status = MARSAD_OK;
    for (size_t bytes = 0; *looked_at < count && bytes < TAKEN_BYTES && status == MARSAD_OK;) {
        const size_t size = group_of(count, *looked_at);
        status = take_group(archive, ids + *looked_at, size, out, &bytes, err);
        *looked_at += size;
    }
    if (status != MARSAD_OK)
        marsad_parcels_free(out);
    return status;
}

void marsad_parcels_free(marsad_parcels *parcels)
{
    arena *memory = parcels->memory;
    if (memory != NULL)
        arena_free(memory);
    free(memory);
    *parcels = (marsad_parcels){0};
}

/* News is stored before: a batch that held rows of the outbox while it waited for others that store would let senders, and them, wait for it in turn. */
static marsad_status begin_taking_away(marsad_archive *archive, marsad_error *err)
{
    if (!archive->is_in_batch)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a parcel leaves the outbox within a batch alone");
    return store_lock_outbox(&archive->store, err);
}

marsad_status marsad_outbox_done(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, marsad_error *err)
{
    marsad_status status = begin_taking_away(archive, err);
    for (size_t from = 0; from < count && status == MARSAD_OK; from += OUTBOX_IDS)
        status = store_drop_parcels(&archive->store, ids + from, group_of(count, from), err);
    return status;
}

marsad_status marsad_outbox_bury(marsad_archive *archive, int64_t now, const char *id, uint64_t deliveries, const char *reason, marsad_error *err)
{
    marsad_status status = begin_taking_away(archive, err);
    return status == MARSAD_OK ? store_bury_parcel(&archive->store, id, now, (int64_t)deliveries, reason, err) : status;
}

marsad_status marsad_outbox_bury_damaged(marsad_archive *archive, int64_t now, const char *id, uint64_t deliveries, const char *reason,
                                         marsad_error *err)
{
    marsad_status status = begin_taking_away(archive, err);
    return status == MARSAD_OK ? store_bury_damaged_parcel(&archive->store, id, now, (int64_t)deliveries, reason, err) : status;
}

marsad_status marsad_outbox_unbury(marsad_archive *archive, int64_t now, const marsad_parcel_id *ids, size_t count, size_t *unburied,
                                   marsad_error *err)
{
    size_t moved = 0;
    marsad_status status = archive_begin_with(archive, now, DB_LOCK_OUTBOX, err);
    if (status == MARSAD_OK && ids == NULL)
        status = store_unbury_all(&archive->store, &moved, err);
    for (size_t from = 0; ids != NULL && from < count && status == MARSAD_OK; from += OUTBOX_IDS)
        status = store_unbury_parcels(&archive->store, ids + from, group_of(count, from), &moved, err);
    status = archive_end_step(archive, status, err);
    if (unburied != NULL)
        *unburied = status == MARSAD_OK ? moved : 0;
    return status;
}

marsad_status marsad_outbox_counts(marsad_archive *archive, marsad_outbox_figures *out, marsad_error *err)
{
    *out = (marsad_outbox_figures){0};
    return store_count_parcels(&archive->store, out, err);
}
