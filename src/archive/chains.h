/*
 * Chains: article.chain names the first of the copies of one text (copies.h). The chain of an article is the earliest (then least id) of all articles that are tied
 * to it by copies, whichever came first into the archive: so the order of storing does not matter.
 */
#ifndef MARSAD_CHAINS_H
#define MARSAD_CHAINS_H

#include "archive/store.h"

/* Finds the copies of article `key`, whose row is there and whose bands are not, and joins their chains; incidents that their records are told in are stale then. */
marsad_status chains_join(store *s, const stored_article *article, int64_t key, marsad_error *err);
marsad_status chains_add_bands(store *s, const stored_article *article, int64_t key, marsad_error *err);

/* Whether two texts of these days of publication (NO_DAY) and signatures are copies of each other. */
bool chains_are_copies(const signature *a, int64_t a_day, const signature *b, int64_t b_day);

#endif
