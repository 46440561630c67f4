/* Evidence and texts against their hashes; what is known again from texts against the texts. */
#include <sodium.h>
#include <stdio.h>

#include "archive/words.h"
#include "trust/verify.h"

enum { PIECE_MOST = 256 << 20 }; /* bytes of one article: a size beyond this is damage, not news */

static bool is_hash_of(view hash, view bytes)
{
    unsigned char own[SHA256_BYTES];
    crypto_hash_sha256(own, (const unsigned char *)bytes.ptr, bytes.len);
    return hash.len == sizeof own && memcmp(hash.ptr, own, sizeof own) == 0;
}

static bool unpack(verifier *v, view packed, int64_t size, view *out)
{
    return size >= 0 && size <= PIECE_MOST && unpack_bytes(packed, (size_t)size, out, &v->memory);
}

marsad_status verify_evidence(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, "SELECT sha256, size, bytes FROM evidence ORDER BY sha256", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view hash = db_get_blob(rows, 0);
        view bytes;
        v->verdict->evidence++;
        if (!unpack(v, db_get_blob(rows, 2), db_get_int(rows, 1), &bytes) || !is_hash_of(hash, bytes)) {
            char hex[SEAL_BYTES] = "";
            sodium_bin2hex(hex, sizeof hex, (const unsigned char *)hash.ptr, hash.len < SHA256_BYTES ? hash.len : SHA256_BYTES);
            verify_fault(v, "evidence %s is damaged", hex);
        }
        arena_reset(&v->memory);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- articles ---------------------------------------------------------------------------------------------------------------------- */

/* All bands in one question, since an archive may be far away. */
static marsad_status check_bands(verifier *v, const char *id, int64_t key, int64_t season, const signature *own, marsad_error *err)
{
    static const char sql[] =
        "SELECT count(*) FROM copy_band WHERE season = $1 AND article = $2 AND band IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
        " $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    _Static_assert(SIGNATURE_BANDS == 20, "the question names each band");
    db_value values[2 + SIGNATURE_BANDS] = {db_int(season), db_int(key)};
    int64_t wanted[SIGNATURE_BANDS], found, different = 0;
    for (int b = 0; b < SIGNATURE_BANDS; b++) {
        wanted[b] = signature_band(own, b);
        values[2 + b] = db_int(wanted[b]);
        bool is_new = true;
        for (int k = 0; k < b; k++)
            is_new = is_new && wanted[k] != wanted[b];
        different += is_new;
    }
    const marsad_status status = db_ask_int(v->store->db, &found, 0, err, sql, values, sizeof values / sizeof *values);
    if (status == MARSAD_OK && found != different)
        verify_fault(v, "the bands that copies of article '%s' are found by are not those of its text", id);
    return status;
}

/* What copies of an article are found by: its text, or its id where the text was made for it. */
static marsad_status signature_again(verifier *v, const char *id, view text, view text_sha256, signature *out, marsad_error *err)
{
    char plain[ID_BYTES];
    int64_t is_plain = 0;
    plain_record_id(plain, id, (const unsigned char *)text_sha256.ptr);
    marsad_status status = db_ask_int(v->store->db, &is_plain, 0, err, "SELECT count(*) FROM record WHERE id = $1", DB_VALUES(db_text(plain)));
    buffer keys = {0};
    if (status == MARSAD_OK && is_plain > 0) {
        signature_of(out, view_of(id));
    } else if (status == MARSAD_OK) {
        words_add_keys(&keys, text);
        signature_of(out, (view){keys.bytes, keys.used});
    }
    if (keys.failed)
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an article");
    buffer_free(&keys);
    return status;
}

static marsad_status check_article(verifier *v, const db_rows *rows, marsad_error *err)
{
    view text;
    char id[ID_BYTES] = "";
    snprintf(id, sizeof id, "%.*s", (int)db_get_text(rows, 1).len, db_get_text(rows, 1).ptr);
    if (!unpack(v, db_get_blob(rows, 2), db_get_int(rows, 3), &text) || !is_hash_of(db_get_blob(rows, 4), text)) {
        verify_fault(v, "the text of article '%s' is damaged", id);
        return MARSAD_OK;
    }
    signature own;
    const marsad_status status = signature_again(v, id, text, db_get_blob(rows, 4), &own, err);
    if (status != MARSAD_OK)
        return status;
    const view stored = db_get_blob(rows, 5);
    const bool is_same = stored.len == sizeof own.rows && memcmp(stored.ptr, own.rows, sizeof own.rows) == 0;
    if (!is_same)
        verify_fault(v, "the signature of article '%s' is not that of its text", id);
    return check_bands(v, id, db_get_int(rows, 0), db_is_null(rows, 6) ? NO_SEASON : season_of(db_get_int(rows, 6)), &own, err);
}

marsad_status verify_articles(verifier *v, marsad_error *err)
{
    int64_t bands = 0, of_none = 0;
    db_rows *rows;
    marsad_status status =
        db_ask(v->store->db, &rows, err, "SELECT key, id, text, text_size, text_sha256, signature, published FROM article ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        v->verdict->articles++;
        status = check_article(v, rows, err);
        arena_reset(&v->memory);
    }
    db_end(rows);
    if (status == MARSAD_END)
        status = db_ask_int(v->store->db, &of_none, 0, err,
                            "SELECT count(*) FROM copy_band b WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.key = b.article)", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(v->store->db, &bands, 0, err,
                            "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM copy_band GROUP BY article) AS counted", DB_NONE);
    if (status == MARSAD_OK && (of_none > 0 || bands > SIGNATURE_BANDS))
        verify_fault(v, "there are bands of articles that are not there");
    return status;
}
