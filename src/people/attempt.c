/*
 * Attempts to get in, and how they are slowed down. Three counts, of failures with less than an hour between them:
 *
 *   address and account   5 at once, then 1, 2, 4 ... seconds up to a quarter of an hour
 *   address               20 at once, then up to a minute: who tries many accounts
 *   account               from 20 on (many addresses try it) each address has 1 attempt at once instead of 5
 *
 * So nobody is shut out by what others do elsewhere: from an address of their own, a person's first attempt is always looked at.
 */
#include <arpa/inet.h>
#include <stdio.h>

#include "people/people.h"

enum {
    FORGET_SECONDS = 60 * 60,
    KEY_SECONDS = 24 * 60 * 60,
    PAIR_FREE = 5,
    PAIR_FREE_UNDER_ATTACK = 1,
    PAIR_MOST_SECONDS = 15 * 60,
    ADDRESS_FREE = 20,
    ADDRESS_MOST_SECONDS = 60,
    ACCOUNT_CALM = 20,
    ROWS_MOST = 4096,
    ROWS_DROPPED = 256,
    ADDRESS_BYTES = 64
};

/* --- who -------------------------------------------------------------------------------------------------------------------------- */

/* The address as it counts: of IPv6 the network, since its last 64 bits are everybody's to choose; IPv4 within IPv6 as IPv4. */
static void write_address(char out[ADDRESS_BYTES], const char *address)
{
    unsigned char bytes[16];
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    snprintf(out, ADDRESS_BYTES, "%s", address == NULL ? "" : address);
    out[strcspn(out, "%")] = 0; /* the interface of fe80::1%eth0 */
    if (inet_pton(AF_INET6, out, bytes) != 1)
        return;
    if (memcmp(bytes, mapped, sizeof mapped) == 0) {
        inet_ntop(AF_INET, bytes + sizeof mapped, out, ADDRESS_BYTES);
        return;
    }
    memset(bytes + 8, 0, 8);
    inet_ntop(AF_INET6, bytes, out, ADDRESS_BYTES);
}

/* The key that addresses are hashed by. It and all counts are thrown away when it is a day old, so that no older address can be found out. */
static marsad_status read_key(store *s, int64_t now, unsigned char out[HASH_BYTES], marsad_error *err)
{
    db_rows *rows;
    bool found = false;
    marsad_status status =
        db_ask(s->db, &rows, err, "SELECT secret FROM attempt_key WHERE made <= $1 AND made > $2", DB_VALUES(db_int(now), db_int(now - KEY_SECONDS)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK && db_get_blob(rows, 0).len == HASH_BYTES) {
        memcpy(out, db_get_blob(rows, 0).ptr, HASH_BYTES);
        found = true;
    }
    db_end(rows);
    if (found || (status != MARSAD_OK && status != MARSAD_END))
        return status;

    randombytes_buf(out, HASH_BYTES);
    status = db_run(s->db, err, "DELETE FROM attempt", DB_NONE);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "DELETE FROM attempt_key", DB_NONE);
    return status == MARSAD_OK ? db_run(s->db, err, "INSERT INTO attempt_key(made, secret) VALUES($1, $2)", DB_VALUES(db_int(now), secret_value(out)))
                               : status;
}

enum { PAIR, ADDRESS, ACCOUNT, WHO_COUNT };

typedef struct {
    unsigned char hash[WHO_COUNT][HASH_BYTES];
    bool counts[WHO_COUNT];
} who;

static void hash_who(unsigned char out[HASH_BYTES], const unsigned char *key, int what, view address, view account)
{
    const unsigned char tag = (unsigned char)what;
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, HASH_BYTES, HASH_BYTES);
    crypto_generichash_update(&state, &tag, 1);
    crypto_generichash_update(&state, (const unsigned char *)address.ptr, address.len);
    crypto_generichash_update(&state, (const unsigned char *)"", 1);
    crypto_generichash_update(&state, (const unsigned char *)account.ptr, account.len);
    crypto_generichash_final(&state, out, HASH_BYTES);
}

static marsad_status find_who(store *s, const attempt *a, int64_t now, who *out, marsad_error *err)
{
    unsigned char key[HASH_BYTES];
    char text[ADDRESS_BYTES];
    marsad_status status = read_key(s, now, key, err);
    if (status != MARSAD_OK)
        return status;
    write_address(text, a->address);
    const view address = view_of(text), nothing = {"", 0};
    *out = (who){.counts = {[PAIR] = true, [ADDRESS] = true, [ACCOUNT] = a->account.len > 0}};
    hash_who(out->hash[PAIR], key, PAIR, address, a->account);
    hash_who(out->hash[ADDRESS], key, ADDRESS, address, nothing);
    hash_who(out->hash[ACCOUNT], key, ACCOUNT, nothing, a->account);
    return MARSAD_OK;
}

