/* A file mapped for reading: lexicon and gazetteer start in no time and are shared between processes. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static marsad_status refuse(marsad_error *err, const char *doing, const char *path, int reason)
{
    char why[120];
    if (strerror_r(reason, why, sizeof why) != 0)
        why[0] = '\0';
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot %s '%s': %s", doing, path, why);
}

/* Why this is no file that can be mapped, or MARSAD_OK. */
static marsad_status check_kind(const struct stat *about, const char *path, marsad_error *err)
{
    if (S_ISDIR(about->st_mode))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s': it is a folder", path);
    if (!S_ISREG(about->st_mode))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s': not a regular file", path);
    if (about->st_size == 0)
        return fail(err, MARSAD_ERR_FORMAT, 0, "cannot read '%s': the file is empty", path);
    if ((uintmax_t)about->st_size > SIZE_MAX)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot map '%s': too large for this machine", path);
    return MARSAD_OK;
}

marsad_status file_map(mapped_file *out, const char *path, marsad_error *err)
{
    *out = (mapped_file){0};

    /* O_NONBLOCK: opening a pipe by mistake must not wait for a writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return refuse(err, "open", path, errno);

    marsad_status status = MARSAD_OK;
    struct stat about;
    if (fstat(file, &about) != 0)
        status = refuse(err, "read", path, errno);
    else
        status = check_kind(&about, path, err);

    if (status == MARSAD_OK) {
        void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (bytes == MAP_FAILED)
            status = refuse(err, "map", path, errno);
        else
            *out = (mapped_file){bytes, (size_t)about.st_size};
    }
    close(file); /* the mapping stays */
    return status;
}

void file_unmap(mapped_file *file)
{
    if (file->bytes != NULL)
        munmap((void *)(uintptr_t)file->bytes, file->size);
    *file = (mapped_file){0};
}
