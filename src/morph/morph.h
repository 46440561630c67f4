/*
 * Morphology: the readings of a word. A word is taken apart into proclitics (و ف ب ك ل س ال), a bare form that the lexicon knows, and an attached pronoun;
 * all readings are kept in the order in which they are likely by themselves, the choice among them by context is the next stages' work.
 */
#ifndef MARSAD_MORPH_H
#define MARSAD_MORPH_H

#include "lexicon/lexicon.h"
#include "text/text.h"

enum {
    CLITIC_WA = 1 << 0, /* و or ف: and, then */
    CLITIC_FA = 1 << 1,
    CLITIC_BI = 1 << 2,
    CLITIC_KA = 1 << 3,
    CLITIC_LI = 1 << 4,
    CLITIC_SA = 1 << 5,  /* س of the future */
    CLITIC_AL = 1 << 6,  /* ال (also hidden in لل) */
    CLITIC_PRON = 1 << 7 /* an attached pronoun at the end */
};

typedef struct {
    uint32_t lemma; /* 0 if the lexicon does not know the word: pos is then POS_NAME */
    uint16_t feats; /* FEAT_..., of the bare form and its ending together */
    uint8_t pos;
    uint8_t clitics;                /* CLITIC_... */
    uint8_t prefix_len, suffix_len; /* bytes of the folded form that are proclitics / attached pronoun */
    uint8_t rank;
    uint8_t unused;
} morph_reading;

/* The bare forms of a word as keys of names: the word itself and what is left when clitics that could be there are taken off. */
typedef struct {
    uint32_t key;       /* lexicon_key() of it, 0 if no phrase holds it */
    uint8_t start, end; /* bytes of the folded form that it is */
    uint8_t clitics;    /* what was taken off: CLITIC_WA|FA, BI, KA, LI, AL */
    uint8_t unused;
} morph_bare;

enum { MORPH_READINGS = 8, MORPH_BARES = 8 };

typedef struct {
    morph_reading readings[MORPH_READINGS]; /* at least one for a word */
    morph_bare bares[MORPH_BARES];          /* first the word as it stands */
    uint8_t reading_count, bare_count;
    bool known; /* the lexicon knows it */
} morph_word;

/* Remembers the analysis of word types: a fixed number of slots, so that memory stays bounded. One per reader. */
typedef struct morph_cache morph_cache;
morph_cache *morph_cache_new(void); /* NULL when memory is out */
void morph_cache_free(morph_cache *cache);

/* Analyse one folded word. */
void morph_word_read(const marsad_lexicon *lexicon, morph_cache *cache, view form, uint8_t token_flags, morph_word *out);

/*
 * Pick the likeliest reading of each word by the words around it: choice[i] is an index into words[i].readings, 0 for numbers and marks.
 *   words, choice  `count` of them, as tokens; words[i] is only looked at for TOKEN_WORD.
 */
void morph_choose(const marsad_lexicon *lexicon, const token *tokens, const morph_word *words, uint32_t count, uint8_t *choice);

/* Universal part of speech of a reading: "NOUN", "VERB", "ADP" ... */
const char *morph_upos(const marsad_lexicon *lexicon, const morph_reading *reading);

#endif
