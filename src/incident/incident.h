/*
 * Incidents: statements that tell the same happening, joined; what follows from them together (figures, claims, independence, grade).
 * A pure function of statements and rules: no clock, no file, no order.
 *
 * Which statements are joined
 *   kinds      a family (rules/families.tsv) holds the kinds that can tell one happening. A general kind (attack, killing, destruction) joins a specific
 *              incident of the same place and day if it can mean exactly one.
 *   place      the same scene (statement_scene()): an equal set of places; near a place is another one. A statement of a wider place joins one of a place
 *              within it if it can mean exactly one. Without a place: the same parties on a day of their own, else the same report and its copies.
 *   time       the same day. A statement without a day, published on D, joins an incident of D or D-1 if it can mean exactly one. Statements of a longer
 *              time (a week, "since yesterday") are joined to each other by equal bounds only: they are periods, and cover incidents, never add to them.
 *   parties    statements whose named parties exclude each other are different happenings (families.tsv, "parted"). Talks, demands and their like are known by
 *              parties instead of a place.
 *   decisions  people's merge and split come before all rules.
 */
#ifndef MARSAD_INCIDENT_H
#define MARSAD_INCIDENT_H

#include "archive/statement.h"
#include "incident/rules.h"

/* One party in one role, and whose word it is. */
typedef struct {
    const char *who;
    const statement *const *claims; /* asserted or possible */
    const statement *const *denials;
    uint32_t claim_count, denial_count;
} incident_party;

typedef struct {
    marsad_figure_of of;
    const char *group;       /* victim group of rules/victims.tsv: "civilians", "children" ...; "" where the statements name none */
    int64_t low, best, high; /* low <= best <= high; MARSAD_NO_VALUE: `high` is open */
    const statement *low_from, *best_from, *high_from;
    const statement *const *from; /* all statements that give a figure of this kind and group */
    uint32_t from_count;
    const char *rule; /* the row of rules/figures.tsv that chose `best` */
    bool is_disputed; /* the statements exclude each other */
} incident_figure;

/* Airwars' five grades, and "draft" for what no person has looked at yet. */
typedef enum { GRADE_DRAFT, GRADE_DISCOUNTED, GRADE_CONTESTED, GRADE_WEAK, GRADE_FAIR, GRADE_CONFIRMED, GRADE_COUNT } incident_grade;

/* Why a statement was joined: bits, for one statement can be general in several ways. */
typedef enum {
    WHY_SAME_PLACE_AND_DAY = 1,  /* the same places and the same day of its own */
    WHY_SAME_PLACE_REPORTED = 2, /* the same places, no day, published the same day as the others */
    WHY_SAME_PERIOD = 4,         /* the same places, the same first and last day */
    WHY_SAME_PARTIES = 8,        /* the same parties on the same day */
    WHY_SAME_CHAIN = 16,         /* says too little of where, when and who, and stands in the same report or a copy */
    WHY_GENERAL_KIND = 32,       /* a general kind; it can mean only this one */
    WHY_WIDER_PLACE = 64,        /* a wider place; it can mean only this one */
    WHY_NO_DAY = 128,            /* no day of its own; it can mean only this one of the day of its report and the day before */
    WHY_FEWER_PARTIES = 256,     /* names fewer parties; it can mean only this one */
    WHY_DENIES = 512,            /* denies it */
    WHY_PERSON = 1024            /* a person merged it */
} incident_why;
enum { WHY_COUNT = 11 };

typedef struct {
    const char *id;                       /* "I-" and 16 hexadecimal digits */
    marsad_kind kind;                     /* the most specific that its statements agree on */
    bool is_planned;                      /* told as intended only */
    bool is_period;                       /* covers a longer time: bounds, never added to the incidents of its days */
    bool has_days;                        /* false: no statement gives a day, start and end are the days of the reports */
    int32_t start, end;                   /* both included; NO_DAY only where no report has a date either */
    const statement_place *const *places; /* the finest scene told */
    uint32_t place_count;
    const statement *const *statements; /* by published, then id */
    const unsigned *why;                /* bits of incident_why, one for each of `statements` */
    uint32_t statement_count;
    const incident_party *actors, *targets;
    uint32_t actor_count, target_count;
    const incident_figure *figures;
    uint32_t figure_count;
    uint32_t articles, outlets, chains; /* chains: independent ones */
    uint32_t denials;                   /* statements that deny the happening */
    incident_grade grade;               /* by the rule, whatever people have looked at */
    const char *grade_rule;             /* name and version of the row of rules/grades.tsv */
    bool is_reviewed;                   /* a person accepted at least one statement */
    bool is_verified;                   /* ... and a second one confirmed it */
} incident;

typedef struct {
    incident *items; /* by start, then id */
    uint32_t count, room;
} incident_list;

/*
 * A person's word on which statements belong together: "merge" gives the record the incident of `with`, "split" puts it apart from it (records that were
 * split from the same ones are joined with each other by the rules). Handed over in the order they were made: of two on the same pair the later one holds,
 * and a record follows its latest merge. A decision whose records are not both among the statements is passed over.
 */
typedef struct {
    const char *record, *with; /* record ids */
    bool is_merge;             /* else split */
} incident_decision;

/*
 * Join `statements` (any order; the result is the same) into incidents. Rejected and duplicate statements are left out.
 * Ownership: everything new lives in `memory`; statements are pointed at. Errors: false when memory is out.
 */
bool incidents_join(incident_list *out, const statement *const *statements, size_t count, const incident_decision *decisions, size_t decision_count,
                    const rule_set *rules, arena *memory);

/*
 * The neighbourhood of a statement: a name of its area (statements of different areas are never joined, unless people merge them) and the day it is
 * sorted under. Adding or taking away a statement changes only incidents of its area with `start` in [day - 1, day + 1]; to make them again, the
 * statements of the area sorted under [day - 2, day + 2] are needed. A period is sorted under its first day and area "period/…"; a statement without
 * any day under NO_DAY. Where people have merged records, the statements of both neighbourhoods are needed.
 */
typedef struct {
    const char *area; /* in `memory` */
    int32_t day;
} incident_neighbourhood;
bool incident_neighbourhood_of(incident_neighbourhood *out, const statement *s, const rule_set *rules, arena *memory);

const char *incident_grade_name(incident_grade grade);

/* Why `s` is in `i`: bits of incident_why; 0 if it is not. */
unsigned incident_why_of(const incident *i, const statement *s);
/* One bit as a data name ("wider_place") and as words for a person. */
const char *incident_why_name(incident_why why);
const char *incident_why_words(incident_why why);

/* The number of independent chains among statements: copies of one article and statements of one named speaker count once. */
uint32_t statement_chains(const statement *const *statements, size_t count, arena *memory);

#endif
