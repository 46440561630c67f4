/* The last step of an answer: its hash, whether the asker has it already, compression. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "server/serving.h"

enum { TAG_BYTES = 16, WORTH_COMPRESSING = 1024 };

static const char *tag_of(exchange *x)
{
    unsigned char hash[TAG_BYTES];
    char hex[2 * TAG_BYTES + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)x->out.bytes, x->out.used, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return arena_format(&x->memory, "W/\"%s\"", hex);
}

/* Text shrinks; what was compressed by its maker does not. */
static bool is_worth_it(const exchange *x)
{
    return x->accepts_gzip && x->out.used >= WORTH_COMPRESSING && x->type != NULL &&
           (strncmp(x->type, "text/", 5) == 0 || strncmp(x->type, "application/json", 16) == 0 || strncmp(x->type, "application/geo+json", 20) == 0 ||
            strncmp(x->type, "application/x-ndjson", 20) == 0);
}

/* Fastest level: the machine is shared with the reading of news. What cannot be compressed is sent as it is. */
static void compress_answer(exchange *x)
{
    z_stream z = {0};
    enum { GZIP_WINDOW = 15 + 16 };
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;
    buffer packed = {0};
    const size_t room = deflateBound(&z, x->out.used);
    packed.bytes = malloc(room);
    if (packed.bytes != NULL && x->out.used <= UINT32_MAX && room <= UINT32_MAX) {
        z.next_in = (unsigned char *)x->out.bytes;
        z.avail_in = (unsigned)x->out.used;
        z.next_out = (unsigned char *)packed.bytes;
        z.avail_out = (unsigned)room;
        x->is_gzip = deflate(&z, Z_FINISH) == Z_STREAM_END;
        packed.used = z.total_out;
        packed.room = room;
    }
    deflateEnd(&z);
    if (!x->is_gzip) {
        free(packed.bytes);
        return;
    }
    buffer_free(&x->out);
    x->out = packed;
}

void answer_finish(exchange *x)
{
    if (x->is_fixed)
        return;
    if (x->status == 200 && strcmp(x->method, "GET") == 0) {
        x->etag = tag_of(x);
        if (x->etag != NULL && x->if_none_match != NULL && strstr(x->if_none_match, x->etag) != NULL) {
            x->status = 304;
            x->out.used = 0;
            return;
        }
    }
    if (is_worth_it(x))
        compress_answer(x);
}

marsad_publication server_publication(const exchange *x, const char *profile)
{
    const server_settings *s = x->server->settings;
    const time_t now = (time_t)x->now;
    struct tm utc;
    marsad_publication p = {.profile = profile != NULL && !x->asker.is_public ? profile : "public",
                            .gazetteer = s->gazetteer_count > 0 ? s->gazetteers[0] : NULL};
    if (gmtime_r(&now, &utc) != NULL)
        p.today = (marsad_date){(int16_t)(utc.tm_year + 1900), (uint8_t)(utc.tm_mon + 1), (uint8_t)utc.tm_mday};
    return p;
}
