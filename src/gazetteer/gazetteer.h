/*
 * The gazetteer: places and their names, compiled from tables into one mapped file (marsad_gazetteer_compile) and only read.
 * Names stand in a trie over bare folded words, like the phrases of the lexicon: words without ال, at most 6 words a name.
 */
#ifndef MARSAD_GAZETTEER_H
#define MARSAD_GAZETTEER_H

#include "base/base.h"

typedef enum {
    FEATURE_OTHER,
    FEATURE_COUNTRY,
    FEATURE_ADM1,
    FEATURE_ADM2,
    FEATURE_ADM3,
    FEATURE_CAPITAL,
    FEATURE_SEAT1,
    FEATURE_SEAT2,
    FEATURE_TOWN,
    FEATURE_QUARTER,
    FEATURE_LOCALITY,
    FEATURE_FACILITY,
    FEATURE_AREA,
    FEATURE_HEIGHT,
    FEATURE_WATER,
    FEATURE_CAMP,
    FEATURE_ROAD
} place_feature;

typedef struct {
    uint32_t id, name, name_en, admin1, admin2, source; /* strings */
    uint32_t admin1_folded;                             /* string: admin1 as bare folded words with blanks between, for comparison */
    float lat, lon;
    uint32_t population;
    char country[2];    /* ISO 3166 alpha-2, or two NUL */
    uint8_t feature;    /* place_feature */
    uint8_t prominence; /* 0..100 */
    uint8_t cue;        /* 1: the bare name is also a common word or a person's name: believe it only beside a place noun or preposition */
    uint8_t article;    /* name_article of the name that leads here, where the name is one word */
    uint8_t unused[2];
} gaz_place;

/*
 * Keys have no ال, so that الفلوجة and فلوجة are found alike. Where the article tells a name from a word (العند and عند، سورية and السورية,
 * الخمس and خمس), it is compared: a place of ARTICLE_ALWAYS is not meant by a single word without it, one of ARTICLE_NEVER hardly by one that has it.
 */
typedef enum { ARTICLE_ANY, ARTICLE_ALWAYS, ARTICLE_NEVER } name_article;

uint32_t gazetteer_key(const marsad_gazetteer *gazetteer, view bare);
uint32_t gazetteer_step(const marsad_gazetteer *gazetteer, uint32_t state, uint32_t key);
/* The places whose name ends in `state`, most prominent first. */
const uint32_t *gazetteer_places(const marsad_gazetteer *gazetteer, uint32_t state, uint32_t *count);
const gaz_place *gazetteer_place(const marsad_gazetteer *gazetteer, uint32_t index);
const char *gazetteer_string(const marsad_gazetteer *gazetteer, uint32_t offset);
/* Places as rows: one with names of several kinds (cue, article) has a row for each. */
uint32_t gazetteer_count(const marsad_gazetteer *gazetteer);
/* "ADM1", "PPL" ... as tables name it. */
const char *gazetteer_feature_name(place_feature feature);
/* The feature of such a name; FEATURE_OTHER of none. */
place_feature gazetteer_feature_named(view name);
/* What the point of a place of this feature stands for. */
marsad_precision gazetteer_precision(place_feature feature);
/* Fills what the gazetteer says of a place: id to country, with its bare name and how fine its point is. Span, relation and others stay. */
void gazetteer_fill(const marsad_gazetteer *gazetteer, const gaz_place *place, marsad_place *out);

#endif
