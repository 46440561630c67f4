/* The compiled lexicon: what lookup finds, and that no damaged file is believed. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lexicon/format.h"
#include "refuse_alloc.h"

static marsad_lexicon *lexicon;

static int open_real(void **state)
{
    (void)state;
    marsad_error err = {0};
    if (marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) == MARSAD_OK)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int close_real(void **state)
{
    (void)state;
    marsad_lexicon_close(lexicon);
    return 0;
}

static bool count_line(void *context, const char *line)
{
    size_t *left = context;
    return line != NULL && --*left > 0;
}

/* --- lookup --- */

static void test_forms(void **state)
{
    (void)state;
    uint32_t count;
    const lex_reading *readings = lexicon_form(lexicon, view_of("قصفوا"), &count);
    assert_non_null(readings);
    assert_int_equal(readings[0].pos, POS_VERB);
    assert_true((readings[0].feats & (FEAT_PAST | FEAT_PLUR | FEAT_P3)) == (FEAT_PAST | FEAT_PLUR | FEAT_P3));
    assert_string_equal(lexicon_string(lexicon, lexicon_lemma(lexicon, readings[0].lemma)->text), "قصف");
    assert_null(lexicon_form(lexicon, view_of("قصفواااا"), &count));
    assert_int_equal(count, 0);
    assert_null(lexicon_form(lexicon, view_of(""), &count));
    assert_null(lexicon_form(lexicon, (view){"قصف\0قصف", 13}, &count));
}

static void test_lemmas_and_their_rows(void **state)
{
    (void)state;
    const uint32_t verb = lexicon_lemma_find(lexicon, view_of("قصف"), POS_VERB), noun = lexicon_lemma_find(lexicon, view_of("قصف"), POS_NOUN);
    assert_true(verb != 0 && noun != 0 && verb != noun);
    assert_int_equal(lexicon_lemma_find(lexicon, view_of("قصف"), POS_PREP), 0);
    const lex_lemma *lemma = lexicon_lemma(lexicon, verb);
    assert_true(lemma->frame_count > 0);
    const lex_frame *frame = lexicon_frame(lexicon, lemma->first_frame);
    assert_int_equal(frame->lemma, verb);
    assert_true(lexicon_row(lexicon, frame->row).line > 1);
    assert_memory_equal(lexicon_row(lexicon, frame->row).table, "triggers-", 9);
    assert_true(lemma_is(lexicon_lemma(lexicon, lexicon_lemma_find(lexicon, view_of("طائرة"), POS_NOUN)), CLASS_AIRCRAFT));
    assert_false(lemma_is(lexicon_lemma(lexicon, 0), CLASS_NONE));
}

static uint32_t walk(const char *const *words, size_t count)
{
    uint32_t state = 0;
    for (size_t i = 0; i < count; i++) {
        state = lexicon_step(lexicon, state, lexicon_key(lexicon, view_of(words[i])));
        if (state == 0)
            return 0;
    }
    return state;
}

static void test_phrases(void **state)
{
    (void)state;
    static const char *const name[] = {"قوات", "نظام", "سوري"}, *const prefix_only[] = {"قوات", "نظام", "قمر"};
    uint32_t count;
    const lex_entry *entries = lexicon_entries(lexicon, walk(name, 3), &count);
    assert_true(count > 0);
    bool found = false;
    for (uint32_t i = 0; i < count; i++)
        found = found || (entries[i].type == ENTRY_ACTOR &&
                          strcmp(lexicon_string(lexicon, lexicon_actor(lexicon, entries[i].index)->who), "syria.government") == 0);
    assert_true(found);
    assert_int_equal(walk(prefix_only, 3), 0);
    assert_int_equal(lexicon_step(lexicon, 0, 0), 0);
    assert_null(lexicon_entries(lexicon, UINT32_MAX, &count));
}

