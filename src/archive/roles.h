/* Who may do what to an archive on a server: three roles without login, of which those who log in are members (docs/postgresql.md). */
#ifndef MARSAD_ROLES_H
#define MARSAD_ROLES_H

#include "archive/db.h"

enum { ROLES_PREFIX_BYTES = 41 }; /* with the NUL */

/* MARSAD_ERR_ARGUMENT if names of roles cannot begin so. */
marsad_status roles_check_prefix(const char *prefix, marsad_error *err);

/* What the names of the archive's roles begin with: those of whoever owns the schema, else 'marsad_'. */
marsad_status roles_find_prefix(db *d, char prefix[ROLES_PREFIX_BYTES], marsad_error *err);

/* Brings the schema up to date, makes the roles where they are not there, gives the migrator what the schema holds, and readers and writers their rights. */
marsad_status roles_make(db *d, const char *prefix, marsad_error *err);

#endif
