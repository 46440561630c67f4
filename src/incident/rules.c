/* The set of rule tables: opened as a whole, fingerprinted as a whole. What a table means is in the file of its subject. */
#include "incident/rules_tables.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* --- what loaders share ------------------------------------------------------------------------------------------------ */

marsad_status rules_read_table(rule_set *rules, const char *folder, const char *name, const char *const *columns, tsv_visit *visit, marsad_error *err)
{
    char path[RULE_PATH_MAX];
    const int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "too long a path: '%s/%s'", folder, name);
    return tsv_read(path, columns, visit, rules, err);
}

int rules_word(const char *word, const char *const *names, size_t count, const char *what, marsad_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return (int)i;
    fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown %s '%s'", what, word);
    return -1;
}

bool rules_kind(marsad_kind *out, const char *name, marsad_error *err)
{
    for (int kind = 0; kind < MARSAD_KIND_COUNT; kind++) {
        if (strcmp(name, marsad_kind_name((marsad_kind)kind)) == 0) {
            *out = (marsad_kind)kind;
            return true;
        }
    }
    return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "unknown kind '%s'", name) == MARSAD_OK;
}

bool rules_number(unsigned *out, const char *text, unsigned most, marsad_error *err)
{
    char *end = NULL;
    const bool is_digit = text[0] >= '0' && text[0] <= '9';
    const unsigned long value = is_digit ? strtoul(text, &end, 10) : 0;
    if (!is_digit || *end != 0 || value > most)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "no number from 0 to %u: '%s'", most, text) == MARSAD_OK;
    *out = (unsigned)value;
    return true;
}

const char *rules_keep(rule_set *rules, const char *text, marsad_error *err)
{
    const char *copy = arena_string(&rules->memory, view_of(text));
    if (copy == NULL)
        fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", text);
    return copy;
}

const char *rules_label(rule_set *rules, const char *name, const char *version, marsad_error *err)
{
    const char *label = arena_format(&rules->memory, "%s v%s", name, version);
    if (label == NULL)
        fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", name);
    return label;
}

/* --- the fingerprint --------------------------------------------------------------------------------------------------- */

/* All files of a folder and of the folders in it, by their path from the top, sorted. */
typedef struct {
    arena *memory;
    const char *folder;
    const char **names;
    uint32_t count, room;
} file_list;

static marsad_status list_folder(file_list *files, const char *below, int depth, marsad_error *err);

static marsad_status list_entry(file_list *files, const char *below, const char *name, int depth, marsad_error *err)
{
    enum { DEEPEST = 4 }; /* so that a link back to the top ends */
    const char *own = arena_format(files->memory, "%s%s%s", below, below[0] != 0 ? "/" : "", name);
    const char *path = own == NULL ? NULL : arena_format(files->memory, "%s/%s", files->folder, own);
    if (path == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", files->folder);

    struct stat about;
    if (stat(path, &about) != 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s': %s", path, strerror(errno));
    if (S_ISDIR(about.st_mode))
        return depth < DEEPEST ? list_folder(files, own, depth + 1, err) : MARSAD_OK;
    if (!S_ISREG(about.st_mode))
        return MARSAD_OK;
    if (!ARENA_GROW(files->memory, files->names, files->count, files->room))
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", files->folder);
    files->names[files->count++] = own;
    return MARSAD_OK;
}

static marsad_status list_folder(file_list *files, const char *below, int depth, marsad_error *err)
{
    const char *path = arena_format(files->memory, "%s/%s", files->folder, below);
    DIR *folder = path == NULL ? NULL : opendir(path);
    if (folder == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot open '%s': %s", path == NULL ? below : path, strerror(errno));

    marsad_status status = MARSAD_OK;
    for (const struct dirent *entry; status == MARSAD_OK && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            status = list_entry(files, below, entry->d_name, depth, err);
    closedir(folder);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Name, NUL, size as eight bytes, bytes: no two different folders give the same row of bytes. */
static marsad_status hash_file(crypto_hash_sha256_state *hash, const char *folder, const char *name, marsad_error *err)
{
    char path[RULE_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mapped_file file = {0};
    struct stat about;
    const bool is_empty = stat(path, &about) == 0 && about.st_size == 0; /* an empty file cannot be mapped */
    const marsad_status status = is_empty ? MARSAD_OK : file_map(&file, path, err);
    if (status != MARSAD_OK)
        return status;

    unsigned char size[8];
    for (size_t i = 0; i < sizeof size; i++)
        size[i] = (unsigned char)((uint64_t)file.size >> (8 * i));
    crypto_hash_sha256_update(hash, (const unsigned char *)name, strlen(name) + 1);
    crypto_hash_sha256_update(hash, size, sizeof size);
    if (file.size > 0)
        crypto_hash_sha256_update(hash, file.bytes, file.size);
    file_unmap(&file);
    return MARSAD_OK;
}

static marsad_status fingerprint(rule_set *rules, const char *folder, marsad_error *err)
{
    file_list files = {.memory = &rules->memory, .folder = folder};
    marsad_status status = list_folder(&files, "", 0, err);
    if (status == MARSAD_OK && files.count > 0)
        qsort(files.names, files.count, sizeof *files.names, by_name);

    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    for (uint32_t i = 0; status == MARSAD_OK && i < files.count; i++)
        status = hash_file(&hash, folder, files.names[i], err);
    unsigned char sum[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&hash, sum);
    sodium_bin2hex(rules->fingerprint, sizeof rules->fingerprint, sum, sizeof sum);
    return status;
}

/* --- the set ----------------------------------------------------------------------------------------------------------- */

typedef marsad_status rule_loader(rule_set *rules, const char *folder, marsad_error *err);

static rule_loader *const loaders[] = {
    family_rules_load, side_rules_load,  control_rules_load, truce_rules_load,   figure_rules_load,  vague_rules_load,
    victim_rules_load, grade_rules_load, party_rules_load,   country_rules_load, wording_rules_load, code_rules_load,
};

marsad_status rules_open(rule_set **out, const char *folder, marsad_error *err)
{
    *out = NULL;
    rule_set *rules = calloc(1, sizeof *rules);
    if (rules == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", folder);

    marsad_status status = fingerprint(rules, folder, err);
    for (size_t i = 0; status == MARSAD_OK && i < sizeof loaders / sizeof *loaders; i++)
        status = loaders[i](rules, folder, err);
    if (status != MARSAD_OK) {
        rules_close(rules);
        return status;
    }
    *out = rules;
    return MARSAD_OK;
}

void rules_close(rule_set *rules)
{
    if (rules == NULL)
        return;
    arena_free(&rules->memory);
    free(rules);
}

const char *rules_fingerprint(const rule_set *rules)
{
    return rules->fingerprint;
}
