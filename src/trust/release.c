/*
 * Releases: the table of contents.
 *
 *   archive as of a line ─release_data→ incidents.*, LOSS.md ┐
 *   release before       ─release_changes→ changes, withdrawn ├→ manifest ─→ folder, row, line of the log
 *   rules, docs          ─release_texts→ codebook, rules ...  ┘
 */
#include "trust/release.h"

#include <sodium.h>
#include <stdio.h>

#include "archive/seal.h"

static const char program[] = "marsad " MARSAD_VERSION;

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a release");
}

/* --- what was released ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    release_seal seal;
    char manifest[65]; /* its hash */
} kept_release;

static marsad_status read_release(store *s, int64_t number, kept_release *out, arena *memory, marsad_error *err)
{
    *out = (kept_release){.seal = {.profile = "", .title = "", .licence = "", .program = ""}};
    db_rows *rows;
    marsad_status status =
        db_ask(s->db, &rows, err,
               "SELECT time, profile, title, licence, first_day, last_day, log_line, before, manifest, rules, program, root FROM release"
               " WHERE number = $1",
               DB_VALUES(db_int(number)));
    if (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view root = db_get_blob(rows, 11);
        out->seal = (release_seal){.number = number,
                                   .time = db_get_int(rows, 0),
                                   .profile = arena_string(memory, db_get_text(rows, 1)),
                                   .title = arena_string(memory, db_get_text(rows, 2)),
                                   .licence = arena_string(memory, db_get_text(rows, 3)),
                                   .from = db_is_null(rows, 4) ? INT32_MIN : (int32_t)db_get_int(rows, 4),
                                   .to = db_is_null(rows, 5) ? INT32_MAX : (int32_t)db_get_int(rows, 5),
                                   .line = db_get_int(rows, 6),
                                   .before = db_get_int(rows, 7),
                                   .program = arena_string(memory, db_get_text(rows, 10))};
        snprintf(out->manifest, sizeof out->manifest, "%.*s", (int)db_get_text(rows, 8).len, db_get_text(rows, 8).ptr);
        snprintf(out->seal.rules, sizeof out->seal.rules, "%.*s", (int)db_get_text(rows, 9).len, db_get_text(rows, 9).ptr);
        sodium_bin2hex(out->seal.root, sizeof out->seal.root, (const unsigned char *)root.ptr, root.len < SHA256_BYTES ? root.len : SHA256_BYTES);
        if (out->seal.profile == NULL || out->seal.title == NULL || out->seal.licence == NULL || out->seal.program == NULL)
            status = no_memory(err);
    }
    db_end(rows);
    return status == MARSAD_END ? fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no release %lld", (long long)number) : status;
}

/* --- making one --------------------------------------------------------------------------------------------------------------------- */

/* Only what the release before says is needed of it. */
static marsad_status make_before(marsad_archive *archive, int64_t number, release_set *out, marsad_error *err)
{
    arena memory = {0};
    kept_release before;
    marsad_status status = read_release(&archive->store, number, &before, &memory, err);
    if (status == MARSAD_OK)
        status = release_data(archive, &before.seal, out, err);
    arena_free(&memory);
    return status;
}

static marsad_status make_files(marsad_archive *archive, const release_seal *seal, release_set *set, char manifest[65], marsad_error *err)
{
    release_set before = {0};
    marsad_status status = release_data(archive, seal, set, err);
    if (status == MARSAD_OK && seal->before != 0)
        status = make_before(archive, seal->before, &before, err);
    if (status == MARSAD_OK)
        status = release_changes(archive, seal, seal->before != 0 ? &before : NULL, set, err);
    if (status == MARSAD_OK)
        status = release_texts(archive, seal, set, err);
    if (status == MARSAD_OK)
        status = release_manifest(set, manifest, err);
    release_free(&before);
    return status;
}

static db_value day_or_null(int32_t day)
{
    return day == INT32_MIN || day == INT32_MAX ? db_null() : db_int(day);
}

/* Lines of a file of the release. */
static int64_t lines_of(const release_set *set, const char *name)
{
    const buffer *file = release_file_named(set, name);
    int64_t lines = 0;
    for (size_t i = 0; file != NULL && i < file->used; i++)
        lines += file->bytes[i] == '\n';
    return lines;
}

