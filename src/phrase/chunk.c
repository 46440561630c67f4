/* Words to chunks: noun phrases with their preposition, verbs, joints, times and marks. */
#include "phrase/chunker.h"

/* (شمال البلاد): a parenthesis that says where is read like the rest. */
static bool tells_where(const chunker *c, uint32_t i)
{
    const name_hit *direction = sentence_hit(c->s, ENTRY_DIRECTION, i);
    return direction != NULL && direction->last > i && (direction->clitics & CLITIC_AL) == 0 && chunker_reading(c, i)->pos != POS_PREP;
}

static uint32_t take_parenthesis(const chunker *c, uint32_t i)
{
    if (!token_is_mark(c->s, i, "(") || tells_where(c, i + 1))
        return i;
    for (uint32_t j = i + 1; j < c->s->count && j <= i + 8; j++)
        if (token_is_mark(c->s, j, ")"))
            return j + 1;
    return i;
}

static uint8_t joint_type(uint8_t pos)
{
    switch (pos) {
    case POS_COMP:
        return CHUNK_COMP;
    case POS_REL:
        return CHUNK_REL;
    case POS_SUB:
    case POS_CONTRAST:
        return CHUNK_SUB;
    case POS_NEG:
    case POS_NEG_FUTURE:
        return CHUNK_NEG;
    case POS_FUTURE:
        return CHUNK_FUTURE;
    case POS_POSSIBLE:
        return CHUNK_POSSIBLE;
    case POS_PRON:
        return CHUNK_PRONOUN;
    default:
        return CHUNK_OTHER;
    }
}

static uint8_t slot_of_lemma(const marsad_lexicon *lexicon, uint32_t lemma)
{
    static const char *const names[] = {
#define SLOT(constant, name) name,
#include "lexicon/slots.def"
#undef SLOT
    };
    const char *text = lexicon_string(lexicon, lexicon_lemma(lexicon, lemma)->text);
    for (int i = SLOT_ANY + 1; i < SLOT_COUNT; i++)
        if (strcmp(names[i], text) == 0)
            return (uint8_t)i;
    return SLOT_NONE;
}

/* A preposition waits for its noun; one with a pronoun is a chunk of its own. */
static void take_preposition(chunker *c, uint32_t i, uint32_t last, uint32_t lemma, uint8_t slot, uint8_t clitics)
{
    if ((clitics & CLITIC_PRON) != 0) {
        phrase_chunk *k = chunker_add(c, CHUNK_PRONOUN, i, last);
        if (k != NULL) {
            k->slot = slot;
            k->prep = lemma;
        }
        chunker_forget_preposition(c);
        return;
    }
    if (c->prep == 0)
        c->prep_first = i;
    c->prep = lemma;
    c->slot = slot;
    c->prep_conjoined = (clitics & CONJUNCTIONS) != 0;
    c->at = last;
}

/* في على من إلى say where by themselves; their sense depends on the event. */
static bool is_plain_preposition(const chunker *c, const name_hit *hit)
{
    const morph_reading *r = chunker_reading(c, hit->first);
    if (r->pos != POS_PREP || hit->last > hit->first + 1)
        return false;
    uint8_t slot = slot_of_lemma(c->lexicon, r->lemma);
    return (r->clitics & CLITIC_PRON) != 0 ||
           (slot != SLOT_NONE && slot != SLOT_HAWL && slot != SLOT_BITTIJAH && slot != SLOT_NAHW && slot != SLOT_DAKHIL);
}

/* A direction word before a place: شمال حلب، قرب المطار. True if it was one. */
static bool take_direction(chunker *c, uint32_t i)
{
    const name_hit *hit = sentence_hit(c->s, ENTRY_DIRECTION, i);
    if (hit == NULL || (hit->clitics & CLITIC_AL) != 0 || c->s->cover[i] >= 0 || is_plain_preposition(c, hit))
        return false;
    if (!chunker_is_nominal(c, hit->last) || (chunker_clitics(c, hit->last) & CONJUNCTIONS) != 0 || c->s->time_at[hit->last] >= 0)
        return false;
    const lex_direction *direction = lexicon_direction(c->lexicon, hit_row(hit, 0));
    if (c->prep == 0 && !c->has_direction)
        c->prep_first = i;
    if (chunker_clitic_slot(hit->clitics) != SLOT_NONE && c->slot == SLOT_NONE)
        c->slot = chunker_clitic_slot(hit->clitics);
    c->prep_conjoined = c->prep_conjoined || (hit->clitics & CONJUNCTIONS) != 0;
    c->has_direction = true;
    c->direction = direction->relation;
    c->at = hit->last;
    return true;
}

