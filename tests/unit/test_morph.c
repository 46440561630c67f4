/* Words taken apart: tests/corpus/morph.tsv, the cache, and what must never happen to any word. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "morph/morph.h"
#include "reader.h"
#include "refuse_alloc.h"
#include "rows.h"

static marsad_lexicon *lexicon;
static morph_cache *cache;

static int set_up(void **state)
{
    (void)state;
    marsad_error err = {0};
    cache = morph_cache_new();
    if (cache != NULL && marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) == MARSAD_OK)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int tear_down(void **state)
{
    (void)state;
    morph_cache_free(cache);
    marsad_lexicon_close(lexicon);
    return 0;
}

/* The first token of `text`, its form lying in `room`. */
static token token_of(arena *a, const char *text)
{
    token *tokens;
    uint32_t count;
    const view whole = view_of(text);
    assert_true(tokens_of(a, whole, (span){0, (uint32_t)whole.len}, &tokens, &count) && count > 0);
    return tokens[0];
}

/* "و ب ال _ ه": the clitics of a reading, _ for the stem. */
static void clitics_write(char *out, size_t room, const morph_reading *reading)
{
    static const struct {
        unsigned clitic;
        const char *text;
    } list[] = {{CLITIC_WA, "و "}, {CLITIC_FA, "ف "}, {CLITIC_BI, "ب "}, {CLITIC_KA, "ك "}, {CLITIC_LI, "ل "}, {CLITIC_SA, "س "}, {CLITIC_AL, "ال "}};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (reading->clitics & list[i].clitic)
            used += (size_t)snprintf(out + used, room - used, "%s", list[i].text);
    snprintf(out + used, room - used, "_%s", reading->clitics & CLITIC_PRON ? " +" : "");
}

static const char *lemma_of(const morph_reading *reading)
{
    return lexicon_string(lexicon, lexicon_lemma(lexicon, reading->lemma)->text);
}

/* The reading that a row wants must be among the first three: the choice by context does the rest. */
static bool check_row(const char *place, char *const *column)
{
    enum { AMONG = 3 };
    arena a = {0};
    morph_word word;
    char clitics[64];
    const token t = token_of(&a, column[0]);
    bool good = false;
    morph_word_read(lexicon, cache, t.form, t.flags, &word);
    for (uint8_t i = 0; i < word.reading_count && i < AMONG && !good; i++) {
        clitics_write(clitics, sizeof clitics, &word.readings[i]);
        good = strcmp(lemma_of(&word.readings[i]), column[1]) == 0 && strcmp(morph_upos(lexicon, &word.readings[i]), column[2]) == 0 &&
               strcmp(clitics, column[3]) == 0;
    }
    if (!good) {
        printf("%s: %s\n  want %s %s %s\n", place, column[0], column[1], column[2], column[3]);
        for (uint8_t i = 0; i < word.reading_count; i++) {
            clitics_write(clitics, sizeof clitics, &word.readings[i]);
            printf("  got  %s %s %s\n", lemma_of(&word.readings[i]), morph_upos(lexicon, &word.readings[i]), clitics);
        }
    }
    arena_free(&a);
    return good;
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("morph.tsv", 4, check_row), 0);
}

/* A sentence of tests/corpus/morph_sentences.tsv: the chosen lemma and part of speech of each word. */
static bool check_sentence(const char *place, char *const *column)
{
    arena a = {0};
    token *tokens;
    uint32_t count;
    uint8_t choice[64];
    morph_word words[64];
    char got[2048] = "";
    size_t used = 0;
    const view text = view_of(column[0]);
    assert_true(tokens_of(&a, text, (span){0, (uint32_t)text.len}, &tokens, &count) && count <= 64);
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i].kind == TOKEN_WORD)
            morph_word_read(lexicon, cache, tokens[i].form, tokens[i].flags, &words[i]);
    morph_choose(lexicon, tokens, words, count, choice);
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i].kind == TOKEN_WORD)
            used += (size_t)snprintf(got + used, sizeof got - used, "%s%s", used > 0 ? " " : "", morph_upos(lexicon, &words[i].readings[choice[i]]));
    arena_free(&a);
    if (strcmp(got, column[1]) == 0)
        return true;
    printf("%s: %s\n  want %s\n  got  %s\n", place, column[0], column[1], got);
    return false;
}

