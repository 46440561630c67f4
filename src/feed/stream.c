/* Bytes of a stream, through one small chunk. */
#include "feed/feed.h"

marsad_status stream_fill(stream *s, size_t units, marsad_error *err)
{
    if (s->next < s->filled || s->is_at_end)
        return MARSAD_OK;
    size_t count = s->read(s->context, s->chunk, sizeof s->chunk);
    s->passed += s->filled;
    s->next = 0;
    s->filled = 0;
    if (count > sizeof s->chunk) { /* SIZE_MAX: the stream is broken, nothing more can come */
        s->is_at_end = true;
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s' behind %s %zu", s->name, s->unit, units);
    }
    s->filled = count;
    s->is_at_end = count == 0;
    return MARSAD_OK;
}
