/* A reading as JSON, and the names in it. */
#include "unit.h"

#include <stdlib.h>

#include "base/base.h"

typedef struct {
    char bytes[8192];
    size_t used, room; /* room: what is taken before writes are refused */
} sink;

static bool take(void *context, const char *bytes, size_t size)
{
    sink *s = context;
    if (size > s->room - s->used)
        return false;
    memcpy(s->bytes + s->used, bytes, size);
    s->used += size;
    s->bytes[s->used] = 0;
    return true;
}

static sink json_of(const marsad_reading *reading)
{
    sink s = {.room = sizeof s.bytes - 1};
    assert_int_equal(marsad_reading_json(reading, take, &s), MARSAD_OK);
    return s;
}

static const marsad_article article = {
    .id = {"a\"1", 3}, .source = {"رويترز", 12}, .title = {"", 0}, .text = {"قصف", 6}, .published = {2016, 5, 10}, .sha256 = "00ff"};

static void article_without_records(void **state)
{
    (void)state;
    marsad_reading reading = {.article = article};
    assert_string_equal(json_of(&reading).bytes,
                        "{\"id\":\"a\\\"1\",\"source\":\"رويترز\",\"published\":\"2016-05-10\",\"title\":\"\",\"sha256\":\"00ff\",\"records\":[]}\n");
    reading.article.published = (marsad_date){0};
    assert_non_null(strstr(json_of(&reading).bytes, "\"published\":null"));
}

static void bare_record(void **state)
{
    (void)state;
    const marsad_record record = {.id = "0123456789abcdef", .kind = MARSAD_KIND_HOLD, .trigger = {0, 6}, .sentence = {0, 6}, .mode = ""};
    const marsad_reading reading = {.article = article, .records = &record, .record_count = 1};
    assert_non_null(strstr(
        json_of(&reading).bytes,
        "\"records\":[{\"id\":\"0123456789abcdef\",\"kind\":\"hold\",\"trigger\":[0,6],\"sentence\":[0,6],\"modality\":\"asserted\",\"phase\":null,"
        "\"actors\":[],\"targets\":[],\"places\":[],\"when\":null,\"figures\":[],\"sources\":[],\"quoted\":false,\"plover\":null,\"mode\":null,"
        "\"cameo\":null,\"confidence\":0,\"rules\":[]}]}\n"));
}

static void full_record(void **state)
{
    (void)state;
    const marsad_party actor = {{0, 6}, "syria.government", "SYR GOV MIL", ""}, target = {{0, 6}, "civilians", "", "hospital"};
    const marsad_place places[] = {
        {{0, 6}, "خان طومان", MARSAD_NEAR, MARSAD_PRECISION_TOWN, "SY-1", 36.125, 37, 2, "Khan Tuman", "حلب", "", "PPL", "SY"},
        {{0, 6}, "ريف", MARSAD_NORTHEAST_OF, MARSAD_PRECISION_NONE, "", 1, 1, 0, "", "", "", "", ""}};
    const marsad_figure figures[] = {{{0, 6}, MARSAD_STRIKES, MARSAD_OVER, 90, 91, MARSAD_NO_VALUE},
                                     {{0, 6}, MARSAD_KILLED, MARSAD_VAGUE, MARSAD_NO_VALUE, MARSAD_NO_VALUE, MARSAD_NO_VALUE}};
    const marsad_rule rules[] = {{"frame:شن.غارة", "triggers-attack.tsv", 3, {0, 6}}, {"duplicate", "", 0, {0, 6}}};
    const marsad_record record = {.id = "1",
                                  .kind = MARSAD_KIND_AIRSTRIKE,
                                  .trigger = {0, 6},
                                  .sentence = {0, 6},
                                  .modality = MARSAD_PLANNED,
                                  .phase = MARSAD_PHASE_PLANNED,
                                  .has_when = true,
                                  .quoted = true,
                                  .when = {{0, 6}, {2016, 5, 9}, {2016, 5, 9}, "day"},
                                  .actors = &actor,
                                  .actor_count = 1,
                                  .targets = &target,
                                  .target_count = 1,
                                  .sources = &actor,
                                  .source_count = 1,
                                  .places = places,
                                  .place_count = 2,
                                  .figures = figures,
                                  .figure_count = 2,
                                  .rules = rules,
                                  .rule_count = 2,
                                  .confidence = 0.8,
                                  .mode = "aerial"};
    const marsad_reading reading = {.article = article, .records = &record, .record_count = 1};
    assert_non_null(strstr(
        json_of(&reading).bytes,
        "\"modality\":\"planned\",\"phase\":\"planned\",\"actors\":[{\"span\":[0,6],\"who\":\"syria.government\",\"code\":\"SYR GOV "
        "MIL\",\"object\":null}],"
        "\"targets\":[{\"span\":[0,6],\"who\":\"civilians\",\"code\":null,\"object\":\"hospital\"}],"
        "\"places\":[{\"span\":[0,6],\"norm\":\"خان "
        "طومان\",\"relation\":\"near\",\"id\":\"SY-1\",\"lat\":36.125,\"lon\":37,\"precision\":\"town\",\"others\":2},"
        "{\"span\":[0,6],\"norm\":\"ريف\",\"relation\":\"northeast_of\",\"id\":null,\"lat\":null,\"lon\":null,\"precision\":null,\"others\":0}],"
        "\"when\":{\"span\":[0,6],\"start\":\"2016-05-09\",\"end\":\"2016-05-09\",\"precision\":\"day\"},"
        "\"figures\":[{\"of\":\"strikes\",\"value\":90,\"bound\":\"over\",\"low\":91,\"high\":null,\"span\":[0,6]},"
        "{\"of\":\"killed\",\"value\":null,\"bound\":\"vague\",\"low\":null,\"high\":null,\"span\":[0,6]}],"
        "\"sources\":[{\"span\":[0,6],\"who\":\"syria.government\",\"code\":\"SYR GOV MIL\",\"object\":null}],\"quoted\":true,"
        "\"plover\":\"ASSAULT\",\"mode\":\"aerial\",\"cameo\":\"195\",\"confidence\":0.8,\"rules\":[\"frame:شن.غارة\",\"duplicate\"]}]}\n"));
}

