#include "archive/bulletins.h"

#include <sodium.h>
#include <stdio.h>

#include "archive/seal.h"

const char *const bulletin_forms[BULLETIN_FORMS] = {"html", "items", "print", "text"};

enum { FILE_MOST = 256 << 20 }; /* bytes of a file: a size beyond this is damage */

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a bulletin");
}

static db_value hash_value(const unsigned char *hash)
{
    return db_blob((view){(const char *)hash, SHA256_BYTES});
}

static void get_hash(unsigned char out[SHA256_BYTES], const db_rows *rows, int column)
{
    const view hash = db_get_blob(rows, column);
    memset(out, 0, SHA256_BYTES);
    memcpy(out, hash.ptr, hash.len < SHA256_BYTES ? hash.len : SHA256_BYTES);
}

void bulletin_digest(unsigned char out[SHA256_BYTES], unsigned char hashes[BULLETIN_FORMS][SHA256_BYTES])
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (int f = 0; f < BULLETIN_FORMS; f++) {
        char hex[SEAL_BYTES], line[SEAL_BYTES + 16];
        sodium_bin2hex(hex, sizeof hex, hashes[f], SHA256_BYTES);
        const int len = snprintf(line, sizeof line, "%s  %s\n", hex, bulletin_forms[f]);
        crypto_hash_sha256_update(&state, (const unsigned char *)line, (unsigned long long)len);
    }
    crypto_hash_sha256_final(&state, out);
}

/* --- keeping -------------------------------------------------------------------------------------------------------------------- */

static marsad_status add_file(store *s, int64_t number, const char *form, view bytes, const unsigned char *hash, arena *memory, marsad_error *err)
{
    view packed;
    if (!pack_bytes(bytes, &packed, memory))
        return no_memory(err);
    return db_run(s->db, err, "INSERT INTO bulletin_file(bulletin, form, sha256, size, bytes) VALUES($1, $2, $3, $4, $5)",
                  DB_VALUES(db_int(number), db_text(form), hash_value(hash), db_int((int64_t)bytes.len), db_blob(packed)));
}

static marsad_status add_row(store *s, const stored_bulletin *b, marsad_error *err)
{
    return db_run(
        s->db, err,
        "INSERT INTO bulletin(number, day, agreement, rule, languages, profile, cutoff, zone, corrects, prepared, prepared_by, log_line, root,"
        " rules, program, sha256) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        DB_VALUES(db_int(b->number), db_int(b->day), db_text(b->agreement), db_text(b->rule), db_text(b->languages), db_text(b->profile),
                  db_text(b->cutoff), db_text(b->zone), b->corrects == 0 ? db_null() : db_int(b->corrects), db_int(s->now), db_text(b->prepared_by),
                  db_int(b->log_line), hash_value(b->root), db_text(b->rules), db_text(b->program), hash_value(b->sha256)));
}

static marsad_status log_bulletin(store *s, const stored_bulletin *b, const char *what, const char *person, const unsigned char *root,
                                  marsad_error *err)
{
    char subject[32], more[400], hash_hex[SEAL_BYTES], root_hex[SEAL_BYTES];
    sodium_bin2hex(hash_hex, sizeof hash_hex, b->sha256, SHA256_BYTES);
    sodium_bin2hex(root_hex, sizeof root_hex, root, SHA256_BYTES);
    snprintf(subject, sizeof subject, "%lld", (long long)b->number);
    snprintf(more, sizeof more, "number %s sha256 %s root %s by %s", subject, hash_hex, root_hex, person);
    return seal_log(s, what, subject, more, err);
}

marsad_status store_add_bulletin(store *s, stored_bulletin *bulletin, const view files[BULLETIN_FORMS], arena *memory, marsad_error *err)
{
    unsigned char hashes[BULLETIN_FORMS][SHA256_BYTES];
    for (int f = 0; f < BULLETIN_FORMS; f++)
        crypto_hash_sha256(hashes[f], (const unsigned char *)files[f].ptr, files[f].len);
    bulletin_digest(bulletin->sha256, hashes);
    marsad_status status = add_row(s, bulletin, err);
    for (int f = 0; f < BULLETIN_FORMS && status == MARSAD_OK; f++)
        status = add_file(s, bulletin->number, bulletin_forms[f], files[f], hashes[f], memory, err);
    return status == MARSAD_OK ? log_bulletin(s, bulletin, "bulletin", bulletin->prepared_by, bulletin->root, err) : status;
}

/* --- reading -------------------------------------------------------------------------------------------------------------------- */

static marsad_status no_bulletin(int64_t number, marsad_error *err)
{
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no bulletin %lld", (long long)number);
}

marsad_status store_bulletin(store *s, int64_t number, stored_bulletin *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT day, languages, profile, prepared_by, sha256 FROM bulletin WHERE number = $1", DB_VALUES(db_int(number)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        *out = (stored_bulletin){.number = number,
                                 .day = (int32_t)db_get_int(rows, 0),
                                 .languages = arena_string(memory, db_get_text(rows, 1)),
                                 .profile = arena_string(memory, db_get_text(rows, 2)),
                                 .prepared_by = arena_string(memory, db_get_text(rows, 3))};
        get_hash(out->sha256, rows, 4);
        if (out->languages == NULL || out->profile == NULL || out->prepared_by == NULL)
            status = no_memory(err);
    }
    db_end(rows);
    return status == MARSAD_END ? no_bulletin(number, err) : status;
}

static bool is_hash_of(view hash, view bytes)
{
    unsigned char own[SHA256_BYTES];
    crypto_hash_sha256(own, (const unsigned char *)bytes.ptr, bytes.len);
    return hash.len == sizeof own && memcmp(hash.ptr, own, sizeof own) == 0;
}

marsad_status store_bulletin_file(store *s, int64_t number, const char *form, view *out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT sha256, size, bytes FROM bulletin_file WHERE bulletin = $1 AND form = $2",
                                  DB_VALUES(db_int(number), db_text(form)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const int64_t size = db_get_int(rows, 1);
        if (size < 0 || size > FILE_MOST || !unpack_bytes(db_get_blob(rows, 2), (size_t)size, out, memory) || !is_hash_of(db_get_blob(rows, 0), *out))
            status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "bulletin %lld is damaged: '%s' is not what was kept", (long long)number, form);
    }
    db_end(rows);
    if (status != MARSAD_END)
        return status;
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no bulletin %lld in form '%s'", (long long)number, form);
}

/* --- signing -------------------------------------------------------------------------------------------------------------------- */

marsad_status store_bulletin_signer(store *s, int64_t number, const char **out, arena *memory, marsad_error *err)
{
    db_rows *rows;
    *out = NULL;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT person FROM bulletin_signature WHERE bulletin = $1", DB_VALUES(db_int(number)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK && (*out = arena_string(memory, db_get_text(rows, 0))) == NULL)
        status = no_memory(err);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status store_sign_bulletin(store *s, const stored_bulletin *bulletin, const char *person, marsad_error *err)
{
    log_line head;
    marsad_status status = log_head(s->db, &head, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "INSERT INTO bulletin_signature(bulletin, time, person, sha256, root) VALUES($1, $2, $3, $4, $5)",
                        DB_VALUES(db_int(bulletin->number), db_int(s->now), db_text(person), hash_value(bulletin->sha256), hash_value(head.hash)));
    return status == MARSAD_OK ? log_bulletin(s, bulletin, "bulletin-signed", person, head.hash, err) : status;
}
