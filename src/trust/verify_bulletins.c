/* Kept bulletins: their bytes against their hashes, their hashes against what they are known by, and who signed. */
#include "archive/bulletins.h"
#include "said.h"
#include "trust/verify.h"

/* The hash of each form as it is kept; a form that is missing leaves zeros, which no list of files has. */
static marsad_status check_files(verifier *v, int64_t number, view known, marsad_error *err)
{
    unsigned char hashes[BULLETIN_FORMS][SHA256_BYTES] = {{0}}, digest[SHA256_BYTES];
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, "SELECT form, sha256 FROM bulletin_file WHERE bulletin = $1", DB_VALUES(db_int(number)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        for (int f = 0; f < BULLETIN_FORMS; f++)
            if (view_equal(db_get_text(rows, 0), view_of(bulletin_forms[f])) && db_get_blob(rows, 1).len == SHA256_BYTES)
                memcpy(hashes[f], db_get_blob(rows, 1).ptr, SHA256_BYTES);
    db_end(rows);
    if (status != MARSAD_END)
        return status;
    bulletin_digest(digest, hashes);
    if (known.len != sizeof digest || memcmp(known.ptr, digest, sizeof digest) != 0)
        verify_fault(v, "the files of bulletin %lld are not those that it was kept with", (long long)number);
    for (int f = 0; f < BULLETIN_FORMS; f++) {
        view bytes;
        marsad_error reason = {0};
        const marsad_status read = store_bulletin_file(v->store, number, bulletin_forms[f], &bytes, &v->memory, &reason);
        if (read != MARSAD_OK)
            verify_fault(v, "%s", reason.message);
        arena_reset(&v->memory);
    }
    return MARSAD_OK;
}

static marsad_status check_signature(verifier *v, const db_rows *rows, marsad_error *err)
{
    const long long number = (long long)db_get_int(rows, 0);
    const view known = db_get_blob(rows, 1), signed_hash = db_get_blob(rows, 4);
    if (db_is_null(rows, 3))
        return MARSAD_OK;
    const char *prepared = arena_string(&v->memory, db_get_text(rows, 2)), *person = arena_string(&v->memory, db_get_text(rows, 3));
    if (known.len != signed_hash.len || memcmp(known.ptr, signed_hash.ptr, known.len) != 0)
        verify_fault(v, "the signature of bulletin %lld is of other files", number);
    bool is_same = false;
    const marsad_status status = prepared == NULL || person == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a bulletin")
                                                                    : said_is_same_person(prepared, person, &is_same, err);
    if (is_same)
        verify_fault(v, "bulletin %lld is signed by who prepared it", number);
    return status;
}

marsad_status verify_bulletins(verifier *v, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err,
                                  "SELECT b.number, b.sha256, b.prepared_by, s.person, s.sha256 FROM bulletin b LEFT JOIN bulletin_signature s ON"
                                  " s.bulletin = b.number ORDER BY b.number",
                                  DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        status = check_signature(v, rows, err);
        if (status == MARSAD_OK)
            status = check_files(v, db_get_int(rows, 0), db_get_blob(rows, 1), err);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}
