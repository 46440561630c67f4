/* What is compressed, unpacked up to a limit: a few kilobytes may claim to be a gigabyte. */
#include <zlib.h>

#include "feed/warc.h"

static unpacked run(z_stream *z, blob *out, size_t most)
{
    unsigned char part[CHUNK_BYTES / 4];
    int result;
    do {
        z->next_out = part;
        z->avail_out = sizeof part;
        result = inflate(z, Z_NO_FLUSH);
        size_t made = sizeof part - z->avail_out;
        if (made > most - out->size)
            return UNPACK_TOO_LARGE;
        if (!blob_append(out, (const char *)part, made))
            return UNPACK_NO_MEMORY;
    } while (result == Z_OK);
    if (result == Z_STREAM_END)
        return UNPACKED;
    if (result == Z_MEM_ERROR)
        return UNPACK_NO_MEMORY;
    return result == Z_BUF_ERROR ? UNPACK_CUT : UNPACK_DAMAGED;
}

unpacked unpack(blob *out, view packed, size_t most)
{
    enum { GZIP_OR_ZLIB = 15 + 32, RAW = -15 }; /* zlib's words for the formats */
    unpacked result = UNPACK_DAMAGED;
    const size_t before = out->size;
    for (int raw = 0; raw < 2 && result == UNPACK_DAMAGED; raw++) {
        z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.ptr, .avail_in = (uInt)packed.len};
        out->size = before;
        if (inflateInit2(&z, raw ? RAW : GZIP_OR_ZLIB) != Z_OK)
            return UNPACK_NO_MEMORY;
        result = run(&z, out, most);
        inflateEnd(&z);
    }
    return result;
}
