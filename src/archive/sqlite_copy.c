/* A copy of an archive that others work with: SQLite's backup, in one step, so that it is of one moment. Who writes meanwhile is not held up (WAL). */
#include <sqlite3.h>

#include "archive/engine.h"

enum { BUSY_MILLISECONDS = 10000 };

static marsad_status failed(const char *path, int code, marsad_error *err)
{
    return fail(err, (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ? MARSAD_ERR_FORMAT : MARSAD_ERR_SYSTEM, MARSAD_NOWHERE,
                "cannot copy archive '%s': %s", path, sqlite3_errstr(code));
}

static int open_file(sqlite3 **out, const char *path, int mode)
{
    const int code = sqlite3_open_v2(path, out, mode | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        sqlite3_busy_timeout(*out, BUSY_MILLISECONDS);
    return code;
}

static int copy_all(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL)
        return sqlite3_errcode(to);
    const int code = sqlite3_backup_step(backup, -1), ended = sqlite3_backup_finish(backup);
    return code != SQLITE_DONE ? code : ended;
}

marsad_status sqlite_copy(const char *where, const char *to, marsad_error *err)
{
    sqlite3 *source = NULL, *target = NULL;
    const char *at = where;
    int code = open_file(&source, where, SQLITE_OPEN_READONLY);
    if (code == SQLITE_OK) {
        at = to;
        code = open_file(&target, to, SQLITE_OPEN_READWRITE);
    }
    if (code == SQLITE_OK)
        code = copy_all(source, target);
    /* One file, which can be read where nothing can be written. Whoever opens it to write makes it WAL again. */
    if (code == SQLITE_OK)
        code = sqlite3_exec(target, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    sqlite3_close(source);
    sqlite3_close(target);
    return code == SQLITE_OK ? MARSAD_OK : failed(at, code, err);
}
