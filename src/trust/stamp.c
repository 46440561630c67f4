/* Roots of days, and time stamps of them by others (RFC 3161). */
#include <sodium.h>
#include <stdio.h>

#include "archive/seal.h"
#include "keeping.h"

enum { SECONDS_PER_DAY = 24 * 60 * 60, TOKEN_MOST = 1 << 20, DER_SEQUENCE = 0x30, DER_OCTETS = 0x04, DER_NAME = 0x06 };

static int64_t end_of(marsad_date day)
{
    return date_is_given(day) ? ((int64_t)day_number(day) + 1) * SECONDS_PER_DAY - 1 : INT64_MAX;
}

marsad_status marsad_archive_root(marsad_archive *archive, marsad_date day, int64_t *line, char out[65], marsad_error *err)
{
    *line = 0;
    out[0] = 0;
    db_rows *rows;
    marsad_status status = db_ask(archive->store.db, &rows, err, "SELECT line, hash FROM log WHERE time <= $1 ORDER BY line DESC LIMIT 1",
                                  DB_VALUES(db_int(end_of(day))));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view hash = db_get_blob(rows, 1);
        *line = db_get_int(rows, 0);
        sodium_bin2hex(out, 65, (const unsigned char *)hash.ptr, hash.len < SHA256_BYTES ? hash.len : SHA256_BYTES);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- DER ------------------------------------------------------------------------------------------------------------------------- */

/* Takes the head of the value at `*at`: its tag, and its contents as the bytes [*at, *at + size). False where that leaves `der`. */
static bool der_head(view der, size_t *at, unsigned char *tag, size_t *size)
{
    if (der.len - *at < 2)
        return false;
    *tag = (unsigned char)der.ptr[(*at)++];
    size_t length = (unsigned char)der.ptr[(*at)++];
    if (length >= 0x80) {
        size_t bytes = length & 0x7F;
        length = 0;
        if (bytes == 0 || bytes > 4 || bytes > der.len - *at)
            return false;
        while (bytes-- > 0)
            length = length << 8 | (unsigned char)der.ptr[(*at)++];
    }
    *size = length;
    return length <= der.len - *at;
}

enum { DER_DEPTH_MOST = 32 };

typedef struct {
    view wanted; /* octets */
    bool has_wanted, has_token_type;
} der_search;

/* 1.2.840.113549.1.9.16.1.4: the contents are a TSTInfo */
static const unsigned char token_type[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x04};

/* Walks all values, also those that an OCTET STRING wraps. False where the structure is broken. */
static bool der_walk(view der, der_search *search, unsigned depth)
{
    enum { CONSTRUCTED = 0x20 };
    for (size_t at = 0; at < der.len;) {
        unsigned char tag;
        size_t size;
        if (depth > DER_DEPTH_MOST || !der_head(der, &at, &tag, &size))
            return false;
        const view contents = {der.ptr + at, size};
        if (tag == DER_OCTETS && view_equal(contents, search->wanted))
            search->has_wanted = true;
        if (tag == DER_NAME && view_equal(contents, (view){(const char *)token_type, sizeof token_type}))
            search->has_token_type = true;
        if ((tag & CONSTRUCTED) != 0 && !der_walk(contents, search, depth + 1))
            return false;
        if (tag == DER_OCTETS && size > 2 && contents.ptr[0] == DER_SEQUENCE) {
            der_search inner = *search; /* octets need not be DER */
            if (der_walk(contents, &inner, depth + 1))
                *search = inner;
        }
        at += size;
    }
    return true;
}

static marsad_status check_token(view token, const unsigned char root[SHA256_BYTES], marsad_error *err)
{
    der_search search = {.wanted = {(const char *)root, SHA256_BYTES}};
    if (token.len == 0 || token.len > TOKEN_MOST || token.ptr[0] != DER_SEQUENCE || !der_walk(token, &search, 0))
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the token is not DER: a time stamp token (RFC 3161) begins with a SEQUENCE");
    if (!search.has_token_type)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the token is DER, but no time stamp token (RFC 3161)");
    if (!search.has_wanted)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the token stamps something else than the root of that day");
    return MARSAD_OK;
}

/* --- keeping it ---------------------------------------------------------------------------------------------------------------------- */

static marsad_status keep_token(store *s, int64_t line, view token, int64_t now, marsad_error *err)
{
    int64_t key;
    char subject[32], more[48];
    marsad_status status = store_begin(s, now, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &key, 0, err, "INSERT INTO stamp(line, time, token) VALUES($1, $2, $3) RETURNING key",
                            DB_VALUES(db_int(line), db_int(now), db_blob(token)));
    if (status == MARSAD_OK) {
        snprintf(subject, sizeof subject, "%lld", (long long)key);
        snprintf(more, sizeof more, "of line %lld", (long long)line);
        status = seal_log(s, "stamp", subject, more, err);
    }
    if (status == MARSAD_OK)
        status = store_commit(s, err);
    if (status != MARSAD_OK)
        store_rollback(s);
    return status;
}

marsad_status marsad_archive_stamp(marsad_archive *archive, marsad_date day, marsad_view token, int64_t now, marsad_error *err)
{
    int64_t line;
    char hex[65];
    unsigned char root[SHA256_BYTES];
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    marsad_status status = marsad_archive_root(archive, day, &line, hex, err);
    if (status == MARSAD_OK && line == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the log has no line of that day or before: there is nothing to stamp");
    if (status == MARSAD_OK && sodium_hex2bin(root, sizeof root, hex, strlen(hex), NULL, NULL, NULL) != 0)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the hash of log line %lld is damaged", (long long)line);
    if (status == MARSAD_OK)
        status = check_token(token, root, err);
    return status == MARSAD_OK ? keep_token(&archive->store, line, token, now, err) : status;
}
