/*
 * Numbers as reports write them: ١٢  1,500  1.500  1٬500  1،500  3.5  3,5  1,500.75
 * A mark before each three digits parts thousands, any other mark between two groups begins a fraction. A chain that is neither
 * ("10.5.2016", "5.1.1") is a row of numbers: days and versions are read by others.
 */
#include "text/token.h"

enum {
    NO_SEPARATOR = 0,
    COMMA = ',',
    POINT = '.',
    ARABIC_COMMA = 0x060C,     /* ، */
    ARABIC_DECIMAL = 0x066B,   /* ٫ */
    ARABIC_THOUSANDS = 0x066C, /* ٬ */
    MOST_GROUPS = 7            /* 10^18 has seven: more is no number, and looking further for each group of a long chain would cost its square */
};

/* Some digits in a row. Hidden characters between them are passed over. */
typedef struct {
    size_t end;    /* behind the last digit */
    size_t count;  /* of digits, no more than the limit asked for */
    int64_t value; /* -1: does not fit */
    bool leading_zero;
} digits;

static digits read_digits(view text, size_t at, size_t most)
{
    digits read = {.end = at};
    while (at < text.len && read.count < most) {
        letter next = letter_at(text, at);
        if (next.role != ROLE_DIGIT && next.role != ROLE_HIDDEN)
            break;
        at += next.step;
        if (next.role == ROLE_HIDDEN)
            continue;
        int digit = (int)(next.code & 0xF);
        if (read.count++ == 0)
            read.leading_zero = digit == 0;
        if (read.value >= 0)
            read.value = read.value > (INT64_MAX - digit) / 10 ? -1 : read.value * 10 + digit;
        read.end = at;
    }
    return read;
}

/* The separator at `at`, if a digit stands right behind it; `*after` is where that digit is. */
static uint32_t separator_at(view text, size_t at, size_t *after)
{
    if (at >= text.len)
        return NO_SEPARATOR;
    letter mark = letter_at(text, at);
    if (mark.code != COMMA && mark.code != POINT && mark.code != ARABIC_COMMA && mark.code != ARABIC_DECIMAL && mark.code != ARABIC_THOUSANDS)
        return NO_SEPARATOR;
    *after = at + mark.step;
    return *after < text.len && letter_at(text, *after).role == ROLE_DIGIT ? mark.code : NO_SEPARATOR;
}

static bool is_followed_by_group(view text, size_t at)
{
    size_t after;
    return separator_at(text, at, &after) != NO_SEPARATOR;
}

/* The groups of three digits behind `first`, all parted by the same mark; false if there are none or they make no number. */
static bool read_thousands(view text, digits first, digits *all)
{
    size_t after = 0, next_after = 0;
    uint32_t separator = separator_at(text, first.end, &after);
    int groups = 1;

    if (separator == NO_SEPARATOR || separator == ARABIC_DECIMAL || first.count > 3 || first.leading_zero)
        return false;
    *all = first;
    for (uint32_t mark = separator; mark == separator; after = next_after) {
        digits group = read_digits(text, after, 4);
        if (group.count != 3 || ++groups > MOST_GROUPS)
            return false;
        all->end = group.end;
        if (all->value >= 0)
            all->value = all->value > (INT64_MAX - group.value) / 1000 ? -1 : all->value * 1000 + group.value;
        mark = separator_at(text, group.end, &next_after);
    }
    return true;
}

/* Where the fraction behind `end` ends; `end` itself if there is none. */
static size_t read_fraction(view text, size_t end)
{
    size_t after = 0;
    uint32_t separator = separator_at(text, end, &after);
    if (separator != COMMA && separator != POINT && separator != ARABIC_DECIMAL)
        return end;
    digits fraction = read_digits(text, after, SIZE_MAX);
    return is_followed_by_group(text, fraction.end) ? end : fraction.end;
}

/* The form: digits as 0-9, marks as written. */
static void fold_number(tokenizer *t, size_t start, size_t end)
{
    form_begin(t);
    for (size_t at = start; at < end;) {
        letter next = letter_at(t->text, at);
        fold_letter(&t->fold, next);
        at += next.step;
    }
}

/* Does a number stand directly before, which did not take the mark between for its own? Then both are links of a chain. */
static bool is_link_of_chain(const tokenizer *t, size_t at)
{
    if (t->count < 2)
        return false;
    const token *mark = &t->tokens[t->count - 1], *number = mark - 1;
    if (mark->kind != TOKEN_MARK || mark->home.end != at || number->kind != TOKEN_NUMBER || number->home.end != mark->home.start)
        return false;
    uint32_t code = letter_at(t->text, mark->home.start).code;
    return code == POINT || code == COMMA || code == ARABIC_DECIMAL;
}

size_t read_number(tokenizer *t, size_t at)
{
    const digits first = read_digits(t->text, at, SIZE_MAX);
    digits whole = first;
    size_t end = first.end;
    if (!is_link_of_chain(t, at)) {
        if (!read_thousands(t->text, first, &whole))
            whole = first;
        end = read_fraction(t->text, whole.end);
    }

    token *number = token_add(t, TOKEN_NUMBER, at, end);
    if (number != NULL) {
        fold_number(t, at, end);
        number->form = form_end(t);
        number->value = end > whole.end ? -1 : whole.value;
    }
    return end;
}
