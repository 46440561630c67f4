/*
 * Web archives (ISO 28500): records one behind the other, the whole file or each record compressed with gzip.
 *
 *   WARC/1.0 CRLF  WARC-Type: response CRLF  Content-Length: 1234 CRLF ... CRLF  <1234 bytes>  CRLF CRLF
 *
 * What comes in goes through one window; only the message of a page is held in memory, and no more than the limit of an item.
 */
#include <stdlib.h>
#include <zlib.h>

#include "feed/warc.h"

enum { HEAD_MAX_BYTES = 64 * 1024, MESSAGE_MAX_BYTES = ITEM_MAX_BYTES + HEAD_MAX_BYTES };

typedef enum { SKIP_TYPE, SKIP_STATUS, SKIP_CONTENT, SKIP_COUNT } skip;

static const char *const skip_reasons[SKIP_COUNT] = {
    [SKIP_TYPE] = "no answer of a web server",
    [SKIP_STATUS] = "the status of the answer is not 200",
    [SKIP_CONTENT] = "the answer is no page in HTML",
};

struct warc {
    stream *in;
    size_t records; /* begun so far */
    uint64_t at;    /* byte of the stream where the record begins, or the gzip member that holds it */
    uint64_t left;  /* bytes of the record's block that are not taken yet */
    bool is_over;   /* nothing more can be taken */
    bool is_known;  /* it is seen whether the stream is compressed */
    bool is_compressed, is_in_member;
    z_stream z;
    uint64_t member_at;
    size_t next, filled; /* window[next, filled): of a compressed stream, unpacked */
    blob head, message;
    size_t skipped[SKIP_COUNT];
    char window[CHUNK_BYTES];
};

marsad_status warc_new(warc **out, stream *s, marsad_error *err)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the web archive '%s'", s->name);
    (*out)->in = s;
    return MARSAD_OK;
}

void warc_free(warc *w)
{
    if (w == NULL)
        return;
    if (w->is_compressed)
        inflateEnd(&w->z);
    blob_free(&w->head);
    blob_free(&w->message);
    free(w);
}

size_t warc_skipped(const warc *w, void (*visit)(void *context, const char *reason, size_t count), void *context)
{
    size_t reasons = 0;
    for (size_t i = 0; i < SKIP_COUNT; i++)
        if (w->skipped[i] > 0) {
            visit(context, skip_reasons[i], w->skipped[i]);
            reasons++;
        }
    return reasons;
}

static marsad_status refuse(const warc *w, const char *why, marsad_error *err)
{
    if (why[0] == '\0')
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for record %zu of '%s'", w->records, w->in->name);
    return fail(err, MARSAD_ERR_FORMAT, (size_t)w->at, "cannot read record %zu at byte %llu of '%s': %s", w->records, (unsigned long long)w->at,
                w->in->name, why);
}

/* Behind this fault no record can be found. */
static marsad_status give_up(warc *w, const char *why, marsad_error *err)
{
    w->is_over = true;
    return refuse(w, why, err);
}

/* --- bytes --------------------------------------------------------------------------------------------------------------- */

static marsad_status see_whether_compressed(warc *w, marsad_error *err)
{
    w->is_known = true;
    if (w->in->is_at_end || (unsigned char)w->in->chunk[w->in->next] != 0x1F)
        return MARSAD_OK;
    if (inflateInit2(&w->z, 15 + 16) != Z_OK) /* gzip alone */
        return give_up(w, "", err);
    w->is_compressed = true;
    return MARSAD_OK;
}

/* Unpacks some bytes of the stream into the window, which is empty. */
static marsad_status unpack_some(warc *w, marsad_error *err)
{
    stream *in = w->in;
    if (!w->is_in_member) {
        w->member_at = in->passed + in->next;
        w->is_in_member = true;
        inflateReset(&w->z);
    }
    w->z.next_in = (unsigned char *)in->chunk + in->next;
    w->z.avail_in = (uInt)(in->filled - in->next);
    w->z.next_out = (unsigned char *)w->window;
    w->z.avail_out = sizeof w->window;
    int result = inflate(&w->z, Z_NO_FLUSH);
    in->next = in->filled - w->z.avail_in;
    w->next = 0;
    w->filled = sizeof w->window - w->z.avail_out;
    if (result == Z_STREAM_END)
        w->is_in_member = false;
    if (result == Z_OK || result == Z_STREAM_END)
        return MARSAD_OK;
    w->at = w->member_at;
    return give_up(w, result == Z_MEM_ERROR ? "" : "its gzip data is damaged", err);
}

