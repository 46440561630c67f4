/*
 * Sessions: from a name and a password to a secret for the cookie, and back to the person.
 *
 *   attempt counted, committed ─→ password looked at, nothing locked ─→ forgiven, session made
 */
#include <stdio.h>

#include "people/people.h"

enum { NOTED_SECONDS = 5 * 60 };

static void hash_session(unsigned char out[HASH_BYTES], const char *session)
{
    secret_hash(out, "session", view_of(session));
}

/* --- making --------------------------------------------------------------------------------------------------------------------- */

static marsad_status forget_ended(store *s, int64_t now, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "DELETE FROM session WHERE made <= $1 OR seen <= $2",
                                  DB_VALUES(db_int(now - MARSAD_SESSION_SECONDS), db_int(now - MARSAD_IDLE_SECONDS)));
    return status == MARSAD_OK ? db_run(s->db, err, "DELETE FROM login_code WHERE expires <= $1", DB_VALUES(db_int(now))) : status;
}

marsad_status session_make(store *s, int64_t account, const char *password, int64_t now, char out[MARSAD_SECRET_BYTES], bool *made, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    secret_new(out);
    hash_session(hash, out);
    marsad_status status = forget_ended(s, now, err);
    if (status == MARSAD_OK)
        status = db_run(
            s->db, err,
            "INSERT INTO session(secret, account, made, seen, by_code) SELECT $1, key, $2, $2, $4 FROM account"
            " WHERE key = $3 AND active = 1 AND (password = $5 OR $5 IS NULL)",
            DB_VALUES(secret_value(hash), db_int(now), db_int(account), db_int(password == NULL), password == NULL ? db_null() : db_text(password)));
    *made = status == MARSAD_OK && db_changed(s->db) > 0;
    if (*made)
        status = db_run(s->db, err, "UPDATE account SET last_login = $2 WHERE key = $1", DB_VALUES(db_int(account), db_int(now)));
    if (!*made || status != MARSAD_OK)
        sodium_memzero(out, MARSAD_SECRET_BYTES);
    return status;
}

/* --- logging in ----------------------------------------------------------------------------------------------------------------- */

/* Counts the attempt; `out` says whether it is looked at. */
static marsad_status try_begin(marsad_archive *archive, const attempt *a, int64_t now, marsad_login *out, marsad_error *err)
{
    marsad_status status = people_begin(archive, false, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, attempt_begin(&archive->store, a, now, &out->wait, err), err);
    out->result = status == MARSAD_OK && out->wait > 0 ? MARSAD_LOGIN_WAIT : MARSAD_LOGIN_WRONG;
    return status;
}

static marsad_status try_end(marsad_archive *archive, const attempt *a, const account *found, int64_t now, marsad_login *out, marsad_error *err)
{
    bool made = false;
    marsad_status status = people_begin(archive, false, now, err);
    if (status != MARSAD_OK)
        return status;
    status = attempt_forgive(&archive->store, a, now, err);
    if (status == MARSAD_OK)
        status = session_make(&archive->store, found->key, found->password, now, out->session, &made, err);
    status = people_end(archive, status, err);
    if (status == MARSAD_OK && made)
        out->result = MARSAD_LOGIN_OK;
    else
        sodium_memzero(out->session, sizeof out->session);
    return status;
}

/* The account of that name, whose password "" is nobody's where there is none, or it is closed. */
static marsad_status find_account(marsad_archive *archive, const char *name, char folded[FOLDED_BYTES], account *out, marsad_error *err)
{
    bool found = false;
    marsad_error reason = {0};
    *out = (account){0};
    marsad_status status = name_fold(folded, name, &reason);
    if (status == MARSAD_ERR_ARGUMENT) { /* counted as it was given */
        snprintf(folded, FOLDED_BYTES, "%s", name);
        return MARSAD_OK;
    }
    if (status != MARSAD_OK)
        return fail(err, status, MARSAD_NOWHERE, "%s", reason.message);
    status = account_read(&archive->store, folded, out, &found, err);
    if (status == MARSAD_OK && found && !out->seen.is_active)
        out->password[0] = 0;
    return status;
}

marsad_status marsad_session_login(marsad_archive *archive, const char *name, marsad_view password, const char *address, int64_t now,
                                   marsad_login *out, marsad_error *err)
{
    account found;
    char folded[FOLDED_BYTES];
    bool is_right = false;
    *out = (marsad_login){.result = MARSAD_LOGIN_WRONG};
    marsad_status status = find_account(archive, name, folded, &found, err);
    const attempt a = {.address = address, .account = view_of(folded)};
    if (status == MARSAD_OK)
        status = try_begin(archive, &a, now, out, err);
    if (status == MARSAD_OK && out->result != MARSAD_LOGIN_WAIT)
        status = password_is(found.password, password, &is_right, err);
    if (status == MARSAD_OK && is_right)
        status = try_end(archive, &a, &found, now, out, err);
    sodium_memzero(&found, sizeof found);
    return status;
}

