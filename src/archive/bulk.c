#include "archive/bulk.h"

#include <stdio.h>
#include <stdlib.h>

#include "archive/add.h"
#include "archive/chains.h"
#include "archive/seal.h"
#include "archive/staging.h"

/* More than this are stored before more are gathered. */
enum { GATHERED_MAX = 512 };

typedef struct {
    char id[ID_BYTES];
    char detail[LOG_DETAIL_BYTES]; /* of its line in the log, behind the seal */
} gathered;

struct bulk {
    buffer articles, records, places; /* rows as db_send() takes them */
    gathered *items;
    size_t count, record_count;
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
    b->articles.used = b->records.used = b->places.used = b->count = b->record_count = 0;
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
    buffer_free(&s->bulk->articles);
    buffer_free(&s->bulk->records);
    buffer_free(&s->bulk->places);
    free(s->bulk->items);
    free(s->bulk);
    s->bulk = NULL;
}

static db_value day_value(int32_t day)
{
    return day == NO_DAY ? db_null() : db_int(day);
}

static db_value hash_value(const unsigned char *hash)
{
    return db_blob((view){(const char *)hash, SHA256_BYTES});
}

/* The bands as the server sends and takes a bigint[]: one dimension, no nulls, items of type 20, how many, from 1; each its size and bytes. */
enum { ARRAY_HEAD = 20, ARRAY_ITEM = 12 };

static void put_big(unsigned char *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}

static void bands_of(unsigned char out[ARRAY_HEAD + SIGNATURE_BANDS * ARRAY_ITEM], const signature *s)
{
    static const uint32_t head[] = {1, 0, 20, SIGNATURE_BANDS, 1};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_big(out + 4 * i, head[i], 4);
    for (int band = 0; band < SIGNATURE_BANDS; band++) {
        put_big(out + ARRAY_HEAD + ARRAY_ITEM * band, 8, 4);
        put_big(out + ARRAY_HEAD + ARRAY_ITEM * band + 4, (uint64_t)signature_band(s, band), 8);
    }
}

/* Keys of Arabic and ASCII letters alone: of these words_of() would find none to part or to change. */
static bool is_plain(view keys)
{
    bool is = true;
    for (size_t i = 0; i < keys.len && is; i++) {
        const unsigned char byte = (unsigned char)keys.ptr[i];
        is = byte < 0xC0 || (byte >= 0xD8 && byte <= 0xDB);
    }
    return is;
}

static void gather_article(bulk *b, const stored_article *a)
{
    unsigned char bands[ARRAY_HEAD + SIGNATURE_BANDS * ARRAY_ITEM];
    bands_of(bands, &a->signature);
    const bool is_dated = a->published != NO_DAY;
    const int64_t first = is_dated ? season_of((int64_t)a->published - COPY_DAYS) : NO_SEASON;
    const int64_t last = is_dated ? season_of((int64_t)a->published + COPY_DAYS) : NO_SEASON;
    const db_value values[] = {
        db_int((int64_t)b->count),
        db_text(a->id),
        db_view(a->outlet),
        db_view(a->given_id),
        db_view(a->url),
        db_view(a->title),
        day_value(a->published),
        hash_value(a->evidence_sha256),
        db_int((int64_t)a->evidence_size),
        db_text(a->media),
        db_blob(a->evidence),
        db_blob(a->text),
        db_int((int64_t)a->text_size),
        hash_value(a->text_sha256),
        db_blob((view){(const char *)a->signature.rows, sizeof a->signature.rows}),
        db_blob((view){(const char *)bands, sizeof bands}),
        db_int(is_dated ? season_of(a->published) : NO_SEASON),
        db_int(first),
        first == last ? db_null() : db_int(last), /* a season is looked through once */
        db_text(a->reader),
        db_view(a->note),
        db_view(a->keys),
        db_int(is_plain(a->keys)),
    };
    db_bulk_row(&b->articles, values, sizeof values / sizeof *values);
}

