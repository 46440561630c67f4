/*
 * What a rule_set holds: one struct a table, filled by one loader in the file of its subject. Private to the stages that make views; rules.h is for the others.
 * A new table: its struct and a field here, its loader's name below, a line in rules.c.
 */
#ifndef MARSAD_RULES_TABLES_H
#define MARSAD_RULES_TABLES_H

#include "base/tsv.h"
#include "incident/codes.h"
#include "incident/control_rules.h"
#include "incident/countries.h"
#include "incident/parties.h"
#include "incident/rules.h"
#include "incident/sides.h"
#include "incident/truce_rules.h"
#include "incident/word_key.h"
#include "incident/wording.h"

/* --- families.tsv: which kinds can tell one happening, and what tells two happenings of a kind apart ------------------ */

typedef enum {
    KEY_PLACE,        /* what happened at one place on one day is one happening */
    KEY_PARTIES,      /* what the same parties did on one day, wherever they met */
    KEY_PARTIES_PLACE /* the same, but of two places they are two */
} family_key;

typedef enum {
    PARTED_NEVER,
    PARTED_BY_BOTH,   /* different happenings if neither a named actor nor a named target is the same */
    PARTED_BY_ACTORS, /* ... if no named actor is the same */
    PARTED_BY_SIDES   /* ... if no named party on either side is the same */
} family_parting;

typedef struct {
    const char *family;
    const char *group; /* families that a general kind of the same group may mean */
    unsigned level;    /* 0: specific; a kind of a higher level may mean one of a lower level of its group */
    family_key key;
    family_parting parting;
    bool may_be_wider; /* a statement of a wider place may mean a happening at a place within */
    const char *version;
} family_row;

typedef struct {
    family_row of[MARSAD_KIND_COUNT];
} family_rules;

/* --- figures.tsv: which number of a statement stands for it, and which of several statements gives the best ------------ */

typedef enum { READ_VALUE, READ_LOW, READ_HIGH } figure_read;
typedef enum {
    CHOOSE_SAME,    /* if all give the same */
    CHOOSE_MOST,    /* if more chains give it than any other, and at least two do */
    CHOOSE_MIDDLE,  /* the median; of two middle ones the lower */
    CHOOSE_GREATEST /* the greatest */
} figure_choose;

typedef struct {
    const char *label; /* "name vVERSION" */
    figure_choose choose;
    unsigned bounds; /* bits 1 << marsad_bound: the statements that are asked; the row needs one at least */
} figure_row;

enum { FIGURE_ROWS_MAX = 32 };

typedef struct {
    figure_read read[MARSAD_BOUND_COUNT];
    unsigned is_read;                    /* bits 1 << marsad_bound that have a row */
    unsigned spread[MARSAD_BOUND_COUNT]; /* in hundredths: how far below and above the number that stands for it a figure may lie */
    figure_row rows[FIGURE_ROWS_MAX];
    uint32_t count;
} figure_rules;

/* --- vague.tsv: the bounds of words that give no number ---------------------------------------------------------------- */

typedef struct {
    const char *label; /* "name vVERSION" */
    int64_t low, high; /* MARSAD_NO_VALUE: open */
} vague_row;

typedef struct {
    vague_row *rows;
    word_key *words; /* value: a row */
    uint32_t row_count, row_room, word_count, word_room;
} vague_rules;

/* --- victims.tsv: which words and parties are which group of victims --------------------------------------------------- */

typedef struct {
    const char *name;
    int within; /* a wider group, or -1 */
} victim_group;

typedef struct {
    victim_group *groups;
    word_key *words, *parties; /* folded words; identifiers of parties, objects */
    uint32_t group_count, group_room, word_count, word_room, party_count, party_room;
} victim_rules;

/* --- grades.tsv -------------------------------------------------------------------------------------------------------- */

/* What a row asks for; "any" asks nothing. */
typedef enum { ASKED_ANY, ASKED_NO, ASKED_YES } grade_asked;

typedef struct {
    const char *label; /* "name vVERSION" */
    unsigned grade;    /* incident_grade */
    const char *group; /* of families.tsv; "any" */
    grade_asked asserted, contradicted, self_claimed, disputed, denied, denied_by_accused;
    unsigned least_chains; /* of those that assert it */
} grade_row;

enum { GRADE_ROWS_MAX = 32 };

typedef struct {
    grade_row rows[GRADE_ROWS_MAX]; /* the first that fits holds */
    uint32_t count;
} grade_rules;

/* --- all of them ------------------------------------------------------------------------------------------------------ */

struct rule_set {
    arena memory; /* of all tables */
    char fingerprint[65];
    family_rules families;
    side_table sides;
    control_rules control;
    truce_rules truce;
    party_table parties;
    wording *wording;
    code_tables codes;
    country_table countries;
    figure_rules figures;
    vague_rules vague;
    victim_rules victims;
    grade_rules grades;
};

/* --- loaders: each reads one table of `folder` into its field ---------------------------------------------------------- */

marsad_status family_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status side_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status control_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status truce_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status party_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status wording_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status code_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status country_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status figure_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status vague_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status victim_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status grade_rules_load(rule_set *rules, const char *folder, marsad_error *err);

/* --- questions ---------------------------------------------------------------------------------------------------------- */

/* What vague words of a report say, or NULL where they name no number («عدد من»). */
const vague_row *vague_row_of(const vague_rules *vague, const char *words);

/* The group that words of a report, or a party, belong to, or -1. */
int victim_group_of_words(const victim_rules *victims, const char *words);
int victim_group_of_party(const victim_rules *victims, const char *who, const char *object, const char *words);
bool victim_group_within(const victim_rules *victims, int group, int wider);

/* --- for loaders ------------------------------------------------------------------------------------------------------ */

enum { RULE_LEVELS_MAX = 4, RULE_PATH_MAX = 4096 };

/* tsv_read() of `folder`/`name` with `rules` as the visit's context. */
marsad_status rules_read_table(rule_set *rules, const char *folder, const char *name, const char *const *columns, tsv_visit *visit,
                               marsad_error *err);

/* The number of `word` among `count` names, or -1 with `err` filled ("unknown <what> '<word>'"). */
int rules_word(const char *word, const char *const *names, size_t count, const char *what, marsad_error *err);

/* A kind by its name; false with `err` filled. */
bool rules_kind(marsad_kind *out, const char *name, marsad_error *err);

/* A number from 0 to `most`; false with `err` filled. */
bool rules_number(unsigned *out, const char *text, unsigned most, marsad_error *err);

/* "name vVERSION" that lives as long as the rules; NULL with `err` filled when memory is out. */
const char *rules_label(rule_set *rules, const char *name, const char *version, marsad_error *err);

/* A copy that lives as long as the rules; NULL with `err` filled when memory is out. */
const char *rules_keep(rule_set *rules, const char *text, marsad_error *err);

#endif
