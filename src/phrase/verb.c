/*
 * Unvowelled, قتل is "killed" or "killing". Where the reading by itself took the noun, the clause tells: it still wants a verb, and the noun before
 * cannot have this word as its genitive.
 */
#include "phrase/phrase.h"

static bool opens_clause(uint8_t pos)
{
    return pos == POS_SUB || pos == POS_COMP || pos == POS_REL || pos == POS_CONTRAST;
}

/* The reading of token `i` as a finite verb of the third person whose lemma matters to the reader, or -1. */
static int verb_reading(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    const morph_word *word = &s->words[i];
    for (uint8_t r = 0; r < word->reading_count; r++) {
        const morph_reading *reading = &word->readings[r];
        if (reading->pos != POS_VERB || (reading->feats & FEAT_P3) == 0 || (reading->feats & FEAT_IMP) != 0 || reading->lemma == 0)
            continue;
        const lex_lemma *lemma = lexicon_lemma(lexicon, reading->lemma);
        if (lemma->frame_count + lemma->governor_count + lemma->saying_count > 0)
            return r;
    }
    return -1;
}

/* The word before cannot be followed by a genitive: it is definite, a name, a mark, a time, or the sentence begins here. */
static bool stands_free(const sentence *s, uint32_t i)
{
    if (i == 0 || s->tokens[i - 1].kind == TOKEN_MARK || s->time_at[i - 1] >= 0)
        return true;
    if (s->tokens[i - 1].kind == TOKEN_NUMBER)
        return false;
    const morph_reading *before = sentence_reading(s, i - 1);
    if (before->pos == POS_PREP || before->pos == POS_QUANT || before->pos == POS_DEM)
        return false;
    if (before->pos == POS_NOUN || before->pos == POS_ADJ)
        return (before->clitics & (CLITIC_AL | CLITIC_PRON)) != 0 || (before->feats & FEAT_TANWIN) != 0 ||
               (s->tokens[i - 1].flags & TOKEN_TANWIN) != 0 || s->cover[i - 1] >= 0;
    return true;
}

/* What follows wants a noun before it: an adjective of its kind, or على and ل that a noun of action takes. */
static bool followed_as_noun(const sentence *s, uint32_t i)
{
    if (i + 1 >= s->count || s->tokens[i + 1].kind != TOKEN_WORD)
        return false;
    const morph_reading *after = sentence_reading(s, i + 1);
    bool same_case = (after->feats & FEAT_TANWIN) == (sentence_reading(s, i)->feats & FEAT_TANWIN); /* قصفا جويا, but قصف جويا: bombed from the air */
    bool adjective = after->pos == POS_ADJ && (after->clitics & (CLITIC_AL | CLITIC_WA)) == 0 && same_case;
    return adjective || view_equal(s->tokens[i + 1].form, view_of("علي"));
}

/* مواجهات ...، قتل فيها فلسطينيان: what happened in it, told by a verb right before في with a pronoun. */
static bool tells_of_before(const sentence *s, uint32_t i)
{
    if (i == 0 || i + 2 >= s->count || s->tokens[i + 1].kind != TOKEN_WORD || s->tokens[i + 2].kind != TOKEN_WORD)
        return false;
    const morph_reading *in = sentence_reading(s, i + 1);
    return in->pos == POS_PREP && (in->clitics & CLITIC_PRON) != 0 && view_starts(s->tokens[i + 1].form, view_of("في"));
}

/* وتابع أن ...: a word of saying that opens the sentence, right before what is said. The verb reading, or -1. */
static int saying_verb(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    if (i > 0 || s->count < 3 || sentence_reading(s, i)->pos == POS_POSSIBLE ||
        (sentence_reading(s, 1)->pos != POS_COMP && !token_is_mark(s, 1, ":") && !token_is_mark(s, 1, "«")))
        return -1;
    for (uint8_t r = 0; r < s->words[i].reading_count; r++) {
        const morph_reading *reading = &s->words[i].readings[r];
        if (reading->pos == POS_VERB && (reading->feats & FEAT_P3) != 0 && lexicon_lemma(lexicon, reading->lemma)->saying_count > 0)
            return r;
    }
    return -1;
}

