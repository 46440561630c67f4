/*
 * Storing an article: evidence, article, its place among copies, records, search keys, log. One transaction holds it all, so that it is there whole or not at
 * all.
 */
#include <sodium.h>
#include <stdio.h>

#include "archive/store.h"

enum { COPY_DAYS = 30 }; /* a text that comes back later is told anew */

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

/* --- copies ------------------------------------------------------------------------------------------------------------------------ */

enum { CHAINS_MAX = 32 };

typedef struct {
    int64_t chains[CHAINS_MAX]; /* of the articles that the new one is a copy of */
    size_t count;
} kin;

static void kin_add(kin *k, int64_t chain)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->chains[i] == chain)
            return;
    if (k->count < CHAINS_MAX)
        k->chains[k->count++] = chain;
}

/* The chains of stored articles with band `band` that are copies of `a`. */
static marsad_status find_kin(store *s, const stored_article *a, int band, kin *out, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT a.chain, a.signature, a.published FROM copy_band b JOIN article a ON a.key = b.article WHERE b.band = $1",
               DB_VALUES(db_int(signature_band(&a->signature, band))));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        signature other;
        const view bytes = db_get_blob(rows, 1);
        if (bytes.len != sizeof other.rows)
            continue;
        memcpy(other.rows, bytes.ptr, sizeof other.rows);
        const int64_t apart = db_is_null(rows, 2) || a->published == NO_DAY ? 0 : db_get_int(rows, 2) - a->published;
        if (apart <= COPY_DAYS && apart >= -COPY_DAYS && signature_is_copy(&a->signature, &other))
            kin_add(out, db_get_int(rows, 0));
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status add_bands(store *s, const stored_article *a, int64_t key, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (int band = 0; band < SIGNATURE_BANDS && status == MARSAD_OK; band++)
        status = db_run(s->db, err, "INSERT INTO copy_band(band, article) VALUES($1, $2) ON CONFLICT DO NOTHING",
                        DB_VALUES(db_int(signature_band(&a->signature, band)), db_int(key)));
    return status;
}

