/* What is remembered from sentence to sentence of one article: parties and places named so far, countries spoken of, the speaker. */
#ifndef MARSAD_MEMORY_H
#define MARSAD_MEMORY_H

#include "phrase/phrase.h"

enum { COUNTRIES_MAX = 64, PEOPLE_MAX = 64, PARTIES_MAX = 64, PLACES_KEPT = 64, PREVIEW_BYTES = 6000 };

/* What fires or explodes, as words tell it: bits of a set, and places in memory.weapons. */
enum { CUE_AIR = 1, CUE_FIRE = 2, CUE_EXPLOSIVE = 4, WEAPON_CUES = 3 };

typedef struct {
    const char *name_folded; /* words of a person's or body's phrase, folded, blank-separated, in the article's arena */
    const char *who, *code;
} known_person;

typedef struct {
    const char *who, *code;
    uint8_t kind;     /* actor_kind */
    noun_class class; /* of the head it was named with */
    uint32_t times;
} known_party;

typedef struct {
    place_ref place;
    noun_class class; /* of the noun it was named with, or what the gazetteer says */
} known_place;

typedef struct {
    struct {
        char code[2];
        uint32_t times;
    } countries[COUNTRIES_MAX];
    uint32_t country_count;
    const char *country; /* folded name of the country most spoken of, "" if none */
    char country_code[2];
    place_ref country_place;
    bool has_country;
    known_person people[PEOPLE_MAX];
    uint32_t person_count;
    known_party parties[PARTIES_MAX]; /* in the order last named, the latest last */
    uint32_t party_count;
    known_place places[PLACES_KEPT];
    uint32_t place_count;
    speech speech;
    uint32_t weapons[WEAPON_CUES]; /* how often the article speaks of each */
    bool has_truce;                /* a truce was spoken of: الاتفاق can mean it */
} memory;

/* Count the countries that a sentence speaks of: by their names, their demonyms, and well-known places. */
void memory_count_countries(memory *m, const sentence *s, const sources_of_names *names);
/* The cue that a word is, CUE_ bits or 0; count those of a sentence; and the one counted most: "air", "fire", "explosive", or "none". */
unsigned memory_weapon_cue(const sentence *s, const marsad_lexicon *lexicon, uint32_t token);
void memory_count_weapons(memory *m, const sentence *s, const marsad_lexicon *lexicon);
const char *memory_main_weapon(const memory *m);
/* Settle which country the article is about. */
void memory_settle_country(memory *m, const sources_of_names *names);
/* How often the country was spoken of. */
uint32_t memory_country_times(const memory *m, const char code[2]);

void memory_note_party(memory *m, const char *who, const char *code, uint8_t kind, noun_class class);
void memory_note_person(memory *m, arena *a, const char *name_folded, const char *who, const char *code);
void memory_note_place(memory *m, place_ref place, noun_class class);

#endif
