/* What people hand over with whatever they decide: their name, and lines of text. */
#ifndef MARSAD_SAID_H
#define MARSAD_SAID_H

#include "base/base.h"

/* Errors: MARSAD_ERR_ARGUMENT if `person` names nobody. */
marsad_status said_check_person(const char *person, marsad_error *err);

/*
 * Whether two names are one person's, as far as a second person is asked for: letters of any case and form are equal, and so are those that are written one for
 * another, with a hamza or without (أمل and امل). One rule for accounts, bulletins, reviews and marks.
 * Errors: MARSAD_ERR_SYSTEM.
 */
marsad_status said_is_same_person(const char *a, const char *b, bool *out, marsad_error *err);

#endif
