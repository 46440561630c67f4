/* What a record of a web archive holds: an answer of a server, packed as it was sent. */
#ifndef MARSAD_WARC_H
#define MARSAD_WARC_H

#include "feed/feed.h"

/* --- unpack.c ----------------------------------------------------------------------------------------------------------- */

typedef enum { UNPACKED, UNPACK_CUT, UNPACK_DAMAGED, UNPACK_TOO_LARGE, UNPACK_NO_MEMORY } unpacked;

/* Adds what gzip, zlib or raw deflate in `packed` holds to `out`, at most up to `most` bytes in `out`. */
unpacked unpack(blob *out, view packed, size_t most);

/* --- http.c ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int status;
    view type;            /* "text/html; charset=utf-8" */
    view transfer_coding; /* "chunked" */
    view content_coding;  /* "gzip" */
    size_t body;          /* where it begins in the message */
} http_head;

/* The head of an answer, with views into `message`. False if there is none: no status line, or no empty line behind it. */
bool http_read_head(http_head *out, view message);

/* "text/html" or "application/xhtml+xml" */
bool http_is_page(const http_head *head);

/* The value of the field `name` in lines "name: value" of `head`; empty where there is none. */
view field_in(view head, const char *name);

/*
 * The body of `message`, whose bytes are moved about, with its codings taken off, into `out`. Returns NULL, or what is wrong with it. Memory that is out
 * is "" (an empty reason). Archives that keep a body unpacked under a head that calls it packed are common: such a body is taken as it is.
 */
const char *http_take_body(blob *out, const http_head *head, blob *message);

#endif
