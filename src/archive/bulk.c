#include "archive/bulk.h"

#include <stdio.h>
#include <stdlib.h>

#include "archive/add.h"
#include "archive/bulk_rows.h"
#include "archive/chains_bulk.h"
#include "archive/seal.h"

/* More than this are stored before more are gathered. */
enum { GATHERED_MAX = 512 };

typedef struct {
    char id[ID_BYTES];
    char detail[LOG_DETAIL_BYTES]; /* of its line in the log, behind the seal */
} gathered;

struct bulk {
    bulk_rows rows;
    gathered *items;
    size_t count;
    bool has_undated;
    bool has_staged; /* in the transaction at work */
};

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for articles");
}

/* --- gathering ---------------------------------------------------------------------------------------------------------------------- */

static bulk *open_bulk(store *s)
{
    if (s->bulk == NULL && (s->bulk = calloc(1, sizeof *s->bulk)) != NULL && (s->bulk->items = calloc(GATHERED_MAX, sizeof *s->bulk->items)) == NULL)
        bulk_free(s);
    return s->bulk;
}

static void forget(bulk *b)
{
    bulk_rows_forget(&b->rows);
    b->count = 0;
    b->has_undated = false;
}

void bulk_end(store *s)
{
    if (s->bulk == NULL)
        return;
    forget(s->bulk);
    s->bulk->has_staged = false;
}

void bulk_free(store *s)
{
    if (s->bulk == NULL)
        return;
    bulk_rows_free(&s->bulk->rows);
    free(s->bulk->items);
    free(s->bulk);
    s->bulk = NULL;
}

static bool is_gathered(const bulk *b, const char *id)
{
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return true;
    return false;
}

static marsad_status gather(store *s, const stored_article *a, const stored_record *records, size_t count, marsad_error *err)
{
    bulk *b = s->bulk;
    gathered *item = &b->items[b->count];
    memcpy(item->id, a->id, sizeof item->id);
    if (!article_log_detail(item->detail, a, records, count))
        return no_memory(err);
    b->has_undated = b->has_undated || a->published == NO_DAY;
    b->count++;
    return bulk_rows_add(&b->rows, a, records, count) ? MARSAD_OK : no_memory(err);
}

marsad_status bulk_add(store *s, const stored_article *a, const stored_record *records, size_t count, bool *is_new, marsad_error *err)
{
    int64_t found = 0;
    *is_new = false;
    if (open_bulk(s) == NULL)
        return no_memory(err);
    marsad_status status = s->bulk->count == GATHERED_MAX ? bulk_flush(s, err) : MARSAD_OK;
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &found, 0, err, "SELECT key FROM article WHERE id = $1", DB_VALUES(db_text(a->id)));
    if (status == MARSAD_OK && (found != 0 || is_gathered(s->bulk, a->id)))
        return db_run(s->db, err, "UPDATE batch SET known = known + 1 WHERE key = $1", DB_VALUES(db_int(s->batch)));
    if (status == MARSAD_OK)
        status = gather(s, a, records, count, err);
    *is_new = status == MARSAD_OK;
    return status;
}

/* --- storing --------------------------------------------------------------------------------------------------------------------------- */

/* What another program stored since it was asked for. */
static marsad_status drop_known(store *s, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "DELETE FROM staged_article s USING article a WHERE a.id = s.id", DB_NONE);
    const int64_t known = status == MARSAD_OK ? db_changed(s->db) : 0;
    if (known == 0)
        return status;
    status = db_run(s->db, err, "DELETE FROM staged_record r WHERE NOT EXISTS (SELECT 1 FROM staged_article s WHERE s.id = r.article)", DB_NONE);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE batch SET known = known + $2 WHERE key = $1", DB_VALUES(db_int(s->batch), db_int(known)));
    return status;
}

