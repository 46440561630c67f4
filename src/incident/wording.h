/*
 * Wording: what a bulletin's sentences are made of, as rows that a speaker of the language can review. No sentence stands in C.
 * Tables: rules/bulletin-ar.tsv and rules/bulletin-en.tsv (key, text with {slots}), rules/kinds.tsv (names of kinds), rules/plurals.tsv (which form of a noun a
 * number takes).
 */
#ifndef MARSAD_WORDING_H
#define MARSAD_WORDING_H

#include "incident/rules.h"

typedef enum { LANGUAGE_AR, LANGUAGE_EN, LANGUAGE_COUNT } wording_language;

typedef struct wording wording;

const wording *rules_wording(const rule_set *rules);

/*
 * Reads the tables of `folder` into `memory`. Both languages must have the same keys with the same slots (forms of counted nouns apart, which are asked of each
 * language by its own plural rules); a sentence (say.*) must have {by} or {claims}, a clause {by}, an attribution (by.*) {who} and words of its own; every kind
 * must have a name.
 * Errors: MARSAD_ERR_SYSTEM, MARSAD_ERR_FORMAT with table and what is wrong.
 */
marsad_status wording_read(wording **out, const char *folder, arena *memory, marsad_error *err);

/* The text of "say.claim" ...; NULL where there is no such row. Kinds are "kind.airstrike" and "frame.airstrike". */
const char *wording_text(const wording *w, wording_language language, const char *key);

/* "one", "few" ...: the category of `number` (0 and up) in the language; "other" where no row fits. */
const char *wording_plural(const wording *w, wording_language language, int64_t number);

/* "ar", "en" */
const char *wording_language_code(wording_language language);

/* Visits the rows whose keys begin with `prefix`, sorted by key; false stops. */
bool wording_each(const wording *w, wording_language language, const char *prefix, bool (*visit)(void *context, const char *key, const char *text),
                  void *context);

#endif
