/*
 * marsad_people.h - who works with an archive: accounts with roles, sessions, API tokens. docs/people.md tells what is stored and what that gives away.
 *
 * A server asks in this order:
 *
 *   cookie ─marsad_session_find→ person ─┬→ rights ─marsad_rights_allow→ may this be done?
 *   token  ─marsad_token_find────────────┘    └→ name: the `person` of a decision
 *   a change by cookie: marsad_session_csrf_is() too; by token there is no cookie that another page could make the browser send
 *
 * Times      seconds of Unix time, handed in: the library reads no clock.
 * Threads    as the archive's. Several handles may be open on one file: what one says of a session the others know.
 * Ownership  nothing handed in is kept; what comes out is in the caller's structs. Who is done with a password or a secret overwrites it.
 * Errors     MARSAD_ERR_ARGUMENT: a rule stated here, a name that is not there, an archive open for reading alone or with a batch open;
 *            MARSAD_ERR_SYSTEM: disk, memory, another writer. That somebody may not come in is no error, it is an answer.
 * Log        what changes accounts and API tokens writes a line of the log (docs/trust.md) that tells who did it, and no secret.
 */
#ifndef MARSAD_PEOPLE_H
#define MARSAD_PEOPLE_H

#include "marsad_archive.h"

/* --- Roles and rights -------------------------------------------------------------------------------------------------------- */

/* What a person is. An account has a set of them. */
typedef enum {
    MARSAD_ROLE_READER,
    MARSAD_ROLE_CODER,
    MARSAD_ROLE_VERIFIER,
    MARSAD_ROLE_EDITOR,
    MARSAD_ROLE_RELEASER,
    MARSAD_ROLE_KEEPER,
    MARSAD_ROLE_COUNT
} marsad_role;

/* What may be done. */
typedef enum {
    MARSAD_RIGHT_READ,    /* see everything */
    MARSAD_RIGHT_CODE,    /* decide on records */
    MARSAD_RIGHT_VERIFY,  /* be the second person */
    MARSAD_RIGHT_EDIT,    /* merge, split and reopen; sources, marks of a truce, bulletins, imports */
    MARSAD_RIGHT_RELEASE, /* let out what is not public: exports, releases, signed bulletins */
    MARSAD_RIGHT_KEEP,    /* accounts and settings; verify the archive */
    MARSAD_RIGHT_COUNT
} marsad_right;

typedef unsigned marsad_roles;  /* a set: 1U << role */
typedef unsigned marsad_rights; /* a set: 1U << right */

enum { MARSAD_ROLES_ALL = (1 << MARSAD_ROLE_COUNT) - 1, MARSAD_SET_TEXT_BYTES = 64 };

/* "coder", "verify"; "" where there is none. */
const char *marsad_role_name(marsad_role role);
const char *marsad_right_name(marsad_right right);
/* Reads names parted by commas, in any order: "coder,verifier". False, and nothing written, if one is unknown, or there is none. */
bool marsad_roles_read(marsad_roles *out, const char *names);
bool marsad_rights_read(marsad_rights *out, const char *names);
/* The other way: names parted by commas, in the order above; "" for an empty set. */
void marsad_roles_text(char out[MARSAD_SET_TEXT_BYTES], marsad_roles roles);
void marsad_rights_text(char out[MARSAD_SET_TEXT_BYTES], marsad_rights rights);

/* All that one of `roles` allows. Every role reads; an editor does what a coder does. */
marsad_rights marsad_rights_of(marsad_roles roles);
bool marsad_rights_allow(marsad_rights rights, marsad_right right);
bool marsad_role_allows(marsad_roles roles, marsad_right right);
/* The rights of which one is needed for decision `what` of marsad_decision ("take": code or verify); an empty set where nothing is called so. */
marsad_rights marsad_decision_rights(const char *what);

/* --- Accounts ---------------------------------------------------------------------------------------------------------------- */

