/*
 * Feed: a stream of bytes becomes items, an item becomes an article.
 *   feed.c      the stream is cut: whole, or line by line
 *   encoding.c  whatever writing the bytes are in becomes UTF-8
 *   jsonl.c     the fields of a line
 *   article.c   the article, with what the stream gives where the item gives nothing
 */
#ifndef MARSAD_FEED_H
#define MARSAD_FEED_H

#include "base/base.h"

enum { ITEM_MAX_BYTES = 64 * 1024 * 1024 };

/* What all items of a stream share. Never changed once made; the last one who lets go of it frees it, feed or item, on any thread. */
typedef struct feed_origin feed_origin;

struct marsad_item {
    const feed_origin *origin;
    char *bytes; /* as they arrived */
    size_t size, room;
    size_t line;  /* from 1 */
    arena memory; /* what had to be written anew for the article */
    void *json;   /* json_t, which holds the strings of the article; or NULL */
};

marsad_input origin_input(const feed_origin *origin);
const char *origin_name(const feed_origin *origin);
const marsad_article *origin_fallback(const feed_origin *origin); /* id, source, title, published; views are NUL-terminated */

/* The name of a file without folder and extension: "news/2016-05-10.txt" is "2016-05-10". */
view name_stem(view name);

/*
 * `bytes` as valid UTF-8 without NUL bytes: the very same bytes if they are that already, else something in `memory`.
 *   note  one line about what was done, or "".
 * Errors: MARSAD_ERR_SYSTEM (memory), MARSAD_ERR_FORMAT (over ITEM_MAX_BYTES once it is UTF-8).
 */
marsad_status text_decode(view *out, arena *memory, view bytes, char note[240], marsad_error *err);

/* `text` with each NUL byte read as a blank; the same view if there is none. False when memory is out. */
bool text_without_nul(view *text, arena *memory);

/* The fields of an article as a line gives them; empty views and no date where it gives none. */
typedef struct {
    view id, source, title, text;
    view raw_text; /* as it arrived: `text` before NUL characters are read as blanks */
    marsad_date published;
} jsonl_fields;

/* Read the JSON object in `line`, which is UTF-8; the strings live in item->json and item->memory. */
marsad_status jsonl_read(jsonl_fields *out, marsad_item *item, view line, char note[240], marsad_error *err);
void jsonl_free(marsad_item *item);

/* SHA-256 in lower-case hexadecimal, NUL-terminated. */
void sha256_hex(char out[65], view bytes);

#endif
