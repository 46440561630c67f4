/*
 * Whether an item is Arabic, by its bytes: before anything of it is parsed, so that a crawl of the whole web can be gone through for the part of it that is.
 *
 * Counted are letters outside tags, scripts and styles. Arabic script alone is not Arabic, so letters tell: Persian, Urdu, Pashto, Kurdish and Uyghur are full of
 * letters that Arabic has not (پ چ گ ک ی ٹ ڑ ں ے ې ە), and have hardly any ة ى أ إ, of which an Arabic text has some in every line.
 */
#include "feed/feed.h"

enum {
    LEAST_LETTERS = 20, /* Arabic ones: fewer are a name, or a link to an Arabic edition */
    LEAST_SHARE = 4     /* of all letters, a part in so many is Arabic */
};

typedef struct {
    size_t arabic[256]; /* by the last byte of U+0600..U+06FF */
    size_t latin;       /* ASCII letters */
    size_t foreign;     /* letters of other writings */
    size_t high[128];   /* bytes 80..FF */
    size_t broken;      /* those of them that stand in no letter of UTF-8 */
} tally;

/* --- counting ------------------------------------------------------------------------------------------------------------ */

static bool is_ascii_letter(unsigned char byte)
{
    byte |= 0x20;
    return byte >= 'a' && byte <= 'z';
}

static void count_letter(tally *t, uint32_t letter)
{
    if (letter >= 0x0600 && letter <= 0x06FF)
        t->arabic[letter & 0xFF]++;
    else if (letter < 0x80)
        t->latin += is_ascii_letter((unsigned char)letter);
    else if (letter >= 0xC0)
        t->foreign++;
}

static unsigned digit_of(char letter)
{
    if (letter >= '0' && letter <= '9')
        return (unsigned)(letter - '0');
    letter = (char)(letter | 0x20);
    return letter >= 'a' && letter <= 'f' ? (unsigned)(letter - 'a' + 10) : 16;
}

/* Reads a number of at most `most` digits at `*at`, which moves behind it. */
static uint32_t read_number(view text, size_t *at, unsigned base, size_t most)
{
    uint32_t number = 0;
    for (; most > 0 && *at < text.len && digit_of(text.ptr[*at]) < base; most--)
        number = number * base + digit_of(text.ptr[(*at)++]);
    return number;
}

/* An entity of HTML at `at`, where "&" stands: "&#1575;" and "&#x627;" are letters, "&nbsp;" is none. Returns its length. */
static size_t count_entity(tally *t, view text, size_t at)
{
    size_t end = at + 1;
    if (end < text.len && text.ptr[end] == '#') {
        const bool is_hex = ++end < text.len && (text.ptr[end] | 0x20) == 'x';
        end += is_hex;
        count_letter(t, read_number(text, &end, is_hex ? 16 : 10, 6));
        return end - at;
    }
    while (end < text.len && end - at < 10 && is_ascii_letter((unsigned char)text.ptr[end]))
        end++;
    return end < text.len && text.ptr[end] == ';' ? end - at : 1;
}

/* An escape of JSON at `at`, where a backslash stands: "\u0627" is a letter. Returns its length. */
static size_t count_escape(tally *t, view text, size_t at)
{
    size_t end = at + 2;
    if (end <= text.len && text.ptr[at + 1] == 'u')
        count_letter(t, read_number(text, &end, 16, 4));
    return (end < text.len ? end : text.len) - at;
}

