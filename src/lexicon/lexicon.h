/*
 * The compiled word lists: what the tables of lexicon/ar and hunspell-ar become (tools/lexc), mapped and only read.
 *
 * Strings are offsets into one pool of NUL-terminated strings: lexicon_string(). Tables are arrays: lexicon_lemma(), lexicon_frame() ...
 * Index 0 of every table is a blank row, so that 0 means "none". Every row knows the line of the table it was written on: lexicon_row().
 * What a column means is written in lexicon/README.md.
 */
#ifndef MARSAD_LEXICON_H
#define MARSAD_LEXICON_H

#include "base/base.h"

typedef enum {
#define CLASS(constant, name, use) CLASS_##constant,
    CLASS_NONE,
#include "lexicon/classes.def"
#undef CLASS
    CLASS_COUNT
} noun_class;

typedef enum {
    POS_NONE,
    POS_VERB,
    POS_NOUN,
    POS_ADJ,  /* adjectives and participles */
    POS_NAME, /* proper name */
    /* grammar words: the classes of words.tsv */
    POS_PREP,
    POS_COORD,
    POS_SUB,
    POS_COMP,
    POS_REL,
    POS_DEM,
    POS_PRON,
    POS_NEG,
    POS_NEG_FUTURE,
    POS_FUTURE,
    POS_POSSIBLE,
    POS_QUANT,
    POS_INTERJ,
    POS_PART,
    POS_ADV,
    POS_CONTRAST,
    POS_VOCATIVE,
    POS_EXCEPT, /* إلا، سوى: what a negation before them leaves standing */
    POS_COUNT
} part_of_speech;

enum {
    FEAT_PAST = 1 << 0,
    FEAT_PRES = 1 << 1,
    FEAT_IMP = 1 << 2,
    FEAT_ACT = 1 << 3, /* a verb form with neither ACT nor PASS can be both */
    FEAT_PASS = 1 << 4,
    FEAT_MASC = 1 << 5,
    FEAT_FEM = 1 << 6,
    FEAT_SING = 1 << 7,
    FEAT_DUAL = 1 << 8,
    FEAT_PLUR = 1 << 9,
    FEAT_P1 = 1 << 10,
    FEAT_P2 = 1 << 11,
    FEAT_P3 = 1 << 12,
    FEAT_CONSTRUCT = 1 << 13, /* the form can only stand before a genitive or pronoun (مقاتلو، عاملي) */
    FEAT_TANWIN = 1 << 14     /* the form ends in the alef of tanwin (قتيلا) */
};

/* One way to read a bare form (no clitics). */
typedef struct {
    uint32_t lemma;
    uint16_t feats;
    uint8_t pos;
    uint8_t rank; /* 0 = our own rows, 1 = open vocabulary; then by how usual the word is */
} lex_reading;

typedef struct {
    uint32_t text;                                      /* string: the lemma, folded */
    uint32_t who;                                       /* string: column who, or "" */
    uint32_t first_frame, first_governor, first_saying; /* into their tables; rows of one lemma stand together */
    uint32_t row;
    uint8_t frame_count, governor_count, saying_count;
    uint8_t gender; /* 'm', 'f' or 0 */
    uint8_t pos;
    uint8_t classes[4]; /* noun_class, CLASS_NONE where fewer */
    uint8_t unused[3];
} lex_lemma;

/* Places in the grammar: what may fill a role. Prepositions are slots; the list is in slots.def. */
typedef enum {
#define SLOT(constant, name) SLOT_##constant,
#include "lexicon/slots.def"
#undef SLOT
    SLOT_COUNT
} slot;

typedef enum { ROLE_NONE, ROLE_ACTOR, ROLE_TARGET, ROLE_AGENT, ROLE_PLACE, ROLE_FROM, ROLE_TO, ROLE_EVENT, ROLE_WEAPON, ROLE_COUNT } frame_role;

typedef struct {
    uint8_t slot, role;
} lex_role;

/* A cue and what it changes. cue: a noun_class; 200 = present tense verb; 201 = negated; 202 = past tense verb. */
enum { CUE_PRES = 200, CUE_NEG = 201, CUE_PAST = 202 };
typedef struct {
    uint8_t cue, kind;
} lex_variant;

/* One alternative of a need. Alternatives of the same `group` are parted by "or"; all groups must hold. */
typedef struct {
    uint32_t lemma; /* this lemma, or 0 */
    uint8_t slot;   /* where: SLOT_SUBJ, SLOT_OBJ, SLOT_ADJ, SLOT_GEN, a preposition, or SLOT_ANY */
    uint8_t class;  /* a word of this class, or CLASS_NONE; NEED_PLACE for @place (any name or noun of a place), NEED_ACTOR for @actor (any party) */
    uint8_t group;
    uint8_t unused;
} lex_need;
enum { NEED_PLACE = 250, NEED_ACTOR = 251 };

