/* A sentence on its way: its tokens and readings, which names cover its words, and the questions that later stages ask of it. */
#include "mention/mention.h"

const morph_reading *sentence_reading(const sentence *s, uint32_t i)
{
    static const morph_reading none = {0};
    if (i >= s->count || s->tokens[i].kind != TOKEN_WORD)
        return &none;
    return &s->words[i].readings[s->choice[i]];
}

const name_hit *sentence_hit(const sentence *s, int type, uint32_t i)
{
    if (i >= s->count || s->hit_at[type][i] < 0)
        return NULL;
    return &s->hits[s->hit_at[type][i]];
}

bool token_is_mark(const sentence *s, uint32_t i, const char *mark)
{
    return i < s->count && s->tokens[i].kind == TOKEN_MARK && view_equal(s->tokens[i].form, view_of(mark));
}

span sentence_span(const sentence *s, uint32_t first, uint32_t last)
{
    if (first >= last || last > s->count)
        return (span){0, 0};
    return (span){s->tokens[first].home.start, s->tokens[last - 1].home.end};
}

bool sentence_prepare(sentence *s, arena *a, const sources_of_names *names, morph_cache *cache, view text, span where)
{
    *s = (sentence){.text = text, .where = where};
    if (!tokens_of(a, text, where, &s->tokens, &s->count))
        return false;
    s->words = arena_alloc(a, s->count * sizeof *s->words);
    s->choice = arena_alloc(a, s->count + 1);
    if (s->words == NULL || s->choice == NULL)
        return false;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->tokens[i].kind == TOKEN_WORD)
            morph_word_read(names->lexicon, cache, s->tokens[i].form, s->tokens[i].flags, &s->words[i]);
    morph_choose(names->lexicon, s->tokens, s->words, s->count, s->choice);
    return true;
}

enum { KNOWN = 30, FAMOUS = 55 }; /* prominence from which a place is believed where it is introduced; although its name is also a rare word */

/* A name must follow, no verb: مدينة تدمر, في سرت, شمال تدمر. */
static bool leads_to_name(const sentence *s, const sources_of_names *names, uint32_t i)
{
    static const noun_class places[] = {CLASS_PLACE_GOVERNORATE, CLASS_PLACE_DISTRICT, CLASS_PLACE_TOWN,
                                        CLASS_PLACE_VILLAGE,     CLASS_PLACE_QUARTER,  CLASS_PLACE_COUNTRYSIDE};
    const morph_reading *reading = sentence_reading(s, i);
    if (reading->pos == POS_PREP || sentence_hit(s, ENTRY_DIRECTION, i) != NULL)
        return true;
    for (size_t k = 0; reading->lemma != 0 && k < sizeof places / sizeof *places; k++)
        if (lemma_is(lexicon_lemma(names->lexicon, reading->lemma), places[k]))
            return true;
    return false;
}

/* How well the best known of the hit's places is known; a cue of 1 (the name is a usual word, too) counts only if `with_cue`. */
static uint8_t fame_of(const sources_of_names *names, const name_hit *hit, bool with_cue)
{
    uint8_t most = 0;
    for (uint8_t i = 0; i < hit->count; i++) {
        const gaz_place *place = gazetteer_place(names->gazetteers[hit->places[i].gazetteer], hit->places[i].index);
        if ((place->cue == 0 || with_cue) && place->prominence > most)
            most = place->prominence;
    }
    return most;
}

/* A noun of a settlement before it (مدينة دوما), or a preposition or direction of place (في دوما), says that the usual word is a name. */
static bool is_introduced(const sentence *s, const sources_of_names *names, const name_hit *hit)
{
    if (hit->first == 0 || (hit->clitics & ~CLITIC_AL) != 0 || !leads_to_name(s, names, hit->first - 1))
        return false;
    const morph_reading *before = sentence_reading(s, hit->first - 1), *own = sentence_reading(s, hit->first);
    const lex_lemma *lemma = lexicon_lemma(names->lexicon, before->lemma);
    bool settlement = before->pos == POS_NOUN && (lemma_is(lemma, CLASS_PLACE_TOWN) || lemma_is(lemma, CLASS_PLACE_VILLAGE) ||
                                                  lemma_is(lemma, CLASS_PLACE_GOVERNORATE) || lemma_is(lemma, CLASS_PLACE_DISTRICT));
    bool usual = own->rank == 0 && own->pos == POS_NOUN; /* في المدينة is no town called so */
    return fame_of(names, hit, settlement) >= KNOWN && (settlement || !usual);
}

/* A single word that is a usual verb, noun or adjective is not taken for a place by its letters alone. */
static bool place_is_plain_word(const sentence *s, const sources_of_names *names, const name_hit *hit)
{
    const morph_reading *reading = sentence_reading(s, hit->first);
    if (hit->last > hit->first + 1 || reading->pos == POS_NAME || reading->pos == POS_NONE)
        return false;
    if (is_introduced(s, names, hit))
        return false;
    if (reading->rank == 0 || reading->pos == POS_VERB)
        return true;
    return fame_of(names, hit, false) < FAMOUS;
}

/* Names cover their words, longest first; of equal ones the party covers (a state is both). */
static bool cover_names(sentence *s, arena *a, const sources_of_names *names)
{
    s->cover = arena_alloc(a, (s->count + 1) * sizeof *s->cover);
    if (s->cover == NULL)
        return false;
    memset(s->cover, 0xFF, (s->count + 1) * sizeof *s->cover);
    for (uint32_t i = 0; i < s->count;) {
        const name_hit *actor = sentence_hit(s, ENTRY_ACTOR, i), *place = sentence_hit(s, HIT_PLACE, i);
        const name_hit *noun = sentence_hit(s, ENTRY_NOUN, i);
        if (actor != NULL && noun != NULL && noun->last > actor->last)
            actor = NULL; /* القاعدة الجوية is no القاعدة */
        if (place != NULL && place_is_plain_word(s, names, place))
            place = NULL;
        const name_hit *hit = actor;
        if (place != NULL && (actor == NULL || place->last > actor->last))
            hit = place;
        if (hit == NULL) {
            i++;
            continue;
        }
        int32_t index = (int32_t)(hit - s->hits);
        while (i < hit->last)
            s->cover[i++] = index;
    }
    return true;
}

bool mention_find(sentence *s, arena *a, const sources_of_names *names)
{
    return mention_scan(s, a, names) && cover_names(s, a, names) && mention_times(s, a, names) && mention_numbers(s, a, names);
}