/*
 * Names are those of marsad_decision.person: 1 to 64 bytes of text, no blank at its ends; a pseudonym is enough, and it is kept for good. Names that differ in
 * case or in the form of letters alone are one name. An account is never taken away, it is closed: its name stays with what it decided.
 */
enum { MARSAD_NAME_BYTES = 65, MARSAD_PASSWORD_LEAST = 10, MARSAD_PASSWORD_MOST = 1024 }; /* bytes */

typedef struct {
    char name[MARSAD_NAME_BYTES]; /* as it was given when it was added */
    marsad_roles roles;
    bool is_active;
    bool has_password; /* else it is entered by a login code alone */
    int64_t created;
    int64_t last_login; /* 0: never */
} marsad_account;

/* `*found` is false if there is none. */
marsad_status marsad_account_find(marsad_archive *archive, const char *name, marsad_account *out, bool *found, marsad_error *err);

/*
 * Adds an active account. Asks for tens of milliseconds and 64 MiB, as does all that looks at a password.
 *   by        the name of who does it; NULL: whoever has the file, at the command
 *   password  ptr NULL: none, to be entered by a login code. Set by another person it must be changed at the first login.
 * Errors: MARSAD_ERR_ARGUMENT (the name is taken or no name, no role, the password is too short or too long).
 */
marsad_status marsad_account_add(marsad_archive *archive, const char *by, const char *name, marsad_roles roles, marsad_view password, int64_t now,
                                 marsad_error *err);

/* What is to be another way than it is. */
typedef struct {
    bool sets_roles, sets_active, sets_password;
    marsad_roles roles;
    bool is_active;
    marsad_view password;
} marsad_account_change;

/*
 * Changes an account, whole or not at all. A password that is set, or closing, ends its sessions and login codes; closing ends its API tokens too, for good.
 * Roles count from the next request on.
 * Errors: MARSAD_ERR_ARGUMENT (no such account, no role, the password; nobody active would be keeper any more).
 */
marsad_status marsad_account_update(marsad_archive *archive, const char *by, const char *name, const marsad_account_change *change, int64_t now,
                                    marsad_error *err);

/* --- Sessions ---------------------------------------------------------------------------------------------------------------- */

enum {
    MARSAD_SECRET_BYTES = 44,              /* 32 random bytes as base64url, and a NUL: a session, its CSRF value */
    MARSAD_SESSION_SECONDS = 12 * 60 * 60, /* a session ends at the latest */
    MARSAD_IDLE_SECONDS = 2 * 60 * 60      /* ... or when nothing was asked for so long (give or take five minutes) */
};

/* Who asks. */
typedef struct {
    char name[MARSAD_NAME_BYTES];
    marsad_roles roles;
    marsad_rights rights; /* now: of the roles; by API token of its scopes as well; none while `must_change` */
    bool must_change;     /* choose a password first: it was set by another person, or a login code was used */
    int64_t expires;
} marsad_person;

typedef enum {
    MARSAD_LOGIN_OK,
    MARSAD_LOGIN_WRONG, /* name or password or code; which is not told */
    MARSAD_LOGIN_WAIT   /* too many were wrong: not looked at */
} marsad_login_result;

typedef struct {
    marsad_login_result result;
    int64_t wait;                      /* of WAIT: seconds until the next attempt is looked at (Retry-After) */
    char session[MARSAD_SECRET_BYTES]; /* of OK: the secret of a new session, for the cookie; the archive keeps a hash of it alone */
} marsad_login;

/*
 * Whether `password` is that of `name`. As much work for a name that is not there. Slower with every wrong attempt from `address`, its text as the caller sees it
 * (IPv6: the network of 64 bits counts); docs/people.md tells the rules. NULL: no address (a socket of this machine).
 * The attempt counts before it is looked at, so that attempts side by side are no way around.
 */
marsad_status marsad_session_login(marsad_archive *archive, const char *name, marsad_view password, const char *address, int64_t now,
                                   marsad_login *out, marsad_error *err);
