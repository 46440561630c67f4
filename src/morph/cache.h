/* The memory of word types that morph_word_read() looks into first. */
#ifndef MARSAD_MORPH_CACHE_H
#define MARSAD_MORPH_CACHE_H

#include "morph/morph.h"

/* Where the analysis of `form` is or shall be; `*hit` tells which. NULL if the word is too long to be kept. */
morph_word *morph_cache_slot(morph_cache *cache, const marsad_lexicon *lexicon, view form, uint8_t flags, bool *hit);

#endif
