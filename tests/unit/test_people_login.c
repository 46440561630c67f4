/* Coming in: passwords, sessions, login codes, and attempts that are slowed down. */
#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "archives.h"
#include "databases.h"
#include "marsad_people.h"
#include "people/people.h"

enum { NOW = 1463000000, HOUR = 3600 };

static marsad_error err;
static const char here[] = "203.0.113.7";
static const char right[] = "correct horse";

static void ok(marsad_status status)
{
    if (status != MARSAD_OK)
        fail_msg("%s", err.message);
}

static marsad_archive *team_archive(const char *name)
{
    marsad_archive *a = archive_again(archive_path(name), MARSAD_ARCHIVE_CREATE);
    ok(marsad_account_add(a, NULL, "Amal", MARSAD_ROLES_ALL, view_of(right), NOW, &err));
    return a;
}

static marsad_login log_in(marsad_archive *a, const char *name, const char *password, const char *address, int64_t now)
{
    marsad_login login;
    ok(marsad_session_login(a, name, view_of(password), address, now, &login, &err));
    assert_int_equal(login.session[0] != 0, login.result == MARSAD_LOGIN_OK);
    assert_int_equal(login.wait > 0, login.result == MARSAD_LOGIN_WAIT);
    return login;
}

static bool is_in(marsad_archive *a, const char *session, int64_t now, marsad_person *person)
{
    bool found;
    ok(marsad_session_find(a, session, now, person, &found, &err));
    return found;
}

/* --- sessions ---------------------------------------------------------------------------------------------------------------------- */

