#include "archive/seal.h"

#include <sodium.h>
#include <stdio.h>

#include "base/buffer.h"

/* Rows of a table, by `key`, whose name in the log no line has: joined, since a list of all names can be longer than memory is given to. */
#define WITHOUT_LINE(table, shown, name, order, what)                                                                                                \
    "SELECT " shown " FROM " table " LEFT JOIN (SELECT subject FROM log WHERE what = '" what "') l ON l.subject = " name                             \
    " WHERE l.subject IS NULL ORDER BY " order " LIMIT 20"
#define NUMBER_WITHOUT_LINE(table, number, what) WITHOUT_LINE(table, number, "CAST(" number " AS TEXT)", number, what)
static const seal_kind kinds[] = {
    {"article", ARTICLE_SEALED " WHERE a.id = $1", WITHOUT_LINE("article", "id", "id", "key", "article"), false, false},
    {"place", "SELECT key, id, name, name_en, country, admin1, admin2, feature, lat, lon FROM place WHERE id = $1",
     WITHOUT_LINE("place", "id", "id", "key", "place"), false, false},
    {"batch",
     "SELECT b.key, b.begun, b.what, b.added, b.known, b.problems, p.place, p.line, p.reason FROM batch b LEFT JOIN problem p ON p.batch = b.key "
     "WHERE"
     " b.key = $1 ORDER BY p.key",
     NUMBER_WITHOUT_LINE("batch", "key", "batch"), true, false},
    {"release",
     "SELECT number, time, profile, title, licence, first_day, last_day, log_line, before, manifest, incidents, withdrawn, rules, program, root FROM "
     "release WHERE number = $1",
     NUMBER_WITHOUT_LINE("release", "number", "release"), true, false},
    {"stamp", "SELECT key, line, time, token FROM stamp WHERE key = $1", NUMBER_WITHOUT_LINE("stamp", "key", "stamp"), true, false},
    {"truce-mark", "SELECT key, time, person, agreement, version, rule, counted, record, accused, mark, reason FROM truce_mark WHERE key = $1",
     NUMBER_WITHOUT_LINE("truce_mark", "key", "truce-mark"), true, false},
    {"bulletin",
     "SELECT b.number, b.day, b.agreement, b.rule, b.languages, b.profile, b.cutoff, b.zone, b.corrects, b.prepared, b.prepared_by, b.log_line,"
     " b.root, b.rules, b.program, b.sha256, f.form, f.sha256, f.size FROM bulletin b LEFT JOIN bulletin_file f ON f.bulletin = b.number WHERE"
     " b.number = $1 ORDER BY f.form",
     NUMBER_WITHOUT_LINE("bulletin", "number", "bulletin"), true, false},
    {"bulletin-signed", "SELECT bulletin, time, person, sha256, root FROM bulletin_signature WHERE bulletin = $1",
     NUMBER_WITHOUT_LINE("bulletin_signature", "bulletin", "bulletin-signed"), true, false},
    {"setting", "SELECT key, time, person, name, value FROM setting WHERE key = $1", NUMBER_WITHOUT_LINE("setting", "key", "setting"), true, false},
    {"account", "SELECT key, name, folded, roles, active, password, must_change, created FROM account WHERE name = $1",
     WITHOUT_LINE("account", "name", "name", "key", "account"), false, true},
    {"token",
     "SELECT t.key, t.id, a.name, t.label, t.scopes, t.created, t.expires, t.secret FROM token t JOIN account a ON a.key = t.account WHERE t.id = $1",
     WITHOUT_LINE("token", "id", "id", "key", "token"), false, true},
    {NULL, NULL, NULL, false, false},
};

const seal_kind *seal_kinds(void)
{
    return kinds;
}

void seal_cell(crypto_hash_sha256_state *state, const db_rows *rows, int column)
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
        seal_cell(&state, rows, c);
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
            seal_cell(&state, rows, c);
    }
    db_end(rows);
    crypto_hash_sha256_final(&state, hash);
    out[0] = 0;
    if (has_rows)
        sodium_bin2hex(out, SEAL_BYTES, hash, sizeof hash);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status seal_of_subject(db *d, char out[SEAL_BYTES], const seal_kind *kind, view subject, marsad_error *err)
{
    int64_t number = 0;
    const bool is_number = view_number(subject, &number);
    const db_value none = db_null(), value = kind->is_numbered ? db_int(number) : db_view(subject);
    return seal_of(d, out, kind->sql, kind->is_numbered && !is_number ? &none : &value, 1, err);
}

marsad_status seal_log(store *s, const char *what, const char *subject, const char *more, marsad_error *err)
{
    char seal[SEAL_BYTES] = "";
    const seal_kind *kind = kinds;
    while (kind->what != NULL && strcmp(kind->what, what) != 0)
        kind++;
    marsad_status status = seal_of_subject(s->db, seal, kind, view_of(subject), err);
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
