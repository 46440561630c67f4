/*
 * A guard before the parsers. The time that libxml2 takes for one tag grows with the square of the number of its attributes (it compares each with all
 * others): a document of some megabytes could keep it busy for hours. No page has a tag with a thousand attributes.
 */
#include "feed/page.h"

enum { ATTRIBUTES_MAX = 1000 };

/* Where `mark` stands from `at` on, and behind it; text.len if nowhere. */
static size_t behind(view text, size_t at, const char *mark)
{
    const size_t len = strlen(mark);
    while (at + len <= text.len) {
        const char *first = memchr(text.ptr + at, mark[0], text.len - len + 1 - at);
        if (first == NULL)
            return text.len;
        at = (size_t)(first - text.ptr);
        if (memcmp(first, mark, len) == 0)
            return at + len;
        at++;
    }
    return text.len;
}

static bool is_letter(char letter)
{
    return (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n' || letter == '\f';
}

/* Where the text of a <script> or <style> that begins at `at` ends: nothing in there is a tag. */
static size_t behind_raw_text(view text, size_t at, const char *name)
{
    const size_t len = strlen(name);
    while (at < text.len) {
        at = behind(text, at, "</");
        if (text.len - at >= len && view_is((view){text.ptr + at, len}, name))
            return at;
    }
    return at;
}

/*
 * From the name of a tag to behind its '>', counting what may be attributes: words that stand behind a blank or a quoted value. A quotation begins
 * behind '=' only, as for the parser.
 */
static size_t behind_tag(view text, size_t at, size_t *attributes)
{
    bool is_in_word = true, is_value = false;
    for (*attributes = 0; at < text.len && text.ptr[at] != '>'; at++) {
        char letter = text.ptr[at];
        if (is_value && (letter == '"' || letter == '\'')) {
            const char *end = memchr(text.ptr + at + 1, letter, text.len - at - 1);
            at = end == NULL ? text.len - 1 : (size_t)(end - text.ptr);
            is_in_word = is_value = false;
        } else if (is_blank(letter)) {
            is_in_word = false;
        } else {
            *attributes += !is_in_word && !is_value && letter != '=';
            is_in_word = true;
            is_value = letter == '=';
        }
    }
    return at < text.len ? at + 1 : at;
}

size_t markup_fault(view text, bool is_html)
{
    size_t at = 0;
    while (at < text.len) {
        const char *tag = memchr(text.ptr + at, '<', text.len - at);
        if (tag == NULL)
            return MARSAD_NOWHERE;
        size_t from = (size_t)(tag - text.ptr);
        view rest = {tag, text.len - from};
        at = from + 1;
        if (view_starts(rest, view_of("<!--"))) {
            at = behind(text, at, "-->");
        } else if (!is_html && view_starts(rest, view_of("<![CDATA["))) {
            at = behind(text, at, "]]>");
        } else if (rest.len > 1 && (is_letter(rest.ptr[1]) || (unsigned char)rest.ptr[1] >= 0x80 || rest.ptr[1] == '_')) {
            size_t attributes;
            at = behind_tag(text, at, &attributes);
            if (attributes > ATTRIBUTES_MAX)
                return from;
            if (is_html && rest.len > 7 && view_is((view){rest.ptr + 1, 6}, "script") && !is_letter(rest.ptr[7]))
                at = behind_raw_text(text, at, "script");
            else if (is_html && rest.len > 6 && view_is((view){rest.ptr + 1, 5}, "style") && !is_letter(rest.ptr[6]))
                at = behind_raw_text(text, at, "style");
        }
    }
    return MARSAD_NOWHERE;
}
