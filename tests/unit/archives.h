/* Archives to test on: made in a folder of their own from reports of samples/. */
#ifndef MARSAD_ARCHIVES_H
#define MARSAD_ARCHIVES_H

#include "base/buffer.h"
#include "keeping.h"

/* Readers are made once for all tests; call the first from a group's set-up, the second from its tear-down. */
int archives_begin(void **state);
int archives_end(void **state);
/* One of them. */
marsad_reader *archives_reader(void);

/* Where a new archive may be: a path in the tests' folder, or a database (databases.h). NULL: that of the call before, as it is. Lives until the next call. */
const char *archive_path(const char *name);
/* A path in the tests' folder, always; the file is taken away first. */
const char *archive_file(const char *name);

/* An archive of articles [first, first + count) of samples/observatory.jsonl, stored at `now`. */
marsad_archive *archive_of(const char *name, size_t first, size_t count, int64_t now);
marsad_archive *archive_again(const char *where, unsigned flags);
/* Adds more of them. */
void archive_add(marsad_archive *archive, size_t first, size_t count, int64_t now);

/* Adds table `name` to `out`, a line a row, without the columns that `without` names, parted by blanks. Returns the rows; a failure ends the test. */
size_t table_text(buffer *out, marsad_archive *archive, const char *name, const char *without);
/* One cell of the first row of a table asked by id; "" if there is none. In `out`, NUL-terminated. */
const char *cell_of(buffer *out, marsad_archive *archive, const char *table, const char *id, const char *column);

/* Decides; the result and the reason of a refusal are told by `err`. */
marsad_status decide(marsad_archive *archive, const char *what, const char *person, const char *id, const char *with, const char *change,
                     const char *reason, int64_t now, marsad_error *err);

#endif
