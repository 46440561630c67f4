/* API tokens: secrets for programs that work in a person's name, with less than the person's rights. */
#include <stdio.h>

#include "people/people.h"

enum { NOTED_SECONDS = 5 * 60 };

static const char prefix[] = "marsad_";

static void hash_token(unsigned char out[HASH_BYTES], const char *token)
{
    secret_hash(out, "token", view_of(token));
}

/* --- adding --------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *by, *owner, *label;
    marsad_rights scopes;
    int64_t expires;
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES];
} new_token;

static void make_token(new_token *t)
{
    unsigned char number[8];
    char secret[MARSAD_SECRET_BYTES], hex[2 * sizeof number + 1];
    secret_new(secret);
    randombytes_buf(number, sizeof number);
    sodium_bin2hex(hex, sizeof hex, number, sizeof number);
    snprintf(t->id, sizeof t->id, "T-%s", hex);
    snprintf(t->token, sizeof t->token, "%s%s", prefix, secret);
    sodium_memzero(secret, sizeof secret);
}

static marsad_status check_token(const new_token *t, const account *owner, int64_t now, marsad_error *err)
{
    if (!owner->seen.is_active)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the account '%s' is closed", owner->seen.name);
    if (!text_is_line(t->label, MARSAD_NAME_BYTES - 1))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a label says what a token is for: 1 to %d bytes of text, no blank at its ends",
                    MARSAD_NAME_BYTES - 1);
    if (t->scopes == 0 || marsad_rights_allow(t->scopes, MARSAD_RIGHT_KEEP) || (t->scopes & ~marsad_rights_of(owner->seen.roles)) != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "scopes of a token are rights that '%s' has, and never 'keep'", owner->seen.name);
    if (t->expires <= now || t->expires - now > MARSAD_TOKEN_SECONDS_MOST)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a token ends after now, and within a year");
    return MARSAD_OK;
}

static marsad_status insert_token(store *s, const new_token *t, const account *owner, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    hash_token(hash, t->token);
    return db_run(
        s->db, err, "INSERT INTO token(id, account, label, scopes, created, expires, secret) VALUES($1, $2, $3, $4, $5, $6, $7)",
        DB_VALUES(db_text(t->id), db_int(owner->key), db_text(t->label), db_int(t->scopes), db_int(s->now), db_int(t->expires), secret_value(hash)));
}

static marsad_status add_token(store *s, const new_token *t, marsad_error *err)
{
    account owner;
    char set[MARSAD_SET_TEXT_BYTES], told[3 * MARSAD_NAME_BYTES + 64];
    marsad_status status = account_need(s, t->owner, &owner, err);
    if (status == MARSAD_OK)
        status = check_token(t, &owner, s->now, err);
    if (status == MARSAD_OK)
        status = insert_token(s, t, &owner, err);
    marsad_rights_text(set, t->scopes);
    if (status == MARSAD_OK)
        snprintf(told, sizeof told, "'%s' with scopes %s added to %s", t->label, set, owner.seen.name);
    sodium_memzero(owner.password, sizeof owner.password);
    return status == MARSAD_OK ? log_by(s, "token", t->id, told, t->by, err) : status;
}

marsad_status marsad_token_add(marsad_archive *archive, const char *by, const char *owner, const char *label, marsad_rights scopes, int64_t expires,
                               int64_t now, char id[MARSAD_TOKEN_ID_BYTES], char token[MARSAD_TOKEN_BYTES], marsad_error *err)
{
    new_token t = {.by = by, .owner = owner, .label = label, .scopes = scopes, .expires = expires};
    marsad_status status = check_by(by, err);
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    if (status != MARSAD_OK)
        return status;
    make_token(&t);
    status = people_end(archive, add_token(&archive->store, &t, err), err);
    if (status == MARSAD_OK) {
        memcpy(id, t.id, sizeof t.id);
        memcpy(token, t.token, sizeof t.token);
    }
    sodium_memzero(&t, sizeof t);
    return status;
}

/* --- taking away ---------------------------------------------------------------------------------------------------------------- */

