/*
 * The bulletin: golden files under tests/export/bulletin, an attribution in every sentence, totals that must agree, words from outside that stay words.
 * MARSAD_RENEW_GOLDEN=1 writes the golden files anew; then their diff is what is to be reviewed. In the text, isolates are written as \u2068 and \u2069.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "export/bulletin.h"
#include "export/page.h"
#include "exporting.h"
#include "golden.h"
#include "incident/parties.h"
#include "incident/rules_tables.h"
#include "refuse_alloc.h"

/* --- a made-up day --------------------------------------------------------------------------------------------------- */

typedef struct {
    export_fixture fixture;
    incident_list incidents;
    tally_table totals, by_area;
    control_timeline control;
    truce_agreement agreement;
    truce_table truce;
    bulletin_input input;
} day_fixture;

static statement *made(day_fixture *d, const char *words, const char *norm, const char *name_en)
{
    statement *s = statement_make(&d->fixture.memory, words);
    statement_place *place = (statement_place *)(uintptr_t)s->places;
    s->url = "https://example.org/report?a=1&b=2";
    for (uint32_t i = 0; i < s->place_count; i++) {
        place[i].norm = norm;
        place[i].name_en = name_en;
    }
    return s;
}

/* One claim of control with its statement. */
static const control_claim *claim_of(day_fixture *d, claim_what what, const char *holder, const statement *from)
{
    control_claim *claim = arena_alloc(&d->fixture.memory, sizeof *claim);
    *claim = (control_claim){.what = what, .holder = holder, .from = from, .valid = from->start, .known = from->published, .is_dated = true};
    return claim;
}

static void add_span(day_fixture *d, const statement *from, const char *start, const char *end, const char *holder, const control_claim *a,
                     const control_claim *b)
{
    const control_claim **because = arena_alloc(&d->fixture.memory, 2 * sizeof *because);
    because[0] = a;
    because[1] = b;
    assert_true(ARENA_GROW(&d->fixture.memory, d->control.items, d->control.count, d->control.room));
    d->control.items[d->control.count++] = (control_span){.place = from->places,
                                                          .from = day_of(start),
                                                          .to = end != NULL ? day_of(end) : INT32_MAX,
                                                          .holder = holder,
                                                          .side = "",
                                                          .because = because,
                                                          .because_count = b != NULL ? 2 : 1,
                                                          .rule = "last-claim v1"};
}

static void make_control(day_fixture *d)
{
    const statement *khan = made(d, "id=k1 outlet=outlet-one kind=capture actor=syria.opposition place=SY-1 day=2016-05-09 speaker=syria.opposition",
                                 "خان طومان", "Khan Tuman");
    const statement *denial =
        made(d, "id=k2 outlet=outlet-two kind=capture modality=denied actor=syria.opposition place=SY-1 day=2016-05-09 speaker=syria.government",
             "خان طومان", "Khan Tuman");
    const statement *town = made(d, "id=k3 outlet=outlet-three kind=capture actor=isis place=SY-9 day=2016-05-08", "تدمر", "Palmyra");
    add_span(d, khan, "2016-04-01", "2016-05-08", "syria.government", claim_of(d, CLAIM_HOLDS, "syria.government", khan), NULL);
    add_span(d, khan, "2016-05-09", NULL, "syria.opposition", claim_of(d, CLAIM_CAPTURES, "syria.opposition", khan),
             claim_of(d, CLAIM_DENIES, "syria.opposition", denial));
    add_span(d, town, "2016-05-08", NULL, "contested", claim_of(d, CLAIM_CAPTURES, "isis", town), NULL);
}

