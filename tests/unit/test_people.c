/* Roles, accounts and API tokens: what may be done, what is kept of it, and what verifying says of what was changed behind its back. */
#include "unit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "archives.h"
#include "databases.h"
#include "marsad_people.h"
#include "people/people.h"
#include "refuse_alloc.h"
#include "review_steps.h"

enum { NOW = 1463000000, DAY = 86400 };

static marsad_error err;

#define PASSWORD(text)                                                                                                                               \
    (marsad_view)                                                                                                                                    \
    {                                                                                                                                                \
        (text), sizeof(text) - 1                                                                                                                     \
    }
static const marsad_view no_password = {NULL, 0};

static unsigned roles(const char *names)
{
    marsad_roles set = 0;
    assert_true(marsad_roles_read(&set, names));
    return set;
}

static unsigned rights(const char *names)
{
    marsad_rights set = 0;
    assert_true(marsad_rights_read(&set, names));
    return set;
}

static marsad_archive *empty_archive(const char *name)
{
    return archive_again(archive_path(name), MARSAD_ARCHIVE_CREATE);
}

static void add(marsad_archive *a, const char *name, const char *names)
{
    if (marsad_account_add(a, NULL, name, roles(names), no_password, NOW, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
}

/* --- roles ----------------------------------------------------------------------------------------------------------------------- */

static void each_role_allows_what_the_table_says(void **state)
{
    (void)state;
    static const struct {
        const char *role, *rights;
    } rows[] = {{"reader", "read"},           {"coder", "read,code"},       {"verifier", "read,verify"},
                {"editor", "read,code,edit"}, {"releaser", "read,release"}, {"keeper", "read,keep"}};
    assert_int_equal(sizeof rows / sizeof *rows, MARSAD_ROLE_COUNT);
    for (unsigned i = 0; i < MARSAD_ROLE_COUNT; i++) {
        char text[MARSAD_SET_TEXT_BYTES];
        assert_string_equal(marsad_role_name((marsad_role)i), rows[i].role);
        marsad_rights_text(text, marsad_rights_of(roles(rows[i].role)));
        assert_string_equal(text, rows[i].rights);
        for (unsigned r = 0; r < MARSAD_RIGHT_COUNT; r++)
            assert_int_equal(marsad_role_allows(1U << i, (marsad_right)r), (rights(rows[i].rights) >> r & 1U) != 0);
    }
    assert_int_equal(marsad_rights_of(0), 0);
    assert_int_equal(marsad_rights_of(MARSAD_ROLES_ALL), (1U << MARSAD_RIGHT_COUNT) - 1);
    assert_string_equal(marsad_role_name(MARSAD_ROLE_COUNT), "");
    assert_false(marsad_role_allows(MARSAD_ROLES_ALL, MARSAD_RIGHT_COUNT));
}

static void sets_are_read_and_told(void **state)
{
    (void)state;
    char text[MARSAD_SET_TEXT_BYTES];
    marsad_roles set = 99;
    marsad_roles_text(text, roles("keeper, coder"));
    assert_string_equal(text, "coder,keeper");
    marsad_roles_text(text, MARSAD_ROLES_ALL);
    assert_string_equal(text, "reader,coder,verifier,editor,releaser,keeper");
    marsad_rights_text(text, 0);
    assert_string_equal(text, "");
    static const char *const wrong[] = {"", "boss", "coder,", ",coder", "coder;editor", "Coder"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(marsad_roles_read(&set, wrong[i]));
    assert_int_equal(set, 99);
}

static void every_decision_needs_a_right(void **state)
{
    (void)state;
    static const char *const whats[] = {"take",          "leave",      "accept", "edit",  "reject", "duplicate", "needs-source",
                                        "cannot-verify", "contradict", "verify", "merge", "split",  "reopen",    NULL};
    for (size_t i = 0; whats[i] != NULL; i++) {
        assert_non_null(review_step_find(whats[i]));
        assert_int_not_equal(marsad_decision_rights(whats[i]), 0);
        assert_false(marsad_rights_allow(marsad_decision_rights(whats[i]), MARSAD_RIGHT_READ));
    }
    assert_int_equal(marsad_decision_rights("take"), rights("code,verify"));
    assert_int_equal(marsad_decision_rights("verify"), rights("verify"));
    assert_int_equal(marsad_decision_rights("reopen"), rights("edit"));
    assert_int_equal(marsad_decision_rights("close"), 0);
}

/* --- accounts ---------------------------------------------------------------------------------------------------------------------- */

static void a_name_is_one_name_in_any_case(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("names");
    marsad_account account;
    bool found;
    add(a, "Amal", "coder,verifier");
    add(a, "\u0623\u0645\u0644", "reader");
    assert_int_equal(marsad_account_find(a, "AMAL", &account, &found, &err), MARSAD_OK);
    assert_true(found && account.is_active && !account.has_password);
    assert_string_equal(account.name, "Amal");
    assert_int_equal(account.roles, roles("coder,verifier"));
    assert_int_equal(account.created, NOW);
    assert_int_equal(account.last_login, 0);
    static const char *const taken[] = {"amal", "\uFF21mal" /* a wide A */, "am\u200Dal" /* a joiner within */,
                                        "\u0627\u0645\u0644" /* without its hamza */};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        assert_int_equal(marsad_account_add(a, NULL, taken[i], roles("keeper"), no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "already"));

    char long_name[80];
    memset(long_name, 'x', 65);
    long_name[65] = 0;
    const char *const wrong[] = {"", " amal", "amal ", "a\nb", "\xFF", "\u200D", long_name};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(marsad_account_add(a, NULL, wrong[i], roles("coder"), no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
        assert_int_equal(marsad_account_find(a, wrong[i], &account, &found, &err), MARSAD_OK);
        assert_false(found);
    }
    long_name[64] = 0;
    add(a, long_name, "coder");
    assert_int_equal(marsad_account_add(a, NULL, "nobody", 0, no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_add(a, NULL, "nobody", 1U << MARSAD_ROLE_COUNT, no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_add(a, " ", "nobody", roles("coder"), no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(a);
}

static void a_password_has_bounds(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("bounds");
    char many[MARSAD_PASSWORD_MOST + 1];
    memset(many, 'x', sizeof many);
    assert_int_equal(marsad_account_add(a, NULL, "amal", roles("coder"), PASSWORD("nine byte"), NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_add(a, NULL, "amal", roles("coder"), PASSWORD(""), NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_add(a, NULL, "amal", roles("coder"), (view){many, sizeof many}, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_add(a, NULL, "amal", roles("coder"), PASSWORD("ten bytes!"), NOW, &err), MARSAD_OK);
    assert_int_equal(marsad_account_add(a, NULL, "karim", roles("coder"), (view){many, sizeof many - 1}, NOW, &err), MARSAD_OK);
    marsad_archive_close(a);
}

static void somebody_stays_keeper(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("keepers");
    add(a, "amal", "keeper,editor");
    add(a, "karim", "coder");
    const marsad_account_change closed = {.sets_active = true}, demoted = {.sets_roles = true, .roles = roles("reader")},
                                promoted = {.sets_roles = true, .roles = roles("keeper")}, opened = {.sets_active = true, .is_active = true},
                                none = {.sets_roles = true};
    assert_int_equal(marsad_account_update(a, "amal", "amal", &closed, NOW + 1, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_update(a, "amal", "amal", &demoted, NOW + 1, &err), MARSAD_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "keeper"));
    assert_int_equal(marsad_account_update(a, "amal", "karim", &promoted, NOW + 2, &err), MARSAD_OK);
    assert_int_equal(marsad_account_update(a, "karim", "AMAL", &closed, NOW + 3, &err), MARSAD_OK);
    assert_int_equal(marsad_account_update(a, "karim", "karim", &demoted, NOW + 4, &err), MARSAD_ERR_ARGUMENT); /* a closed keeper is none */
    assert_int_equal(marsad_account_update(a, "karim", "amal", &opened, NOW + 5, &err), MARSAD_OK);
    assert_int_equal(marsad_account_update(a, "karim", "karim", &demoted, NOW + 6, &err), MARSAD_OK);
    assert_int_equal(marsad_account_update(a, "amal", "karim", &none, NOW + 7, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_update(a, "amal", "nobody", &closed, NOW + 7, &err), MARSAD_ERR_ARGUMENT);

    buffer told = {0};
    assert_int_equal(table_text(&told, a, "log", "hash"), 6);
    buffer_add(&told, "", 1);
    assert_non_null(strstr(told.bytes, "|account|karim|seal "));
    assert_non_null(strstr(told.bytes, " added with roles editor,keeper, no password by who has the file|"));
    assert_non_null(strstr(told.bytes, " changed to roles editor,keeper, closed by karim|"));
    assert_non_null(strstr(told.bytes, " changed to roles reader, active by karim|"));
    buffer_free(&told);
    marsad_archive_close(a);
}

/* --- tokens ------------------------------------------------------------------------------------------------------------------------ */

static marsad_rights rights_by(marsad_archive *a, const char *token, int64_t now)
{
    marsad_person person;
    bool found;
    assert_int_equal(marsad_token_find(a, token, now, &person, &found, &err), MARSAD_OK);
    return found ? person.rights : 0;
}

static void a_token_allows_no_more_than_its_owner_may_now(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("tokens");
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES], other_id[MARSAD_TOKEN_ID_BYTES], other[MARSAD_TOKEN_BYTES];
    add(a, "amal", "keeper,coder,verifier");
    add(a, "karim", "keeper");
    const int64_t end = NOW + 30 * DAY;
    static const struct {
        const char *owner, *label, *scopes;
        int64_t expires;
    } wrong[] = {{"amal", "", "read", NOW + 30 * DAY},
                 {"amal", "a\tb", "read", NOW + 30 * DAY},
                 {"amal", "x", "read,edit", NOW + 30 * DAY},
                 {"amal", "x", "keep", NOW + 30 * DAY},
                 {"amal", "x", "read", NOW},
                 {"amal", "x", "read", NOW + 367 * DAY},
                 {"nobody", "x", "read", NOW + 30 * DAY}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(marsad_token_add(a, "amal", wrong[i].owner, wrong[i].label, rights(wrong[i].scopes), wrong[i].expires, NOW, id, token, &err),
                         MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "x", 0, end, NOW, id, token, &err), MARSAD_ERR_ARGUMENT);

    assert_int_equal(marsad_token_add(a, "amal", "Amal", "map", rights("read,code"), end, NOW, id, token, &err), MARSAD_OK);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "all", rights("read,code,verify"), end, NOW, other_id, other, &err), MARSAD_OK);
    assert_int_equal(strncmp(token, "marsad_", 7), 0);
    assert_int_equal(strlen(token), MARSAD_TOKEN_BYTES - 1);
    assert_string_not_equal(token, other);
    assert_int_equal(rights_by(a, token, NOW), rights("read,code"));
    assert_int_equal(rights_by(a, token, end - 1), rights("read,code"));
    assert_int_equal(rights_by(a, token, end), 0);
    assert_int_equal(rights_by(a, token + 7, NOW), 0);
    assert_int_equal(rights_by(a, "", NOW), 0);

    buffer cell = {0};
    assert_string_equal(cell_of(&cell, a, "tokens", "AMAL", "last_used"), "2016-06-10T20:53:19Z");
    assert_string_equal(cell_of(&cell, a, "tokens", "amal", "scopes"), "[\"read\",\"code\"]");
    assert_string_equal(cell_of(&cell, a, "tokens", "karim", "id"), "");
    buffer_free(&cell);

    const marsad_account_change fewer = {.sets_roles = true, .roles = roles("verifier")}, closed = {.sets_active = true},
                                opened = {.sets_active = true, .is_active = true};
    assert_int_equal(marsad_account_update(a, "karim", "amal", &fewer, NOW + 1, &err), MARSAD_OK);
    assert_int_equal(rights_by(a, token, NOW + 1), rights("read"));
    assert_int_equal(rights_by(a, other, NOW + 1), rights("read,verify"));
    assert_int_equal(marsad_token_remove(a, "karim", "karim", id, NOW + 2, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_token_remove(a, "amal", "amal", id, NOW + 2, &err), MARSAD_OK);
    assert_int_equal(marsad_token_remove(a, "amal", "amal", id, NOW + 2, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(rights_by(a, token, NOW + 2), 0);
    assert_int_equal(rights_by(a, other, NOW + 2), rights("read,verify"));
    assert_int_equal(marsad_account_update(a, "karim", "amal", &closed, NOW + 3, &err), MARSAD_OK);
    assert_int_equal(rights_by(a, other, NOW + 3), 0);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "x", rights("read"), end, NOW + 3, id, token, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_account_update(a, "karim", "amal", &opened, NOW + 4, &err), MARSAD_OK);
    assert_int_equal(rights_by(a, other, NOW + 4), 0); /* for good */
    marsad_archive_close(a);
}

/* --- what is kept -------------------------------------------------------------------------------------------------------------------- */

static void note(void *context, bool is_fault, const char *what)
{
    buffer_format(context, "%s%s\n", is_fault ? "" : "note: ", what);
}

static uint64_t faults(marsad_archive *a, buffer *told)
{
    marsad_verdict verdict;
    told->used = 0;
    assert_int_equal(marsad_archive_verify(a, MARSAD_VERIFY_VIEWS, note, told, &verdict, &err), MARSAD_OK);
    buffer_add(told, "", 1);
    return verdict.faults;
}

/* Two accounts, one closed, with a token, and one token that was removed. */
static marsad_archive *peopled_archive(const char *name)
{
    marsad_archive *a = empty_archive(name);
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES], code[MARSAD_CODE_BYTES];
    const marsad_account_change closed = {.sets_active = true};
    add(a, "amal", "keeper,coder");
    add(a, "karim", "coder");
    assert_int_equal(marsad_login_code(a, "amal", "karim", NOW, code, &err), MARSAD_OK);
    assert_int_equal(marsad_account_update(a, "amal", "karim", &closed, NOW, &err), MARSAD_OK);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "gone", rights("read"), NOW + DAY, NOW, id, token, &err), MARSAD_OK);
    assert_int_equal(marsad_token_remove(a, "amal", NULL, id, NOW, &err), MARSAD_OK);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "map", rights("read"), NOW + DAY, NOW, id, token, &err), MARSAD_OK);
    return a;
}

static void what_was_changed_behind_its_back_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *told;
    } rows[] = {
        {"UPDATE account SET roles = 63 WHERE name = 'amal'", "account 'amal' is not what log line"},
        {"UPDATE account SET active = 1 WHERE name = 'karim'", "account 'karim' is not what log line"},
        {"UPDATE account SET password = 'x' WHERE name = 'amal'", "account 'amal' is not what log line"},
        {"UPDATE account SET must_change = 1 WHERE name = 'amal'", "account 'amal' is not what log line"},
        {"UPDATE account SET name = 'boss' WHERE name = 'amal'", "account 'amal' of log line"},
        {"DELETE FROM account WHERE name = 'karim'", "account 'karim' of log line"},
        {"INSERT INTO account(name, folded, roles, active, password, must_change, created) VALUES('x', 'x', 63, 1, 'x', 0, 0)",
         "no line of the log tells of account 'x'"},
        {"UPDATE token SET scopes = 3", "is not what log line"},
        {"UPDATE token SET expires = expires + 1", "is not what log line"},
        {"UPDATE token SET account = 2", "is not what log line"},
        {"UPDATE token SET secret = zeroblob(32)", "is not what log line"},
        {"DELETE FROM token", "of log line 7 is missing"},
        {"INSERT INTO token(id, account, label, scopes, created, expires, secret) SELECT (SELECT subject FROM log WHERE line = 5), account, label,"
         " scopes, created, expires, zeroblob(32) FROM token",
         "is there, and log line 6 removed it"},
    };
    buffer told = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        marsad_archive *a = peopled_archive("behind");
        if (faults(a, &told) != 0)
            fail_msg("%s", told.bytes);
        archive_change(archive_path(NULL), rows[i].sql);
        if (faults(a, &told) == 0 || strstr(told.bytes, rows[i].told) == NULL)
            fail_msg("%s: '%s'", rows[i].sql, told.bytes);
        marsad_archive_close(a);
    }
    buffer_free(&told);
}

static bool add_bytes(void *context, const char *bytes, size_t size)
{
    return buffer_write(context, bytes, size);
}

static bool lose_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        buffer_format(context, "%s ", columns[c]);
        buffer_add(context, cells[c].text.ptr, cells[c].text.len);
    }
    return true;
}

static void export_one(void *context, const char *name, const char *ending, const char *summary)
{
    (void)ending;
    (void)summary;
    void **both = context;
    assert_int_equal(marsad_archive_export(both[0], name, &(marsad_question){0}, &(marsad_publication){.profile = "internal", .today = {2016, 5, 20}},
                                           add_bytes, both[1], &err),
                     MARSAD_OK);
}

/* Whether `text` has a part of `size` bytes of the value, as it is or in hexadecimal. */
static void assert_lacks(const buffer *text, view value)
{
    char hex[2 * 256 + 1];
    assert_true(value.len >= 8 && value.len <= 256);
    sodium_bin2hex(hex, sizeof hex, (const unsigned char *)value.ptr, value.len);
    const view forms[] = {value, view_of(hex)};
    for (size_t f = 0; f < 2; f++)
        for (size_t at = 0; at + forms[f].len <= text->used; at++)
            if (memcmp(text->bytes + at, forms[f].ptr, forms[f].len) == 0)
                fail_msg("a secret leaves the archive");
}

static void nothing_that_lets_in_leaves_the_archive(void **state)
{
    (void)state;
    marsad_archive *a = archive_of("leaves", 0, 4, NOW);
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES], code[MARSAD_CODE_BYTES];
    marsad_login login;
    assert_int_equal(marsad_account_add(a, NULL, "amal", MARSAD_ROLES_ALL, PASSWORD("correct horse"), NOW, &err), MARSAD_OK);
    assert_int_equal(marsad_token_add(a, "amal", "amal", "map", rights("read"), NOW + DAY, NOW, id, token, &err), MARSAD_OK);
    assert_int_equal(marsad_session_login(a, "amal", PASSWORD("correct horse"), "203.0.113.77", NOW, &login, &err), MARSAD_OK);
    assert_int_equal(login.result, MARSAD_LOGIN_OK);
    assert_int_equal(marsad_session_login(a, "amal", PASSWORD("wrong horse"), "203.0.113.77", NOW, &login, &err), MARSAD_OK);
    assert_int_equal(marsad_login_code(a, "amal", "amal", NOW, code, &err), MARSAD_OK);

    static const char *const tables[] = {"incidents", "articles", "records", "batches", "problems", "tombstones", "log",
                                         "decisions", "accounts", "tokens",  "queue",   "tallies",  "control",    "feeds"};
    buffer out = {0};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_int_equal(marsad_archive_list(a, tables[i], &(marsad_question){0}, lose_row, &out, &err), MARSAD_OK);
    void *both[] = {a, &out};
    marsad_export_formats(export_one, both);
    assert_non_null(strstr(out.bytes, "amal"));

    static const char *const secrets[] = {"SELECT password FROM account",  "SELECT substr(password, 30) FROM account",
                                          "SELECT secret FROM session",    "SELECT secret FROM token",
                                          "SELECT secret FROM login_code", "SELECT who FROM attempt",
                                          "SELECT secret FROM attempt_key"};
    size_t looked = 0;
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        db_rows *rows;
        assert_int_equal(db_ask(a->store.db, &rows, &err, secrets[i], DB_NONE), MARSAD_OK);
        for (; db_next(rows, &err) == MARSAD_OK; looked++)
            assert_lacks(&out, db_type_of(rows, 0) == DB_TEXT ? db_get_text(rows, 0) : db_get_blob(rows, 0));
        db_end(rows);
    }
    assert_int_equal(looked, 9);
    assert_lacks(&out, view_of(token + 7));
    assert_lacks(&out, view_of("203.0.113.77"));
    buffer_free(&out);
    marsad_archive_close(a);

    /* Nor do the words themselves stand in the file. */
    if (databases_are_wanted()) {
        buffer_free(&out);
        return;
    }
    FILE *file = fopen(archive_path(NULL), "rb");
    assert_non_null(file);
    buffer bytes = {0};
    char part[4096];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;)
        buffer_add(&bytes, part, got);
    fclose(file);
    assert_lacks(&bytes, view_of(token + 7));
    assert_lacks(&bytes, view_of(code));
    assert_lacks(&bytes, view_of("correct horse"));
    assert_lacks(&bytes, view_of("203.0.113.77"));
    buffer_free(&bytes);
}