static void a_password_makes_a_session(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("session"), *beside = archive_again(archive_path(NULL), 0);
    marsad_person person;
    const marsad_login first = log_in(a, "AMAL", right, here, NOW), second = log_in(beside, "amal", right, here, NOW);
    assert_int_equal(first.result, MARSAD_LOGIN_OK);
    assert_int_equal(strlen(first.session), MARSAD_SECRET_BYTES - 1);
    assert_string_not_equal(first.session, second.session);
    assert_true(is_in(beside, first.session, NOW, &person)); /* what one handle makes the other knows */
    assert_string_equal(person.name, "Amal");
    assert_int_equal(person.roles, MARSAD_ROLES_ALL);
    assert_int_equal(person.rights, marsad_rights_of(MARSAD_ROLES_ALL));
    assert_false(person.must_change);
    assert_int_equal(person.expires, NOW + MARSAD_SESSION_SECONDS);
    assert_false(is_in(a, "", NOW, &person));
    assert_false(is_in(a, "no session", NOW, &person));

    ok(marsad_session_end(beside, first.session, &err));
    ok(marsad_session_end(beside, first.session, &err));
    assert_false(is_in(a, first.session, NOW, &person));
    assert_true(is_in(a, second.session, NOW, &person));

    static const struct {
        const char *name, *password;
    } wrong[] = {{"amal", "correct hors"}, {"amal", ""}, {"nobody", "correct horse"}, {" ", "correct horse"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(log_in(a, wrong[i].name, wrong[i].password, here, NOW).result, MARSAD_LOGIN_WRONG);
    buffer cell = {0};
    assert_string_equal(cell_of(&cell, a, "accounts", "amal", "last_login"), "2016-05-11T20:53:20Z");
    assert_string_equal(cell_of(&cell, a, "log", NULL, "what"), "account");
    buffer_free(&cell);
    marsad_archive_close(beside);
    marsad_archive_close(a);
}

static void a_session_ends_by_itself(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("ends"), *reading;
    marsad_person person;
    const marsad_login idle = log_in(a, "amal", right, here, NOW), busy = log_in(a, "amal", right, here, NOW);
    assert_true(is_in(a, idle.session, NOW + MARSAD_IDLE_SECONDS - 1, &person));
    assert_false(is_in(a, idle.session, NOW + 2 * MARSAD_IDLE_SECONDS, &person));
    for (int64_t at = NOW; at < NOW + MARSAD_SESSION_SECONDS; at += HOUR)
        assert_true(is_in(a, busy.session, at, &person));
    assert_true(is_in(a, busy.session, NOW + MARSAD_SESSION_SECONDS - 1, &person));
    assert_false(is_in(a, busy.session, NOW + MARSAD_SESSION_SECONDS, &person));

    /* An archive that is open for reading alone knows it, and notes nothing. */
    const int64_t later = NOW + 20 * HOUR;
    const marsad_login seen = log_in(a, "amal", right, here, later);
    reading = archive_again(archive_path(NULL), MARSAD_ARCHIVE_READ_ONLY);
    assert_true(is_in(reading, seen.session, later + HOUR, &person));
    assert_false(is_in(a, seen.session, later + 2 * HOUR, &person));
    int64_t rows;
    ok(db_ask_int(a->store.db, &rows, 0, &err, "SELECT count(*) FROM session", DB_NONE));
    assert_int_equal(rows, 1); /* a login takes away what is over */
    marsad_archive_close(reading);
    marsad_archive_close(a);
}

/* News are read in batches that take a while: whoever reads meanwhile is noted the next time, and waits for nothing. */
static void who_reads_does_not_wait_for_who_writes(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("waits"), *writer = archive_again(archive_path(NULL), 0);
    marsad_person person;
    struct timespec begun, ended;
    char id[MARSAD_TOKEN_ID_BYTES], token[MARSAD_TOKEN_BYTES];
    bool found;
    int64_t noted;
    const marsad_login seen = log_in(a, "amal", right, here, NOW);
    ok(marsad_token_add(a, "amal", "amal", "map", marsad_rights_of(1U << MARSAD_ROLE_READER), NOW + 24 * HOUR, NOW, id, token, &err));
    ok(marsad_archive_begin(writer, NOW, "test", &err));
    ok(db_run(writer->store.db, &err, "UPDATE session SET seen = seen", DB_NONE)); /* a server holds back those alone who write the same rows */
    ok(db_run(writer->store.db, &err, "UPDATE token SET last_used = last_used", DB_NONE));
    clock_gettime(CLOCK_MONOTONIC, &begun);
    assert_true(is_in(a, seen.session, NOW + HOUR, &person));
    ok(marsad_token_find(a, token, NOW + HOUR, &person, &found, &err));
    assert_true(found);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    assert_true(ended.tv_sec - begun.tv_sec < 5); /* another writer is waited for ten seconds */
    marsad_archive_rollback(writer);

    ok(db_ask_int(a->store.db, &noted, 0, &err, "SELECT max(seen) FROM session", DB_NONE));
    assert_int_equal(noted, NOW);
    assert_true(is_in(a, seen.session, NOW + HOUR, &person));
    ok(db_ask_int(a->store.db, &noted, 0, &err, "SELECT max(seen) FROM session", DB_NONE));
    assert_int_equal(noted, NOW + HOUR);
    marsad_archive_close(writer);
    marsad_archive_close(a);
}

static void a_change_must_bring_what_follows_from_the_session(void **state)
{
    (void)state;
    char csrf[MARSAD_SECRET_BYTES], other[MARSAD_SECRET_BYTES];
    marsad_session_csrf(csrf, "one session");
    marsad_session_csrf(other, "another");
    assert_int_equal(strlen(csrf), MARSAD_SECRET_BYTES - 1);
    assert_string_not_equal(csrf, other);
    assert_true(marsad_session_csrf_is("one session", csrf));
    assert_false(marsad_session_csrf_is("one session", other));
    assert_false(marsad_session_csrf_is("one session", "one session"));
    assert_false(marsad_session_csrf_is("one session", ""));
    assert_false(marsad_session_csrf_is("one session", NULL));
}

/* --- another password ---------------------------------------------------------------------------------------------------------------- */

static marsad_login_result choose(marsad_archive *a, const char *session, const char *old, const char *fresh, int64_t now, marsad_status *status)
{
    marsad_login login;
    *status = marsad_session_password(a, session, view_of(old), view_of(fresh), here, now, &login, &err);
    return login.result;
}

static void a_new_password_ends_other_sessions(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("password");
    marsad_status status;
    marsad_person person;
    char code[MARSAD_CODE_BYTES];
    const marsad_login own = log_in(a, "amal", right, here, NOW), other = log_in(a, "amal", right, here, NOW);
    ok(marsad_login_code(a, NULL, "amal", NOW, code, &err));
    assert_int_equal(choose(a, own.session, "wrong horse", "battery staple", NOW, &status), MARSAD_LOGIN_WRONG);
    assert_int_equal(status, MARSAD_OK);
    choose(a, own.session, right, "short", NOW, &status);
    assert_int_equal(status, MARSAD_ERR_ARGUMENT);
    choose(a, own.session, right, right, NOW, &status);
    assert_int_equal(status, MARSAD_ERR_ARGUMENT);
    choose(a, "no session", right, "battery staple", NOW, &status);
    assert_int_equal(status, MARSAD_ERR_ARGUMENT);
    assert_true(is_in(a, other.session, NOW, &person));

    assert_int_equal(choose(a, own.session, right, "battery staple", NOW, &status), MARSAD_LOGIN_OK);
    ok(status);
    assert_true(is_in(a, own.session, NOW, &person));
    assert_false(is_in(a, other.session, NOW, &person));
    marsad_login login;
    ok(marsad_session_login_by_code(a, code, here, NOW, &login, &err));
    assert_int_equal(login.result, MARSAD_LOGIN_WRONG);
    assert_int_equal(log_in(a, "amal", right, here, NOW).result, MARSAD_LOGIN_WRONG);
    assert_int_equal(log_in(a, "amal", "battery staple", here, NOW).result, MARSAD_LOGIN_OK);
    marsad_archive_close(a);
}

static void a_password_of_another_person_must_be_changed(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("given");
    marsad_status status;
    marsad_person person;
    ok(marsad_account_add(a, "amal", "karim", 1U << MARSAD_ROLE_CODER, view_of("given to karim"), NOW, &err));
    const marsad_login own = log_in(a, "karim", "given to karim", here, NOW);
    assert_true(is_in(a, own.session, NOW, &person));
    assert_true(person.must_change);
    assert_int_equal(person.roles, 1U << MARSAD_ROLE_CODER);
    assert_int_equal(person.rights, 0);
    assert_int_equal(choose(a, own.session, "given to karim", "chosen by karim", NOW, &status), MARSAD_LOGIN_OK);
    ok(status);
    assert_true(is_in(a, own.session, NOW, &person));
    assert_false(person.must_change);
    assert_int_equal(person.rights, marsad_rights_of(person.roles));

    /* Set anew by another, or closed: what it had is over. */
    ok(marsad_account_update(a, "AMAL", "karim", &(marsad_account_change){.sets_password = true, .password = view_of("given again")}, NOW, &err));
    assert_false(is_in(a, own.session, NOW, &person));
    const marsad_login again = log_in(a, "karim", "given again", here, NOW);
    assert_true(is_in(a, again.session, NOW, &person) && person.must_change);
    ok(marsad_account_update(a, "Amal", "karim", &(marsad_account_change){.sets_active = true}, NOW, &err));
    assert_false(is_in(a, again.session, NOW, &person));
    assert_int_equal(log_in(a, "karim", "given again", here, NOW).result, MARSAD_LOGIN_WRONG);
    /* By the person itself it need not be. */
    ok(marsad_account_update(a, "Amal", "amal", &(marsad_account_change){.sets_password = true, .password = view_of("amal's own one")}, NOW, &err));
    assert_true(is_in(a, log_in(a, "amal", "amal's own one", here, NOW).session, NOW, &person) && !person.must_change);
    marsad_archive_close(a);
}

/* --- login codes ----------------------------------------------------------------------------------------------------------------------- */

static marsad_login_result use(marsad_archive *a, const char *code, int64_t now, char session[MARSAD_SECRET_BYTES])
{
    marsad_login login;
    ok(marsad_session_login_by_code(a, code, here, now, &login, &err));
    if (session != NULL)
        memcpy(session, login.session, MARSAD_SECRET_BYTES);
    return login.result;
}

static void the_first_start_gives_a_code(void **state)
{
    (void)state;
    marsad_archive *a = archive_again(archive_path("first"), MARSAD_ARCHIVE_CREATE);
    char code[MARSAD_CODE_BYTES], second[MARSAD_CODE_BYTES], session[MARSAD_SECRET_BYTES];
    marsad_status status;
    marsad_person person;
    bool needed;
    ok(marsad_first_code(a, "keeper", NOW, &needed, code, &err));
    assert_true(needed);
    assert_int_equal(strlen(code), MARSAD_CODE_BYTES - 1);
    assert_int_equal(use(a, code, NOW + MARSAD_CODE_SECONDS, session), MARSAD_LOGIN_WRONG); /* too late */
    ok(marsad_first_code(a, "Keeper", NOW + 20 * 60, &needed, second, &err));               /* the program is started again */
    assert_true(needed);
    assert_int_equal(use(a, code, NOW + 20 * 60, session), MARSAD_LOGIN_WRONG);
    assert_int_equal(use(a, second, NOW + 21 * 60, session), MARSAD_LOGIN_OK);
    assert_int_equal(use(a, second, NOW + 21 * 60, NULL), MARSAD_LOGIN_WRONG); /* once */
    assert_true(is_in(a, session, NOW + 21 * 60, &person));
    assert_string_equal(person.name, "keeper");
    assert_true(person.must_change && person.roles == MARSAD_ROLES_ALL && person.rights == 0);
    assert_int_equal(choose(a, session, "", right, NOW + 21 * 60, &status), MARSAD_LOGIN_OK);
    ok(status);
    assert_true(is_in(a, session, NOW + 21 * 60, &person) && !person.must_change && person.rights != 0);
    ok(marsad_first_code(a, "other", NOW + 22 * 60, &needed, code, &err));
    assert_false(needed);
    /* From here on the old password counts. */
    assert_int_equal(choose(a, session, "", "battery staple", NOW + 22 * 60, &status), MARSAD_LOGIN_WRONG);
    assert_int_equal(marsad_login_code(a, NULL, "nobody", NOW, code, &err), MARSAD_ERR_ARGUMENT);
    marsad_archive_close(a);
}

static void a_code_is_read_however_it_is_typed(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("typed");
    char code[MARSAD_CODE_BYTES], typed[3 * MARSAD_CODE_BYTES];
    ok(marsad_login_code(a, NULL, "amal", NOW, code, &err));
    size_t used = 0;
    for (const char *c = code; *c != 0; c++) {
        if (*c == '-')
            continue;
        typed[used++] = (char)(*c == '0' ? 'o' : *c == '1' ? 'l' : *c >= 'A' ? *c + 32 : *c);
        typed[used++] = ' ';
    }
    typed[used] = 0;
    static const char *const wrong[] = {"",     "-",        "0000-0000-0000-0000-0000", "0000-0000-0000-0000-0000-0",
                                        "K7QM", "\xD9\x83", "!!!!-!!!!-!!!!-!!!!-!!!!"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(use(a, wrong[i], NOW + (int64_t)i * HOUR / 60, NULL), MARSAD_LOGIN_WRONG);
    assert_int_equal(use(a, typed, NOW + 10 * 60, NULL), MARSAD_LOGIN_OK);
    /* A closed account has no way in, also not by a code that it had. */
    ok(marsad_account_add(a, NULL, "karim", 1U << MARSAD_ROLE_CODER, (view){NULL, 0}, NOW, &err));
    ok(marsad_login_code(a, NULL, "karim", NOW, code, &err));
    ok(marsad_account_update(a, NULL, "karim", &(marsad_account_change){.sets_active = true}, NOW, &err));
    assert_int_equal(use(a, code, NOW + 11 * 60, NULL), MARSAD_LOGIN_WRONG);
    assert_int_equal(marsad_login_code(a, NULL, "karim", NOW, code, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(log_in(a, "karim", "", "192.0.2.9", NOW).result, MARSAD_LOGIN_WRONG); /* no password is no empty password */
    marsad_archive_close(a);
}

/* --- slowed down ----------------------------------------------------------------------------------------------------------------------- */

/* Seconds to wait for an attempt on `account` from `address`; it fails if it is looked at. */
static int64_t attempt_at(marsad_archive *a, const char *address, const char *account, int64_t now)
{
    int64_t wait;
    ok(db_begin(a->store.db, DB_LOCK_ALL, &err));
    ok(attempt_begin(&a->store, &(attempt){.address = address, .account = view_of(account)}, now, &wait, &err));
    ok(db_commit(a->store.db, &err));
    return wait;
}

static void wrong_passwords_slow_down_and_a_right_one_forgives(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("slow");
    for (int i = 0; i < 5; i++)
        assert_int_equal(log_in(a, "amal", "wrong horse", here, NOW).result, MARSAD_LOGIN_WRONG);
    /* Not even the right one is looked at, here; elsewhere it is. */
    marsad_login login = log_in(a, "AMAL", right, here, NOW);
    assert_int_equal(login.result, MARSAD_LOGIN_WAIT);
    assert_int_equal(login.wait, 1);
    assert_int_equal(log_in(a, "amal", right, "198.51.100.1", NOW).result, MARSAD_LOGIN_OK);
    assert_int_equal(log_in(a, "amal", "wrong horse", here, NOW + 1).result, MARSAD_LOGIN_WRONG);
    assert_int_equal(log_in(a, "amal", right, here, NOW + 2).wait, 1);
    assert_int_equal(log_in(a, "amal", right, here, NOW + 3).result, MARSAD_LOGIN_OK);
    assert_int_equal(log_in(a, "amal", "wrong horse", here, NOW + 3).result, MARSAD_LOGIN_WRONG);
    assert_int_equal(log_in(a, "amal", right, here, NOW + 3).result, MARSAD_LOGIN_OK);
    /* A name that is not there is slowed down as one that is. */
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt_at(a, "192.0.2.50", "nobody", NOW), 0);
    assert_int_equal(attempt_at(a, "192.0.2.50", "nobody", NOW), 1);
    marsad_archive_close(a);
}

static void delays_double_up_to_a_quarter_of_an_hour(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("double");
    static const int64_t waits[] = {0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900};
    int64_t now = NOW;
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        assert_int_equal(attempt_at(a, here, "amal", now), 0);
        now += waits[i];
        if (waits[i] > 0)
            assert_int_equal(attempt_at(a, here, "amal", now - 1), 1); /* too early, and not counted */
    }
    /* An hour without a failure is forgiven; so is a clock that went back. */
    assert_int_equal(attempt_at(a, here, "amal", now + 2 * HOUR), 0);
    assert_int_equal(attempt_at(a, here, "amal", now + 2 * HOUR), 0);
    assert_int_equal(attempt_at(a, here, "amal", NOW - 100 * HOUR), 0);
    marsad_archive_close(a);
}

static void attempts_side_by_side_are_counted(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("beside"), *beside = archive_again(archive_path(NULL), 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt_at(i % 2 == 0 ? a : beside, here, "amal", NOW), 0);
    assert_int_equal(attempt_at(a, here, "amal", NOW), 1);
    assert_int_equal(attempt_at(beside, here, "amal", NOW), 1);
    marsad_archive_close(beside);
    marsad_archive_close(a);
}

enum { THREADS = 8, TRIES_A_THREAD = 3 };

typedef struct {
    marsad_archive *archive;
    int results[MARSAD_LOGIN_WAIT + 1], failed;
} guesser;

static void *guess(void *context)
{
    guesser *g = context;
    for (int i = 0; i < TRIES_A_THREAD; i++) {
        marsad_login login;
        marsad_error own;
        if (marsad_session_login(g->archive, "amal", view_of("wrong horse"), here, NOW, &login, &own) == MARSAD_OK)
            g->results[login.result]++;
        else
            g->failed++;
    }
    return NULL;
}

static void many_threads_get_no_more_attempts_than_one(void **state)
{
    (void)state;
    marsad_archive_close(team_archive("threads"));
    guesser guessers[THREADS] = {{0}};
    pthread_t threads[THREADS];
    int wrong = 0, waits = 0;
    for (int i = 0; i < THREADS; i++)
        guessers[i].archive = archive_again(archive_path(NULL), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, guess, &guessers[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        wrong += guessers[i].results[MARSAD_LOGIN_WRONG];
        waits += guessers[i].results[MARSAD_LOGIN_WAIT];
        assert_int_equal(guessers[i].failed, 0);
        marsad_archive_close(guessers[i].archive);
    }
    assert_int_equal(wrong, 5);
    assert_int_equal(waits, THREADS * TRIES_A_THREAD - 5);
}

/* The least work of three attempts, in units of clock(). */
static clock_t work_of(marsad_archive *a, const char *name)
{
    clock_t least = 0;
    for (int i = 0; i < 3; i++) {
        const clock_t begin = clock();
        assert_int_equal(log_in(a, name, "wrong horse", here, NOW).result, MARSAD_LOGIN_WRONG);
        const clock_t work = clock() - begin;
        least = i == 0 || work < least ? work : least;
    }
    return least;
}

static void a_name_that_is_not_there_is_as_much_work(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("work");
    ok(marsad_account_add(a, NULL, "karim", 1U << MARSAD_ROLE_CODER, (view){NULL, 0}, NOW, &err));
    const clock_t known = work_of(a, "amal");
    static const char *const others[] = {"nobody", "karim" /* has no password */, " no name"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const clock_t other = work_of(a, others[i]);
        print_message("work for '%s': %.2f of that for a name that is there\n", others[i], (double)other / (double)known);
        assert_true(other > known / 2 && other < known * 2);
    }
    marsad_archive_close(a);
}

static void an_address_that_tries_many_accounts_is_slowed_down(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("spray");
    char name[32];
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "person %d", i);
        assert_int_equal(attempt_at(a, i % 2 == 0 ? "2001:db8:1:2::1" : "2001:DB8:1:2:ffff::5%eth0", name, NOW), 0);
    }
    assert_int_equal(attempt_at(a, "2001:db8:1:2::99", "amal", NOW), 1);
    assert_int_equal(attempt_at(a, "2001:db8:1:3::99", "amal", NOW), 0);
    for (int i = 0; i < 20; i++) {
        snprintf(name, sizeof name, "person %d", i);
        assert_int_equal(attempt_at(a, i % 2 == 0 ? "192.0.2.1" : "::ffff:192.0.2.1", name, NOW), 0);
    }
    assert_int_equal(attempt_at(a, "192.0.2.1", "amal", NOW), 1);
    int64_t now = NOW, longest = 0;
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "more %d", i);
        const int64_t wait = attempt_at(a, "192.0.2.1", name, now);
        now += wait;
        longest = wait > longest ? wait : longest;
    }
    assert_int_equal(longest, 60);
    marsad_archive_close(a);
}