typedef struct {
    uint32_t lemma, second; /* second: lemma of the fixed phrase's other word, or 0 */
    uint32_t row;
    uint8_t pos;  /* POS_VERB, POS_NOUN (masdar), POS_ADJ (part); FRAME_THING for pos "noun" */
    uint8_t kind; /* marsad_kind */
    uint8_t role_count, variant_count, need_count;
    uint8_t unused[3];
    lex_role roles[10];
    lex_variant variants[6];
    lex_need needs[6];
} lex_frame;
enum { FRAME_THING = 100 };

typedef enum {
    EFFECT_NONE,
    EFFECT_LIGHT,
    EFFECT_ASPECT,
    EFFECT_CAUSE,
    EFFECT_PHASE,
    EFFECT_MODALITY,
    EFFECT_REPEL,
    EFFECT_WANTED,
    EFFECT_CLAIM,
    EFFECT_INCLUDES
} governor_effect;

typedef struct {
    uint32_t lemma, row;
    uint8_t pos, via, effect; /* via: slot */
    uint8_t value;            /* marsad_phase or marsad_modality of the effect */
    uint8_t subject;          /* frame_role of the governor's own subject */
    uint8_t unused[3];
} lex_governor;

enum { CONTENT_CLAUSE = 1, CONTENT_BI = 2, CONTENT_OBJ = 4, CONTENT_ILA = 8, CONTENT_QUOTE = 16, CONTENT_AN = 32, CONTENT_MIN = 64 };
enum { SPEAKER_LAST = 254 };

typedef struct {
    uint32_t lemma; /* 0 for phrases (see ENTRY_SAYING) */
    uint32_t row;
    uint8_t pos;     /* POS_VERB, POS_NOUN, POS_ADJ (participle), POS_PREP */
    uint8_t speaker; /* slot, or SPEAKER_LAST */
    uint8_t content; /* CONTENT_ bits */
    uint8_t carry;   /* 1 if it carries on the speaker before */
} lex_saying;

typedef struct {
    uint32_t name, who, code, parent, context; /* strings; context: country's name for rows that hold only in articles about it, or "" */
    uint32_t row;
    marsad_date from, to; /* not given: open */
    uint8_t kind;         /* actor_kind */
    uint8_t words;        /* number of words of the longest form */
    uint8_t unused[2];
} lex_actor;
typedef enum {
    ACTOR_OTHER,
    ACTOR_STATE,
    ACTOR_GOVERNMENT,
    ACTOR_ARMY,
    ACTOR_GROUP,
    ACTOR_COALITION,
    ACTOR_IGO,
    ACTOR_NGO,
    ACTOR_OFFICE,
    ACTOR_PERSON,
    ACTOR_MEDIA,
    ACTOR_PEOPLE
} actor_kind;

typedef struct {
    uint32_t country, who, code, row; /* strings */
} lex_demonym;

typedef enum {
    TIME_NONE,
    TIME_DAY,
    TIME_WEEKDAY,
    TIME_MONTH,
    TIME_HIJRI,
    TIME_UNIT,
    TIME_PART,
    TIME_NIGHT,
    TIME_LAST,
    TIME_NEXT,
    TIME_THIS,
    TIME_SINCE,
    TIME_UNTIL,
    TIME_AGO,
    TIME_AFTER,
    TIME_BEFORE,
    TIME_DURING,
    TIME_EARLY,
    TIME_MID,
    TIME_LATE,
    TIME_NOW,
    TIME_YEAR_WORD
} time_rule;
typedef enum { UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR } time_unit;
typedef struct {
    uint32_t row;
    uint8_t rule;
    int8_t value; /* day offset, weekday 1..7, month 1..12, time_unit */
    uint8_t unused[2];
} lex_time;

typedef enum { NUMBER_UNIT, NUMBER_TEN, NUMBER_HUNDRED, NUMBER_SCALE, NUMBER_VAGUE, NUMBER_ORDINAL, NUMBER_HALF } number_class;
typedef struct {
    int64_t value; /* MARSAD_NO_VALUE for vague words */
    uint32_t row;
    uint8_t class;
    uint8_t unused[3];
} lex_number;

typedef struct {
    uint32_t row;
    uint8_t bound; /* marsad_bound */
    uint8_t after; /* 1: stands after the number */
    uint8_t unused[2];
} lex_bound;

typedef struct {
    uint32_t row;
    uint8_t relation; /* marsad_relation */
    uint8_t unused[3];
} lex_direction;

typedef struct {
    uint32_t row;
    uint8_t class; /* 't' title, 'k' kunya, 'r' rank */
    uint8_t unused[3];
} lex_title;

/* A grammar word of several words (علي الرغم من); single ones are readings of forms. */
typedef struct {
    uint32_t lemma, row;
    uint8_t pos;
    uint8_t slot; /* if it is a preposition that is a slot, else SLOT_NONE */
    uint8_t unused[2];
} lex_word;

