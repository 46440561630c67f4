/* Months that carry into the year, leap years, weeks from Monday, and the months of the tabular Islamic calendar. */
#include "unit.h"

#include "mention/calendar.h"

static int32_t day(int year, int month, int day_of_month)
{
    return day_number((marsad_date){(int16_t)year, (uint8_t)month, (uint8_t)day_of_month});
}

static void assert_range(day_range range, int32_t start, int32_t end)
{
    assert_int_equal(range.start, start);
    assert_int_equal(range.end, end);
}

static void test_month_length(void **state)
{
    (void)state;
    static const struct {
        int year, month, days;
    } cases[] = {{2015, 1, 31}, {2015, 2, 28}, {2016, 2, 29}, {1900, 2, 28}, {2000, 2, 29}, {2100, 2, 28}, {2015, 4, 30}, {2015, 12, 31}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(month_length(cases[i].year, cases[i].month), cases[i].days);
}

static void test_month_carries_into_the_year(void **state)
{
    (void)state;
    assert_range(month_range(2016, 2), day(2016, 2, 1), day(2016, 2, 29));
    assert_range(month_range(2016, 0), day(2015, 12, 1), day(2015, 12, 31));
    assert_range(month_range(2016, -11), day(2015, 1, 1), day(2015, 1, 31));
    assert_range(month_range(2016, -12), day(2014, 12, 1), day(2014, 12, 31));
    assert_range(month_range(2016, 13), day(2017, 1, 1), day(2017, 1, 31));
    assert_range(month_range(2016, 25), day(2018, 1, 1), day(2018, 1, 31));
    assert_range(year_range(2016), day(2016, 1, 1), day(2016, 12, 31));
    assert_int_equal(year_range(2016).end - year_range(2016).start, 365);
}

static void test_week_is_monday_to_sunday(void **state)
{
    (void)state;
    const int32_t monday = day(2016, 5, 9);
    for (int32_t of_week = monday; of_week < monday + 7; of_week++) {
        assert_range(week_range(of_week, 0), monday, monday + 6);
        assert_range(week_range(of_week, -1), monday - 7, monday - 1);
        assert_range(week_range(of_week, 1), monday + 7, monday + 13);
    }
}

static void test_month_shift_keeps_the_day_or_takes_the_last(void **state)
{
    (void)state;
    assert_int_equal(month_shift(day(2016, 5, 10), -3), day(2016, 2, 10));
    assert_int_equal(month_shift(day(2016, 1, 15), -1), day(2015, 12, 15));
    assert_int_equal(month_shift(day(2016, 12, 15), 1), day(2017, 1, 15));
    assert_int_equal(month_shift(day(2016, 3, 31), -1), day(2016, 2, 29));
    assert_int_equal(month_shift(day(2015, 3, 31), -1), day(2015, 2, 28));
    assert_int_equal(month_shift(day(2016, 5, 31), 1), day(2016, 6, 30));
    assert_int_equal(month_shift(day(2016, 2, 29), -12), day(2015, 2, 28));
    assert_int_equal(month_shift(day(2016, 5, 10), 0), day(2016, 5, 10));
}

/* First days as the tabular calendar has them, counted from 15 July 622: the month of fasting of 1437 began on 6 June 2016. */
static void test_hijri_months(void **state)
{
    (void)state;
    static const struct {
        int year, month;
        marsad_date start;
        int days;
    } cases[] = {{1437, 9, {2016, 6, 6}, 30},  {1437, 1, {2015, 10, 14}, 30}, {1436, 12, {2015, 9, 14}, 30},
                 {1438, 1, {2016, 10, 2}, 30}, {1437, 12, {2016, 9, 3}, 29},  {1400, 1, {1979, 11, 20}, 30}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int32_t start = day_number(cases[i].start);
        assert_range(hijri_month_range(cases[i].year, cases[i].month), start, start + cases[i].days - 1);
        assert_int_equal(hijri_year(start), cases[i].year);
    }
}

/* Months follow on each other without a gap, 29 or 30 days long; a year has 354 or 355; 30 years have 10631. */
static void test_hijri_months_follow_on_each_other(void **state)
{
    (void)state;
    int32_t next = hijri_month_range(1400, 1).start;
    for (int year = 1400; year < 1460; year++) {
        const int32_t first = next;
        for (int month = 1; month <= 12; month++) {
            day_range range = hijri_month_range(year, month);
            assert_int_equal(range.start, next);
            assert_in_range(range.end - range.start + 1, 29, 30);
            next = range.end + 1;
            assert_int_equal(hijri_year(range.start), year);
            assert_int_equal(hijri_year(range.end), year);
        }
        assert_in_range(next - first, 354, 355);
    }
    assert_int_equal(next - hijri_month_range(1400, 1).start, 2 * 10631);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_month_length),
        cmocka_unit_test(test_month_carries_into_the_year),
        cmocka_unit_test(test_week_is_monday_to_sunday),
        cmocka_unit_test(test_month_shift_keeps_the_day_or_takes_the_last),
        cmocka_unit_test(test_hijri_months),
        cmocka_unit_test(test_hijri_months_follow_on_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
