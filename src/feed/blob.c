/* Bytes that grow. */
#include <stdlib.h>

#include "feed/feed.h"

enum { FIRST_ROOM = 64 * 1024, KEPT_ROOM = 1024 * 1024 };

bool blob_append(blob *b, const char *bytes, size_t size)
{
    if (size == 0)
        return true;
    if (size > b->room - b->size) {
        size_t room = b->room < FIRST_ROOM ? FIRST_ROOM : b->room;
        while (room - b->size < size)
            room *= 2;
        char *larger = realloc(b->bytes, room);
        if (larger == NULL)
            return false;
        b->bytes = larger;
        b->room = room;
    }
    memcpy(b->bytes + b->size, bytes, size);
    b->size += size;
    return true;
}

view blob_view(const blob *b)
{
    return (view){b->size > 0 ? b->bytes : "", b->size};
}

void blob_clear(blob *b)
{
    b->size = 0;
    if (b->room > KEPT_ROOM)
        blob_free(b);
}

void blob_free(blob *b)
{
    free(b->bytes);
    *b = (blob){0};
}