/*
 * Learned weights (weights.tsv). A feature is a model's name and a conjunction of parts "name=value", in the order of the model's template; it is kept
 * as a hash. Weights are in thousandths of a logit, one for each question that the model answers.
 */
enum { MODEL_OUTPUTS = 4 };
typedef struct {
    uint64_t feature; /* 0: a free slot */
    int16_t values[MODEL_OUTPUTS];
} lex_weight;

static inline uint64_t lexicon_mix(uint64_t value)
{
    value ^= value >> 31;
    value *= UINT64_C(0x9E3779B97F4A7C15);
    value ^= value >> 29;
    return value;
}

/* One part of a feature: its name and its value. */
static inline uint64_t feature_part(uint64_t name_hash, uint64_t value_hash)
{
    return lexicon_mix(name_hash * 3 + value_hash);
}

/* A feature with one more part. Begins with the hash of the model's name. */
static inline uint64_t feature_join(uint64_t feature, uint64_t part)
{
    return lexicon_mix(feature * 31 + part) | 1; /* never 0 */
}

/* The weights of a feature, or NULL if nothing was learned of it. */
const int16_t *lexicon_weights(const marsad_lexicon *lexicon, uint64_t feature);

/* --- lookup ---------------------------------------------------------------------------------------------------------- */

/* All readings of a bare folded form, best rank first; NULL and 0 if it is not known. */
const lex_reading *lexicon_form(const marsad_lexicon *lexicon, view form, uint32_t *count);
/* The lemma called `text` with that part of speech, or 0. */
uint32_t lexicon_lemma_find(const marsad_lexicon *lexicon, view text, part_of_speech pos);

const char *lexicon_string(const marsad_lexicon *lexicon, uint32_t offset);
const lex_lemma *lexicon_lemma(const marsad_lexicon *lexicon, uint32_t index);
const lex_frame *lexicon_frame(const marsad_lexicon *lexicon, uint32_t index);
const lex_governor *lexicon_governor(const marsad_lexicon *lexicon, uint32_t index);
const lex_saying *lexicon_saying(const marsad_lexicon *lexicon, uint32_t index);
const lex_actor *lexicon_actor(const marsad_lexicon *lexicon, uint32_t index);
const lex_demonym *lexicon_demonym(const marsad_lexicon *lexicon, uint32_t index);
const lex_time *lexicon_time(const marsad_lexicon *lexicon, uint32_t index);
const lex_number *lexicon_number(const marsad_lexicon *lexicon, uint32_t index);
const lex_bound *lexicon_bound(const marsad_lexicon *lexicon, uint32_t index);
const lex_direction *lexicon_direction(const marsad_lexicon *lexicon, uint32_t index);
const lex_title *lexicon_title(const marsad_lexicon *lexicon, uint32_t index);
const lex_word *lexicon_word(const marsad_lexicon *lexicon, uint32_t index);

/* Where a row was written: its table's file name and line. */
typedef struct {
    const char *table;
    uint32_t line;
} lex_place;
lex_place lexicon_row(const marsad_lexicon *lexicon, uint32_t row);

/* As the tables call them: "في", "object.hospital". */
const char *lexicon_slot_name(uint8_t slot);
const char *lexicon_class_name(uint8_t class);

bool lemma_is(const lex_lemma *lemma, noun_class class);

/*
 * Phrases: names, times, numbers, bounds, directions, titles, demonyms and grammar words of one or several words stand in one trie over words.
 * A key word is a folded bare word: the first word of a phrase without ال (unless it is only known with it: الامم المتحدة is keyed امم, متحدة);
 * every key word is written without ال, and a sound plural or dual in -ون -ين -ان of actors' first words is keyed by its stem with each ending.
 * So the reader tries each bare form of a word (morph_word.bare) as a key.
 */
typedef enum {
    ENTRY_ACTOR = 1,
    ENTRY_DEMONYM,
    ENTRY_TIME,
    ENTRY_NUMBER,
    ENTRY_BOUND,
    ENTRY_DIRECTION,
    ENTRY_TITLE,
    ENTRY_WORD,
    ENTRY_SAYING,
    ENTRY_NOUN /* a noun of several words in nouns-*.tsv (حشد شعبي): index is its lemma */
} entry_type;
typedef struct {
    uint32_t index;         /* into the table of its type */
    uint8_t type;           /* entry_type */
    uint8_t definite_first; /* 1 if the name is written with ال on its first word */
    uint8_t unused[2];
} lex_entry;

/* The number of a key word, or 0. */
uint32_t lexicon_key(const marsad_lexicon *lexicon, view bare);
/* The state after `key` in `state` (0 is the start), or 0. */
uint32_t lexicon_step(const marsad_lexicon *lexicon, uint32_t state, uint32_t key);
/* The entries that end in `state`. */
const lex_entry *lexicon_entries(const marsad_lexicon *lexicon, uint32_t state, uint32_t *count);

#endif