/* The same with a login code: in any case of letters, with or without its dashes. It is used up. */
marsad_status marsad_session_login_by_code(marsad_archive *archive, const char *code, const char *address, int64_t now, marsad_login *out,
                                           marsad_error *err);
/* Whose session it is; any text is allowed, `*found` is false if it is none or over. Notes that it is at work, at most every five minutes. */
marsad_status marsad_session_find(marsad_archive *archive, const char *session, int64_t now, marsad_person *out, bool *found, marsad_error *err);
/* Logs out; harmless if it is none. */
marsad_status marsad_session_end(marsad_archive *archive, const char *session, marsad_error *err);
/*
 * The person of `session` chooses a new password: the account's other sessions and its login codes end. `old` is not looked at where the session was made by a
 * login code. `*out` is as of a login: the old password may be wrong, and too often wrong; `out->session` stays empty.
 * Errors: MARSAD_ERR_ARGUMENT (no such session, the new password is too short or too long, or the old one again).
 */
marsad_status marsad_session_password(marsad_archive *archive, const char *session, marsad_view old, marsad_view fresh, const char *address,
                                      int64_t now, marsad_login *out, marsad_error *err);

/* What a changing request of the session must bring in a header: follows from `session`, so nothing is stored. */
void marsad_session_csrf(char out[MARSAD_SECRET_BYTES], const char *session);
/* Compared in constant time; `given` may be NULL. */
bool marsad_session_csrf_is(const char *session, const char *given);

/* --- Login codes --------------------------------------------------------------------------------------------------------------- */

enum { MARSAD_CODE_BYTES = 25, MARSAD_CODE_SECONDS = 15 * 60 }; /* "K7QM-2XPD-9FHR-W3TC-8BNV" and a NUL: 100 random bits */

/* A code that makes one session of `name` within a quarter of an hour; one before it is no good any more. */
marsad_status marsad_login_code(marsad_archive *archive, const char *by, const char *name, int64_t now, char out[MARSAD_CODE_BYTES],
                                marsad_error *err);
/*
 * The first start. As long as no active keeper has a password: makes the account `name` with all roles where it is not there, and a code for it; `*needed` is
 * true. Else `*needed` is false and nothing is done.
 */
marsad_status marsad_first_code(marsad_archive *archive, const char *name, int64_t now, bool *needed, char out[MARSAD_CODE_BYTES], marsad_error *err);

/* --- API tokens ------------------------------------------------------------------------------------------------------------------ */

/* "marsad_" (so that what looks for secrets in files knows them), 43 letters, a NUL; "T-" with 16 digits and a NUL. */
enum { MARSAD_TOKEN_BYTES = 51, MARSAD_TOKEN_ID_BYTES = 19, MARSAD_TOKEN_SECONDS_MOST = 366 * 24 * 60 * 60 };

/*
 * Adds a token to the account `owner`. `token` is told this once.
 *   label    what it is for: 1 to 64 bytes of text
 *   scopes   rights that it may use, without MARSAD_RIGHT_KEEP: of them those that its owner has at that moment
 *   expires  after `now`, at most a year
 * Errors: MARSAD_ERR_ARGUMENT (no such account, or closed; a scope that the owner has not; label, expires).
 */
marsad_status marsad_token_add(marsad_archive *archive, const char *by, const char *owner, const char *label, marsad_rights scopes, int64_t expires,
                               int64_t now, char id[MARSAD_TOKEN_ID_BYTES], char token[MARSAD_TOKEN_BYTES], marsad_error *err);
/* Takes away the token `id` of `owner` (NULL: whoever's it is). Errors: MARSAD_ERR_ARGUMENT (there is none). */
marsad_status marsad_token_remove(marsad_archive *archive, const char *by, const char *owner, const char *id, int64_t now, marsad_error *err);
/* Whose token it is, as marsad_session_find(). A closed owner's, and one that is over, are none. */
marsad_status marsad_token_find(marsad_archive *archive, const char *token, int64_t now, marsad_person *out, bool *found, marsad_error *err);

#endif
