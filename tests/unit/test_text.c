/* Folding, sentences, tokens: rows of tests/corpus/, every letter of Unicode, and texts that nobody writes. */
#include "unit.h"

#include <jansson.h> /* before base.h, see there */
#include <stdlib.h>
#include <time.h>

#include "refuse_alloc.h"
#include "rows.h"
#include "text/text.h"

static bool expect(const char *place, const char *note, const char *want, const char *got)
{
    if (strcmp(want, got) == 0)
        return true;
    printf("%s: %s\n  want %s\n  got  %s\n", place, note, want, got);
    return false;
}

/* --- folding ---------------------------------------------------------------------------------------------------------- */

static bool check_fold(const char *place, char *const *column)
{
    char got[1024];
    view input = view_of(column[1]);
    size_t length = fold_into(got, sizeof got, input);
    bool is_right = expect(place, column[0], column[2], got) && length == strlen(got);
    if (!is_folded((view){got, length}) || is_folded(input) != view_equal(input, (view){got, length})) {
        printf("%s: %s: is_folded() does not agree\n", place, column[0]);
        return false;
    }
    return is_right;
}

static void test_fold_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("fold.tsv", 3, check_fold), 0);
}

/* What is folded stays folded, and only forms of several letters become longer. */
static void test_fold_of_every_letter(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char letter[4], once[64], twice[64];
        view input = {letter, utf8_put(letter, code)};
        view folded = {once, fold_into(once, sizeof once, input)};
        bool is_form = (code >= 0xFB50 && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC);
        size_t limit = !is_form ? input.len : code == 0xFDFA || code == 0xFDFB ? 40 : 3 * input.len;
        if (folded.len > limit)
            fail_msg("U+%04X grows to %zu bytes", code, folded.len);
        if (utf8_invalid(folded) != MARSAD_NOWHERE)
            fail_msg("U+%04X is no UTF-8 when folded", code);
        if (fold_into(twice, sizeof twice, folded) != folded.len || memcmp(once, twice, folded.len) != 0)
            fail_msg("U+%04X is '%s' when folded, and '%s' when folded again", code, once, twice);
        if (!is_folded(folded) || is_folded(input) != view_equal(input, folded))
            fail_msg("U+%04X: is_folded() does not agree", code);
    }
}

static void test_fold_stops_at_its_room(void **state)
{
    (void)state;
    char out[8] = "xxxxxxx";
    assert_int_equal(fold_into(out, 0, view_of("قصف")), 0);
    assert_int_equal(out[0], 'x');
    assert_int_equal(fold_into(out, 1, view_of("قصف")), 0);
    assert_string_equal(out, "");
    assert_int_equal(fold_into(out, 6, view_of("قصفa")), 4); /* no letter is cut, none slips in behind */
    assert_string_equal(out, "قص");
    assert_int_equal(fold_into(out, 7, view_of("قصف")), 6);
    assert_string_equal(out, "قصف");
}

/* --- sentences -------------------------------------------------------------------------------------------------------- */

static bool check_sentences(const char *place, char *const *column)
{
    char got[1024] = "";
    view text = view_of(column[1]);
    span sentence;
    for (size_t at = 0; sentence_next(text, &at, &sentence);) {
        text_append(got, sizeof got, view_of(got[0] == '\0' ? "" : "|"));
        text_append(got, sizeof got, (view){text.ptr + sentence.start, sentence.end - sentence.start});
    }
    return expect(place, column[0], column[2], got);
}

static void test_sentence_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("sentences.tsv", 3, check_sentences), 0);
}

static bool article_agrees(const json_t *article)
{
    const json_t *text = json_object_get(article, "text"), *sentences = json_object_get(article, "sentences");
    view letters = {json_string_value(text), json_string_length(text)};
    size_t at = 0, count = 0;
    for (span found; sentence_next(letters, &at, &found); count++) {
        const json_t *pair = json_array_get(sentences, count);
        json_int_t start = json_integer_value(json_array_get(pair, 0)), end = json_integer_value(json_array_get(pair, 1));
        if (start != (json_int_t)found.start || end != (json_int_t)found.end) {
            printf("%s: sentence %zu: want %lld-%lld got %u-%u\n", json_string_value(json_object_get(article, "id")), count, (long long)start,
                   (long long)end, found.start, found.end);
            return false;
        }
    }
    return count == json_array_size(sentences);
}

