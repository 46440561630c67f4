/*
 * One reading per word, by rules that a grammarian can check: each reading has a cost, its rank to begin with, and every rule that the words around it call
 * adds or takes off some. Rules see the choice made for the word before and what the word after could be. The cheapest reading is taken.
 */
#include "morph/morph.h"

typedef struct {
    const marsad_lexicon *lexicon;
    const token *tokens;
    const morph_word *words;
    uint32_t count;
} sentence;

/* The word before, as far as rules ask for it. */
typedef struct {
    const morph_reading *reading; /* NULL at the beginning and after a mark or number */
    const token *token;
    bool is_start, is_number;
} before;

enum { NEVER = 12, HARDLY = 6, SELDOM = 3, RATHER = 2, LIKELY = 4, SURELY = 8 };

static bool is_definite(const morph_reading *reading)
{
    return (reading->clitics & (CLITIC_AL | CLITIC_PRON)) != 0 || reading->pos == POS_NAME;
}

static bool is_noun(const morph_reading *reading)
{
    return reading->pos == POS_NOUN || reading->pos == POS_ADJ || reading->pos == POS_NAME;
}

static bool has_preposition(const morph_reading *reading)
{
    return (reading->clitics & (CLITIC_BI | CLITIC_KA | CLITIC_LI)) != 0;
}

/* An adjective agrees with its noun: both definite or not, same gender; things in the plural count as feminine singular. */
static bool agrees(const morph_reading *noun, const morph_reading *adjective)
{
    if (((noun->clitics & CLITIC_AL) != 0 || (noun->clitics & CLITIC_PRON) != 0 || noun->pos == POS_NAME) != ((adjective->clitics & CLITIC_AL) != 0))
        return false;
    const unsigned fem = FEAT_FEM, plural = FEAT_PLUR;
    if ((noun->feats & plural) != 0)
        return (adjective->feats & plural) != 0 || (adjective->feats & fem) != 0;
    if ((noun->feats & FEAT_DUAL) != 0)
        return (adjective->feats & FEAT_DUAL) != 0;
    if ((adjective->feats & (plural | FEAT_DUAL)) != 0)
        return false;
    return (noun->feats & (FEAT_MASC | FEAT_FEM)) == 0 || (noun->feats & adjective->feats & (FEAT_MASC | FEAT_FEM)) != 0;
}

static bool is_aspect_verb(const marsad_lexicon *lexicon, const morph_reading *reading)
{
    const lex_lemma *lemma = lexicon_lemma(lexicon, reading->lemma);
    for (uint32_t i = 0; i < lemma->governor_count; i++)
        if (lexicon_governor(lexicon, lemma->first_governor + i)->effect == EFFECT_ASPECT)
            return true;
    return false;
}

/* What the grammar word before asks for. */
static int cost_after_grammar(const before *left, const morph_reading *now)
{
    const bool is_verb = now->pos == POS_VERB, is_present = is_verb && (now->feats & FEAT_PRES) != 0;
    switch (left->reading->pos) {
    case POS_PREP:
        if ((left->reading->clitics & CLITIC_PRON) != 0)
            return 0;
        return is_verb ? HARDLY : now->pos == POS_ADJ ? 1 : 0;
    case POS_QUANT:
        return is_verb ? HARDLY : 0;
    case POS_EXCEPT:
        return is_verb && (left->token->flags & TOKEN_HAMZA_OVER) == 0 ? HARDLY : 0; /* ألا is followed by a verb */
    case POS_DEM:
        return is_verb ? SELDOM : (now->clitics & CLITIC_AL) != 0 && now->pos == POS_NOUN ? -RATHER : 0;
    case POS_NEG:
    case POS_NEG_FUTURE:
        return is_present ? -LIKELY : is_verb ? -1 : 0;
    case POS_FUTURE:
        return is_present ? -SURELY : HARDLY;
    case POS_POSSIBLE:
        return is_verb ? -LIKELY : 0;
    case POS_REL:
        return is_verb ? -SELDOM : 0;
    case POS_SUB:
    case POS_COMP:
        if (left->token->flags & TOKEN_HAMZA_UNDER)
            return is_verb ? SELDOM : 0; /* إنّ is followed by a noun */
        return is_present ? -SELDOM : 0;
    default:
        return 0;
    }
}

