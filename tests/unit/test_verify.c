/* Verifying: what was changed behind the archive's back is told, and where. */
#include "unit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "archives.h"
#include "databases.h"
#include "marsad_ledger.h"

enum { NOW = 1463000000, ARTICLES = 8 };

static marsad_error err;

/* --- what is told ---------------------------------------------------------------------------------------------------------------- */

static void note(void *context, bool is_fault, const char *what)
{
    buffer *told = context;
    buffer_format(told, "%s%s\n", is_fault ? "" : "note: ", what);
}

/* Faults that verifying tells of the archive at `path`; their words in `told`, NUL-terminated. */
static uint64_t faults_of(const char *path, buffer *told, marsad_verdict *verdict)
{
    marsad_archive *a;
    told->used = 0;
    *verdict = (marsad_verdict){0};
    if (marsad_archive_open(&a, path, MARSAD_ARCHIVE_READ_ONLY, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK) {
        buffer_format(told, "cannot be opened: %s", err.message);
        buffer_add(told, "", 1);
        return 1;
    }
    assert_int_equal(marsad_archive_verify(a, MARSAD_VERIFY_VIEWS, note, told, verdict, &err), MARSAD_OK);
    marsad_archive_close(a);
    buffer_add(told, "", 1);
    return verdict->faults;
}

/* The id of the first row of a table; free() it. */
static char *first_id(marsad_archive *a, const char *table)
{
    buffer all = {0};
    table_text(&all, a, table, "");
    const size_t len = strcspn(all.bytes, "|");
    char *id = strndup(all.bytes, len);
    buffer_free(&all);
    return id;
}

static bool keep_record(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c], "record") == 0)
            snprintf(context, ID_BYTES, "%.*s", (int)cells[c].text.len, cells[c].text.ptr);
    return false;
}

/* A mark, a setting, and a bulletin that is signed. */
static void add_ledger(marsad_archive *a)
{
    static const char agreement[] = "syria-coh-2016-02-27";
    char record[ID_BYTES] = "";
    int64_t number;
    const marsad_bulletin_plan plan = {.bulletin = {.day = {2016, 5, 9}, .agreement = agreement}, .person = "amal"};
    assert_int_equal(marsad_archive_list(a, "candidates", &(marsad_question){.agreement = agreement}, keep_record, record, &err), MARSAD_OK);
    const marsad_mark mark = {.agreement = agreement, .record = record, .mark = "insufficient", .reason = "no place", .person = "amal"};
    assert_int_equal(marsad_truce_mark(a, &mark, NOW + 6, &err), MARSAD_OK);
    assert_int_equal(marsad_setting_set(a, "organisation", "Observatory", "amal", NOW + 6, &err), MARSAD_OK);
    assert_int_equal(marsad_bulletin_prepare(a, &plan, NOW + 7, &number, &err), MARSAD_OK);
    assert_int_equal(marsad_bulletin_sign(a, number, "karim", NOW + 8, &err), MARSAD_OK);
}

/* An archive with something of everything; its path. */
static const char *whole_archive(const char *name)
{
    marsad_archive *a = archive_of(name, 0, ARTICLES, NOW);
    char *r = first_id(a, "records");
    assert_int_equal(marsad_archive_begin(a, NOW + 5, "test", &err), MARSAD_OK);
    assert_int_equal(marsad_archive_problem(a, "news.jsonl", 7, "no JSON", &err), MARSAD_OK);
    assert_int_equal(marsad_archive_commit(a, &err), MARSAD_OK);
    add_ledger(a);
    assert_int_equal(decide(a, "edit", "amal", r, NULL, "days=2016-05-02", "it says so", NOW + 10, &err), MARSAD_OK);
    assert_int_equal(decide(a, "accept", "amal", r, NULL, NULL, NULL, NOW + 20, &err), MARSAD_OK);
    assert_int_equal(decide(a, "verify", "karim", r, NULL, NULL, NULL, NOW + 30, &err), MARSAD_OK);
    assert_int_equal(decide(a, "take", "karim", r, NULL, NULL, NULL, NOW + 40, &err), MARSAD_OK);
    marsad_archive_close(a);
    free(r);
    return archive_path(NULL);
}

/* --- one change each ----------------------------------------------------------------------------------------------------------------- */