static void gather_record(bulk *b, const stored_record *r, const char *article)
{
    const stored_place *p = r->place;
    const db_value values[] = {db_int((int64_t)b->record_count++),
                               db_text(r->id),
                               db_text(article),
                               db_int(r->kind),
                               db_int(r->modality),
                               db_text(r->area),
                               db_int(r->day),
                               p == NULL ? db_null() : db_text(p->id),
                               db_view(r->body)};
    db_bulk_row(&b->records, values, sizeof values / sizeof *values);
    if (p == NULL)
        return;
    const db_value place[] = {db_int((int64_t)b->record_count),
                              db_text(p->id),
                              db_text(p->name),
                              db_text(p->name_en),
                              db_text(p->country),
                              db_text(p->admin1),
                              db_text(p->admin2),
                              db_text(p->feature),
                              db_real(p->lat),
                              db_real(p->lon)};
    db_bulk_row(&b->places, place, sizeof place / sizeof *place);
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
    gather_article(b, a);
    for (size_t i = 0; i < count; i++)
        gather_record(b, &records[i], a->id);
    b->count++;
    return b->articles.failed || b->records.failed || b->places.failed ? no_memory(err) : MARSAD_OK;
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

/* --- staging ------------------------------------------------------------------------------------------------------------------------- */

static const staged_table tables[] = {
    {"staged_article", "(n bigint, id text COLLATE \"C\", outlet text, given_id text, url text, title text, published bigint, evidence bytea, "
                       "evidence_size bigint, media text, "
                       "bytes bytea, text bytea, text_size bigint, text_sha256 bytea, signature bytea, bands bigint[], season bigint, season_first "
                       "bigint, season_last bigint, "
                       "reader text, note text, words text, plain bigint) ON COMMIT DELETE ROWS"},
    {"staged_record",
     "(n bigint, id text, article text COLLATE \"C\", kind bigint, modality bigint, area text COLLATE \"C\", day bigint, place text COLLATE "
     "\"C\", body text) ON COMMIT DELETE ROWS"},
    {"staged_place",
     "(n bigint, id text COLLATE \"C\", name text, name_en text, country text, admin1 text, admin2 text, feature text, lat double precision, "
     "lon double precision) ON COMMIT DELETE ROWS"},
};

static marsad_status stage(store *s, marsad_error *err)
{
    const buffer *const rows[] = {&s->bulk->articles, &s->bulk->records, &s->bulk->places};
    marsad_status status = staging_prepare(s, tables, sizeof tables / sizeof *tables, &s->bulk->has_staged, err);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == MARSAD_OK; i++)
        status = staging_send(s, tables[i].name, rows[i], err);
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
     "LATERAL unnest(s.bands) AS b(band) ON CONFLICT DO NOTHING"),
    ("INSERT INTO article_words(rowid, words) SELECT a.key, CASE WHEN s.plain = 1 THEN CAST(s.words AS tsvector) ELSE words_of(s.words) END FROM "
     "staged_article s JOIN article a ON a.id = s.id"),
};

/* --- copies ---------------------------------------------------------------------------------------------------------------------------- */

#define PAIRS(of, seasons)                                                                                                                           \
    "SELECT a.key, o.key, a.published, o.published, a.signature, o.signature, o.chain FROM (SELECT DISTINCT x.key AS own, c.article AS other FROM "  \
    "staged_article s JOIN article x ON x.id = s.id CROSS JOIN LATERAL (" seasons ") AS t(season) CROSS JOIN LATERAL unnest(s.bands) AS b(band) "    \
    "JOIN copy_band c ON c.season = t.season AND c.band = b.band AND c.article <> x.key WHERE s.published IS " of ") pairs JOIN article a ON a.key " \
    "= pairs.own JOIN article o ON o.key = pairs.other ORDER BY a.key, o.key"

/* Those with a day have copies within a season or two, or among those without one; those without a day at all times (each season is found by a step in the index). */
static const char *const pairs[] = {
    PAIRS("NOT NULL", "VALUES (s.season_first), (s.season_last), (-1)"),
    PAIRS("NULL", "WITH RECURSIVE seasons(season) AS (SELECT min(season) FROM copy_band UNION ALL SELECT (SELECT min(n.season) FROM copy_band n "
                  "WHERE n.season > seasons.season) FROM seasons WHERE season IS NOT NULL) SELECT season FROM seasons WHERE season IS NOT NULL"),
};

static bool read_signature(signature *out, view bytes)
{
    if (bytes.len != sizeof out->rows)
        return false;
    memcpy(out->rows, bytes.ptr, sizeof out->rows);
    return true;
}

static int64_t day_of(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? NO_DAY : db_get_int(rows, column);
}

/* Chains that an article was united with: of copies that are told again and again one stands for all. Chains only grow, so that what was united stays so. */
enum { UNITED_MAX = 64 };
typedef struct {
    int64_t article, chains[UNITED_MAX];
    size_t count;
} united;

static bool is_united(united *u, int64_t article, int64_t chain)
{
    if (u->article != article)
        *u = (united){.article = article};
    for (size_t i = 0; i < u->count; i++)
        if (u->chains[i] == chain)
            return true;
    return false;
}

static marsad_status join_pairs(store *s, const char *sql, marsad_error *err)
{
    united u = {0};
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        signature own, other;
        const int64_t article = db_get_int(rows, 0), chain = db_get_int(rows, 6);
        if (is_united(&u, article, chain) || !read_signature(&own, db_get_blob(rows, 4)) || !read_signature(&other, db_get_blob(rows, 5)) ||
            !chains_are_copies(&own, day_of(rows, 2), &other, day_of(rows, 3)))
            continue;
        status = chains_unite(s, article, db_get_int(rows, 1), err);
        if (u.count < UNITED_MAX)
            u.chains[u.count++] = chain;
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

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
    marsad_status status = stage(s, err);
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
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && status == MARSAD_OK; i++)
        status = join_pairs(s, pairs[i], err);
    if (status == MARSAD_OK)
        status = log_articles(s, err);
    forget(s->bulk);
    return status;
}
