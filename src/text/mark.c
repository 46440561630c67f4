/* Marks: one token a mark. Quotation marks of every shape become « or », brackets ( or ), commas ،, and all others stay as written. */
#include "text/token.h"

#include <utf8proc.h>

#define OPENING "«"
#define CLOSING "»"

/* How a mark stands between blanks and words. */
typedef struct {
    bool blank_before, blank_after;
    bool word_after; /* a letter or digit follows directly */
} surroundings;

static surroundings around(const tokenizer *t, size_t after)
{
    surroundings s = {.blank_before = t->after_blank, .blank_after = after >= t->text.len};
    if (!s.blank_after) {
        letter_role role = letter_at(t->text, after).role;
        s.blank_after = role == ROLE_BLANK;
        s.word_after = role_is_arabic(role) || role_is_foreign(role) || role == ROLE_DIGIT;
    }
    return s;
}

static bool looks_opening(surroundings s)
{
    return s.blank_before && !s.blank_after;
}

static bool looks_closing(surroundings s)
{
    return !s.blank_before && !s.word_after;
}

/* Is the number of " from `at` to the end of the sentence odd? Then a quotation crosses the sentence's beginning or end. */
static bool is_count_odd(const tokenizer *t, size_t at)
{
    bool is_odd = false;
    const char *end = t->text.ptr + t->text.len;
    for (const char *p = t->text.ptr + at; p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL; p++)
        is_odd = !is_odd;
    return is_odd;
}

/* " opens and closes by turns. With an odd number of them, a first one that looks closing ends what an earlier sentence began. */
static const char *straight_quote(tokenizer *t, size_t at, surroundings s)
{
    if (!t->has_straight && looks_closing(s) && is_count_odd(t, at))
        t->in_straight = true;
    t->has_straight = true;
    t->in_straight = !t->in_straight;
    return t->in_straight ? OPENING : CLOSING;
}

/* ' is a quote at the edge of a word; else it is an apostrophe and stays as it is (NULL). */
static const char *single_straight_quote(tokenizer *t, surroundings s)
{
    if (looks_closing(s) && t->in_single_quote) {
        t->in_single_quote = false;
        return CLOSING;
    }
    if (!looks_opening(s))
        return NULL;
    t->in_single_quote = true;
    return OPENING;
}

/* ‘ and ’ are quotes on whichever side of a word they stand; between two letters they are apostrophes. */
static const char *single_quote(tokenizer *t, bool opens, surroundings s)
{
    if (!s.blank_before && s.word_after)
        return NULL;
    if (looks_opening(s))
        opens = true;
    else if (looks_closing(s) && t->in_single_quote)
        opens = false;
    t->in_single_quote = opens;
    return opens ? OPENING : CLOSING;
}

/* A mark that tells its side is believed, unless it stands the wrong way round for certain: ”مسندم“ is written by some for “مسندم”. */
static const char *sided_quote(tokenizer *t, bool opens, surroundings s)
{
    if (!opens && !t->in_quote && looks_opening(s) && s.word_after)
        opens = true;
    else if (opens && t->in_quote && looks_closing(s))
        opens = false;
    t->in_quote = opens;
    return opens ? OPENING : CLOSING;
}

/* ″ is what some editors make of a " behind a digit. */
static const char *prime_quote(tokenizer *t, surroundings s)
{
    t->in_quote = looks_opening(s);
    return t->in_quote ? OPENING : CLOSING;
}

/* The quotation mark as « or », or NULL if the mark is none. */
static const char *quote_form(tokenizer *t, letter mark, size_t at)
{
    const surroundings s = around(t, at + mark.step);
    switch (mark.code) {
    case '"':
    case 0xFF02: /* ＂ */
        return straight_quote(t, at, s);
    case '\'':
        return single_straight_quote(t, s);
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
        return single_quote(t, mark.code == 0x2018, s);
    case 0x2033: /* ″ */
    case 0x2036: /* ‶ */
        return prime_quote(t, s);
    case 0x201A: /* ‚ */
    case 0x201E: /* „ */
    case 0x301D: /* 〝 */
    case 0x275B: /* ❛ */
    case 0x275D: /* ❝ */
    case 0x276E: /* ❮ */
        return sided_quote(t, true, s);
    case 0x301E: /* 〞 */
    case 0x301F: /* 〟 */
    case 0x275C: /* ❜ */
    case 0x275E: /* ❞ */
    case 0x276F: /* ❯ */
        return sided_quote(t, false, s);
    default:
        break;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)mark.code);
    if (category == UTF8PROC_CATEGORY_PI || category == UTF8PROC_CATEGORY_PF) /* « » “ ” ‹ › ‛ ‟ */
        return sided_quote(t, category == UTF8PROC_CATEGORY_PI, s);
    return NULL;
}

/* The bracket as ( or ), the comma as ،, or NULL. */
static const char *plain_form(letter mark)
{
    if (mark.code == ',' || mark.code == 0xFF0C /* ， */)
        return "،";
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)mark.code);
    if (category == UTF8PROC_CATEGORY_PS)
        return "(";
    return category == UTF8PROC_CATEGORY_PE ? ")" : NULL;
}

size_t read_mark(tokenizer *t, size_t at, letter next)
{
    const char *form = quote_form(t, next, at);
    if (form == NULL)
        form = plain_form(next);

    token *mark = token_add(t, TOKEN_MARK, at, at + next.step);
    if (mark != NULL)
        mark->form = form != NULL ? view_of(form) : (view){next.bytes, next.step};
    return at + next.step;
}
