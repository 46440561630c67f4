/* What refresh keeps for tallies, control and truce ledgers: the same whatever came in when, the same as made from nothing, and no answer but what records tell. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "archives.h"
#include "incident/packed.h"
#include "marsad_ledger.h"
#include "views.h"

enum { NOW = 1463000000, ARTICLES = 39, TELLING_MOST = 4 };

static const char agreement[] = "syria-coh-2016-02-27";
static marsad_error err;

static unsigned roll(uint64_t *seed, unsigned sides)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % sides;
}

static void must(marsad_status status)
{
    if (status != MARSAD_OK)
        fail_msg("%s", err.message);
}

/* --- what is kept, as text ----------------------------------------------------------------------------------------------------- */

static void add_rows(buffer *out, marsad_archive *a, const char *sql)
{
    db_rows *rows;
    must(db_ask(a->store.db, &rows, &err, sql, DB_NONE));
    size_t count = 0;
    for (; db_next(rows, &err) == MARSAD_OK; count++)
        for (int c = 0; c < db_columns(rows); c++) {
            const view cell = db_get_text(rows, c);
            buffer_add(out, cell.ptr, cell.len);
            buffer_text(out, c + 1 < db_columns(rows) ? "|" : "\n");
        }
    db_end(rows);
    if (count == 0)
        fail_msg("nothing is kept: %s", sql);
}

static void add_kept(buffer *out, marsad_archive *a)
{
    add_rows(out, a, "SELECT area, CAST(day AS TEXT), hex(incidents), hex(told) FROM neighbourhood ORDER BY area, day");
    add_rows(out, a,
             "SELECT ledger, area, CAST(day AS TEXT), governorate, accused, accuser, CAST(counted AS TEXT), CAST(killed_low AS TEXT),"
             " CAST(coalesce(killed_high, -1) AS TEXT) FROM truce_cell ORDER BY ledger, area, day, governorate, accused, accuser");
    add_rows(out, a, "SELECT place, record, area, CAST(day AS TEXT), CAST(last AS TEXT), hex(told) FROM town_claim ORDER BY place, record");
    add_rows(out, a,
             "SELECT place, CAST(first_day AS TEXT), CAST(last_day AS TEXT), name, name_en, admin1, country, side, holder, status, rule, claims FROM"
             " town ORDER BY place, first_day");
    add_rows(out, a, "SELECT name, files, CAST(whole AS TEXT) FROM made ORDER BY name");
}

static void must_equal(const char *what, buffer *a, buffer *b)
{
    buffer_add(a, "", 1);
    buffer_add(b, "", 1);
    if (a->failed || b->failed || strcmp(a->bytes, b->bytes) != 0)
        fail_msg("%s\n--- one\n%s\n--- the other\n%s", what, a->bytes, b->bytes);
    a->used = b->used = 0;
}

/* --- answers --------------------------------------------------------------------------------------------------------------------- */

static bool add_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    buffer *out = context;
    (void)columns;
    for (size_t c = 0; c < count; c++) {
        if (cells[c].type == MARSAD_CELL_INTEGER)
            buffer_format(out, "%lld|", (long long)cells[c].integer);
        else if (cells[c].type == MARSAD_CELL_REAL)
            buffer_format(out, "%.17g|", cells[c].real);
        else if (cells[c].type == MARSAD_CELL_NULL)
            buffer_text(out, "-|");
        else
            buffer_add(out, cells[c].text.ptr, cells[c].text.len);
        buffer_format(out, "(%d)", (int)cells[c].type);
    }
    buffer_text(out, "\n");
    return true;
}

static const char *const bys[] = {"day",        "place", "area", "party", "accuser", "kind", "group", "day,area,kind", "party,accuser,place,group",
                                  "area,group", NULL};
static const char *const some_kinds[] = {"airstrike", "shelling", NULL};