/* Puts all articles of chain `from` into chain `to`; incidents that they are told in have other chains now. */
static marsad_status move_chain(store *s, int64_t from, int64_t to, marsad_error *err)
{
    marsad_status status =
        db_run(s->db, err,
               "INSERT INTO stale(area, day) SELECT DISTINCT area, day FROM record WHERE article IN (SELECT key FROM article WHERE chain = $1)"
               " ON CONFLICT DO NOTHING",
               DB_VALUES(db_int(from)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE article SET chain = $2 WHERE chain = $1", DB_VALUES(db_int(from), db_int(to)));
    return status;
}

/*
 * The chain of an article is the earliest (then least id) of all articles that are tied to it by copies, whichever came first into the archive: so the order
 * of storing does not matter.
 */
static marsad_status join_chains(store *s, const stored_article *a, int64_t key, marsad_error *err)
{
    kin k = {.chains = {key}, .count = 1};
    marsad_status status = MARSAD_OK;
    for (int band = 0; band < SIGNATURE_BANDS && status == MARSAD_OK; band++)
        status = find_kin(s, a, band, &k, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE article SET chain = key WHERE key = $1", DB_VALUES(db_int(key)));
    if (status != MARSAD_OK || k.count == 1)
        return status;

    for (size_t i = 1; i < k.count && status == MARSAD_OK; i++)
        status = move_chain(s, k.chains[i], key, err);
    int64_t first;
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &first, key, err, "SELECT key FROM article WHERE chain = $1 ORDER BY published IS NULL, published, id LIMIT 1",
                            DB_VALUES(db_int(key)));
    if (status == MARSAD_OK && first != key)
        status = db_run(s->db, err, "UPDATE article SET chain = $2 WHERE chain = $1", DB_VALUES(db_int(key), db_int(first)));
    return status;
}

/* --- places and records ---------------------------------------------------------------------------------------------------------------- */

static marsad_status add_box(store *s, int64_t key, const stored_place *place, marsad_error *err)
{
    return db_run(s->db, err, "INSERT INTO place_box(key, west, east, south, north) VALUES($1, $2, $2, $3, $3)",
                  DB_VALUES(db_int(key), db_real(place->lon), db_real(place->lat)));
}

static marsad_status place_key(store *s, const stored_place *place, int64_t *key, marsad_error *err)
{
    marsad_status status = db_ask_int(s->db, key, 0, err, "SELECT key FROM place WHERE id = $1", DB_VALUES(db_text(place->id)));
    if (status != MARSAD_OK || *key != 0)
        return status;
    status = db_ask_int(
        s->db, key, 0, err,
        "INSERT INTO place(id, name, name_en, country, admin1, admin2, feature, lat, lon) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING key",
        DB_VALUES(db_text(place->id), db_text(place->name), db_text(place->name_en), db_text(place->country), db_text(place->admin1),
                  db_text(place->admin2), db_text(place->feature), db_real(place->lat), db_real(place->lon)));
    return status == MARSAD_OK ? add_box(s, *key, place, err) : status;
}

static marsad_status add_record(store *s, const stored_record *r, int64_t article, marsad_error *err)
{
    int64_t place = 0;
    marsad_status status = r->place == NULL ? MARSAD_OK : place_key(s, r->place, &place, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "INSERT INTO record(id, article, kind, modality, area, day, place, body) VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
                        DB_VALUES(db_text(r->id), db_int(article), db_int(r->kind), db_int(r->modality), db_text(r->area), db_int(r->day),
                                  place == 0 ? db_null() : db_int(place), db_view(r->body)));
    return status == MARSAD_OK ? store_mark_stale(s, r->area, r->day, err) : status;
}

/* --- log ----------------------------------------------------------------------------------------------------------------------------------- */

/* The digest of an article's records: SHA-256 over their ids and bodies as they stand, each ended by a NUL. */
static void digest_records(char out[2 * SHA256_BYTES + 1], const stored_record *records, size_t count)
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < count; i++) {
        crypto_hash_sha256_update(&state, (const unsigned char *)records[i].id, ID_BYTES);
        crypto_hash_sha256_update(&state, (const unsigned char *)records[i].body.ptr, records[i].body.len);
        crypto_hash_sha256_update(&state, (const unsigned char *)"", 1);
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(out, 2 * SHA256_BYTES + 1, hash, sizeof hash);
}

static marsad_status log_article(store *s, const stored_article *a, const stored_record *records, size_t count, marsad_error *err)
{
    char evidence[2 * SHA256_BYTES + 1], text[2 * SHA256_BYTES + 1], digest[2 * SHA256_BYTES + 1], detail[320];
    sodium_bin2hex(evidence, sizeof evidence, a->evidence_sha256, SHA256_BYTES);
    sodium_bin2hex(text, sizeof text, a->text_sha256, SHA256_BYTES);
    digest_records(digest, records, count);
    snprintf(detail, sizeof detail, "batch %lld evidence %s text %s records %zu %s", (long long)s->batch, evidence, text, count, digest);
    return log_add(s->db, s->now, "article", a->id, view_of(detail), err);
}

marsad_status store_add_article(store *s, const stored_article *a, const stored_record *records, size_t count, bool *is_new, marsad_error *err)
{
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
        status = join_chains(s, a, key, err);
    if (status == MARSAD_OK)
        status = add_bands(s, a, key, err);
    for (size_t i = 0; i < count && status == MARSAD_OK; i++)
        status = add_record(s, &records[i], key, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "INSERT INTO article_words(rowid, words) VALUES($1, $2)", DB_VALUES(db_int(key), db_view(a->keys)));
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
    marsad_status status = db_ask_int(s->db, &found, 0, err, "SELECT count(*) FROM article WHERE id = $1", DB_VALUES(db_text(article->id)));
    *is_there = found > 0;
    *stored = 0;
    for (size_t i = 0; i < count && *is_there && status == MARSAD_OK; i++) {
        status = db_ask_int(s->db, &found, 0, err, "SELECT count(*) FROM record WHERE id = $1", DB_VALUES(db_text(records[i].id)));
        *stored += found > 0;
    }
    return status;
}
