/*
 * Sentences to records: tests/corpus/{kind,role,speaker,modality,figure}.tsv. A row is a note, a text, and the records that it gives, " & " between
 * them and "-" for none; each is its kind and those of its parts that the row is about, " | " between them:
 *
 *   A:words=who + words=who   actors; "=who" may be left out, "A:" alone is none
 *   T:words=who/object        targets
 *   P:relation name           places
 *   W:2016-05-09..2016-05-10  when; one day stands alone
 *   F:killed 5 at_least       figures; "-" is the value of a vague word
 *   S:words=who               sources
 *   M:asserted  H:in_force    modality, phase
 *   G:words                   trigger
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "marsad.h"
#include "rows.h"

enum { RECORDS_ROOM = 4096 };

static marsad_lexicon *lexicon;
static marsad_gazetteer *gazetteer;
static marsad_reader *reader;

static int set_up(void **state)
{
    (void)state;
    marsad_error err = {0};
    if (marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) == MARSAD_OK &&
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
    marsad_gazetteer_close(gazetteer);
    marsad_lexicon_close(lexicon);
    return 0;
}

/* --- parts of a record, as a row writes them --------------------------------------------------------------------------- */

/* What is written, the article it points into, and the row's own words, which say how much to tell. */
typedef struct {
    char *out;
    size_t room;
    const char *text, *want;
} writer;

static void put(writer *w, const char *words)
{
    text_append(w->out, w->room, view_of(words));
}

static void put_span(writer *w, marsad_span where)
{
    text_append(w->out, w->room, (view){w->text + where.start, where.end - where.start});
}

static void put_parties(writer *w, const marsad_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(w, i > 0 ? " + " : "");
        put_span(w, parties[i].span);
        if (strchr(w->want, '=') != NULL)
            put(w, "="), put(w, parties[i].who);
        if (strchr(w->want, '/') != NULL && parties[i].object[0] != '\0')
            put(w, "/"), put(w, parties[i].object);
    }
}

static void put_actors(writer *w, const marsad_record *r)
{
    put_parties(w, r->actors, r->actor_count);
}

static void put_targets(writer *w, const marsad_record *r)
{
    put_parties(w, r->targets, r->target_count);
}

static void put_sources(writer *w, const marsad_record *r)
{
    put_parties(w, r->sources, r->source_count);
}

static void put_places(writer *w, const marsad_record *r)
{
    for (size_t i = 0; i < r->place_count; i++) {
        put(w, i > 0 ? " + " : "");
        put(w, marsad_relation_name(r->places[i].relation));
        put(w, " ");
        put(w, r->places[i].norm);
    }
}

static void put_day(writer *w, marsad_date day)
{
    char text[32];
    snprintf(text, sizeof text, "%04d-%02u-%02u", day.year, day.month, day.day);
    put(w, text);
}

static void put_when(writer *w, const marsad_record *r)
{
    if (!r->has_when)
        return;
    put_day(w, r->when.start);
    if (memcmp(&r->when.start, &r->when.end, sizeof r->when.start) == 0)
        return;
    put(w, "..");
    put_day(w, r->when.end);
}

static void put_figures(writer *w, const marsad_record *r)
{
    for (size_t i = 0; i < r->figure_count; i++) {
        char value[32] = "-";
        if (r->figures[i].value != MARSAD_NO_VALUE)
            snprintf(value, sizeof value, "%lld", (long long)r->figures[i].value);
        put(w, i > 0 ? " + " : "");
        put(w, marsad_figure_name(r->figures[i].of));
        put(w, " ");
        put(w, value);
        put(w, " ");
        put(w, marsad_bound_name(r->figures[i].bound));
    }
}

static void put_modality(writer *w, const marsad_record *r)
{
    put(w, marsad_modality_name(r->modality));
}

static void put_phase(writer *w, const marsad_record *r)
{
    put(w, marsad_phase_name(r->phase));
}

static void put_trigger(writer *w, const marsad_record *r)
{
    put_span(w, r->trigger);
}

static const struct {
    char letter;
    void (*put)(writer *w, const marsad_record *r);
} parts[] = {{'A', put_actors},  {'T', put_targets},  {'P', put_places}, {'W', put_when},   {'F', put_figures},
             {'S', put_sources}, {'M', put_modality}, {'H', put_phase},  {'G', put_trigger}};

/* --- rows -------------------------------------------------------------------------------------------------------------- */

/* Cuts `text` at the first `mark` and returns what follows it, NULL at the end. */
static char *cut(char *text, const char *mark)
{
    char *at = strstr(text, mark);
    if (at == NULL)
        return NULL;
    *at = '\0';
    return at + strlen(mark);
}

/* The part that `want` asks for by its letter. */
static void put_part(writer *w, const marsad_record *r, const char *want)
{
    const char letter[] = {want[0], '\0'};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].letter == want[0] && want[1] == ':') {
            writer part = *w;
            part.want = want;
            put(w, " | ");
            put(w, letter);
            put(w, ":");
            parts[i].put(&part, r);
            return;
        }
    put(w, " | no such part");
}

/* The record, with the parts that `want` has (which is cut up). */
static void put_record(writer *w, const marsad_record *r, char *want)
{
    put(w, marsad_kind_name(r->kind));
    for (char *part = want == NULL ? NULL : cut(want, " | "), *next; part != NULL; part = next) {
        next = cut(part, " | ");
        put_part(w, r, part);
    }
}

static bool check_reading(const char *place, char *const *column)
{
    char wanted[RECORDS_ROOM] = "", got[RECORDS_ROOM] = "";
    const marsad_article article = {.text = view_of(column[1]), .published = {2016, 5, 10}};
    const marsad_reading *reading;
    assert_true(marsad_read(reader, &article, &reading, NULL) == MARSAD_OK);

    writer w = {got, sizeof got, column[1], ""};
    char *want = wanted;
    text_append(wanted, sizeof wanted, view_of(column[2]));
    for (size_t i = 0; i < reading->record_count; i++) {
        char *next = want == NULL ? NULL : cut(want, " & ");
        put(&w, i > 0 ? " & " : "");
        put_record(&w, &reading->records[i], want);
        want = next;
    }
    if (reading->record_count == 0)
        put(&w, "-");
    return row_same(place, column[1], column[2], got);
}

#define READING(name)                                                                                                                                \
    static void test_##name(void **state)                                                                                                            \
    {                                                                                                                                                \
        (void)state;                                                                                                                                 \
        assert_int_equal(rows_run_with_gaps(#name ".tsv", 3, check_reading), 0);                                                                     \
    }
READING(kind)
READING(role)
READING(speaker)
READING(modality)
READING(figure)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind),     cmocka_unit_test(test_role),   cmocka_unit_test(test_speaker),
        cmocka_unit_test(test_modality), cmocka_unit_test(test_figure),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
