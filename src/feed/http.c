/* An answer of a web server, as an archive keeps it: status line, head, and the body as it was packed for the way. */
#include "feed/warc.h"

/* --- the head ----------------------------------------------------------------------------------------------------------- */

/* Behind the empty line that ends a head; 0 if there is none. */
static size_t behind_head(view message)
{
    for (size_t at = 0; at < message.len; at++) {
        if (message.ptr[at] != '\n')
            continue;
        size_t next = at + 1;
        if (next < message.len && message.ptr[next] == '\r')
            next++;
        if (next < message.len && message.ptr[next] == '\n')
            return next + 1;
    }
    return 0;
}

view field_in(view head, const char *name)
{
    for (size_t at = 0; at < head.len;) {
        const char *newline = memchr(head.ptr + at, '\n', head.len - at);
        size_t end = newline == NULL ? head.len : (size_t)(newline - head.ptr);
        const char *colon = memchr(head.ptr + at, ':', end - at);
        if (colon != NULL && view_is(view_trim((view){head.ptr + at, (size_t)(colon - head.ptr) - at}), name))
            return view_trim((view){colon + 1, (size_t)(head.ptr + end - colon) - 1});
        at = end + 1;
    }
    return view_of("");
}

/* "HTTP/1.1 200 OK"; 0 if it is no such line. */
static int status_in(view message)
{
    const char *blank = memchr(message.ptr, ' ', message.len < 16 ? message.len : 16);
    int status = 0;
    if (!view_starts(message, view_of("HTTP/")) || blank == NULL)
        return 0;
    size_t at = (size_t)(blank - message.ptr) + 1;
    for (size_t i = 0; i < 3; i++) {
        if (at + i >= message.len || message.ptr[at + i] < '0' || message.ptr[at + i] > '9')
            return 0;
        status = status * 10 + (message.ptr[at + i] - '0');
    }
    return status;
}

bool http_read_head(http_head *out, view message)
{
    *out = (http_head){.status = status_in(message), .body = behind_head(message)};
    if (out->status == 0 || out->body == 0)
        return false;
    view head = {message.ptr, out->body};
    out->type = field_in(head, "content-type");
    out->transfer_coding = field_in(head, "transfer-encoding");
    out->content_coding = field_in(head, "content-encoding");
    return true;
}

bool http_is_page(const http_head *head)
{
    const char *end = head->type.len == 0 ? NULL : memchr(head->type.ptr, ';', head->type.len);
    view type = view_trim((view){head->type.ptr, end == NULL ? head->type.len : (size_t)(end - head->type.ptr)});
    return view_is(type, "text/html") || view_is(type, "application/xhtml+xml");
}

/* --- the body ------------------------------------------------------------------------------------------------------------ */

static int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    letter = (char)(letter | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* The size on the line at `*at`, which moves to the next line; SIZE_MAX if it is no size. */
static size_t chunk_size(view body, size_t *at)
{
    size_t size = 0, digits = 0;
    while (*at < body.len && hex_digit(body.ptr[*at]) >= 0) {
        if (++digits > 8)
            return SIZE_MAX;
        size = size * 16 + (size_t)hex_digit(body.ptr[(*at)++]);
    }
    const char *newline = *at == body.len ? NULL : memchr(body.ptr + *at, '\n', body.len - *at);
    if (digits == 0 || newline == NULL)
        return SIZE_MAX;
    *at = (size_t)(newline - body.ptr) + 1; /* past what an extension says */
    return size;
}

/* Moves the chunks of the body together; false if it is cut short or no chunks. */
static bool join_chunks(char *bytes, view *body)
{
    size_t used = 0, at = 0;
    for (;;) {
        size_t size = chunk_size(*body, &at);
        if (size == SIZE_MAX || size > body->len - at)
            return false;
        if (size == 0)
            break;
        memmove(bytes + used, bytes + at, size);
        used += size;
        at += size;
        while (at < body->len && (body->ptr[at] == '\r' || body->ptr[at] == '\n'))
            at++;
    }
    *body = (view){bytes, used};
    return true;
}

static bool looks_chunked(view body)
{
    size_t at = 0;
    return chunk_size(body, &at) != SIZE_MAX;
}

static bool looks_packed(view body)
{
    const unsigned char first = body.len > 1 ? (unsigned char)body.ptr[0] : '<';
    return first == 0x1F || first == 0x78 || (first != '<' && first != ' ' && first != '\r' && first != '\n' && first != 0xEF);
}

static const char *unpack_body(blob *out, view body)
{
    switch (unpack(out, body, ITEM_MAX_BYTES)) {
    case UNPACKED:
        return NULL;
    case UNPACK_CUT:
        return "its body is cut short";
    case UNPACK_TOO_LARGE:
        return "its body is over the limit of 64 MiB once it is unpacked";
    case UNPACK_NO_MEMORY:
        return "";
    default:
        return "its body is damaged";
    }
}

static bool is_deflated(view coding)
{
    return view_is(coding, "gzip") || view_is(coding, "x-gzip") || view_is(coding, "deflate");
}

const char *http_take_body(blob *out, const http_head *head, blob *message)
{
    char *bytes = message->bytes + head->body;
    view body = {bytes, message->size - head->body};
    const bool is_packed = head->content_coding.len > 0 && !view_is(head->content_coding, "identity") && looks_packed(body);
    if (is_packed && !is_deflated(head->content_coding))
        return "the content coding of its body is not known";
    if (view_is(head->transfer_coding, "chunked") && looks_chunked(body) && !join_chunks(bytes, &body))
        return "its body is cut short within its chunks";
    if (is_packed && looks_packed(body))
        return unpack_body(out, body);
    if (body.len > ITEM_MAX_BYTES)
        return "its body is over the limit of 64 MiB";
    return blob_append(out, body.ptr, body.len) ? NULL : "";
}
