/* The date of a report: YYYY-MM-DD, a day that the calendar has, in the time of newspapers. */
#include "base/base.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

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
