/* Any bytes as a compiled lexicon: refused, or safe to look up, to list and to read with. */
#include "fuzz.h"

static bool is_wanted(void *context, const char *line)
{
    size_t *lines = context;
    MUST(line != NULL);
    return ++*lines < 10000;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    marsad_lexicon *lexicon = NULL;
    marsad_error err = {0};
    if (marsad_lexicon_open(&lexicon, fuzz_file(bytes, size), &err) != MARSAD_OK) {
        MUST(err.message[0] != '\0');
        return 0;
    }
    size_t lines = 0;
    marsad_lexicon_find(lexicon, (marsad_view){"قصف", sizeof "قصف" - 1}, is_wanted, &lines);
    lines = 0;
    marsad_lexicon_dump(lexicon, is_wanted, &lines);

    marsad_reader *reader = NULL;
    MUST(marsad_reader_new(&reader, lexicon, NULL, 0, &err) == MARSAD_OK);
    marsad_article article = fuzz_report();
    fuzz_read(reader, &article);
    marsad_reader_free(reader);
    marsad_lexicon_close(lexicon);
    return 0;
}
