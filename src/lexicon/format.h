/*
 * The compiled lexicon as a file, for tools/lexc that writes it and for this folder that maps it. Nobody else includes this.
 *
 *   header | section table | sections, each beginning at a multiple of 8
 *
 * Integers are little endian and stand at multiples of their size. No section points outside itself but by the index or string offset of another one.
 * Hash tables are open addressing with linear steps, a power of two long, at least one slot empty.
 */
#ifndef MARSAD_LEXICON_FORMAT_H
#define MARSAD_LEXICON_FORMAT_H

#include "lexicon/lexicon.h"

#define LEXICON_MAGIC "MARSADLX"
enum { LEXICON_VERSION = 2, LEXICON_BYTE_ORDER = 0x01020304 };

/* SECTION(constant, element type): the order in the file; the size of an element is part of the format and checked. */
#define LEXICON_SECTIONS(SECTION)                                                                                                                    \
    SECTION(STRINGS, char)           /* the pool: NUL-terminated strings, the first one empty */                                                     \
    SECTION(ROWS, lexicon_row_place) /* where each row was written */                                                                                \
    SECTION(LEMMAS, lex_lemma)                                                                                                                       \
    SECTION(FRAMES, lex_frame)                                                                                                                       \
    SECTION(GOVERNORS, lex_governor)                                                                                                                 \
    SECTION(SAYINGS, lex_saying)                                                                                                                     \
    SECTION(ACTORS, lex_actor)                                                                                                                       \
    SECTION(DEMONYMS, lex_demonym)                                                                                                                   \
    SECTION(TIMES, lex_time)                                                                                                                         \
    SECTION(NUMBERS, lex_number)                                                                                                                     \
    SECTION(BOUNDS, lex_bound)                                                                                                                       \
    SECTION(DIRECTIONS, lex_direction)                                                                                                               \
    SECTION(TITLES, lex_title)                                                                                                                       \
    SECTION(WORDS, lex_word)                                                                                                                         \
    SECTION(READINGS, lex_reading) /* of all forms, those of one form together */                                                                    \
    SECTION(FORM_TAGS, uint8_t)    /* per slot of FORMS: 0 free, else 8 bits of the hash: most misses are seen here */                               \
    SECTION(FORMS, lexicon_form_slot)                                                                                                                \
    SECTION(LEMMA_SLOTS, uint32_t)  /* hash of text and part of speech to lemma */                                                                   \
    SECTION(KEYS, lexicon_key_slot) /* key words of phrases */                                                                                       \
    SECTION(STEPS, lexicon_step_slot)                                                                                                                \
    SECTION(STATES, lexicon_state) /* of the trie; 0 is the start */                                                                                 \
    SECTION(ENTRIES, lex_entry)                                                                                                                      \
    SECTION(WEIGHTS, lex_weight) /* hash of feature to weights */

typedef struct {
    uint32_t table, line;
} lexicon_row_place;

typedef struct {
    uint32_t text;    /* string, 0 in a free slot */
    uint32_t reading; /* first one */
    uint32_t count;
} lexicon_form_slot;

typedef struct {
    uint32_t text, key; /* key 0: free */
} lexicon_key_slot;

typedef struct {
    uint32_t state, key, next; /* next 0: free */
} lexicon_step_slot;

typedef struct {
    uint32_t first, count; /* entries */
} lexicon_state;

typedef enum {
#define SECTION(constant, type) SECTION_##constant,
    LEXICON_SECTIONS(SECTION)
#undef SECTION
        SECTION_COUNT
} lexicon_section;

typedef struct {
    uint64_t offset;  /* bytes from the beginning of the file */
    uint32_t count;   /* elements */
    uint32_t element; /* bytes of one */
} lexicon_section_place;

typedef struct {
    char magic[8];
    uint32_t version, byte_order;
    uint64_t size; /* of the whole file */
    uint32_t section_count;
    uint32_t key_count;      /* keys are 1..key_count */
    uint32_t longest_phrase; /* words */
    uint32_t unused;
    lexicon_section_place sections[SECTION_COUNT];
} lexicon_header;

/* The hashes that writer and reader share. */
static inline uint8_t lexicon_tag(uint64_t hash)
{
    uint8_t tag = (uint8_t)(hash >> 56);
    return tag == 0 ? 1 : tag;
}

static inline uint64_t lexicon_lemma_hash(uint64_t text_hash, uint8_t pos)
{
    return lexicon_mix(text_hash + pos);
}

static inline uint64_t lexicon_step_hash(uint32_t state, uint32_t key)
{
    return lexicon_mix(((uint64_t)state << 32 | key) + 1);
}

struct marsad_lexicon {
    mapped_file file;
    const lexicon_header *header;
#define SECTION(constant, type) const type *constant;
    struct {
        LEXICON_SECTIONS(SECTION)
    } at;
#undef SECTION
#define SECTION(constant, type) uint32_t constant;
    struct {
        LEXICON_SECTIONS(SECTION)
    } count;
#undef SECTION
};

#endif
