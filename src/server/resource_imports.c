/*
 * Imports: tables that people filled in, and reports as text, HTML or JSON Lines. A dry run does all but store, so that what would be added is seen before.
 */
#include <stdio.h>

#include "server/serving.h"

typedef struct {
    exchange *x;
    view content;
    size_t at; /* of content, for the feed */
    const char *name, *form;
    bool is_dry, is_begun;
    bool is_no_table; /* `err` is about the content, not about the archive */
    size_t articles, rows, added, known;
    json_out faults, notes;
    buffer fault_bytes, note_bytes;
    marsad_reader *reader;
    marsad_error err;
} importing;

static void put_told(json_out *j, size_t row, const char *line)
{
    json_object(j);
    json_put_count(j, "row", row > 0 ? (int64_t)row : MARSAD_NO_VALUE);
    json_put_text(j, "message", line);
    json_end_object(j);
}

static void tell(void *context, size_t row, const char *line, bool is_fault)
{
    importing *in = context;
    put_told(is_fault ? &in->faults : &in->notes, row, line);
}

/* Frees the draft. `*there` tells what the archive had of it before. */
static marsad_status take_draft(importing *in, marsad_draft *draft, marsad_presence *there)
{
    bool is_new;
    *there = MARSAD_NOT_THERE;
    marsad_status status = marsad_archive_has(in->x->archive, draft, there, &in->err);
    if (status == MARSAD_OK && *there != MARSAD_THERE_OTHERWISE && !in->is_dry)
        status = marsad_archive_add(in->x->archive, draft, &is_new, &in->err);
    marsad_draft_free(draft);
    in->articles++;
    in->added += *there == MARSAD_NOT_THERE;
    in->known += *there == MARSAD_THERE;
    return status;
}

/* --- tables ------------------------------------------------------------------------------------------------------------------- */