/* The statement as PostgreSQL takes it, where it differs there; NULL for what cannot be there. */
static const char *in_sql_of_engine(const char *sql)
{
    static const struct {
        const char *sqlite, *postgres;
    } differ[] = {
        {"UPDATE record SET body = replace(",
         "UPDATE record SET body = CAST(replace(CAST(body AS TEXT), '\"trigger\":', '\"trigger\": ') AS JSON) WHERE key = 3"},
        {"UPDATE place_box", NULL}, /* made by the server from the place */
        {"INSERT INTO article_words", "UPDATE article_words SET words = words || CAST('more words' AS tsvector) WHERE rowid = 2"},
    };
    for (size_t i = 0; databases_are_wanted() && i < sizeof differ / sizeof *differ; i++)
        if (view_starts(view_of(sql), view_of(differ[i].sqlite)))
            return differ[i].postgres;
    return sql;
}

static void a_changed_row_is_told_and_where(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *told;
    } rows[] = {
        {"UPDATE evidence SET bytes = zeroblob(length(bytes)) WHERE sha256 = (SELECT evidence FROM article WHERE key = 1)", "evidence "},
        {"UPDATE evidence SET media = 'html' WHERE sha256 = (SELECT evidence FROM article WHERE key = 1)", "is not what log line"},
        {"UPDATE article SET title = 'x' WHERE key = 2", "article 'A-"},
        {"UPDATE article SET published = published + 1 WHERE key = 2", "is not what log line"},
        {"UPDATE article SET text = (SELECT text FROM article WHERE key = 2), text_size = (SELECT text_size FROM article WHERE key = 2) WHERE key = "
         "3",
         "the text of article"},
        {"UPDATE article SET signature = zeroblob(length(signature)) WHERE key = 2", "the signature of article"},
        {"DELETE FROM copy_band WHERE article = 2 AND band = (SELECT min(band) FROM copy_band WHERE article = 2)", "the bands that copies"},
        {"UPDATE article SET chain = 1 WHERE key = 3", "chain of its copies"},
        {"UPDATE record SET body = replace(body, '\"trigger\":', '\"trigger\": ') WHERE key = 3", "the records of article"},
        {"UPDATE record SET state = 7 WHERE key = 4", "is in another state than was decided"},
        {"UPDATE record SET verified = 0 WHERE state = 2", "is in another state than was decided"},
        {"UPDATE record SET kind = kind + 1 WHERE key = 4", "another kind"},
        {"UPDATE record SET day = day + 1 WHERE key = 4", "another neighbourhood"},
        {"UPDATE record SET body = (SELECT body FROM record WHERE key = 4) WHERE state = 2", "does not say what was decided"},
        {"DELETE FROM record WHERE key = 5", "the records of article"},
        {"UPDATE decision SET person = 'somebody' WHERE key = 1", "decision 1 is not what"},
        {"UPDATE decision SET reason = 'none' WHERE key = 1", "decision 1 is not what"},
        {"DELETE FROM decision WHERE key = 2", "decision 2 of log line"},
        {"INSERT INTO decision(line, time, person, what, record, detail, reason) SELECT 3, time, person, what, record, detail, reason FROM decision",
         "no line of the log tells of decision"},
        {"INSERT INTO bond SELECT a.id, b.id, 1 FROM record a, record b WHERE a.key = 1 AND b.key = 2", "merges and splits"},
        {"UPDATE lease SET until = until + 1", "was never taken"},
        {"UPDATE batch SET added = added + 1 WHERE key = 1", "batch '1'"},
        {"UPDATE problem SET reason = 'none'", "batch '2'"},
        {"UPDATE place SET name = 'x' WHERE key = 1", "place '"},
        {"UPDATE truce_mark SET mark = 'breach'", "truce-mark '1' is not what"},
        {"DELETE FROM truce_mark", "truce-mark '1' of log line"},
        {"INSERT INTO truce_mark SELECT key + 1, time, person, agreement, version, rule, counted, record, accused, 'breach', reason FROM truce_mark",
         "no line of the log tells of truce-mark '2'"},
        {"UPDATE setting SET value = 'x'", "setting '1' is not what"},
        {"UPDATE bulletin SET day = day + 1", "bulletin '1' is not what"},
        {"UPDATE bulletin SET root = zeroblob(32)", "bulletin '1' is not what"},
        {"UPDATE bulletin SET sha256 = zeroblob(32)", "the files of bulletin 1 are not those"},
        {"UPDATE bulletin_file SET bytes = zeroblob(length(bytes)) WHERE form = 'print'", "'print' is not what was kept"},
        {"UPDATE bulletin_file SET (sha256, size, bytes) = (SELECT sha256, size, bytes FROM bulletin_file WHERE form = 'text') WHERE form = 'html'",
         "the files of bulletin 1 are not those"},
        {"DELETE FROM bulletin_file WHERE form = 'html'", "no bulletin 1 in form 'html'"},
        {"UPDATE bulletin_signature SET person = 'Amal'", "bulletin 1 is signed by who prepared it"},
        {"UPDATE bulletin_signature SET sha256 = zeroblob(32)", "the signature of bulletin 1 is of other files"},
        {"DELETE FROM bulletin_signature", "bulletin-signed '1' of log line"},
        {"UPDATE place_box SET west = west - 1 WHERE key = 1", "boxes"},
        {"UPDATE incident SET chains = chains + 1 WHERE key = 1 AND gone IS NULL", "is not what its records tell"},
        {"UPDATE incident SET made = made + 1 WHERE key = 1", "when incident"},
        {"UPDATE record SET incident = NULL WHERE key = 6", "not what its records tell"},
        {"INSERT INTO article_words(rowid, words) VALUES(2, 'more words')", "search words of article"},
        {"UPDATE log SET detail = detail || ' ' WHERE line = 3", "log line 3 is not what it was"},
        {"UPDATE log SET hash = zeroblob(32) WHERE line = 3", "log line 3 is not what it was"},
        {"UPDATE log SET time = time + 1 WHERE line = 4", "log line 4 is not what it was"},
        {"DELETE FROM log WHERE line = 5", "log line 5 is missing"},
        {"DELETE FROM log WHERE line = (SELECT max(line) FROM log)", "no line of the log tells of decision"},
        {"DROP INDEX record_kind; CREATE INDEX record_kind ON record(kind); DELETE FROM stale; UPDATE batch SET key = key", "the schema is not"},
    };
    buffer told = {0};
    marsad_verdict verdict;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *sql = in_sql_of_engine(rows[i].sql);
        if (sql == NULL)
            continue;
        const char *path = whole_archive("changed");
        archive_change(path, sql);
        if (faults_of(path, &told, &verdict) == 0 || strstr(told.bytes, rows[i].told) == NULL)
            fail_msg("%s: %s", rows[i].sql, told.bytes);
    }
    buffer_free(&told);
}