static void test_sentences(void **state)
{
    (void)state;
    assert_int_equal(rows_run("morph_sentences.tsv", 2, check_sentence), 0);
}

static void test_bares(void **state)
{
    (void)state;
    static const struct {
        const char *word, *bare;
        unsigned clitics;
    } cases[] = {{"وبالمدينة", "مدينة", CLITIC_WA | CLITIC_BI | CLITIC_AL},
                 {"للجيش", "جيش", CLITIC_LI | CLITIC_AL},
                 {"لحلب", "حلب", CLITIC_LI},
                 {"والرقة", "رقة", CLITIC_WA | CLITIC_AL},
                 {"فحلب", "حلب", CLITIC_FA},
                 {"وبغداد", "بغداد", CLITIC_WA},
                 {"كالجيش", "جيش", CLITIC_KA | CLITIC_AL},
                 {"بحلب", "حلب", CLITIC_BI}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        morph_word word;
        bool found = false;
        morph_word_read(lexicon, cache, view_of(cases[i].word), 0, &word);
        assert_int_equal(word.bares[0].start, 0);
        assert_int_equal(word.bares[0].end, strlen(cases[i].word));
        for (uint8_t k = 0; k < word.bare_count; k++)
            found = found || (view_equal((view){cases[i].word + word.bares[k].start, (size_t)(word.bares[k].end - word.bares[k].start)},
                                         view_of(cases[i].bare)) &&
                              word.bares[k].clitics == cases[i].clitics);
        if (!found)
            fail_msg("%s has no bare %s", cases[i].word, cases[i].bare);
    }
}

static void test_marks_of_the_article(void **state)
{
    (void)state;
    morph_word word;
    morph_word_read(lexicon, NULL, view_of("قصفا"), TOKEN_TANWIN, &word);
    for (uint8_t i = 0; i < word.reading_count; i++)
        assert_int_not_equal(word.readings[i].pos, POS_VERB);
    morph_word_read(lexicon, NULL, view_of("قتل"), TOKEN_DAMMA, &word);
    bool passive = false;
    for (uint8_t i = 0; i < word.reading_count; i++)
        passive = passive || (word.readings[i].pos == POS_VERB && (word.readings[i].feats & FEAT_PASS) != 0);
    assert_true(passive);
}

/* With the cache or without it, the same comes out; also when the cache is full. */
static void test_cache(void **state)
{
    (void)state;
    static const char letters[][3] = {"ا", "ب", "ت", "ر", "س", "ق", "ل", "م", "ن", "ه", "و", "ي", "ة", "ك", "ف"};
    uint64_t seed = 3;
    for (int round = 0; round < 60000; round++) {
        char text[64];
        size_t len = 0;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        for (unsigned n = (unsigned)(seed >> 61) + 1; n > 0; n--) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            memcpy(text + len, letters[(seed >> 33) % 15], 2);
            len += 2;
        }
        morph_word with, without;
        const uint8_t flags = (seed >> 40) % 7 == 0 ? TOKEN_HAMZA_OVER : 0;
        morph_word_read(lexicon, cache, (view){text, len}, flags, &with);
        morph_word_read(lexicon, NULL, (view){text, len}, flags, &without);
        assert_memory_equal(&with, &without, sizeof with);
        assert_true(with.reading_count >= 1 && with.reading_count <= MORPH_READINGS && with.bare_count >= 1 && with.bare_count <= MORPH_BARES);
        for (uint8_t i = 0; i < with.reading_count; i++)
            assert_true((size_t)with.readings[i].prefix_len + with.readings[i].suffix_len < len);
    }
}