static int cost_after_noun(const sentence *s, const before *left, const morph_reading *now)
{
    const morph_reading *noun = left->reading;
    switch (now->pos) {
    case POS_ADJ:
        return agrees(noun, now) ? -SELDOM : RATHER;
    case POS_NOUN:
        /* after what is definite, a bare indefinite noun is seldom; rather a verb (الطيران قصف) */
        if (is_definite(noun) && !is_definite(now) && now->clitics == 0 && (now->feats & FEAT_TANWIN) == 0)
            return RATHER;
        return 0;
    case POS_VERB:
        if (noun->pos == POS_NOUN && !is_definite(noun) && (noun->feats & FEAT_CONSTRUCT) != 0)
            return NEVER;
        if (is_definite(noun))
            return -1;
        return noun->clitics & (CLITIC_BI | CLITIC_LI | CLITIC_KA) ? SELDOM : 1;
    default:
        (void)s;
        return 0;
    }
}

static int cost_after(const sentence *s, const before *left, const morph_reading *now)
{
    if (left->is_number)
        return now->pos == POS_VERB && (now->clitics & CLITIC_WA) == 0 ? SELDOM : now->pos == POS_NOUN ? -1 : 0;
    if (left->reading == NULL)
        return now->pos == POS_ADJ && (now->clitics & CLITIC_AL) == 0 ? 1 : 0;
    if (left->reading->pos == POS_VERB) {
        if (now->pos != POS_VERB || (now->clitics & (CLITIC_WA | CLITIC_FA)) != 0)
            return now->pos == POS_ADJ ? 1 : 0;
        return is_aspect_verb(s->lexicon, left->reading) && (now->feats & FEAT_PRES) != 0 ? -RATHER : SELDOM;
    }
    if ((now->clitics & (CLITIC_WA | CLITIC_FA)) != 0)
        return 0;
    if (is_noun(left->reading))
        return cost_after_noun(s, left, now);
    return cost_after_grammar(left, now);
}

/* Could the word after be the subject of a verb: definite, a name, or a number? */
static bool could_be_subject(const sentence *s, uint32_t at)
{
    if (at >= s->count)
        return false;
    if (s->tokens[at].kind == TOKEN_NUMBER)
        return true;
    if (s->tokens[at].kind != TOKEN_WORD || s->words[at].reading_count == 0)
        return false;
    const morph_reading *next = &s->words[at].readings[0];
    return is_noun(next) && !has_preposition(next) && (next->clitics & (CLITIC_WA | CLITIC_FA)) == 0;
}

static int cost_at_start(const sentence *s, const before *left, uint32_t at, const morph_reading *now)
{
    const bool opens = left->is_start || (now->clitics & (CLITIC_WA | CLITIC_FA)) != 0;
    if (!opens || now->pos != POS_VERB)
        return 0;
    if (!could_be_subject(s, at + 1))
        return 0;
    for (uint8_t i = 0; i < s->words[at].reading_count; i++)
        if (s->words[at].readings[i].pos == POS_PREP && s->words[at].readings[i].clitics == now->clitics)
            return 0; /* مثل, قبل */
    return left->is_start ? -SELDOM : -RATHER;
}

/* Grammar words are what they look like; but كان is "was" far more often than "as if". */
static int cost_of_grammar(const sentence *s, uint32_t at, const morph_reading *now)
{
    if (now->pos < POS_PREP)
        return 0;
    for (uint8_t i = 0; now->pos == POS_SUB && i < s->words[at].reading_count; i++)
        if (s->words[at].readings[i].pos == POS_VERB && (s->words[at].readings[i].feats & FEAT_PAST) != 0 &&
            s->words[at].readings[i].clitics == now->clitics)
            return LIKELY;
    return -RATHER;
}

static int cost_of(const sentence *s, const before *left, uint32_t at, const morph_reading *now)
{
    int cost = 2 * (int)now->rank + cost_of_grammar(s, at, now) + cost_after(s, left, now) + cost_at_start(s, left, at, now);
    if (now->pos == POS_VERB && (now->feats & (FEAT_P1 | FEAT_P2)) != 0)
        cost += RATHER; /* the news speaks of others */
    return cost;
}

void morph_choose(const marsad_lexicon *lexicon, const token *tokens, const morph_word *words, uint32_t count, uint8_t *choice)
{
    const sentence s = {lexicon, tokens, words, count};
    before left = {.is_start = true};

    for (uint32_t i = 0; i < count; i++) {
        choice[i] = 0;
        if (tokens[i].kind != TOKEN_WORD || words[i].reading_count == 0) {
            left = (before){.is_start = tokens[i].kind != TOKEN_NUMBER, .is_number = tokens[i].kind == TOKEN_NUMBER};
            continue;
        }
        int best = cost_of(&s, &left, i, &words[i].readings[0]);
        for (uint8_t k = 1; k < words[i].reading_count; k++) {
            const int cost = cost_of(&s, &left, i, &words[i].readings[k]);
            if (cost < best) {
                best = cost;
                choice[i] = k;
            }
        }
        left = (before){.reading = &words[i].readings[choice[i]], .token = &tokens[i]};
    }
}
