/*
 * marsad_outbox.h - the public contract of the outbox: news that an archive holds unread until a worker has read it (docs/queue.md).
 *
 *   items ─marsad_item_pack()→ parcels ─marsad_outbox_add()→ rows ─marsad_outbox_unsent()→ ids, told to workers by whatever means, marsad_outbox_sent()
 *      a worker: ids ─marsad_outbox_take()→ parcels ─marsad_item_unpack()→ articles; then in one batch marsad_archive_add() and marsad_outbox_done()
 *
 * A parcel stays in the outbox until its article is stored, in the transaction that stores it. What carries the ids may therefore lose, repeat and reorder them:
 * an id whose parcel is not there any more was done, and an id that got lost is told again from here.
 *
 * Times, ownership, threads and errors are those of marsad_archive.h. What changes something is a transaction of its own, unless it says "within a batch": then it
 * is called between marsad_archive_begin() and marsad_archive_commit(), and the others are not.
 */
#ifndef MARSAD_OUTBOX_H
#define MARSAD_OUTBOX_H

#include "marsad_archive.h"

/* --- filling ------------------------------------------------------------------------------------------------------------ */

/*
 * How far a file was put into the outbox.
 *   source    what the file is called, for good: an absolute path
 *   filter    what decides which of its items are kept, as text: if it is another, or `size` is, the file is another one
 *   size      bytes of the file
 *   position  bytes of it that were read; `size` when it is done, and less before
 *   items     that were taken from it, kept or not
 *   taken     those of them that were kept
 */
typedef struct {
    const char *source, *filter;
    int64_t size, position, items, taken;
} marsad_backfill;

/*
 * Put parcels into the outbox, and keep how far `progress` came (NULL: no file is told of), in one transaction. Parcels that are there, or among the dead letters,
 * are passed over. `*added` receives how many were new; may be NULL. May be called with no parcel.
 */
marsad_status marsad_outbox_add(marsad_archive *archive, int64_t now, const marsad_parcel *parcels, size_t count, const marsad_backfill *progress,
                                size_t *added, marsad_error *err);

/* Fills position, items and taken with what is known of the file that source, filter and size name; 0 where nothing is, or it was another. */
marsad_status marsad_backfill_find(marsad_archive *archive, marsad_backfill *file, marsad_error *err);

/* --- telling workers ------------------------------------------------------------------------------------------------------ */

/* The ids of the oldest parcels that are not sent, at most `most`, into `out`. */
marsad_status marsad_outbox_unsent(marsad_archive *archive, marsad_parcel_id *out, size_t most, size_t *count, marsad_error *err);
/* Note that these were sent: what carries them has them for certain. Those that are gone are passed over. */
marsad_status marsad_outbox_sent(marsad_archive *archive, int64_t now, const marsad_parcel_id *ids, size_t count, marsad_error *err);
/*
 * Note that none was sent: what carried them is lost. `*count` receives how many are to be sent; may be NULL. Many take several transactions: after an error some
 * are noted, and it is to be called again.
 */
marsad_status marsad_outbox_resend(marsad_archive *archive, int64_t now, size_t *count, marsad_error *err);

/* --- working ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_parcel *items;
    size_t count;
    void *memory;
} marsad_parcels;

/*
 * Those of the ids that are in the outbox, with their bytes, in the order of `ids`; to be freed by marsad_parcels_free() (an empty one is harmless).
 *   looked_at  receives how many of the ids were looked for: all of them, or fewer once the bytes of what was found come to 64 MiB. Only of these is it known
 *              that those not in `out` are done; ask again for the rest.
 * Errors: MARSAD_ERR_FORMAT if what is there is damaged.
 */
marsad_status marsad_outbox_take(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, marsad_parcels *out, size_t *looked_at,
                                 marsad_error *err);
void marsad_parcels_free(marsad_parcels *parcels);

/*
 * Within a batch: these were read, and what they gave was added. Those that are gone are passed over. Call this, and marsad_outbox_bury(), behind the last
 * marsad_archive_add() of the batch: what was added is stored before, and others that store wait from here on.
 */
marsad_status marsad_outbox_done(marsad_archive *archive, const marsad_parcel_id *ids, size_t count, marsad_error *err);

/*
 * Within a batch: this one cannot be read. It is moved to the dead letters with the reason, and passed over if it is gone.
 *   deliveries  how often a worker had it
 */
marsad_status marsad_outbox_bury(marsad_archive *archive, int64_t now, const char *id, uint64_t deliveries, const char *reason, marsad_error *err);
/* The same for one that marsad_outbox_take() cannot read: what was given of it and its bytes are left behind, and "{}" and no bytes are kept in their place. */
marsad_status marsad_outbox_bury_damaged(marsad_archive *archive, int64_t now, const char *id, uint64_t deliveries, const char *reason,
                                         marsad_error *err);

/*
 * Put dead letters back into the outbox, to be sent: those of the ids, or all (`ids` NULL). What is no dead letter is passed over. All in one transaction.
 * `*unburied` receives how many; may be NULL.
 */
marsad_status marsad_outbox_unbury(marsad_archive *archive, int64_t now, const marsad_parcel_id *ids, size_t count, size_t *unburied,
                                   marsad_error *err);

typedef struct {
    uint64_t unsent, sent; /* in the outbox */
    uint64_t dead;         /* letters */
    int64_t oldest;        /* when the oldest in the outbox was put there; 0: there is none */
} marsad_outbox_figures;

marsad_status marsad_outbox_counts(marsad_archive *archive, marsad_outbox_figures *out, marsad_error *err);

#endif