/* One question of each sort; false behind the last. */
static bool question_of(unsigned n, const char **table, marsad_question *q)
{
    static const marsad_question truces[] = {
        {.from = {2016, 2, 27}, .to = {2016, 6, 30}},
        {.from = {2016, 4, 1}, .to = {2016, 4, 30}, .rule = "all-alleged-v1"},
        {.from = {2016, 4, 20}, .to = {2016, 4, 20}},
        {.from = {2014, 1, 1}, .to = {2018, 12, 31}},
        {.from = {2016, 4, 1}, .to = {2016, 5, 31}, .kinds = some_kinds},
    };
    static const marsad_question towns[] = {
        {.by = NULL}, {.from = {2016, 4, 20}, .to = {2016, 4, 20}}, {.country = "SY"}, {.area = "حلب"}, {.place = "حلب"}};
    static const marsad_question limited[] = {{.from = {2016, 4, 1}, .to = {2016, 4, 30}},
                                              {.kinds = some_kinds},
                                              {.grade = "fair"},
                                              {.country = "SY"},
                                              {.area = "حلب"},
                                              {.party = "syria.government"},
                                              {.has_box = true, .west = 36, .south = 35, .east = 38, .north = 37}};
    enum {
        BYS = sizeof bys / sizeof *bys - 1,
        TRUCES = sizeof truces / sizeof *truces,
        TOWNS = sizeof towns / sizeof *towns,
        LIMITED = sizeof limited / sizeof *limited
    };
    *q = (marsad_question){0};
    if (n < BYS) {
        *table = "tallies";
        q->by = bys[n];
    } else if ((n -= BYS) < LIMITED) {
        *table = "tallies";
        *q = limited[n];
        q->by = "day,kind";
    } else if ((n -= LIMITED) < TOWNS) {
        *table = "control";
        *q = towns[n];
    } else if ((n -= TOWNS) < 2 * TRUCES) {
        *table = n < TRUCES ? "truce" : "candidates";
        *q = truces[n % TRUCES];
        q->agreement = agreement;
    } else {
        return false;
    }
    return true;
}

/* Every answer as it is kept is the answer worked out from the records. */
static void answers_must_be_those_of_records(marsad_archive *a)
{
    buffer kept = {0}, anew = {0};
    const char *table;
    marsad_question q;
    unsigned rows = 0;
    for (unsigned n = 0; question_of(n, &table, &q); n++) {
        char what[64];
        must(marsad_archive_list(a, table, &q, add_row, &kept, &err));
        must(db_run(a->store.db, &err, "UPDATE made SET whole = 1 - whole", DB_NONE));
        must(marsad_archive_list(a, table, &q, add_row, &anew, &err));
        must(db_run(a->store.db, &err, "UPDATE made SET whole = 1 - whole", DB_NONE));
        rows += kept.used > 0;
        snprintf(what, sizeof what, "question %u of %s", n, table);
        must_equal(what, &kept, &anew);
    }
    assert_true(rows > 15);
    buffer_free(&kept);
    buffer_free(&anew);
}

/* --- archives that people work on ------------------------------------------------------------------------------------------------ */

static const char *id_at(marsad_archive *a, const char *sql, unsigned at, arena *memory)
{
    db_rows *rows;
    const char *id = NULL;
    must(db_ask(a->store.db, &rows, &err, sql, DB_VALUES(db_int(at))));
    if (db_next(rows, &err) == MARSAD_OK)
        id = arena_string(memory, db_get_text(rows, 0));
    db_end(rows);
    return id;
}

/* One decision at random; what people may not do is refused, and that is fine. */
static void decide_something(marsad_archive *a, uint64_t *seed, arena *memory, unsigned *done)
{
    static const char *const whats[] = {"accept", "reject", "duplicate", "merge", "split", "edit", "edit", "edit", "reopen"};
    static const char *const changes[] = {"kind=capture", "kind=shelling", "actor=syria.government", "days=2016-04-20", "place=SY-NONE", "as-read"};
    static const char record_sql[] = "SELECT id FROM record ORDER BY id LIMIT 1 OFFSET $1";
    int64_t count;
    must(db_ask_int(a->store.db, &count, 0, &err, "SELECT count(*) FROM record", DB_NONE));
    const char *what = whats[roll(seed, sizeof whats / sizeof *whats)];
    const char *record = id_at(a, record_sql, roll(seed, (unsigned)count), memory),
               *other = id_at(a, record_sql, roll(seed, (unsigned)count), memory);
    const char *change = changes[roll(seed, sizeof changes / sizeof *changes)];
    const bool has_other = strcmp(what, "merge") == 0 || strcmp(what, "duplicate") == 0;
    *done +=
        decide(a, what, "amal", record, has_other ? other : NULL, strcmp(what, "edit") == 0 ? change : NULL, "because", NOW + 5, &err) == MARSAD_OK;
}

