/* What lets people in: random secrets, passwords, and what is kept of them. */
#include <errno.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "people/people.h"

marsad_status secrets_begin(marsad_error *err)
{
    return sodium_init() < 0 ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "this system gives no random bytes") : MARSAD_OK;
}

/* --- random secrets -------------------------------------------------------------------------------------------------------------- */

void secret_hash(unsigned char out[HASH_BYTES], const char *purpose, view text)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)text.ptr, text.len);
    crypto_generichash_final(&state, out, HASH_BYTES);
}

db_value secret_value(const unsigned char hash[HASH_BYTES])
{
    return db_blob((view){(const char *)hash, HASH_BYTES});
}

static void write_secret(char out[MARSAD_SECRET_BYTES], const unsigned char bytes[HASH_BYTES])
{
    sodium_bin2base64(out, MARSAD_SECRET_BYTES, bytes, HASH_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_new(char out[MARSAD_SECRET_BYTES])
{
    unsigned char bytes[HASH_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    write_secret(out, bytes);
    sodium_memzero(bytes, sizeof bytes);
}

void marsad_session_csrf(char out[MARSAD_SECRET_BYTES], const char *session)
{
    unsigned char hash[HASH_BYTES];
    secret_hash(hash, "csrf", view_of(session));
    write_secret(out, hash);
}

bool marsad_session_csrf_is(const char *session, const char *given)
{
    char wanted[MARSAD_SECRET_BYTES];
    marsad_session_csrf(wanted, session);
    return given != NULL && strlen(given) == MARSAD_SECRET_BYTES - 1 && sodium_memcmp(wanted, given, MARSAD_SECRET_BYTES - 1) == 0;
}

/* --- passwords ------------------------------------------------------------------------------------------------------------------- */

static marsad_status hash_anyway(char out[crypto_pwhash_STRBYTES], view password, marsad_error *err)
{
    if (crypto_pwhash_str(out, password.ptr == NULL ? "" : password.ptr, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a password");
    return MARSAD_OK;
}

marsad_status password_hash(char out[crypto_pwhash_STRBYTES], view password, marsad_error *err)
{
    if (password.len < MARSAD_PASSWORD_LEAST || password.len > MARSAD_PASSWORD_MOST)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a password has %d to %d bytes", (int)MARSAD_PASSWORD_LEAST, (int)MARSAD_PASSWORD_MOST);
    marsad_status status = secrets_begin(err);
    return status == MARSAD_OK ? hash_anyway(out, password, err) : status;
}

marsad_status password_is(const char *stored, view given, bool *is, marsad_error *err)
{
    *is = false;
    marsad_status status = secrets_begin(err);
    if (status != MARSAD_OK)
        return status;
    if (given.len > MARSAD_PASSWORD_MOST)
        given = (view){"", 0};
    if (stored[0] == 0) {
        char unused[crypto_pwhash_STRBYTES];
        status = hash_anyway(unused, given, err);
        sodium_memzero(unused, sizeof unused);
        return status;
    }
    errno = 0;
    *is = crypto_pwhash_str_verify(stored, given.ptr == NULL ? "" : given.ptr, given.len) == 0;
    if (!*is && errno == ENOMEM)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a password");
    return MARSAD_OK;
}

/* --- names ----------------------------------------------------------------------------------------------------------------------- */

marsad_status name_fold(char out[FOLDED_BYTES], const char *name, marsad_error *err)
{
    if (name == NULL || !text_is_line(name, MARSAD_NAME_BYTES - 1))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no name of a person: 1 to %d bytes of text, no blank at its ends",
                    MARSAD_NAME_BYTES - 1);
    utf8proc_uint8_t *folded = utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)name);
    if (folded == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a name");
    const size_t len = strlen((const char *)folded);
    if (len > 0 && len < FOLDED_BYTES)
        memcpy(out, folded, len + 1);
    free(folded);
    if (len == 0 || len >= FOLDED_BYTES)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no name of a person: there is nothing to see in it");
    return MARSAD_OK;
}
