/* rules/control.tsv: what the claims on a town come to. */
#ifndef MARSAD_CONTROL_RULES_H
#define MARSAD_CONTROL_RULES_H

#include "base/base.h"

typedef enum { CONTROL_HOLDER, CONTROL_CONTESTED, CONTROL_UNKNOWN } control_answer;
typedef enum { TOLD_BY_ANYBODY, TOLD_BY_LOSER, TOLD_BY_OBSERVER, TOLD_BY_OTHER, TOLD_BY_LEAVER, TOLD_BY_DENIER } control_teller;
typedef enum { OPPOSED_ANY, OPPOSED_YES, OPPOSED_NO } control_opposed;

typedef struct {
    const char *name; /* with its version: "conceded v1" */
    const char *status;
    control_answer gives;
    control_teller told_by;
    control_opposed opposed;
    unsigned chains, days;
} control_rule;

enum { CONTROL_RULES_MAX = 32 };

/*
 * In the order of the table. Checked when it is read: exactly one row is `contested`, holds whenever a claim is opposed and names the days; one row each
 * is for leaver and denier; and an unopposed claim meets at least one row, whoever tells it.
 */
typedef struct {
    control_rule rows[CONTROL_RULES_MAX];
    unsigned count;
    const control_rule *contested, *left, *denied;
} control_rules;

#endif
