/*
 * Events: words that name an event (triggers), the frame that says who does what in it, what governs it, and the record that comes of it.
 */
#ifndef MARSAD_EVENT_H
#define MARSAD_EVENT_H

#include "event/memory.h"
#include "event/model.h"
#include "phrase/phrase.h"

enum { FILLERS_MAX = 8, FIGURES_MAX = 8, RULES_MAX = 12 };

/* A word that names an event, with what has been found for it so far. */
typedef struct {
    const lex_frame *frame;
    uint32_t token, token_end; /* trigger words */
    uint32_t second;           /* the other word of a fixed phrase, 0 if there is none */
    int32_t chunk, segment;
    uint8_t kind, modality, phase;
    bool passive;
    bool dropped;                                      /* not a record: merged, merely wanted, or part of another */
    bool governed;                                     /* some governor holds it */
    bool reported;                                     /* a light verb in a main clause tells it: اندلعت اشتباكات */
    bool relative;                                     /* what it tells stands in a relative clause */
    int32_t time;                                      /* into times, -1 none */
    int32_t speaker;                                   /* into speakers, -1 the report's own voice */
    int32_t claimant;                                  /* chunk of who claims responsibility, -1 */
    int32_t host;                                      /* the event that it is part of (event_absorb), -1: of none */
    bool mere;                                         /* a mere mention, by the rules */
    bool is_absorbed;                                  /* it is no event of its own */
    int32_t actors[FILLERS_MAX], targets[FILLERS_MAX]; /* chunks */
    struct {
        int32_t chunk;
        uint8_t relation;
    } places[FILLERS_MAX];
    marsad_figure figures[FIGURES_MAX];
    uint8_t actor_count, target_count, place_count, figure_count;
    int32_t counted[FIGURES_MAX]; /* the chunk that each figure counts, or -1 */
    struct {
        const char *prefix;
        uint32_t row, token;
    } rules[RULES_MAX];
    uint8_t rule_count;
} event;

/* A place in a clause from which phrases are looked for: a trigger, or a word that governs one. */
typedef struct {
    uint32_t chunk;
    int32_t event;
    int32_t segment;
    bool is_governor;
    const lex_governor *governor;
} anchor;

/* One sentence at work. */
typedef struct {
    const sources_of_names *names;
    const marsad_lexicon *lexicon;
    const sentence *s;
    phrases *p;
    memory *memory;
    arena *scratch; /* of the sentence */
    arena *keep;    /* of the article */
    event *events;
    uint32_t count, room;
    anchor *anchors;
    uint32_t anchor_count, anchor_room;
    bool *taken; /* chunk -> it fills a role already */
    bool failed;
    const model_observer *observer; /* NULL in all normal use */
} scene;

/* What is known of a record beyond what it shows: how much of the event the sentence tells. */
typedef struct {
    uint8_t weight;  /* parts told: who, whom, where, when, how many (twice), by a verb, under a governor */
    bool bare_blast; /* an explosion without a cause */
} record_note;

/* Records of one article, grown in its arena. */
typedef struct {
    marsad_record *items;
    record_note *notes;
    uint32_t count, room, note_room;
    uint32_t kinds[MARSAD_KIND_COUNT]; /* how many of each */
    int32_t last_attack;               /* kind of the latest shelling, air strike, bombing or other attack, -1 if there is none */
} record_list;

/* Read the records of one sentence and append them. False when memory is out. */
bool event_read(scene *e, const marsad_article *article, record_list *out);

/* settle.c: what only the whole article can tell. Drops and mends records. */
void event_settle(record_list *records);

