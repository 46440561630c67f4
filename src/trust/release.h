/* A release: how its files are made. src/trust/release.c is the table of contents. */
#ifndef MARSAD_RELEASE_H
#define MARSAD_RELEASE_H

#include "base/buffer.h"
#include "keeping.h"

enum { RELEASE_FILES_MAX = 128 };

typedef struct {
    const char *name; /* within the folder, "/" between */
    buffer bytes;
} release_file;

/* The files of a release in memory. */
typedef struct {
    release_file files[RELEASE_FILES_MAX];
    size_t count;
    arena memory; /* of names */
} release_set;

/* What a release is a function of, beside the archive. */
typedef struct {
    int64_t number, time, line; /* of the log */
    int64_t before;             /* the release of the same profile before it; 0 for none */
    const char *profile, *title, *licence, *program;
    int32_t from, to; /* INT32_MIN and INT32_MAX where open */
    char rules[65], root[65];
} release_seal;

/* A new empty file; NULL when memory is out. */
buffer *release_add(release_set *set, const char *name);
const buffer *release_file_named(const release_set *set, const char *name);
void release_free(release_set *set);

/* incidents.* and LOSS.md (release_data.c) */
marsad_status release_data(marsad_archive *archive, const release_seal *seal, release_set *set, marsad_error *err);
/* changes.csv and withdrawn.csv (release_changes.c); `before` is NULL for the first. */
marsad_status release_changes(marsad_archive *archive, const release_seal *seal, const release_set *before, release_set *set, marsad_error *err);
/* CODEBOOK.md, rules, LICENCE, CITATION (release_texts.c) */
marsad_status release_texts(marsad_archive *archive, const release_seal *seal, release_set *set, marsad_error *err);
/* MANIFEST.sha256 of all files that are there; its own hash in `out` (release_folder.c) */
marsad_status release_manifest(release_set *set, char out[65], marsad_error *err);
/* Writes all files (release_folder.c). */
marsad_status release_write(const release_set *set, const char *folder, marsad_error *err);

#endif
