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

/* `name` in the folder of what Marsad keeps, which is made. free() it; NULL after it was told why there is none. */
static char *path_of_kept(const char *name, const char *what)
{
    buffer path = {0};
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data != NULL && data[0] == '/')
        buffer_format(&path, "%s/marsad/%s", data, name);
    else if (home != NULL && home[0] == '/')
        buffer_format(&path, "%s/.local/share/marsad/%s", home, name);
    else
        message("no %s named, and neither $XDG_DATA_HOME nor $HOME says where it lies: name it with --%s", what, what);
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
    return named != NULL ? strdup(named) : path_of_kept("archive.marsad", "archive");
}

/* "releases-marsad" of "postgresql://somebody@host/marsad?sslmode=require" */
static char *releases_of_database(const char *archive)
{
    const size_t end = strcspn(archive, "?"); /* paths of certificates may follow */
    size_t begin = end;
    while (begin > 0 && archive[begin - 1] != '/')
        begin--;
    buffer folder = {0};
    buffer_format(&folder, "releases-%.*s", (int)(end - begin), archive + begin);
    buffer_add(&folder, "", 1);
    char *path = folder.failed ? NULL : path_of_kept(folder.bytes, "releases");
    buffer_free(&folder);
    return path;
}

char *releases_path_for(const invocation *call, const char *archive)
{
    const char *named = option_value(call, "releases", NULL);
    buffer beside = {0};
    if (named == NULL && !marsad_archive_is_on_server(archive)) {
        buffer_format(&beside, "%s.releases", archive);
        buffer_add(&beside, "", 1);
        return beside.failed ? NULL : beside.bytes;
    }
    char *path = named != NULL ? strdup(named) : releases_of_database(archive);
    if (path == NULL || mkdir(path, 0700) == 0 || errno == EEXIST)
        return path;
    message("cannot make the folder of releases '%s': %s", path, strerror(errno));
    free(path);
    return NULL;
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

/* The archive that is there, for reading alone; where there is none, an empty one that is gone afterwards. */
static marsad_status open_to_try(marsad_archive **out, const char *path, bool is_there, marsad_error *err)
{
    const marsad_status status = is_there ? open_at(out, path, MARSAD_ARCHIVE_READ_ONLY, err) : MARSAD_ERR_FORMAT;
    const bool is_none = !is_there || (status == MARSAD_ERR_FORMAT && marsad_archive_is_on_server(path));
    return is_none ? open_at(out, ":memory:", MARSAD_ARCHIVE_CREATE, err) : status;
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
        if ((status = open_to_try(out, path, is_there, &err)) != MARSAD_OK)
            message("%s", err.message);
    } else if ((flags & MARSAD_ARCHIVE_CREATE) == 0 && !is_there) {
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
