#include "fuzz.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fuzz_stop(const char *claim, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, claim);
    abort();
}

const marsad_lexicon *fuzz_lexicon(void)
{
    static marsad_lexicon *lexicon;
    marsad_error err;
    if (lexicon == NULL && marsad_lexicon_open(&lexicon, MARSAD_LEXICON_FILE, &err) != MARSAD_OK)
        fuzz_stop(err.message, MARSAD_LEXICON_FILE, 0);
    return lexicon;
}

const marsad_gazetteer *fuzz_gazetteer(void)
{
    static marsad_gazetteer *gazetteer;
    marsad_error err;
    if (gazetteer == NULL && marsad_gazetteer_open(&gazetteer, MARSAD_GAZETTEER_FILE, &err) != MARSAD_OK)
        fuzz_stop(err.message, MARSAD_GAZETTEER_FILE, 0);
    return gazetteer;
}

marsad_reader *fuzz_reader(void)
{
    static marsad_reader *reader;
    if (reader == NULL) {
        const marsad_gazetteer *gazetteer = fuzz_gazetteer();
        MUST(marsad_reader_new(&reader, fuzz_lexicon(), &gazetteer, 1, NULL) == MARSAD_OK);
    }
    return reader;
}

/* --- what must hold -------------------------------------------------------------------------------------------------- */

static bool is_between_letters(marsad_view text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check_span(marsad_view text, marsad_span span)
{
    MUST(span.start <= span.end);
    MUST(span.end <= text.len);
    MUST(is_between_letters(text, span.start));
    MUST(is_between_letters(text, span.end));
}

static void check_parties(marsad_view text, const marsad_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_span(text, parties[i].span);
        MUST(parties[i].who != NULL);
    }
}

static void check_record(marsad_view text, const marsad_record *record)
{
    MUST(record->kind < MARSAD_KIND_COUNT);
    MUST(record->modality < MARSAD_MODALITY_COUNT);
    MUST(record->phase < MARSAD_PHASE_COUNT);
    MUST(strlen(record->id) == 16);
    MUST(record->confidence >= 0 && record->confidence <= 1);
    MUST(record->trigger.start < record->trigger.end);
    check_span(text, record->trigger);
    check_span(text, record->sentence);
    check_parties(text, record->actors, record->actor_count);
    check_parties(text, record->targets, record->target_count);
    check_parties(text, record->sources, record->source_count);
    for (size_t i = 0; i < record->place_count; i++) {
        check_span(text, record->places[i].span);
        MUST(record->places[i].norm != NULL);
        MUST(record->places[i].relation < MARSAD_RELATION_COUNT);
        MUST(record->places[i].precision < MARSAD_PRECISION_COUNT);
    }
    for (size_t i = 0; i < record->figure_count; i++) {
        check_span(text, record->figures[i].span);
        MUST(record->figures[i].of < MARSAD_FIGURE_COUNT);
        MUST(record->figures[i].bound < MARSAD_BOUND_COUNT);
    }
    for (size_t i = 0; i < record->rule_count; i++)
        check_span(text, record->rules[i].span);
    if (record->has_when)
        check_span(text, record->when.span);
}

typedef struct {
    char *bytes;
    size_t used, room;
} written;

static bool keep(void *context, const char *bytes, size_t size)
{
    written *w = context;
    if (size > w->room - w->used) {
        size_t room = (w->used + size) * 2;
        char *more = realloc(w->bytes, room);
        MUST(more != NULL);
        w->bytes = more;
        w->room = room;
    }
    memcpy(w->bytes + w->used, bytes, size);
    w->used += size;
    return true;
}

