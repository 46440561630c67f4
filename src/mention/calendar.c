#include "mention/calendar.h"

enum { HIJRI_EPOCH = -492149 }; /* 1 Muharram 1 = 15 July 622 Julian, as days since 1970-01-01: Ramadan 1437 begins on 6 June 2016 */

int month_length(int year, int month)
{
    static const uint8_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : length[month - 1];
}

day_range month_range(int year, int month)
{
    int count = year * 12 + month - 1;
    year = count / 12;
    month = count % 12 + 1;
    marsad_date first = {(int16_t)year, (uint8_t)month, 1};
    int32_t start = day_number(first);
    return (day_range){start, start + month_length(year, month) - 1};
}

day_range year_range(int year)
{
    return (day_range){month_range(year, 1).start, month_range(year, 12).end};
}

day_range week_range(int32_t day, int offset)
{
    int32_t monday = day - (day_weekday(day) - 1) + 7 * offset;
    return (day_range){monday, monday + 6};
}

int32_t month_shift(int32_t day, int months)
{
    marsad_date date = day_date(day);
    day_range range = month_range(date.year, date.month + months);
    int32_t shifted = range.start + date.day - 1;
    return shifted > range.end ? range.end : shifted;
}

/* Days from the epoch to the first day of a Hijri year. */
static int32_t hijri_year_start(int year)
{
    return HIJRI_EPOCH + (year - 1) * 354 + (3 + 11 * year) / 30;
}

day_range hijri_month_range(int year, int month)
{
    int32_t start = hijri_year_start(year) + 29 * (month - 1) + month / 2;
    int32_t end = month == 12 ? hijri_year_start(year + 1) - 1 : start + (month % 2 == 1 ? 30 : 29) - 1;
    return (day_range){start, end};
}

int hijri_year(int32_t day)
{
    int year = (int)((day - HIJRI_EPOCH) / 354.367) + 1;
    while (hijri_year_start(year) > day)
        year--;
    while (hijri_year_start(year + 1) <= day)
        year++;
    return year;
}
