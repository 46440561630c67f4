/* A reader: what one thread needs to read article after article. */
#include "reader.h"

#include <stdlib.h>

marsad_status marsad_reader_new(marsad_reader **out, const marsad_lexicon *lexicon, const marsad_gazetteer *const *gazetteers, size_t gazetteer_count,
                                marsad_error *err)
{
    if (out == NULL || lexicon == NULL || gazetteer_count > GAZETTEERS_MAX || (gazetteer_count > 0 && gazetteers == NULL))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a reader needs a lexicon and at most %d gazetteers", (int)GAZETTEERS_MAX);
    marsad_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a reader");
    reader->cache = morph_cache_new();
    if (reader->cache == NULL) {
        free(reader);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a reader");
    }
    reader->lexicon = lexicon;
    reader->gazetteer_count = gazetteer_count;
    for (size_t i = 0; i < gazetteer_count; i++)
        reader->gazetteers[i] = gazetteers[i];
    *out = reader;
    return MARSAD_OK;
}

void marsad_reader_free(marsad_reader *reader)
{
    if (reader == NULL)
        return;
    morph_cache_free(reader->cache);
    arena_free(&reader->article);
    arena_free(&reader->sentence);
    free(reader);
}