static void test_indices_that_are_none(void **state)
{
    (void)state;
    assert_string_equal(lexicon_string(lexicon, UINT32_MAX), "");
    assert_ptr_equal(lexicon_lemma(lexicon, UINT32_MAX), lexicon_lemma(lexicon, 0));
    assert_ptr_equal(lexicon_frame(lexicon, UINT32_MAX), lexicon_frame(lexicon, 0));
    assert_string_equal(lexicon_row(lexicon, UINT32_MAX).table, "");
}

static void test_find(void **state)
{
    (void)state;
    size_t left = SIZE_MAX;
    assert_true(marsad_lexicon_find(lexicon, view_of("القَصْف"), count_line, &left) >= 3); /* folded, ال taken off */
    assert_true(marsad_lexicon_find(lexicon, view_of("قوات النظام السوري"), count_line, &left) >= 1);
    assert_int_equal(marsad_lexicon_find(lexicon, view_of("ظظظظ"), count_line, &left), 0);
    assert_int_equal(marsad_lexicon_find(lexicon, view_of(""), count_line, &left), 0);
    assert_int_equal(marsad_lexicon_find(lexicon, view_of("\xFF"), count_line, &left), 0);
    left = 1;
    assert_int_equal(marsad_lexicon_find(lexicon, view_of("قصف"), count_line, &left), 1); /* stopped by the visitor */
    left = SIZE_MAX;
    assert_true(marsad_lexicon_dump(lexicon, count_line, &left) > 100000);
}

/* --- damage --- */

typedef struct {
    char path[64];
    FILE *file;
    long size;
} copy;

static void copy_make(copy *c)
{
    char buffer[65536];
    strcpy(c->path, "/tmp/marsad-test-lexicon-XXXXXX");
    const int fd = mkstemp(c->path);
    assert_true(fd >= 0);
    c->file = fdopen(fd, "w+b");
    FILE *from = fopen(MARSAD_LEXICON_FILE, "rb");
    assert_true(c->file != NULL && from != NULL);
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, from)) > 0;)
        assert_int_equal(fwrite(buffer, 1, n, c->file), n);
    fclose(from);
    fflush(c->file);
    c->size = ftell(c->file);
}

static void copy_drop(copy *c)
{
    fclose(c->file);
    unlink(c->path);
}

static void poke(copy *c, long at, const void *bytes, size_t count)
{
    assert_int_equal(fseek(c->file, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, count, c->file), count);
    assert_int_equal(fflush(c->file), 0);
}

static void peek(copy *c, long at, void *bytes, size_t count)
{
    assert_int_equal(fseek(c->file, at, SEEK_SET), 0);
    assert_int_equal(fread(bytes, 1, count, c->file), count);
}

/* Refused with a reason, or used without harm (a sanitizer would tell). Returns whether it was refused. */
static bool is_refused(const copy *c)
{
    marsad_lexicon *damaged = NULL;
    marsad_error err = {0};
    if (marsad_lexicon_open(&damaged, c->path, &err) != MARSAD_OK) {
        assert_null(damaged);
        assert_true(err.message[0] != '\0');
        return true;
    }
    static const char *const words[] = {"قصف", "قوات", "الجيش", "ة", "النظام السوري", "ظظظظ"};
    uint32_t count;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t left = 1000;
        lexicon_form(damaged, view_of(words[i]), &count);
        lexicon_lemma_find(damaged, view_of(words[i]), POS_NOUN);
        lexicon_entries(damaged, lexicon_step(damaged, 0, lexicon_key(damaged, view_of(words[i]))), &count);
        marsad_lexicon_find(damaged, view_of(words[i]), count_line, &left);
    }
    marsad_lexicon_close(damaged);
    return false;
}

static void test_cut_short(void **state)
{
    (void)state;
    copy c;
    copy_make(&c);
    for (long part = 63; part >= 0; part--) {
        assert_int_equal(ftruncate(fileno(c.file), c.size / 64 * part + (part == 0 ? 7 : 0)), 0);
        assert_true(is_refused(&c));
    }
    copy_drop(&c);
}

static void test_grown(void **state)
{
    (void)state;
    copy c;
    copy_make(&c);
    poke(&c, c.size, "x", 1);
    assert_true(is_refused(&c));
    copy_drop(&c);
}

