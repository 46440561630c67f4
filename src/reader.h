/* What a reader holds between articles: shared by src/reader.c, src/pipeline.c and src/conllu.c. */
#ifndef MARSAD_READER_H
#define MARSAD_READER_H

#include "event/event.h"
#include "morph/morph.h"

struct marsad_reader {
    const marsad_lexicon *lexicon;
    const marsad_gazetteer *gazetteers[GAZETTEERS_MAX];
    size_t gazetteer_count;
    morph_cache *cache;
    known_country *countries; /* of all gazetteers, in `own` */
    uint32_t country_count, country_room;
    arena own;               /* what lasts as long as the reader */
    arena article, sentence; /* emptied before each article, after each sentence */
    memory memory;
    marsad_reading reading;
    const model_observer *observer; /* set by tools/learn_see.c alone */
};

#endif
