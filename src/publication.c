/* A publication: the safety profile that it names, with the day and the gazetteer that it is applied with. */
#include "publication.h"

marsad_status archive_profile(const marsad_archive *archive, const char *named, safety_profile *out, arena *memory, marsad_error *err)
{
    if (named == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "nothing leaves without a safety profile: name one");
    const bool is_path = strchr(named, '/') != NULL || strstr(named, ".json") != NULL;
    const char *path = is_path ? named : arena_format(memory, "%s/safety/%s.json", archive->rules_folder, named);
    return path == NULL ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a profile") : safety_profile_read(out, path, err);
}

typedef struct {
    const char *country, *admin1, *admin2;
    double lat, lon;
    bool is_found;
} centre_search;

static bool is_centre(void *context, const marsad_place_row *place)
{
    centre_search *search = context;
    const bool is_district = search->admin2[0] != 0;
    if (strcmp(place->country, search->country) != 0 || strcmp(place->feature, is_district ? "adm2" : "adm1") != 0 ||
        (is_district && strcmp(place->admin1, search->admin1) != 0))
        return true;
    search->lat = place->lat;
    search->lon = place->lon;
    search->is_found = true;
    return false;
}

/* The gazetteer's point of a governorate or district. */
static bool find_centre(void *context, const char *country, const char *admin1, const char *admin2, double *lat, double *lon)
{
    centre_search search = {.country = country, .admin1 = admin1, .admin2 = admin2};
    marsad_gazetteer_find(context, view_of(admin2[0] != 0 ? admin2 : admin1), is_centre, &search);
    *lat = search.lat;
    *lon = search.lon;
    return search.is_found;
}

static int32_t day_or_none(marsad_date date)
{
    return date_is_given(date) ? day_number(date) : NO_DAY;
}

/* The gazetteer is only read; the callback's context is not const. */
static void *centre_context(const marsad_publication *p)
{
    return (void *)(uintptr_t)p->gazetteer;
}

safety_options archive_safety(const marsad_archive *archive, const safety_profile *profile, const marsad_publication *publication)
{
    return (safety_options){profile, archive->rules, day_or_none(publication->today), publication->gazetteer != NULL ? find_centre : NULL,
                            centre_context(publication)};
}

marsad_status publication_open(publication_safety *out, const marsad_archive *archive, const marsad_publication *publication, arena *memory,
                               marsad_error *err)
{
    const marsad_status status = archive_profile(archive, publication->profile, &out->profile, memory, err);
    out->safety = archive_safety(archive, &out->profile, publication);
    return status;
}
