/* Login codes: for the first start, and for who forgot a password. */
#include <stdio.h>

#include "people/people.h"

enum { CODE_LETTERS = 20, CODE_GROUP = 4 };

/* Without I, L, O and U, which are read for others. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void new_code(char out[MARSAD_CODE_BYTES])
{
    size_t used = 0;
    for (size_t i = 0; i < CODE_LETTERS; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            out[used++] = '-';
        out[used++] = alphabet[randombytes_uniform(sizeof alphabet - 1)];
    }
    out[used] = 0;
}

/* The code as it was made, however it was typed. False if it is none. */
static bool read_code(char out[MARSAD_CODE_BYTES], const char *typed)
{
    size_t letters = 0, used = 0;
    for (; *typed != 0; typed++) {
        if (*typed == '-' || *typed == ' ')
            continue;
        const char capital = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        const char letter = (char)(capital == 'O' ? '0' : capital == 'I' || capital == 'L' ? '1' : capital);
        if (letters == CODE_LETTERS || strchr(alphabet, letter) == NULL)
            return false;
        if (letters > 0 && letters % CODE_GROUP == 0)
            out[used++] = '-';
        out[used++] = letter;
        letters++;
    }
    out[used] = 0;
    return letters == CODE_LETTERS;
}

/* --- giving --------------------------------------------------------------------------------------------------------------------- */

static marsad_status put_code(store *s, const account *a, const char *by, const char *code, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    secret_hash(hash, "login code", view_of(code));
    marsad_status status =
        db_run(s->db, err,
               "INSERT INTO login_code(account, secret, expires) VALUES($1, $2, $3) ON CONFLICT(account) DO UPDATE SET secret = $2, expires = $3",
               DB_VALUES(db_int(a->key), secret_value(hash), db_int(s->now + MARSAD_CODE_SECONDS)));
    return status == MARSAD_OK ? log_by(s, "account", a->seen.name, "given a login code", by, err) : status;
}

static marsad_status give_code(store *s, const char *by, const char *name, const char *code, marsad_error *err)
{
    account a;
    marsad_status status = account_need(s, name, &a, err);
    if (status == MARSAD_OK && !a.seen.is_active)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the account '%s' is closed", name);
    return status == MARSAD_OK ? put_code(s, &a, by, code, err) : status;
}

marsad_status marsad_login_code(marsad_archive *archive, const char *by, const char *name, int64_t now, char out[MARSAD_CODE_BYTES],
                                marsad_error *err)
{
    char code[MARSAD_CODE_BYTES];
    marsad_status status = check_by(by, err);
    if (status == MARSAD_OK)
        status = people_begin(archive, true, now, err);
    if (status != MARSAD_OK)
        return status;
    new_code(code);
    status = people_end(archive, give_code(&archive->store, by, name, code, err), err);
    if (status == MARSAD_OK)
        memcpy(out, code, sizeof code);
    sodium_memzero(code, sizeof code);
    return status;
}

/* --- the first start ------------------------------------------------------------------------------------------------------------ */

/* The account that keeps the archive: added, or given all roles. */
static marsad_status put_keeper(store *s, const char *name, marsad_error *err)
{
    char folded[FOLDED_BYTES];
    marsad_status status = name_fold(folded, name, err);
    if (status == MARSAD_OK)
        status = db_run(s->db, err,
                        "INSERT INTO account(name, folded, roles, active, password, must_change, created) VALUES($1, $2, $3, 1, '', 0, $4)"
                        " ON CONFLICT(folded) DO UPDATE SET roles = $3, active = 1",
                        DB_VALUES(db_text(name), db_text(folded), db_int(MARSAD_ROLES_ALL), db_int(s->now)));
    return status;
}

static marsad_status begin_keeping(store *s, const char *name, const char *code, bool *needed, marsad_error *err)
{
    int64_t keepers;
    marsad_status status =
        db_ask_int(s->db, &keepers, 0, err, "SELECT count(*) FROM account WHERE active = 1 AND (roles & $1) <> 0 AND password <> ''",
                   DB_VALUES(db_int(1 << MARSAD_ROLE_KEEPER)));
    *needed = status == MARSAD_OK && keepers == 0;
    if (!*needed)
        return status;
    status = put_keeper(s, name, err);
    return status == MARSAD_OK ? give_code(s, NULL, name, code, err) : status;
}

marsad_status marsad_first_code(marsad_archive *archive, const char *name, int64_t now, bool *needed, char out[MARSAD_CODE_BYTES], marsad_error *err)
{
    char code[MARSAD_CODE_BYTES];
    *needed = false;
    marsad_status status = people_begin(archive, true, now, err);
    if (status != MARSAD_OK)
        return status;
    new_code(code);
    status = people_end(archive, begin_keeping(&archive->store, name, code, needed, err), err);
    if (status == MARSAD_OK && *needed)
        memcpy(out, code, sizeof code);
    sodium_memzero(code, sizeof code);
    return status;
}

/* --- using ---------------------------------------------------------------------------------------------------------------------- */

static marsad_status use_code(store *s, const char *code, int64_t now, char session[MARSAD_SECRET_BYTES], bool *made, marsad_error *err)
{
    unsigned char hash[HASH_BYTES];
    int64_t account;
    secret_hash(hash, "login code", view_of(code));
    marsad_status status = db_ask_int(s->db, &account, 0, err, "DELETE FROM login_code WHERE secret = $1 AND expires > $2 RETURNING account",
                                      DB_VALUES(secret_value(hash), db_int(now)));
    *made = false;
    return status == MARSAD_OK && account != 0 ? session_make(s, account, NULL, now, session, made, err) : status;
}

static marsad_status try_code(store *s, const attempt *a, const char *typed, int64_t now, marsad_login *out, marsad_error *err)
{
    char code[MARSAD_CODE_BYTES];
    bool made = false;
    marsad_status status = attempt_begin(s, a, now, &out->wait, err);
    if (status == MARSAD_OK && out->wait > 0)
        out->result = MARSAD_LOGIN_WAIT;
    else if (status == MARSAD_OK && read_code(code, typed))
        status = use_code(s, code, now, out->session, &made, err);
    if (status == MARSAD_OK && made) {
        status = attempt_forgive(s, a, now, err);
        out->result = MARSAD_LOGIN_OK;
    }
    return status;
}

marsad_status marsad_session_login_by_code(marsad_archive *archive, const char *code, const char *address, int64_t now, marsad_login *out,
                                           marsad_error *err)
{
    const attempt a = {.address = address, .account = {"", 0}};
    *out = (marsad_login){.result = MARSAD_LOGIN_WRONG};
    marsad_status status = people_begin(archive, false, now, err);
    if (status == MARSAD_OK)
        status = people_end(archive, try_code(&archive->store, &a, code, now, out, err), err);
    if (status != MARSAD_OK)
        *out = (marsad_login){.result = MARSAD_LOGIN_WRONG};
    return status;
}
