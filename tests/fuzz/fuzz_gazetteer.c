/* Any bytes as a compiled gazetteer, and as a table of places to compile: refused, or safe to look up and to read with. */
#include "fuzz.h"

#include <stdio.h>
#include <unistd.h>

static bool is_wanted(void *context, const marsad_place_row *place)
{
    size_t *places = context;
    MUST(place->id != NULL && place->name != NULL && place->name_en != NULL && place->country != NULL);
    MUST(place->admin1 != NULL && place->admin2 != NULL && place->feature != NULL && place->source != NULL);
    return ++*places < 1000;
}

static void read_with(marsad_gazetteer *gazetteer)
{
    size_t places = 0;
    marsad_gazetteer_find(gazetteer, (marsad_view){"حلب", sizeof "حلب" - 1}, is_wanted, &places);

    const marsad_gazetteer *gazetteers[] = {gazetteer};
    marsad_reader *reader = NULL;
    MUST(marsad_reader_new(&reader, fuzz_lexicon(), gazetteers, 1, NULL) == MARSAD_OK);
    marsad_article article = fuzz_report();
    fuzz_read(reader, &article);
    marsad_reader_free(reader);
    marsad_gazetteer_close(gazetteer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *path = fuzz_file(bytes, size);
    marsad_gazetteer *gazetteer = NULL;
    marsad_error err = {0};
    if (marsad_gazetteer_open(&gazetteer, path, &err) == MARSAD_OK) {
        read_with(gazetteer);
        return 0;
    }
    MUST(err.message[0] != '\0');

    char compiled[300];
    size_t places = 0;
    snprintf(compiled, sizeof compiled, "%s.bin", path);
    err = (marsad_error){0};
    if (marsad_gazetteer_compile(compiled, &path, 1, &places, &err) != MARSAD_OK) {
        MUST(err.message[0] != '\0');
        return 0;
    }
    MUST(marsad_gazetteer_open(&gazetteer, compiled, &err) == MARSAD_OK);
    read_with(gazetteer);
    unlink(compiled);
    return 0;
}
