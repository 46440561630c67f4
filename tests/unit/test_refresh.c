/* Incidents kept up to date piece by piece are those made of everything at once, whatever came in when. */
#include "unit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/body.h"
#include "archive/words.h"
#include "databases.h"
#include "keeping.h"

enum { ARTICLES = 60, ROUNDS = 6, FIRST_DAY = 16900, NOW = 1600000000 };

static unsigned roll(uint64_t *seed, unsigned sides)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % sides;
}

/* --- articles at random, few places and days, so that much can be joined ------------------------------------------------------------------ */

typedef struct {
    stored_article article;
    stored_record record;
    stored_place place;
    bool tells; /* it has the record */
} news;

/* Of three texts in a row the first two share too little to be copies, and the third, which tells nothing, is a copy of both. */
static const char *text_make(arena *memory, unsigned number)
{
    static const unsigned shift[] = {0, 6, 3};
    const char *text = "";
    for (unsigned i = 0; i < 16; i++)
        text = arena_format(memory, "%s t%uw%u", text, number / 3, i + shift[number % 3]);
    return text;
}

static const char *body_make(arena *memory, uint64_t *seed, int32_t published, unsigned number)
{
    static const char *const kinds[] = {"airstrike", "shelling", "attack", "killing", "capture"};
    static const char *const parties[] = {"russia", "isis", "unknown"};
    const unsigned place = number / 12 % 3, killed = 1 + roll(seed, 9);
    const marsad_date day = day_date(published - (int32_t)roll(seed, 2));
    const char *when = roll(seed, 2) == 0 ? "null"
                                          : arena_format(memory, "{\"start\":\"%04d-%02d-%02d\",\"end\":\"%04d-%02d-%02d\",\"precision\":\"day\"}",
                                                         day.year, day.month, day.day, day.year, day.month, day.day);
    return arena_format(
        memory,
        "{\"kind\":\"%s\",\"trigger\":[0,1],\"sentence\":[0,1],\"modality\":\"%s\",\"actors\":[{\"who\":\"%s\"}],\"targets\":[],"
        "\"places\":[{\"id\":\"SY-%u\",\"norm\":\"p%u\",\"relation\":\"in\",\"precision\":\"town\",\"country\":\"SY\",\"admin1\":\"a%u\","
        "\"lat\":36,\"lon\":37}],\"when\":%s,\"figures\":[{\"of\":\"killed\",\"value\":%u,\"bound\":\"exact\",\"low\":%u,\"high\":%u}],"
        "\"sources\":[],\"quoted\":false,\"confidence\":0.9}",
        kinds[number / 12 % 5], roll(seed, 8) == 0 ? "denied" : "asserted", parties[roll(seed, 3)], place, place, place / 2, when, killed, killed,
        killed);
}

static void news_make(news *n, arena *memory, const rule_set *rules, uint64_t *seed, unsigned number)
{
    const char *text = text_make(memory, number);
    n->tells = number % 3 != 2;
    stored_article *a = &n->article;
    buffer keys = {0};
    *a = (stored_article){.outlet = view_of(number % 2 == 0 ? "one" : "two"),
                          .given_id = view_of(""),
                          .url = view_of(""),
                          .title = view_of(arena_format(memory, "%u", number)),
                          .note = view_of(""),
                          .published = FIRST_DAY + (int32_t)roll(seed, 6),
                          .evidence_size = strlen(text),
                          .text_size = strlen(text),
                          .media = "text",
                          .reader = "test"};
    crypto_hash_sha256(a->evidence_sha256, (const unsigned char *)text, strlen(text));
    crypto_hash_sha256(a->text_sha256, (const unsigned char *)text, strlen(text));
    assert_true(pack_bytes(view_of(text), &a->evidence, memory) && pack_bytes(view_of(text), &a->text, memory));
    words_add_keys(&keys, view_of(text));
    a->keys = view_of(arena_string(memory, (view){keys.bytes, keys.used}));
    buffer_free(&keys);
    signature_of(&a->signature, a->keys);
    article_id(a->id, a);

    marsad_error err;
    incident_neighbourhood where;
    record_id(n->record.id, a->id, "0");
    n->record.body = view_of(body_make(memory, seed, a->published, number));
    statement s = {.id = n->record.id, .article = a->id, .chain = a->id, .outlet = "", .url = "", .published = a->published};
    assert_int_equal(body_read(&s, n->record.body, memory, &err), MARSAD_OK);
    assert_true(incident_neighbourhood_of(&where, &s, rules, memory));
    n->place = (stored_place){.id = s.places[0].id,
                              .name = s.places[0].norm,
                              .name_en = "",
                              .country = "SY",
                              .admin1 = s.places[0].admin1,
                              .admin2 = "",
                              .feature = "town",
                              .lat = 36,
                              .lon = 37};
    n->record.kind = s.kind;
    n->record.modality = s.modality;
    n->record.area = where.area;
    n->record.day = where.day;
    n->record.place = &n->place;
}

