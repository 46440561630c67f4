/* A release as a folder: manifest, writing, checking. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/decide.h"
#include "trust/diff.h"
#include "trust/release.h"

static const char manifest_name[] = "MANIFEST.sha256";

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
}

/* --- files in memory -------------------------------------------------------------------------------------------------------------- */

buffer *release_add(release_set *set, const char *name)
{
    if (set->count == RELEASE_FILES_MAX)
        return NULL;
    const char *kept = arena_string(&set->memory, view_of(name));
    if (kept == NULL)
        return NULL;
    set->files[set->count] = (release_file){.name = kept};
    return &set->files[set->count++].bytes;
}

const buffer *release_file_named(const release_set *set, const char *name)
{
    static const buffer none;
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->files[i].name, name) == 0)
            return &set->files[i].bytes;
    return &none;
}

void release_free(release_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        buffer_free(&set->files[i].bytes);
    arena_free(&set->memory);
    *set = (release_set){0};
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const release_file *)a)->name, ((const release_file *)b)->name);
}

marsad_status release_manifest(release_set *set, char out[65], marsad_error *err)
{
    buffer lines = {0};
    qsort(set->files, set->count, sizeof *set->files, by_name);
    for (size_t i = 0; i < set->count; i++) {
        char hex[65];
        digest_hex(hex, (view){set->files[i].bytes.bytes, set->files[i].bytes.used});
        lines.failed = lines.failed || set->files[i].bytes.failed;
        buffer_format(&lines, "%s  %s\n", hex, set->files[i].name);
    }
    buffer *file = lines.failed ? NULL : release_add(set, manifest_name);
    if (file == NULL) {
        buffer_free(&lines);
        return no_memory(err);
    }
    *file = lines; /* handed over */
    digest_hex(out, (view){lines.bytes, lines.used});
    return MARSAD_OK;
}

/* --- onto the disk --------------------------------------------------------------------------------------------------------------------- */

static marsad_status refused(const char *path, marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write '%s': %s", path, strerror(errno));
}

static marsad_status make_folder(const char *path, bool may_exist, marsad_error *err)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && may_exist))
        return MARSAD_OK;
    return refused(path, err);
}

static marsad_status write_file(const char *path, const buffer *bytes, marsad_error *err)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return refused(path, err);
    size_t done = 0;
    while (done < bytes->used) {
        const ssize_t wrote = write(file, bytes->bytes + done, bytes->used - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            break;
        done += (size_t)wrote;
    }
    const bool ok = done == bytes->used && fsync(file) == 0;
    return close(file) == 0 && ok ? MARSAD_OK : refused(path, err);
}

marsad_status release_write(const release_set *set, const char *folder, marsad_error *err)
{
    arena memory = {0};
    const char *rules = arena_format(&memory, "%s/rules", folder), *safety = arena_format(&memory, "%s/rules/safety", folder);
    if (rules == NULL || safety == NULL) {
        arena_free(&memory);
        return no_memory(err);
    }
    marsad_status status = make_folder(folder, true, err);
    if (status == MARSAD_OK)
        status = make_folder(rules, false, err);
    if (status == MARSAD_OK)
        status = make_folder(safety, false, err);
    for (size_t i = 0; i < set->count && status == MARSAD_OK; i++) {
        const char *path = arena_format(&memory, "%s/%s", folder, set->files[i].name);
        status = path == NULL ? no_memory(err) : write_file(path, &set->files[i].bytes, err);
    }
    arena_free(&memory);
    return status;
}

/* --- checking --------------------------------------------------------------------------------------------------------------------------- */

/* A file of the folder, whole; an empty one too. */
static marsad_status map_in(const char *folder, view name, mapped_file *out, bool *is_empty, marsad_error *err)
{
    arena memory = {0};
    struct stat about;
    const char *path = arena_format(&memory, "%s/%.*s", folder, (int)name.len, name.ptr);
    *out = (mapped_file){0};
    *is_empty = path != NULL && stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
    marsad_status status = path == NULL ? no_memory(err) : *is_empty ? MARSAD_OK : file_map(out, path, err);
    arena_free(&memory);
    return status;
}

static bool leads_out(view name)
{
    for (size_t i = 0; i + 1 < name.len; i++)
        if (name.ptr[i] == '.' && name.ptr[i + 1] == '.')
            return true;
    return name.len == 0 || name.ptr[0] == '/';
}

