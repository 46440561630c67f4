/* A stream in memory, and what is left of an article when its item is gone. */
#ifndef MARSAD_STREAM_H
#define MARSAD_STREAM_H

#include "feed/feed.h"

typedef struct {
    view text;
    size_t at, step; /* at most `step` bytes a time */
    size_t repeat;   /* the text comes that many times more */
    bool breaks;     /* fails at the end instead of ending */
} bytes_in;

/* A marsad_read_bytes whose context is a bytes_in. */
size_t bytes_read(void *context, void *bytes, size_t size);

marsad_feed *feed_of(bytes_in *s, marsad_input input, const char *name, const marsad_article *fallback);

typedef struct {
    marsad_status status;
    char id[128], url[128], source[64], title[96], text[4096], sha256[65], note[240];
    marsad_date published;
    size_t text_len;
    marsad_error err;
} copy;

copy parse(marsad_item *item);

/* The only article of a stream of these bytes. */
copy read_one(view bytes, marsad_input input, const char *name, const marsad_article *fallback);

/*
 * Reads all articles of `bytes`, `most` at the most, in pieces of `step` bytes (0: as large as they come). Returns how many there were, errors too: in
 * out[i].status and out[i].err.
 */
size_t read_some(copy *out, size_t most, view bytes, size_t step, marsad_input input);

/* Reads `bytes` again and again, each time with another allocation refused: all must end well or with MARSAD_ERR_SYSTEM. */
void refuse_each(view bytes, marsad_input input);

/* A file below tests/, in memory that the caller frees. */
view file_bytes(const char *name);

#define LITERAL(text) ((view){text, sizeof text - 1})

#endif