static void tables_are_told_in_pages(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("pages");
    static const char *const names[] = {"amal", "karim", "lina", NULL};
    for (size_t i = 0; names[i] != NULL; i++)
        add(a, names[i], "coder");
    buffer out = {0};
    assert_int_equal(marsad_archive_list(a, "accounts", &(marsad_question){.limit = 1, .after = "amal"}, lose_row, &out, &err), MARSAD_OK);
    buffer_add(&out, "", 1);
    assert_string_equal(out.bytes, "name karimroles [\"coder\"]active created 2016-05-11T20:53:20Zlast_login ");
    assert_int_equal(marsad_archive_list(a, "accounts", &(marsad_question){.after = "nobody"}, lose_row, &out, &err), MARSAD_ERR_ARGUMENT);
    buffer_free(&out);
    marsad_archive_close(a);
}

/* --- what may fail --------------------------------------------------------------------------------------------------------------------- */

static void refused_memory_changes_nothing(void **state)
{
    (void)state;
    marsad_archive *a = empty_archive("memory");
    buffer told = {0};
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES];
    bool was_refused = true;
    for (size_t n = 1; was_refused; n++) {
        refuse_alloc_at(n);
        marsad_status status = marsad_account_add(a, NULL, "amal", roles("keeper,coder"), no_password, NOW, &err);
        if (status == MARSAD_OK)
            status = marsad_token_add(a, NULL, "amal", "map", rights("read"), NOW + DAY, NOW, id, token, &err);
        if (status == MARSAD_OK)
            status = marsad_token_remove(a, NULL, NULL, id, NOW, &err);
        was_refused = refuse_alloc_stop();
        assert_int_equal(status, was_refused ? MARSAD_ERR_SYSTEM : MARSAD_OK);
        if (was_refused)
            assert_non_null(strstr(err.message, "memory"));
        assert_int_equal(faults(a, &told), 0);
        assert_int_equal(db_run(a->store.db, &err, "DELETE FROM token", DB_NONE), MARSAD_OK);
        assert_int_equal(db_run(a->store.db, &err, "DELETE FROM account", DB_NONE), MARSAD_OK);
        assert_int_equal(db_run(a->store.db, &err, "DELETE FROM log", DB_NONE), MARSAD_OK);
    }
    buffer_free(&told);
    marsad_archive_close(a);
}

