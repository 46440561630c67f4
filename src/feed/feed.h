/*
 * Feed: a stream of bytes becomes items, an item becomes an article.
 *   feed.c      what items share; the stream, and which way it is cut
 *   origin.c    what they share, as it is held
 *   stream.c    bytes through one small chunk
 *   warc.c      the records of a web archive; http.c the page in one, unpack.c what is compressed
 *   rss.c       the items of a feed
 *   encoding.c  whatever writing the bytes are in becomes UTF-8; charset.c what a page declares
 *   jsonl.c     the fields of a line
 *   html.c      the fields of a page: markup.c guards the parser, page.c takes the page apart, main_text.c finds the article, ld.c reads JSON-LD
 *   parcel.c    an item as a parcel, and back
 *   language.c  whether an item is Arabic, by its bytes
 *   article.c   the article, with what the stream gives where the item gives nothing
 */
#ifndef MARSAD_FEED_H
#define MARSAD_FEED_H

#include "base/base.h"

enum { ITEM_MAX_BYTES = 64 * 1024 * 1024, CHUNK_BYTES = 64 * 1024 };

/* --- blob.c: bytes that grow ------------------------------------------------------------------------------------------- */

typedef struct {
    char *bytes;
    size_t size, room;
} blob;

/* False when memory is out; then nothing is added. */
bool blob_append(blob *b, const char *bytes, size_t size);
view blob_view(const blob *b);
void blob_clear(blob *b); /* gives much memory, needed by a rare long item, back */
void blob_free(blob *b);

/* --- the stream --------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_read_bytes *read;
    void *context;
    const char *name, *unit; /* for messages: "line", "record" */
    bool is_at_end;
    uint64_t passed;     /* bytes before the chunk */
    size_t next, filled; /* chunk[next, filled) is still to be taken */
    char chunk[CHUNK_BYTES];
} stream;

/* Makes sure that the chunk has bytes, unless the stream is at its end. MARSAD_ERR_SYSTEM, behind so many units, when it is broken: then it is at its end too. */
marsad_status stream_fill(stream *s, size_t units, marsad_error *err);

/* --- items -------------------------------------------------------------------------------------------------------------- */

/* What all items of a stream share. Never changed once made; the last one who lets go of it frees it, feed or item, on any thread. */
typedef struct feed_origin feed_origin;

/* The fields of an article; empty views and no date where nothing gives them. */
typedef struct {
    view id, source, title, text, url;
    view raw_text; /* what sha256 is of */
    marsad_date published;
} item_fields;

/* What the stream says of an item, beside its bytes; in item->own. */
typedef struct {
    view id, url, source, title, published; /* as written */
    view content;                           /* of a feed: HTML */
    view charset;                           /* of a web archive: what the server declared */
    view note;                              /* about the stream: "converted from ..." */
} item_given;

struct marsad_item {
    const feed_origin *origin;
    blob bytes;       /* as they arrived */
    size_t line;      /* from 1 */
    item_given given; /* in `own`: lasts until the item is taken into again */
    arena own;
    arena memory; /* what had to be written anew for the article */
    void *json;   /* json_t, which holds the strings of the article; or NULL */
};

/* Everything is copied; `fallback` may be NULL. The caller holds it; NULL when memory is out. */
feed_origin *origin_new(marsad_input input, const char *name, const marsad_article *fallback);
/* One holder more, and one less. */
const feed_origin *origin_hold(feed_origin *origin);
void origin_release(const feed_origin *shared); /* NULL is harmless */

marsad_input origin_input(const feed_origin *origin);
const char *origin_name(const feed_origin *origin);
const marsad_article *origin_fallback(const feed_origin *origin); /* id, source, title, url, published; views are NUL-terminated */

/* "line 7 of 'x.jsonl'", "record 7 of 'x.warc'"; for messages. */
#define ITEM_PLACE "%s %zu of '%s'"
#define ITEM_PLACE_OF(item) item_unit(item), (item)->line, origin_name((item)->origin)
const char *item_unit(const marsad_item *item);

/* Empties an item for its next use; it lets go of its origin. */
void item_clear(marsad_item *item);

