/* What people hand over with whatever they decide: their name, and lines of text. */
#ifndef MARSAD_SAID_H
#define MARSAD_SAID_H

#include "base/base.h"

/* 1 to `most` bytes of UTF-8 without control characters, no blank at its ends. */
bool said_is_line(const char *text, size_t most);

/* Errors: MARSAD_ERR_ARGUMENT if `person` names nobody. */
marsad_status said_check_person(const char *person, marsad_error *err);

/* Whether two names are one person's: letters of either case are equal. */
bool said_is_same_person(const char *a, const char *b);

#endif