static void an_archive_for_reading_and_an_open_batch_refuse(void **state)
{
    (void)state;
    marsad_archive *a = peopled_archive("refuse"), *reading = archive_again(archive_path(NULL), MARSAD_ARCHIVE_READ_ONLY);
    char code[MARSAD_CODE_BYTES];
    marsad_login login;
    assert_int_equal(marsad_account_add(reading, NULL, "lina", roles("coder"), no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_login_code(reading, NULL, "amal", NOW, code, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_session_login(reading, "amal", PASSWORD("correct horse"), NULL, NOW, &login, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(login.result, MARSAD_LOGIN_WRONG);
    marsad_archive_close(reading);
    assert_int_equal(marsad_archive_begin(a, NOW, "test", &err), MARSAD_OK);
    assert_int_equal(marsad_account_add(a, NULL, "lina", roles("coder"), no_password, NOW, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_archive_commit(a, &err), MARSAD_OK);
    assert_int_equal(marsad_account_add(a, NULL, "lina", roles("coder"), no_password, NOW, &err), MARSAD_OK);
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_role_allows_what_the_table_says),
        cmocka_unit_test(sets_are_read_and_told),
        cmocka_unit_test(every_decision_needs_a_right),
        cmocka_unit_test(a_name_is_one_name_in_any_case),
        cmocka_unit_test(a_password_has_bounds),
        cmocka_unit_test(somebody_stays_keeper),
        cmocka_unit_test(a_token_allows_no_more_than_its_owner_may_now),
        cmocka_unit_test(what_was_changed_behind_its_back_is_told),
        cmocka_unit_test(nothing_that_lets_in_leaves_the_archive),
        cmocka_unit_test(tables_are_told_in_pages),
        cmocka_unit_test(refused_memory_changes_nothing),
        cmocka_unit_test(an_archive_for_reading_and_an_open_batch_refuse),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