static bool is_behind_lead(view text, size_t at)
{
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* What begins with a byte from 80 up. Returns its length. */
static size_t count_high(tally *t, view text, size_t at)
{
    const unsigned char lead = (unsigned char)text.ptr[at];
    size_t len = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    for (size_t i = 1; i < len; i++)
        if (!is_behind_lead(text, at + i))
            len = 1;
    t->high[lead - 0x80]++;
    for (size_t i = 1; i < len; i++)
        t->high[(unsigned char)text.ptr[at + i] - 0x80]++;
    if (len == 2)
        count_letter(t, ((uint32_t)lead & 0x1F) << 6 | ((unsigned char)text.ptr[at + 1] & 0x3F));
    else if (len == 3)
        t->foreign += lead != 0xE2 && lead != 0xEF; /* E2: dashes and quotes; EF: marks and forms */
    t->broken += len == 1;
    return len;
}

/* Letters of a piece without tags. */
static void count_text(tally *t, view text, marsad_input input)
{
    const char escape = input == MARSAD_INPUT_JSONL ? '\\' : input == MARSAD_INPUT_TEXT ? '\0' : '&';
    for (size_t at = 0; at < text.len;) {
        const unsigned char byte = (unsigned char)text.ptr[at];
        if (byte >= 0x80) {
            at += count_high(t, text, at);
        } else if (text.ptr[at] == escape && escape != '\0') {
            at += escape == '&' ? count_entity(t, text, at) : count_escape(t, text, at);
        } else {
            t->latin += is_ascii_letter(byte);
            at++;
        }
    }
}

/* --- markup -------------------------------------------------------------------------------------------------------------- */

static size_t find(view text, size_t at, const char *word)
{
    const size_t len = strlen(word);
    for (; at + len <= text.len; at++) {
        const char *next = memchr(text.ptr + at, word[0], text.len - at - len + 1);
        if (next == NULL)
            break;
        at = (size_t)(next - text.ptr);
        if (view_is((view){next, len}, word))
            return at;
    }
    return text.len;
}

static bool begins(view text, size_t at, const char *word)
{
    const size_t len = strlen(word);
    return at + len <= text.len && view_is((view){text.ptr + at, len}, word);
}

/* Where what begins with "<" at `at` is over: a tag, a comment, a script with all that is in it; of a CDATA section, its opening alone. */
static size_t behind_markup(view text, size_t at)
{
    const char next = at + 1 < text.len ? text.ptr[at + 1] : ' ';
    if (!is_ascii_letter((unsigned char)next) && next != '/' && next != '!' && next != '?')
        return at + 1;
    if (begins(text, at, "<![CDATA["))
        return at + 9;
    if (begins(text, at, "<!--"))
        at = find(text, at, "-->");
    else if (begins(text, at, "<script"))
        at = find(text, at + 1, "</script");
    else if (begins(text, at, "<style"))
        at = find(text, at + 1, "</style");
    const char *end = at == text.len ? NULL : memchr(text.ptr + at, '>', text.len - at);
    return end == NULL ? text.len : (size_t)(end - text.ptr) + 1;
}

static void count_markup(tally *t, view text, marsad_input input)
{
    for (size_t at = 0; at < text.len;) {
        const char *tag = memchr(text.ptr + at, '<', text.len - at);
        const size_t end = tag == NULL ? text.len : (size_t)(tag - text.ptr);
        count_text(t, (view){text.ptr + at, end - at}, input);
        at = end == text.len ? end : behind_markup(text, end);
    }
}

/* --- judging ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    size_t arabic;    /* letters of the Arabic alphabet */
    size_t usual;     /* of them ة ى أ إ */
    size_t alef, lam; /* of them ا and ل */
    size_t other;     /* letters of the same script that Arabic has not */
    size_t turned;    /* ک ی: letters of Persian that some also type in Arabic for ك and ي */
} letters;

static letters letters_of(const size_t arabic[256])
{
    letters l = {0};
    for (size_t i = 0x21; i <= 0x4A; i++)
        l.arabic += i >= 0x3B && i <= 0x40 ? 0 : arabic[i];
    for (size_t i = 0x71; i <= 0xD5; i++)
        l.other += i == 0xD4 || i == 0xA9 || i == 0xCC ? 0 : arabic[i];
    l.turned = arabic[0xA9] + arabic[0xCC];
    for (size_t i = 0x3B; i <= 0x3F; i++)
        l.other += arabic[i];
    for (size_t i = 0xFA; i <= 0xFF; i++)
        l.other += arabic[i];
    l.usual = arabic[0x29] + arabic[0x49] + arabic[0x23] + arabic[0x25];
    l.alef = arabic[0x27];
    l.lam = arabic[0x44];
    return l;
}

static bool is_enough(letters l, size_t rest)
{
    return l.arabic >= LEAST_LETTERS && l.arabic * LEAST_SHARE >= l.arabic + l.other + rest && l.other * 4 + l.turned <= l.usual;
}

/*
 * The bytes are no UTF-8: are they Arabic in a code page? Letters of Cyrillic or Greek stand on the same bytes, so both ا and ل must be frequent, as
 * they are in Arabic: each is about a letter in eight.
 */
static bool is_arabic_in_code_page(const tally *t, view label)
{
    size_t arabic[256] = {0}, rest = t->latin;
    for (size_t i = 0; i < 128; i++) {
        const uint32_t letter = text_code_page_letter((unsigned char)(i + 0x80), label);
        if (letter >= 0x0600 && letter <= 0x06FF)
            arabic[letter & 0xFF] += t->high[i];
        else if (letter >= 0xC0 && letter < 0x2000)
            rest += t->high[i];
    }
    const letters l = letters_of(arabic);
    return is_enough(l, rest) && l.alef * 20 >= l.arabic && l.lam * 20 >= l.arabic;
}

static bool is_arabic(view text, view label, marsad_input input)
{
    tally t = {0};
    size_t high = 0;
    if (input == MARSAD_INPUT_TEXT || input == MARSAD_INPUT_JSONL)
        count_text(&t, text, input);
    else
        count_markup(&t, text, input);
    for (size_t i = 0; i < 128; i++)
        high += t.high[i];
    if (t.broken * 2 > high)
        return is_arabic_in_code_page(&t, label);
    return is_enough(letters_of(t.arabic), t.latin + t.foreign);
}

bool marsad_item_is_arabic(marsad_item *item)
{
    view bytes = blob_view(&item->bytes), label = item->given.charset;
    char note[240];
    if (item->origin == NULL)
        return false;
    if (text_is_utf16(bytes)) { /* rare: as it is read */
        arena_reset(&item->memory);
        if (text_decode(&bytes, &item->memory, bytes, label, note, NULL) != MARSAD_OK)
            return false;
    }
    if (label.len == 0)
        label = charset_of_page(bytes);
    return is_arabic(bytes, label, origin_input(item->origin));
}
