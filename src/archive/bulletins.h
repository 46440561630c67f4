/* Bulletins as rows: never changed once they are kept. Transactions and errors as in store.h. */
#ifndef MARSAD_BULLETINS_H
#define MARSAD_BULLETINS_H

#include "archive/store.h"

enum { BULLETIN_FORMS = 4 };

/* Its forms, in the order of their names. "items" is what a correction compares (export/bulletin_items.h). */
extern const char *const bulletin_forms[BULLETIN_FORMS];

/* Strings live where they were handed over, or in the arena that they were read into. */
typedef struct {
    int64_t number, corrects; /* 0: none */
    int32_t day;
    const char *agreement, *rule, *languages, *profile, *cutoff, *zone, *prepared_by;
    const char *rules, *program; /* that made it */
    int64_t log_line;
    unsigned char root[SHA256_BYTES];   /* hash of that line */
    unsigned char sha256[SHA256_BYTES]; /* of the list of files: store_add_bulletin() makes it */
} stored_bulletin;

/* Keeps a bulletin with its files, in the order of bulletin_forms, and makes its line in the log. */
marsad_status store_add_bulletin(store *s, stored_bulletin *bulletin, const view files[BULLETIN_FORMS], arena *memory, marsad_error *err);

/* What signing and correcting ask of it. Errors: MARSAD_ERR_ARGUMENT if there is none. */
marsad_status store_bulletin(store *s, int64_t number, stored_bulletin *out, arena *memory, marsad_error *err);

/* The bytes of a form. Errors: MARSAD_ERR_ARGUMENT if there is none; MARSAD_ERR_FORMAT if they are not what was kept. */
marsad_status store_bulletin_file(store *s, int64_t number, const char *form, view *out, arena *memory, marsad_error *err);

/* Who signed it, in `memory`; NULL if nobody did. */
marsad_status store_bulletin_signer(store *s, int64_t number, const char **out, arena *memory, marsad_error *err);
/* Keeps a signature and makes its line in the log, which tells number, hash and root. */
marsad_status store_sign_bulletin(store *s, const stored_bulletin *bulletin, const char *person, marsad_error *err);

/* The hash that a bulletin is known by: SHA-256 over a line "HEX  FORM" for each file. */
void bulletin_digest(unsigned char out[SHA256_BYTES], unsigned char hashes[BULLETIN_FORMS][SHA256_BYTES]);

#endif
