#include "said.h"

#include <stdio.h>

#include "people/people.h"
#include "text/text.h"

enum { PERSON_BYTES_MOST = 64 };

marsad_status said_check_person(const char *person, marsad_error *err)
{
    if (person != NULL && text_is_line(person, PERSON_BYTES_MOST))
        return MARSAD_OK;
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                "no person named: who decides is kept with the decision; 1 to 64 bytes of text, no blank at its ends");
}

/* `name` as accounts compare names, then without what writers leave out: أمل and امل. What is no name is compared byte by byte. */
static marsad_status fold_person(char out[FOLDED_BYTES], const char *name, marsad_error *err)
{
    char folded[FOLDED_BYTES];
    marsad_error reason = {0};
    const marsad_status status = name_fold(folded, name, &reason);
    if (status == MARSAD_ERR_SYSTEM)
        return fail(err, status, MARSAD_NOWHERE, "%s", reason.message);
    const char *kept = status == MARSAD_OK ? folded : name;
    if (fold_into(out, FOLDED_BYTES, view_of(kept)) == 0) /* marks alone */
        snprintf(out, FOLDED_BYTES, "%s", kept);
    return MARSAD_OK;
}

marsad_status said_is_same_person(const char *a, const char *b, bool *out, marsad_error *err)
{
    char one[FOLDED_BYTES] = "", other[FOLDED_BYTES] = "";
    *out = false;
    marsad_status status = fold_person(one, a, err);
    if (status == MARSAD_OK)
        status = fold_person(other, b, err);
    *out = status == MARSAD_OK && strcmp(one, other) == 0;
    return status;
}
