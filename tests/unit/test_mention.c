/* What words stand for by themselves: tests/corpus/time.tsv, quantity.tsv and places.tsv. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "marsad.h"
#include "mention/mention.h"
#include "rows.h"

static marsad_lexicon *lexicon;
static marsad_gazetteer *gazetteer;
static marsad_reader *reader;
static morph_cache *cache;

static int set_up(void **state)
{
    (void)state;
    marsad_error err = {0};
    cache = morph_cache_new();
    if (cache != NULL && marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) == MARSAD_OK &&
        marsad_gazetteer_open(&gazetteer, MARSAD_GAZETTEER_FILE, &err) == MARSAD_OK) {
        const marsad_gazetteer *gazetteers[] = {gazetteer};
        if (marsad_reader_new(&reader, lexicon, gazetteers, 1, &err) == MARSAD_OK)
            return 0;
    }
    print_error("%s\n", err.message);
    return -1;
}

static int tear_down(void **state)
{
    (void)state;
    marsad_reader_free(reader);
    morph_cache_free(cache);
    marsad_gazetteer_close(gazetteer);
    marsad_lexicon_close(lexicon);
    return 0;
}

static view words_of(const char *text, span where)
{
    return (view){text + where.start, where.end - where.start};
}

/* The mentions of `text`, read as one sentence. */
static sentence sentence_of(arena *a, const char *text, marsad_date published)
{
    const marsad_gazetteer *const gazetteers[] = {gazetteer};
    const sources_of_names names = {.lexicon = lexicon, .gazetteers = gazetteers, .gazetteer_count = 1, .published = published};
    sentence s;
    assert_true(sentence_prepare(&s, a, &names, cache, view_of(text), (span){0, (uint32_t)strlen(text)}));
    assert_true(mention_find(&s, a, &names));
    return s;
}

/* --- times ------------------------------------------------------------------------------------------------------------- */

/* "words 2016-05-01 2016-05-31" of every time expression, " + " between them; "-" if there is none. */
static void times_write(char *out, size_t room, const sentence *s, const char *text, bool future)
{
    char days[64];
    out[0] = '\0';
    for (uint32_t i = 0; i < s->time_count; i++) {
        const time_mention *t = &s->times[i];
        const marsad_date start = future ? t->future_start : t->start, end = future ? t->future_end : t->end;
        snprintf(days, sizeof days, " %04d-%02u-%02u %04d-%02u-%02u", start.year, start.month, start.day, end.year, end.month, end.day);
        text_append(out, room, view_of(i > 0 ? " + " : ""));
        text_append(out, room, words_of(text, sentence_span(s, t->first, t->last)));
        text_append(out, room, view_of(t->resolved ? days : " unresolved"));
    }
    if (s->time_count == 0)
        text_append(out, room, view_of("- - -"));
}

/* note, day of publication, tense of the verb, sentence, words, first day, last day */
static bool check_time(const char *place, char *const *column)
{
    arena a = {0};
    char want[512], got[1024];
    marsad_date published = {0};
    if (strcmp(column[1], "-") != 0)
        assert_true(marsad_date_parse(&published, view_of(column[1]), NULL) == MARSAD_OK);
    const sentence s = sentence_of(&a, column[3], published);
    times_write(got, sizeof got, &s, column[3], strcmp(column[2], "future") == 0);
    snprintf(want, sizeof want, "%s %s %s", column[4], column[5], column[6]);
    arena_free(&a);
    return row_same(place, column[3], want, got);
}

static void test_times(void **state)
{
    (void)state;
    assert_int_equal(rows_run_with_gaps("time.tsv", 7, check_time), 0);
}

/* --- quantities -------------------------------------------------------------------------------------------------------- */

/* "words value bound" of every quantity, " + " between them; "-" if there is none. An ordinal has no bound but "ordinal". */
static void quantities_write(char *out, size_t room, const sentence *s, const char *text)
{
    char value[64];
    out[0] = '\0';
    for (uint32_t i = 0; i < s->quantity_count; i++) {
        const quantity *q = &s->quantities[i];
        const char *bound = q->ordinal ? "ordinal" : marsad_bound_name((marsad_bound)q->bound);
        if (q->value == MARSAD_NO_VALUE)
            snprintf(value, sizeof value, " - %s", bound);
        else
            snprintf(value, sizeof value, " %lld %s", (long long)q->value, bound);
        text_append(out, room, view_of(i > 0 ? " + " : ""));
        text_append(out, room, words_of(text, sentence_span(s, q->first, q->last)));
        text_append(out, room, view_of(value));
    }
    if (s->quantity_count == 0)
        text_append(out, room, view_of("- - -"));
}