/* The gold articles belong to their publishers and are not part of the project: where they are not beside it, there is nothing to compare. */
static void test_sentences_of_gold(void **state)
{
    (void)state;
    const char *path = MARSAD_SOURCE_DIR "/../shared/gold/dev.jsonl";
    FILE *lines = fopen(path, "r");
    if (lines == NULL) {
        print_message("%s is not there\n", path);
        skip();
    }
    char *line = NULL;
    size_t room = 0, articles = 0;
    while (getline(&line, &room, lines) > 0) {
        json_t *article = json_loads(line, 0, NULL);
        assert_non_null(article);
        assert_true(article_agrees(article));
        json_decref(article);
        articles++;
    }
    free(line);
    fclose(lines);
    assert_true(articles > 0);
}

static void test_a_sentence_without_end_is_cut(void **state)
{
    (void)state;
    enum { WORDS = 5000 };
    static char text[WORDS * 9 + 1];
    for (int i = 0; i < WORDS; i++)
        memcpy(text + i * 9, "قصفت ", 9);
    view whole = {text, WORDS * 9};
    size_t at = 0, words = 0;
    for (span s; sentence_next(whole, &at, &s);) {
        size_t length = s.end - s.start + 1; /* with the blank at which it is cut, which is left out */
        assert_int_equal(length % 9, 0);
        assert_true(length <= SENTENCE_MAX_BYTES);
        assert_true(length > SENTENCE_MAX_BYTES - 18 || at == whole.len);
        words += length / 9;
    }
    assert_int_equal(words, WORDS);
}

/* --- tokens ----------------------------------------------------------------------------------------------------------- */

static void show_token(char *out, size_t room, const token *t)
{
    char value[32] = "";
    if (t->kind == TOKEN_NUMBER)
        snprintf(value, sizeof value, "=%lld", (long long)t->value);
    text_append(out, room, view_of(out[0] == '\0' ? "" : " "));
    text_append(out, room, t->form);
    text_append(out, room, view_of(value));
}

static bool check_tokens(const char *place, char *const *column)
{
    arena a = {0};
    view text = view_of(column[1]);
    token *tokens;
    uint32_t count;
    char got[4096] = "";

    assert_true(tokens_of(&a, text, (span){0, (uint32_t)text.len}, &tokens, &count));
    for (uint32_t i = 0; i < count; i++)
        show_token(got, sizeof got, &tokens[i]);
    arena_free(&a);
    return expect(place, column[0], column[2], got);
}

static void test_token_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("tokens.tsv", 3, check_tokens), 0);
}

static void show_flags(char *out, size_t room, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{TOKEN_TANWIN, "tanwin"},   {TOKEN_DAMMA, "damma"}, {TOKEN_SHADDA, "shadda"}, {TOKEN_HAMZA_UNDER, "under"},
                 {TOKEN_HAMZA_OVER, "over"}, {TOKEN_LATIN, "latin"}, {TOKEN_GLUED, "glued"},   {TOKEN_MAQSURA, "maqsura"}};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((flags & names[i].flag) != 0) {
            text_append(out, room, view_of(out[0] == '\0' ? "" : " "));
            text_append(out, room, view_of(names[i].name));
        }
}

static bool check_home(const char *place, char *const *column)
{
    arena a = {0};
    view text = view_of(column[1]);
    token *tokens;
    uint32_t count;
    char home[256] = "", flags[128] = "";

    assert_true(tokens_of(&a, text, (span){0, (uint32_t)text.len}, &tokens, &count));
    if (count > 0) {
        text_append(home, sizeof home, (view){text.ptr + tokens[0].home.start, tokens[0].home.end - tokens[0].home.start});
        show_flags(flags, sizeof flags, tokens[0].flags);
    }
    arena_free(&a);
    bool is_home_right = expect(place, column[0], column[2], home);
    return expect(place, column[0], column[3], flags) && is_home_right;
}

