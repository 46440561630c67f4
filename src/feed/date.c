/* The date of a report: YYYY-MM-DD, a day that the calendar has, in the time of newspapers. */
#include "base/base.h"

/* The number that `count` digits from `at` on stand for, or -1. */
static int read_digits(view text, size_t at, size_t count)
{
    int number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return number;
}

static bool is_in_calendar(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    marsad_date same = day_date(day_number((marsad_date){(int16_t)year, (uint8_t)month, (uint8_t)day}));
    return same.month == month; /* else the 31st of a short month has run over into the next */
}

marsad_status marsad_date_parse(marsad_date *out, view text, marsad_error *err)
{
    if (text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-') {
        int year = read_digits(text, 0, 4), month = read_digits(text, 5, 2), day = read_digits(text, 8, 2);
        if (is_in_calendar(year, month, day)) {
            *out = (marsad_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
            return MARSAD_OK;
        }
    }
    return fail(err, MARSAD_ERR_FORMAT, 0, "no date YYYY-MM-DD: '%.*s'", text.len < 40 ? (int)text.len : 40, text.len == 0 ? "" : text.ptr);
}

/* --- days of metadata ------------------------------------------------------------------------------------------------- */

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* The number that the word at `*at` is, of at most four digits, or -1; `*at` moves behind it. */
static int read_number(view text, size_t *at)
{
    size_t from = *at;
    while (*at < text.len && *at - from < 4 && is_digit(text.ptr[*at]))
        ++*at;
    return *at == from ? -1 : read_digits(text, from, *at - from);
}

static void skip_any(view text, size_t *at, const char *any)
{
    while (*at < text.len && text.ptr[*at] != '\0' && strchr(any, text.ptr[*at]) != NULL)
        ++*at;
}

/* "Tue, 10 May 2016 12:00:00 +0300", the weekday may be missing: RFC 822 and its followers. */
static bool read_mail_date(view text, int *year, int *month, int *day)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    size_t at = 0;
    while (at < text.len && !is_digit(text.ptr[at]))
        at++;
    *day = read_number(text, &at);
    skip_any(text, &at, " -");

    char name[3];
    if (text.len - at < sizeof name)
        return false;
    for (size_t i = 0; i < sizeof name; i++)
        name[i] = (char)(text.ptr[at + i] | 0x20);
    *month = 0;
    for (int i = 0; i < 12; i++)
        if (memcmp(name, names + (size_t)i * 3, 3) == 0)
            *month = i + 1;
    while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '-')
        at++;
    skip_any(text, &at, " -");
    *year = read_number(text, &at);
    if (*year >= 0 && *year < 100) /* RFC 822 wrote two digits */
        *year += *year < 70 ? 2000 : 1900;
    return true;
}

bool date_of_metadata(marsad_date *out, view text)
{
    int year, month, day;
    size_t at = 0;
    skip_any(text, &at, " \t\r\n");
    view rest = {text.ptr + at, text.len - at};
    if (rest.len >= 10 && (rest.ptr[4] == '-' || rest.ptr[4] == '/') && rest.ptr[7] == rest.ptr[4] && (rest.len == 10 || !is_digit(rest.ptr[10]))) {
        year = read_digits(rest, 0, 4);
        month = read_digits(rest, 5, 2);
        day = read_digits(rest, 8, 2);
    } else if (!read_mail_date(rest, &year, &month, &day)) {
        return false;
    }
    if (!is_in_calendar(year, month, day))
        return false;
    *out = (marsad_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}
