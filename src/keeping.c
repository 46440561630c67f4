/*
 * Keeping, from an article to what the archive holds: the table of contents.
 *
 *   article ─read→ records ─body→ bodies ─neighbourhood→ area and day ┐
 *   bytes ─pack→ evidence, text; words ─signature→ copies, search keys ┴→ draft ─store→ rows, log
 *   src/refresh.c: stale neighbourhoods ─join→ incidents
 */
#include "keeping.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/body.h"
#include "archive/words.h"
#include "event/event.h"

/* --- the handle -------------------------------------------------------------------------------------------------------------- */

marsad_status marsad_archive_open(marsad_archive **out, const char *path, unsigned flags, const char *rules, marsad_error *err)
{
    *out = NULL;
    marsad_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL || (archive->path = strdup(path)) == NULL || (archive->rules_folder = strdup(rules)) == NULL) {
        marsad_archive_close(archive);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an archive");
    }
    archive->is_read_only = (flags & MARSAD_ARCHIVE_READ_ONLY) != 0;
    marsad_status status = rules_open(&archive->rules, rules, err);
    if (status == MARSAD_OK)
        status = store_open(&archive->store, path,
                            ((flags & MARSAD_ARCHIVE_CREATE) != 0 ? DB_CREATE : 0U) | (archive->is_read_only ? DB_READ_ONLY : 0U) |
                                ((flags & MARSAD_ARCHIVE_PRIMARY) != 0 ? DB_PRIMARY : 0U),
                            err);
    if (status != MARSAD_OK) {
        marsad_archive_close(archive);
        return status;
    }
    archive->is_read_only = db_is_read_only(archive->store.db);
    *out = archive;
    return MARSAD_OK;
}

void marsad_archive_close(marsad_archive *archive)
{
    if (archive == NULL)
        return;
    store_close(&archive->store);
    rules_close(archive->rules);
    free(archive->path);
    free(archive->rules_folder);
    free(archive);
}

marsad_status marsad_archive_copy(const marsad_archive *archive, const char *path, marsad_error *err)
{
    return db_copy(archive->path, path, err);
}

/* --- drafts -------------------------------------------------------------------------------------------------------------------- */

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for an article");
}

static bool keep_view(marsad_draft *draft, view *out, view text)
{
    const char *kept = arena_string(&draft->memory, text);
    *out = (view){kept, text.len};
    return kept != NULL;
}

/* Articles are sorted by their outlet, and PostgreSQL sorts no text of 2.7 kB. No name of an outlet comes near: what does is a page's mistake. */
enum { OUTLET_MOST_BYTES = 500 };

static view outlet_of(view source)
{
    view outlet = {source.ptr, source.len < OUTLET_MOST_BYTES ? source.len : OUTLET_MOST_BYTES};
    while (outlet.len < source.len && outlet.len > 0 && ((unsigned char)source.ptr[outlet.len] & 0xC0) == 0x80)
        outlet.len--; /* a letter is kept whole or not at all */
    return outlet;
}

static bool keep_article(marsad_draft *draft, const marsad_article *article, view evidence, const char *note)
{
    stored_article *a = &draft->article;
    a->published = date_is_given(article->published) ? day_number(article->published) : NO_DAY;
    a->evidence_size = evidence.len;
    a->text_size = article->text.len;
    crypto_hash_sha256(a->evidence_sha256, (const unsigned char *)evidence.ptr, evidence.len);
    crypto_hash_sha256(a->text_sha256, (const unsigned char *)article->text.ptr, article->text.len);
    return keep_view(draft, &a->outlet, outlet_of(article->source)) && keep_view(draft, &a->given_id, article->id) &&
           keep_view(draft, &a->title, article->title) && keep_view(draft, &a->url, article->url) && keep_view(draft, &a->note, view_of(note)) &&
           pack_bytes(evidence, &a->evidence, &draft->memory) && pack_bytes(article->text, &a->text, &draft->memory);
}

/* What it is found by, and known again by. */
static bool keep_keys(marsad_draft *draft, const marsad_article *article)
{
    buffer text = {0};
    words_add_keys(&text, article->text);
    signature_of(&draft->article.signature, (view){text.bytes, text.used});
    words_add_keys(&draft->keys, article->title);
    if (text.used > 0) {
        buffer_text(&draft->keys, " ");
        buffer_add(&draft->keys, text.bytes, text.used);
    }
    words_make_distinct(&draft->keys);
    const bool ok = !text.failed && !draft->keys.failed;
    buffer_free(&text);
    draft->article.keys = (view){draft->keys.bytes, draft->keys.used};
    return ok;
}

