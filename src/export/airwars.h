/* What Airwars' tables share. Private to airwars*.c. */
#ifndef MARSAD_AIRWARS_H
#define MARSAD_AIRWARS_H

#include "export/coded.h"

typedef struct {
    int64_t low, high; /* MARSAD_NO_VALUE: not told, or open above */
} airwars_bounds;

/* "syria-government" for "syria.government"; lives in the run's memory. */
const char *airwars_slug(export_run *run, const char *who);
/* Their group for one of ours; "undetermined" where they have none. */
const airwars_row *airwars_group(const export_run *run, const char *group);
/* The bounds of a figure over all our groups that are their group `slug`. */
airwars_bounds airwars_bounds_of(export_run *run, const incident *item, const char *slug, marsad_figure_of of);
/* Why an incident has no row; NULL where it has one. */
const char *airwars_leaves_out(export_run *run, const incident *item);

#endif