/* إن جنديين قتلا: after a dual the word in -ا is what the two did or suffered. */
static bool agrees_in_dual(const sentence *s, uint32_t i, int verb)
{
    if (verb < 0 || i == 0 || (s->words[i].readings[verb].feats & FEAT_DUAL) == 0)
        return false;
    const morph_reading *before = sentence_reading(s, i - 1);
    return (before->pos == POS_NOUN || before->pos == POS_ADJ || before->pos == POS_NAME) && (before->feats & FEAT_DUAL) != 0;
}

/* After a saying verb that takes a noun of action (أكد مصدر ... تعرض مواقع لقصف) the next such word is the noun. The noun reading, or -1. */
static int noun_reading(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    const morph_word *word = &s->words[i];
    for (uint8_t r = 0; r < word->reading_count; r++) {
        const morph_reading *reading = &word->readings[r];
        const lex_lemma *lemma = lexicon_lemma(lexicon, reading->lemma);
        if (reading->pos == POS_NOUN && reading->lemma != 0 && reading->clitics == 0 && lemma->frame_count + lemma->governor_count > 0)
            return r;
    }
    return -1;
}

static bool takes_noun_of_action(const marsad_lexicon *lexicon, uint32_t lemma_index)
{
    const lex_lemma *lemma = lexicon_lemma(lexicon, lemma_index);
    for (uint8_t i = 0; lemma_index != 0 && i < lemma->saying_count; i++)
        if ((lexicon_saying(lexicon, lemma->first_saying + i)->content & CONTENT_OBJ) != 0)
            return true;
    return false;
}

/* هجوم شنه مسلحون: a verb with its object pronoun describes the indefinite noun before it. */
static bool describes_before(const sentence *s, const marsad_lexicon *lexicon, uint32_t i, int verb)
{
    if (verb < 0 || i == 0 || (s->words[i].readings[verb].clitics & CLITIC_PRON) == 0)
        return false;
    const morph_reading *before = sentence_reading(s, i - 1);
    const lex_lemma *noun = lexicon_lemma(lexicon, before->lemma);
    bool indefinite = (before->pos == POS_NOUN || before->pos == POS_ADJ) && (before->clitics & (CLITIC_AL | CLITIC_PRON)) == 0;
    return indefinite && before->lemma != 0 && (before->pos == POS_ADJ || noun->frame_count > 0 || noun->classes[0] != CLASS_NONE);
}

/* Whether the word that named an event last was a verb: then a conjoined word that could be one is one (قُتل خمسة وجرح عشرة, but مقتل وجرح). */
static bool follows_verb(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    while (i-- > 0) {
        const morph_reading *r = sentence_reading(s, i);
        if (r->lemma == 0 || lexicon_lemma(lexicon, r->lemma)->frame_count == 0)
            continue;
        return r->pos == POS_VERB;
    }
    return false;
}

static bool has_rows(const marsad_lexicon *lexicon, uint32_t lemma_index)
{
    const lex_lemma *lemma = lexicon_lemma(lexicon, lemma_index);
    return lemma_index != 0 && lemma->frame_count + lemma->governor_count + lemma->saying_count > 0;
}

/* وبدأ is و + بدأ, not a form of a rare verb: of two verbs the one that our own tables know. */
static void prefer_known_verb(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    if (has_rows(lexicon, sentence_reading(s, i)->lemma))
        return;
    const morph_reading *chosen = sentence_reading(s, i);
    for (uint8_t r = 0; r < s->words[i].reading_count; r++) {
        const morph_reading *other = &s->words[i].readings[r];
        bool as_likely = other->rank <= chosen->rank || ((other->clitics & CLITIC_WA) != 0 && (chosen->clitics & CLITIC_WA) == 0);
        if (other->pos == POS_VERB && as_likely && has_rows(lexicon, other->lemma)) {
            s->choice[i] = r;
            return;
        }
    }
}

