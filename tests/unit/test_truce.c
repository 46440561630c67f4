/* The truce ledger: agreements, candidates, counting rules, the daily table. */
#include <jansson.h> /* before base.h, see there */

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "incident/rules_tables.h"
#include "incident/truce.h"
#include "refuse_alloc.h"
#include "statements.h"

enum { STATEMENTS_MAX = 64 };

static rule_set *rules;
static arena memory, lasting;
static truce_agreement cessation, calm;
static const statement *told[STATEMENTS_MAX];
static size_t told_count;
static truce_ledger ledger;
static truce_table table;

static int open_all(void **state)
{
    (void)state;
    marsad_error err = {0};
    if (rules_open(&rules, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK ||
        truce_agreement_read(&cessation, MARSAD_SOURCE_DIR "/agreements/syria-coh-2016-02-27.json", &lasting, &err) != MARSAD_OK ||
        truce_agreement_read(&calm, MARSAD_SOURCE_DIR "/agreements/calm-aleppo-2016-05.json", &lasting, &err) != MARSAD_OK) {
        print_error("%s\n", err.message);
        return 1;
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    rules_close(rules);
    arena_free(&memory);
    arena_free(&lasting);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    arena_reset(&memory);
    told_count = 0;
    return 0;
}

/* One more statement: an air strike on 9 May 2016 in the governorate of Aleppo, unless `words` say otherwise. */
static void tell(const char *words)
{
    const char *place = strstr(words, "place=") == NULL ? "place=SY-0084:town:SY:حلب" : "";
    const char *day = strstr(words, "day=") == NULL && strstr(words, "undated") == NULL && strstr(words, "start=") == NULL ? "day=2016-05-09" : "";
    const char *undated = strstr(words, "undated");
    const char *all = arena_format(&memory, "id=s%zu %s %s %s", told_count, place, day, undated != NULL ? undated + 7 : words);
    assert_non_null(all);
    told[told_count++] = statement_make(&memory, all);
}

static void find(const truce_agreement *agreement, const char *rule)
{
    incident_list incidents;
    assert_true(incidents_join(&incidents, told, told_count, NULL, 0, rules, &memory));
    assert_true(truce_candidates(&ledger, agreement, &incidents, rule, rules, &memory));
}

/* The only candidate of the one statement told last. */
static const truce_candidate *only(const truce_agreement *agreement, const char *rule, const char *words)
{
    forget(NULL);
    tell(words);
    find(agreement, rule);
    assert_int_equal(ledger.count, 1);
    return &ledger.items[0];
}

static void assert_why(const char *rule, const char *words, const char *why)
{
    assert_string_equal(only(&cessation, rule, words)->why, why);
    assert_int_equal(ledger.items[0].counts, strchr(why, ':') == NULL);
}

/* --- agreements -------------------------------------------------------------------------------------------------------- */

static void what_ships_is_read(void **state)
{
    (void)state;
    assert_string_equal(cessation.id, "syria-coh-2016-02-27");
    assert_int_equal(cessation.windows[0].from, day_of("2016-02-27"));
    assert_int_equal(cessation.windows[0].to, INT32_MAX);
    assert_int_equal(cessation.governorate_count, 14);
    assert_int_equal(cessation.term_count, 5);
    assert_string_equal(cessation.excluded[1], "nusra");
    assert_int_equal(calm.window_count, 3);
    assert_int_equal(calm.windows[2].to, day_of("2016-05-11"));
    assert_string_equal(calm.areas[0], "SY-0084");
}

enum { AGREEMENT_ROOM = 32768 };

/* The text of an agreement that ships; returns its size. */
static size_t shipped(char text[AGREEMENT_ROOM])
{
    FILE *file = fopen(MARSAD_SOURCE_DIR "/agreements/syria-coh-2016-02-27.json", "r");
    assert_non_null(file);
    const size_t size = fread(text, 1, AGREEMENT_ROOM - 1, file);
    fclose(file);
    text[size] = 0;
    return size;
}

/* A file of its own in `path`, which the caller removes. */
static void write_file(char path[32], const char *bytes, size_t size)
{
    strcpy(path, "/tmp/marsad-truce-XXXXXX");
    const int number = mkstemp(path);
    assert_true(number >= 0);
    assert_true(write(number, bytes, size) == (ssize_t)size);
    assert_int_equal(close(number), 0);
}

/* The agreement that ships with the first `from` replaced by `to`. */
static void write_spoilt(char path[32], const char *from, const char *to)
{
    char text[AGREEMENT_ROOM];
    shipped(text);
    const char *at = strstr(text, from);
    assert_non_null(at);
    const char *all = arena_format(&memory, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    assert_non_null(all);
    write_file(path, all, strlen(all));
}

static void assert_refused(const char *from, const char *to, const char *reason)
{
    char path[32];
    marsad_error err = {0};
    truce_agreement out = {.id = "untouched"};
    write_spoilt(path, from, to);
    const marsad_status status = truce_agreement_read(&out, path, &memory, &err);
    unlink(path);
    assert_int_equal(status, MARSAD_ERR_FORMAT);
    assert_string_equal(out.id, "untouched");
    if (strstr(err.message, reason) == NULL || strstr(err.message, path) == NULL)
        fail_msg("'%s' does not say '%s'", err.message, reason);
}

static void what_is_wrong_is_told_with_its_key(void **state)
{
    (void)state;
    assert_refused("\"version\"", "\"edition\"", "key 'version' is missing");
    assert_refused("\"country\": \"SY\"", "\"country\": \"SY\", \"town\": 1", "key 'town' is unknown");
    assert_refused("\"country\": \"SY\"", "\"country\": \"\"", "key 'country' is not a string with letters");
    assert_refused("\"country\": \"SY\"", "\"country\": null", "key 'country' is not a string");
    assert_refused("\"country\": \"SY\"", "\"country\": \"SY\", \"country\": \"SY\"", "duplicate");
    assert_refused("\"from\": \"2016-02-27\"", "\"from\": \"2016-02-30\"", "key 'windows[0].from' is no day");
    assert_refused("\"to\": null", "\"to\": \"2016-02-26\"", "key 'windows[0].' ends before it begins");
    assert_refused("\"airstrike\"", "\"party\"", "key 'terms[0].kinds[0]' is no kind of record");
    assert_refused("\"id\": \"T2\"", "\"id\": \"T1\"", "key 'terms[1].' has the id of another term");
    assert_refused("\"excluded\": [", "\"excluded\": [5, ", "key 'excluded[0]' is not a string");
    assert_refused("\"sponsors\": [\"usa\", \"russia\"]", "\"sponsors\": \"usa\"", "key 'sponsors' is not a list");
    assert_refused("[\"syria.government\", \"syria.progov\", \"russia\", \"syria.opposition\"]", "[]", "key 'parties' is empty");
    assert_refused("marsad-agreement-1", "marsad-agreement-9", "key 'format'");
    assert_refused("{\"ar\"", "{\"fr\": \"\", \"ar\"", "key 'name.fr' is unknown");
    assert_refused("\n}\n", "\n", "line ");
    truce_agreement out;
    assert_int_equal(truce_agreement_read(&out, "/nowhere.json", &memory, NULL), MARSAD_ERR_SYSTEM);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Cut short, or with a few bytes changed: read or refused, and nothing worse. */
static void any_byte_can_be_wrong(void **state)
{
    unsigned refused = 0;
    for (uint32_t seed = 1; seed <= 500; seed++, forget(state)) {
        char text[AGREEMENT_ROOM], path[32];
        uint32_t random = seed * 2654435761u;
        size_t size = shipped(text);
        for (uint32_t changes = next_random(&random) % 4; changes > 0; changes--)
            text[next_random(&random) % size] = (char)next_random(&random);
        if (next_random(&random) % 4 == 0)
            size = 1 + next_random(&random) % size;
        write_file(path, text, size);
        truce_agreement out;
        marsad_error err = {0};
        const marsad_status status = truce_agreement_read(&out, path, &memory, &err);
        unlink(path);
        assert_true(status == MARSAD_OK || status == MARSAD_ERR_FORMAT);
        assert_true(status == MARSAD_OK || err.message[0] != 0);
        refused += status != MARSAD_OK;
    }
    assert_true(refused > 100 && refused < 500);
}

/* --- drafts ------------------------------------------------------------------------------------------------------------ */

static void a_draft_tells_what_is_told(void **state)
{
    (void)state;
    tell("kind=truce phase=agreed actor=usa actor=russia start=2016-05-05 end=2016-05-06");
    tell("kind=truce phase=extended actor=syria.government start=2016-05-07 end=2016-05-09");
    tell("kind=truce phase=extended actor=syria.government start=2016-05-07 end=2016-05-09");
    tell("undated kind=truce phase=excludes target=nusra target=isis");
    tell("kind=truce phase=violated actor=turkey");
    tell("kind=truce phase=in_force modality=denied actor=iran");
    tell("kind=truce phase=in_force actor=jordan state=7");
    const char *text = truce_agreement_draft(told, told_count, &memory);
    assert_non_null(text);

    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    assert_true(json_is_null(json_object_get(json, "id")));
    assert_true(json_is_null(json_object_get(json, "terms")));
    assert_string_equal(json_string_value(json_object_get(json, "country")), "SY");
    const json_t *parties = json_object_get(json, "parties"), *excluded = json_object_get(json, "excluded");
    assert_int_equal(json_array_size(parties), 3);
    assert_string_equal(json_string_value(json_array_get(parties, 1)), "syria.government");
    assert_int_equal(json_array_size(excluded), 2);
    assert_string_equal(json_string_value(json_array_get(excluded, 0)), "isis");
    const json_t *windows = json_object_get(json, "windows");
    assert_int_equal(json_array_size(windows), 2);
    const json_t *second = json_array_get(windows, 1);
    assert_string_equal(json_string_value(json_object_get(second, "to")), "2016-05-09");
    assert_string_equal(json_string_value(json_object_get(second, "what")), "extended");
    assert_non_null(strstr(json_string_value(json_object_get(second, "source")), "R-"));
    assert_int_equal(json_array_size(json_object_get(json, "sources")), 4);
    json_decref(json);
}

static void a_draft_does_not_depend_on_order_and_is_no_agreement_yet(void **state)
{
    (void)state;
    tell("kind=truce phase=agreed actor=usa actor=russia start=2016-05-05 end=2016-05-06");
    tell("kind=truce phase=extended actor=syria.government start=2016-05-07 end=2016-05-09");
    const char *one = truce_agreement_draft(told, told_count, &memory);
    const statement *turned[] = {told[1], told[0]};
    assert_string_equal(one, truce_agreement_draft(turned, 2, &memory));

    char path[32];
    write_file(path, one, strlen(one));
    marsad_error err = {0};
    truce_agreement out;
    assert_int_equal(truce_agreement_read(&out, path, &memory, &err), MARSAD_ERR_FORMAT);
    unlink(path);
    assert_non_null(strstr(err.message, "key 'id'"));
}

static void a_draft_of_nothing(void **state)
{
    (void)state;
    const char *text = truce_agreement_draft(NULL, 0, &memory);
    assert_non_null(strstr(text, "\"parties\":null"));
    assert_non_null(strstr(text, "\"sources\":[]"));
}

/* --- scope -------------------------------------------------------------------------------------------------------------- */

static void a_plain_candidate(void **state)
{
    (void)state;
    const truce_candidate *c = only(&cessation, "strict-fire-v1", "actor=syria.government target=civilians speaker=sohr");
    assert_string_equal(c->accused, "syria.government");
    assert_string_equal(c->accuser, "sohr");
    assert_string_equal(c->term->id, "T1");
    assert_string_equal(c->governorate, "حلب");
    assert_int_equal(c->day, day_of("2016-05-09"));
    assert_true(c->counts);
    assert_string_equal(c->why, "strict-fire-v1/fire");
}

static truce_scope window_of(const char *words)
{
    return only(&calm, "strict-fire-v1", words)->in_window;
}

static void in_the_window(void **state)
{
    (void)state;
    assert_int_equal(window_of("actor=russia speaker=sohr day=2016-05-04"), SCOPE_NO);
    assert_int_equal(window_of("actor=russia speaker=sohr day=2016-05-05"), SCOPE_YES);
    assert_int_equal(window_of("actor=russia speaker=sohr day=2016-05-11"), SCOPE_YES);
    assert_int_equal(window_of("actor=russia speaker=sohr day=2016-05-12"), SCOPE_NO);
    assert_int_equal(window_of("actor=russia speaker=sohr start=2016-05-06 end=2016-05-10"), SCOPE_YES); /* over the seams of three windows */
    assert_int_equal(window_of("actor=russia speaker=sohr start=2016-05-04 end=2016-05-06"), SCOPE_UNKNOWN);
    assert_int_equal(window_of("undated actor=russia speaker=sohr published=2016-05-06"), SCOPE_UNKNOWN);
    assert_int_equal(window_of("undated actor=russia speaker=sohr published=2016-05-04"), SCOPE_NO); /* reported before it began */
    assert_int_equal(window_of("undated actor=russia speaker=sohr published=-"), SCOPE_UNKNOWN);
}

static truce_scope area_of(const truce_agreement *agreement, const char *place)
{
    return only(agreement, "strict-fire-v1", arena_format(&lasting, "actor=russia speaker=sohr %s", place))->in_area;
}

static void in_the_area(void **state)
{
    (void)state;
    assert_int_equal(area_of(&calm, "place=SY-0084:town:SY:حلب"), SCOPE_YES);
    assert_int_equal(area_of(&calm, "place=SY-1120:exact:SY:حلب"), SCOPE_YES);
    assert_int_equal(area_of(&calm, "place=SY-0084:town:SY:حلب::near"), SCOPE_UNKNOWN);
    assert_int_equal(area_of(&calm, "place=SY-9999:town:SY:حلب"), SCOPE_NO);
    assert_int_equal(area_of(&calm, "place=SY-0007:governorate:SY:حلب"), SCOPE_UNKNOWN);
    assert_int_equal(area_of(&calm, "place=SY-0001:governorate:SY:إدلب"), SCOPE_NO);
    assert_int_equal(area_of(&calm, "place=?خربة"), SCOPE_UNKNOWN);
    assert_int_equal(area_of(&cessation, "place=SY-9999:town:SY:حمص"), SCOPE_YES);
    assert_int_equal(area_of(&cessation, "place=IQ-1:town:IQ:نينوى"), SCOPE_NO);
}

static truce_scope bound_of(const char *who)
{
    return only(&cessation, "strict-fire-v1", arena_format(&lasting, "actor=%s speaker=sohr", who))->is_bound;
}

static void who_is_bound(void **state)
{
    (void)state;
    assert_int_equal(bound_of("syria.government"), SCOPE_YES);
    assert_int_equal(bound_of("isis"), SCOPE_NO);
    assert_int_equal(bound_of("turkey"), SCOPE_NO);
    assert_int_equal(bound_of("ypg_sdf"), SCOPE_UNKNOWN);
    assert_int_equal(bound_of("unknown"), SCOPE_UNKNOWN);
}

static void whom_the_terms_cover(void **state)
{
    (void)state;
    assert_int_equal(only(&cessation, "strict-fire-v1", "actor=russia target=isis speaker=sohr")->is_covered, SCOPE_NO);
    assert_string_equal(ledger.items[0].why, "strict-fire-v1/fire: target");
    assert_int_equal(only(&cessation, "strict-fire-v1", "actor=russia target=isis target=civilians speaker=sohr")->is_covered, SCOPE_YES);
    assert_int_equal(only(&cessation, "strict-fire-v1", "actor=russia target=isis target=unknown speaker=sohr")->is_covered, SCOPE_UNKNOWN);
    assert_int_equal(only(&cessation, "strict-fire-v1", "actor=russia speaker=sohr")->is_covered, SCOPE_UNKNOWN);
}

/* --- candidates ----------------------------------------------------------------------------------------------------------- */

static void one_for_each_accuser(void **state)
{
    (void)state;
    tell("actor=syria.government speaker=syria.opposition article=a");
    tell("actor=syria.government speaker=sohr article=b");
    tell("actor=syria.government speaker=sohr article=c published=2016-05-09");
    tell("speaker=medical article=d");
    tell("article=e");
    find(&cessation, "strict-fire-v1");
    assert_int_equal(ledger.count, 4);
    assert_string_equal(ledger.items[0].accuser, "");
    assert_string_equal(ledger.items[0].accused, "unknown");
    assert_string_equal(ledger.items[1].accuser, "medical");
    assert_string_equal(ledger.items[2].accuser, "sohr");
    assert_int_equal(ledger.items[2].from->published, day_of("2016-05-09"));
    assert_string_equal(ledger.items[3].accuser, "syria.opposition");
}

static void a_clash_accuses_both_sides(void **state)
{
    (void)state;
    tell("kind=clash actor=syria.government target=syria.opposition speaker=sohr");
    find(&cessation, "strict-fire-v1");
    assert_int_equal(ledger.count, 2);
    assert_string_equal(ledger.items[0].accused, "syria.government");
    assert_string_equal(ledger.items[1].accused, "syria.opposition");
    assert_true(ledger.items[0].counts && ledger.items[1].counts);
}

static void what_is_no_candidate(void **state)
{
    (void)state;
    tell("kind=talks actor=syria.government");
    tell("modality=planned actor=syria.government day=2016-05-01");
    tell("modality=denied actor=syria.government day=2016-05-02");
    find(&cessation, "all-alleged-v1");
    assert_int_equal(ledger.count, 0);
}

static void rules_count_differently(void **state)
{
    (void)state;
    const char *plain = "actor=syria.government speaker=syria.opposition", *possible = "actor=syria.government speaker=sohr modality=possible";
    const char *capture = "kind=capture actor=syria.government target=syria.opposition speaker=sohr";
    assert_why("strict-fire-v1", plain, "strict-fire-v1/fire");
    assert_why("independent-only-v1", plain, "independent-only-v1/all: accuser");
    assert_why("independent-only-v1", "actor=syria.government speaker=sohr", "independent-only-v1/all");
    assert_why("independent-only-v1", "actor=syria.government speaker=usa", "independent-only-v1/all: accuser");
    assert_why("strict-fire-v1", "actor=syria.government", "strict-fire-v1/fire: accuser");
    assert_why("all-alleged-v1", "actor=syria.government", "all-alleged-v1/all");
    assert_why("all-alleged-v1", "actor=isis", "all-alleged-v1/all: bound");
    assert_why("strict-fire-v1", possible, "strict-fire-v1/fire: modality");
    assert_why("all-alleged-v1", possible, "all-alleged-v1/all");
    assert_why("strict-fire-v1", capture, "strict-fire-v1/fire: kinds");
    assert_why("territory-v1", capture, "territory-v1/territory");
    assert_why("territory-v1", "kind=capture actor=syria.government target=isis speaker=sohr", "territory-v1/territory: target");
    assert_false(only(&cessation, "none-v9", plain)->counts);
    assert_string_equal(ledger.items[0].why, "");
}

static void a_sum_over_days_is_not_added(void **state)
{
    (void)state;
    const truce_candidate *c =
        only(&cessation, "strict-fire-v1", "actor=syria.government speaker=sohr start=2016-05-08 end=2016-05-09 figure=strikes:over:90");
    assert_true(c->about->is_period);
    assert_string_equal(c->why, "strict-fire-v1/fire: period");
}

static void rules_have_names(void **state)
{
    (void)state;
    assert_string_equal(truce_rule_name(rules, 0), "strict-fire-v1");
    assert_string_equal(truce_rule_name(rules, 1), "territory-v1");
    assert_null(truce_rule_name(rules, 4));
}

/* --- the table ------------------------------------------------------------------------------------------------------------ */

static const truce_cell *cell_of(const char *governorate, const char *accused, const char *accuser)
{
    for (uint32_t i = 0; i < table.count; i++)
        if (strcmp(table.items[i].governorate, governorate) == 0 && strcmp(table.items[i].accused_side, accused) == 0 &&
            strcmp(table.items[i].accuser_side, accuser) == 0)
            return &table.items[i];
    return NULL;
}

static void tabulate(const truce_agreement *agreement, const char *rule, const seen_day *seen, size_t count, const char *from, const char *to)
{
    find(agreement, rule);
    assert_true(truce_tabulate(&table, agreement, &ledger, seen, count, day_of(from), day_of(to), rules, &memory));
}

static void today_before_and_in_all(void **state)
{
    (void)state;
    tell("actor=syria.government speaker=syria.opposition day=2016-05-09 place=SY-8:town:SY:حلب figure=killed:exact:3");
    tell("actor=russia speaker=syria.opposition day=2016-05-09 place=SY-9:town:SY:حلب figure=killed:at_least:2");
    tell("actor=syria.government speaker=syria.opposition day=2016-05-08 place=SY-9:town:SY:حلب figure=killed:exact:50");
    tell("actor=syria.government speaker=syria.opposition day=2016-04-01 place=SY-9:town:SY:حلب");
    tell("actor=syria.government speaker=syria.opposition day=2016-05-10 place=SY-9:town:SY:حلب");
    tell("actor=syria.opposition speaker=syria.government day=2016-05-09 place=SY-9:town:SY:حلب kind=shelling");
    tell("actor=syria.government speaker=syria.opposition day=2016-05-09 place=SY-9:town:SY:إدلب");
    const seen_day seen[] = {{"SY", "حلب", day_of("2016-05-09")},
                             {"SY", "حلب", day_of("2016-05-09")},
                             {"IQ", "حمص", day_of("2016-05-09")},
                             {"SY", "درعا", day_of("2016-05-08")}};
    tabulate(&cessation, "strict-fire-v1", seen, sizeof seen / sizeof *seen, "2016-05-09", "2016-05-09");

    const truce_cell *cell = cell_of("حلب", "government", "opposition");
    assert_non_null(cell);
    assert_int_equal(cell->today, 2); /* both of the government's side */
    assert_int_equal(cell->previous, 1);
    assert_int_equal(cell->total, 4);
    assert_int_equal(cell->killed_low, 5);
    assert_true(cell->killed_high == MARSAD_NO_VALUE);
    assert_true(cell->was_seen);
    assert_int_equal(cell->unseen_days, 0);
    assert_int_equal(cell_of("حلب", "opposition", "government")->today, 1);

    assert_false(cell_of("إدلب", "government", "opposition")->was_seen);
    assert_non_null(cell_of("حمص", "", "")); /* silence, told as such */
    assert_false(cell_of("حمص", "", "")->was_seen);
    assert_false(cell_of("درعا", "", "")->was_seen);
    assert_int_equal(table.count, 3 + 12);
}

static void a_period_of_several_days(void **state)
{
    (void)state;
    tell("actor=syria.government speaker=sohr day=2016-05-07");
    tell("actor=syria.government speaker=sohr day=2016-05-09");
    tell("actor=syria.government speaker=sohr day=2016-05-05");
    const seen_day seen[] = {{"SY", "حلب", day_of("2016-05-07")}};
    tabulate(&calm, "strict-fire-v1", seen, 1, "2016-05-07", "2016-05-09");
    const truce_cell *cell = cell_of("حلب", "government", "observer");
    assert_int_equal(cell->today, 2);
    assert_int_equal(cell->previous, 1);
    assert_int_equal(cell->unseen_days, 2);
    assert_true(cell->was_seen);
    assert_int_equal(table.count, 1);
}

static void an_incident_counts_once_in_a_cell(void **state)
{
    (void)state;
    tell("actor=syria.government actor=russia speaker=sohr article=a figure=killed:exact:4");
    tell("actor=syria.government speaker=un article=b");
    tabulate(&cessation, "strict-fire-v1", NULL, 0, "2016-05-09", "2016-05-09");
    assert_int_equal(ledger.count, 3);
    assert_int_equal(cell_of("حلب", "government", "observer")->today, 1);
    assert_int_equal(cell_of("حلب", "government", "observer")->killed_high, 4);
}

static void who_is_not_named_has_a_row(void **state)
{
    (void)state;
    tell("place=?خربة");
    tabulate(&cessation, "all-alleged-v1", NULL, 0, "2016-05-09", "2016-05-09");
    assert_int_equal(cell_of("", "unknown", "")->today, 1);
    tell("actor=isis place=IQ-1:town:IQ:نينوى");
    tabulate(&cessation, "all-alleged-v1", NULL, 0, "2016-05-09", "2016-05-09");
    assert_null(cell_of("نينوى", "", "")); /* not the agreement's country */
}

/* --- what holds of all ------------------------------------------------------------------------------------------------------ */

#define PICK(seed, words) words[next_random(seed) % (sizeof words / sizeof *words)]

static void tell_anything(uint32_t *seed)
{
    static const char *const kinds[] = {"airstrike", "shelling", "clash", "capture", "killing"};
    static const char *const parties[] = {"syria.government", "syria.opposition", "isis", "russia", "nusra", "unknown"};
    static const char *const speakers[] = {"speaker=sohr", "speaker=syria.government", "speaker=syria.opposition", "", "speaker=un"};
    static const char *const places[] = {"place=SY-0084:town:SY:حلب", "place=SY-2:town:SY:إدلب", "place=SY-3:town:SY:حمص"};
    tell(arena_format(&memory, "kind=%s actor=%s target=%s %s %s day=2016-05-%02u article=a%u", PICK(seed, kinds), PICK(seed, parties),
                      PICK(seed, parties), PICK(seed, speakers), PICK(seed, places), (unsigned)(4 + next_random(seed) % 3),
                      (unsigned)(next_random(seed) % 12)));
}

static void assert_same(const truce_ledger *a, const truce_ledger *b)
{
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        const truce_candidate *x = &a->items[i], *y = &b->items[i];
        assert_string_equal(x->about->id, y->about->id);
        assert_string_equal(x->accuser, y->accuser);
        assert_string_equal(x->accused, y->accused);
        assert_string_equal(x->from->id, y->from->id);
        assert_string_equal(x->why, y->why);
        assert_int_equal(x->is_covered, y->is_covered);
    }
}

static void the_order_does_not_matter(void **state)
{
    for (uint32_t seed = 1; seed <= 100; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u;
        for (unsigned i = 0; i < 24; i++)
            tell_anything(&random);
        find(&calm, "strict-fire-v1");
        const truce_ledger first = ledger;
        for (size_t i = told_count; i > 1; i--) {
            const size_t k = next_random(&random) % i;
            const statement *held = told[i - 1];
            told[i - 1] = told[k];
            told[k] = held;
        }
        find(&calm, "strict-fire-v1");
        assert_same(&first, &ledger);
    }
}

/* No number of the table is more than its candidates, and what a stricter rule counts a wider one counts too. */
static void tables_add_up(void **state)
{
    for (uint32_t seed = 1; seed <= 100; seed++, forget(state)) {
        uint32_t random = seed * 2654435761u, counted = 0, sum = 0, wide = 0;
        for (unsigned i = 0; i < 24; i++)
            tell_anything(&random);
        tabulate(&calm, "strict-fire-v1", NULL, 0, "2016-05-05", "2016-05-06");
        for (uint32_t i = 0; i < ledger.count; i++)
            counted += ledger.items[i].counts;
        for (uint32_t i = 0; i < table.count; i++) {
            sum += table.items[i].total;
            assert_true(table.items[i].today + table.items[i].previous <= table.items[i].total);
            assert_true(table.items[i].killed_high == MARSAD_NO_VALUE || table.items[i].killed_low <= table.items[i].killed_high);
        }
        assert_true(sum <= counted);
        find(&calm, "all-alleged-v1");
        for (uint32_t i = 0; i < ledger.count; i++)
            wide += ledger.items[i].counts;
        assert_true(wide >= counted);
    }
}

static void memory_refused(void **state)
{
    (void)state;
    uint32_t random = 7;
    incident_list incidents;
    for (unsigned i = 0; i < 24; i++)
        tell_anything(&random);
    tell("kind=truce phase=agreed actor=usa actor=russia start=2016-05-05 end=2016-05-06");
    assert_true(incidents_join(&incidents, told, told_count, NULL, 0, rules, &memory));
    for (size_t n = 1;; n++) {
        arena own = {0};
        const seen_day seen = {"SY", "حلب", 0};
        refuse_alloc_at(n);
        const bool is_fine = truce_candidates(&ledger, &calm, &incidents, "strict-fire-v1", rules, &own) &&
                             truce_tabulate(&table, &calm, &ledger, &seen, 1, day_of("2016-05-05"), day_of("2016-05-06"), rules, &own) &&
                             truce_agreement_draft(told, told_count, &own) != NULL;
        const bool was_refused = refuse_alloc_stop();
        arena_free(&own);
        assert_int_equal(is_fine, !was_refused);
        if (!was_refused)
            break;
    }
}

#define TEST(function) cmocka_unit_test_setup(function, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_ships_is_read),
        TEST(what_is_wrong_is_told_with_its_key),
        TEST(any_byte_can_be_wrong),
        TEST(a_draft_tells_what_is_told),
        TEST(a_draft_does_not_depend_on_order_and_is_no_agreement_yet),
        TEST(a_draft_of_nothing),
        TEST(a_plain_candidate),
        TEST(in_the_window),
        TEST(in_the_area),
        TEST(who_is_bound),
        TEST(whom_the_terms_cover),
        TEST(one_for_each_accuser),
        TEST(a_clash_accuses_both_sides),
        TEST(what_is_no_candidate),
        TEST(rules_count_differently),
        TEST(a_sum_over_days_is_not_added),
        TEST(rules_have_names),
        TEST(today_before_and_in_all),
        TEST(a_period_of_several_days),
        TEST(an_incident_counts_once_in_a_cell),
        TEST(who_is_not_named_has_a_row),
        TEST(the_order_does_not_matter),
        TEST(tables_add_up),
        TEST(memory_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