static void refused_writes(void **state)
{
    (void)state;
    const marsad_reading reading = {.article = article};
    const size_t whole = json_of(&reading).used;
    for (size_t room = 0; room < whole; room++) {
        sink s = {.room = room};
        assert_int_equal(marsad_reading_json(&reading, take, &s), MARSAD_ERR_SYSTEM);
    }
}

/* Every member has a name of its own; what is none has an empty one. */
#define EXPECT_NAMES(name, type, count)                                                                                                              \
    do {                                                                                                                                             \
        for (int i = 0; i < (int)(count); i++)                                                                                                       \
            for (int j = 0; j < i; j++)                                                                                                              \
                assert_string_not_equal(name((type)i), name((type)j));                                                                               \
        assert_string_equal(name((type)(count)), "");                                                                                                \
        assert_string_equal(name((type)1000000), "");                                                                                                \
    } while (0)

static void names_are_told_apart(void **state)
{
    (void)state;
    EXPECT_NAMES(marsad_kind_name, marsad_kind, MARSAD_KIND_COUNT);
    EXPECT_NAMES(marsad_modality_name, marsad_modality, MARSAD_MODALITY_COUNT);
    EXPECT_NAMES(marsad_phase_name, marsad_phase, MARSAD_PHASE_COUNT);
    EXPECT_NAMES(marsad_relation_name, marsad_relation, MARSAD_RELATION_COUNT);
    EXPECT_NAMES(marsad_figure_name, marsad_figure_of, MARSAD_FIGURE_COUNT);
    EXPECT_NAMES(marsad_bound_name, marsad_bound, MARSAD_BOUND_COUNT);
    EXPECT_NAMES(marsad_precision_name, marsad_precision, MARSAD_PRECISION_COUNT);
    assert_string_equal(marsad_phase_name(MARSAD_NO_PHASE), "");
    assert_string_equal(marsad_precision_name(MARSAD_PRECISION_NONE), "");
    assert_string_equal(marsad_kind_name(MARSAD_KIND_MILITARY_AID), "military_aid");
    assert_string_equal(marsad_kind_plover(MARSAD_KIND_SIEGE), "COERCE");
    assert_string_equal(marsad_kind_mode(MARSAD_KIND_SHELLING), "heavy-weapons");
    assert_string_equal(marsad_kind_cameo(MARSAD_KIND_TRUCE), "0871");
    assert_string_equal(marsad_kind_cameo(MARSAD_KIND_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_without_records), cmocka_unit_test(bare_record),          cmocka_unit_test(full_record),
        cmocka_unit_test(refused_writes),          cmocka_unit_test(names_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
