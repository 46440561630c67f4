/* rules/truce-rules.tsv: which candidates count. */
#ifndef MARSAD_TRUCE_RULES_H
#define MARSAD_TRUCE_RULES_H

#include "base/base.h"

/* The conditions of a row, in the order in which they are asked. */
typedef enum {
    TRUCE_IF_INCIDENT, /* of every row: it is one happening, not a sum over a period */
    TRUCE_IF_KIND,
    TRUCE_IF_MODALITY,
    TRUCE_IF_WINDOW,
    TRUCE_IF_AREA,
    TRUCE_IF_BOUND,
    TRUCE_IF_TARGET,
    TRUCE_IF_ACCUSER,
    TRUCE_IF_COUNT
} truce_condition;

typedef enum { SCOPE_WANT_ANY, SCOPE_WANT_YES, SCOPE_WANT_NOT_NO } truce_want;
typedef enum { ACCUSER_ANY, ACCUSER_NAMED, ACCUSER_INDEPENDENT } truce_accuser;

typedef struct {
    const char *rule;
    uint64_t kinds; /* one bit a kind */
    truce_want window, area, bound, target;
    truce_accuser accuser;
    bool is_any_modality;
    const char *reason;                  /* for people */
    const char *why;                     /* "rule/row" */
    const char *why_not[TRUCE_IF_COUNT]; /* "rule/row: area" */
} truce_rule_row;

typedef struct {
    truce_rule_row *rows;
    uint32_t count, room;
    const char **names; /* of the rules, each once, in the order of the table */
    uint32_t name_count, name_room;
} truce_rules;

#endif
