/* Chains of many articles at once (chains.h), where the engine takes rows in bulk. */
#ifndef MARSAD_CHAINS_BULK_H
#define MARSAD_CHAINS_BULK_H

#include "archive/store.h"

/*
 * Finds the copies of the articles of staged_article (bulk_rows.h), whose rows and bands are there and staged_chain empty, and joins their chains; incidents that their records are told in
 * are stale then. `has_undated`: some of them have no day of publication.
 */
marsad_status chains_join_staged(store *s, bool has_undated, marsad_error *err);

#endif
