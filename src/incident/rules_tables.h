/*
 * What a rule_set holds: one struct a table, filled by one loader in the file of its subject. Private to the stages that make views; rules.h is for the others.
 * A new table: its struct and a field here, its loader's name below, a line in rules.c.
 */
#ifndef MARSAD_RULES_TABLES_H
#define MARSAD_RULES_TABLES_H

#include "base/tsv.h"
#include "incident/codes.h"
#include "incident/countries.h"
#include "incident/parties.h"
#include "incident/rules.h"
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

/* --- all of them ------------------------------------------------------------------------------------------------------ */

struct rule_set {
    arena memory; /* of all tables */
    char fingerprint[65];
    family_rules families;
    party_table parties;
    wording *wording;
    code_tables codes;
    country_table countries;
};

/* --- loaders: each reads one table of `folder` into its field ---------------------------------------------------------- */

marsad_status family_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status party_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status wording_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status code_rules_load(rule_set *rules, const char *folder, marsad_error *err);
marsad_status country_rules_load(rule_set *rules, const char *folder, marsad_error *err);

/* --- for loaders ------------------------------------------------------------------------------------------------------ */

enum { RULE_LEVELS_MAX = 4, RULE_PATH_MAX = 4096 };

/* tsv_read() of `folder`/`name` with `rules` as the visit's context. */
marsad_status rules_read_table(rule_set *rules, const char *folder, const char *name, const char *const *columns, tsv_visit *visit,
                               marsad_error *err);

/* The number of `word` among `count` names, or -1 with `err` filled ("unknown <what> '<word>'"). */
int rules_word(const char *word, const char *const *names, size_t count, const char *what, marsad_error *err);

/* A kind or a figure by its name; false with `err` filled. */
bool rules_kind(marsad_kind *out, const char *name, marsad_error *err);
bool rules_figure_of(marsad_figure_of *out, const char *name, marsad_error *err);

/* A number from 0 to `most`; false with `err` filled. */
bool rules_number(unsigned *out, const char *text, unsigned most, marsad_error *err);

/* A copy that lives as long as the rules; NULL with `err` filled when memory is out. */
const char *rules_keep(rule_set *rules, const char *text, marsad_error *err);

#endif
