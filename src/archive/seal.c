#include "archive/seal.h"

#include <sodium.h>
#include <stdio.h>

#include "base/buffer.h"

static const seal_kind kinds[] = {
    {"article",
     ARTICLE_SEALED " WHERE a.id = $1",
     "SELECT id FROM article WHERE id NOT IN (SELECT subject FROM log WHERE what = 'article') ORDER BY key LIMIT 20", false},
    {"place", "SELECT key, id, name, name_en, country, admin1, admin2, feature, lat, lon FROM place WHERE id = $1",
     "SELECT id FROM place WHERE id NOT IN (SELECT subject FROM log WHERE what = 'place') ORDER BY key LIMIT 20", false},
    {"batch",
     "SELECT b.key, b.begun, b.what, b.added, b.known, b.problems, p.place, p.line, p.reason FROM batch b LEFT JOIN problem p ON p.batch = b.key "
     "WHERE"
     " b.key = CAST($1 AS INTEGER) ORDER BY p.key",
     "SELECT key FROM batch WHERE CAST(key AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'batch') ORDER BY key LIMIT 20", false},
    {"release",
     "SELECT number, time, profile, title, licence, first_day, last_day, log_line, before, manifest, incidents, withdrawn, rules, program, root FROM "
     "release WHERE number = CAST($1 AS INTEGER)",
     "SELECT number FROM release WHERE CAST(number AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'release') ORDER BY number LIMIT 20", false},
    {"stamp", "SELECT key, line, time, token FROM stamp WHERE key = CAST($1 AS INTEGER)",
     "SELECT key FROM stamp WHERE CAST(key AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'stamp') ORDER BY key LIMIT 20", false},
    {"truce-mark",
     "SELECT key, time, person, agreement, version, rule, counted, record, accused, mark, reason FROM truce_mark WHERE key = CAST($1 AS INTEGER)",
     "SELECT key FROM truce_mark WHERE CAST(key AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'truce-mark') ORDER BY key LIMIT 20", false},
    {"bulletin",
     "SELECT b.number, b.day, b.agreement, b.rule, b.languages, b.profile, b.cutoff, b.zone, b.corrects, b.prepared, b.prepared_by, b.log_line,"
     " b.root, b.rules, b.program, b.sha256, f.form, f.sha256, f.size FROM bulletin b LEFT JOIN bulletin_file f ON f.bulletin = b.number WHERE"
     " b.number = CAST($1 AS INTEGER) ORDER BY f.form",
     "SELECT number FROM bulletin WHERE CAST(number AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'bulletin') ORDER BY number LIMIT 20",
     false},
    {"bulletin-signed", "SELECT bulletin, time, person, sha256, root FROM bulletin_signature WHERE bulletin = CAST($1 AS INTEGER)",
     "SELECT bulletin FROM bulletin_signature WHERE CAST(bulletin AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'bulletin-signed') ORDER BY "
     "bulletin LIMIT 20",
     false},
    {"setting", "SELECT key, time, person, name, value FROM setting WHERE key = CAST($1 AS INTEGER)",
     "SELECT key FROM setting WHERE CAST(key AS TEXT) NOT IN (SELECT subject FROM log WHERE what = 'setting') ORDER BY key LIMIT 20", false},
    {"account", "SELECT key, name, folded, roles, active, password, must_change, created FROM account WHERE name = $1",
     "SELECT name FROM account WHERE name NOT IN (SELECT subject FROM log WHERE what = 'account') ORDER BY key LIMIT 20", true},
    {"token",
     "SELECT t.key, t.id, a.name, t.label, t.scopes, t.created, t.expires, t.secret FROM token t JOIN account a ON a.key = t.account WHERE t.id = $1",
     "SELECT id FROM token WHERE id NOT IN (SELECT subject FROM log WHERE what = 'token') ORDER BY key LIMIT 20", true},
    {NULL, NULL, NULL, false},
};

const seal_kind *seal_kinds(void)
{
    return kinds;
}

/* A cell is told by its type and its bytes, so that neither 1 and '1' nor two cells and one are the same. */
static void hash_cell(crypto_hash_sha256_state *state, const db_rows *rows, int column)
{
    char head[48];
    const db_type type = db_type_of(rows, column);
    view bytes = {"", 0};
    if (type == DB_INTEGER)
        snprintf(head, sizeof head, "i%lld;", (long long)db_get_int(rows, column));
    else if (type == DB_REAL)
        snprintf(head, sizeof head, "r%.17g;", db_get_real(rows, column));
    else if (type == DB_NULL)
        snprintf(head, sizeof head, "n;");
    else {
        bytes = type == DB_TEXT ? db_get_text(rows, column) : db_get_blob(rows, column);
        snprintf(head, sizeof head, "%c%zu:", type == DB_TEXT ? 't' : 'b', bytes.len);
    }
    crypto_hash_sha256_update(state, (const unsigned char *)head, strlen(head));
    crypto_hash_sha256_update(state, (const unsigned char *)bytes.ptr, bytes.len);
}

void seal_of_row(char out[SEAL_BYTES], const db_rows *rows)
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (int c = 0; c < db_columns(rows); c++)
        hash_cell(&state, rows, c);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(out, SEAL_BYTES, hash, sizeof hash);
}

marsad_status seal_of(db *d, char out[SEAL_BYTES], const char *sql, const db_value *values, size_t count, marsad_error *err)
{
    unsigned char hash[SHA256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    bool has_rows = false;
    db_rows *rows;
    marsad_status status = db_ask(d, &rows, err, sql, values, count);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        has_rows = true;
        for (int c = 0; c < db_columns(rows); c++)
            hash_cell(&state, rows, c);
    }
    db_end(rows);
    crypto_hash_sha256_final(&state, hash);
    out[0] = 0;
    if (has_rows)
        sodium_bin2hex(out, SEAL_BYTES, hash, sizeof hash);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status seal_log(store *s, const char *what, const char *subject, const char *more, marsad_error *err)
{
    char seal[SEAL_BYTES] = "";
    const seal_kind *kind = kinds;
    while (kind->what != NULL && strcmp(kind->what, what) != 0)
        kind++;
    marsad_status status = seal_of(s->db, seal, kind->sql, DB_VALUES(db_text(subject)), err);
    buffer detail = {0};
    buffer_format(&detail, "seal %s%s%s", seal, more[0] == 0 ? "" : " ", more);
    if (status == MARSAD_OK)
        status = detail.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the log")
                               : log_add(s->db, s->now, what, subject, (view){detail.bytes, detail.used}, err);
    buffer_free(&detail);
    return status;
}

int64_t incident_seal(view id, int64_t kind, int64_t first_day, int64_t made, int64_t gone, view became)
{
    char numbers[128];
    snprintf(numbers, sizeof numbers, "%lld %lld %lld %lld", (long long)kind, (long long)first_day, (long long)made, (long long)gone);
    const uint64_t parts[] = {view_hash(id), view_hash(view_of(numbers)), view_hash(became)};
    return (int64_t)view_hash((view){(const char *)parts, sizeof parts});
}
