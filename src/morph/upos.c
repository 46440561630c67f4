/* The universal parts of speech of readings (universaldependencies.org/u/pos). */
#include "morph/morph.h"

/* Is the lemma a number word: not an ordinal (an adjective), not a vague one (a noun)? */
static bool is_numeral(const marsad_lexicon *lexicon, uint32_t lemma)
{
    const uint32_t key = lexicon_key(lexicon, view_of(lexicon_string(lexicon, lexicon_lemma(lexicon, lemma)->text)));
    uint32_t count;
    const lex_entry *entries = lexicon_entries(lexicon, lexicon_step(lexicon, 0, key), &count);
    for (uint32_t i = 0; i < count; i++)
        if (entries[i].type == ENTRY_NUMBER && lexicon_number(lexicon, entries[i].index)->class < NUMBER_SCALE)
            return true;
    return false;
}

const char *morph_upos(const marsad_lexicon *lexicon, const morph_reading *reading)
{
    static const char *const names[POS_COUNT] = {
        [POS_NONE] = "X",         [POS_VERB] = "VERB",     [POS_NOUN] = "NOUN",   [POS_ADJ] = "ADJ",         [POS_NAME] = "PROPN",
        [POS_PREP] = "ADP",       [POS_COORD] = "CCONJ",   [POS_SUB] = "SCONJ",   [POS_COMP] = "SCONJ",      [POS_REL] = "PRON",
        [POS_DEM] = "DET",        [POS_PRON] = "PRON",     [POS_NEG] = "PART",    [POS_NEG_FUTURE] = "PART", [POS_FUTURE] = "PART",
        [POS_POSSIBLE] = "PART",  [POS_QUANT] = "NOUN",    [POS_INTERJ] = "INTJ", [POS_PART] = "PART",       [POS_ADV] = "ADV",
        [POS_CONTRAST] = "CCONJ", [POS_VOCATIVE] = "PART", [POS_EXCEPT] = "PART"};
    if (reading->pos >= POS_COUNT)
        return "X";
    if (reading->pos == POS_NOUN && reading->lemma != 0 && is_numeral(lexicon, reading->lemma))
        return "NUM";
    if (reading->pos == POS_POSSIBLE && view_starts(view_of(lexicon_string(lexicon, lexicon_lemma(lexicon, reading->lemma)->text)), view_of("ي")))
        return "VERB"; /* يمكن, يبدو */
    return names[reading->pos];
}
