/* A reader: what one thread needs to read article after article. */
#include "reader.h"

#include <stdlib.h>

/* The capital of each country that the gazetteers name as one. */
static void find_capitals(marsad_reader *reader)
{
    for (size_t g = 0; g < reader->gazetteer_count; g++)
        for (uint32_t i = 0; i < gazetteer_count(reader->gazetteers[g]); i++) {
            const gaz_place *place = gazetteer_place(reader->gazetteers[g], i);
            for (uint32_t k = 0; place->feature == FEATURE_CAPITAL && k < reader->country_count; k++) {
                known_country *country = &reader->countries[k];
                if (!country->has_capital && memcmp(country->code, place->country, 2) == 0) {
                    country->capital = (place_ref){i, (uint8_t)g};
                    country->has_capital = true;
                }
            }
        }
}

/* Countries are looked for in every article: find them once. */
static bool find_countries(marsad_reader *reader)
{
    for (size_t g = 0; g < reader->gazetteer_count; g++)
        for (uint32_t i = 0; i < gazetteer_count(reader->gazetteers[g]); i++) {
            const gaz_place *place = gazetteer_place(reader->gazetteers[g], i);
            if (place->feature != FEATURE_COUNTRY)
                continue;
            view name = view_of(gazetteer_string(reader->gazetteers[g], place->name));
            char *folded = arena_alloc(&reader->own, name.len + 1);
            if (folded == NULL || !ARENA_GROW(&reader->own, reader->countries, reader->country_count, reader->country_room))
                return false;
            fold_into(folded, name.len + 1, name);
            reader->countries[reader->country_count++] =
                (known_country){.name = folded, .code = {place->country[0], place->country[1]}, .place = {i, (uint8_t)g}};
        }
    find_capitals(reader);
    return true;
}

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
    if (!find_countries(reader)) {
        marsad_reader_free(reader);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a reader");
    }
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
    arena_free(&reader->own);
    free(reader);
}
