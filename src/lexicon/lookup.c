/* Lookup in the mapped lexicon. marsad_lexicon_open() has checked every index that is followed here. */
#include "lexicon/format.h"

static bool string_is(const char *pool_string, view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (pool_string[i] != text.ptr[i] || pool_string[i] == '\0') /* never past the end of the pool's string */
            return false;
    return pool_string[text.len] == '\0';
}

const lex_reading *lexicon_form(const marsad_lexicon *lexicon, view form, uint32_t *count)
{
    const uint64_t hash = view_hash(form);
    const uint32_t mask = lexicon->count.FORMS - 1;
    const uint8_t tag = lexicon_tag(hash);

    for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
        if (lexicon->at.FORM_TAGS[at] == tag) {
            const lexicon_form_slot *slot = &lexicon->at.FORMS[at];
            if (string_is(lexicon->at.STRINGS + slot->text, form)) {
                *count = slot->count;
                return lexicon->at.READINGS + slot->reading;
            }
        } else if (lexicon->at.FORM_TAGS[at] == 0) {
            *count = 0;
            return NULL;
        }
    }
}

uint32_t lexicon_lemma_find(const marsad_lexicon *lexicon, view text, part_of_speech pos)
{
    const uint32_t mask = lexicon->count.LEMMA_SLOTS - 1;
    uint32_t at = (uint32_t)lexicon_lemma_hash(view_hash(text), (uint8_t)pos) & mask;

    for (; lexicon->at.LEMMA_SLOTS[at] != 0; at = (at + 1) & mask) {
        const lex_lemma *lemma = &lexicon->at.LEMMAS[lexicon->at.LEMMA_SLOTS[at]];
        if (lemma->pos == pos && string_is(lexicon->at.STRINGS + lemma->text, text))
            return lexicon->at.LEMMA_SLOTS[at];
    }
    return 0;
}

const char *lexicon_string(const marsad_lexicon *lexicon, uint32_t offset)
{
    return lexicon->at.STRINGS + (offset < lexicon->count.STRINGS ? offset : 0);
}

/* An index that is none gives the blank row. */
#define ROW_OF(function, type, SECTION)                                                                                                              \
    const type *function(const marsad_lexicon *lexicon, uint32_t index)                                                                              \
    {                                                                                                                                                \
        return &lexicon->at.SECTION[index < lexicon->count.SECTION ? index : 0];                                                                     \
    }
ROW_OF(lexicon_lemma, lex_lemma, LEMMAS)
ROW_OF(lexicon_frame, lex_frame, FRAMES)
ROW_OF(lexicon_governor, lex_governor, GOVERNORS)
ROW_OF(lexicon_saying, lex_saying, SAYINGS)
ROW_OF(lexicon_actor, lex_actor, ACTORS)
ROW_OF(lexicon_demonym, lex_demonym, DEMONYMS)
ROW_OF(lexicon_time, lex_time, TIMES)
ROW_OF(lexicon_number, lex_number, NUMBERS)
ROW_OF(lexicon_bound, lex_bound, BOUNDS)
ROW_OF(lexicon_direction, lex_direction, DIRECTIONS)
ROW_OF(lexicon_title, lex_title, TITLES)
ROW_OF(lexicon_word, lex_word, WORDS)

lex_place lexicon_row(const marsad_lexicon *lexicon, uint32_t row)
{
    const lexicon_row_place *place = &lexicon->at.ROWS[row < lexicon->count.ROWS ? row : 0];
    return (lex_place){lexicon->at.STRINGS + place->table, place->line};
}

bool lemma_is(const lex_lemma *lemma, noun_class class)
{
    for (size_t i = 0; i < sizeof lemma->classes; i++)
        if (lemma->classes[i] == class && class != CLASS_NONE)
            return true;
    return false;
}

static const char *const class_names[CLASS_COUNT] = {
    "",
#define CLASS(constant, name, use) name,
#include "lexicon/classes.def"
#undef CLASS
};
static const char *const slot_names[SLOT_COUNT] = {
#define SLOT(constant, name) name,
#include "lexicon/slots.def"
#undef SLOT
};

const char *lexicon_slot_name(uint8_t slot)
{
    return slot_names[slot < SLOT_COUNT ? slot : SLOT_NONE];
}

const char *lexicon_class_name(uint8_t class)
{
    return class_names[class < CLASS_COUNT ? class : CLASS_NONE];
}

uint32_t lexicon_key(const marsad_lexicon *lexicon, view bare)
{
    const uint32_t mask = lexicon->count.KEYS - 1;
    for (uint32_t at = (uint32_t)view_hash(bare) & mask; lexicon->at.KEYS[at].key != 0; at = (at + 1) & mask)
        if (string_is(lexicon->at.STRINGS + lexicon->at.KEYS[at].text, bare))
            return lexicon->at.KEYS[at].key;
    return 0;
}

uint32_t lexicon_step(const marsad_lexicon *lexicon, uint32_t state, uint32_t key)
{
    if (key == 0)
        return 0;
    const uint32_t mask = lexicon->count.STEPS - 1;
    uint32_t at = (uint32_t)lexicon_step_hash(state, key) & mask;
    for (; lexicon->at.STEPS[at].next != 0; at = (at + 1) & mask)
        if (lexicon->at.STEPS[at].state == state && lexicon->at.STEPS[at].key == key)
            return lexicon->at.STEPS[at].next;
    return 0;
}

const int16_t *lexicon_weights(const marsad_lexicon *lexicon, uint64_t feature)
{
    const uint32_t mask = lexicon->count.WEIGHTS - 1;
    for (uint32_t at = (uint32_t)feature & mask; lexicon->at.WEIGHTS[at].feature != 0; at = (at + 1) & mask)
        if (lexicon->at.WEIGHTS[at].feature == feature)
            return lexicon->at.WEIGHTS[at].values;
    return NULL;
}

const lex_entry *lexicon_entries(const marsad_lexicon *lexicon, uint32_t state, uint32_t *count)
{
    if (state >= lexicon->count.STATES || lexicon->at.STATES[state].count == 0) {
        *count = 0;
        return NULL;
    }
    *count = lexicon->at.STATES[state].count;
    return lexicon->at.ENTRIES + lexicon->at.STATES[state].first;
}