static void mark_something(marsad_archive *a, uint64_t *seed, arena *memory, unsigned *done)
{
    static const char *const marks[] = {"breach", "not-in-scope", "insufficient", "none"};
    int64_t count;
    must(db_ask_int(a->store.db, &count, 0, &err, "SELECT count(*) FROM record", DB_NONE));
    const marsad_mark said = {.agreement = agreement,
                              .record = id_at(a, "SELECT id FROM record ORDER BY id LIMIT 1 OFFSET $1", roll(seed, (unsigned)count), memory),
                              .mark = marks[roll(seed, sizeof marks / sizeof *marks)],
                              .reason = "because",
                              .person = "amal"};
    *done += marsad_truce_mark(a, &said, NOW + 6, &err) == MARSAD_OK;
}

static size_t faults;

static void tell(void *context, bool is_fault, const char *what)
{
    (void)context;
    if (is_fault && faults++ < TELLING_MOST)
        print_error("%s\n", what);
}

static size_t faults_of(marsad_archive *a)
{
    marsad_verdict verdict;
    faults = 0;
    must(marsad_archive_verify(a, MARSAD_VERIFY_VIEWS, tell, NULL, &verdict, &err));
    return faults;
}

/* Articles in pieces, in whatever order, with decisions in between. */
static marsad_archive *archive_of_pieces(const char *name, uint64_t *seed, arena *memory)
{
    enum { PIECE = 3, PIECES = ARTICLES / PIECE };
    unsigned order[PIECES], decided = 0, marked = 0;
    for (unsigned i = 0; i < PIECES; i++)
        order[i] = i;
    for (unsigned i = PIECES; i > 1; i--) {
        const unsigned j = roll(seed, i), other = order[i - 1];
        order[i - 1] = order[j];
        order[j] = other;
    }
    marsad_archive *a = archive_again(archive_path(name), MARSAD_ARCHIVE_CREATE);
    for (unsigned i = 0; i < PIECES; i++) {
        archive_add(a, (size_t)order[i] * PIECE, PIECE, NOW);
        for (unsigned d = roll(seed, 8); d > 0; d--)
            decide_something(a, seed, memory, &decided);
        for (unsigned d = 4; d > 0; d--)
            mark_something(a, seed, memory, &marked);
    }
    assert_true(decided > 5 && marked > 1);
    return a;
}

static void piece_by_piece_is_made_at_once(void **state)
{
    (void)state;
    for (uint64_t round = 1; round <= 3; round++) {
        arena memory = {0};
        buffer pieces = {0}, whole = {0};
        uint64_t seed = round;
        marsad_archive *a = archive_of_pieces("pieces", &seed, &memory);
        add_kept(&pieces, a);
        answers_must_be_those_of_records(a);
        assert_int_equal(faults_of(a), 0);
        must(marsad_archive_remake(a, NOW + 7, NULL, NULL, &err));
        add_kept(&whole, a);
        must_equal("made again from nothing", &pieces, &whole);
        answers_must_be_those_of_records(a);
        marsad_archive_close(a);
        buffer_free(&pieces);
        buffer_free(&whole);
        arena_free(&memory);
    }
}

/* --- what is wrong is told -------------------------------------------------------------------------------------------------------- */

