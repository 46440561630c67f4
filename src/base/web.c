/* What addresses and headers of the web say. */
#include "base/base.h"

view url_host(view url)
{
    const view mark = view_of("://");
    size_t at = 0, end;
    while (at + mark.len <= url.len && !view_starts((view){url.ptr + at, url.len - at}, mark))
        at++;
    if (at + mark.len > url.len)
        return view_of("");
    at += mark.len;
    for (end = at; end < url.len && url.ptr[end] != '\0' && strchr("/?#", url.ptr[end]) == NULL; end++)
        if (url.ptr[end] == '@')
            at = end + 1;
    const char *port = url.ptr[at] == '[' || at == end ? NULL : memchr(url.ptr + at, ':', end - at);
    return (view){url.ptr + at, (port == NULL ? end : (size_t)(port - url.ptr)) - at};
}

/* The value behind a name that ends at `at`: = value, "value" or 'value'; empty if there is none. */
static view value_behind(view text, size_t at)
{
    while (at < text.len && view_trim((view){text.ptr + at, 1}).len == 0)
        at++;
    if (at == text.len || text.ptr[at] != '=')
        return view_of("");
    for (at++; at < text.len && strchr("\"' \t\r\n", text.ptr[at]) != NULL && text.ptr[at] != '\0';)
        at++;
    size_t from = at;
    while (at < text.len && strchr("\"'; \t\r\n,>/?", text.ptr[at]) == NULL)
        at++;
    return (view){text.ptr + from, at - from};
}

view named_value(view text, const char *name)
{
    const size_t len = strlen(name);
    for (size_t at = 0; at + len <= text.len; at++)
        if (view_is((view){text.ptr + at, len}, name))
            return value_behind(text, at + len);
    return view_of("");
}