/* --- whose it is ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t account, seen;
    bool by_code;
    char password[crypto_pwhash_STRBYTES];
} session_row;

static marsad_status read_session(store *s, const unsigned char hash[HASH_BYTES], int64_t now, marsad_person *out, session_row *row, bool *found,
                                  marsad_error *err)
{
    db_rows *rows;
    *found = false;
    marsad_status status = db_ask(s->db, &rows, err,
                                  "SELECT a.name, a.roles, a.must_change, s.by_code, s.made, s.seen, a.key, a.password FROM session s"
                                  " JOIN account a ON a.key = s.account WHERE s.secret = $1 AND a.active = 1 AND s.made > $2 AND s.seen > $3",
                                  DB_VALUES(secret_value(hash), db_int(now - MARSAD_SESSION_SECONDS), db_int(now - MARSAD_IDLE_SECONDS)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view name = db_get_text(rows, 0), password = db_get_text(rows, 7);
        *found = true;
        *row = (session_row){.account = db_get_int(rows, 6), .seen = db_get_int(rows, 5), .by_code = db_get_int(rows, 3) != 0};
        *out = (marsad_person){.roles = (marsad_roles)db_get_int(rows, 1) & MARSAD_ROLES_ALL,
                               .must_change = db_get_int(rows, 2) != 0 || row->by_code,
                               .expires = db_get_int(rows, 4) + MARSAD_SESSION_SECONDS};
        out->rights = out->must_change ? 0 : marsad_rights_of(out->roles);
        snprintf(out->name, sizeof out->name, "%.*s", (int)name.len, name.ptr);
        snprintf(row->password, sizeof row->password, "%.*s", (int)password.len, password.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status marsad_session_find(marsad_archive *archive, const char *session, int64_t now, marsad_person *out, bool *found, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    session_row row = {0};
    hash_session(hash, session);
    marsad_status status = read_session(&archive->store, hash, now, out, &row, found, err);
    sodium_memzero(row.password, sizeof row.password);
    /* A disk that is full, or somebody else who writes for long, keeps nobody from reading: what was not noted now is next time. */
    if (status == MARSAD_OK && *found && now - row.seen >= NOTED_SECONDS && !archive->is_read_only && !archive->is_in_batch)
        (void)db_run_now(archive->store.db, NULL, "UPDATE session SET seen = $2 WHERE secret = $1 AND seen < $2",
                         DB_VALUES(secret_value(hash), db_int(now)));
    return status;
}

marsad_status marsad_session_end(marsad_archive *archive, const char *session, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    hash_session(hash, session);
    marsad_status status = people_begin(archive, false, 0, err);
    if (status != MARSAD_OK)
        return status;
    status = db_run(archive->store.db, err, "DELETE FROM session WHERE secret = $1", DB_VALUES(secret_value(hash)));
    return people_end(archive, status, err);
}

/* --- another password ----------------------------------------------------------------------------------------------------------- */

/* `before`: what its password was when the old one was looked at. */
static marsad_status put_password(store *s, const marsad_person *person, const session_row *before, const unsigned char own[HASH_BYTES],
                                  const char *hash, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "UPDATE account SET password = $2, must_change = 0 WHERE key = $1 AND password = $3 AND active = 1",
                                  DB_VALUES(db_int(before->account), db_text(hash), db_text(before->password)));
    if (status == MARSAD_OK && db_changed(s->db) == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the account '%s' was changed meanwhile", person->name);
    if (status == MARSAD_OK)
        status = account_end_sessions(s, before->account, own, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "UPDATE session SET by_code = 0 WHERE secret = $1", DB_VALUES(secret_value(own)));
    return status == MARSAD_OK ? log_by(s, "account", person->name, "another password", person->name, err) : status;
}

/* Whether the old password, where it has to be known, is right; `out` tells. */
static marsad_status check_old(marsad_archive *archive, const attempt *a, const session_row *row, view old, int64_t now, marsad_login *out,
                               marsad_error *err)
{
    bool is_right = row->by_code;
    if (is_right) {
        out->result = MARSAD_LOGIN_OK;
        return MARSAD_OK;
    }
    marsad_status status = try_begin(archive, a, now, out, err);
    if (status == MARSAD_OK && out->result != MARSAD_LOGIN_WAIT)
        status = password_is(row->password, old, &is_right, err);
    if (status != MARSAD_OK || !is_right)
        return status;
    status = people_begin(archive, false, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, attempt_forgive(&archive->store, a, now, err), err);
    out->result = status == MARSAD_OK ? MARSAD_LOGIN_OK : MARSAD_LOGIN_WRONG;
    return status;
}

static marsad_status change_password(marsad_archive *archive, const marsad_person *person, const session_row *row,
                                     const unsigned char own[HASH_BYTES], view fresh, int64_t now, marsad_error *err)
{
    char hash[crypto_pwhash_STRBYTES] = "";
    bool is_same = false;
    marsad_status status = password_hash(hash, fresh, err);
    if (status == MARSAD_OK && row->password[0] != 0)
        status = password_is(row->password, fresh, &is_same, err);
    if (status == MARSAD_OK && is_same)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the new password is the old one");
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, put_password(&archive->store, person, row, own, hash, err), err);
    sodium_memzero(hash, sizeof hash);
    return status;
}

marsad_status marsad_session_password(marsad_archive *archive, const char *session, marsad_view old, marsad_view fresh, const char *address,
                                      int64_t now, marsad_login *out, marsad_error *err)
{
    unsigned char own[HASH_BYTES];
    char folded[FOLDED_BYTES] = "";
    marsad_person person;
    session_row row = {0};
    bool found;
    *out = (marsad_login){.result = MARSAD_LOGIN_WRONG};
    hash_session(own, session);
    marsad_status status = read_session(&archive->store, own, now, &person, &row, &found, err);
    if (status == MARSAD_OK && !found)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "there is no such session, or it is over");
    if (status == MARSAD_OK)
        status = name_fold(folded, person.name, err);
    const attempt a = {.address = address, .account = view_of(folded)};
    if (status == MARSAD_OK)
        status = check_old(archive, &a, &row, old, now, out, err);
    if (status == MARSAD_OK && out->result == MARSAD_LOGIN_OK)
        status = change_password(archive, &person, &row, own, fresh, now, err);
    sodium_memzero(&row, sizeof row);
    return status;
}
