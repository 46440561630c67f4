#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archives.h"
#include "databases.h"
#include "stream.h"

static marsad_lexicon *lexicon;
static marsad_gazetteer *gazetteer;
static marsad_reader *reader;
static char folder[] = "/tmp/marsad-archives-XXXXXX";
static char path[256];

int archives_begin(void **state)
{
    (void)state;
    marsad_error err;
    if (mkdtemp(folder) == NULL || marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) != MARSAD_OK ||
        marsad_gazetteer_open(&gazetteer, MARSAD_GAZETTEER_FILE, &err) != MARSAD_OK)
        return -1;
    const marsad_gazetteer *const gazetteers[] = {gazetteer};
    return marsad_reader_new(&reader, lexicon, gazetteers, 1, &err) == MARSAD_OK ? 0 : -1;
}

int archives_end(void **state)
{
    (void)state;
    marsad_reader_free(reader);
    marsad_gazetteer_close(gazetteer);
    marsad_lexicon_close(lexicon);
    (void)databases_end(NULL);
    char command[sizeof folder + 16];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command); /* NOLINT(cert-env33-c): a folder of this test's own */
}

marsad_reader *archives_reader(void)
{
    return reader;
}

const char *archive_path(const char *name)
{
    if (databases_are_wanted()) {
        if (name != NULL)
            snprintf(path, sizeof path, "%s", database_anew(name));
        return path;
    }
    return archive_file(name);
}

const char *archive_file(const char *name)
{
    static const char *const endings[] = {"-wal", "-shm", ""};
    for (size_t i = 0; name != NULL && i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s/%s%s", folder, name, endings[i]);
        unlink(path);
    }
    return path;
}

static void check(marsad_status status, const marsad_error *err)
{
    if (status != MARSAD_OK)
        fail_msg("%s", err->message);
}

void archive_add(marsad_archive *archive, size_t first, size_t count, int64_t now)
{
    view bytes = file_bytes("../samples/observatory.jsonl");
    bytes_in in = {.text = bytes, .step = SIZE_MAX};
    marsad_feed *feed = feed_of(&in, MARSAD_INPUT_JSONL, "observatory.jsonl", NULL);
    marsad_error err = {0};
    check(marsad_archive_begin(archive, now, "test", &err), &err);
    marsad_item *item = NULL;
    for (size_t i = 0; i < first + count && marsad_feed_next(feed, &item, &err) == MARSAD_OK; i++) {
        marsad_article article;
        char note[240];
        marsad_draft *draft;
        bool is_new;
        check(marsad_item_parse(item, &article, note, &err), &err);
        if (i >= first) {
            check(marsad_draft_new(&draft, archive, reader, &article, marsad_item_bytes(item), "jsonl", note, &err), &err);
            check(marsad_archive_add(archive, draft, &is_new, &err), &err);
            marsad_draft_free(draft);
        }
    }
    marsad_item_free(item);
    check(marsad_archive_commit(archive, &err), &err);
    check(marsad_archive_refresh(archive, now, &err), &err);
    marsad_feed_free(feed);
    free((void *)bytes.ptr);
}

marsad_archive *archive_again(const char *where, unsigned flags)
{
    marsad_archive *archive;
    marsad_error err = {0};
    check(marsad_archive_open(&archive, where, flags, MARSAD_SOURCE_DIR "/rules", &err), &err);
    return archive;
}

marsad_archive *archive_of(const char *name, size_t first, size_t count, int64_t now)
{
    marsad_archive *archive = archive_again(archive_path(name), MARSAD_ARCHIVE_CREATE);
    archive_add(archive, first, count, now);
    return archive;
}

/* --- tables as text ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    buffer *out;
    const char *without, *only; /* column names; `only`: of the first row */
    size_t rows;
} table_copy;

static void add_cell(buffer *out, const marsad_cell *cell)
{
    if (cell->type == MARSAD_CELL_INTEGER)
        buffer_format(out, "%lld", (long long)cell->integer);
    else if (cell->type == MARSAD_CELL_REAL)
        buffer_format(out, "%.9g", cell->real);
    else if (cell->type != MARSAD_CELL_NULL)
        buffer_add(out, cell->text.ptr, cell->text.len);
}

static bool copy_row(void *context, const char *const *columns, const marsad_cell *cells, size_t count)
{
    table_copy *copy = context;
    for (size_t c = 0; c < count; c++) {
        if (strstr(copy->without, columns[c]) != NULL || (copy->only != NULL && strcmp(copy->only, columns[c]) != 0))
            continue;
        add_cell(copy->out, &cells[c]);
        if (copy->only == NULL)
            buffer_text(copy->out, "|");
    }
    if (copy->only == NULL)
        buffer_text(copy->out, "\n");
    copy->rows++;
    return copy->only == NULL;
}

size_t table_text(buffer *out, marsad_archive *archive, const char *name, const char *without)
{
    marsad_error err = {0};
    table_copy copy = {.out = out, .without = without};
    check(marsad_archive_list(archive, name, &(marsad_question){0}, copy_row, &copy, &err), &err);
    return copy.rows;
}

const char *cell_of(buffer *out, marsad_archive *archive, const char *table, const char *id, const char *column)
{
    marsad_error err = {0};
    table_copy copy = {.out = out, .without = "", .only = column};
    out->used = 0;
    check(marsad_archive_list(archive, table, &(marsad_question){.id = id}, copy_row, &copy, &err), &err);
    buffer_add(out, "", 1);
    return out->bytes;
}

marsad_status decide(marsad_archive *archive, const char *what, const char *person, const char *id, const char *with, const char *change,
                     const char *reason, int64_t now, marsad_error *err)
{
    *err = (marsad_error){0};
    return marsad_archive_decide(archive,
                                 &(marsad_decision){.what = what,
                                                    .person = person,
                                                    .id = id,
                                                    .with = with,
                                                    .reason = reason,
                                                    .changes = change == NULL ? NULL : &change,
                                                    .change_count = change != NULL},
                                 now, NULL, err);
}