static marsad_status import_table(importing *in, marsad_view outlet, marsad_date published)
{
    const server_settings *s = in->x->server->settings;
    const marsad_import_settings settings = {.name = in->name,
                                             .outlet = outlet,
                                             .published = published,
                                             .gazetteers = s->gazetteers,
                                             .gazetteer_count = s->gazetteer_count,
                                             .tell = tell,
                                             .context = in};
    marsad_import *table = NULL;
    marsad_draft *draft;
    marsad_presence there;
    const marsad_imported_row *rows;
    size_t count;
    marsad_status status = marsad_import_new(&table, in->x->archive, in->content, &settings, &in->err);
    in->is_no_table = status == MARSAD_ERR_FORMAT;
    while (status == MARSAD_OK) {
        status = marsad_import_next(table, &draft, &rows, &count, &in->err);
        in->is_no_table = status == MARSAD_ERR_FORMAT;
        if (status != MARSAD_OK)
            break;
        status = take_draft(in, draft, &there);
        in->rows += count;
        for (size_t i = 0; i < count; i++) {
            if (there == MARSAD_THERE_OTHERWISE)
                put_told(&in->faults, rows[i].row, "the archive has this report with other records: change them in the review, not in a table");
            else if (in->is_dry)
                put_told(&in->notes, rows[i].row, rows[i].line);
        }
    }
    marsad_import_free(table);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- reports ------------------------------------------------------------------------------------------------------------------- */

static size_t read_content(void *context, void *bytes, size_t size)
{
    importing *in = context;
    const size_t left = in->content.len - in->at, taken = left < size ? left : size;
    memcpy(bytes, in->content.ptr + in->at, taken);
    in->at += taken;
    return taken;
}

static marsad_status import_item(importing *in, marsad_item *item)
{
    marsad_article article;
    marsad_draft *draft = NULL;
    char note[240] = "";
    const size_t line = marsad_item_line(item);
    marsad_status status = marsad_item_parse(item, &article, note, &in->err);
    if (note[0] != 0)
        put_told(&in->notes, line, note);
    if (status == MARSAD_OK)
        status = marsad_draft_new(&draft, in->x->archive, in->reader, &article, marsad_item_bytes(item), in->form, note, &in->err);
    if (status == MARSAD_ERR_FORMAT) {
        put_told(&in->faults, line, in->err.message);
        return MARSAD_OK;
    }
    marsad_presence there = MARSAD_NOT_THERE;
    if (status == MARSAD_OK)
        status = take_draft(in, draft, &there);
    if (status == MARSAD_OK && there == MARSAD_THERE_OTHERWISE)
        put_told(&in->faults, line, "the archive has this report with other records: it stays as it is");
    return status;
}

static marsad_status import_reports(importing *in, marsad_input input, const marsad_article *fallback)
{
    const server_settings *s = in->x->server->settings;
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    marsad_status status = marsad_reader_new(&in->reader, s->lexicon, s->gazetteers, s->gazetteer_count, &in->err);
    if (status == MARSAD_OK)
        status = marsad_feed_new(&feed, input, in->name, fallback, read_content, in, &in->err);
    while (status == MARSAD_OK) {
        status = marsad_feed_next(feed, &item, &in->err);
        if (status == MARSAD_OK) {
            status = import_item(in, item);
        } else if (status == MARSAD_ERR_FORMAT) {
            put_told(&in->faults, 0, in->err.message);
            status = MARSAD_OK;
        }
    }
    marsad_item_free(item);
    marsad_feed_free(feed);
    marsad_reader_free(in->reader);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *form;
    marsad_input input;
} report_forms[] = {{"jsonl", MARSAD_INPUT_JSONL}, {"text", MARSAD_INPUT_TEXT}, {"html", MARSAD_INPUT_HTML}};

static marsad_status import_run(importing *in, marsad_view outlet, marsad_date published)
{
    const marsad_article fallback = {.id = view_of(in->name), .source = outlet, .published = published};
    if (strcmp(in->form, "csv") == 0)
        return import_table(in, outlet, published);
    for (size_t i = 0; i < sizeof report_forms / sizeof *report_forms; i++)
        if (strcmp(in->form, report_forms[i].form) == 0)
            return import_reports(in, report_forms[i].input, &fallback);
    return fail(&in->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no form '%s': csv, jsonl, text or html", in->form);
}

/* All of it in one batch: stored whole or not at all. */
static marsad_status import_whole(importing *in, marsad_view outlet, marsad_date published)
{
    marsad_archive *archive = in->x->archive;
    marsad_status status = in->is_dry ? MARSAD_OK : marsad_archive_begin(archive, in->x->now, "import", &in->err);
    in->is_begun = status == MARSAD_OK && !in->is_dry;
    if (status == MARSAD_OK)
        status = import_run(in, outlet, published);
    if (in->is_begun && status == MARSAD_OK)
        status = marsad_archive_commit(archive, &in->err);
    else if (in->is_begun)
        marsad_archive_rollback(archive);
    if (in->is_begun && status == MARSAD_OK)
        status = marsad_archive_refresh(archive, in->x->now, &in->err);
    return status;
}

static void answer_imported(importing *in)
{
    json_out j;
    exchange *x = in->x;
    answer_json(x, &j);
    json_object(&j);
    json_put_bool(&j, "dry", in->is_dry);
    json_put_count(&j, "articles", (int64_t)in->articles);
    json_put_count(&j, "rows", (int64_t)in->rows);
    json_put_count(&j, "added", (int64_t)in->added);
    json_put_count(&j, "known", (int64_t)in->known);
    json_key(&j, "faults");
    json_raw(&j, (view){in->fault_bytes.bytes, in->fault_bytes.used});
    json_key(&j, "notes");
    json_raw(&j, (view){in->note_bytes.bytes, in->note_bytes.used});
    json_end_object(&j);
    answer_json_end(x, &j);
}

void imports_post(exchange *x)
{
    if (exchange_json(x) == NULL)
        return;
    const json_t *content = json_object_get(x->json, "content");
    const char *outlet = exchange_text(x, "outlet"), *published = exchange_text(x, "published"), *name = exchange_text(x, "name");
    importing in = {.x = x, .name = name == NULL ? "import" : name, .form = exchange_text(x, "form"), .is_dry = exchange_flag(x, "dry")};
    marsad_date day = {0};
    if (in.form == NULL || !json_is_string(content)) {
        refuse(x, 400, "bad-request", "an import has 'form' and 'content'");
        return;
    }
    if (published != NULL && published[0] != 0 && marsad_date_parse(&day, view_of(published), NULL) != MARSAD_OK) {
        refuse(x, 400, "bad-request", "'%s' of 'published' is no day YYYY-MM-DD", published);
        return;
    }
    in.content = (view){json_string_value(content), json_string_length(content)};
    in.faults = (json_out){.write = buffer_write, .context = &in.fault_bytes};
    in.notes = (json_out){.write = buffer_write, .context = &in.note_bytes};
    json_array(&in.faults);
    json_array(&in.notes);
    const marsad_status status = import_whole(&in, view_of(outlet), day);
    json_end_array(&in.faults);
    json_end_array(&in.notes);
    const bool ok = json_flush(&in.faults) && json_flush(&in.notes);
    if (in.is_no_table)
        refuse(x, 400, "bad-request", "%s", in.err.message);
    else if (status != MARSAD_OK)
        refuse_status(x, status, &in.err);
    else if (!ok)
        refuse(x, 503, "busy", "out of memory");
    else
        answer_imported(&in);
    buffer_free(&in.fault_bytes);
    buffer_free(&in.note_bytes);
}
