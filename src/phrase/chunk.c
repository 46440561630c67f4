/* Words to chunks: noun phrases with their preposition, quantity and adjectives; verbs; joints. */
#include "phrase/phrase.h"

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

static const morph_reading *reading_at(const chunker *c, uint32_t i)
{
    return sentence_reading(c->s, i);
}

static bool is_word(const chunker *c, uint32_t i)
{
    return i < c->s->count && c->s->tokens[i].kind == TOKEN_WORD;
}

/* The name of several words, or of one word that is no usual word, that begins at token `i`; else -1. */
static int32_t name_at(const chunker *c, uint32_t i)
{
    if (i >= c->s->count)
        return -1;
    int32_t hit = c->s->cover[i];
    return hit >= 0 && c->s->hits[hit].first == i ? hit : -1;
}

static bool is_nominal(const chunker *c, uint32_t i)
{
    if (!is_word(c, i) || c->s->time_at[i] >= 0)
        return false;
    if (name_at(c, i) >= 0)
        return true;
    uint8_t pos = reading_at(c, i)->pos;
    return pos == POS_NOUN || pos == POS_ADJ || pos == POS_NAME || pos == POS_QUANT;
}

static uint8_t clitics_at(const chunker *c, uint32_t i)
{
    int32_t name = name_at(c, i);
    return name >= 0 ? c->s->hits[name].clitics : reading_at(c, i)->clitics;
}

enum { CONJUNCTIONS = CLITIC_WA | CLITIC_FA, PREPOSITIONS = CLITIC_BI | CLITIC_LI | CLITIC_KA };

static uint8_t clitic_slot(uint8_t clitics)
{
    if (clitics & CLITIC_BI)
        return SLOT_BI;
    if (clitics & CLITIC_LI)
        return SLOT_LI;
    return clitics & CLITIC_KA ? SLOT_KA : SLOT_NONE;
}

static phrase_chunk *chunk_add(chunker *c, chunk_type type, uint32_t first, uint32_t last)
{
    phrases *p = c->p;
    if (!ARENA_GROW(c->a, p->chunks, p->count, p->room)) {
        c->failed = true;
        return NULL;
    }
    phrase_chunk *k = &p->chunks[p->count];
    *k = (phrase_chunk){.type = (uint8_t)type,
                        .first = first,
                        .last = last,
                        .head = first,
                        .prep_first = first,
                        .quantity = -1,
                        .name = -1,
                        .gen = -1,
                        .of = -1,
                        .with = -1,
                        .apposed = -1,
                        .segment = -1,
                        .in_quotes = c->quote_depth > 0};
    for (uint32_t i = first; i < last; i++)
        p->chunk_at[i] = (int32_t)p->count;
    p->count++;
    c->at = last;
    return k;
}

static void forget_preposition(chunker *c)
{
    c->slot = SLOT_NONE;
    c->prep = 0;
    c->has_direction = false;
    c->direction = MARSAD_IN;
    c->prep_conjoined = false;
}

static bool form_is(const chunker *c, uint32_t i, const char *form)
{
    return is_word(c, i) && view_equal(c->s->tokens[i].form, view_of(form));
}

/* --- noun phrases ------------------------------------------------------------------------------------------------------ */

/* Words before the head that only say how much or which: بعض، كل، المزيد من، هذه. Returns the token after. */
static uint32_t skip_determiners(chunker *c, uint32_t i, phrase_chunk *k)
{
    for (;;) {
        uint32_t before = i;
        if (i < c->s->count && c->s->quantity_at[i] >= 0 && k->quantity < 0) {
            const quantity *q = &c->s->quantities[c->s->quantity_at[i]];
            if (q->first == i && !q->ordinal) {
                k->quantity = c->s->quantity_at[i];
                i = q->last;
                if (form_is(c, i, "من") && is_nominal(c, i + 1))
                    i++;
            }
        }
        const morph_reading *r = reading_at(c, i);
        bool inner = i == k->first || (r->clitics & (CONJUNCTIONS | PREPOSITIONS)) == 0;
        if (is_word(c, i) && inner && name_at(c, i) < 0) {
            bool part = r->pos == POS_NOUN && lemma_is(lexicon_lemma(c->lexicon, r->lemma), CLASS_PART) && (r->clitics & CLITIC_PRON) == 0;
            if (r->pos == POS_DEM && is_nominal(c, i + 1) && (clitics_at(c, i + 1) & CLITIC_AL) != 0) {
                k->is_demonstrative = true;
                i++;
            } else if ((r->pos == POS_QUANT || part) && (r->clitics & CLITIC_PRON) == 0) {
                if (form_is(c, i + 1, "من") && is_nominal(c, i + 2))
                    i += 2;
                else if (is_nominal(c, i + 1) && (clitics_at(c, i + 1) & (CONJUNCTIONS | PREPOSITIONS)) == 0)
                    i++;
            }
        }
        if (i == before)
            return i;
    }
}

