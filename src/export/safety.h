/*
 * The safety profile: what leaves Marsad, how coarse and how late. docs/safety.md tells what its rows are for.
 * It fails closed: a file that cannot be read, lacks a key or has one that is not known is an error, and what the profile does not know gets its strictest row.
 */
#ifndef MARSAD_SAFETY_H
#define MARSAD_SAFETY_H

#include "export/loss.h"
#include "incident/incident.h"
#include "incident/parties.h"

/* How much of a place is told; each tells less than the one before. */
typedef enum {
    PLACE_SHOW,
    PLACE_GRID,    /* the middle of its cell in a fixed grid, and its country: no name */
    PLACE_ADMIN2,  /* its district */
    PLACE_ADMIN1,  /* its governorate */
    PLACE_COUNTRY, /* its country, without a point */
    PLACE_WITHHOLD,
    PLACE_LEVEL_COUNT
} place_level;

typedef struct {
    bool is_published;
    place_level place;
    int32_t delay; /* days after the last day of the event before which it is not published */
} safety_rule;

/* The protected kinds of targets that a record can name. */
enum { SAFETY_OBJECT_COUNT = 15 };
extern const char *const safety_objects[SAFETY_OBJECT_COUNT];

typedef enum { WORDS_SHOW, WORDS_INSTITUTIONS, WORDS_WITHHOLD } words_rule;
typedef enum { UNREVIEWED_KEEP, UNREVIEWED_DRAFT, UNREVIEWED_DROP } unreviewed_rule;

typedef struct {
    char name[32];
    int64_t version;
    safety_rule kinds[MARSAD_KIND_COUNT];
    safety_rule objects[SAFETY_OBJECT_COUNT];
    place_level precisions[MARSAD_PRECISION_COUNT];
    safety_rule strictest;       /* of all rows: for what the profile does not know */
    double grid_degrees;         /* side of a grid cell */
    int64_t small_cells_below;   /* counts of people under it are left out of tables */
    words_rule party_words;      /* the report's own words for a party: they may name a person */
    bool shows_figure_words;     /* the report's own words for a number */
    bool shows_anonymous;        /* speakers without a name: witnesses, activists, medics */
    bool shows_url_of_coarsened; /* the address of a report whose place is coarsened, and where in it the words stand */
    unreviewed_rule unreviewed;  /* what no person has looked at */
} safety_profile;

/* Errors: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT with file and key. `*out` is written on MARSAD_OK only. */
marsad_status safety_profile_read(safety_profile *out, const char *path, marsad_error *err);

/*
 * May sentences of reports leave? Only where the profile withholds nothing at all: a sentence tells its place, its parties and their numbers in the report's words,
 * and may tell of another event than the one that it is shown for.
 */
bool safety_shows_texts(const safety_profile *profile);

/* The point of a district, or of a governorate where `admin2` is "". False if it is not known. Must give the same point for the same names. */
typedef bool safety_centre(void *context, const char *country, const char *admin1, const char *admin2, double *lat, double *lon);

typedef struct {
    const safety_profile *profile;
    const rule_set *rules; /* for the table of parties */
    int32_t today;
    safety_centre *centre; /* may be NULL */
    void *centre_context;
} safety_options;

/* What the view did to an incident's place. */
typedef struct {
    const char *coarsened_to; /* "grid", "admin2", "admin1", "country"; "" where the place is as told */
    bool is_place_withheld;   /* a place was told and nothing of it is left */
} safety_note;

typedef struct {
    incident_list incidents;
    const safety_note *notes; /* one for each incident, in the same order */
} public_view;

/*
 * The incidents as the profile lets them out: new incidents and statements in `memory`, in the order of the old, in which what is withheld does not exist.
 * Counts each withheld value and incident under LOSS_WITHHELD. Pure: "today" is handed over. Errors: false when memory is out.
 */
bool safety_view(public_view *out, const incident_list *incidents, const safety_options *options, loss_report *losses, arena *memory);

/*
 * The same for statements on their own, for timelines, ledgers and lists that are made from statements: `*out` receives those that may leave, in the order given.
 */
bool safety_view_statements(const statement *const **out, size_t *out_count, const statement *const *statements, size_t count,
                            const safety_options *options, loss_report *losses, arena *memory);

#endif
