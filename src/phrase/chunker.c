/* The words on which the makers of chunks walk. */
#include "phrase/chunker.h"

const morph_reading *chunker_reading(const chunker *c, uint32_t i)
{
    return sentence_reading(c->s, i);
}

bool chunker_is_word(const chunker *c, uint32_t i)
{
    return i < c->s->count && c->s->tokens[i].kind == TOKEN_WORD;
}

int32_t chunker_name(const chunker *c, uint32_t i)
{
    if (i >= c->s->count)
        return -1;
    int32_t hit = c->s->cover[i];
    return hit >= 0 && c->s->hits[hit].first == i ? hit : -1;
}

bool chunker_is_nominal(const chunker *c, uint32_t i)
{
    if (!chunker_is_word(c, i) || c->s->time_at[i] >= 0)
        return false;
    if (chunker_name(c, i) >= 0)
        return true;
    uint8_t pos = chunker_reading(c, i)->pos;
    return pos == POS_NOUN || pos == POS_ADJ || pos == POS_NAME || pos == POS_QUANT;
}

uint8_t chunker_clitics(const chunker *c, uint32_t i)
{
    int32_t name = chunker_name(c, i);
    return name >= 0 ? c->s->hits[name].clitics : chunker_reading(c, i)->clitics;
}

uint8_t chunker_clitic_slot(uint8_t clitics)
{
    if (clitics & CLITIC_BI)
        return SLOT_BI;
    if (clitics & CLITIC_LI)
        return SLOT_LI;
    return clitics & CLITIC_KA ? SLOT_KA : SLOT_NONE;
}

static phrase_chunk blank_chunk(chunk_type type, uint32_t first, uint32_t last)
{
    return (phrase_chunk){.type = (uint8_t)type,
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
                          .segment = -1};
}

phrase_chunk *chunker_add(chunker *c, chunk_type type, uint32_t first, uint32_t last)
{
    phrases *p = c->p;
    if (!ARENA_GROW(c->a, p->chunks, p->count, p->room)) {
        c->failed = true;
        return NULL;
    }
    phrase_chunk *k = &p->chunks[p->count];
    *k = blank_chunk(type, first, last);
    k->in_quotes = c->quote_depth > 0;
    for (uint32_t i = first; i < last; i++)
        p->chunk_at[i] = (int32_t)p->count;
    p->count++;
    c->at = last;
    return k;
}

int32_t phrase_note_word(phrases *p, arena *a, uint32_t token)
{
    if (!ARENA_GROW(a, p->chunks, p->count, p->room))
        return -1;
    p->chunks[p->count] = blank_chunk(CHUNK_OTHER, token, token + 1);
    p->chunks[p->count].definite = true;
    return (int32_t)p->count++;
}

void chunker_forget_preposition(chunker *c)
{
    c->slot = SLOT_NONE;
    c->prep = 0;
    c->has_direction = false;
    c->direction = MARSAD_IN;
    c->prep_conjoined = false;
}

bool chunker_form_is(const chunker *c, uint32_t i, const char *form)
{
    return chunker_is_word(c, i) && view_equal(c->s->tokens[i].form, view_of(form));
}
