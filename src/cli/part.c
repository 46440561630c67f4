#include "cli/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

bool part_make(const char *part, const char *if_there)
{
    const int file = open(part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0 && errno == EEXIST)
        message("'%s' is there: %s", part, if_there);
    else if (file < 0)
        message("cannot make '%s': %s", part, strerror(errno));
    return file >= 0 && close(file) == 0;
}

bool part_give_name(const char *part, const char *path)
{
    const int file = open(part, O_RDONLY | O_CLOEXEC);
    const bool ok = file >= 0 && fsync(file) == 0 && rename(part, path) == 0;
    if (!ok)
        message("cannot finish '%s': %s", path, strerror(errno));
    if (file >= 0)
        close(file);
    return ok;
}
