/* What the makers of chunks share: the row of words on which they walk, and what waits for its noun. Private to src/phrase. */
#ifndef MARSAD_CHUNKER_H
#define MARSAD_CHUNKER_H

#include "phrase/phrase.h"

enum { CONJUNCTIONS = CLITIC_WA | CLITIC_FA, PREPOSITIONS = CLITIC_BI | CLITIC_LI | CLITIC_KA };

typedef struct {
    phrases *p;
    arena *a;
    const sentence *s;
    const marsad_lexicon *lexicon;
    uint32_t at; /* next token */
    /* a preposition or direction that waits for its noun */
    uint8_t slot, direction;
    bool has_direction;
    uint32_t prep, prep_first;
    bool prep_conjoined;
    int quote_depth;
    bool failed;
} chunker;

/* --- chunker.c: questions about the words --- */
const morph_reading *chunker_reading(const chunker *c, uint32_t i);
bool chunker_is_word(const chunker *c, uint32_t i);
/* The name of several words, or of one word that is no usual word, that begins at token `i`; else -1. */
int32_t chunker_name(const chunker *c, uint32_t i);
bool chunker_is_nominal(const chunker *c, uint32_t i);
uint8_t chunker_clitics(const chunker *c, uint32_t i);
uint8_t chunker_clitic_slot(uint8_t clitics);
bool chunker_form_is(const chunker *c, uint32_t i, const char *form);
/* Add a chunk of tokens [first, last) and move behind it. NULL when memory is out. */
phrase_chunk *chunker_add(chunker *c, chunk_type type, uint32_t first, uint32_t last);
void chunker_forget_preposition(chunker *c);

/* --- noun.c: one noun phrase, without its genitive, that begins at token `i` --- */
phrase_chunk *chunker_read_noun(chunker *c, uint32_t i);
/* A short quotation inside a phrase is part of it (حركة «أنصار الله»). Returns the token after the closing mark, or `i`. */
uint32_t chunker_quoted_name(const chunker *c, uint32_t i);

/* --- link.c: how a new noun phrase hangs together with what stands before it --- */
void chunker_link_noun(chunker *c, phrase_chunk *k);

#endif