static void a_whole_archive_is_ok_and_a_clock_that_went_back_is_told(void **state)
{
    (void)state;
    buffer told = {0};
    marsad_verdict verdict;
    const char *path = whole_archive("whole");
    assert_int_equal(faults_of(path, &told, &verdict), 0);
    assert_string_equal(told.bytes, "");
    assert_int_equal(verdict.articles, ARTICLES);
    assert_int_equal(verdict.decisions, 4);
    assert_int_equal(strlen(verdict.root), 64);

    marsad_archive *a = archive_again(path, 0);
    char *r = first_id(a, "records");
    assert_int_equal(decide(a, "reopen", "amal", r, NULL, NULL, "again", NOW - 1000, &err), MARSAD_ERR_ARGUMENT); /* leased */
    assert_int_equal(decide(a, "reopen", "karim", r, NULL, NULL, "again", NOW - 1000, &err), MARSAD_OK);
    marsad_archive_close(a);
    free(r);
    assert_int_equal(faults_of(path, &told, &verdict), 0);
    assert_non_null(strstr(told.bytes, "the clock is 1040 seconds behind"));
    buffer_free(&told);
}

/* --- any bit --------------------------------------------------------------------------------------------------------------------------- */

static bool lose_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    buffer *out = context;
    for (size_t c = 0; c < count; c++) {
        buffer_format(out, "%s=%d:%lld:%.17g:", columns[c], (int)cells[c].type, (long long)cells[c].integer, cells[c].real);
        buffer_add(out, cells[c].text.ptr, cells[c].text.len);
    }
    buffer_text(out, "\n");
    return true;
}

