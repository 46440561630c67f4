/* Finding the files of data that the command needs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

enum { PATH_ROOM = 4096 };

static char *joined(const char *folder, size_t folder_len, const char *file)
{
    size_t size = folder_len + strlen(file) + 2;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "%.*s/%s", (int)folder_len, folder, file);
    return path;
}

/* `path` if there is such a file, else NULL; takes it over. */
static char *existing(char *path)
{
    if (path != NULL && access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* Length of the executable's folder written into `path`; 0 if the system does not tell. */
static size_t executable_folder(char path[PATH_ROOM])
{
    ssize_t len = readlink("/proc/self/exe", path, PATH_ROOM - 1);
    if (len <= 0)
        return 0;
    path[len] = 0;
    char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) : 0;
}

char *path_of_data(const char *file)
{
    const char *folder = getenv("MARSAD_DATA");
    if (folder != NULL && folder[0] != 0)
        return existing(joined(folder, strlen(folder), file)); /* who sets it means it: no other place is looked at */

    char executable[PATH_ROOM];
    size_t len = executable_folder(executable);
    if (len == 0)
        return NULL;
    char *path = existing(joined(executable, len, file));
    if (path != NULL)
        return path;

    char shared[PATH_ROOM + 32];
    int shared_len = snprintf(shared, sizeof shared, "%.*s/../share/marsad", (int)len, executable);
    return existing(joined(shared, (size_t)shared_len, file));
}

char *path_beside(const char *program)
{
    char executable[PATH_ROOM];
    size_t len = executable_folder(executable);
    return len > 0 ? existing(joined(executable, len, program)) : NULL;
}