/* An attached pronoun; a final ي is the ending of a dual or plural before a genitive (محافظتي مأرب وتعز), not "my": news does not speak so. */
static bool has_pronoun(const chunker *c, uint32_t i)
{
    const morph_reading *r = reading_at(c, i);
    return (r->clitics & CLITIC_PRON) != 0 && !(r->suffix_len == 2 && view_ends(c->s->tokens[i].form, view_of("ي")));
}

static bool is_definite(const chunker *c, const phrase_chunk *k)
{
    if (k->name >= 0)
        return true;
    const morph_reading *r = reading_at(c, k->head);
    return (r->clitics & CLITIC_AL) != 0 || has_pronoun(c, k->head) || r->pos == POS_NAME;
}

/* A word that can be an adjective, between a definite noun and الذي: الهجمات الدائرة التي. */
static bool describes_before_relative(const chunker *c, uint32_t i)
{
    if (!is_word(c, i + 1) || reading_at(c, i + 1)->pos != POS_REL)
        return false;
    for (uint8_t r = 0; r < c->s->words[i].reading_count; r++)
        if (c->s->words[i].readings[r].pos == POS_ADJ)
            return true;
    return false;
}

/* Adjectives after the head, of the same definiteness. Returns the token after them. */
static uint32_t take_adjectives(const chunker *c, uint32_t i, bool definite, bool of_people, bool any)
{
    while (is_word(c, i) && c->s->time_at[i] < 0 && c->s->quantity_at[i] < 0) {
        const morph_reading *r = reading_at(c, i);
        bool demonym = sentence_hit(c->s, ENTRY_DEMONYM, i) != NULL;
        bool covered = c->s->cover[i] >= 0 && c->s->hits[c->s->cover[i]].last > c->s->hits[c->s->cover[i]].first + 1;
        bool adjective = r->pos == POS_ADJ || describes_before_relative(c, i);
        if (covered || (!demonym && (!adjective || c->s->cover[i] >= 0)))
            break;
        uint8_t clitics = demonym ? sentence_hit(c->s, ENTRY_DEMONYM, i)->clitics : r->clitics;
        if ((clitics & PREPOSITIONS) != 0 || ((clitics & CONJUNCTIONS) != 0 && !any))
            break;
        if (((clitics & CLITIC_AL) != 0) != definite)
            break;
        bool people =
            view_ends(c->s->tokens[i].form, view_of("ون")) || (view_ends(c->s->tokens[i].form, view_of("ين")) && (r->feats & FEAT_PLUR) != 0);
        if (people && !of_people)
            break; /* الأمم المتحدة | الحوثيين */
        any = true;
        i++;
    }
    return i;
}

/* A short quotation inside a phrase is part of it (حركة «أنصار الله»). Returns the token after the closing mark, or `i`. */
static uint32_t take_quoted_name(const chunker *c, uint32_t i)
{
    if (!token_is_mark(c->s, i, "«"))
        return i;
    for (uint32_t j = i + 1; j < c->s->count && j <= i + 5; j++) {
        if (token_is_mark(c->s, j, "»"))
            return j > i + 1 ? j + 1 : i;
        if (c->s->tokens[j].kind == TOKEN_MARK || reading_at(c, j)->pos == POS_VERB || reading_at(c, j)->pos == POS_COMP)
            return i;
    }
    return i;
}

