/* Settings as rows that are only added to. Transactions and errors as in store.h. */
#ifndef MARSAD_SETTINGS_H
#define MARSAD_SETTINGS_H

#include "archive/store.h"

/* Strings live in the arena that they were read into; `value` is NULL where the setting was never set. */
typedef struct {
    const char *value, *person;
    int64_t time;
} stored_setting;

/* Keeps a value and makes its line in the log. */
marsad_status store_add_setting(store *s, const char *name, const char *value, const char *person, marsad_error *err);
/* The newest value of `name`. */
marsad_status store_setting(store *s, const char *name, stored_setting *out, arena *memory, marsad_error *err);

#endif
