/*
 * Any bytes as a parcel that comes out of a database: what is unpacked is read or refused with a reason, and packs to a parcel that is the same from then on.
 * The input: a letter for its kind (t j h r w), what is given with it up to the end of the line, then its bytes.
 */
#include "fuzz.h"

#include <string.h>

#include "feed/feed.h"

static marsad_input kind_of(uint8_t letter)
{
    switch (letter) {
    case 'j':
        return MARSAD_INPUT_JSONL;
    case 'h':
        return MARSAD_INPUT_HTML;
    case 'r':
        return MARSAD_INPUT_RSS;
    case 'w':
        return MARSAD_INPUT_WARC;
    default:
        return MARSAD_INPUT_TEXT;
    }
}

static void read_item(marsad_item *item)
{
    marsad_article article;
    marsad_error err = {0};
    char note[240];
    if (marsad_item_parse(item, &article, note, &err) == MARSAD_OK)
        fuzz_read(fuzz_reader(), &article);
    else
        MUST(err.message[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const char *text = (const char *)bytes;
    const char *newline = size == 0 ? NULL : memchr(text, '\n', size);
    if (newline == NULL)
        return 0;
    const size_t head = (size_t)(newline - text) + 1;
    marsad_parcel parcel = {
        .input = kind_of(bytes[0]), .place = "fuzz", .line = 1, .given = {text + 1, head > 2 ? head - 2 : 0}, .bytes = {newline + 1, size - head}};
    parcel_id(parcel.id, &parcel);

    marsad_item *item = NULL, *again = NULL;
    marsad_error err = {0};
    if (marsad_item_unpack(&item, &parcel, &err) == MARSAD_OK) {
        marsad_parcel first, second;
        MUST(marsad_item_pack(item, &first, NULL) == MARSAD_OK);
        MUST(marsad_item_unpack(&again, &first, NULL) == MARSAD_OK);
        MUST(marsad_item_pack(again, &second, NULL) == MARSAD_OK);
        MUST(strcmp(first.id, second.id) == 0);
        read_item(item);
    } else {
        MUST(err.message[0] != '\0');
    }
    marsad_item_free(item);
    marsad_item_free(again);
    return 0;
}
