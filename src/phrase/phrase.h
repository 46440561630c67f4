/*
 * Phrases: the words of a sentence as a row of chunks (noun phrases, verbs, prepositions, joints), the links between noun phrases (idafa, conjunction,
 * apposition), the clauses they form, and who speaks each clause.
 */
#ifndef MARSAD_PHRASE_H
#define MARSAD_PHRASE_H

#include "mention/mention.h"

typedef enum {
    CHUNK_NOUN,    /* a noun phrase without its genitive: head, adjectives, quantity */
    CHUNK_VERB,    /* a finite verb */
    CHUNK_PRONOUN, /* a preposition with its pronoun (عليها), or a free pronoun */
    CHUNK_COMP,    /* أن إن بأن */
    CHUNK_REL,     /* الذي التي */
    CHUNK_SUB,     /* بينما حيث عندما كما */
    CHUNK_NEG,
    CHUNK_FUTURE,
    CHUNK_POSSIBLE,
    CHUNK_TIME,
    CHUNK_MARK,
    CHUNK_OTHER
} chunk_type;

typedef struct {
    uint8_t type;
    uint8_t slot;      /* preposition that governs it (slots.def), SLOT_NONE if bare */
    uint8_t direction; /* marsad_relation said by a direction word before it, MARSAD_IN if none */
    bool has_direction;
    bool conjoined; /* و or ف before it */
    bool definite;  /* with ال, a pronoun, or a name */
    bool has_pronoun;
    bool is_demonstrative;
    bool in_quotes;
    uint32_t first, last; /* tokens */
    uint32_t head;        /* token of the head */
    uint32_t prep;        /* lemma of the preposition, 0 if bare */
    uint32_t prep_first;  /* its first token; equals first if bare or a clitic */
    uint32_t lemma;       /* of the head */
    int32_t quantity;     /* into quantities, or -1 */
    int32_t name;         /* actor or place hit that is the head, or -1 */
    int32_t gen, of;      /* its genitive, and the chunk whose genitive it is, or -1 */
    int32_t with;         /* the chunk it is conjoined with (same role), or -1 */
    int32_t apposed;      /* the chunk that it stands in apposition to, or -1 */
    int32_t segment;
} phrase_chunk;

typedef enum { SEGMENT_MAIN, SEGMENT_CONTENT, SEGMENT_RELATIVE, SEGMENT_SUBORDINATE, SEGMENT_COORDINATE, SEGMENT_RESUMED } segment_kind;

/* A clause: a run of chunks with at most one main verb. */
typedef struct {
    uint8_t kind;
    bool quoted;
    bool subject_before;  /* the subject stands before the verb or outside the clause */
    int32_t subject;      /* of the verb: a chunk, or -1 */
    uint32_t first, last; /* chunks */
    int32_t parent;       /* segment, or -1 */
    int32_t antecedent;   /* chunk that a relative clause describes, or -1 */
    int32_t verb;         /* chunk, or -1 */
    int32_t shares;       /* segment whose subject holds here too, or -1 */
    int32_t speaker;      /* into speakers, or -1: the report's own voice */
    int32_t opener;       /* chunk of COMP, SUB or REL that opens it, or -1 */
} segment;

/* Who says something in a sentence. */
typedef struct {
    span where;             /* words of the speaker */
    int32_t chunk;          /* in this sentence, or -1: carried over from before */
    const char *who, *code; /* settled by the event stage */
    uint32_t row;
    uint32_t trigger; /* token of the saying word */
} speaker;

typedef struct {
    phrase_chunk *chunks;
    uint32_t count, room;
    segment *segments;
    uint32_t segment_count, segment_room;
    speaker *speakers;
    uint32_t speaker_count, speaker_room;
    int32_t *chunk_at; /* token -> phrase_chunk */
    bool ends_in_quotes;
} phrases;

/* What is carried from sentence to sentence of one article. */
typedef struct {
    speaker last; /* the latest speaker; has_last says if there is one */
    bool has_last;
    bool open_quote; /* a quotation is still open */
} speech;

/* Build chunks, their links and the clauses. False when memory is out. */
bool phrase_build(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon);
/* Parts of phrase_build(), each in its file. */
void phrase_verbs(const sentence *s, const marsad_lexicon *lexicon);
bool phrase_chunks(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon);
/* Find the subject of each clause. */
void phrase_subjects(phrases *p, const sentence *s, const marsad_lexicon *lexicon);
bool phrase_segments(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon);

/* Give each clause its speaker. `state` is carried from sentence to sentence. False when memory is out. */
bool phrase_speakers(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon, speech *state);

/* A word inside a phrase as a chunk of its own, outside the row and its clauses (الإسرائيلية in الضربة الإسرائيلية). -1 when memory is out. */
int32_t phrase_note_word(phrases *p, arena *a, uint32_t token);

/* --- questions about chunks --- */

/* The head of the chain of genitives that the chunk stands in. */
int32_t chunk_top(const phrases *p, int32_t c);
/* One past the last token of the whole phrase: genitives and appositions included. */
uint32_t chunk_end(const phrases *p, int32_t c);
/* The whole phrase without its preposition. */
span chunk_span(const phrases *p, const sentence *s, int32_t c);
/* True if the head's lemma has that class. */
bool chunk_is(const phrases *p, const marsad_lexicon *lexicon, int32_t c, noun_class class);
/* Grammatical gender and number of the head as agreement sees them: true where they fit or cannot be told. */
bool chunk_agrees(const phrases *p, const sentence *s, const marsad_lexicon *lexicon, int32_t c, uint16_t feats);
/* The subject of the clause's verb: a chunk, or -1. `*before` tells whether it stands before the verb or outside the clause. */
int32_t segment_subject(const phrases *p, int32_t seg, bool *before);
/*
 * A remark on those named before, with no role of its own: «… مدنيين بينهم خمسة أطفال», «12 شخصا، معظمهم أطفال», «130 فلسطينيا، معظمهم غير مسلحين».
 * It is a pronoun and, perhaps denied, what is said of it.
 */
bool chunk_is_remark(const phrases *p, int32_t c);
/* A noun phrase with no preposition over it. */
bool chunk_is_bare_noun(const phrases *p, int32_t c);

#endif