static void what_was_changed_is_told(void **state)
{
    (void)state;
    static const char *const changes[] = {
        ("UPDATE neighbourhood SET incidents = (SELECT incidents FROM neighbourhood ORDER BY day DESC, area LIMIT 1) WHERE day = (SELECT min(day) "
         "FROM neighbourhood WHERE day > 0)"),
        "DELETE FROM neighbourhood WHERE day = (SELECT max(day) FROM neighbourhood)",
        "UPDATE truce_cell SET counted = counted + 1 WHERE day = (SELECT max(day) FROM truce_cell)",
        "UPDATE town SET holder = 'nobody' WHERE place = (SELECT max(place) FROM town)",
        "DELETE FROM town WHERE place = (SELECT max(place) FROM town)",
        "UPDATE town_claim SET last = last + 1 WHERE record = (SELECT max(record) FROM town_claim)",
    };
    marsad_archive *a = archive_of("changed", 0, ARTICLES, NOW);
    assert_int_equal(faults_of(a), 0);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        must(db_run(a->store.db, &err, changes[i], DB_NONE));
        if (faults_of(a) == 0)
            fail_msg("not told: %s", changes[i]);
        must(marsad_archive_remake(a, NOW, NULL, NULL, &err));
        assert_int_equal(faults_of(a), 0);
    }
    marsad_archive_close(a);
}

/* --- files that change -------------------------------------------------------------------------------------------------------------- */

static void what_other_files_made_is_made_again(void **state)
{
    (void)state;
    buffer before = {0}, after = {0};
    int64_t cells;
    marsad_archive *a = archive_of("files", 0, ARTICLES, NOW);
    add_kept(&before, a);

    /* an agreement: its ledgers alone */
    must(db_run(a->store.db, &err, "UPDATE made SET files = 'other' WHERE name LIKE 'syria-coh%'", DB_NONE));
    must(db_run(a->store.db, &err, "UPDATE truce_cell SET counted = 77", DB_NONE));
    answers_must_be_those_of_records(a);
    must(marsad_archive_refresh(a, NOW, &err));
    must(db_ask_int(a->store.db, &cells, 0, &err, "SELECT count(*) FROM truce_cell WHERE counted = 77 AND ledger LIKE 'syria-coh%'", DB_NONE));
    assert_int_equal(cells, 0);
    answers_must_be_those_of_records(a);

    /* rules: everything */
    must(db_run(a->store.db, &err, "UPDATE made SET files = 'other' WHERE name = 'incidents'", DB_NONE));
    must(db_run(a->store.db, &err, "UPDATE town SET holder = 'nobody'", DB_NONE));
    answers_must_be_those_of_records(a);
    must(marsad_archive_refresh(a, NOW, &err));
    add_kept(&after, a);
    must_equal("made again by the rules at hand", &before, &after);
    marsad_archive_close(a);
    buffer_free(&before);
    buffer_free(&after);
}

/* --- packing ------------------------------------------------------------------------------------------------------------------------ */

/* No byte of what is packed can be changed or cut off so that reading it does harm; a piece that is cut is refused. */
static void damaged_packs_are_refused(void **state)
{
    (void)state;
    arena memory = {0};
    neighbourhood_list list = {0};
    marsad_archive *a = archive_of("packs", 0, ARTICLES, NOW);
    must(store_neighbourhoods_behind(&a->store, INT32_MIN, "", 1000, &list, &memory, &err));
    assert_true(list.count > 3);
    for (uint32_t n = 0; n < list.count && n < 8; n++) {
        arena own = {0};
        incident_list out = {0};
        char *bytes = arena_string(&memory, list.items[n].incidents);
        const size_t size = list.items[n].incidents.len;
        must(incidents_unpack(&out, list.items[n].incidents, list.items[n].told, &own, &err));
        for (size_t at = 0; at < size; at++) {
            out = (incident_list){0};
            assert_int_equal(incidents_unpack(&out, (view){bytes, at}, (view){0}, &own, &err), MARSAD_ERR_FORMAT);
            for (unsigned bit = 0; bit < 8; bit++) {
                out = (incident_list){0};
                bytes[at] = (char)(bytes[at] ^ 1 << bit);
                (void)incidents_unpack(&out, (view){bytes, size}, list.items[n].told, &own, &err);
                bytes[at] = (char)(bytes[at] ^ 1 << bit);
            }
            arena_reset(&own);
        }
        arena_free(&own);
    }
    arena_free(&memory);
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(piece_by_piece_is_made_at_once),
        cmocka_unit_test(what_was_changed_is_told),
        cmocka_unit_test(what_other_files_made_is_made_again),
        cmocka_unit_test(damaged_packs_are_refused),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