static void test_header_bytes(void **state)
{
    (void)state;
    copy c;
    copy_make(&c);
    assert_false(is_refused(&c));
    for (long at = 0; at < (long)sizeof(lexicon_header); at++) {
        unsigned char was, changed;
        peek(&c, at, &was, 1);
        changed = (unsigned char)~was;
        poke(&c, at, &changed, 1);
        const bool refused = is_refused(&c);
        poke(&c, at, &was, 1);
        if (at < (long)offsetof(lexicon_header, key_count))
            assert_true(refused);
    }
    assert_false(is_refused(&c));
    copy_drop(&c);
}

/* In each section, elements at its beginning, in its midst and at its end are overwritten with what points far outside. */
static void test_offsets_out_of_range(void **state)
{
    (void)state;
    copy c;
    copy_make(&c);
    lexicon_header header;
    peek(&c, 0, &header, sizeof header);
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        const lexicon_section_place *place = &header.sections[s];
        const uint32_t elements[] = {0, place->count / 2, place->count - 1};
        for (size_t e = 0; e < 3; e++) {
            unsigned char was[256], changed[256];
            const size_t size = place->element < sizeof was ? place->element : sizeof was;
            const long at = (long)(place->offset + (uint64_t)elements[e] * place->element);
            peek(&c, at, was, size);
            for (int round = 0; round < 2; round++) {
                memset(changed, round == 0 ? 0xFF : 0x7F, size);
                poke(&c, at, changed, size);
                is_refused(&c);
            }
            poke(&c, at, was, size);
        }
    }
    assert_false(is_refused(&c));
    copy_drop(&c);
}

static void test_random_pokes(void **state)
{
    (void)state;
    copy c;
    copy_make(&c);
    uint64_t seed = 7;
    for (int round = 0; round < 300; round++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const uint32_t value = (uint32_t)(seed >> 32);
        uint32_t was;
        const long at = (long)((seed >> 16) % (uint64_t)(c.size - 4));
        peek(&c, at, &was, sizeof was);
        poke(&c, at, &value, sizeof value);
        is_refused(&c);
        poke(&c, at, &was, sizeof was);
    }
    copy_drop(&c);
}

static void test_what_cannot_be_opened(void **state)
{
    (void)state;
    marsad_lexicon *none = NULL;
    marsad_error err = {0};
    assert_int_equal(marsad_lexicon_open(&none, "/nowhere/lexicon.bin", &err), MARSAD_ERR_SYSTEM);
    assert_non_null(strstr(err.message, "/nowhere/lexicon.bin"));
    assert_int_not_equal(marsad_lexicon_open(&none, "/tmp", &err), MARSAD_OK);
    assert_int_equal(marsad_lexicon_open(NULL, MARSAD_LEXICON_FILE, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_lexicon_open(&none, NULL, NULL), MARSAD_ERR_ARGUMENT);
    marsad_lexicon_close(NULL);
}

static void test_when_memory_is_refused(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        marsad_lexicon *one = NULL;
        marsad_error err = {0};
        refuse_alloc_at(n);
        const marsad_status status = marsad_lexicon_open(&one, MARSAD_LEXICON_FILE, &err);
        const bool refused = refuse_alloc_stop();
        assert_int_equal(status, refused ? MARSAD_ERR_SYSTEM : MARSAD_OK);
        marsad_lexicon_close(one);
        if (!refused)
            break;
    }
    for (size_t n = 1;; n++) {
        size_t left = SIZE_MAX;
        refuse_alloc_at(n);
        marsad_lexicon_dump(lexicon, count_line, &left);
        if (!refuse_alloc_stop())
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_lemmas_and_their_rows),
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_indices_that_are_none),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_grown),
        cmocka_unit_test(test_header_bytes),
        cmocka_unit_test(test_offsets_out_of_range),
        cmocka_unit_test(test_random_pokes),
        cmocka_unit_test(test_what_cannot_be_opened),
        cmocka_unit_test(test_when_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, open_real, close_real);
}