/* --- counts ----------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t failures, until;
} count;

static marsad_status read_count(store *s, const unsigned char hash[HASH_BYTES], int64_t now, count *out, marsad_error *err)
{
    db_rows *rows;
    *out = (count){0};
    marsad_status status = db_ask(s->db, &rows, err, "SELECT failures, until FROM attempt WHERE who = $1 AND last <= $2 AND last > $3",
                                  DB_VALUES(secret_value(hash), db_int(now), db_int(now - FORGET_SECONDS)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        *out = (count){.failures = db_get_int(rows, 0), .until = db_get_int(rows, 1)};
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* Seconds after so many failures. */
static int64_t delay(int64_t failures, int64_t unhindered, int64_t most)
{
    const int64_t over = failures - unhindered;
    const int64_t seconds = over < 0 ? 0 : INT64_C(1) << (over < 20 ? over : 20);
    return seconds < most ? seconds : most;
}

static marsad_status write_count(store *s, const unsigned char hash[HASH_BYTES], int64_t now, int64_t failures, int64_t until, marsad_error *err)
{
    return db_run(s->db, err,
                  "INSERT INTO attempt(who, failures, last, until) VALUES($1, $2, $3, $4) ON CONFLICT(who) DO UPDATE SET failures = $2, last = $3,"
                  " until = $4",
                  DB_VALUES(secret_value(hash), db_int(failures), db_int(now), db_int(until)));
}

/* However many addresses try, the table has an end; who is longest out of the way is forgotten first. */
static marsad_status make_room(store *s, marsad_error *err)
{
    int64_t rows;
    marsad_status status = db_ask_int(s->db, &rows, 0, err, "SELECT count(*) FROM attempt", DB_NONE);
    if (status != MARSAD_OK || rows + WHO_COUNT <= ROWS_MOST)
        return status;
    return db_run(s->db, err,
                  "DELETE FROM attempt WHERE who IN (SELECT who FROM attempt ORDER BY CASE WHEN until > last THEN until ELSE last END LIMIT $1)",
                  DB_VALUES(db_int(ROWS_DROPPED)));
}

marsad_status attempt_begin(store *s, const attempt *a, int64_t now, int64_t *wait, marsad_error *err)
{
    who whose;
    count counts[WHO_COUNT] = {{0}};
    *wait = 0;
    marsad_status status = find_who(s, a, now, &whose, err);
    for (int i = 0; i < WHO_COUNT && status == MARSAD_OK; i++)
        if (whose.counts[i]) {
            status = read_count(s, whose.hash[i], now, &counts[i], err);
            *wait = counts[i].until - now > *wait ? counts[i].until - now : *wait;
        }
    if (status != MARSAD_OK || *wait > 0)
        return status;

    const int64_t pair_free = counts[ACCOUNT].failures >= ACCOUNT_CALM ? PAIR_FREE_UNDER_ATTACK : PAIR_FREE;
    const int64_t delays[WHO_COUNT] = {[PAIR] = delay(counts[PAIR].failures + 1, pair_free, PAIR_MOST_SECONDS),
                                       [ADDRESS] = delay(counts[ADDRESS].failures + 1, ADDRESS_FREE, ADDRESS_MOST_SECONDS)};
    status = make_room(s, err);
    for (int i = 0; i < WHO_COUNT && status == MARSAD_OK; i++)
        if (whose.counts[i])
            status = write_count(s, whose.hash[i], now, counts[i].failures + 1, now + delays[i], err);
    return status;
}

marsad_status attempt_forgive(store *s, const attempt *a, int64_t now, marsad_error *err)
{
    who whose;
    marsad_status status = find_who(s, a, now, &whose, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "DELETE FROM attempt WHERE who = $1", DB_VALUES(secret_value(whose.hash[PAIR])));
    /* What others failed at stays counted. */
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE attempt SET failures = failures - 1, until = 0 WHERE failures > 0 AND who IN ($1, $2)",
                        DB_VALUES(secret_value(whose.hash[ADDRESS]), secret_value(whose.hash[ACCOUNT])));
    return status;
}