/* --- the parts, each in its file, in the order in which they run --- */
bool event_triggers(scene *e);                                                 /* trigger.c: which words name events, under which frame */
void event_governors(scene *e);                                                /* govern.c: light verbs, phases, modality, what is merely wanted */
void event_absorb(scene *e);                                                   /* join.c: things and matters that are part of another event */
void event_moods(scene *e);                                                    /* mood.c: the learned second look at modality */
void event_roles(scene *e);                                                    /* role.c: who fills which role */
void event_places_times(scene *e);                                             /* scope.c: where and when */
void event_figures(scene *e);                                                  /* figure.c: numbers of people and things */
void event_joins(scene *e);                                                    /* join.c: one happening told by two words of a sentence */
void event_weapons(scene *e, const record_list *records);                      /* weapon.c: with what it was done, by all that the article tells */
void event_unite(scene *e);                                                    /* unite.c: the learned joins, where no rule joined */
void event_attach(scene *e);                                                   /* attach.c: the learned second look at who fills which role */
void event_mere_mentions(scene *e);                                            /* join.c: words that tell nothing beyond themselves */
double event_likelihood(scene *e, const event *v, const record_list *records); /* keep.c: how likely the event is a record, 0..1 */
bool event_records(scene *e, const marsad_article *article, record_list *out); /* record.c */

/* --- helpers --- */
/* Behind a verb its clause names what a negation leaves standing: لا يسيطرون سوى على حيين (except.c). */
bool event_has_exception(const scene *e, int32_t verb);
/* Everything found for `from` goes to `into`; what `into` has already stays, and `from` is dropped. */
void event_merge(scene *e, event *into, event *from);
void event_add_actor(scene *e, event *v, int32_t chunk);
void event_add_target(scene *e, event *v, int32_t chunk);
/* The bare noun after a verb that is not its subject, -1 if there is none. */
int32_t event_object(const scene *e, const event *v);
void event_add_place(scene *e, event *v, int32_t chunk, uint8_t relation);
/* One phrase without those conjoined with it, into a list of FILLERS_MAX. */
void event_add_filler(int32_t *list, uint8_t *count, int32_t chunk);
void event_remove_filler(int32_t *list, uint8_t *count, int32_t chunk);
/* The same for a place; and with the relation that its own preposition or direction tells (scope.c). */
void event_add_place_alone(scene *e, event *v, int32_t chunk, uint8_t relation);
void event_add_place_here(scene *e, event *v, int32_t chunk);
/* Count the victims among the targets that are not counted yet (figure.c). */
void event_count_targets(scene *e, event *v);
void event_add_rule(event *v, const char *prefix, uint32_t row, uint32_t token);
/* The role that the event's frame gives to a slot, ROLE_NONE if it gives none. */
frame_role event_role(const event *v, uint8_t slot);
bool scene_is(const scene *e, int32_t chunk, noun_class class);
/* A class that any word of the whole phrase has, adjectives and genitives too. */
bool scene_phrase_has(const scene *e, int32_t chunk, noun_class class);
/* The phrase can act: armed men, planes, a state, an office, a named party. */
bool scene_can_act(const scene *e, int32_t chunk);
/* The phrase names a place: a name of the gazetteer, or a noun of a place. */
bool scene_is_place(const scene *e, int32_t chunk);
/* A party whose name is also a place's: غادرت سوريا. */
bool scene_could_be_place(const scene *e, int32_t chunk);
bool scene_is_assault(uint8_t kind);
/* A word that is a vague number by itself: إصابة العشرات. */
bool scene_is_vague_number(const scene *e, uint32_t token);

/* Truces, talks and agreements: kinds that have phases, and sides rather than a doer. */
bool scene_has_phases(uint8_t kind);
/* A phrase that only completes the noun before it: مصدر في الشرطة، عناصر من حزب الله. */
bool scene_completes_noun(const scene *e, int32_t chunk);
/* The event whose trigger heads the chunk, or -1. */
int32_t scene_event_of(const scene *e, int32_t chunk);

/* who.c: the party that a phrase names. `after_saying`: as a speaker (سكان are witnesses then). */
void scene_identify(scene *e, int32_t chunk, bool speaks, const char **who, const char **code);
/* The class of protected object of a target, "" if none. */
const char *scene_object(const scene *e, int32_t chunk);
/* Fill a place of a record, candidates among namesakes noted in memory for the end of the article. */
bool scene_place(scene *e, int32_t chunk, uint8_t relation, marsad_place *out);
/* Remember the places that the sentence names, for المدينة and البلدة after it. */
void scene_note_places(scene *e);

/*
 * One record as a JSON object: docs/record.md. With the article's `text` also the words of parties and figures and what the gazetteer says of places, so that
 * the object can be kept without article and gazetteer; `text` may be NULL.
 */
void record_json(json_out *j, const marsad_record *record, const view *text);

#endif