static bool keep_body(marsad_draft *draft, const marsad_record *record, const marsad_article *article, view *out)
{
    buffer body = {0};
    json_out j = {.write = buffer_write, .context = &body};
    record_json(&j, record, &article->text);
    const bool ok = json_flush(&j) && !body.failed && keep_view(draft, out, (view){body.bytes, body.used});
    buffer_free(&body);
    return ok;
}

/* The place of the record's scene as the gazetteer knows it; NULL where it knows none. */
static stored_place *keep_place(marsad_draft *draft, const marsad_record *record, const statement *s, bool *ok)
{
    const statement_place *scene;
    if (statement_scene(s, &scene, 1) == 0 || scene->id[0] == 0)
        return NULL;
    stored_place *place = arena_alloc(&draft->memory, sizeof *place);
    if (place == NULL) {
        *ok = false;
        return NULL;
    }
    const marsad_place *read = &record->places[scene - s->places];
    *place = (stored_place){.id = scene->id,
                            .name = scene->norm,
                            .name_en = scene->name_en,
                            .country = scene->country,
                            .admin1 = scene->admin1,
                            .admin2 = scene->admin2,
                            .feature = read->feature,
                            .lat = scene->lat,
                            .lon = scene->lon};
    return place;
}

static marsad_status keep_record(marsad_draft *draft, stored_record *out, const marsad_record *record, const marsad_article *article,
                                 const rule_set *rules, marsad_error *err)
{
    statement s = {.id = "",
                   .article = draft->article.id,
                   .chain = draft->article.id,
                   .outlet = draft->article.outlet.ptr,
                   .url = "",
                   .published = draft->article.published};
    record_id(out->id, draft->article.id, record->id);
    s.id = out->id;
    out->kind = record->kind;
    out->modality = record->modality;
    if (!keep_body(draft, record, article, &out->body))
        return no_memory(err);
    marsad_status status = body_read(&s, out->body, &draft->memory, err);
    if (status != MARSAD_OK)
        return status;

    bool ok = true;
    incident_neighbourhood where;
    out->place = keep_place(draft, record, &s, &ok);
    if (!ok || !incident_neighbourhood_of(&where, &s, rules, &draft->memory))
        return no_memory(err);
    out->area = where.area;
    out->day = where.day;
    return MARSAD_OK;
}

static marsad_status fill_draft(marsad_draft *draft, const marsad_reading *reading, view evidence, const char *note, const rule_set *rules,
                                marsad_error *err)
{
    if (!keep_article(draft, &reading->article, evidence, note) || !keep_keys(draft, &reading->article))
        return no_memory(err);
    article_id(draft->article.id, &draft->article);
    draft->records = arena_alloc(&draft->memory, (reading->record_count + 1) * sizeof *draft->records);
    if (draft->records == NULL)
        return no_memory(err);
    marsad_status status = MARSAD_OK;
    for (size_t i = 0; i < reading->record_count && status == MARSAD_OK; i++)
        status = keep_record(draft, &draft->records[draft->record_count++], &reading->records[i], &reading->article, rules, err);
    return status;
}

marsad_status draft_of_reading(marsad_draft **out, const marsad_archive *archive, const marsad_reading *reading, view evidence, const char *media,
                               const char *note, const char *reader, marsad_error *err)
{
    *out = NULL;
    marsad_draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL)
        return no_memory(err);
    draft->article.media = media;
    draft->article.reader = reader;
    marsad_status status = fill_draft(draft, reading, evidence, note, archive->rules, err);
    if (status != MARSAD_OK) {
        marsad_draft_free(draft);
        return status;
    }
    *out = draft;
    return MARSAD_OK;
}

marsad_status marsad_draft_new(marsad_draft **out, const marsad_archive *archive, marsad_reader *reader, const marsad_article *article,
                               marsad_view evidence, const char *media, const char *note, marsad_error *err)
{
    *out = NULL;
    const marsad_reading *reading;
    marsad_status status = marsad_read(reader, article, &reading, err);
    return status == MARSAD_OK ? draft_of_reading(out, archive, reading, evidence, media, note, "marsad " MARSAD_VERSION, err) : status;
}

