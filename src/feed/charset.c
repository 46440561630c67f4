/* The encoding that a page or an XML document declares of itself. Both stand in ASCII at its beginning, whatever follows. */
#include "feed/feed.h"

enum { LOOKED_AT = 4096 }; /* bytes; HTML asks for 1,024, old pages have long comments before */

/* Where `word` stands in text from `at` on, in letters of any case; text.len if nowhere. */
static size_t find(view text, size_t at, const char *word)
{
    const size_t len = strlen(word);
    for (; at + len <= text.len; at++)
        if (view_is((view){text.ptr + at, len}, word))
            return at;
    return text.len;
}

static view head_of(view bytes)
{
    return (view){bytes.ptr, bytes.len < LOOKED_AT ? bytes.len : LOOKED_AT};
}

view charset_of_page(view bytes)
{
    view head = head_of(bytes);
    for (size_t at = find(head, 0, "<meta"); at < head.len; at = find(head, at + 1, "<meta")) {
        size_t end = find(head, at, ">");
        view label = named_value((view){head.ptr + at, end - at}, "charset"); /* charset=x and content="text/html; charset=x" alike */
        if (end == head.len || label.len > 0)
            return label;
    }
    return view_of("");
}

view charset_of_xml(view bytes)
{
    view head = head_of(bytes);
    if (find(head, 0, "<?xml") != 0)
        return view_of("");
    return named_value((view){head.ptr, find(head, 0, "?>")}, "encoding");
}
