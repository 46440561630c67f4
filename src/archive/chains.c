/* Chains: the copies of one text, found by bands that their signatures share, as rows. */
#include "archive/chains.h"

#include "archive/seal.h"

enum { CHAINS_MAX = 1024 };

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

#define WITH_A_BAND                                                                                                                                  \
    "SELECT chain, signature, published FROM article WHERE key IN (SELECT article FROM copy_band WHERE band IN"                                      \
    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) AND season IN "
static const char near_in_time[] = WITH_A_BAND "($21, $22, $23))";
/* Seasons that there are, each found by one step in the index. */
static const char of_all_times[] = "WITH RECURSIVE seasons(season) AS (SELECT min(season) FROM copy_band UNION ALL SELECT (SELECT min(c.season) FROM"
                                   " copy_band c WHERE c.season > seasons.season) FROM seasons WHERE season IS NOT NULL) " WITH_A_BAND
                                   "(SELECT season FROM seasons WHERE season IS NOT NULL))";

bool chains_are_copies(const signature *a, int64_t a_day, const signature *b, int64_t b_day)
{
    const int64_t apart = a_day == NO_DAY || b_day == NO_DAY ? 0 : a_day - b_day;
    return apart <= COPY_DAYS && apart >= -COPY_DAYS && signature_is_copy(a, b);
}

/* The chains of stored articles that share a band with `a` and are copies of it. */
static marsad_status find_kin(store *s, const stored_article *a, kin *out, marsad_error *err)
{
    db_value values[SIGNATURE_BANDS + 3];
    for (int band = 0; band < SIGNATURE_BANDS; band++)
        values[band] = db_int(signature_band(&a->signature, band));
    _Static_assert(SIGNATURE_BANDS == 20, "the queries name each band");
    const bool is_dated = a->published != NO_DAY;
    values[SIGNATURE_BANDS] = db_int(is_dated ? season_of((int64_t)a->published - COPY_DAYS) : NO_SEASON);
    values[SIGNATURE_BANDS + 1] = db_int(is_dated ? season_of((int64_t)a->published + COPY_DAYS) : NO_SEASON);
    values[SIGNATURE_BANDS + 2] = db_int(NO_SEASON);
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, is_dated ? near_in_time : of_all_times, values, SIGNATURE_BANDS + 3);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        signature other;
        const view bytes = db_get_blob(rows, 1);
        if (bytes.len != sizeof other.rows)
            continue;
        memcpy(other.rows, bytes.ptr, sizeof other.rows);
        if (chains_are_copies(&a->signature, a->published, &other, db_is_null(rows, 2) ? NO_DAY : db_get_int(rows, 2)))
            kin_add(out, db_get_int(rows, 0));
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status chains_add_bands(store *s, const stored_article *a, int64_t key, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (int band = 0; band < SIGNATURE_BANDS && status == MARSAD_OK; band++)
        status = db_run(s->db, err, "INSERT INTO copy_band(season, band, article) VALUES($1, $2, $3) ON CONFLICT DO NOTHING",
                        DB_VALUES(db_int(a->published == NO_DAY ? NO_SEASON : season_of(a->published)), db_int(signature_band(&a->signature, band)),
                                  db_int(key)));
    return status;
}

/* The one among the chains that names all of them together: of the articles that they are named by the first. */
static marsad_status find_first(store *s, const kin *k, int64_t *first, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    *first = k->chains[0];
    for (size_t i = 1; i < k->count && status == MARSAD_OK; i++)
        status =
            db_ask_int(s->db, first, *first, err, "SELECT key FROM article WHERE key IN ($1, $2) ORDER BY published IS NULL, published, id LIMIT 1",
                       DB_VALUES(db_int(*first), db_int(k->chains[i])));
    return status;
}

/* Incidents that the chain's articles are told in have other chains soon. */
static marsad_status mark_stale(store *s, int64_t chain, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO stale(area, day) SELECT DISTINCT area, day FROM record WHERE article IN (SELECT key FROM article WHERE chain = $1)"
                  " ON CONFLICT DO NOTHING",
                  DB_VALUES(db_int(chain)));
}

marsad_status chains_join(store *s, const stored_article *a, int64_t key, marsad_error *err)
{
    kin k = {.chains = {key}, .count = 1};
    int64_t first = key;
    marsad_status status = find_kin(s, a, &k, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE article SET chain = key WHERE key = $1", DB_VALUES(db_int(key)));
    if (status == MARSAD_OK && k.count > 1)
        status = find_first(s, &k, &first, err);
    for (size_t i = 0; i < k.count && k.count > 1 && status == MARSAD_OK; i++) {
        status = mark_stale(s, k.chains[i], err);
        if (status == MARSAD_OK && k.chains[i] != first)
            status = db_run(s->db, err, "UPDATE article SET chain = $2 WHERE chain = $1", DB_VALUES(db_int(k.chains[i]), db_int(first)));
    }
    return status;
}