/* (شمال البلاد): a parenthesis that says where is read like the rest. */
static bool tells_where(const chunker *c, uint32_t i)
{
    const name_hit *direction = sentence_hit(c->s, ENTRY_DIRECTION, i);
    return direction != NULL && direction->last > i && (direction->clitics & CLITIC_AL) == 0 && reading_at(c, i)->pos != POS_PREP;
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

/* The chosen lemma of a word; before the name of a place, that of a reading which is a noun of a place (ريفي حلب). */
static uint32_t place_lemma(const chunker *c, uint32_t i)
{
    const morph_word *word = &c->s->words[i];
    if (i + 1 < c->s->count && c->s->cover[i + 1] >= 0 && c->s->hits[c->s->cover[i + 1]].type == HIT_PLACE)
        for (uint8_t r = 0; r < word->reading_count; r++) {
            const lex_lemma *lemma = lexicon_lemma(c->lexicon, word->readings[r].lemma);
            for (int k = 0; word->readings[r].lemma != 0 && k < 4; k++)
                if (lemma->classes[k] >= CLASS_PLACE_COUNTRY && lemma->classes[k] <= CLASS_PLACE_BORDER)
                    return word->readings[r].lemma;
        }
    return reading_at(c, i)->lemma;
}

/* The head's lemma; a noun of several words (عبوة ناسفة) is one. */
static void take_head_lemma(const chunker *c, phrase_chunk *k)
{
    const name_hit *noun = sentence_hit(c->s, ENTRY_NOUN, k->head);
    k->lemma = place_lemma(c, k->head);
    if (noun == NULL || noun->last < k->head + 2)
        return;
    k->lemma = hit_row(noun, 0);
    k->last = noun->last;
}

/* A number that names and does not count: nothing countable follows it. */
static bool is_designation(const chunker *c, uint32_t i)
{
    if (i >= c->s->count || c->s->tokens[i].kind != TOKEN_NUMBER || c->s->time_at[i] >= 0 || c->s->quantity_at[i] < 0)
        return false;
    const quantity *q = &c->s->quantities[c->s->quantity_at[i]];
    return q->first == i && q->last == i + 1 && (!is_nominal(c, i + 1) || (clitics_at(c, i + 1) & (CONJUNCTIONS | PREPOSITIONS | CLITIC_AL)) != 0);
}

/* Read one noun phrase (without genitive) that begins at token `i`. */
static phrase_chunk *read_noun(chunker *c, uint32_t i)
{
    bool conjoined = (clitics_at(c, i) & CONJUNCTIONS) != 0 || c->prep_conjoined;
    uint8_t slot = c->slot != SLOT_NONE ? c->slot : clitic_slot(clitics_at(c, i));
    if (c->s->quantity_at[i] >= 0) {
        const name_hit *number = sentence_hit(c->s, ENTRY_NUMBER, i), *bound = sentence_hit(c->s, ENTRY_BOUND, i);
        uint8_t clitics = number != NULL ? number->clitics : bound != NULL ? bound->clitics : 0;
        conjoined = conjoined || (clitics & CONJUNCTIONS) != 0;
        if (c->slot == SLOT_NONE)
            slot = clitic_slot(clitics);
    }
    phrase_chunk *k = chunk_add(c, CHUNK_NOUN, i, i + 1);
    if (k == NULL)
        return NULL;
    k->conjoined = conjoined;
    k->slot = slot;
    k->prep = c->prep;
    k->direction = c->direction;
    k->has_direction = c->has_direction;
    k->prep_first = c->prep != 0 || c->has_direction ? c->prep_first : i;
    forget_preposition(c);

    uint32_t head = skip_determiners(c, i, k);
    bool has_noun = head == i || (is_nominal(c, head) && (clitics_at(c, head) & (CONJUNCTIONS | PREPOSITIONS)) == 0);
    if (!has_noun) {
        k->head = head - 1; /* a bare number: قتل 18 */
        k->last = head;
    } else {
        k->head = head;
        k->name = name_at(c, head);
        k->last = k->name >= 0 ? c->s->hits[k->name].last : head + 1;
        if (k->name < 0)
            take_head_lemma(c, k);
        k->has_pronoun = k->name < 0 && has_pronoun(c, head);
        k->definite = is_definite(c, k);
        /* a name of several unknown words is one phrase, also with points between: آر.تي.إل */
        while (k->name < 0 && reading_at(c, head)->pos == POS_NAME && is_word(c, k->last) && reading_at(c, k->last)->pos == POS_NAME &&
               reading_at(c, k->last)->clitics == 0 && name_at(c, k->last) < 0 && c->s->time_at[k->last] < 0)
            k->last++;
        while (k->name < 0 && token_is_mark(c->s, k->last, ".") && is_word(c, k->last + 1) && (c->s->tokens[k->last].flags & TOKEN_GLUED) != 0 &&
               (c->s->tokens[k->last + 1].flags & TOKEN_GLUED) != 0 && reading_at(c, k->last + 1)->pos != POS_VERB)
            k->last += 2;
        bool of_people = k->name < 0 && (reading_at(c, head)->feats & (FEAT_PLUR | FEAT_DUAL)) != 0;
        uint32_t after = take_adjectives(c, k->last, k->definite, of_people || sentence_hit(c->s, ENTRY_DEMONYM, head) != NULL, k->last > head + 1);
        if (after == k->last && k->name < 0 && !k->definite)
            after = take_quoted_name(c, k->last);
        k->last = after;
        if (k->definite && k->quantity < 0 && is_designation(c, k->last)) /* اللواء 47 */
            k->last++;
        if (k->quantity < 0 && k->last < c->s->count && c->s->quantity_at[k->last] >= 0 && c->s->tokens[k->last].kind == TOKEN_WORD) {
            const quantity *q = &c->s->quantities[c->s->quantity_at[k->last]];
            const morph_reading *r = reading_at(c, head);
            if (q->first == k->last && q->value == 1 && !q->ordinal && (r->pos == POS_NOUN)) { /* صاروخ واحد */
                k->quantity = c->s->quantity_at[k->last];
                k->last = q->last;
            }
        }
    }
    for (uint32_t t = i; t < k->last; t++)
        c->p->chunk_at[t] = (int32_t)(k - c->p->chunks);
    c->at = k->last;
    return k;
}

/* --- links between noun phrases ---------------------------------------------------------------------------------------- */

/* Whether a noun phrase that directly follows `before` is its genitive. */
static bool takes_genitive(const chunker *c, const phrase_chunk *before)
{
    if (before->name >= 0) { /* names are complete, save bodies such as وزارة and metonyms */
        return false;
    }
    const morph_reading *r = reading_at(c, before->head);
    if (before->definite || (r->feats & FEAT_TANWIN) != 0 || (c->s->tokens[before->head].flags & TOKEN_TANWIN) != 0)
        return false;
    if (before->lemma == 0 && before->quantity >= 0)
        return false;
    view form = c->s->tokens[before->head].form;
    bool plural = (r->feats & (FEAT_DUAL | FEAT_PLUR)) != 0 && (view_ends(form, view_of("ون")) || view_ends(form, view_of("ين")));
    bool dual = (r->feats & FEAT_DUAL) != 0 && view_ends(form, view_of("ان"));
    bool full = (plural || dual) && (r->feats & FEAT_CONSTRUCT) == 0;
    bool sound = full && r->rank > 0;
    return before->last == before->head + 1 && !sound;
}

static bool is_title(const chunker *c, const phrase_chunk *k)
{
    return sentence_hit(c->s, ENTRY_TITLE, k->head) != NULL;
}

static bool is_person_name(const chunker *c, const phrase_chunk *k)
{
    if (k->name >= 0) {
        const name_hit *hit = &c->s->hits[k->name];
        return hit->type == ENTRY_ACTOR && lexicon_actor(c->lexicon, hit_row(hit, 0))->kind == ACTOR_PERSON;
    }
    return reading_at(c, k->head)->pos == POS_NAME || is_title(c, k);
}

static bool heads_apposition(const chunker *c, const phrase_chunk *k)
{
    static const noun_class classes[] = {CLASS_OFFICE, CLASS_FIGHTER, CLASS_PERSON, CLASS_KIN, CLASS_CIVILIAN};
    const lex_lemma *lemma = lexicon_lemma(c->lexicon, k->lemma);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (lemma_is(lemma, classes[i]))
            return true;
    return is_title(c, k) || is_person_name(c, k);
}

/* The person or office that a name after `top` belongs to, also over what completes it: الأمين العام لحزب الله حسن نصر الله. -1 if none. */
static int32_t office_before(const chunker *c, int32_t top)
{
    const phrases *p = c->p;
    for (int steps = 0; top >= 0 && steps < 3; steps++) {
        const phrase_chunk *k = &p->chunks[top];
        if (k->apposed >= 0 || heads_apposition(c, k))
            return k->apposed >= 0 ? k->apposed : top;
        bool completes = k->slot == SLOT_LI || k->slot == SLOT_FI || k->slot == SLOT_BI;
        if (!completes || top == 0 || p->chunks[top - 1].type != CHUNK_NOUN)
            return -1;
        top = chunk_top(p, top - 1);
    }
    return -1;
}

static noun_class first_class(const chunker *c, const phrase_chunk *k)
{
    return k->lemma != 0 ? (noun_class)lexicon_lemma(c->lexicon, k->lemma)->classes[0] : CLASS_NONE;
}

/* Which phrase a conjoined one goes with: the nearest, or the one that the nearest completes if they are of a kind (بيانات للتحالف ومصادر عسكرية). */
static int32_t conjunct_of(const chunker *c, const phrase_chunk *k, int32_t top)
{
    const phrases *p = c->p;
    const phrase_chunk *nearest = &p->chunks[top];
    noun_class kind = first_class(c, k);
    if (kind == CLASS_NONE || clitic_slot(clitics_at(c, k->head)) != SLOT_NONE || k->prep != 0 || first_class(c, nearest) == kind)
        return top;
    if (top == 0 || nearest->slot == SLOT_NONE || p->chunks[top - 1].type != CHUNK_NOUN)
        return top;
    int32_t host = chunk_top(p, top - 1);
    return first_class(c, &p->chunks[host]) == kind ? host : top;
}

/* «بين X من طرف، وY من طرف آخر»: the second side stands after a comma. */
static void link_second_side(const chunker *c, phrase_chunk *k, int32_t self)
{
    for (int32_t b = self - 1; b >= 0 && b >= self - 14; b--) {
        const phrase_chunk *before = &c->p->chunks[b];
        if (before->type == CHUNK_VERB || before->type == CHUNK_COMP || before->type == CHUNK_SUB)
            return;
        if (before->type == CHUNK_NOUN && before->slot == SLOT_BAYN && before->with < 0) {
            k->with = b;
            return;
        }
    }
}

enum { LONGEST_CHAIN = 8 }; /* genitives in a row: language has no longer ones, and what looks through a chain stays cheap */

/* Link a new noun phrase with what stands right before it. */
static void link_noun(chunker *c, phrase_chunk *k)
{
    phrases *p = c->p;
    int32_t self = (int32_t)(k - p->chunks);
    if (self == 0)
        return;
    phrase_chunk *before = &p->chunks[self - 1];
    if (k->conjoined && self >= 2 && before->type == CHUNK_OTHER && token_is_mark(c->s, before->first, "(")) {
        before = &p->chunks[self - 2]; /* جبهة فتح الشام (النصرة سابقا) وتنظيم ... */
        if (before->type == CHUNK_NOUN) {
            k->with = conjunct_of(c, k, chunk_top(p, self - 2));
            return;
        }
    }
    if (before->type != CHUNK_NOUN) {
        /* office, comma, name */
        if (before->type == CHUNK_MARK && self >= 2 && token_is_mark(c->s, before->first, "،") && k->slot == SLOT_NONE && !k->conjoined) {
            phrase_chunk *office = &p->chunks[self - 2];
            int32_t top = office->type == CHUNK_NOUN ? chunk_top(p, self - 2) : -1;
            if (top >= 0 && heads_apposition(c, &p->chunks[top]) && is_person_name(c, k) && p->chunks[top].definite + (p->chunks[top].gen >= 0) > 0)
                k->apposed = top;
        }
        if (k->conjoined)
            link_second_side(c, k, self);
        return;
    }
    int32_t top = chunk_top(p, self - 1);
    if (k->conjoined) {
        top = conjunct_of(c, k, top);
        k->with = top;
        if (k->slot == SLOT_NONE && !k->has_direction) {
            k->slot = p->chunks[top].slot;
            k->prep = p->chunks[top].prep;
            k->has_direction = p->chunks[top].has_direction;
            k->direction = p->chunks[top].direction;
        }
        return;
    }
    if (k->slot != SLOT_NONE || k->has_direction || k->prep != 0)
        return;
    if (takes_genitive(c, before) && self - 1 - top < LONGEST_CHAIN) {
        before->gen = self;
        k->of = self - 1;
        return;
    }
    if (is_person_name(c, k))
        k->apposed = office_before(c, top);
}

/* --- other chunks ------------------------------------------------------------------------------------------------------- */

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
        phrase_chunk *k = chunk_add(c, CHUNK_PRONOUN, i, last);
        if (k != NULL) {
            k->slot = slot;
            k->prep = lemma;
        }
        forget_preposition(c);
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
    const morph_reading *r = reading_at(c, hit->first);
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
    if (!is_nominal(c, hit->last) || (clitics_at(c, hit->last) & CONJUNCTIONS) != 0 || c->s->time_at[hit->last] >= 0)
        return false;
    const lex_direction *direction = lexicon_direction(c->lexicon, hit_row(hit, 0));
    if (c->prep == 0 && !c->has_direction)
        c->prep_first = i;
    if (clitic_slot(hit->clitics) != SLOT_NONE && c->slot == SLOT_NONE)
        c->slot = clitic_slot(hit->clitics);
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
    if (type == CHUNK_OTHER && word->pos != POS_ADV && word->pos != POS_PART && word->pos != POS_COORD)
        return false;
    phrase_chunk *k = chunk_add(c, type, i, hit->last);
    if (k != NULL) {
        k->conjoined = (hit->clitics & CONJUNCTIONS) != 0;
        k->lemma = word->lemma;
    }
    forget_preposition(c);
    return true;
}

