/* What a bulletin is made of, taken out of the archive through a safety profile: shared by bulletins that are shown and bulletins that are kept. */
#ifndef MARSAD_BULLETIN_TAKE_H
#define MARSAD_BULLETIN_TAKE_H

#include "ask/list.h"
#include "export/bulletin.h"
#include "export/safety.h"

/* The first four are given, the rest is taken; all of it lives in `memory`. */
typedef struct {
    marsad_archive *archive;
    const marsad_bulletin *asked;
    const marsad_publication *publication;
    arena *memory;

    safety_profile profile;
    safety_options safety;
    loss_report losses;
    public_view view;
    tally_table totals, by_area;
    control_timeline control;
    asked_ledger ledger;
    truce_table truce;
    bulletin_unseen *unseen;
    uint32_t unseen_count;
    bulletin_coverage coverage;
    name_set withheld, shown; /* names of the reports that the profile keeps back; those that it lets out */
    bulletin_input input;
} bulletin_taken;

marsad_status bulletin_take(bulletin_taken *b, marsad_error *err);

/* "html", "print", else text; "ar", "en", else both. */
bulletin_form bulletin_form_named(const char *name);
unsigned bulletin_languages_named(const char *name);

#endif
