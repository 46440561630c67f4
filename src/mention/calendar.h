/* Calendar arithmetic that time expressions need. Days are day_number()s. */
#ifndef MARSAD_CALENDAR_H
#define MARSAD_CALENDAR_H

#include "base/base.h"

typedef struct {
    int32_t start, end; /* both included */
} day_range;

int month_length(int year, int month);
/* The whole month; `month` may lie outside 1..12 and carries into the year. */
day_range month_range(int year, int month);
day_range year_range(int year);
/* Monday to Sunday, `offset` weeks after the week of `day`. */
day_range week_range(int32_t day, int offset);
/* The day `months` before or after; a day that the month lacks becomes its last. */
int32_t month_shift(int32_t day, int months);
/* The month of the tabular Islamic calendar, counted from 15 July 622: months alternate 30 and 29 days, 11 leap years in 30. */
day_range hijri_month_range(int year, int month);
/* The Islamic year in which a day lies. */
int hijri_year(int32_t day);

#endif
