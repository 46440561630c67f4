/* A file that gets its name when it is whole: until then it lies beside it, as FILE.part. */
#ifndef MARSAD_CLI_PART_H
#define MARSAD_CLI_PART_H

#include <stdbool.h>

/* Makes an empty file that nobody else may read, for an archive may hold what nobody else may; `if_there` tells what it is if it is there. False after it was told. */
bool part_make(const char *part, const char *if_there);
/* On the disk, under its name. False after it was told. */
bool part_give_name(const char *part, const char *path);

#endif
