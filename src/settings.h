/* The table of settings: names, defaults, and what is allowed. */
#ifndef MARSAD_SETTINGS_TABLE_H
#define MARSAD_SETTINGS_TABLE_H

#include "archive/settings.h"
#include "keeping.h"

typedef struct {
    const char *name, *usual;
    const char *allowed; /* for people */
    bool (*is_allowed)(const marsad_archive *archive, const char *value);
} setting_row;

/* Ends with a row whose `name` is NULL. */
const setting_row *setting_rows(void);

#endif