/* Bytes that come next; empty at the end of the stream. `*out` lies in the window or the stream's chunk, and is taken by pass(). */
static marsad_status look(warc *w, view *out, marsad_error *err)
{
    stream *in = w->in;
    *out = view_of("");
    for (;;) {
        if (w->is_compressed && w->next < w->filled) {
            *out = (view){w->window + w->next, w->filled - w->next};
            return MARSAD_OK;
        }
        marsad_status status = stream_fill(in, w->records, err);
        if (status == MARSAD_OK && !w->is_known)
            status = see_whether_compressed(w, err);
        if (status != MARSAD_OK)
            w->is_over = true;
        if (status != MARSAD_OK || in->is_at_end)
            return status;
        if (!w->is_compressed) {
            *out = (view){in->chunk + in->next, in->filled - in->next};
            return MARSAD_OK;
        }
        status = unpack_some(w, err);
        if (status != MARSAD_OK)
            return status;
    }
}

static void pass(warc *w, size_t size)
{
    if (w->is_compressed)
        w->next += size;
    else
        w->in->next += size;
}

/* Takes `size` bytes of the record's block into `out`, or over it where `out` is NULL. */
static marsad_status take(warc *w, blob *out, uint64_t size, marsad_error *err)
{
    while (size > 0) {
        view some;
        marsad_status status = look(w, &some, err);
        if (status != MARSAD_OK)
            return status;
        if (some.len == 0)
            return give_up(w, "it is cut short", err);
        if (some.len > size)
            some.len = (size_t)size;
        if (out != NULL && !blob_append(out, some.ptr, some.len))
            return give_up(w, "", err);
        pass(w, some.len);
        w->left -= some.len;
        size -= some.len;
    }
    return MARSAD_OK;
}

/* --- records ------------------------------------------------------------------------------------------------------------- */

/* Over the empty lines behind a record. MARSAD_END where no other begins. */
static marsad_status find_record(warc *w, marsad_error *err)
{
    for (;;) {
        view some;
        marsad_status status = look(w, &some, err);
        if (status != MARSAD_OK)
            return status;
        if (some.len == 0 && w->is_in_member) {
            w->records++;
            w->at = w->member_at;
            return give_up(w, "it is cut short", err);
        }
        if (some.len == 0)
            return MARSAD_END;
        size_t blank = 0;
        while (blank < some.len && (some.ptr[blank] == '\r' || some.ptr[blank] == '\n'))
            blank++;
        if (blank < some.len) {
            w->records++;
            w->at = w->is_compressed ? w->member_at : w->in->passed + w->in->next + blank;
            pass(w, blank);
            return MARSAD_OK;
        }
        pass(w, blank);
    }
}

static bool is_head_complete(view head)
{
    return view_ends(head, view_of("\n\r\n")) || view_ends(head, view_of("\n\n"));
}

static marsad_status read_head(warc *w, marsad_error *err)
{
    const view begin = view_of("WARC/");
    w->head.size = 0;
    while (!is_head_complete(blob_view(&w->head))) {
        view some;
        marsad_status status = look(w, &some, err);
        if (status != MARSAD_OK)
            return status;
        if (some.len == 0)
            return give_up(w, "it is cut short", err);
        size_t size = 0;
        while (size < some.len && some.ptr[size] != '\n')
            size++;
        size += size < some.len;
        if (size > HEAD_MAX_BYTES - w->head.size)
            return give_up(w, w->head.size > 0 && view_starts(blob_view(&w->head), begin) ? "its head is over 64 KiB" : "it is no WARC record", err);
        if (!blob_append(&w->head, some.ptr, size))
            return give_up(w, "", err);
        pass(w, size);
        if (w->head.size >= begin.len && !view_starts(blob_view(&w->head), begin))
            return give_up(w, "it is no WARC record", err);
    }
    return MARSAD_OK;
}

