/* Any bytes as a stream of articles, once as JSON Lines and once as text; what comes out of the feed must be readable. */
#include "fuzz.h"

#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t left, most; /* most: bytes handed over at a time */
} stream;

static size_t stream_read(void *context, void *bytes, size_t size)
{
    stream *s = context;
    size_t part = size < s->most ? size : s->most;
    if (part > s->left)
        part = s->left;
    if (part > 0)
        memcpy(bytes, s->bytes, part);
    s->bytes += part;
    s->left -= part;
    return part;
}

static void read_stream(marsad_input input, const uint8_t *bytes, size_t size)
{
    stream s = {.bytes = bytes, .left = size, .most = 1 + size % 509};
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    marsad_error err;
    marsad_status status;
    MUST(marsad_feed_new(&feed, input, "fuzz", NULL, stream_read, &s, &err) == MARSAD_OK);
    while ((status = marsad_feed_next(feed, &item, &err)) == MARSAD_OK) {
        marsad_article article;
        char note[240];
        if (marsad_item_parse(item, &article, note, &err) == MARSAD_OK) {
            const marsad_reading *reading;
            MUST(strlen(article.sha256) == 64);
            MUST(marsad_read(fuzz_reader(), &article, &reading, &err) == MARSAD_OK);
            fuzz_read(fuzz_reader(), &article);
        } else {
            MUST(err.message[0] != '\0');
        }
    }
    MUST(status == MARSAD_END || status == MARSAD_ERR_FORMAT);
    marsad_item_free(item);
    marsad_feed_free(feed);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    read_stream(MARSAD_INPUT_JSONL, bytes, size);
    read_stream(MARSAD_INPUT_TEXT, bytes, size);
    return 0;
}