static void an_account_under_attack_stays_open_to_its_person(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("attack");
    char address[32];
    for (int i = 0; i < 200; i++) {
        snprintf(address, sizeof address, "192.0.2.%d", i);
        assert_int_equal(attempt_at(a, address, "amal", NOW + i), 0);
        assert_int_equal(attempt_at(a, address, "amal", NOW + i) > 0, i >= 10); /* one attempt each, once it is known */
    }
    assert_int_equal(log_in(a, "amal", right, here, NOW + 200).result, MARSAD_LOGIN_OK);
    assert_int_equal(log_in(a, "amal", "wrong horse", here, NOW + 200).result, MARSAD_LOGIN_WRONG);
    assert_int_equal(log_in(a, "amal", right, here, NOW + 201).result, MARSAD_LOGIN_OK);
    marsad_archive_close(a);
}

static void the_table_of_attempts_has_an_end_and_a_day(void **state)
{
    (void)state;
    marsad_archive *a = team_archive("rows");
    char address[32];
    int64_t rows;
    unsigned char key[HASH_BYTES];
    ok(db_run(a->store.db, &err, databases_are_wanted() ? "SET synchronous_commit = off" : "PRAGMA synchronous=OFF", DB_NONE));
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt_at(a, here, "amal", NOW), 0);
    for (int i = 0; i < 3000; i++) {
        snprintf(address, sizeof address, "10.1.%d.%d", i / 250, i % 250);
        attempt_at(a, address, "karim", NOW + 1 + i / 100);
    }
    ok(db_ask_int(a->store.db, &rows, 0, &err, "SELECT count(*) FROM attempt", DB_NONE));
    assert_in_range(rows, 3500, 4096);

    db_rows *asked;
    ok(db_ask(a->store.db, &asked, &err, "SELECT secret FROM attempt_key", DB_NONE));
    ok(db_next(asked, &err));
    memcpy(key, db_get_blob(asked, 0).ptr, sizeof key);
    db_end(asked);
    assert_int_equal(attempt_at(a, here, "amal", NOW + 24 * HOUR), 0);
    ok(db_ask_int(a->store.db, &rows, 0, &err, "SELECT count(*) FROM attempt", DB_NONE));
    assert_int_equal(rows, 3);
    ok(db_ask_int(a->store.db, &rows, 0, &err, "SELECT count(*) FROM attempt_key WHERE secret = $1", DB_VALUES(secret_value(key))));
    assert_int_equal(rows, 0);
    marsad_archive_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_makes_a_session),
        cmocka_unit_test(a_session_ends_by_itself),
        cmocka_unit_test(who_reads_does_not_wait_for_who_writes),
        cmocka_unit_test(a_change_must_bring_what_follows_from_the_session),
        cmocka_unit_test(a_new_password_ends_other_sessions),
        cmocka_unit_test(a_password_of_another_person_must_be_changed),
        cmocka_unit_test(the_first_start_gives_a_code),
        cmocka_unit_test(a_code_is_read_however_it_is_typed),
        cmocka_unit_test(wrong_passwords_slow_down_and_a_right_one_forgives),
        cmocka_unit_test(delays_double_up_to_a_quarter_of_an_hour),
        cmocka_unit_test(attempts_side_by_side_are_counted),
        cmocka_unit_test(many_threads_get_no_more_attempts_than_one),
        cmocka_unit_test(a_name_that_is_not_there_is_as_much_work),
        cmocka_unit_test(an_address_that_tries_many_accounts_is_slowed_down),
        cmocka_unit_test(an_account_under_attack_stays_open_to_its_person),
        cmocka_unit_test(the_table_of_attempts_has_an_end_and_a_day),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