static void make_truce(day_fixture *d)
{
    static truce_cell cells[] = {
        {"حلب", "government", "opposition", 3, 1, 12, 2, 5, 0, true, 0, 0},
        {"حلب", "opposition", "", 2, 0, 2, 1, MARSAD_NO_VALUE, 0, true, 0, 0},
        {"درعا", "", "", 0, 0, 0, 0, 0, 1, false, 0, 0},
    };
    d->agreement = (truce_agreement){.id = "t", .name_ar = "تفاهم تجريبي", .name_en = "trial understanding", .country = "SY"};
    d->truce = (truce_table){.items = cells, .count = 3, .room = 3};
}

static void make_incidents(day_fixture *d)
{
    arena *memory = &d->fixture.memory;
    incidents_of_golden_files(&d->incidents, memory);
    for (uint32_t i = 0; i < d->incidents.count; i++)
        for (uint32_t f = 0; f < d->incidents.items[i].figure_count; f++)
            if (d->incidents.items[i].figures[f].from_count > 1)
                ((incident_figure *)(uintptr_t)&d->incidents.items[i].figures[f])->is_disputed = true;
}

static int set_up(void **state)
{
    static day_fixture d;
    static const char *const outlets[] = {"outlet-one", "outlet-two", "عنب"}, *const silent[] = {"outlet-four"};
    static const bulletin_unseen unseen[] = {{"SY", "درعا"}, {"SY", "الحسكة"}};
    d = (day_fixture){0};
    exporting_open(&d.fixture);
    make_incidents(&d);
    make_control(&d);
    make_truce(&d);
    assert_true(tally_incidents(&d.totals, &d.incidents, 0, &d.fixture.memory));
    assert_true(tally_incidents(&d.by_area, &d.incidents, TALLY_BY_AREA, &d.fixture.memory));
    d.input = (bulletin_input){
        .day = day_of("2016-05-09"),
        .cutoff = "2016-05-10 06:00",
        .zone = "Asia/Damascus (UTC+3)",
        .release = "12",
        .incidents = &d.incidents,
        .totals = &d.totals,
        .by_area = &d.by_area,
        .control = &d.control,
        .agreement = &d.agreement,
        .truce = &d.truce,
        .unseen = unseen,
        .unseen_count = 2,
        .coverage = {.articles = 112, .copies = 11, .unread = 2, .outlets = outlets, .silent = silent, .outlet_count = 3, .silent_count = 1},
        .withheld = 4,
        .rules = d.fixture.rules};
    *state = &d;
    return 0;
}

static int tear_down(void **state)
{
    exporting_close(&((day_fixture *)*state)->fixture);
    return 0;
}

