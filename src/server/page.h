/* The page's files, packed into the program when it is built (tools/pack_page.c). */
#ifndef MARSAD_PAGE_H
#define MARSAD_PAGE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *path; /* "/assets/index-B1x2.js" */
    const char *type;
    const char *etag;
    const char *bytes, *packed; /* as it is, and gzip (NULL: it would not be smaller) */
    size_t size, packed_size;
    bool is_immutable; /* its name changes with its bytes */
} page_file;

extern const page_file page_files[];
extern const size_t page_file_count;

#endif