/* note, sentence, words, value, bound */
static bool check_quantity(const char *place, char *const *column)
{
    arena a = {0};
    char want[512], got[1024];
    const sentence s = sentence_of(&a, column[1], (marsad_date){2016, 5, 10});
    quantities_write(got, sizeof got, &s, column[1]);
    snprintf(want, sizeof want, "%s %s %s", column[2], column[3], column[4]);
    arena_free(&a);
    return row_same(place, column[1], want, got);
}

static void test_quantities(void **state)
{
    (void)state;
    assert_int_equal(rows_run_with_gaps("quantity.tsv", 5, check_quantity), 0);
}

/* --- places ------------------------------------------------------------------------------------------------------------ */

static const double KM_OF_DEGREE = 111.2, NEAR_ENOUGH_KM = 30;

static double km_between(double lat1, double lon1, double lat2, double lon2)
{
    const double radian = acos(-1.0) / 180;
    const double north = (lat2 - lat1) * KM_OF_DEGREE, east = (lon2 - lon1) * KM_OF_DEGREE * cos((lat1 + lat2) / 2 * radian);
    return sqrt(north * north + east * east);
}

/* `where` is an id, "lat,lon" for a point not far from it, or "-" for a place that the gazetteer does not know. */
static bool lies_at(const marsad_place *p, const char *where)
{
    char *end;
    const double lat = strtod(where, &end);
    if (strcmp(where, "-") == 0)
        return p->precision == MARSAD_PRECISION_NONE;
    if (end == where || *end != ',')
        return strcmp(p->id, where) == 0;
    return p->precision != MARSAD_PRECISION_NONE && km_between(lat, strtod(end + 1, NULL), p->lat, p->lon) <= NEAR_ENOUGH_KM;
}

/* "+" other places have the name, "0" none has, "*" whichever. */
static bool has_others(const marsad_place *p, const char *others)
{
    return others[0] == '*' || (p->others > 0) == (others[0] == '+');
}

static void place_write(char *out, size_t room, const marsad_place *p)
{
    char text[160];
    snprintf(text, sizeof text, " %s [%s %.3f,%.3f] +%u;", marsad_relation_name(p->relation), p->id, p->lat, p->lon, p->others);
    text_append(out, room, view_of(p->norm));
    text_append(out, room, view_of(text));
}

/* The places of all records; true if the one called `norm` is as the row says: the last of them where a report names it twice. */
static bool place_found(const marsad_reading *reading, char *const *column, char *got, size_t room)
{
    const marsad_place *named = NULL;
    got[0] = '\0';
    for (size_t r = 0; r < reading->record_count; r++)
        for (size_t i = 0; i < reading->records[r].place_count; i++) {
            const marsad_place *p = &reading->records[r].places[i];
            named = strcmp(p->norm, column[2]) == 0 ? p : named;
            place_write(got, room, p);
        }
    return named != NULL && strcmp(marsad_relation_name(named->relation), column[3]) == 0 && lies_at(named, column[4]) &&
           has_others(named, column[5]);
}

/* note, text, name, relation, id or point, others */
static bool check_place(const char *place, char *const *column)
{
    char want[512], got[2048];
    const marsad_article article = {.text = view_of(column[1]), .published = {2016, 5, 10}};
    const marsad_reading *reading;
    assert_true(marsad_read(reader, &article, &reading, NULL) == MARSAD_OK);
    if (place_found(reading, column, got, sizeof got))
        return true;
    snprintf(want, sizeof want, "%s %s [%s] %s", column[2], column[3], column[4], column[5]);
    return row_same(place, column[1], want, got);
}

static void test_places(void **state)
{
    (void)state;
    assert_int_equal(rows_run_with_gaps("places.tsv", 6, check_place), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_quantities),
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
