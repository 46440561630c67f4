/*
 * What the models of the event stage see of events and phrases, as values of their parts (model.h). Strings live as long as the program or the lexicon.
 * Nothing here tells which party a phrase names: what is learned holds for all parties alike.
 */
#ifndef MARSAD_SEE_H
#define MARSAD_SEE_H

#include "event/event.h"

/* Templates of a model whose parts are SEES_... */
#define T1(a)                                                                                                                                        \
    {                                                                                                                                                \
        SEES_##a, TEMPLATE_END                                                                                                                       \
    }
#define T2(a, b)                                                                                                                                     \
    {                                                                                                                                                \
        SEES_##a, SEES_##b, TEMPLATE_END                                                                                                             \
    }
#define T3(a, b, c)                                                                                                                                  \
    {                                                                                                                                                \
        SEES_##a, SEES_##b, SEES_##c, TEMPLATE_END                                                                                                   \
    }
#define T4(a, b, c, d)                                                                                                                               \
    {                                                                                                                                                \
        SEES_##a, SEES_##b, SEES_##c, SEES_##d                                                                                                       \
    }

/* Thousandths of a logit: how far the rules are believed where nothing was learned. tools/learn.py knows it as PRIOR. */
enum { TRUST = 2000 };

enum { IS_ACTOR = 1, IS_TARGET = 2, IS_PLACE = 4 };

/* Ask a model about an event, and about a phrase or another event at `filler`; an observer is told what was seen. */
void see_and_score(const scene *e, const model *m, const model_view *seen, const event *v, span filler, int32_t scores[MODEL_OUTPUTS]);

/* The roles that a chunk has in the event, IS_ bits; and their names: "actor+place", "none". */
unsigned see_roles(const event *v, int32_t chunk);
const char *see_role_names(unsigned roles);
/* "verb", "passive", "participle", "reported", "governed", "noun". */
const char *see_form(const scene *e, const event *v);
/* The preposition over a phrase, "direction", or "bare". */
const char *see_slot(const scene *e, const phrase_chunk *k);
/* The class of its head, the type of its name ("@army"), or its part of speech. */
const char *see_class(const scene *e, const phrase_chunk *k);
/* "actor", "state", "place", "site", "object", "people", "thing". */
const char *see_nature(const scene *e, int32_t chunk);
/* The roles of an event that are filled, as see_role_names() says them. */
const char *see_filled(const event *v);
/* The trigger's lemma, and the preposition over its whole phrase. */
const char *see_word(const scene *e, const event *v);
const char *see_top_slot(const scene *e, const event *v);
/* "1", "2", "4", "8", "16", "more": at most so many chunks apart. */
const char *see_distance(int32_t a, int32_t b);
/* Where clause `segment` stands to clause `from`. */
const char *see_clause(const scene *e, int32_t from, int32_t segment);
/* "0", "1", "2" or more events that are not dropped between two chunks. */
const char *see_events_between(const scene *e, int32_t one, int32_t other);

/* "past", "present", "other" of a verb, else "none". */
const char *see_tense(const scene *e, const event *v);
/* How a noun is given: "this", "counted", "pronoun", "definite", "of" (with a genitive), "indefinite". */
const char *see_given(const scene *e, const event *v);
/* The lemma of a chunk that is neither a name nor the adjective of a country, else "none". */
const char *see_lemma(const scene *e, int32_t chunk);
/* "main", "content", "relative", ... */
const char *see_clause_kind(const scene *e, const event *v);
/* The effect of a word that governs the event: "light", "cause", ... */
const char *see_governor(const scene *e, const event *v);

#endif
