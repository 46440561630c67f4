/* Borrowed bytes and spans of them. */
#include "base/base.h"

#include <stdlib.h>

view view_of(const char *text)
{
    return text == NULL ? (view){"", 0} : (view){text, strlen(text)};
}

bool view_equal(view a, view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool view_starts(view text, view prefix)
{
    return text.len >= prefix.len && view_equal((view){text.ptr, prefix.len}, prefix);
}

bool view_ends(view text, view suffix)
{
    if (text.len < suffix.len)
        return false;
    return suffix.len == 0 || memcmp(text.ptr + (text.len - suffix.len), suffix.ptr, suffix.len) == 0;
}

static char ascii_lower(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

bool view_is(view text, const char *word)
{
    size_t at = 0;
    while (at < text.len && word[at] != '\0' && ascii_lower(text.ptr[at]) == ascii_lower(word[at]))
        at++;
    return at == text.len && word[at] == '\0';
}

static bool is_blank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

view view_trim(view text)
{
    while (text.len > 0 && is_blank(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

bool view_number(view text, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        const int digit = text.ptr[i] - '0';
        if (digit < 0 || digit > 9 || *out > (INT64_MAX - digit) / 10)
            return false;
        *out = 10 * *out + digit;
    }
    return text.len == 1 || (text.len > 1 && text.ptr[0] != '0');
}

bool text_is_line(const char *text, size_t most)
{
    const size_t len = strlen(text);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
            return false;
    return len > 0 && len <= most && text[0] != ' ' && text[len - 1] != ' ' && utf8_invalid(view_of(text)) == MARSAD_NOWHERE;
}

bool text_numbers(const char *text, double *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *end;
        out[i] = strtod(text, &end);
        if (end == text || *end != (i + 1 < count ? ',' : 0))
            return false;
        text = end + 1;
    }
    return true;
}

/* Up to 8 bytes as a little-endian number on every machine; compilers make one load of the full case. */
static uint64_t read_little_endian(const char *bytes, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

uint64_t view_hash(view text)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio: spreads neighbouring values */
    uint64_t hash = (uint64_t)text.len * odd;
    size_t at = 0;

    for (; text.len - at >= 8; at += 8) {
        hash = (hash ^ read_little_endian(text.ptr + at, 8)) * odd;
        hash ^= hash >> 29;
    }
    if (at < text.len)
        hash = (hash ^ read_little_endian(text.ptr + at, text.len - at)) * odd;

    /* Every bit of the word reaches the low bits, which tables are indexed by. */
    hash ^= hash >> 32;
    hash *= odd;
    return hash ^ (hash >> 29);
}

span span_join(span a, span b)
{
    if (a.start == 0 && a.end == 0)
        return b;
    if (b.start == 0 && b.end == 0)
        return a;
    return (span){a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end};
}