/* All that the archive answers: tables, texts, what is found by words and in a box. */
static void ask_everything(marsad_archive *a, buffer *out)
{
    static const char *const tables[] = {"incidents", "articles", "records", "batches", "problems", "tombstones", "log",
                                         "decisions", "queue",    "tallies", "control", "settings", "bulletins",  "bulletin-files"};
    static const char *const words[] = {"حلب", "قتل", "غارات", "المدني"};
    out->used = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (marsad_archive_list(a, tables[i], &(marsad_question){.now = NOW + 60}, lose_row, out, &err) != MARSAD_OK)
            buffer_format(out, "%s: %s\n", tables[i], err.message);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (marsad_archive_list(a, "articles", &(marsad_question){.words = words[i]}, lose_row, out, &err) != MARSAD_OK)
            buffer_format(out, "%s: %s\n", words[i], err.message);
    if (marsad_archive_list(a, "incidents", &(marsad_question){.has_box = true, .west = 36, .south = 35, .east = 38, .north = 37}, lose_row, out,
                            &err) != MARSAD_OK)
        buffer_format(out, "box: %s\n", err.message);
    static const char *const forms[] = {"text", "html", "print"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (marsad_bulletin_text(a, 1, forms[i], buffer_write, out, &err) != MARSAD_OK)
            buffer_format(out, "bulletin: %s\n", err.message);
    if (marsad_archive_list(a, "candidates", &(marsad_question){.agreement = "syria-coh-2016-02-27"}, lose_row, out, &err) != MARSAD_OK)
        buffer_format(out, "candidates: %s\n", err.message);
    buffer ids = {0};
    table_text(&ids, a, "articles", "");
    buffer_add(&ids, "", 1);
    for (const char *at = ids.bytes; at[0] == 'A'; at = strchr(at, '\n') + 1) {
        arena memory = {0};
        char id[ID_BYTES];
        view text = {"", 0};
        snprintf(id, sizeof id, "%.18s", at);
        if (store_article_text(&a->store, id, &text, &memory, &err) == MARSAD_OK)
            buffer_add(out, text.ptr, text.len);
        arena_free(&memory);
    }
    buffer_free(&ids);
    buffer_add(out, "", 1);
}

static view read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const long size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)size);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    return (view){bytes, (size_t)size};
}

static void write_flipped(const char *path, view whole, size_t at, unsigned bit)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    const char flipped = (char)(whole.ptr[at] ^ (char)(1U << bit));
    assert_int_equal(fwrite(whole.ptr, 1, at, file), at);
    assert_int_equal(fwrite(&flipped, 1, 1, file), 1);
    assert_int_equal(fwrite(whole.ptr + at + 1, 1, whole.len - at - 1, file), whole.len - at - 1);
    assert_int_equal(fclose(file), 0);
}

typedef struct {
    view whole;
    buffer answers, again, told;
    size_t tried, found;
    char path[256];
} flips;

/* A flipped bit is told, or nothing that is answered is another. */
static void flip(flips *f, size_t at, unsigned bit)
{
    marsad_verdict verdict;
    write_flipped(f->path, f->whole, at, bit);
    f->tried++;
    if (faults_of(f->path, &f->told, &verdict) > 0) {
        f->found++;
        return;
    }
    marsad_archive *a = archive_again(f->path, MARSAD_ARCHIVE_READ_ONLY);
    ask_everything(a, &f->again);
    marsad_archive_close(a);
    if (strcmp(f->answers.bytes, f->again.bytes) != 0)
        fail_msg("bit %u of byte %zu (page %zu, byte %zu of it): nothing is told, and answers differ", bit, at, at / 4096 + 1, at % 4096);
}