/* فإن, وأن are joints, whatever else is spelled so. */
static void prefer_joint(const sentence *s, uint32_t i)
{
    for (uint8_t r = 0; r < s->words[i].reading_count; r++)
        if (s->words[i].readings[r].pos == POS_COMP && (s->words[i].readings[r].clitics & (CLITIC_WA | CLITIC_FA)) != 0)
            s->choice[i] = r;
}

/* ...، ما أدى إلى، ما يرفع: after a comma and before a verb ما takes up what was said; but ما زال. */
static void prefer_relative(const sentence *s, const marsad_lexicon *lexicon, uint32_t i)
{
    if (i == 0 || i + 1 >= s->count || !token_is_mark(s, i - 1, "،") || !view_equal(s->tokens[i].form, view_of("ما")))
        return;
    const morph_reading *next = sentence_reading(s, i + 1);
    const char *lemma = lexicon_string(lexicon, lexicon_lemma(lexicon, next->lemma)->text);
    bool goes_on = strcmp(lemma, "زال") == 0 || strcmp(lemma, "دام") == 0;
    for (uint8_t r = 0; next->pos == POS_VERB && !goes_on && r < s->words[i].reading_count; r++)
        if (s->words[i].readings[r].pos == POS_REL)
            s->choice[i] = r;
}

void phrase_verbs(const sentence *s, const marsad_lexicon *lexicon)
{
    bool wants_verb = true, wants_noun = false;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->tokens[i].kind == TOKEN_MARK) {
            wants_verb = wants_verb || token_is_mark(s, i, ":") || token_is_mark(s, i, "؛") || token_is_mark(s, i, ".");
            continue;
        }
        prefer_relative(s, lexicon, i);
        int says = saying_verb(s, lexicon, i);
        if (says >= 0)
            s->choice[i] = (uint8_t)says;
        const morph_reading *chosen = sentence_reading(s, i);
        if (chosen->pos == POS_NOUN && s->tokens[i].kind == TOKEN_WORD) {
            prefer_joint(s, i);
            chosen = sentence_reading(s, i);
        }
        if (opens_clause(chosen->pos)) {
            wants_verb = true;
            wants_noun = false;
        }
        if (s->cover[i] >= 0 || s->time_at[i] >= 0)
            continue;
        if (chosen->pos == POS_VERB) {
            int noun = wants_noun && (chosen->clitics & (CLITIC_WA | CLITIC_FA | CLITIC_PRON)) == 0 ? noun_reading(s, lexicon, i) : -1;
            if (noun >= 0) {
                s->choice[i] = (uint8_t)noun;
                wants_noun = false;
                continue;
            }
            prefer_known_verb(s, lexicon, i);
            chosen = sentence_reading(s, i);
            wants_verb = false;
            wants_noun = takes_noun_of_action(lexicon, chosen->lemma);
        }
        bool conjoined = i > 0 && (chosen->clitics & (CLITIC_WA | CLITIC_FA)) != 0; /* وقتل في الاشتباكات ...: at the head it joins nothing here */
        bool bare = (chosen->clitics & (CLITIC_AL | CLITIC_BI | CLITIC_LI | CLITIC_KA)) == 0;
        if (chosen->pos != POS_NOUN || !bare || (s->tokens[i].flags & TOKEN_TANWIN) != 0)
            continue;
        int verb = verb_reading(s, lexicon, i);
        if (agrees_in_dual(s, i, verb)) {
            s->choice[i] = (uint8_t)verb;
            wants_verb = false;
            continue;
        }
        bool free = wants_verb && !conjoined && stands_free(s, i) && !followed_as_noun(s, i);
        bool goes_on = conjoined && !wants_verb && follows_verb(s, lexicon, i) && !followed_as_noun(s, i);
        if (verb < 0 || (!free && !goes_on && !describes_before(s, lexicon, i, verb) && !tells_of_before(s, i)))
            continue;
        s->choice[i] = (uint8_t)verb;
        wants_verb = false;
    }
}
