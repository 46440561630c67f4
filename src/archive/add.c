/*
 * Storing an article: evidence, article, its place among copies, records, search keys, log. One transaction holds it all, so that it is there whole or not at
 * all.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/add.h"
#include "archive/bulk.h"
#include "archive/chains.h"
#include "archive/seal.h"

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

static db_value bytes_value(const unsigned char *bytes, size_t size)
{
    return db_blob((view){(const char *)bytes, size});
}

/* --- evidence and article ------------------------------------------------------------------------------------------------------- */

static marsad_status add_evidence(store *s, const stored_article *a, marsad_error *err)
{
    return db_run(s->db, err, "INSERT INTO evidence(sha256, size, bytes, media, stored) VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                  DB_VALUES(bytes_value(a->evidence_sha256, SHA256_BYTES), db_int((int64_t)a->evidence_size), db_blob(a->evidence), db_text(a->media),
                            db_int(s->now)));
}

static marsad_status add_row(store *s, const stored_article *a, int64_t *key, marsad_error *err)
{
    return db_ask_int(s->db, key, 0, err,
                      "INSERT INTO article(id, outlet, given_id, url, title, published, evidence, text, text_size, text_sha256, chain, signature, "
                      "batch, stored, reader, note)"
                      " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, $14, $15) RETURNING key",
                      DB_VALUES(db_text(a->id), db_view(a->outlet), db_view(a->given_id), db_view(a->url), db_view(a->title), day_value(a->published),
                                bytes_value(a->evidence_sha256, SHA256_BYTES), db_blob(a->text), db_int((int64_t)a->text_size),
                                bytes_value(a->text_sha256, SHA256_BYTES), db_blob((view){(const char *)a->signature.rows, sizeof a->signature.rows}),
                                db_int(s->batch), db_int(s->now), db_text(a->reader), db_view(a->note)));
}

/* --- search keys -------------------------------------------------------------------------------------------------------------------- */

struct waiting_words {
    waiting_words *before;
    int64_t article;
    view keys;
};

static marsad_status keep_words(store *s, int64_t article, view keys, marsad_error *err)
{
    waiting_words *words = arena_alloc(&s->waiting_memory, sizeof *words);
    const char *kept = arena_string(&s->waiting_memory, keys);
    if (words == NULL || kept == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for search keys");
    *words = (waiting_words){.before = s->waiting, .article = article, .keys = {kept, keys.len}};
    s->waiting = words;
    return MARSAD_OK;
}

marsad_status store_index_words(store *s, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    waiting_words *first = NULL; /* turned round: rows come in the order of their keys */
    for (waiting_words *words = s->waiting, *before; words != NULL; words = before) {
        before = words->before;
        words->before = first;
        first = words;
    }
    for (const waiting_words *words = first; words != NULL && status == MARSAD_OK; words = words->before)
        status =
            db_run(s->db, err, "INSERT INTO article_words(rowid, words) VALUES($1, $2)", DB_VALUES(db_int(words->article), db_view(words->keys)));
    s->waiting = NULL;
    arena_reset(&s->waiting_memory);
    return status;
}

/* --- places and records ---------------------------------------------------------------------------------------------------------------- */

static marsad_status add_box(store *s, int64_t key, const stored_place *place, marsad_error *err)
{
    return db_run(s->db, err, "INSERT INTO place_box(key, west, east, south, north) VALUES($1, $2, $2, $3, $3)",
                  DB_VALUES(db_int(key), db_real(place->lon), db_real(place->lat)));
}

marsad_status store_place_key(store *s, const stored_place *place, int64_t *key, marsad_error *err)
{
    marsad_status status = db_ask_int(s->db, key, 0, err, "SELECT key FROM place WHERE id = $1", DB_VALUES(db_text(place->id)));
    if (status != MARSAD_OK || *key != 0)
        return status;
    status = db_ask_int(
        s->db, key, 0, err,
        "INSERT INTO place(id, name, name_en, country, admin1, admin2, feature, lat, lon) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING key",
        DB_VALUES(db_text(place->id), db_text(place->name), db_text(place->name_en), db_text(place->country), db_text(place->admin1),
                  db_text(place->admin2), db_text(place->feature), db_real(place->lat), db_real(place->lon)));
    if (status == MARSAD_OK)
        status = add_box(s, *key, place, err);
    return status == MARSAD_OK ? seal_log(s, "place", place->id, "", err) : status;
}

static marsad_status add_record(store *s, const stored_record *r, int64_t article, marsad_error *err)
{
    int64_t place = 0;
    marsad_status status = r->place == NULL ? MARSAD_OK : store_place_key(s, r->place, &place, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "INSERT INTO record(id, article, kind, modality, area, day, place, body) VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
                        DB_VALUES(db_text(r->id), db_int(article), db_int(r->kind), db_int(r->modality), db_text(r->area), db_int(r->day),
                                  place == 0 ? db_null() : db_int(place), db_view(r->body)));
    return status == MARSAD_OK ? store_mark_stale(s, r->area, r->day, err) : status;
}

/* --- log ----------------------------------------------------------------------------------------------------------------------------------- */

void records_digest_begin(records_digest *d)
{
    crypto_hash_sha256_init(&d->state);
}

void records_digest_add(records_digest *d, const char *id, view body)
{
    crypto_hash_sha256_update(&d->state, (const unsigned char *)id, ID_BYTES);
    crypto_hash_sha256_update(&d->state, (const unsigned char *)body.ptr, body.len);
    crypto_hash_sha256_update(&d->state, (const unsigned char *)"", 1);
}

void records_digest_end(records_digest *d, char out[2 * SHA256_BYTES + 1])
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_final(&d->state, hash);
    sodium_bin2hex(out, 2 * SHA256_BYTES + 1, hash, sizeof hash);
}