static void test_token_home_rows(void **state)
{
    (void)state;
    assert_int_equal(rows_run("token_homes.tsv", 4, check_home), 0);
}

static void test_glued_tokens(void **state)
{
    (void)state;
    arena a = {0};
    view text = view_of("قال:نعم #بشار_الأسد F16 \u200Fنعم");
    const bool glued[] = {false, true, true, false, true, false, true, false};
    token *tokens;
    uint32_t count;
    assert_true(tokens_of(&a, text, (span){0, (uint32_t)text.len}, &tokens, &count));
    assert_int_equal(count, sizeof glued / sizeof *glued);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal((tokens[i].flags & TOKEN_GLUED) != 0, glued[i]);
    arena_free(&a);
}

/* A sentence is cut out of its article: what stands around it is not looked at. */
static void test_tokens_stay_in_their_sentence(void **state)
{
    (void)state;
    arena a = {0};
    view text = view_of("قصف 12345 قصف");
    token *tokens;
    uint32_t count;
    assert_true(tokens_of(&a, text, (span){9, 11}, &tokens, &count));
    assert_int_equal(count, 1);
    assert_int_equal(tokens[0].value, 34);
    assert_true(tokens[0].home.start == 9 && tokens[0].home.end == 11);
    assert_true(tokens_of(&a, text, (span){9, 9}, &tokens, &count));
    assert_int_equal(count, 0);
    arena_free(&a);
}

static void test_a_part_of_a_word_finds_its_letters(void **state)
{
    (void)state;
    arena a = {0};
    view text = view_of("وَبِالقَصْفِ، \uFEFBجل");
    token *tokens;
    uint32_t count;
    assert_true(tokens_of(&a, text, (span){0, (uint32_t)text.len}, &tokens, &count));
    assert_int_equal(count, 3);

    span stem = token_part(text, &tokens[0], 8, 14); /* قصف */
    assert_true(view_equal((view){text.ptr + stem.start, stem.end - stem.start}, view_of("قَصْفِ")));
    span first = token_part(text, &tokens[0], 0, 2);
    assert_true(view_equal((view){text.ptr + first.start, first.end - first.start}, view_of("وَ")));
    span whole = token_part(text, &tokens[0], 0, tokens[0].form.len);
    assert_true(whole.start == tokens[0].home.start && whole.end == tokens[0].home.end);
    span mark = token_part(text, &tokens[1], 0, 2);
    assert_true(mark.start == tokens[1].home.start && mark.end == tokens[1].home.end);
    span half = token_part(text, &tokens[2], 2, 4); /* the alef of لا is half a letter on paper */
    assert_true(view_equal((view){text.ptr + half.start, half.end - half.start}, view_of("\uFEFB")));
    arena_free(&a);
}

static void test_tokens_when_memory_is_refused(void **state)
{
    (void)state;
    char text[4000];
    memset(text, '.', sizeof text); /* more tokens than expected, so that the list grows */
    for (size_t n = 1;; n++) {
        arena a = {0};
        token *tokens;
        uint32_t count;
        refuse_alloc_at(n);
        bool is_done = tokens_of(&a, (view){text, sizeof text}, (span){0, sizeof text}, &tokens, &count);
        bool was_refused = refuse_alloc_stop();
        assert_true(is_done == !was_refused);
        assert_int_equal(count, was_refused ? 0 : sizeof text);
        arena_free(&a);
        if (!was_refused)
            break;
    }
}

/* --- texts that nobody writes ----------------------------------------------------------------------------------------- */

