/*
 * Days of the Gregorian calendar, carried backwards before its introduction.
 * Years are counted from March here, so that the leap day is the last day of a year and months follow one rule:
 * day of the year = (153 * months since March + 2) / 5. 400 such years are 146,097 days.
 */
#include "base/base.h"

enum { DAYS_OF_400_YEARS = 146097, DAYS_0000_MARCH_TO_1970 = 719468 };

/* Rounded towards minus infinity; divisor > 0. */
static int32_t divide_down(int32_t value, int32_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

int32_t day_number(marsad_date date)
{
    int32_t year = date.month > 2 ? date.year : date.year - 1;
    int32_t month = date.month > 2 ? date.month - 3 : date.month + 9; /* since March */
    int32_t cycle = divide_down(year, 400);
    int32_t year_of_cycle = year - cycle * 400;
    int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int32_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * DAYS_OF_400_YEARS + day_of_cycle - DAYS_0000_MARCH_TO_1970;
}

marsad_date day_date(int32_t number)
{
    const int32_t first = -12687794, last = 11248737; /* -32768-01-01 and 32767-12-31: what marsad_date can hold */
    if (number < first || number > last)
        return (marsad_date){0};

    int32_t day = number + DAYS_0000_MARCH_TO_1970;
    int32_t cycle = divide_down(day, DAYS_OF_400_YEARS);
    int32_t day_of_cycle = day - cycle * DAYS_OF_400_YEARS;
    int32_t year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    int32_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int32_t month = (5 * day_of_year + 2) / 153; /* since March */
    return (marsad_date){
        .year = (int16_t)(cycle * 400 + year_of_cycle + (month >= 10)),
        .month = (uint8_t)(month < 10 ? month + 3 : month - 9),
        .day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

int day_weekday(int32_t number)
{
    const int thursday = 3; /* 1970-01-01, counted from Monday = 0 */
    return (int)(((int64_t)number % 7 + 7 + thursday) % 7) + 1;
}

bool date_is_given(marsad_date date)
{
    return date.year != 0 || date.month != 0 || date.day != 0;
}