void marsad_draft_free(marsad_draft *draft)
{
    if (draft == NULL)
        return;
    buffer_free(&draft->keys);
    arena_free(&draft->memory);
    free(draft);
}

size_t marsad_draft_size(const marsad_draft *draft)
{
    const stored_article *a = &draft->article;
    size_t size = sizeof *draft + a->evidence.len + a->text.len + a->keys.len;
    for (size_t i = 0; i < draft->record_count; i++)
        size += sizeof *draft->records + draft->records[i].body.len;
    return size;
}

const char *marsad_draft_given_id(const marsad_draft *draft)
{
    return draft->article.given_id.ptr;
}

/* --- batches -------------------------------------------------------------------------------------------------------------------- */

marsad_status marsad_archive_begin(marsad_archive *archive, int64_t now, const char *what, marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    marsad_status status = store_begin_news(&archive->store, now, err);
    if (status == MARSAD_OK)
        status = store_begin_batch(&archive->store, what, err);
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    archive->is_in_batch = status == MARSAD_OK;
    return status;
}

marsad_status marsad_archive_commit(marsad_archive *archive, marsad_error *err)
{
    const int64_t batch = archive->store.batch, begun = archive->store.now;
    marsad_status status = archive->is_in_batch ? store_end_batch(&archive->store, err) : MARSAD_OK;
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    archive->doubtful = archive->is_in_batch && status != MARSAD_OK && db_may_pass(archive->store.db) ? batch : 0;
    archive->doubtful_begun = begun;
    if (status != MARSAD_OK)
        store_rollback(&archive->store);
    archive->is_in_batch = false;
    return status;
}

bool marsad_archive_may_pass(const marsad_archive *archive)
{
    return db_may_pass(archive->store.db);
}

bool marsad_archive_is_served(const marsad_archive *archive)
{
    return db_is_postgres(archive->store.db);
}

/* Behind the lock that the batch held: a commit that is still under way is waited for. */
marsad_status marsad_archive_was_committed(marsad_archive *archive, bool *out, marsad_error *err)
{
    int64_t found = 0;
    *out = false;
    marsad_status status = db_begin(archive->store.db, 0, err);
    if (status == MARSAD_OK && archive->doubtful != 0)
        status = db_lock(archive->store.db, DB_LOCK_NEWS, err);
    if (status == MARSAD_OK && archive->doubtful != 0)
        status = db_ask_int(archive->store.db, &found, 0, err, "SELECT count(*) FROM batch WHERE key = $1 AND begun = $2",
                            DB_VALUES(db_int(archive->doubtful), db_int(archive->doubtful_begun)));
    db_rollback(archive->store.db);
    if (status == MARSAD_OK)
        archive->doubtful = 0;
    *out = status == MARSAD_OK && found > 0;
    return status;
}

void marsad_archive_rollback(marsad_archive *archive)
{
    store_rollback(&archive->store);
    archive->is_in_batch = false;
}

marsad_status marsad_archive_add(marsad_archive *archive, const marsad_draft *draft, bool *is_new, marsad_error *err)
{
    return store_add_article(&archive->store, &draft->article, draft->records, draft->record_count, is_new, err);
}

marsad_status marsad_archive_problem(marsad_archive *archive, const char *place, size_t line, const char *reason, marsad_error *err)
{
    return store_add_problem(&archive->store, place, line, reason, err);
}

/* --- steps ------------------------------------------------------------------------------------------------------------------------ */

marsad_status archive_begin_with(marsad_archive *archive, int64_t now, unsigned locks, marsad_error *err)
{
    if (archive->is_read_only)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "archive '%s' is open for reading alone", archive->path);
    return store_begin(&archive->store, now, locks, err);
}

marsad_status archive_begin_step(marsad_archive *archive, int64_t now, marsad_error *err)
{
    return archive_begin_with(archive, now, DB_LOCK_ALL, err);
}

marsad_status archive_end_step(marsad_archive *archive, marsad_status status, marsad_error *err)
{
    if (status == MARSAD_OK)
        status = store_commit(&archive->store, err);
    if (status != MARSAD_OK && !archive->is_read_only)
        store_rollback(&archive->store);
    return status;
}
