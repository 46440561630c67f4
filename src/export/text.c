/* Text that is put together on the way. */
#include "export/frame.h"

#include <inttypes.h>
#include <stdio.h>

static void append(export_text *text, view more)
{
    if (more.len >= text->room - text->used) {
        const size_t room = (text->used + more.len + 1) * 2;
        char *wider = arena_alloc(text->run->memory, room);
        if (wider == NULL) {
            text->run->is_out_of_memory = true;
            return;
        }
        if (text->used > 0)
            memcpy(wider, text->ptr, text->used);
        text->ptr = wider;
        text->room = room;
    }
    memcpy(text->ptr + text->used, more.ptr, more.len);
    text->used += more.len;
    text->ptr[text->used] = 0;
}

void text_put(export_text *text, const char *more)
{
    append(text, view_of(more));
}

/* Does `part` stand in `text` between separators? */
static bool has_part(const export_text *text, const char *separator, const char *part)
{
    const size_t length = strlen(part), gap = strlen(separator);
    const char *at = text_done(text);
    while (gap > 0) {
        const char *end = strstr(at, separator);
        const size_t size = end != NULL ? (size_t)(end - at) : strlen(at);
        if (size == length && memcmp(at, part, length) == 0)
            return true;
        if (end == NULL)
            return false;
        at = end + gap;
    }
    return false;
}

void text_part(export_text *text, const char *separator, const char *more)
{
    if (more[0] == 0 || (text->used > 0 && has_part(text, separator, more)))
        return;
    if (text->used > 0)
        text_put(text, separator);
    text_put(text, more);
}

void text_integer(export_text *text, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    text_put(text, digits);
}

void text_real(export_text *text, double value, int decimals)
{
    char number[40];
    text_put(text, real_text(number, value, decimals));
}

const char *text_done(const export_text *text)
{
    return text->ptr != NULL ? text->ptr : "";
}
