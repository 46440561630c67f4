/* Bytes that grow. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool buffer_room(buffer *b, size_t size)
{
    if (b->failed || size > SIZE_MAX / 4 - b->used) {
        b->failed = true;
        return false;
    }
    if (b->used + size <= b->room)
        return true;
    size_t room = b->room == 0 ? 1024 : b->room;
    while (room < b->used + size)
        room *= 2;
    char *bytes = realloc(b->bytes, room);
    if (bytes == NULL) {
        b->failed = true;
        return false;
    }
    b->bytes = bytes;
    b->room = room;
    return true;
}

void buffer_add(buffer *b, const char *bytes, size_t size)
{
    if (size == 0 || !buffer_room(b, size))
        return;
    memcpy(b->bytes + b->used, bytes, size);
    b->used += size;
}

void buffer_text(buffer *b, const char *text)
{
    buffer_add(b, text, strlen(text));
}

void buffer_number(buffer *b, uint64_t value, int bytes)
{
    char big[8];
    for (int i = 0; i < bytes; i++)
        big[i] = (char)(value >> (8 * (bytes - 1 - i)));
    buffer_add(b, big, (size_t)bytes);
}

void buffer_format(buffer *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && buffer_room(b, (size_t)len + 1)) {
        vsnprintf(b->bytes + b->used, (size_t)len + 1, format, again);
        b->used += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

void buffer_free(buffer *b)
{
    free(b->bytes);
    *b = (buffer){0};
}

bool buffer_write(void *context, const char *bytes, size_t size)
{
    buffer *b = context;
    buffer_add(b, bytes, size);
    return !b->failed;
}
