/*
 * Archives of tests on PostgreSQL. Where MARSAD_TEST_POSTGRES names a cluster (the URL of a database of somebody who may make others: tests/cluster/with_postgres), each
 * archive of a test is a database of its own there; where it does not, a file.
 */
#ifndef MARSAD_DATABASES_H
#define MARSAD_DATABASES_H

#include <stdbool.h>

bool databases_are_wanted(void);

/* A database of this program's own, made anew, with an empty archive in it; returns its URL, which lives until the next call. A failure ends the test. */
const char *database_anew(const char *name);
/* Takes away all that this program made: the tear-down of a group of tests. */
int databases_end(void **state);

/*
 * Changes an archive behind the program's back: `where` is a file or a database. The statements, parted by ';', may say zeroblob(n); a failure, or that the last of
 * them changed nothing, ends the test.
 */
void archive_change(const char *where, const char *sql);

#endif