/* False if the head tells no length. */
static bool read_length(warc *w)
{
    view digits = field_in(blob_view(&w->head), "content-length");
    w->left = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || i > 17)
            return false;
        w->left = w->left * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    return digits.len > 0;
}

static bool holds_answer(const warc *w)
{
    view type = field_in(blob_view(&w->head), "content-type");
    view begin = view_of("application/http");
    return view_is(field_in(blob_view(&w->head), "warc-type"), "response") && type.len >= begin.len &&
           view_is((view){type.ptr, begin.len}, begin.ptr);
}

/* What is no text is left out. False when memory is out. */
static bool keep(view *out, marsad_item *item, view text)
{
    bool is_text = utf8_invalid(text) == MARSAD_NOWHERE && memchr(text.ptr, '\0', text.len) == NULL;
    const char *copy = arena_string(&item->own, is_text ? text : view_of(""));
    *out = (view){copy, is_text ? text.len : 0};
    return copy != NULL;
}

/* WARC 1.0 writes the address between < and >. */
static view address_in(const warc *w)
{
    view address = field_in(blob_view(&w->head), "warc-target-uri");
    if (address.len > 1 && address.ptr[0] == '<' && address.ptr[address.len - 1] == '>')
        address = (view){address.ptr + 1, address.len - 2};
    return address;
}

/* The answer that begins in w->message is a page: take the rest, and its body into the item. */
static marsad_status take_page(warc *w, const http_head *head, marsad_item *item, marsad_error *err)
{
    http_head whole = *head;
    if (w->left > MESSAGE_MAX_BYTES - w->message.size)
        return refuse(w, "it is over the limit of 64 MiB", err);
    if (!keep(&item->given.url, item, address_in(w)) || !keep(&item->given.charset, item, named_value(head->type, "charset")))
        return refuse(w, "", err);
    marsad_status status = take(w, &w->message, w->left, err);
    if (status != MARSAD_OK)
        return status;
    http_read_head(&whole, blob_view(&w->message)); /* the message may have moved */
    const char *fault = http_take_body(&item->bytes, &whole, &w->message);
    return fault == NULL ? MARSAD_OK : refuse(w, fault, err);
}

/* Takes the page of the record whose head is read. MARSAD_END if the record holds none: it is counted. */
static marsad_status take_record(warc *w, marsad_item *item, marsad_error *err)
{
    http_head head;
    if (!read_length(w))
        return give_up(w, "its head gives no length", err);
    if (!holds_answer(w)) {
        w->skipped[SKIP_TYPE]++;
        return MARSAD_END;
    }
    blob_clear(&w->message);
    marsad_status status = take(w, &w->message, w->left < HEAD_MAX_BYTES ? w->left : HEAD_MAX_BYTES, err);
    if (status != MARSAD_OK)
        return status;
    if (!http_read_head(&head, blob_view(&w->message)))
        return refuse(w, "it holds no answer of a web server", err);
    if (head.status != 200 || !http_is_page(&head)) {
        w->skipped[head.status != 200 ? SKIP_STATUS : SKIP_CONTENT]++;
        return MARSAD_END;
    }
    return take_page(w, &head, item, err);
}

marsad_status warc_next(warc *w, marsad_item *item, marsad_error *err)
{
    marsad_status status = MARSAD_END;
    while (status == MARSAD_END) {
        if (w->is_over)
            return MARSAD_END;
        status = take(w, NULL, w->left, err);
        if (status == MARSAD_OK)
            status = find_record(w, err);
        if (status == MARSAD_END)
            return MARSAD_END;
        item->line = w->records;
        if (status == MARSAD_OK)
            status = read_head(w, err);
        if (status == MARSAD_OK)
            status = take_record(w, item, err);
    }
    return status;
}