/* Its line has no seal, for nothing is left: that is what `verify` holds the table against. */
static marsad_status drop_token(store *s, const char *id, const char *by, marsad_error *err)
{
    char told[MARSAD_NAME_BYTES + 32];
    snprintf(told, sizeof told, "removed by %s", by == NULL ? "who has the file" : by);
    marsad_status status = db_run(s->db, err, "DELETE FROM token WHERE id = $1", DB_VALUES(db_text(id)));
    return status == MARSAD_OK ? log_add(s->db, s->now, "token", id, view_of(told), err) : status;
}

/* The id of a token of `account`; "" if there is none. */
static marsad_status any_token(store *s, int64_t account, char id[MARSAD_TOKEN_ID_BYTES], marsad_error *err)
{
    db_rows *rows;
    id[0] = 0;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT id FROM token WHERE account = $1 ORDER BY key LIMIT 1", DB_VALUES(db_int(account)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        snprintf(id, MARSAD_TOKEN_ID_BYTES, "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status account_end_tokens(store *s, int64_t account, const char *by, marsad_error *err)
{
    char id[MARSAD_TOKEN_ID_BYTES];
    marsad_status status = any_token(s, account, id, err);
    while (status == MARSAD_OK && id[0] != 0) {
        status = drop_token(s, id, by, err);
        if (status == MARSAD_OK)
            status = any_token(s, account, id, err);
    }
    return status;
}

static marsad_status remove_token(store *s, const char *by, const char *owner, const char *id, marsad_error *err)
{
    account a = {0};
    int64_t count = 0;
    marsad_status status = owner == NULL ? MARSAD_OK : account_need(s, owner, &a, err);
    sodium_memzero(a.password, sizeof a.password);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &count, 0, err, "SELECT count(*) FROM token WHERE id = $1 AND ($2 = 0 OR account = $2)",
                            DB_VALUES(db_text(id), db_int(a.key)));
    if (status == MARSAD_OK && count == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no token '%s'", id);
    return status == MARSAD_OK ? drop_token(s, id, by, err) : status;
}

marsad_status marsad_token_remove(marsad_archive *archive, const char *by, const char *owner, const char *id, int64_t now, marsad_error *err)
{
    marsad_status status = check_by(by, err);
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    return status == MARSAD_OK ? people_end(archive, remove_token(&archive->store, by, owner, id, err), err) : status;
}

/* --- whose it is ---------------------------------------------------------------------------------------------------------------- */

static marsad_status read_token(store *s, const unsigned char hash[HASH_BYTES], int64_t now, marsad_person *out, int64_t *last_used, bool *found,
                                marsad_error *err)
{
    db_rows *rows;
    *found = false;
    marsad_status status = db_ask(s->db, &rows, err,
                                  "SELECT a.name, a.roles, a.must_change, t.scopes, t.expires, t.last_used FROM token t"
                                  " JOIN account a ON a.key = t.account WHERE t.secret = $1 AND a.active = 1 AND t.expires > $2",
                                  DB_VALUES(secret_value(hash), db_int(now)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view name = db_get_text(rows, 0);
        *found = true;
        *last_used = db_get_int(rows, 5);
        *out = (marsad_person){
            .roles = (marsad_roles)db_get_int(rows, 1) & MARSAD_ROLES_ALL, .must_change = db_get_int(rows, 2) != 0, .expires = db_get_int(rows, 4)};
        out->rights = out->must_change ? 0 : marsad_rights_of(out->roles) & (marsad_rights)db_get_int(rows, 3);
        snprintf(out->name, sizeof out->name, "%.*s", (int)name.len, name.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status marsad_token_find(marsad_archive *archive, const char *token, int64_t now, marsad_person *out, bool *found, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    int64_t last_used = 0;
    hash_token(hash, token);
    marsad_status status = read_token(&archive->store, hash, now, out, &last_used, found, err);
    if (status == MARSAD_OK && *found && now - last_used >= NOTED_SECONDS && !archive->is_read_only && !archive->is_in_batch)
        (void)db_run_now(archive->store.db, NULL, "UPDATE token SET last_used = $2 WHERE secret = $1", DB_VALUES(secret_value(hash), db_int(now)));
    return status;
}
