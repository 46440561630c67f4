/*
 * People: what the files of this folder share. roles.c says who may do what, secret.c makes and hashes what lets people in, attempt.c slows down who guesses,
 * account.c, session.c, code.c and token.c keep a table each.
 */
#ifndef MARSAD_PEOPLE_SHARED_H
#define MARSAD_PEOPLE_SHARED_H

#include <sodium.h>

#include "archive/seal.h"
#include "keeping.h"
#include "marsad_people.h"

/* --- secrets ----------------------------------------------------------------------------------------------------------------- */

enum { HASH_BYTES = 32, FOLDED_BYTES = 1024 };

/* To be called before random bytes are asked for and passwords looked at; does something once in a process. */
marsad_status secrets_begin(marsad_error *err);
/* BLAKE2b of `text`, for one purpose; the other way round nobody gets, and nothing of one purpose serves another. */
void secret_hash(unsigned char out[HASH_BYTES], const char *purpose, view text);
db_value secret_value(const unsigned char hash[HASH_BYTES]);
/* 32 random bytes as base64url. */
void secret_new(char out[MARSAD_SECRET_BYTES]);

/* Errors: MARSAD_ERR_ARGUMENT (too short or too long), MARSAD_ERR_SYSTEM (memory). */
marsad_status password_hash(char out[crypto_pwhash_STRBYTES], view password, marsad_error *err);
/* Whether `given` is the password of hash `stored`; with `stored` "" it is not, after as much work. */
marsad_status password_is(const char *stored, view given, bool *is, marsad_error *err);

/* --- names and transactions ---------------------------------------------------------------------------------------------------- */

/* `name` as names are compared. Errors: MARSAD_ERR_ARGUMENT if it is no name. */
marsad_status name_fold(char out[FOLDED_BYTES], const char *name, marsad_error *err);

/* A transaction of its own. `is_logged`: it adds lines to the log, at `now`. */
marsad_status people_begin(marsad_archive *archive, bool is_logged, int64_t now, marsad_error *err);
/* Commits if `status` is MARSAD_OK, else takes all back. Returns what it came to. */
marsad_status people_end(marsad_archive *archive, marsad_status status, marsad_error *err);

/* Errors: MARSAD_ERR_ARGUMENT if it is no name. NULL is allowed. */
marsad_status check_by(const char *by, marsad_error *err);
/* Adds the sealed line "what subject: seal DIGEST `told` by `by`" to the log. */
marsad_status log_by(store *s, const char *what, const char *subject, const char *told, const char *by, marsad_error *err);

/* --- accounts -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t key;
    marsad_account seen; /* as callers see it */
    char password[crypto_pwhash_STRBYTES];
} account;

/* `*found` is false if there is none of this folded name. */
marsad_status account_read(store *s, const char *folded, account *out, bool *found, marsad_error *err);
/* The same by name. Errors: MARSAD_ERR_ARGUMENT if there is none. */
marsad_status account_need(store *s, const char *name, account *out, marsad_error *err);
/* Ends its sessions, but not the one of hash `but` (NULL: all of them), and its login code. */
marsad_status account_end_sessions(store *s, int64_t account, const unsigned char *but, marsad_error *err);
/* Takes away its API tokens, each with a line of the log. */
marsad_status account_end_tokens(store *s, int64_t account, const char *by, marsad_error *err);

/* --- sessions -------------------------------------------------------------------------------------------------------------------- */

/* Makes a session of `account`, if it is active and its password is still `password` (NULL: whatever it is). `*made` is false else. */
marsad_status session_make(store *s, int64_t account, const char *password, int64_t now, char out[MARSAD_SECRET_BYTES], bool *made,
                           marsad_error *err);

/* --- attempts -------------------------------------------------------------------------------------------------------------------- */

/* Who tries to get in where. */
typedef struct {
    const char *address; /* as text; NULL: of this machine */
    view account;        /* folded name, or what was given for one; empty: a login code */
} attempt;

/*
 * Counts an attempt as failed, before it is looked at, and tells how many seconds it has to wait; where it has to, nothing is counted and it must not be looked
 * at. In a transaction.
 */
marsad_status attempt_begin(store *s, const attempt *a, int64_t now, int64_t *wait, marsad_error *err);
/* It was right after all. */
marsad_status attempt_forgive(store *s, const attempt *a, int64_t now, marsad_error *err);

#endif
