/*
 * The arena: blocks of memory in a chain, the newest in front. What is read out of an article lives here and dies with it.
 *
 *   arena.newest -> [older|used|size|######......] -> [older|used|size|#########.] -> NULL
 */
#include "base/base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

struct arena_block {
    arena_block *older;
    size_t used, size; /* bytes of data[] */
    max_align_t data[];
};

/* Blocks double from first to largest, so that a reader soon needs one block only and arena_reset() keeps just that. */
enum { FIRST_BLOCK = 64 * 1024, LARGEST_USUAL_BLOCK = 1024 * 1024 };

static arena_block *block_new(arena *a, size_t size)
{
    size_t usual = FIRST_BLOCK;
    if (a->newest != NULL && a->newest->size < LARGEST_USUAL_BLOCK)
        usual = a->newest->size * 2;
    else if (a->newest != NULL)
        usual = LARGEST_USUAL_BLOCK;

    size_t room = size > usual ? size : usual;
    arena_block *block = malloc(sizeof *block + room);
    if (block == NULL)
        return NULL;
    *block = (arena_block){.older = a->newest, .size = room};
    a->newest = block;
    return block;
}

void *arena_alloc(arena *a, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL; /* else the rounding below could wrap */
    size = size == 0 ? unit : (size + unit - 1) / unit * unit;

    arena_block *block = a->newest;
    if (block == NULL || size > block->size - block->used) {
        block = block_new(a, size);
        if (block == NULL)
            return NULL;
    }
    void *memory = (unsigned char *)block->data + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

char *arena_string(arena *a, view text)
{
    if (text.len == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(a, text.len + 1);
    if (copy != NULL && text.len > 0)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

char *arena_format(arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);

    char *text = NULL;
    int length = vsnprintf(NULL, 0, format, args);
    if (length >= 0)
        text = arena_alloc(a, (size_t)length + 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);

    va_end(again);
    va_end(args);
    return text;
}

static void blocks_free(arena_block *block)
{
    while (block != NULL) {
        arena_block *older = block->older;
        free(block);
        block = older;
    }
}

/* The block worth keeping: the largest of usual size, so that one long article does not hold its memory for ever. */
static arena_block *block_to_keep(arena_block *newest)
{
    arena_block *best = NULL;
    for (arena_block *block = newest; block != NULL; block = block->older)
        if (block->size <= LARGEST_USUAL_BLOCK && (best == NULL || block->size > best->size))
            best = block;
    return best;
}

void arena_reset(arena *a)
{
    arena_block *keep = block_to_keep(a->newest);
    arena_block **link = &a->newest;
    while (*link != NULL && *link != keep)
        link = &(*link)->older;
    if (keep != NULL) {
        *link = keep->older; /* taken out of the chain */
        keep->older = NULL;
        keep->used = 0;
    }
    blocks_free(a->newest);
    a->newest = keep;
}

void arena_free(arena *a)
{
    blocks_free(a->newest);
    a->newest = NULL;
}

bool arena_grow(arena *a, void **items, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return true;
    if (*room > UINT32_MAX / 2 || size > SIZE_MAX / 2 / UINT32_MAX)
        return false;

    uint32_t more = *room < 4 ? 8 : *room * 2;
    void *larger = arena_alloc(a, more * size);
    if (larger == NULL)
        return false;

    /* `items` is really a pointer to a pointer of the caller's type: only its bytes may be touched. */
    void *old;
    memcpy(&old, items, sizeof old);
    if (count > 0)
        memcpy(larger, old, count * size);
    memcpy(items, &larger, sizeof larger);
    *room = more;
    return true;
}
