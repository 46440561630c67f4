/* Links between noun phrases: genitive, conjunction, apposition. */
#include "phrase/chunker.h"

/* مسلحون, مدنيين: the lemma and the ending that falls off before a genitive. Broken plurals (سجون، ملايين) have no such lemma before it. */
static bool is_sound_plural(const chunker *c, uint32_t i)
{
    const morph_reading *r = chunker_reading(c, i);
    const char *lemma = lexicon_string(c->lexicon, lexicon_lemma(c->lexicon, r->lemma)->text);
    view form = c->s->tokens[i].form;
    size_t ending = strlen("ون");
    if (r->lemma == 0 || (r->clitics & CLITIC_PRON) != 0 || !(view_ends(form, view_of("ون")) || view_ends(form, view_of("ين"))))
        return false;
    return view_ends((view){form.ptr, form.len - ending}, view_of(lemma));
}

/* Whether a noun phrase that directly follows `before` is its genitive. */
static bool takes_genitive(const chunker *c, const phrase_chunk *before)
{
    if (before->name >= 0 && before->lemma == 0) { /* names are complete, save bodies such as وزارة and metonyms */
        return false;
    }
    const morph_reading *r = chunker_reading(c, before->head);
    if (before->definite || (r->feats & FEAT_TANWIN) != 0 || (c->s->tokens[before->head].flags & TOKEN_TANWIN) != 0)
        return false;
    if (before->lemma == 0 && before->quantity >= 0)
        return false;
    view form = c->s->tokens[before->head].form;
    bool tall = is_sound_plural(c, before->head);
    bool plural = (r->feats & (FEAT_DUAL | FEAT_PLUR)) != 0 && (view_ends(form, view_of("ون")) || view_ends(form, view_of("ين")));
    bool dual = (r->feats & FEAT_DUAL) != 0 && view_ends(form, view_of("ان"));
    bool full = (plural || dual) && (r->feats & FEAT_CONSTRUCT) == 0;
    bool sound = full && r->rank > 0;
    return before->last == before->head + 1 && !sound && !tall;
}

static bool is_accusative(const chunker *c, const phrase_chunk *k)
{
    return k->name < 0 && k->quantity < 0 && (chunker_reading(c, k->head)->feats & FEAT_TANWIN) != 0;
}

/* Not an accusative (خطف مسلح صحفيا), and not the town that planes bomb (قصفت طائرات مدينة …). */
static bool can_be_genitive(const chunker *c, const phrase_chunk *before, const phrase_chunk *k)
{
    const lex_lemma *head = lexicon_lemma(c->lexicon, before->lemma), *lemma = lexicon_lemma(c->lexicon, k->lemma);
    bool settlement = lemma_is(lemma, CLASS_PLACE_TOWN) || lemma_is(lemma, CLASS_PLACE_VILLAGE);
    return !is_accusative(c, k) && !(settlement && before->lemma != 0 && lemma_is(head, CLASS_AIRCRAFT));
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
    return chunker_reading(c, k->head)->pos == POS_NAME || is_title(c, k);
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
    if (kind == CLASS_NONE || chunker_clitic_slot(chunker_clitics(c, k->head)) != SLOT_NONE || k->prep != 0 || first_class(c, nearest) == kind)
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

/* «العاصمة الليبية طرابلس»: the name of the place that a noun with ال means. */
static bool names_place_before(const chunker *c, const phrase_chunk *before, const phrase_chunk *k)
{
    noun_class class = first_class(c, before);
    bool place = class >= CLASS_PLACE_COUNTRY && class <= CLASS_PLACE_BORDER;
    return place && before->definite && before->name < 0 && !before->has_pronoun && before->of < 0 && k->first == before->last && k->name >= 0 &&
           c->s->hits[k->name].type == HIT_PLACE;
}

enum { LONGEST_CHAIN = 8 }; /* genitives in a row: language has no longer ones, and what looks through a chain stays cheap */

/* «وزير الدفاع، أفيغدور ليبرمان،»: a name after a comma belongs to the office before it. */
static void link_after_comma(const chunker *c, phrase_chunk *k, int32_t self)
{
    const phrases *p = c->p;
    bool follows = self >= 2 && p->chunks[self - 2].type == CHUNK_NOUN && token_is_mark(c->s, p->chunks[self - 1].first, "،");
    if (!follows || k->slot != SLOT_NONE || k->conjoined || !is_person_name(c, k))
        return;
    int32_t top = chunk_top(p, self - 2);
    bool complete = p->chunks[top].definite || p->chunks[top].gen >= 0;
    if (complete && heads_apposition(c, &p->chunks[top]))
        k->apposed = top;
}

/* A conjoined phrase shares the role and, without one of its own, the preposition. */
static void link_conjoined(const chunker *c, phrase_chunk *k, int32_t before)
{
    k->with = conjunct_of(c, k, chunk_top(c->p, before));
    const phrase_chunk *first = &c->p->chunks[k->with];
    if (k->slot != SLOT_NONE || k->has_direction)
        return;
    k->slot = first->slot;
    k->prep = first->prep;
    k->has_direction = first->has_direction;
    k->direction = first->direction;
}

/* What can stand between two conjoined nouns: a parenthesis, a bound after its number, a time. */
static bool is_aside(const chunker *c, const phrase_chunk *k)
{
    if (k->type == CHUNK_TIME)
        return true;
    return k->type == CHUNK_OTHER && (token_is_mark(c->s, k->first, "(") || sentence_hit(c->s, ENTRY_BOUND, k->first) != NULL);
}

/* The noun phrase right before, also over an aside: جبهة فتح الشام (النصرة سابقا) وتنظيم …، خمسة على الأقل وإصابة ... -1 if there is none. */
static int32_t noun_before(const chunker *c, const phrase_chunk *k, int32_t self)
{
    const phrases *p = c->p;
    int32_t before = self - 1;
    for (int steps = 0; k->conjoined && before >= 1 && steps < 2 && is_aside(c, &p->chunks[before]); steps++)
        before--;
    return before >= 0 && p->chunks[before].type == CHUNK_NOUN ? before : -1;
}

void chunker_link_noun(chunker *c, phrase_chunk *k)
{
    phrases *p = c->p;
    int32_t self = (int32_t)(k - p->chunks), before = noun_before(c, k, self);
    if (before < 0) {
        link_after_comma(c, k, self);
        if (k->conjoined)
            link_second_side(c, k, self);
        return;
    }
    if (k->conjoined) {
        link_conjoined(c, k, before);
        return;
    }
    if (k->slot != SLOT_NONE || k->has_direction || k->prep != 0)
        return;
    int32_t top = chunk_top(p, before);
    if (takes_genitive(c, &p->chunks[before]) && can_be_genitive(c, &p->chunks[before], k) && before - top < LONGEST_CHAIN) {
        p->chunks[before].gen = self;
        k->of = before;
    } else if (names_place_before(c, &p->chunks[before], k)) {
        k->apposed = before;
    } else if (is_person_name(c, k) && !is_accusative(c, k)) {
        k->apposed = office_before(c, top);
    }
}