static void check_line(const char *folder, view line, marsad_tell *tell, void *context)
{
    char told[300], hex[65];
    mapped_file file;
    bool is_empty;
    const view name = line.len > 66 ? (view){line.ptr + 66, line.len - 66} : (view){"", 0};
    if (leads_out(name)) {
        tell(context, true, "a line of the manifest names no file of the folder");
        return;
    }
    if (map_in(folder, name, &file, &is_empty, NULL) != MARSAD_OK) {
        snprintf(told, sizeof told, "'%.*s' is missing", (int)(name.len < 200 ? name.len : 200), name.ptr);
        tell(context, true, told);
        return;
    }
    digest_hex(hex, is_empty ? view_of("") : (view){(const char *)file.bytes, file.size});
    if (memcmp(hex, line.ptr, 64) != 0) {
        snprintf(told, sizeof told, "'%.*s' is not what the manifest tells of", (int)(name.len < 200 ? name.len : 200), name.ptr);
        tell(context, true, told);
    }
    file_unmap(&file);
}

marsad_status marsad_release_verify(const char *folder, marsad_tell *tell, void *context, char manifest[65], marsad_error *err)
{
    mapped_file file;
    bool is_empty;
    manifest[0] = 0;
    marsad_status status = map_in(folder, view_of(manifest_name), &file, &is_empty, err);
    if (status != MARSAD_OK || is_empty)
        return status != MARSAD_OK ? status : fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the manifest in '%s' is empty", folder);
    const view all = {(const char *)file.bytes, file.size};
    digest_hex(manifest, all);
    for (size_t at = 0; at < all.len;) {
        const char *end = memchr(all.ptr + at, '\n', all.len - at);
        const size_t len = end == NULL ? all.len - at : (size_t)(end - (all.ptr + at));
        check_line(folder, (view){all.ptr + at, len}, tell, context);
        at += len + 1;
    }
    file_unmap(&file);
    return MARSAD_OK;
}

/* Takes away the files of the manifest and their folders; what else lies there stays. */
void marsad_release_remove(const char *folder)
{
    static const char *const folders[] = {"/rules/safety", "/rules", ""};
    arena memory = {0};
    mapped_file file;
    bool is_empty;
    if (map_in(folder, view_of(manifest_name), &file, &is_empty, NULL) == MARSAD_OK) {
        const view all = {(const char *)file.bytes, file.size};
        for (size_t at = 0; at < all.len;) {
            const char *end = memchr(all.ptr + at, '\n', all.len - at);
            const size_t len = end == NULL ? all.len - at : (size_t)(end - (all.ptr + at));
            const view name = len > 66 ? (view){all.ptr + at + 66, len - 66} : (view){"", 0};
            const char *path = leads_out(name) ? NULL : arena_format(&memory, "%s/%.*s", folder, (int)name.len, name.ptr);
            if (path != NULL)
                unlink(path);
            at += len + 1;
        }
        file_unmap(&file);
    }
    const char *manifest = arena_format(&memory, "%s/%s", folder, manifest_name);
    if (manifest != NULL)
        unlink(manifest);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = arena_format(&memory, "%s%s", folder, folders[i]);
        if (path != NULL)
            rmdir(path);
    }
    arena_free(&memory);
}

/* --- comparing ------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    marsad_row *row;
    void *context;
} row_taker;

static bool take_change(void *context, const char *id, const char *what, const char *field, const char *before, const char *after)
{
    static const char *const columns[] = {"id", "what", "field", "old", "new"};
    const row_taker *taker = context;
    const char *const texts[] = {id, what, field, before, after};
    marsad_cell cells[5];
    for (size_t c = 0; c < 5; c++)
        cells[c] = (marsad_cell){.type = MARSAD_CELL_TEXT, .text = view_of(texts[c])};
    return taker->row(taker->context, columns, cells, 5);
}

marsad_status marsad_release_diff(const char *a, const char *b, marsad_row *row, void *context, marsad_error *err)
{
    mapped_file old = {0}, new = {0};
    bool is_empty;
    row_taker taker = {row, context};
    marsad_status status = map_in(a, view_of("incidents.jsonl"), &old, &is_empty, err);
    if (status == MARSAD_OK)
        status = map_in(b, view_of("incidents.jsonl"), &new, &is_empty, err);
    if (status == MARSAD_OK)
        status = editions_diff((view){(const char *)old.bytes, old.size}, (view){(const char *)new.bytes, new.size}, take_change, &taker, err);
    file_unmap(&old);
    file_unmap(&new);
    return status;
}
