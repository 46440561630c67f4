/* What people hand over with whatever they decide: their name, and lines of text. */
#ifndef MARSAD_SAID_H
#define MARSAD_SAID_H

#include "base/base.h"

/* Errors: MARSAD_ERR_ARGUMENT if `person` names nobody. */
marsad_status said_check_person(const char *person, marsad_error *err);

/* Whether two names are one person's: letters of either case are equal. */
bool said_is_same_person(const char *a, const char *b);

#endif
