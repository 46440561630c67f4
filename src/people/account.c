/* Accounts: added, changed, closed. Each change is a line of the log. */
#include <stdio.h>

#include "people/people.h"
#include "said.h"

/* --- transactions and the log --------------------------------------------------------------------------------------------------- */

marsad_status people_begin(marsad_archive *archive, bool is_logged, int64_t now, marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    if (archive->is_in_batch)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a batch is open: accounts are changed before it or behind it");
    marsad_status status = secrets_begin(err);
    if (status == MARSAD_OK)
        status = is_logged ? store_begin(&archive->store, now, DB_LOCK_ALL, err) : db_begin(archive->store.db, DB_LOCK_ALL, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    return status;
}

marsad_status people_end(marsad_archive *archive, marsad_status status, marsad_error *err)
{
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    return status;
}

marsad_status check_by(const char *by, marsad_error *err)
{
    char unused[FOLDED_BYTES];
    return by == NULL ? MARSAD_OK : name_fold(unused, by, err);
}

marsad_status log_by(store *s, const char *what, const char *subject, const char *told, const char *by, marsad_error *err)
{
    buffer more = {0};
    buffer_format(&more, "%s by %s", told, by == NULL ? "who has the file" : by);
    buffer_add(&more, "", 1);
    marsad_status status =
        more.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the log") : seal_log(s, what, subject, more.bytes, err);
    buffer_free(&more);
    return status;
}

/* --- reading -------------------------------------------------------------------------------------------------------------------- */

marsad_status account_read(store *s, const char *folded, account *out, bool *found, marsad_error *err)
{
    db_rows *rows;
    *found = false;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT key, name, roles, active, password, created, last_login FROM account WHERE folded = $1",
                                  DB_VALUES(db_text(folded)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view name = db_get_text(rows, 1), password = db_get_text(rows, 4);
        *found = true;
        *out = (account){.key = db_get_int(rows, 0),
                         .seen = {.roles = (marsad_roles)db_get_int(rows, 2) & MARSAD_ROLES_ALL,
                                  .is_active = db_get_int(rows, 3) != 0,
                                  .has_password = password.len > 0,
                                  .created = db_get_int(rows, 5),
                                  .last_login = db_get_int(rows, 6)}};
        snprintf(out->seen.name, sizeof out->seen.name, "%.*s", (int)name.len, name.ptr);
        snprintf(out->password, sizeof out->password, "%.*s", (int)password.len, password.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status account_need(store *s, const char *name, account *out, marsad_error *err)
{
    char folded[FOLDED_BYTES];
    bool found = false;
    marsad_status status = name_fold(folded, name, err);
    if (status == MARSAD_OK)
        status = account_read(s, folded, out, &found, err);
    if (status == MARSAD_OK && !found)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no account '%s'", name);
    return status;
}

marsad_status marsad_account_find(marsad_archive *archive, const char *name, marsad_account *out, bool *found, marsad_error *err)
{
    char folded[FOLDED_BYTES];
    account read = {0};
    *found = false;
    marsad_error reason = {0};
    marsad_status status = name_fold(folded, name, &reason);
    if (status == MARSAD_ERR_ARGUMENT)
        return MARSAD_OK; /* what is no name is nobody's */
    if (status != MARSAD_OK)
        return fail(err, status, MARSAD_NOWHERE, "%s", reason.message);
    status = account_read(&archive->store, folded, &read, found, err);
    if (status == MARSAD_OK && *found)
        *out = read.seen;
    sodium_memzero(&read, sizeof read);
    return status;
}

/* --- adding --------------------------------------------------------------------------------------------------------------------- */

static bool is_same_person(const char *by, const char *folded)
{
    char other[FOLDED_BYTES];
    return by == NULL || (name_fold(other, by, NULL) == MARSAD_OK && strcmp(other, folded) == 0);
}

static marsad_status check_roles(marsad_roles roles, marsad_error *err)
{
    if (roles == 0 || (roles & ~(marsad_roles)MARSAD_ROLES_ALL) != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "an account has one role at least");
    return MARSAD_OK;
}

/* Two accounts that one person could be would let them be their own second person. */
static marsad_status check_new_name(store *s, const char *name, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT name FROM account", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        char other[MARSAD_NAME_BYTES];
        bool is_same = false;
        snprintf(other, sizeof other, "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
        status = said_is_same_person(other, name, &is_same, err);
        if (is_same)
            status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "there is an account '%s' already", other);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status insert_account(store *s, const char *name, const char *folded, marsad_roles roles, const char *password, bool must_change,
                                    marsad_error *err)
{
    marsad_status status = check_new_name(s, name, err);
    if (status == MARSAD_OK)
        status =
            db_run(s->db, err, "INSERT INTO account(name, folded, roles, active, password, must_change, created) VALUES($1, $2, $3, 1, $4, $5, $6)",
                   DB_VALUES(db_text(name), db_text(folded), db_int(roles), db_text(password), db_int(must_change), db_int(s->now)));
    return status;
}

static marsad_status add_account(store *s, const char *by, const char *name, const char *folded, marsad_roles roles, const char *password,
                                 marsad_error *err)
{
    char set[MARSAD_SET_TEXT_BYTES], told[2 * MARSAD_SET_TEXT_BYTES];
    marsad_status status = insert_account(s, name, folded, roles, password, !is_same_person(by, folded), err);
    marsad_roles_text(set, roles);
    snprintf(told, sizeof told, "added with roles %s, %s", set, password[0] == 0 ? "no password" : "a password");
    return status == MARSAD_OK ? log_by(s, "account", name, told, by, err) : status;
}

marsad_status marsad_account_add(marsad_archive *archive, const char *by, const char *name, marsad_roles roles, marsad_view password, int64_t now,
                                 marsad_error *err)
{
    char folded[FOLDED_BYTES], hash[crypto_pwhash_STRBYTES] = "";
    marsad_status status = name_fold(folded, name, err);
    if (status == MARSAD_OK)
        status = check_by(by, err);
    if (status == MARSAD_OK)
        status = check_roles(roles, err);
    if (status == MARSAD_OK && password.ptr != NULL)
        status = password_hash(hash, password, err);
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, add_account(&archive->store, by, name, folded, roles, hash, err), err);
    sodium_memzero(hash, sizeof hash);
    return status;
}

/* --- changing ------------------------------------------------------------------------------------------------------------------- */

marsad_status account_end_sessions(store *s, int64_t account, const unsigned char *but, marsad_error *err)
{
    marsad_status status = db_run(s->db, err, "DELETE FROM session WHERE account = $1 AND (secret <> $2 OR $2 IS NULL)",
                                  DB_VALUES(db_int(account), but == NULL ? db_null() : secret_value(but)));
    return status == MARSAD_OK ? db_run(s->db, err, "DELETE FROM login_code WHERE account = $1", DB_VALUES(db_int(account))) : status;
}

static bool is_keeper(const account *a)
{
    return a->seen.is_active && marsad_role_allows(a->seen.roles, MARSAD_RIGHT_KEEP);
}

/* Somebody has to be there who can let others in. */
static marsad_status check_keepers(store *s, marsad_error *err)
{
    int64_t keepers;
    marsad_status status = db_ask_int(s->db, &keepers, 0, err, "SELECT count(*) FROM account WHERE active = 1 AND (roles & $1) <> 0",
                                      DB_VALUES(db_int(1 << MARSAD_ROLE_KEEPER)));
    if (status == MARSAD_OK && keepers == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "nobody would be keeper any more: make somebody keeper first");
    return status;
}

static marsad_status end_what_it_had(store *s, const account *now, const marsad_account_change *change, const char *by, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    if (change->sets_password || !now->seen.is_active)
        status = account_end_sessions(s, now->key, NULL, err);
    if (status == MARSAD_OK && !now->seen.is_active)
        status = account_end_tokens(s, now->key, by, err);
    return status;
}

static marsad_status log_change(store *s, const account *now, const marsad_account_change *change, const char *by, marsad_error *err)
{
    char set[MARSAD_SET_TEXT_BYTES], told[3 * MARSAD_SET_TEXT_BYTES];
    marsad_roles_text(set, now->seen.roles);
    snprintf(told, sizeof told, "changed to roles %s, %s%s", set, now->seen.is_active ? "active" : "closed",
             change->sets_password ? ", another password" : "");
    return log_by(s, "account", now->seen.name, told, by, err);
}

/* `hash`: of the new password; "" if none is set. */
static marsad_status update_account(store *s, const char *by, const char *name, const marsad_account_change *change, const char *hash,
                                    marsad_error *err)
{
    account a = {0};
    char folded[FOLDED_BYTES];
    marsad_status status = account_need(s, name, &a, err);
    if (status == MARSAD_OK)
        status = name_fold(folded, name, err);
    if (status != MARSAD_OK)
        return status;
    const bool was_keeper = is_keeper(&a);
    a.seen.roles = change->sets_roles ? change->roles : a.seen.roles;
    a.seen.is_active = change->sets_active ? change->is_active : a.seen.is_active;
    status = db_run(s->db, err,
                    "UPDATE account SET roles = $2, active = $3, password = CASE WHEN $4 = '' THEN password ELSE $4 END,"
                    " must_change = CASE WHEN $4 = '' THEN must_change ELSE $5 END WHERE key = $1",
                    DB_VALUES(db_int(a.key), db_int(a.seen.roles), db_int(a.seen.is_active), db_text(hash), db_int(!is_same_person(by, folded))));
    if (status == MARSAD_OK && was_keeper && !is_keeper(&a))
        status = check_keepers(s, err);
    if (status == MARSAD_OK)
        status = end_what_it_had(s, &a, change, by, err);
    return status == MARSAD_OK ? log_change(s, &a, change, by, err) : status;
}

marsad_status marsad_account_update(marsad_archive *archive, const char *by, const char *name, const marsad_account_change *change, int64_t now,
                                    marsad_error *err)
{
    char hash[crypto_pwhash_STRBYTES] = "";
    marsad_status status = check_by(by, err);
    if (status == MARSAD_OK && change->sets_roles)
        status = check_roles(change->roles, err);
    if (status == MARSAD_OK && change->sets_password)
        status = password_hash(hash, change->password, err);
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, update_account(&archive->store, by, name, change, hash, err), err);
    sodium_memzero(hash, sizeof hash);
    return status;
}