static void take_mark(chunker *c, uint32_t i)
{
    uint32_t after = take_parenthesis(c, i);
    if (after > i) {
        chunk_add(c, CHUNK_OTHER, i, after);
        return;
    }
    if (token_is_mark(c->s, i, "«")) {
        uint32_t name = take_quoted_name(c, i);
        if (name > i && is_nominal(c, i + 1)) { /* a quoted name: read it as a phrase */
            phrase_chunk *k = read_noun(c, i + 1);
            if (k != NULL) {
                k->last = k->last < name ? name : k->last;
                k->definite = true;
                link_noun(c, k);
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
    chunk_add(c, CHUNK_MARK, i, i + 1);
    if (!token_is_mark(c->s, i, "«") && !token_is_mark(c->s, i, "»"))
        forget_preposition(c);
}

static void take_word(chunker *c, uint32_t i)
{
    const morph_reading *r = reading_at(c, i);
    if (name_at(c, i) < 0 && c->s->quantity_at[i] < 0 && (take_fixed_word(c, i) || take_direction(c, i)))
        return;
    if (is_nominal(c, i) || c->s->quantity_at[i] >= 0 || (r->pos == POS_DEM && is_nominal(c, i + 1) && (clitics_at(c, i + 1) & CLITIC_AL) != 0)) {
        phrase_chunk *k = read_noun(c, i);
        if (k != NULL)
            link_noun(c, k);
        return;
    }
    bool joins = r->pos == POS_COORD && i + 1 < c->s->count &&
                 ((form_is(c, i, "و") && c->s->quantity_at[i + 1] >= 0) || (form_is(c, i, "او") && is_nominal(c, i + 1)));
    if (joins) { /* و10 مدنيين، داعش أو النصرة */
        c->prep_conjoined = true;
        c->at = i + 1;
        return;
    }
    if (r->pos == POS_PREP) {
        take_preposition(c, i, i + 1, r->lemma, slot_of_lemma(c->lexicon, r->lemma), r->clitics);
        return;
    }
    phrase_chunk *k = chunk_add(c, r->pos == POS_VERB ? CHUNK_VERB : joint_type(r->pos), i, i + 1);
    if (k != NULL) {
        k->lemma = r->lemma;
        k->conjoined = (r->clitics & CONJUNCTIONS) != 0;
        k->has_pronoun = (r->clitics & CLITIC_PRON) != 0;
        if (k->type == CHUNK_COMP && (r->clitics & CLITIC_BI) != 0)
            k->slot = SLOT_BI;
    }
    if (c->prep != 0 && k != NULL && k->type == CHUNK_COMP)
        k->prep = c->prep; /* بعد أن، قبل أن */
    forget_preposition(c);
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
            phrase_chunk *k = chunk_add(&c, CHUNK_TIME, i, s->times[s->time_at[i]].last);
            if (k != NULL)
                k->prep = c.prep;
            forget_preposition(&c);
        } else if (s->tokens[i].kind == TOKEN_MARK) {
            take_mark(&c, i);
        } else {
            take_word(&c, i);
        }
        if (c.at == i) /* a number that is no quantity */
            chunk_add(&c, CHUNK_OTHER, i, i + 1);
    }
    return !c.failed;
}
