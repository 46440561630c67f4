/*
 * A news text of a million words has fewer than a hundred thousand types, and the usual ten thousand make nearly all of it. So analyses are kept in a fixed
 * number of slots, four for each value of the hash; one that was not used since the last time round gives way.
 */
#include "morph/cache.h"

#include <stdlib.h>

enum { SETS = 8192, WAYS = 4, KEPT_BYTES = 44 };

typedef struct {
    char form[KEPT_BYTES];
    uint8_t len, flags; /* len 0: free */
    bool is_used;       /* since the hand came by last */
    uint8_t unused;
    morph_word word;
} cache_slot;

struct morph_cache {
    const marsad_lexicon *lexicon; /* whose analyses these are */
    uint8_t hand[SETS];            /* points at the way that is asked first to give way */
    cache_slot slots[SETS][WAYS];
};

morph_cache *morph_cache_new(void)
{
    return calloc(1, sizeof(morph_cache));
}

void morph_cache_free(morph_cache *cache)
{
    free(cache);
}

morph_word *morph_cache_slot(morph_cache *cache, const marsad_lexicon *lexicon, view form, uint8_t flags, bool *hit)
{
    *hit = false;
    if (cache == NULL || form.len == 0 || form.len > KEPT_BYTES)
        return NULL;
    if (cache->lexicon != lexicon) {
        memset(cache, 0, sizeof *cache);
        cache->lexicon = lexicon;
    }
    const size_t set = (size_t)(view_hash(form) >> 20) % SETS;
    for (size_t way = 0; way < WAYS; way++) {
        cache_slot *slot = &cache->slots[set][way];
        if (slot->len == form.len && slot->flags == flags && memcmp(slot->form, form.ptr, form.len) == 0) {
            *hit = true;
            slot->is_used = true;
            return &slot->word;
        }
    }
    uint8_t *hand = &cache->hand[set];
    while (cache->slots[set][*hand].is_used) {
        cache->slots[set][*hand].is_used = false;
        *hand = (uint8_t)((*hand + 1) % WAYS);
    }
    cache_slot *slot = &cache->slots[set][*hand];
    *hand = (uint8_t)((*hand + 1) % WAYS);
    memcpy(slot->form, form.ptr, form.len);
    slot->len = (uint8_t)form.len;
    slot->flags = flags;
    return &slot->word;
}
