/* Noun phrases: determiners, quantity, head and adjectives. */
#include "phrase/chunker.h"

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
                if (chunker_form_is(c, i, "من") && chunker_is_nominal(c, i + 1))
                    i++;
            }
        }
        const morph_reading *r = chunker_reading(c, i);
        bool inner = i == k->first || (r->clitics & (CONJUNCTIONS | PREPOSITIONS)) == 0;
        if (chunker_is_word(c, i) && inner && chunker_name(c, i) < 0) {
            bool part = r->pos == POS_NOUN && lemma_is(lexicon_lemma(c->lexicon, r->lemma), CLASS_PART) && (r->clitics & CLITIC_PRON) == 0;
            if (r->pos == POS_DEM && chunker_is_nominal(c, i + 1) && (chunker_clitics(c, i + 1) & CLITIC_AL) != 0) {
                k->is_demonstrative = true;
                i++;
            } else if ((r->pos == POS_QUANT || part) && (r->clitics & CLITIC_PRON) == 0) {
                if (chunker_form_is(c, i + 1, "من") && chunker_is_nominal(c, i + 2))
                    i += 2;
                else if (chunker_is_nominal(c, i + 1) && (chunker_clitics(c, i + 1) & (CONJUNCTIONS | PREPOSITIONS)) == 0)
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
    const morph_reading *r = chunker_reading(c, i);
    return (r->clitics & CLITIC_PRON) != 0 && !(r->suffix_len == 2 && view_ends(c->s->tokens[i].form, view_of("ي")));
}

static bool is_definite(const chunker *c, const phrase_chunk *k)
{
    if (k->name >= 0)
        return true;
    const morph_reading *r = chunker_reading(c, k->head);
    if (k->last > k->head + 1 && (chunker_reading(c, k->last - 1)->clitics & CLITIC_AL) != 0)
        return true; /* a noun of several words: وزير الخارجية */
    return (r->clitics & CLITIC_AL) != 0 || has_pronoun(c, k->head) || r->pos == POS_NAME;
}

/* A word that can be an adjective, between a definite noun and الذي: الهجمات الدائرة التي. */
static bool describes_before_relative(const chunker *c, uint32_t i)
{
    if (!chunker_is_word(c, i + 1) || chunker_reading(c, i + 1)->pos != POS_REL)
        return false;
    for (uint8_t r = 0; r < c->s->words[i].reading_count; r++)
        if (c->s->words[i].readings[r].pos == POS_ADJ)
            return true;
    return false;
}

/* خطف مسلح صحفيا: an accusative that the noun before has not is the object, no adjective. Nouns in ى and ء do not show theirs. */
static bool differs_in_case(const chunker *c, uint32_t head, uint32_t i)
{
    view form = c->s->tokens[head].form;
    bool hidden = view_ends(form, view_of("ي")) || view_ends(form, view_of("ى")) || view_ends(form, view_of("ء")) || view_ends(form, view_of("ا"));
    return (chunker_reading(c, i)->feats & FEAT_TANWIN) != 0 && (chunker_reading(c, head)->feats & FEAT_TANWIN) == 0 && !hidden;
}

/* انفجار شرقي بغداد: not an eastern blast, but one east of a place. */
static bool leads_to_place(const chunker *c, uint32_t i)
{
    const name_hit *direction = sentence_hit(c->s, ENTRY_DIRECTION, i);
    if (direction == NULL || (direction->clitics & CLITIC_AL) != 0 || !chunker_is_word(c, direction->last))
        return false;
    const lex_lemma *lemma = lexicon_lemma(c->lexicon, chunker_reading(c, direction->last)->lemma);
    return sentence_hit(c->s, HIT_PLACE, direction->last) != NULL ||
           (lemma->classes[0] >= CLASS_PLACE_COUNTRY && lemma->classes[0] <= CLASS_PLACE_BORDER);
}

/* هجوما انتحاريا: of two accusatives side by side the second describes the first, though it could be a noun. */
static bool shares_accusative(const chunker *c, uint32_t head, uint32_t i)
{
    if ((chunker_reading(c, head)->feats & FEAT_TANWIN) == 0 || chunker_reading(c, i)->pos != POS_NOUN)
        return false;
    for (uint8_t r = 0; r < c->s->words[i].reading_count; r++) {
        const morph_reading *other = &c->s->words[i].readings[r];
        if (other->pos == POS_ADJ && (other->feats & FEAT_TANWIN) != 0 && other->clitics == 0)
            return true;
    }
    return false;
}

/* مقتل فلسطيني، اعتقال آخر: what a noun of harm is followed by is whom it befell. */
static bool is_victim_of(const chunker *c, uint32_t head, bool definite)
{
    const morph_reading *r = chunker_reading(c, head);
    if (definite || r->pos != POS_NOUN || r->lemma == 0 || (r->feats & FEAT_TANWIN) != 0 || (c->s->tokens[head].flags & TOKEN_TANWIN) != 0)
        return false;
    const lex_lemma *lemma = lexicon_lemma(c->lexicon, r->lemma);
    for (uint8_t i = 0; i < lemma->frame_count; i++) {
        const lex_frame *f = lexicon_frame(c->lexicon, lemma->first_frame + i);
        bool harm = f->kind == MARSAD_KIND_KILLING || f->kind == MARSAD_KIND_DETENTION || f->kind == MARSAD_KIND_ABDUCTION;
        for (uint8_t k = 0; f->pos == POS_NOUN && harm && k < f->role_count; k++)
            if (f->roles[k].slot == SLOT_GEN && f->roles[k].role == ROLE_TARGET)
                return true;
    }
    return false;
}

/* مقتل شرطي: a word that could be an adjective is the noun of a person, too. */
static bool can_be_person(const chunker *c, uint32_t i)
{
    static const noun_class people[] = {CLASS_FIGHTER, CLASS_PERSON, CLASS_CIVILIAN, CLASS_OFFICE};
    for (uint8_t r = 0; r < c->s->words[i].reading_count; r++) {
        const morph_reading *other = &c->s->words[i].readings[r];
        for (size_t k = 0; other->pos == POS_NOUN && other->lemma != 0 && k < sizeof people / sizeof *people; k++)
            if (lemma_is(lexicon_lemma(c->lexicon, other->lemma), people[k]))
                return true;
    }
    return false;
}

/* Adjectives after the head, of the same definiteness. Returns the token after them. */
static uint32_t take_adjectives(const chunker *c, uint32_t i, bool definite, bool of_people, bool any)
{
    uint32_t start = i;
    if (chunker_is_word(c, i) && (sentence_hit(c->s, ENTRY_DEMONYM, i) != NULL || can_be_person(c, i)) && is_victim_of(c, i - 1, definite))
        return i;
    while (chunker_is_word(c, i) && c->s->time_at[i] < 0 && c->s->quantity_at[i] < 0) {
        const morph_reading *r = chunker_reading(c, i);
        bool demonym = sentence_hit(c->s, ENTRY_DEMONYM, i) != NULL;
        bool covered = c->s->cover[i] >= 0 && c->s->hits[c->s->cover[i]].last > c->s->hits[c->s->cover[i]].first + 1;
        bool adjective = r->pos == POS_ADJ || describes_before_relative(c, i) || shares_accusative(c, i - 1, i);
        if (covered || (!demonym && (!adjective || c->s->cover[i] >= 0)))
            break;
        uint8_t clitics = demonym ? sentence_hit(c->s, ENTRY_DEMONYM, i)->clitics : r->clitics;
        if ((clitics & PREPOSITIONS) != 0 || ((clitics & CONJUNCTIONS) != 0 && !any))
            break;
        if (((clitics & CLITIC_AL) != 0) != definite)
            break;
        bool people =
            view_ends(c->s->tokens[i].form, view_of("ون")) || (view_ends(c->s->tokens[i].form, view_of("ين")) && (r->feats & FEAT_PLUR) != 0);
        if (leads_to_place(c, i))
            break;
        if (i == start && differs_in_case(c, i - 1, i))
            break;
        if (people && !of_people)
            break; /* الأمم المتحدة | الحوثيين */
        any = true;
        i++;
    }
    return i;
}

uint32_t chunker_quoted_name(const chunker *c, uint32_t i)
{
    if (!token_is_mark(c->s, i, "«") || c->s->quantity_at[i] >= 0)
        return i;
    for (uint32_t j = i + 1; j < c->s->count && j <= i + 5; j++) {
        if (token_is_mark(c->s, j, "»"))
            return j > i + 1 ? j + 1 : i;
        if (c->s->tokens[j].kind == TOKEN_MARK || chunker_reading(c, j)->pos == POS_VERB || chunker_reading(c, j)->pos == POS_COMP)
            return i;
    }
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
    return chunker_reading(c, i)->lemma;
}

/* An adjective at the head of a phrase is the noun of that spelling, if there is one as likely: عشرة آلاف مدني. */
static uint32_t noun_lemma(const chunker *c, uint32_t i)
{
    const morph_reading *chosen = chunker_reading(c, i);
    for (uint8_t r = 0; chosen->pos == POS_ADJ && r < c->s->words[i].reading_count; r++) {
        const morph_reading *other = &c->s->words[i].readings[r];
        if (other->pos == POS_NOUN && other->rank <= chosen->rank && other->clitics == chosen->clitics && other->lemma != 0)
            return other->lemma;
    }
    return place_lemma(c, i);
}

/* المسلحون, المقاتلات: common nouns that stand for one party in articles about a country. They are counted and described like any noun. */
static bool is_common_name(const chunker *c, int32_t name)
{
    const name_hit *hit = &c->s->hits[name];
    uint32_t row;
    for (uint32_t n = 0; hit->type == ENTRY_ACTOR && (row = hit_row(hit, n)) != 0; n++)
        if (*lexicon_string(c->lexicon, lexicon_actor(c->lexicon, row)->context) == '\0')
            return false;
    return hit->type == ENTRY_ACTOR;
}

/* The head's lemma; a noun of several words (عبوة ناسفة) is one. */
static void take_head_lemma(const chunker *c, phrase_chunk *k)
{
    const name_hit *noun = sentence_hit(c->s, ENTRY_NOUN, k->head);
    k->lemma = noun_lemma(c, k->head);
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
    return q->first == i && q->last == i + 1 &&
           (!chunker_is_nominal(c, i + 1) || (chunker_clitics(c, i + 1) & (CONJUNCTIONS | PREPOSITIONS | CLITIC_AL)) != 0);
}

phrase_chunk *chunker_read_noun(chunker *c, uint32_t i)
{
    bool conjoined = (chunker_clitics(c, i) & CONJUNCTIONS) != 0 || c->prep_conjoined;
    uint8_t slot = c->slot != SLOT_NONE ? c->slot : chunker_clitic_slot(chunker_clitics(c, i));
    if (c->s->quantity_at[i] >= 0) {
        const name_hit *number = sentence_hit(c->s, ENTRY_NUMBER, i), *bound = sentence_hit(c->s, ENTRY_BOUND, i);
        uint8_t clitics = number != NULL ? number->clitics : bound != NULL ? bound->clitics : 0;
        conjoined = conjoined || (clitics & CONJUNCTIONS) != 0;
        if (c->slot == SLOT_NONE)
            slot = chunker_clitic_slot(clitics);
    }
    phrase_chunk *k = chunker_add(c, CHUNK_NOUN, i, i + 1);
    if (k == NULL)
        return NULL;
    k->conjoined = conjoined;
    k->slot = slot;
    k->prep = c->prep;
    k->direction = c->direction;
    k->has_direction = c->has_direction;
    k->prep_first = c->prep != 0 || c->has_direction ? c->prep_first : i;
    chunker_forget_preposition(c);

    uint32_t head = skip_determiners(c, i, k);
    bool has_noun = head == i || (chunker_is_nominal(c, head) && (chunker_clitics(c, head) & (CONJUNCTIONS | PREPOSITIONS)) == 0);
    if (!has_noun) {
        k->head = head - 1; /* a bare number: قتل 18 */
        k->last = head;
    } else {
        k->head = head;
        k->name = chunker_name(c, head);
        k->last = k->name >= 0 ? c->s->hits[k->name].last : head + 1;
        if (k->name < 0)
            take_head_lemma(c, k);
        else if (is_common_name(c, k->name))
            k->lemma = noun_lemma(c, head);
        k->has_pronoun = k->name < 0 && has_pronoun(c, head);
        k->definite = is_definite(c, k);
        /* a name of several unknown words is one phrase, also with points between: آر.تي.إل */
        while (k->name < 0 && chunker_reading(c, head)->pos == POS_NAME && chunker_is_word(c, k->last) &&
               chunker_reading(c, k->last)->pos == POS_NAME && chunker_reading(c, k->last)->clitics == 0 && chunker_name(c, k->last) < 0 &&
               c->s->time_at[k->last] < 0)
            k->last++;
        while (k->name < 0 && token_is_mark(c->s, k->last, ".") && chunker_is_word(c, k->last + 1) &&
               (c->s->tokens[k->last].flags & TOKEN_GLUED) != 0 && (c->s->tokens[k->last + 1].flags & TOKEN_GLUED) != 0 &&
               chunker_reading(c, k->last + 1)->pos != POS_VERB)
            k->last += 2;
        bool long_name = k->name >= 0 && k->last > head + 1; /* الأمم المتحدة */
        bool of_people = !long_name && (chunker_reading(c, head)->feats & (FEAT_PLUR | FEAT_DUAL)) != 0;
        uint32_t after = take_adjectives(c, k->last, k->definite, of_people || sentence_hit(c->s, ENTRY_DEMONYM, head) != NULL, k->last > head + 1);
        if (after == k->last && k->name < 0 && !k->definite)
            after = chunker_quoted_name(c, k->last);
        k->last = after;
        if (k->definite && k->quantity < 0 && is_designation(c, k->last)) /* اللواء 47 */
            k->last++;
        if (k->quantity < 0 && k->last < c->s->count && c->s->quantity_at[k->last] >= 0 && c->s->tokens[k->last].kind == TOKEN_WORD) {
            const quantity *q = &c->s->quantities[c->s->quantity_at[k->last]];
            const morph_reading *r = chunker_reading(c, head);
            bool vague = q->value == MARSAD_NO_VALUE && q->last == q->first + 1 && (r->feats & FEAT_PLUR) != 0 &&
                         !chunker_is_nominal(c, q->last);                                               /* غارات عدة */
            if (q->first == k->last && (q->value == 1 || vague) && !q->ordinal && r->pos == POS_NOUN) { /* صاروخ واحد */
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
