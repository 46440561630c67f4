/*
 * Mentions: the words of a sentence that stand for something by themselves - names of parties and places, times, quantities, directions -
 * found by walking the tries of the lexicon and the gazetteers over the bare forms of its words.
 */
#ifndef MARSAD_MENTION_H
#define MARSAD_MENTION_H

#include "gazetteer/gazetteer.h"
#include "morph/morph.h"

enum { GAZETTEERS_MAX = 8, HIT_ENTRIES = 12 };

/* A place of one of the gazetteers. */
typedef struct {
    uint32_t index;
    uint8_t gazetteer;
} place_ref;

/* A country that one of the gazetteers knows. */
typedef struct {
    const char *name; /* folded */
    char code[2];
    place_ref place, capital;
    bool has_capital;
} known_country;

/* What the mentions of one sentence are found with. */
typedef struct {
    const marsad_lexicon *lexicon;
    const marsad_gazetteer *const *gazetteers;
    size_t gazetteer_count;
    marsad_date published;
    const known_country *countries;
    size_t country_count;
} sources_of_names;

/* The kinds of hits beyond the lexicon's entry_type. */
enum { HIT_PLACE = ENTRY_NOUN + 1, HIT_TYPES };

/* Words that stand in a trie. Several rows or places can share one name: they are candidates. */
typedef struct {
    uint32_t first, last;     /* tokens [first, last) */
    uint8_t type;             /* entry_type or HIT_PLACE */
    uint8_t clitics;          /* taken off the first word: CLITIC_... */
    bool definite;            /* written with ال on the first word */
    const lex_entry *entries; /* of the lexicon: all that end at the same words, of whatever type */
    uint32_t entry_count;
    place_ref places[HIT_ENTRIES]; /* HIT_PLACE: the first that have the name */
    uint8_t count;                 /* ... and how many they are */
    uint32_t places_total;         /* ... how many places have the name in all */
} name_hit;

/* A number with what the words around it say of its bound. */
typedef struct {
    uint32_t first, last; /* tokens, the bound's words included */
    int64_t value;        /* MARSAD_NO_VALUE for a vague word */
    uint8_t bound;        /* marsad_bound */
    bool ordinal;
    uint32_t row; /* of the bound or the number word, 0 for digits */
} quantity;

/* A time expression. The days depend on the tense of the verb only for bare weekdays and months: then past and future differ. */
typedef struct {
    uint32_t first, last;
    marsad_date start, end;               /* with a past verb or none */
    marsad_date future_start, future_end; /* with a future verb */
    const char *precision;
    bool resolved; /* the days are known; else it is a time word without a day (منذ فترة) */
    uint32_t row;
} time_mention;

/* One sentence on its way through the stages. Everything in it belongs to the sentence's arena. */
typedef struct {
    view text;  /* of the article */
    span where; /* bytes of the sentence in it */
    token *tokens;
    morph_word *words;
    uint8_t *choice; /* chosen reading of each word */
    uint32_t count;

    name_hit *hits;
    uint32_t hit_count, hit_room;
    int32_t *hit_at[HIT_TYPES]; /* token -> hit of that type that begins there, or -1 */
    int32_t *cover;             /* token -> actor or place hit that it belongs to, or -1 */

    quantity *quantities;
    uint32_t quantity_count, quantity_room;
    int32_t *quantity_at; /* token -> quantity that it belongs to, or -1 */

    time_mention *times;
    uint32_t time_count, time_room;
    int32_t *time_at; /* token -> time that it belongs to, or -1 */
} sentence;

/* Tokens, readings and the choice among them. False when memory is out. */
bool sentence_prepare(sentence *s, arena *a, const sources_of_names *names, morph_cache *cache, view text, span where);

/* Fill hits, cover, quantities and times. False when memory is out. */
bool mention_find(sentence *s, arena *a, const sources_of_names *names);

/* Parts of mention_find(), each in its file. */
bool mention_scan(sentence *s, arena *a, const sources_of_names *names);
bool mention_numbers(sentence *s, arena *a, const sources_of_names *names);
bool mention_times(sentence *s, arena *a, const sources_of_names *names);

/* The chosen reading of token `i`; a blank reading for marks and numbers. */
const morph_reading *sentence_reading(const sentence *s, uint32_t i);
/* The row of the lexicon that is the hit's n-th candidate (an index into the table of the hit's type), or 0 if it has not so many. */
uint32_t hit_row(const name_hit *hit, uint32_t n);
/* The hit of that type that begins at token `i`, or NULL. */
const name_hit *sentence_hit(const sentence *s, int type, uint32_t i);
/* True if token `i` is that mark, e.g. "،". */
bool token_is_mark(const sentence *s, uint32_t i, const char *mark);
/* The bytes of tokens [first, last). */
span sentence_span(const sentence *s, uint32_t first, uint32_t last);

#endif