static void a_flipped_bit_is_told_or_changes_no_answer(void **state)
{
    (void)state;
    enum { PAGE = 4096, HEADER = 100, BITS_A_PAGE = 4 };
    flips f = {0};
    if (databases_are_wanted())
        skip(); /* the server keeps checksums of its pages */
    snprintf(f.path, sizeof f.path, "%s", whole_archive("flipped"));
    f.whole = read_file(f.path);
    marsad_archive *a = archive_again(f.path, MARSAD_ARCHIVE_READ_ONLY);
    ask_everything(a, &f.answers);
    marsad_archive_close(a);

    uint64_t seed = 20160507; /* splitmix64 */
    for (size_t at = 0; at < HEADER; at++)
        flip(&f, at, (unsigned)(at % 8));
    for (size_t page = 0; page < f.whole.len / PAGE; page++)
        for (size_t i = 0; i < BITS_A_PAGE; i++) {
            seed += UINT64_C(0x9E3779B97F4A7C15);
            uint64_t z = (seed ^ (seed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
            z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
            flip(&f, page * PAGE + (z >> 8) % PAGE, (unsigned)(z % 8));
        }
    print_message("%zu of %zu flipped bits told; the others changed no answer\n", f.found, f.tried);
    assert_true(f.found > f.tried / 4);
    free((void *)f.whole.ptr);
    buffer_free(&f.answers);
    buffer_free(&f.again);
    buffer_free(&f.told);
}

/* --- roots and stamps -------------------------------------------------------------------------------------------------------------------- */

/* As much of a token as is looked at: SEQUENCE { OBJECT IDENTIFIER of TSTInfo, OCTET STRING { SEQUENCE { OCTET STRING hash } } }. */
static view token_of(unsigned char out[64], const char *root)
{
    static const unsigned char head[] = {0x30, 51,   0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01,
                                         0x09, 0x10, 0x01, 0x04, 0x04, 36,   0x30, 34,   0x04, 32};
    memcpy(out, head, sizeof head);
    assert_int_equal(sodium_hex2bin(out + sizeof head, 32, root, 64, NULL, NULL, NULL), 0);
    return (view){(const char *)out, sizeof head + 32};
}

static void a_stamp_of_the_days_root_is_kept_and_no_other(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("stamp", 0, 2, NOW);
    char root[65], later[65];
    int64_t line, last;
    unsigned char bytes[64];
    assert_int_equal(marsad_archive_root(a, (marsad_date){2016, 5, 11}, &line, root, &err), MARSAD_OK);
    archive_add(a, 2, 1, NOW + 86400);
    assert_int_equal(marsad_archive_root(a, (marsad_date){0}, &last, later, &err), MARSAD_OK);
    assert_true(last > line);
    assert_string_not_equal(root, later);
    int64_t same;
    char again[65];
    assert_int_equal(marsad_archive_root(a, (marsad_date){2016, 5, 11}, &same, again, &err), MARSAD_OK);
    assert_string_equal(root, again);
    assert_int_equal(marsad_archive_root(a, (marsad_date){2016, 5, 10}, &same, again, &err), MARSAD_OK);
    assert_int_equal(same, 0);

    view token = token_of(bytes, root);
    assert_int_equal(marsad_archive_stamp(a, (marsad_date){0}, token, NOW + 90000, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "something else than the root"));
    for (size_t cut = 0; cut < token.len; cut++)
        assert_int_equal(marsad_archive_stamp(a, (marsad_date){2016, 5, 11}, (view){token.ptr, cut}, NOW + 90000, &err), MARSAD_ERR_FORMAT);
    bytes[4] ^= 1;
    assert_int_equal(marsad_archive_stamp(a, (marsad_date){2016, 5, 11}, token, NOW + 90000, &err), MARSAD_ERR_FORMAT);
    bytes[4] ^= 1;
    assert_int_equal(marsad_archive_stamp(a, (marsad_date){2016, 5, 11}, token, NOW + 90000, &err), MARSAD_OK);
    marsad_archive_close(a);

    buffer told = {0};
    marsad_verdict verdict;
    const char *path = archive_path(NULL);
    assert_int_equal(faults_of(path, &told, &verdict), 0);
    archive_change(path, "UPDATE stamp SET line = line + 1");
    assert_int_equal(faults_of(path, &told, &verdict), 1);
    assert_non_null(strstr(told.bytes, "stamp '1' is not what"));
    buffer_free(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_archive_is_ok_and_a_clock_that_went_back_is_told),
        cmocka_unit_test(a_changed_row_is_told_and_where),
        cmocka_unit_test(a_flipped_bit_is_told_or_changes_no_answer),
        cmocka_unit_test(a_stamp_of_the_days_root_is_kept_and_no_other),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
