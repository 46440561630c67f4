/* Learned choices: a sum of the weights of the features that are seen, and nothing where no row speaks. */
#include "unit.h"

#include "event/model.h"
#include "lexicon/format.h"

enum { SLOTS = 16, SEES_COLOUR = 0, SEES_SIZE = 1, SEES_COUNT = 2 };

static const char *const parts[SEES_COUNT] = {"colour", "size"};
static const uint8_t templates[][TEMPLATE_PARTS] = {{SEES_COLOUR, TEMPLATE_END}, {SEES_SIZE, TEMPLATE_END}, {SEES_COLOUR, SEES_SIZE, TEMPLATE_END}};
static const model fruit = MODEL("fruit", parts, templates);

static lex_weight slots[SLOTS];
static marsad_lexicon lexicon;

static uint64_t part(const char *name, const char *value)
{
    return feature_part(view_hash(view_of(name)), view_hash(view_of(value)));
}

static void put(uint64_t feature, int16_t apple, int16_t plum)
{
    uint32_t at = (uint32_t)feature & (SLOTS - 1);
    while (slots[at].feature != 0)
        at = (at + 1) & (SLOTS - 1);
    slots[at] = (lex_weight){feature, {apple, plum}};
}

static int fill(void **state)
{
    (void)state;
    const uint64_t name = view_hash(view_of("fruit"));
    memset(slots, 0, sizeof slots);
    put(feature_join(name, part("colour", "red")), 700, -200);
    put(feature_join(name, part("size", "small")), -100, 400);
    put(feature_join(feature_join(name, part("colour", "red")), part("size", "small")), 50, 60);
    put(feature_join(view_hash(view_of("leaf")), part("colour", "red")), 9000, 9000); /* of another model */
    lexicon.at.WEIGHTS = slots;
    lexicon.count.WEIGHTS = SLOTS;
    return 0;
}

static void assert_scores(const char *colour, const char *size, int32_t apple, int32_t plum)
{
    int32_t scores[MODEL_OUTPUTS] = {1, 1, 1, 1};
    const model_view seen = {{colour, size}};
    model_score(&fruit, &lexicon, &seen, scores);
    assert_int_equal(scores[0], apple);
    assert_int_equal(scores[1], plum);
    assert_int_equal(scores[2], 0);
}

static void test_weights_are_summed(void **state)
{
    (void)state;
    assert_scores("red", "small", 650, 260);
    assert_scores("red", "large", 700, -200);
}

static void test_what_is_not_known_adds_nothing(void **state)
{
    (void)state;
    assert_scores("blue", "large", 0, 0);
    assert_scores("small", "red", 0, 0); /* a value belongs to its part */
}

static void test_what_is_not_seen_adds_nothing(void **state)
{
    (void)state;
    assert_scores(NULL, "small", -100, 400);
    assert_scores(NULL, NULL, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_weights_are_summed), cmocka_unit_test(test_what_is_not_known_adds_nothing),
                                       cmocka_unit_test(test_what_is_not_seen_adds_nothing)};
    return cmocka_run_group_tests(tests, fill, NULL);
}
