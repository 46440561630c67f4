/* Where output goes: a file, or standard output. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

bool output_open(output *out, const invocation *call)
{
    const char *path = option_value(call, "output-file", NULL);
    *out = (output){.file = STDOUT_FILENO};
    if (path == NULL || strcmp(path, "-") == 0)
        return true;
    out->file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (out->file < 0)
        message("cannot write '%s': %s", path, strerror(errno));
    return out->file >= 0;
}

static void tell_failure(output *out)
{
    if (!out->failed)
        message("cannot write output: %s", strerror(errno));
    out->failed = true;
}

bool output_write(output *out, const char *bytes, size_t size)
{
    while (size > 0 && !out->failed) {
        ssize_t wrote = write(out->file, bytes, size);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            tell_failure(out);
            break;
        }
        bytes += wrote;
        size -= (size_t)wrote;
    }
    return !out->failed;
}

bool output_close(output *out)
{
    if (out->file != STDOUT_FILENO && close(out->file) != 0)
        tell_failure(out);
    return !out->failed;
}