/* By id: as they come out of the store again. */
static int by_id(const void *a, const void *b)
{
    return strcmp((*(const stored_record *const *)a)->id, (*(const stored_record *const *)b)->id);
}

bool article_log_detail(char out[LOG_DETAIL_BYTES], const stored_article *a, const stored_record *records, size_t count)
{
    char evidence[2 * SHA256_BYTES + 1], text[2 * SHA256_BYTES + 1], digest[2 * SHA256_BYTES + 1];
    const stored_record **sorted = malloc((count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &records[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    records_digest d;
    records_digest_begin(&d);
    for (size_t i = 0; i < count; i++)
        records_digest_add(&d, sorted[i]->id, sorted[i]->body);
    records_digest_end(&d, digest);
    free(sorted);
    sodium_bin2hex(evidence, sizeof evidence, a->evidence_sha256, SHA256_BYTES);
    sodium_bin2hex(text, sizeof text, a->text_sha256, SHA256_BYTES);
    snprintf(out, LOG_DETAIL_BYTES, "records %zu %s evidence %s text %s", count, digest, evidence, text);
    return true;
}

static marsad_status log_article(store *s, const stored_article *a, const stored_record *records, size_t count, marsad_error *err)
{
    char detail[LOG_DETAIL_BYTES];
    return article_log_detail(detail, a, records, count) ? seal_log(s, "article", a->id, detail, err)
                                                         : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an article");
}

marsad_status store_add_article(store *s, const stored_article *a, const stored_record *records, size_t count, bool *is_new, marsad_error *err)
{
    if (db_takes_bulk(s->db))
        return bulk_add(s, a, records, count, is_new, err);
    int64_t key = 0;
    *is_new = false;
    marsad_status status = db_ask_int(s->db, &key, 0, err, "SELECT key FROM article WHERE id = $1", DB_VALUES(db_text(a->id)));
    if (status == MARSAD_OK && key != 0)
        return db_run(s->db, err, "UPDATE batch SET known = known + 1 WHERE key = $1", DB_VALUES(db_int(s->batch)));

    if (status == MARSAD_OK)
        status = add_evidence(s, a, err);
    if (status == MARSAD_OK)
        status = add_row(s, a, &key, err);
    if (status == MARSAD_OK)
        status = chains_join(s, a, key, err);
    if (status == MARSAD_OK)
        status = chains_add_bands(s, a, key, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = add_record(s, &records[i], key, err);
    if (status == MARSAD_OK)
        status = keep_words(s, key, a->keys, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE batch SET added = added + 1 WHERE key = $1", DB_VALUES(db_int(s->batch)));
    if (status == MARSAD_OK)
        status = log_article(s, a, records, count, err);
    *is_new = status == MARSAD_OK;
    return status;
}

marsad_status store_find_article(store *s, const stored_article *article, const stored_record *records, size_t count, bool *is_there, size_t *stored,
                                 marsad_error *err)
{
    int64_t found = 0;
    marsad_status status = bulk_flush(s, err);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &found, 0, err, "SELECT count(*) FROM article WHERE id = $1", DB_VALUES(db_text(article->id)));
    *is_there = found > 0;
    *stored = 0;
    for (size_t i = 0; i < count && *is_there && status == MARSAD_OK; i++) {
        status = db_ask_int(s->db, &found, 0, err, "SELECT count(*) FROM record WHERE id = $1", DB_VALUES(db_text(records[i].id)));
        *stored += found > 0;
    }
    return status;
}