static marsad_status keep_release(store *s, const release_seal *seal, const release_set *set, const char *manifest, marsad_error *err)
{
    char subject[32], more[100];
    unsigned char root[SHA256_BYTES];
    snprintf(subject, sizeof subject, "%lld", (long long)seal->number);
    snprintf(more, sizeof more, "manifest %s", manifest);
    if (sodium_hex2bin(root, sizeof root, seal->root, strlen(seal->root), NULL, NULL, NULL) != 0)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "the hash of log line %lld is damaged", (long long)seal->line);
    marsad_status status =
        db_run(s->db, err,
               "INSERT INTO release(number, time, profile, title, licence, first_day, last_day, log_line, before, manifest, rules, program, root, "
               "incidents, withdrawn) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
               DB_VALUES(db_int(seal->number), db_int(seal->time), db_text(seal->profile), db_text(seal->title), db_text(seal->licence),
                         day_or_null(seal->from), day_or_null(seal->to), db_int(seal->line), seal->before == 0 ? db_null() : db_int(seal->before),
                         db_text(manifest), db_text(seal->rules), db_text(seal->program), db_blob((view){(const char *)root, sizeof root}),
                         db_int(lines_of(set, "incidents.jsonl")), db_int(lines_of(set, "withdrawn.csv") - 1)));
    return status == MARSAD_OK ? seal_log(s, "release", subject, more, err) : status;
}

/* The number, the line and the release before: within the transaction, so that nothing comes between. */
static marsad_status seal_now(marsad_archive *archive, const marsad_release_plan *plan, int64_t now, release_seal *out, marsad_error *err)
{
    store *s = &archive->store;
    log_line head;
    *out = (release_seal){.time = now,
                          .profile = plan->profile,
                          .title = plan->title == NULL ? "" : plan->title,
                          .licence = plan->licence == NULL ? "" : plan->licence,
                          .program = program,
                          .from = date_is_given(plan->from) ? day_number(plan->from) : INT32_MIN,
                          .to = date_is_given(plan->to) ? day_number(plan->to) : INT32_MAX};
    snprintf(out->rules, sizeof out->rules, "%s", rules_fingerprint(archive->rules));
    marsad_status status = log_head(s->db, &head, err);
    if (status == MARSAD_OK && head.line == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the archive is empty: there is nothing to release");
    out->line = head.line;
    sodium_bin2hex(out->root, sizeof out->root, head.hash, sizeof head.hash);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &out->number, 0, err, "SELECT coalesce(max(number), 0) + 1 FROM release", DB_NONE);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &out->before, 0, err, "SELECT max(number) FROM release WHERE profile = $1", DB_VALUES(db_text(plan->profile)));
    return status;
}

static bool is_name(const char *profile)
{
    return profile != NULL && profile[0] != 0 && strpbrk(profile, "./\\") == NULL;
}

marsad_status marsad_archive_release(marsad_archive *archive, const marsad_release_plan *plan, const char *folder, int64_t now, int64_t *number,
                                     marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    if (!is_name(plan->profile))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a release needs the name of a safety profile that lies beside the rules");
    release_seal seal;
    release_set set = {0};
    char manifest[65] = "";
    marsad_status status = store_begin(&archive->store, now, DB_LOCK_ALL, err);
    if (status == MARSAD_OK)
        status = seal_now(archive, plan, now, &seal, err);
    if (status == MARSAD_OK)
        status = make_files(archive, &seal, &set, manifest, err);
    if (status == MARSAD_OK)
        status = keep_release(&archive->store, &seal, &set, manifest, err);
    if (status == MARSAD_OK)
        status = release_write(&set, folder, err);
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    else
        *number = seal.number;
    release_free(&set);
    return status;
}

/* --- making one again ----------------------------------------------------------------------------------------------------------------- */

static marsad_status check_makers(const marsad_archive *archive, const release_seal *seal, marsad_error *err)
{
    if (strcmp(seal->rules, rules_fingerprint(archive->rules)) != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                    "release %lld was made with other rules (%.16s...): give those, they lie in its folder 'rules'", (long long)seal->number,
                    seal->rules);
    if (strcmp(seal->program, program) != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "release %lld was made by %s, this is %s", (long long)seal->number, seal->program,
                    program);
    return MARSAD_OK;
}

marsad_status marsad_archive_rebuild(marsad_archive *archive, int64_t number, const char *folder, marsad_error *err)
{
    arena memory = {0};
    kept_release kept;
    release_set set = {0};
    char manifest[65] = "";
    marsad_status status = read_release(&archive->store, number, &kept, &memory, err);
    if (status == MARSAD_OK)
        status = check_makers(archive, &kept.seal, err);
    if (status == MARSAD_OK)
        status = make_files(archive, &kept.seal, &set, manifest, err);
    if (status == MARSAD_OK)
        status = release_write(&set, folder, err);
    if (status == MARSAD_OK && strcmp(manifest, kept.manifest) != 0)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "release %lld comes out another: its manifest was %s, now it is %s", (long long)number,
                      kept.manifest, manifest);
    release_free(&set);
    arena_free(&memory);
    return status;
}