static const char *written(day_fixture *d, bulletin_form form, unsigned languages)
{
    byte_sink sink = {.memory = &d->fixture.memory, .bytes = ""};
    marsad_error err = {0};
    if (bulletin_write(&d->input, form, languages, sink_write, &sink, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    return sink.bytes;
}

/* --- golden files ---------------------------------------------------------------------------------------------------- */

/* Isolates show nothing on the screen: files hold them as escapes. */
static const char *with_escapes(day_fixture *d, const char *text)
{
    byte_sink sink = {.memory = &d->fixture.memory, .bytes = ""};
    for (const char *at = text; *at != 0;) {
        const bool opens = strncmp(at, "\u2068", 3) == 0, closes = strncmp(at, "\u2069", 3) == 0;
        assert_true(opens || closes ? sink_write(&sink, opens ? "\\u2068" : "\\u2069", 6) : sink_write(&sink, at, 1));
        at += opens || closes ? 3 : 1;
    }
    return sink.bytes;
}

static void test_a_day_is_told_as_people_have_read_it(void **state)
{
    day_fixture *d = *state;
    /* The fingerprint changes with every table of rules. */
    memcpy(d->fixture.rules->fingerprint, "0123456789abcdef", 17);
    assert_true(is_golden("bulletin/day.ar.txt", with_escapes(d, written(d, BULLETIN_TEXT, BULLETIN_AR))));
    assert_true(is_golden("bulletin/day.en.txt", with_escapes(d, written(d, BULLETIN_TEXT, BULLETIN_EN))));
    assert_true(is_golden("bulletin/day.html", written(d, BULLETIN_HTML, BULLETIN_AR | BULLETIN_EN)));
    assert_true(is_golden("bulletin/day.print.html", written(d, BULLETIN_PRINT, BULLETIN_AR)));
}

static void test_a_day_without_reports_is_not_called_calm(void **state)
{
    day_fixture *d = *state;
    d->incidents.count = d->totals.count = d->by_area.count = 0;
    d->input.control = NULL;
    d->input.truce = NULL;
    const char *text = written(d, BULLETIN_TEXT, BULLETIN_EN);
    assert_non_null(strstr(text, "Nothing that was read tells of this day."));
    assert_null(strstr(text, "Totals"));
}

/* --- every sentence is attributed ------------------------------------------------------------------------------------ */

typedef struct {
    const char *sentence;
    size_t length;
    bool is_attributed;
} sentence_check;

static bool has_part(view sentence, view part)
{
    for (size_t at = 0; at + part.len <= sentence.len; at++)
        if (view_equal((view){sentence.ptr + at, part.len}, part))
            return true;
    return false;
}

/* Are all words of the template, outside its slots, in the sentence? The first letter may have become a capital. */
static bool uses_template(void *context, const char *key, const char *text)
{
    (void)key;
    sentence_check *check = context;
    bool has_all = true;
    for (const char *at = text; *at != 0;) {
        const size_t words = strcspn(at, "{");
        const size_t skip = at == text && words > 1 ? 1 : 0;
        if (words > skip)
            has_all = has_all && has_part((view){check->sentence, check->length}, (view){at + skip, words - skip});
        at += words;
        at += *at == '{' ? strcspn(at, "}") + 1 : 0;
    }
    check->is_attributed = has_all;
    return !has_all; /* go on until one fits */
}

static int unattributed(day_fixture *d, wording_language language)
{
    const char *text = written(d, BULLETIN_TEXT, language == LANGUAGE_AR ? BULLETIN_AR : BULLETIN_EN);
    int wrong = 0, sentences = 0;
    for (const char *line = text; *line != 0; line += strcspn(line, "\n") + 1) {
        if (strncmp(line, "  ", 2) != 0 || line[2] == '[')
            continue;
        sentence_check check = {.sentence = line, .length = strcspn(line, "\n")};
        wording_each(rules_wording(d->input.rules), language, "by.", uses_template, &check);
        if (!check.is_attributed)
            print_error("no source: %.*s\n", (int)check.length, line);
        wrong += !check.is_attributed;
        sentences++;
    }
    assert_true(sentences > 30);
    return wrong;
}

static void test_every_sentence_says_whose_word_it_is(void **state)
{
    assert_int_equal(unattributed(*state, LANGUAGE_AR), 0);
    assert_int_equal(unattributed(*state, LANGUAGE_EN), 0);
}

/* --- totals ---------------------------------------------------------------------------------------------------------- */

static void refused(day_fixture *d, const char *what)
{
    byte_sink sink = {.memory = &d->fixture.memory, .bytes = ""};
    marsad_error err = {0};
    assert_int_equal(bulletin_write(&d->input, BULLETIN_TEXT, BULLETIN_EN, sink_write, &sink, &err), MARSAD_ERR_ARGUMENT);
    if (strstr(err.message, what) == NULL)
        fail_msg("'%s' is not in '%s'", what, err.message);
    assert_string_equal(sink.bytes, "");
}

static void test_totals_that_are_not_the_table_s_are_refused(void **state)
{
    day_fixture *d = *state;
    d->totals.items[0].low++;
    refused(d, "in the table");
    d->totals.items[0].low--;
    d->by_area.items[0].incidents++;
    refused(d, "(incidents)");
    d->by_area.items[0].incidents--;
    d->totals.items[0].high = d->totals.items[0].high == MARSAD_NO_VALUE ? 5 : MARSAD_NO_VALUE;
    refused(d, "is open in the text or in the table, not in both");
}

static void test_totals_that_agree_with_each_other_only_are_refused(void **state)
{
    day_fixture *d = *state;
    d->incidents.count--; /* what both tables still count */
    while (d->incidents.items[d->incidents.count].figure_count == 0 || d->incidents.items[d->incidents.count].is_period)
        d->incidents.count--;
    refused(d, "in the incidents");
}

/* --- numbers --------------------------------------------------------------------------------------------------------- */

static void test_arabic_nouns_take_the_form_of_their_number(void **state)
{
    day_fixture *d = *state;
    static const struct {
        int64_t number;
        const char *category;
    } rows[] = {{0, "zero"},    {1, "one"},     {2, "two"},   {3, "few"},   {10, "few"},   {11, "many"},    {99, "many"},   {100, "other"},
                {101, "other"}, {102, "other"}, {103, "few"}, {110, "few"}, {111, "many"}, {1000, "other"}, {1011, "many"}, {INT64_MAX, "few"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(wording_plural(rules_wording(d->input.rules), LANGUAGE_AR, rows[i].number), rows[i].category);
    assert_string_equal(wording_plural(rules_wording(d->input.rules), LANGUAGE_EN, 1), "one");
    assert_string_equal(wording_plural(rules_wording(d->input.rules), LANGUAGE_EN, 0), "other");
    assert_string_equal(wording_plural(rules_wording(d->input.rules), LANGUAGE_EN, 21), "other");
}

/* --- words from outside ---------------------------------------------------------------------------------------------- */

static size_t times(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part))
        count++;
    return count;
}

/* Ends the isolation, turns the direction, breaks the line, closes the tag, breaks UTF-8. */
static const char hostile[] = "\u2069\u202E</bdi><script>alert('1')</script>\" onload=\"x\n# heading\n  \xFF&amp;{by}";

static void make_hostile(day_fixture *d)
{
    static const char *const outlets[] = {hostile};
    for (uint32_t i = 0; i < d->incidents.count; i++)
        for (uint32_t s = 0; s < d->incidents.items[i].statement_count; s++) {
            statement *told = (statement *)(uintptr_t)d->incidents.items[i].statements[s];
            told->outlet = hostile;
            told->url = i % 2 == 0 ? "javascript:alert(1)" : "https://example.org/\"><script>alert(1)</script>";
            for (uint32_t p = 0; p < told->place_count; p++) {
                statement_place *place = (statement_place *)(uintptr_t)&told->places[p];
                place->norm = place->name_en = hostile;
            }
        }
    d->input.coverage.outlets = outlets;
    d->input.coverage.outlet_count = 1;
    d->input.zone = d->input.cutoff = d->input.release = hostile;
    d->agreement.name_ar = d->agreement.name_en = hostile;
}

static void test_hostile_words_stay_words_in_html(void **state)
{
    day_fixture *d = *state;
    make_hostile(d);
    const bulletin_form forms[] = {BULLETIN_HTML, BULLETIN_PRINT};
    for (size_t i = 0; i < 2; i++) {
        const char *html = written(d, forms[i], BULLETIN_AR | BULLETIN_EN);
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, "javascript:"));
        assert_null(strstr(html, "\" onload"));
        assert_null(strstr(html, "\u202E"));
        assert_null(strstr(html, "\u2069"));
        assert_true(utf8_invalid(view_of(html)) == MARSAD_NOWHERE);
        assert_true(times(html, "<bdi>") == times(html, "</bdi>") && times(html, "<bdi>") > 100);
        assert_non_null(strstr(html, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
    }
}

static void test_hostile_words_stay_words_in_text(void **state)
{
    day_fixture *d = *state;
    make_hostile(d);
    const char *text = written(d, BULLETIN_TEXT, BULLETIN_AR | BULLETIN_EN);
    assert_true(times(text, "\u2068") == times(text, "\u2069") && times(text, "\u2068") > 100);
    assert_null(strstr(text, "\u202E"));
    assert_null(strstr(text, "\n# heading"));
    assert_true(utf8_invalid(view_of(text)) == MARSAD_NOWHERE);
}

static void test_html_asks_nothing_of_anybody(void **state)
{
    day_fixture *d = *state;
    static const char *const never[] = {"<script", " src=", "<link", "@import", "url(", "<img", "<iframe", "<form", "<object"};
    const char *html = written(d, BULLETIN_PRINT, BULLETIN_AR | BULLETIN_EN);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(html, never[i]) != NULL)
            fail_msg("'%s' is in the HTML", never[i]);
    assert_non_null(strstr(html, "<html lang=\"ar\" dir=\"rtl\">"));
    assert_non_null(strstr(html, "<main lang=\"ar\" dir=\"rtl\">"));
    assert_non_null(strstr(html, "<main lang=\"en\" dir=\"ltr\">"));
    assert_non_null(strstr(html, "@page{size:A4"));
    assert_null(strstr(written(d, BULLETIN_HTML, BULLETIN_EN), "@page"));
}

/* --- tables of words ------------------------------------------------------------------------------------------------- */

typedef struct {
    const wording *wording;
    const char *prefix;
    int missing;
} named_rows;

static bool has_words_for(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    (void)err;
    named_rows *rows = context;
    char key[128];
    (void)snprintf(key, sizeof key, "%s.%s", rows->prefix, cells[0]);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (wording_text(rows->wording, (wording_language)i, key) == NULL) {
            print_error("no words for '%s'\n", key);
            rows->missing++;
        }
    return true;
}

static void test_sides_and_groups_have_words_in_both_languages(void **state)
{
    day_fixture *d = *state;
    static const char *const side[] = {"side", NULL}, *const group[] = {"group", NULL};
    named_rows rows = {.wording = rules_wording(d->input.rules), .prefix = "side"};
    marsad_error err;
    assert_int_equal(tsv_read(MARSAD_SOURCE_DIR "/rules/sides.tsv", side, has_words_for, &rows, &err), MARSAD_OK);
    rows.prefix = "group";
    assert_int_equal(tsv_read(MARSAD_SOURCE_DIR "/rules/victims.tsv", group, has_words_for, &rows, &err), MARSAD_OK);
    assert_int_equal(rows.missing, 0);
}

static void copy_but(const char *folder, const char *name, const char *from, const char *to)
{
    char path[512], text[128 * 1024];
    (void)snprintf(path, sizeof path, "%s/rules/%s", MARSAD_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    const size_t size = fread(text, 1, sizeof text - 1, file);
    text[size] = 0;
    assert_int_equal(fclose(file), 0);

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    const char *at = from != NULL ? strstr(text, from) : NULL;
    assert_true(from == NULL || at != NULL);
    const size_t before = at != NULL ? (size_t)(at - text) : size;
    assert_int_equal(fwrite(text, 1, before, file), before);
    if (at != NULL)
        assert_true(fprintf(file, "%s%s", to, at + strlen(from)) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* The message that reading the tables gives when `from` in `table` is `to`; "" when they are read. */
static const char *read_with(arena *memory, const char *table, const char *from, const char *to)
{
    static const char *const tables[] = {"bulletin-ar.tsv", "bulletin-en.tsv", "kinds.tsv", "plurals.tsv"};
    char folder[] = "/tmp/marsad-wording-XXXXXX", path[512];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 4; i++)
        copy_but(folder, tables[i], strcmp(tables[i], table) == 0 ? from : NULL, to);
    marsad_error err = {0};
    wording *read;
    const marsad_status status = wording_read(&read, folder, memory, &err);
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, tables[i]);
        (void)remove(path);
    }
    (void)remove(folder);
    return status == MARSAD_OK ? "" : arena_string(memory, view_of(err.message));
}

static void test_tables_that_could_lose_a_source_are_refused(void **state)
{
    arena *memory = &((day_fixture *)*state)->fixture.memory;
    static const struct {
        const char *table, *from, *to, *message;
    } rows[] = {
        {"bulletin-en.tsv", NULL, NULL, ""},
        {"bulletin-en.tsv", "{by}: {what}.", "{what}.", "'say.claim' has neither {by} nor {claims}"},
        {"bulletin-ar.tsv", "{count} {by}", "{count}", "'clause.count' has no {by}"},
        {"bulletin-en.tsv", "according to {who}", "({who})", "'by.speakers' has no {who} or no words of its own"},
        {"bulletin-ar.tsv", "by.quoted\t", "by.other\t", "is missing in the other language"},
        {"bulletin-en.tsv", "{by}: {count}, in {incidents}.", "{by}: {count}.", "'say.total' has other slots in the other language"},
        {"bulletin-en.tsv", "say.possible\t", "say.claim\t", "stands there twice"},
        {"kinds.tsv", "\nclash\t", "\nclashes\t", "no row for 'clash'"},
        {"plurals.tsv", "\nar\ttwo", "\nxx\ttwo", "no plural rule"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *message = read_with(memory, rows[i].table, rows[i].from, rows[i].to);
        if (strstr(message, rows[i].message) == NULL || (rows[i].message[0] == 0) != (message[0] == 0))
            fail_msg("%zu: '%s' is not in '%s'", i, rows[i].message, message);
    }
}

/* --- failures -------------------------------------------------------------------------------------------------------- */

static bool refuse_write(void *context, const char *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    int *left = context;
    return (*left)-- > 0;
}

static void test_a_refused_write_is_an_error(void **state)
{
    day_fixture *d = *state;
    marsad_error err = {0};
    for (int left = 0; left < 40; left += 13) {
        int count = left;
        assert_int_equal(bulletin_write(&d->input, BULLETIN_HTML, BULLETIN_AR, refuse_write, &count, &err), MARSAD_ERR_SYSTEM);
        assert_string_equal(err.message, "cannot write the bulletin");
    }
}

static void test_memory_that_is_refused_is_an_error_and_nothing_else(void **state)
{
    day_fixture *d = *state;
    marsad_error err = {0};
    for (size_t n = 1;; n++) {
        int left = INT32_MAX;
        refuse_alloc_at(n);
        const marsad_status status = bulletin_write(&d->input, BULLETIN_TEXT, BULLETIN_AR, refuse_write, &left, &err);
        if (!refuse_alloc_stop()) {
            assert_int_equal(status, MARSAD_OK);
            assert_true(n > 2);
            return;
        }
        assert_int_equal(status, MARSAD_ERR_SYSTEM);
        assert_int_equal(left, INT32_MAX);
    }
}

static void test_english_names_of_governorates_are_the_gazetteer_s(void **state)
{
    day_fixture *d = *state;
    marsad_error err = {0};
    marsad_gazetteer *gazetteer;
    assert_int_equal(marsad_gazetteer_open(&gazetteer, MARSAD_GAZETTEER_FILE, &err), MARSAD_OK);
    d->input.gazetteer = gazetteer;
    assert_non_null(strstr(written(d, BULLETIN_TEXT, BULLETIN_EN), "## \u2068Al-Anbar\u2069\n"));
    d->input.gazetteer = NULL;
    assert_non_null(strstr(written(d, BULLETIN_TEXT, BULLETIN_EN), "## \u2068الأنبار\u2069\n"));
    marsad_gazetteer_close(gazetteer);
}

static void test_a_language_is_needed(void **state)
{
    day_fixture *d = *state;
    marsad_error err = {0};
    int left = 0;
    assert_int_equal(bulletin_write(&d->input, BULLETIN_TEXT, 0, refuse_write, &left, &err), MARSAD_ERR_ARGUMENT);
}

/* --- kept bulletins -------------------------------------------------------------------------------------------------- */

static void test_a_kept_bulletin_tells_number_root_and_who_issues_it(void **state)
{
    day_fixture *d = *state;
    d->input.number = 7;
    d->input.root = "00ff";
    d->input.organisation = "مرصد <الهدنة>";
    const char *html = written(d, BULLETIN_HTML, BULLETIN_EN), *text = written(d, BULLETIN_TEXT, BULLETIN_AR);
    assert_non_null(strstr(html, "Bulletin number <bdi>7</bdi>. Root of the archive’s log: <bdi>00ff</bdi>"));
    assert_non_null(strstr(html, "مرصد &lt;الهدنة&gt;"));
    assert_non_null(strstr(text, "النشرة رقم \u20687\u2069"));
    d->input.number = 0;
    d->input.organisation = "";
    assert_null(strstr(written(d, BULLETIN_HTML, BULLETIN_EN), "Root of the archive"));
}

/* The items as they are, read back from what is kept of them. */
static void read_items(day_fixture *d, bulletin_items *out)
{
    bulletin_items made_now;
    byte_sink sink = {.memory = &d->fixture.memory, .bytes = ""};
    marsad_error err = {0};
    assert_true(bulletin_items_of(&made_now, &d->incidents, &d->fixture.memory));
    assert_true(bulletin_items_write(&made_now, sink_write, &sink));
    assert_int_equal(bulletin_items_read(out, view_of(sink.bytes), &d->fixture.memory, &err), MARSAD_OK);
    assert_int_equal(out->count, d->incidents.count);
}

static const bulletin_item *first_with_figure(const bulletin_items *items)
{
    for (uint32_t i = 0; i < items->count; i++)
        if (items->items[i].figure_count > 0 && items->items[i].figures[0].low > 0 && items->items[i].statement_count > 0)
            return &items->items[i];
    fail_msg("no item with a figure");
    return NULL;
}

static void test_a_correction_tells_what_differs(void **state)
{
    day_fixture *d = *state;
    bulletin_correction correction = {.number = 12};
    read_items(d, &correction.was);
    read_items(d, &correction.now);
    d->input.corrects = &correction;
    assert_non_null(strstr(written(d, BULLETIN_TEXT, BULLETIN_EN), "No item differs from bulletin \u206812\u2069."));

    bulletin_item *was = (bulletin_item *)(uintptr_t)first_with_figure(&correction.was);
    const bulletin_item *now = first_with_figure(&correction.now);
    was->figures[0].low = was->figures[0].high = 444;
    was->statements[0].id = "R-gone";
    const char *text = written(d, BULLETIN_TEXT, BULLETIN_EN), *arabic = written(d, BULLETIN_TEXT, BULLETIN_AR);
    const char *line = strstr(text, arena_format(&d->fixture.memory, "Bulletin \u206812\u2069, item \u2068%d\u2069", (int)was->number));
    assert_non_null(line);
    assert_non_null(strstr(line, "withdrawn: \u2068R-gone\u2069"));
    assert_non_null(strstr(line, arena_format(&d->fixture.memory, "added: \u2068%s\u2069", now->statements[0].id)));
    assert_non_null(strstr(line, "\u2068444\u2069 "));
    assert_non_null(strstr(line, " → "));
    assert_non_null(strstr(line, "according to the reports of the item ("));
    assert_null(strstr(arabic, "→")); /* an arrow between numbers would point the wrong way */
    assert_non_null(strstr(arabic, "أقوال سُحبت: \u2068R-gone\u2069"));

    was->statements[0].id = now->statements[0].id;
    was->figures[0] = now->figures[0];
    was->statements[0].says = "another";
    text = written(d, BULLETIN_TEXT, BULLETIN_EN);
    assert_non_null(strstr(text, "mended after review: "));
    assert_null(strstr(text, "withdrawn: "));
    was->incident = "I-gone";
    text = written(d, BULLETIN_TEXT, BULLETIN_EN);
    assert_non_null(strstr(text, "told in another item: "));
    assert_non_null(strstr(text, "does not stand in this bulletin"));
    assert_non_null(strstr(text, "does not stand in bulletin \u206812\u2069."));
    d->input.corrects = NULL;

    bulletin_items damaged;
    marsad_error err = {0};
    assert_int_equal(bulletin_items_read(&damaged, view_of("{\"items\":"), &d->fixture.memory, &err), MARSAD_ERR_FORMAT);
}

static void test_a_withheld_name_stops_a_bulletin(void **state)
{
    day_fixture *d = *state;
    name_set withheld = {0}, shown = {0};
    byte_sink sink = {.memory = &d->fixture.memory, .bytes = ""};
    marsad_error err = {0};
    const statement *s = d->incidents.items[0].statements[0];
    d->input.withheld_names = &withheld;

    /* what is let out somewhere is not withheld, and neither is a party's own name */
    assert_true(name_set_add(&withheld, &s, 1, &d->fixture.memory));
    assert_true(name_set_add_name(&withheld, rules_parties(d->fixture.rules)->items[0].name_ar, &d->fixture.memory));
    assert_true(name_set_add_shown(&shown, &s, 1, &d->fixture.memory));
    name_set_subtract(&withheld, &shown, d->fixture.rules);
    assert_int_equal(withheld.count, 0);
    (void)written(d, BULLETIN_TEXT, BULLETIN_AR);

    /* so is a party's name in its other form, and the English name of what is shown in Arabic */
    const statement *town = made(d, "id=t place=SY-9:town:SY:إدلب", "إدلب", "Idlib"), *area = made(d, "id=u place=SY-8:governorate:SY:إدلب", "", "");
    shown.count = 0;
    assert_true(name_set_add(&withheld, &town, 1, &d->fixture.memory));
    assert_true(name_set_add_name(&withheld, "مدنيين", &d->fixture.memory));
    assert_true(name_set_add_shown(&shown, &area, 1, &d->fixture.memory));
    assert_true(name_set_add_name(&shown, town->url, &d->fixture.memory));
    name_set_subtract(&withheld, &shown, d->fixture.rules);
    assert_int_equal(withheld.count, 0);

    shown.count = 0;
    assert_true(name_set_add(&withheld, &s, 1, &d->fixture.memory));
    name_set_subtract(&withheld, &shown, d->fixture.rules);
    assert_true(withheld.count > 0);
    assert_int_equal(bulletin_write(&d->input, BULLETIN_TEXT, BULLETIN_AR, sink_write, &sink, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "withholds"));
    assert_string_equal(sink.bytes, "");
    d->input.withheld_names = NULL;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_a_day_is_told_as_people_have_read_it),
        TEST(test_a_day_without_reports_is_not_called_calm),
        TEST(test_every_sentence_says_whose_word_it_is),
        TEST(test_totals_that_are_not_the_table_s_are_refused),
        TEST(test_totals_that_agree_with_each_other_only_are_refused),
        TEST(test_arabic_nouns_take_the_form_of_their_number),
        TEST(test_hostile_words_stay_words_in_html),
        TEST(test_hostile_words_stay_words_in_text),
        TEST(test_html_asks_nothing_of_anybody),
        TEST(test_sides_and_groups_have_words_in_both_languages),
        TEST(test_tables_that_could_lose_a_source_are_refused),
        TEST(test_a_refused_write_is_an_error),
        TEST(test_memory_that_is_refused_is_an_error_and_nothing_else),
        TEST(test_english_names_of_governorates_are_the_gazetteer_s),
        TEST(test_a_language_is_needed),
        TEST(test_a_kept_bulletin_tells_number_root_and_who_issues_it),
        TEST(test_a_correction_tells_what_differs),
        TEST(test_a_withheld_name_stops_a_bulletin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