/* --- archives ----------------------------------------------------------------------------------------------------------------------------- */

static marsad_archive *archive_new(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    const bool is_file = !databases_are_wanted();
    if (!is_file)
        path = database_anew("refresh");
    marsad_archive *archive;
    marsad_error err = {0};
    char full[128];
    for (size_t i = 0; is_file && i < 3; i++) {
        snprintf(full, sizeof full, "%s%s", path, endings[i]);
        unlink(full);
    }
    if (marsad_archive_open(&archive, path, MARSAD_ARCHIVE_CREATE, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    return archive;
}

static void refresh(marsad_archive *archive)
{
    marsad_error err = {0};
    if (marsad_archive_refresh(archive, NOW, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
}

/* Adds articles[order[from .. to)], and refreshes. */
static void add_some(marsad_archive *archive, const news *all, const unsigned *order, unsigned from, unsigned to)
{
    marsad_error err = {0};
    assert_int_equal(marsad_archive_begin(archive, NOW, "test", &err), MARSAD_OK);
    for (unsigned i = from; i < to; i++) {
        bool is_new;
        assert_int_equal(
            store_add_article(&archive->store, &all[order[i]].article, &all[order[i]].record, all[order[i]].tells ? 1 : 0, &is_new, &err), MARSAD_OK);
        assert_true(is_new);
    }
    assert_int_equal(marsad_archive_commit(archive, &err), MARSAD_OK);
    refresh(archive);
}

/* All that is said of living incidents, and which records they hold. */
static const char *incidents_of(marsad_archive *archive, arena *memory)
{
    buffer all = {0};
    db_rows *rows;
    marsad_error err = {0};
    assert_int_equal(
        db_ask(archive->store.db, &rows, &err,
               "SELECT i.id || ' ' || i.area || ' ' || i.day || ' ' || i.flags || ' ' || i.grade || ' ' || i.chains || ' ' || i.body || ' ' || r.id"
               " FROM record r JOIN incident i ON i.key = r.incident WHERE i.gone IS NULL ORDER BY i.id, r.id",
               DB_NONE),
        MARSAD_OK);
    size_t count = 0;
    for (; db_next(rows, &err) == MARSAD_OK; count++) {
        const view line = db_get_text(rows, 0);
        buffer_add(&all, line.ptr, line.len);
        buffer_text(&all, "\n");
    }
    db_end(rows);
    assert_int_equal(count, ARTICLES / 3 * 2); /* each record is in one */
    const char *kept = arena_string(memory, (view){all.bytes, all.used});
    buffer_free(&all);
    return kept;
}

static void test_piece_by_piece(void **state)
{
    (void)state;
    char folder[] = "/tmp/marsad-refresh-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.marsad", folder);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        arena memory = {0};
        uint64_t seed = round + 1;
        news all[ARTICLES];
        unsigned order[ARTICLES];
        marsad_archive *archive = archive_new(path);
        for (unsigned i = 0; i < ARTICLES; i++) {
            news_make(&all[i], &memory, archive->rules, &seed, i);
            order[i] = i;
        }
        add_some(archive, all, order, 0, ARTICLES);
        const char *at_once = incidents_of(archive, &memory);
        marsad_archive_close(archive);

        for (unsigned i = ARTICLES; i > 1; i--) {
            const unsigned j = roll(&seed, i), other = order[i - 1];
            order[i - 1] = order[j];
            order[j] = other;
        }
        archive = archive_new(path);
        for (unsigned at = 0; at < ARTICLES;) {
            const unsigned more = 1 + roll(&seed, 7), to = at + more < ARTICLES ? at + more : ARTICLES;
            add_some(archive, all, order, at, to);
            at = to;
        }
        const char *piece_by_piece = incidents_of(archive, &memory);
        if (strcmp(at_once, piece_by_piece) != 0)
            fail_msg("seed %d: at once\n%s\npiece by piece\n%s", (int)round + 1, at_once, piece_by_piece);
        marsad_archive_close(archive);
        arena_free(&memory);
    }
    marsad_archive *archive = archive_new(path); /* what remains is an empty one */
    marsad_archive_close(archive);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_piece_by_piece)};
    return cmocka_run_group_tests(tests, NULL, databases_end);
}
