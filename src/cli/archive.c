/* The archive that a command works on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/command.h"
#include "marsad_moving.h"

int64_t time_now(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char *end;
    const long long value = fixed == NULL ? 0 : strtoll(fixed, &end, 10);
    return fixed != NULL && fixed[0] != 0 && *end == 0 ? (int64_t)value : (int64_t)time(NULL);
}

/* Makes the folders that `path` lies in. False with errno. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        const bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!ok)
            return false;
    }
    return true;
}

/* free() it; NULL after it was told why there is none. */
static char *default_path(void)
{
    buffer path = {0};
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data != NULL && data[0] == '/')
        buffer_format(&path, "%s/marsad/archive.marsad", data);
    else if (home != NULL && home[0] == '/')
        buffer_format(&path, "%s/.local/share/marsad/archive.marsad", home);
    else
        message("no archive named, and neither $XDG_DATA_HOME nor $HOME says where it lies: name it with --archive");
    buffer_add(&path, "", 1);
    if (path.used > 1 && !path.failed && make_folders(path.bytes))
        return path.bytes;
    if (path.used > 1)
        message("cannot make the folder of '%s': %s", path.bytes, strerror(errno));
    buffer_free(&path);
    return NULL;
}

char *archive_path_for(const invocation *call)
{
    const char *named = option_value(call, "archive", NULL);
    return named != NULL ? strdup(named) : default_path();
}

static marsad_status open_at(marsad_archive **out, const char *path, unsigned flags, marsad_error *err)
{
    char *rules = path_of_data("rules");
    if (rules == NULL) {
        snprintf(err->message, sizeof err->message,
                 "no rules found: the folder 'rules' is sought in $MARSAD_DATA, beside the program and in ../share/marsad");
        return MARSAD_ERR_ARGUMENT;
    }
    marsad_status status = marsad_archive_open(out, path, flags, rules, err);
    free(rules);
    return status;
}

exit_status archive_open_for(marsad_archive **out, const invocation *call, unsigned flags)
{
    char *found = archive_path_for(call);
    const char *path = found;
    if (path == NULL)
        return STATUS_DATA;

    marsad_error err = {0};
    struct stat about;
    marsad_status status = MARSAD_OK;
    const bool is_there = marsad_archive_is_on_server(path) || stat(path, &about) == 0;
    const bool is_left = (flags & (ARCHIVE_AS_IT_IS | MARSAD_ARCHIVE_READ_ONLY)) != 0;
    flags &= ~(unsigned)ARCHIVE_AS_IT_IS;
    if ((flags & ARCHIVE_TO_TRY) != 0) {
        path = is_there ? path : ":memory:";
        flags = is_there ? MARSAD_ARCHIVE_READ_ONLY : MARSAD_ARCHIVE_CREATE;
    }
    if ((flags & MARSAD_ARCHIVE_CREATE) == 0 && !is_there) {
        message("no archive '%s': 'marsad ingest' makes one", path);
        status = MARSAD_ERR_SYSTEM;
    } else if ((status = open_at(out, path, flags, &err)) != MARSAD_OK) {
        message("%s", err.message);
    } else if (!is_left && (status = marsad_archive_refresh(*out, time_now(), &err)) != MARSAD_OK) {
        message("%s", err.message);
        marsad_archive_close(*out);
    }
    free(found);
    return status == MARSAD_OK ? STATUS_OK : STATUS_DATA;
}