static marsad_status add_articles(store *s, marsad_error *err)
{
    marsad_status status =
        db_run(s->db, err,
               "INSERT INTO evidence(sha256, size, bytes, media, stored) SELECT DISTINCT ON (s.evidence) s.evidence, s.evidence_size, "
               "s.bytes, s.media, $1 FROM staged_article s ORDER BY s.evidence, s.n ON CONFLICT DO NOTHING",
               DB_VALUES(db_int(s->now)));
    if (status == MARSAD_OK)
        status =
            db_run(s->db, err,
                   "INSERT INTO article(key, id, outlet, given_id, url, title, published, evidence, text, text_size, text_sha256, chain, signature, "
                   "batch, stored, reader, note) SELECT k, id, outlet, given_id, url, title, published, evidence, text, text_size, text_sha256, k, "
                   "signature, $1, $2, reader, note FROM (SELECT s.*, nextval('article_key_seq') AS k FROM (SELECT * FROM staged_article ORDER BY n) "
                   "s) numbered",
                   DB_VALUES(db_int(s->batch), db_int(s->now)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE batch SET added = added + $2 WHERE key = $1", DB_VALUES(db_int(s->batch), db_int(db_changed(s->db))));
    return status;
}

/* Places that are new, each with its line of the log. */
static marsad_status add_places(store *s, marsad_error *err)
{
    arena memory = {0};
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err,
               "INSERT INTO place(id, name, name_en, country, admin1, admin2, feature, lat, lon) SELECT DISTINCT ON (s.id) s.id, s.name, "
               "s.name_en, s.country, s.admin1, s.admin2, s.feature, s.lat, s.lon FROM staged_place s WHERE NOT EXISTS (SELECT 1 FROM "
               "place p WHERE p.id = s.id) ORDER BY s.id, s.n RETURNING id",
               DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const char *id = arena_string(&memory, db_get_text(rows, 0));
        status = id == NULL ? no_memory(err) : seal_log(s, "place", id, "", err);
    }
    db_end(rows);
    arena_free(&memory);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static const char *const added_records[] = {
    ("INSERT INTO record(id, article, kind, modality, area, day, place, body) SELECT r.id, a.key, r.kind, r.modality, r.area, r.day, p.key, "
     "CAST(r.body AS json) FROM staged_record r JOIN article a ON a.id = r.article LEFT JOIN place p ON p.id = r.place ORDER BY r.n"),
    "INSERT INTO stale(area, day) SELECT DISTINCT area, day FROM staged_record",
    ("INSERT INTO copy_band(season, band, article) SELECT s.season, b.band, a.key FROM staged_article s JOIN article a ON a.id = s.id CROSS JOIN "
     "LATERAL unnest(s.bands) AS b(band)"),
    ("INSERT INTO article_words(rowid, words) SELECT a.key, coalesce(s.words, words_of(s.keys)) FROM staged_article s JOIN article a ON a.id = s.id"),
};

/* --- log ------------------------------------------------------------------------------------------------------------------------------- */

static const gathered *find_gathered(const bulk *b, view id)
{
    for (size_t i = 0; i < b->count; i++)
        if (view_equal(view_of(b->items[i].id), id))
            return &b->items[i];
    return NULL;
}

static marsad_status log_articles(store *s, marsad_error *err)
{
    log_batch lines = {.now = s->now};
    db_rows *rows = NULL;
    marsad_status status = log_head(s->db, &lines.head, err);
    if (status == MARSAD_OK)
        status = db_ask(s->db, &rows, err, ARTICLE_SEALED " JOIN staged_article s ON s.id = a.id ORDER BY a.key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const gathered *item = find_gathered(s->bulk, db_get_text(rows, 1));
        char seal[SEAL_BYTES], detail[LOG_DETAIL_BYTES + SEAL_BYTES + 8];
        seal_of_row(seal, rows);
        if (item == NULL)
            continue;
        const int length = snprintf(detail, sizeof detail, "seal %s %s", seal, item->detail);
        log_batch_add(&lines, "article", item->id, (view){detail, (size_t)length});
    }
    db_end(rows);
    if (status == MARSAD_END)
        status = log_batch_send(s->db, &lines, err);
    buffer_free(&lines.rows);
    return status;
}

marsad_status bulk_flush(store *s, marsad_error *err)
{
    if (s->bulk == NULL || s->bulk->count == 0)
        return MARSAD_OK;
    marsad_status status = staging_prepare(s, bulk_tables, BULK_TABLES, &s->bulk->has_staged, err);
    if (status == MARSAD_OK)
        status = bulk_rows_send(s, &s->bulk->rows, err);
    if (status == MARSAD_OK)
        status = store_lock_news(s, err);
    if (status == MARSAD_OK)
        status = drop_known(s, err);
    if (status == MARSAD_OK)
        status = add_articles(s, err);
    if (status == MARSAD_OK)
        status = add_places(s, err);
    if (status == MARSAD_OK)
        status = staging_run(s, added_records, sizeof added_records / sizeof *added_records, err);
    if (status == MARSAD_OK)
        status = chains_join_staged(s, s->bulk->has_undated, err);
    if (status == MARSAD_OK)
        status = log_articles(s, err);
    forget(s->bulk);
    return status;
}
