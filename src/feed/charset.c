/* The encoding that a page or an XML document declares of itself. Both stand in ASCII at its beginning, whatever follows. */
#include "feed/feed.h"

enum { LOOKED_AT = 4096 }; /* bytes; HTML asks for 1,024, old pages have long comments before */

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n' || letter == '\f' || letter == '\v';
}

static char lower(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

view text_trim(view text)
{
    while (text.len > 0 && is_blank(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool text_is(view text, const char *word)
{
    size_t at = 0;
    while (at < text.len && word[at] != '\0' && lower(text.ptr[at]) == lower(word[at]))
        at++;
    return at == text.len && word[at] == '\0';
}

/* Where `word` stands in text from `at` on, in letters of any case; text.len if nowhere. */
static size_t find(view text, size_t at, const char *word)
{
    const size_t len = strlen(word);
    for (; at + len <= text.len; at++)
        if (text_is((view){text.ptr + at, len}, word))
            return at;
    return text.len;
}

/* The value behind a name that ends at `at`: = value, "value" or 'value'; empty if there is none. */
static view value_behind(view text, size_t at)
{
    const view none = view_of("");
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    if (at == text.len || text.ptr[at] != '=')
        return none;
    for (at++; at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '"' || text.ptr[at] == '\'');)
        at++;
    size_t from = at;
    while (at < text.len && !is_blank(text.ptr[at]) && strchr("\"';,>/?", text.ptr[at]) == NULL)
        at++;
    return (view){text.ptr + from, at - from};
}

view charset_of_type(view type)
{
    size_t at = find(type, 0, "charset");
    return at == type.len ? view_of("") : value_behind(type, at + strlen("charset"));
}

static view head_of(view bytes)
{
    return (view){bytes.ptr, bytes.len < LOOKED_AT ? bytes.len : LOOKED_AT};
}

view charset_of_page(view bytes)
{
    view head = head_of(bytes);
    for (size_t at = find(head, 0, "<meta"); at < head.len; at = find(head, at + 1, "<meta")) {
        const char *end = memchr(head.ptr + at, '>', head.len - at);
        if (end == NULL)
            break;
        view label = charset_of_type((view){head.ptr + at, (size_t)(end - head.ptr) - at}); /* charset=x and content="text/html; charset=x" alike */
        if (label.len > 0)
            return label;
    }
    return view_of("");
}

view charset_of_xml(view bytes)
{
    view head = head_of(bytes);
    size_t end = find(head, 0, "?>"), at = find(head, 0, "encoding");
    if (find(head, 0, "<?xml") != 0 || at >= end)
        return view_of("");
    return value_behind((view){head.ptr, end}, at + strlen("encoding"));
}