static void check_json(const marsad_reading *reading)
{
    written w = {0};
    MUST(marsad_reading_json(reading, keep, &w) == MARSAD_OK);
    MUST(w.used > 0 && w.bytes[w.used - 1] == '\n');
    MUST(memchr(w.bytes, '\n', w.used) == w.bytes + w.used - 1); /* one line */
    json_t *line = json_loadb(w.bytes, w.used, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    MUST(json_array_size(json_object_get(line, "records")) == reading->record_count);
    json_decref(line);
    free(w.bytes);
}

static bool forget(void *context, const char *bytes, size_t size)
{
    (void)context, (void)bytes, (void)size;
    return true;
}

size_t fuzz_read(marsad_reader *reader, const marsad_article *article)
{
    const marsad_reading *reading = NULL;
    marsad_error err = {0};
    size_t records = 0;
    marsad_status status = marsad_read(reader, article, &reading, &err);
    if (status == MARSAD_OK) {
        records = reading->record_count;
        for (size_t i = 0; i < records; i++)
            check_record(article->text, &reading->records[i]);
        check_json(reading);
    } else {
        MUST(status == MARSAD_ERR_ARGUMENT);
        MUST(err.message[0] != '\0');
    }
    MUST(marsad_conllu(reader, article, forget, NULL, &err) == status);
    return records;
}

/* --- a report and a file --------------------------------------------------------------------------------------------- */

marsad_article fuzz_report(void)
{
    static const char text[] =
        "قال المرصد السوري لحقوق الإنسان أمس الاثنين إن أكثر من 90 غارة جوية استهدفت محيط بلدة خان طومان جنوب غربي حلب.\n"
        "وأضاف أن خمسة مدنيين على الأقل قتلوا في قصف لقوات الحكومة السورية على مستشفى في حي السكري، بينما نفت وزارة الدفاع الروسية ذلك.\n"
        "وأعلن وزير الخارجية تمديد نظام التهدئة 48 ساعة اعتبارا من منتصف ليل الثلاثاء.";
    marsad_article article = {.published = {.year = 2016, .month = 5, .day = 10}};
    article.id = (marsad_view){"report", 6};
    article.text = (marsad_view){text, sizeof text - 1};
    return article;
}

static char file_path[256];

static void remove_file(void)
{
    unlink(file_path);
}

const char *fuzz_file(const uint8_t *bytes, size_t size)
{
    if (file_path[0] == '\0') {
        const char *folder = getenv("TMPDIR");
        snprintf(file_path, sizeof file_path, "%s/marsad-fuzz-XXXXXX", folder != NULL ? folder : "/tmp");
        int made = mkstemp(file_path);
        MUST(made >= 0);
        close(made);
        atexit(remove_file);
    }
    FILE *file = fopen(file_path, "wb");
    MUST(file != NULL);
    size_t put = fwrite(bytes, 1, size, file);
    MUST(fclose(file) == 0 && put == size);
    return file_path;
}

/* --- streams of articles -------------------------------------------------------------------------------------------- */

typedef struct {
    const uint8_t *bytes;
    size_t left, most; /* most: bytes handed over at a time */
} stream;

static size_t stream_read(void *context, void *bytes, size_t size)
{
    stream *s = context;
    size_t part = size < s->most ? size : s->most;
    if (part > s->left)
        part = s->left;
    if (part > 0)
        memcpy(bytes, s->bytes, part);
    s->bytes += part;
    s->left -= part;
    return part;
}

void fuzz_feed(marsad_input input, const uint8_t *bytes, size_t size)
{
    stream s = {.bytes = bytes, .left = size, .most = 1 + size % 509};
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    marsad_error err;
    marsad_status status;
    MUST(marsad_feed_new(&feed, input, "fuzz", NULL, stream_read, &s, &err) == MARSAD_OK);
    while ((status = marsad_feed_next(feed, &item, &err)) == MARSAD_OK) {
        marsad_article article;
        char note[240];
        MUST(marsad_item_bytes(item).ptr != NULL);
        if (marsad_item_parse(item, &article, note, &err) == MARSAD_OK) {
            const marsad_reading *reading;
            MUST(strlen(article.sha256) == 64);
            MUST(marsad_read(fuzz_reader(), &article, &reading, &err) == MARSAD_OK);
            fuzz_read(fuzz_reader(), &article);
        } else {
            MUST(err.message[0] != '\0');
        }
    }
    MUST(status == MARSAD_END || status == MARSAD_ERR_FORMAT);
    marsad_item_free(item);
    marsad_feed_free(feed);
}
