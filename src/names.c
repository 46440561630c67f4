/* The names of kinds and fields, as JSON and tables have them. */
#include "marsad.h"

/* Empty for a number that names nothing. */
#define NAME_IN(table, number) ((size_t)(number) < sizeof(table) / sizeof *(table) && (table)[number] != NULL ? (table)[number] : "")

static const struct {
    const char *name, *plover, *mode, *cameo;
} kinds[MARSAD_KIND_COUNT] = {
#define KIND_ROW(constant, name, plover, mode, cameo) [MARSAD_KIND_##constant] = {name, plover, mode, cameo},
    MARSAD_KINDS(KIND_ROW)
#undef KIND_ROW
};

static const char *const modalities[MARSAD_MODALITY_COUNT] = {
    [MARSAD_ASSERTED] = "asserted", [MARSAD_PLANNED] = "planned", [MARSAD_DENIED] = "denied", [MARSAD_POSSIBLE] = "possible"};

static const char *const phases[MARSAD_PHASE_COUNT] = {
    [MARSAD_PROPOSED] = "proposed", [MARSAD_PHASE_PLANNED] = "planned", [MARSAD_AGREED] = "agreed",       [MARSAD_IN_FORCE] = "in_force",
    [MARSAD_EXTENDED] = "extended", [MARSAD_VIOLATED] = "violated",     [MARSAD_COLLAPSED] = "collapsed", [MARSAD_EXCLUDES] = "excludes"};

static const char *const relations[MARSAD_RELATION_COUNT] = {[MARSAD_IN] = "in",
                                                             [MARSAD_NEAR] = "near",
                                                             [MARSAD_NORTH_OF] = "north_of",
                                                             [MARSAD_SOUTH_OF] = "south_of",
                                                             [MARSAD_EAST_OF] = "east_of",
                                                             [MARSAD_WEST_OF] = "west_of",
                                                             [MARSAD_NORTHEAST_OF] = "northeast_of",
                                                             [MARSAD_NORTHWEST_OF] = "northwest_of",
                                                             [MARSAD_SOUTHEAST_OF] = "southeast_of",
                                                             [MARSAD_SOUTHWEST_OF] = "southwest_of",
                                                             [MARSAD_FROM] = "from",
                                                             [MARSAD_TO] = "to"};

static const char *const figures[MARSAD_FIGURE_COUNT] = {
    [MARSAD_KILLED] = "killed",     [MARSAD_WOUNDED] = "wounded",     [MARSAD_CASUALTIES] = "casualties", [MARSAD_MISSING] = "missing",
    [MARSAD_DETAINED] = "detained", [MARSAD_ABDUCTED] = "abducted",   [MARSAD_DISPLACED] = "displaced",   [MARSAD_RELEASED] = "released",
    [MARSAD_STRIKES] = "strikes",   [MARSAD_MUNITIONS] = "munitions", [MARSAD_VEHICLES] = "vehicles",     [MARSAD_FIGHTERS] = "fighters",
    [MARSAD_PEOPLE] = "people"};

static const char *const bounds[MARSAD_BOUND_COUNT] = {[MARSAD_EXACT] = "exact", [MARSAD_AT_LEAST] = "at_least", [MARSAD_OVER] = "over",
                                                       [MARSAD_ABOUT] = "about", [MARSAD_UP_TO] = "up_to",       [MARSAD_VAGUE] = "vague"};

static const char *const precisions[MARSAD_PRECISION_COUNT] = {
    [MARSAD_PRECISION_EXACT] = "exact",       [MARSAD_PRECISION_TOWN] = "town",
    [MARSAD_PRECISION_DISTRICT] = "district", [MARSAD_PRECISION_GOVERNORATE] = "governorate",
    [MARSAD_PRECISION_COUNTRY] = "country",   [MARSAD_PRECISION_AREA] = "area"};

const char *marsad_kind_name(marsad_kind kind)
{
    return (size_t)kind < MARSAD_KIND_COUNT ? kinds[kind].name : "";
}

const char *marsad_kind_plover(marsad_kind kind)
{
    return (size_t)kind < MARSAD_KIND_COUNT ? kinds[kind].plover : "";
}

const char *marsad_kind_mode(marsad_kind kind)
{
    return (size_t)kind < MARSAD_KIND_COUNT ? kinds[kind].mode : "";
}

const char *marsad_kind_cameo(marsad_kind kind)
{
    return (size_t)kind < MARSAD_KIND_COUNT ? kinds[kind].cameo : "";
}

const char *marsad_modality_name(marsad_modality modality)
{
    return NAME_IN(modalities, modality);
}

const char *marsad_phase_name(marsad_phase phase)
{
    return NAME_IN(phases, phase);
}

const char *marsad_relation_name(marsad_relation relation)
{
    return NAME_IN(relations, relation);
}

const char *marsad_figure_name(marsad_figure_of of)
{
    return NAME_IN(figures, of);
}

const char *marsad_bound_name(marsad_bound bound)
{
    return NAME_IN(bounds, bound);
}

const char *marsad_precision_name(marsad_precision precision)
{
    return NAME_IN(precisions, precision);
}
