/* The engine below the archive: what fails is told as what it is, and when it is. */
#include "unit.h"

#include <stdio.h>

#include "archive/db.h"
#include "archives.h"
#include "databases.h"

static db *opened(const char *name)
{
    db *d;
    marsad_error err = {0};
    if (db_open(&d, archive_path(name), DB_CREATE, &err) != MARSAD_OK || db_migrate(d, &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    return d;
}

static int64_t feeds(db *d)
{
    int64_t count = -1;
    assert_int_equal(db_ask_int(d, &count, 0, NULL, "SELECT count(*) FROM feed", DB_NONE), MARSAD_OK);
    return count;
}

static marsad_status add_feed(db *d, const char *url, marsad_error *err)
{
    return db_run(d, err, "INSERT INTO feed(url, name, added, next) VALUES($1, 'n', 0, 0)", DB_VALUES(db_text(url)));
}

/* What breaks a rule is refused, for good; a statement that is none is the program's fault and no refusal. */
static void test_refusal_is_told(void **state)
{
    (void)state;
    db *d = opened("refusal");
    marsad_error err = {0};
    assert_int_equal(db_begin(d, DB_LOCK_ALL, &err), MARSAD_OK);
    assert_int_equal(add_feed(d, "http://a.example/", &err), MARSAD_OK);
    assert_int_equal(add_feed(d, "http://a.example/", &err), MARSAD_ERR_REFUSED);
    assert_true(err.message[0] != 0);
    assert_false(db_may_pass(d));
    db_rollback(d);
    assert_int_equal(db_run(d, &err, "SELECT nothing FROM nowhere", DB_NONE), MARSAD_ERR_SYSTEM);
    assert_int_equal(feeds(d), 0);
    db_close(d);
}

/* A reference that leads nowhere is found when the row has come already. */
static void test_failure_behind_a_row_is_told(void **state)
{
    (void)state;
    db *d = opened("behind");
    marsad_error err = {0};
    int64_t feed = 0;
    assert_int_equal(db_begin(d, DB_LOCK_ALL, &err), MARSAD_OK);
    assert_int_equal(db_ask_int(d, &feed, 0, &err, "INSERT INTO feed_page(feed, url) VALUES(4711, 'x') RETURNING feed", DB_NONE), MARSAD_ERR_REFUSED);
    db_rollback(d);
    db_close(d);
}

/* A transaction in which a step failed stores nothing: a file keeps the steps that did not, a server none, and does not complain by itself. */
static void test_commit_of_what_failed(void **state)
{
    (void)state;
    db *d = opened("commit");
    marsad_error err = {0};
    assert_int_equal(db_begin(d, DB_LOCK_ALL, &err), MARSAD_OK);
    assert_int_equal(add_feed(d, "http://a.example/", &err), MARSAD_OK);
    assert_int_equal(db_run(d, &err, "SELECT nothing FROM nowhere", DB_NONE), MARSAD_ERR_SYSTEM);
    err = (marsad_error){0};
    const marsad_status status = db_commit(d, &err);
    assert_int_equal(status == MARSAD_OK ? 1 : 0, feeds(d));
    assert_int_equal(status, databases_are_wanted() ? MARSAD_ERR_SYSTEM : MARSAD_OK);
    assert_true(status == MARSAD_OK || err.message[0] != 0);
    db_rollback(d);

    assert_int_equal(db_begin(d, DB_LOCK_ALL, &err), MARSAD_OK); /* and it goes on */
    assert_int_equal(add_feed(d, "http://b.example/", &err), MARSAD_OK);
    assert_int_equal(db_commit(d, &err), MARSAD_OK);
    db_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusal_is_told),
        cmocka_unit_test(test_failure_behind_a_row_is_told),
        cmocka_unit_test(test_commit_of_what_failed),
    };
    return cmocka_run_group_tests(tests, archives_begin, archives_end);
}
