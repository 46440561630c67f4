/* Compression of what is kept. */
#include <zstd.h>
#include <zstd_errors.h>

#include "archive/store.h"

enum { LEVEL = 6 };

bool pack_bytes(view bytes, view *out, arena *memory)
{
    const size_t room = ZSTD_compressBound(bytes.len);
    char *packed = arena_alloc(memory, room);
    if (packed == NULL)
        return false;
    const size_t size = ZSTD_compress(packed, room, bytes.ptr, bytes.len, LEVEL);
    *out = (view){packed, size};
    return !ZSTD_isError(size);
}

marsad_status unpack_kept(view packed, size_t size, view *out, arena *memory)
{
    char *bytes = arena_alloc(memory, size + 1);
    if (bytes == NULL)
        return MARSAD_ERR_SYSTEM;
    const size_t got = ZSTD_decompress(bytes, size, packed.ptr, packed.len);
    *out = (view){bytes, size};
    if (ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation)
        return MARSAD_ERR_SYSTEM;
    return got == size ? MARSAD_OK : MARSAD_ERR_FORMAT;
}

bool unpack_bytes(view packed, size_t size, view *out, arena *memory)
{
    return unpack_kept(packed, size, out, memory) == MARSAD_OK;
}
