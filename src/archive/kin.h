/* Which articles are copies of one another, worked out anew from their signatures: what article.chain holds, as of any article. */
#ifndef MARSAD_KIN_H
#define MARSAD_KIN_H

#include "archive/store.h"

typedef struct {
    int64_t key;
    const char *id;
    int32_t published; /* NO_DAY */
    signature own;
    uint32_t up; /* towards the one that stands for its copies, by place in the list */
} kin_article;

typedef struct {
    kin_article *items; /* by key */
    uint32_t count, room;
} kin_list;

/* The articles with a key of at most `last_key`, with the chains that they had when that article was the newest; all in `memory`. */
marsad_status store_kin(store *s, int64_t last_key, kin_list *out, arena *memory, marsad_error *err);

/* The article that `a` is a copy of; itself where it is the first. */
const kin_article *kin_chain(const kin_list *list, const kin_article *a);
/* NULL if there is none. */
const kin_article *kin_find(const kin_list *list, int64_t key);

#endif
