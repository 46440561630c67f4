#include "golden.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "base/base.h"

static void renew(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static bool is_as_in(const char *path, const char *bytes)
{
    mapped_file file;
    marsad_error err;
    if (file_map(&file, path, &err) != MARSAD_OK) {
        print_error("%s\n", err.message);
        return false;
    }
    const size_t size = strlen(bytes);
    size_t at = 0, line = 1;
    for (; at < size && at < file.size && (unsigned char)bytes[at] == file.bytes[at]; at++)
        line += bytes[at] == '\n';
    const bool is_same = at == size && at == file.size;
    if (!is_same)
        print_error("%s:%zu: differs from byte %zu on: '%.60s'\n", path, line, at, bytes + at);
    file_unmap(&file);
    return is_same;
}

bool is_golden(const char *name, const char *bytes)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/tests/export/%s", MARSAD_SOURCE_DIR, name);
    if (getenv("MARSAD_RENEW_GOLDEN") != NULL)
        renew(path, bytes);
    return is_as_in(path, bytes);
}