/* All tokens of a text; each must lie in its sentence, behind the one before, and its form must be its home, folded. */
static size_t read_all(view text)
{
    arena a = {0};
    size_t at = 0, total = 0;
    uint32_t behind = 0;
    for (span s; sentence_next(text, &at, &s);) {
        token *tokens;
        uint32_t count;
        assert_true(s.start >= behind && s.start < s.end && s.end <= at && at <= text.len);
        assert_true(tokens_of(&a, text, s, &tokens, &count));
        for (uint32_t i = 0; i < count; i++) {
            const token *t = &tokens[i];
            assert_true(t->home.start >= behind && t->home.start < t->home.end && t->home.end <= s.end);
            assert_true(t->form.len > 0 && (t->kind == TOKEN_MARK || is_folded(t->form)));
            behind = t->home.end;
        }
        total += count;
        behind = s.end;
        arena_reset(&a);
    }
    arena_free(&a);
    return total;
}

static void test_long_texts_of_one_thing(void **state)
{
    (void)state;
    const char *const things[] = {"ق",
                                  "ا",
                                  " ",
                                  ".",
                                  "\n",
                                  "\"",
                                  "'",
                                  "1",
                                  "1.",
                                  "1.111",
                                  "1,",
                                  "،",
                                  "a",
                                  "a'",
                                  "\u064B",
                                  "\u200F",
                                  "ق\u200F",
                                  "1\u200F",
                                  "#",
                                  "_",
                                  "\uFEFB",
                                  "\uFDFA",
                                  "\u0654",
                                  "و\u0654",
                                  "“",
                                  "”",
                                  "»",
                                  "?)",
                                  "\xF0\x9F\x98\x80",
                                  "É",
                                  "中",
                                  ". ",
                                  "ق "};
    const size_t size = 4 * 1000 * 1000;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        view thing = view_of(things[i]);
        size_t filled = size / thing.len * thing.len;
        for (size_t at = 0; at < filled; at += thing.len)
            memcpy(text + at, thing.ptr, thing.len);
        clock_t begin = clock();
        read_all((view){text, filled});
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 30) /* less than one with sanitizers; square cost would be hours */
            fail_msg("4 MB of '%s' took %.1f s", things[i], seconds);
    }
    free(text);
}

static void test_random_texts(void **state)
{
    (void)state;
    const char *const pieces[] = {"ق",  "أ",      "إ",  "و", "ى",      "\u064F", "\u0651", "\u0654", "\u0640", "\u200F", "\u200B",
                                  " ",  "\u00A0", "\n", ".", ",",      "،",      "٫",      "٬",      "1",      "234",    "٥",
                                  "\"", "'",      "‘",  "’", "“",      "”",      "«",      "»",      "″",      "(",      "]",
                                  "_",  "#",      "a",  "É", "\uFEFB", "\uFDFA", "\uFE70", "!",      "…",      "؟",      "\xF0\x9F\x98\x80"};
    const size_t count = sizeof pieces / sizeof *pieces;
    uint64_t seed = 1;
    for (int round = 0; round < 200000; round++) {
        char text[128] = "";
        size_t used = 0;
        for (unsigned length = (unsigned)(seed >> 60); length > 0; length--) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            view piece = view_of(pieces[(seed >> 33) % count]);
            memcpy(text + used, piece.ptr, piece.len);
            used += piece.len;
        }
        seed = seed * UINT64_C(6364136223846793005) + 1;
        read_all((view){text, used});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold_rows),
        cmocka_unit_test(test_fold_of_every_letter),
        cmocka_unit_test(test_fold_stops_at_its_room),
        cmocka_unit_test(test_sentence_rows),
        cmocka_unit_test(test_sentences_of_gold),
        cmocka_unit_test(test_a_sentence_without_end_is_cut),
        cmocka_unit_test(test_token_rows),
        cmocka_unit_test(test_token_home_rows),
        cmocka_unit_test(test_glued_tokens),
        cmocka_unit_test(test_tokens_stay_in_their_sentence),
        cmocka_unit_test(test_a_part_of_a_word_finds_its_letters),
        cmocka_unit_test(test_tokens_when_memory_is_refused),
        cmocka_unit_test(test_long_texts_of_one_thing),
        cmocka_unit_test(test_random_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
