/*
 * Hands files to a fuzz target without libFuzzer, so that what the fuzzer once found is tested by every build.
 * usage: fuzz_TARGET FILE|FOLDER...      a folder stands for the files in it
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    size_t size = 0, room = 1 << 16;
    uint8_t *bytes = malloc(room);
    MUST(bytes != NULL);
    for (size_t got; (got = fread(bytes + size, 1, room - size, file)) > 0;) {
        size += got;
        if (size == room) {
            uint8_t *more = realloc(bytes, room *= 2);
            MUST(more != NULL);
            bytes = more;
        }
    }
    fclose(file);
    /* At its true size, so that the address sanitizer sees one byte too far. */
    uint8_t *exact = realloc(bytes, size > 0 ? size : 1);
    MUST(exact != NULL);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

/* Returns the number of files that could not be read. */
static int replay(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        perror(path);
        return 1;
    }
    if (!S_ISDIR(about.st_mode))
        return replay_file(path);

    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort), failed = 0;
    if (count < 0) {
        perror(path);
        return 1;
    }
    for (int i = 0; i < count; i++) {
        if (entries[i]->d_name[0] != '.') {
            char inside[4096];
            snprintf(inside, sizeof inside, "%s/%s", path, entries[i]->d_name);
            failed += replay_file(inside);
        }
        free(entries[i]);
    }
    free(entries);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed += replay(argv[i]);
    return failed > 0;
}