static void test_words_beyond_measure(void **state)
{
    (void)state;
    char text[1000];
    for (size_t len = 0; len + 2 <= sizeof text; len += 2)
        memcpy(text + len, "ل", 2);
    for (size_t len = 0; len <= sizeof text; len += 2) {
        morph_word word;
        morph_word_read(lexicon, cache, (view){text, len}, 0, &word);
        assert_true(word.reading_count >= 1);
        assert_true(word.bares[0].end <= len);
    }
    morph_word word;
    morph_word_read(lexicon, cache, view_of("nato"), TOKEN_LATIN, &word);
    assert_false(word.known);
    assert_int_equal(word.readings[0].pos, POS_NAME);
}

/* --- CoNLL-U --- */

typedef struct {
    char text[8192];
    size_t used, room;
} sink;

static bool sink_write(void *context, const char *bytes, size_t size)
{
    sink *s = context;
    if (s->used + size > s->room)
        return false;
    memcpy(s->text + s->used, bytes, size);
    s->used += size;
    s->text[s->used] = '\0';
    return true;
}

static void test_conllu(void **state)
{
    (void)state;
    struct marsad_reader reader = {.lexicon = lexicon, .cache = cache};
    const marsad_article article = {.id = view_of("a"), .text = view_of("وقَصَفَت الطائراتُ 3 قرى، وأصابتها.")};
    marsad_error err = {0};
    static sink out;
    out = (sink){.room = sizeof out.text - 1};
    assert_int_equal(marsad_conllu(&reader, &article, sink_write, &out, &err), MARSAD_OK);
    assert_non_null(strstr(out.text, "# sent_id = a-1\n# text = وقَصَفَت الطائراتُ 3 قرى، وأصابتها.\n1-2\tوقَصَفَت\t_"));
    assert_non_null(strstr(out.text, "\n2\tقَصَفَت\tقصف\tVERB\t_\tAspect=Perf|Gender=Fem|Number=Sing|Person=3|Tense=Past\t"));
    assert_non_null(strstr(out.text, "\n3\tالطائراتُ\tطائرة\tNOUN\t_\tDefinite=Def|Gender=Fem|Number=Plur\t"));
    assert_non_null(strstr(out.text, "\n4\t3\t3\tNUM\t"));
    assert_non_null(strstr(out.text, "7-9\tوأصابتها\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"));
    assert_non_null(strstr(out.text, "\n9\tها\tهو\tPRON\t"));

    out = (sink){.room = 40}; /* refused by whoever takes it */
    assert_int_equal(marsad_conllu(&reader, &article, sink_write, &out, &err), MARSAD_ERR_SYSTEM);
    const marsad_article bad = {.text = {"\xFF", 1}};
    out = (sink){.room = sizeof out.text - 1};
    assert_int_equal(marsad_conllu(&reader, &bad, sink_write, &out, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_conllu(NULL, &article, sink_write, &out, &err), MARSAD_ERR_ARGUMENT);

    arena_free(&reader.sentence);
    for (size_t n = 1;; n++) {
        struct marsad_reader fresh = {.lexicon = lexicon, .cache = cache};
        out = (sink){.room = sizeof out.text - 1};
        refuse_alloc_at(n);
        const marsad_status status = marsad_conllu(&fresh, &article, sink_write, &out, &err);
        const bool refused = refuse_alloc_stop();
        arena_free(&fresh.sentence);
        assert_int_equal(status, refused ? MARSAD_ERR_SYSTEM : MARSAD_OK);
        if (!refused)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_bares),  cmocka_unit_test(test_marks_of_the_article),
        cmocka_unit_test(test_cache),  cmocka_unit_test(test_words_beyond_measure),
        cmocka_unit_test(test_conllu),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