/* A grammar word of several words. True if one begins here. */
static bool take_fixed_word(chunker *c, uint32_t i)
{
    const name_hit *hit = sentence_hit(c->s, ENTRY_WORD, i);
    if (hit == NULL || c->s->cover[i] >= 0)
        return false;
    const lex_word *word = lexicon_word(c->lexicon, hit_row(hit, 0));
    if (word->pos == POS_PREP) {
        uint8_t clitics = hit->clitics;
        take_preposition(c, i, hit->last, word->lemma, word->slot, clitics);
        return true;
    }
    uint8_t type = joint_type(word->pos);
    if (type == CHUNK_OTHER && word->pos != POS_ADV && word->pos != POS_PART && word->pos != POS_EXCEPT && word->pos != POS_COORD)
        return false;
    phrase_chunk *k = chunker_add(c, type, i, hit->last);
    if (k != NULL) {
        k->conjoined = (hit->clitics & CONJUNCTIONS) != 0;
        k->lemma = word->lemma;
    }
    chunker_forget_preposition(c);
    return true;
}

static void take_mark(chunker *c, uint32_t i)
{
    uint32_t after = take_parenthesis(c, i);
    if (after > i) {
        chunker_add(c, CHUNK_OTHER, i, after);
        return;
    }
    if (token_is_mark(c->s, i, "«")) {
        uint32_t name = chunker_quoted_name(c, i);
        if (name > i && chunker_is_nominal(c, i + 1)) { /* a quoted name: read it as a phrase */
            phrase_chunk *k = chunker_read_noun(c, i + 1);
            if (k != NULL) {
                k->last = k->last < name ? name : k->last;
                k->definite = true;
                chunker_link_noun(c, k);
                for (uint32_t t = i; t < k->last; t++)
                    c->p->chunk_at[t] = (int32_t)(k - c->p->chunks);
                c->at = k->last;
            }
            return;
        }
        c->quote_depth = 1;
    } else if (token_is_mark(c->s, i, "»")) {
        c->quote_depth = 0;
    }
    chunker_add(c, CHUNK_MARK, i, i + 1);
    if (!token_is_mark(c->s, i, "«") && !token_is_mark(c->s, i, "»"))
        chunker_forget_preposition(c);
}

static void take_word(chunker *c, uint32_t i)
{
    const morph_reading *r = chunker_reading(c, i);
    if (chunker_name(c, i) < 0 && c->s->quantity_at[i] < 0 && (take_fixed_word(c, i) || take_direction(c, i)))
        return;
    if (chunker_is_nominal(c, i) || c->s->quantity_at[i] >= 0 ||
        (r->pos == POS_DEM && chunker_is_nominal(c, i + 1) && (chunker_clitics(c, i + 1) & CLITIC_AL) != 0)) {
        phrase_chunk *k = chunker_read_noun(c, i);
        if (k != NULL)
            chunker_link_noun(c, k);
        return;
    }
    bool joins = r->pos == POS_COORD && i + 1 < c->s->count &&
                 ((chunker_form_is(c, i, "و") && c->s->quantity_at[i + 1] >= 0) || (chunker_form_is(c, i, "او") && chunker_is_nominal(c, i + 1)));
    if (joins) { /* و10 مدنيين، داعش أو النصرة */
        c->prep_conjoined = true;
        c->at = i + 1;
        return;
    }
    if (r->pos == POS_PREP) {
        take_preposition(c, i, i + 1, r->lemma, slot_of_lemma(c->lexicon, r->lemma), r->clitics);
        return;
    }
    phrase_chunk *k = chunker_add(c, r->pos == POS_VERB ? CHUNK_VERB : joint_type(r->pos), i, i + 1);
    if (k != NULL) {
        k->lemma = r->lemma;
        k->conjoined = (r->clitics & CONJUNCTIONS) != 0;
        k->has_pronoun = (r->clitics & CLITIC_PRON) != 0;
        if (k->type == CHUNK_COMP && (r->clitics & CLITIC_BI) != 0)
            k->slot = SLOT_BI;
    }
    if (c->prep != 0 && k != NULL && k->type == CHUNK_COMP)
        k->prep = c->prep; /* بعد أن، قبل أن */
    chunker_forget_preposition(c);
}

bool phrase_chunks(phrases *p, arena *a, const sentence *s, const marsad_lexicon *lexicon)
{
    chunker c = {.p = p, .a = a, .s = s, .lexicon = lexicon};
    p->chunk_at = arena_alloc(a, (s->count + 1) * sizeof *p->chunk_at);
    if (p->chunk_at == NULL)
        return false;
    memset(p->chunk_at, 0xFF, (s->count + 1) * sizeof *p->chunk_at);
    while (c.at < s->count && !c.failed) {
        uint32_t i = c.at;
        if (s->time_at[i] >= 0) {
            phrase_chunk *k = chunker_add(&c, CHUNK_TIME, i, s->times[s->time_at[i]].last);
            if (k != NULL)
                k->prep = c.prep;
            chunker_forget_preposition(&c);
        } else if (s->tokens[i].kind == TOKEN_MARK && s->quantity_at[i] < 0) { /* «15» is a number */
            take_mark(&c, i);
        } else {
            take_word(&c, i);
        }
        if (c.at == i) /* a number that is no quantity */
            chunker_add(&c, CHUNK_OTHER, i, i + 1);
    }
    return !c.failed;
}
