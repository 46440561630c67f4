/*
 * The rules that views are made by: tables under rules/, for people to review, each with a name and a version. Loaded once, only read.
 * A folder of rules is fingerprinted (SHA-256 over names and bytes), so that a release can say which rules made it.
 */
#ifndef MARSAD_RULES_H
#define MARSAD_RULES_H

#include "base/base.h"

typedef struct rule_set rule_set;

/* Reads all tables of `folder`. Errors: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT with table and line. */
marsad_status rules_open(rule_set **out, const char *folder, marsad_error *err);
void rules_close(rule_set *rules);
/* 64 lower-case hexadecimal digits. */
const char *rules_fingerprint(const rule_set *rules);

#endif
