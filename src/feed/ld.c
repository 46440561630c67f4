/*
 * JSON-LD: what a page tells search engines of itself. Only the day of publication is taken from it: an object with "datePublished", on the top, in a list
 * or in "@graph".
 */
#include <jansson.h> /* before base.h, see there */

#include "feed/page.h"

/* The first "datePublished" of `value`, at most three levels down; NULL if there is none. */
static const char *published_in(const json_t *value, int levels)
{
    const char *given = NULL;
    if (json_is_object(value)) {
        given = json_string_value(json_object_get(value, "datePublished"));
        return given != NULL || levels == 0 ? given : published_in(json_object_get(value, "@graph"), levels - 1);
    }
    for (size_t i = 0; levels > 0 && given == NULL && i < json_array_size(value); i++) /* no list has size 0 */
        given = published_in(json_array_get(value, i), levels - 1);
    return given;
}

bool ld_published(view *out, const page *p, arena *memory)
{
    bool is_kept = true;
    *out = view_of("");
    for (uint32_t i = 0; i < p->script_count && out->len == 0 && is_kept; i++) {
        json_t *value = json_loadb(p->scripts[i].ptr, p->scripts[i].len, 0, NULL); /* a script that is no JSON says nothing */
        const char *given = published_in(value, 3);
        if (given != NULL) {
            const char *copy = arena_string(memory, view_of(given));
            is_kept = copy != NULL;
            *out = view_of(copy);
        }
        json_decref(value);
    }
    return is_kept;
}