/* MARSAD_ERR_SYSTEM with the place of the item. */
marsad_status item_out_of_memory(const marsad_item *item, marsad_error *err);

/* The id that is of the content of `parcel`; 18 letters, and NULs behind. */
void parcel_id(marsad_parcel_id out, const marsad_parcel *parcel);

/* The name of a file without folder and extension: "news/2016-05-10.txt" is "2016-05-10". */
view name_stem(view name);

/* --- writing ------------------------------------------------------------------------------------------------------------ */

/*
 * `bytes` as valid UTF-8 without NUL bytes: the very same bytes if they are that already, else something in `memory`.
 *   label  the encoding that is declared, or empty: believed where the bytes do not tell otherwise.
 *   note   one line about what was done, or "".
 * Errors: MARSAD_ERR_SYSTEM (memory), MARSAD_ERR_FORMAT (over ITEM_MAX_BYTES once it is UTF-8).
 */
marsad_status text_decode(view *out, arena *memory, view bytes, view label, char note[240], marsad_error *err);

/* `text` with each NUL byte read as a blank; the same view if there is none. False when memory is out. */
bool text_without_nul(view *text, arena *memory);

/* UTF-16, by its mark or by its pattern? */
bool text_is_utf16(view bytes);
/* The letter that a byte from 80 up stands for in ISO-8859-6 where `label` says so, else in windows-1256. */
uint32_t text_code_page_letter(unsigned char byte, view label);

/* The encoding that a page (<meta>) or an XML document (<?xml?>) declares in its first bytes; empty where it does not. */
view charset_of_page(view bytes);
view charset_of_xml(view bytes);

/* --- the ways in -------------------------------------------------------------------------------------------------------- */

/* Read the JSON object in `line`, which is UTF-8; the strings live in item->json and item->memory. */
marsad_status jsonl_read(item_fields *out, marsad_item *item, view line, char note[240], marsad_error *err);
void jsonl_free(marsad_item *item);
/*
 * The value (json_t) in `text`, which is strict JSON in valid UTF-8 and says nothing twice. NULL with the reason in `why` and the byte at fault, or MARSAD_NOWHERE;
 * without a reason when memory is out.
 */
void *json_load_strict(view text, bool allows_nul, char why[160], size_t *position);

/* The article in the page that the item holds; in item->memory. */
marsad_status html_read(item_fields *out, marsad_item *item, char note[240], marsad_error *err);

/* The link of an item of a feed; empty where it has none. */
view rss_address(const marsad_item *item);
/* The article that an item of a feed tells. */
marsad_status rss_read(item_fields *out, marsad_item *item, char note[240], marsad_error *err);

/*
 * The items of a feed. `document` holds it from the first byte to the last, as it arrived, and must stay where it is. Never NULL on MARSAD_OK: what is
 * wrong with a feed is told by rss_next(), behind the items before the fault.
 */
typedef struct rss rss;
marsad_status rss_new(rss **out, view document, const char *name, marsad_error *err);
void rss_free(rss *feed);
/* MARSAD_END behind the last; MARSAD_ERR_FORMAT for the fault that ends the feed, once. */
marsad_status rss_next(rss *feed, marsad_item *item, marsad_error *err);

/* The pages of a web archive, through `s`, which must outlive it. */
typedef struct warc warc;
marsad_status warc_new(warc **out, stream *s, marsad_error *err);
void warc_free(warc *w);
/* `item->line` becomes the number of the record, also where it is refused. */
marsad_status warc_next(warc *w, marsad_item *item, marsad_error *err);
size_t warc_skipped(const warc *w, void (*visit)(void *context, const char *reason, size_t count), void *context);

/* --- small -------------------------------------------------------------------------------------------------------------- */

/* "2016-05-10T12:00:00+03:00", "2016/05/10" or "Tue, 10 May 2016 12:00:00 GMT" as the day that is written there. False if it is none. */
bool date_of_metadata(marsad_date *out, view text);

/* SHA-256 in lower-case hexadecimal, NUL-terminated. */
void sha256_hex(char out[65], view bytes);

#endif
