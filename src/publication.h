/* What may leave, for whoever makes something that leaves: exports, bulletins, releases, answers to the public. */
#ifndef MARSAD_PUBLICATION_H
#define MARSAD_PUBLICATION_H

#include "export/safety.h"
#include "keeping.h"

/* A profile by its file, or by its name beside the rules. */
marsad_status archive_profile(const marsad_archive *archive, const char *named, safety_profile *out, arena *memory, marsad_error *err);

/* What a publication lets out, and how the day and the gazetteer that it names go into that. */
safety_options archive_safety(const marsad_archive *archive, const safety_profile *profile, const marsad_publication *publication);
/* A publication's profile, read, and what the safety profile is applied with. Keep both where they are: `safety` points at `profile`. */
typedef struct {
    safety_profile profile;
    safety_options safety;
} publication_safety;
marsad_status publication_open(publication_safety *out, const marsad_archive *archive, const marsad_publication *publication, arena *memory,
                               marsad_error *err);

#endif
