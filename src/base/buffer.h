/* Bytes that grow, for text on its way out. Not of an arena: a buffer is filled, used and freed. */
#ifndef MARSAD_BUFFER_H
#define MARSAD_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *bytes;
    size_t used, room;
    bool failed; /* memory was refused: what follows is dropped */
} buffer;

void buffer_add(buffer *b, const char *bytes, size_t size);
void buffer_text(buffer *b, const char *text);
/* A number in so many bytes (8 at most), the highest first. */
void buffer_number(buffer *b, uint64_t value, int bytes);
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_free(buffer *b);
/* A marsad_write whose context is a buffer. */
bool buffer_write(void *context, const char *bytes, size_t size);

#endif
