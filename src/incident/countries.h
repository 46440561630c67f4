/* How other data sets call countries. Rows of rules/countries.tsv. */
#ifndef MARSAD_COUNTRIES_H
#define MARSAD_COUNTRIES_H

#include "incident/rules.h"

typedef struct {
    const char *iso2, *iso3, *iso_number; /* ISO 3166-1; the number without zeros in front */
    const char *name_en;
    const char *region;     /* as ACLED's layout divides the world */
    const char *ged_region; /* as UCDP's does */
    const char *gw;         /* number of the state in Gleditsch and Ward's list; "" where it has none */
} country_row;

typedef struct {
    country_row *items; /* by iso2 */
    uint32_t count, room;
} country_table;

/* NULL if `iso2` has no row. */
const country_row *country_find(const rule_set *rules, const char *iso2);

#endif
