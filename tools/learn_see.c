/*
 * learn_see LEXICON GAZETTEER... < ARTICLES.jsonl: what the models see while reading, for tools/learn.py.
 *
 * One line for each thing a model was asked about, tab-separated: article, model, first and last byte of the trigger, kind, first and last byte of the
 * phrase, then the features as they stand in weights.tsv.
 */
#include "reader.h"

#include <stdio.h>

typedef struct {
    marsad_view article;
} watcher;

static void print_feature(const model *m, const model_view *seen, const uint8_t *template)
{
    for (size_t i = 0; i < TEMPLATE_PARTS && template[i] != TEMPLATE_END; i++)
        if (seen->values[template[i]] == NULL)
            return;
    putchar('\t');
    for (size_t i = 0; i < TEMPLATE_PARTS && template[i] != TEMPLATE_END; i++)
        printf("%s%s=%s", i > 0 ? "|" : "", m->parts[template[i]], seen->values[template[i]]);
}

static void see(void *context, const model *m, const model_view *seen, span trigger, const char *kind, span filler)
{
    const watcher *w = context;
    printf("%.*s\t%s\t%u\t%u\t%s\t%u\t%u", (int)w->article.len, w->article.ptr, m->name, trigger.start, trigger.end, kind, filler.start, filler.end);
    for (size_t i = 0; i < m->template_count; i++)
        print_feature(m, seen, m->templates[i]);
    putchar('\n');
}

static size_t read_stdin(void *context, void *out, size_t room)
{
    (void)context;
    return fread(out, 1, room, stdin);
}

static int complain(const marsad_error *err)
{
    fprintf(stderr, "learn_see: %s\n", err->message);
    return 1;
}

/* Read every article, with the observer at the reader. */
static int see_all(const marsad_lexicon *lexicon, const marsad_gazetteer *const *gazetteers, size_t count)
{
    marsad_error err = {0};
    marsad_reader *reader = NULL;
    marsad_feed *feed = NULL;
    marsad_item *item = NULL;
    watcher w = {{NULL, 0}};
    const model_observer observer = {see, &w};
    int status = 1;
    if (marsad_reader_new(&reader, lexicon, gazetteers, count, &err) != MARSAD_OK ||
        marsad_feed_new(&feed, MARSAD_INPUT_JSONL, "stdin", NULL, read_stdin, NULL, &err) != MARSAD_OK)
        goto done;
    reader->observer = &observer;
    marsad_status next;
    while ((next = marsad_feed_next(feed, &item, &err)) == MARSAD_OK) {
        marsad_article article;
        const marsad_reading *reading;
        if (marsad_item_parse(item, &article, NULL, &err) != MARSAD_OK)
            goto done;
        w.article = article.id;
        if (marsad_read(reader, &article, &reading, &err) != MARSAD_OK)
            goto done;
    }
    status = next == MARSAD_END ? 0 : 1;
done:
    if (status != 0)
        complain(&err);
    marsad_item_free(item);
    marsad_feed_free(feed);
    marsad_reader_free(reader);
    return status;
}

int main(int argc, char **argv)
{
    marsad_error err = {0};
    marsad_lexicon *lexicon = NULL;
    marsad_gazetteer *gazetteers[GAZETTEERS_MAX];
    size_t count = 0;
    if (argc < 3 || argc > 2 + GAZETTEERS_MAX) {
        fputs("usage: learn_see LEXICON GAZETTEER... < ARTICLES.jsonl\n", stderr);
        return 2;
    }
    if (marsad_lexicon_open(&lexicon, argv[1], &err) != MARSAD_OK)
        return complain(&err);
    for (int i = 2; i < argc; i++)
        if (marsad_gazetteer_open(&gazetteers[count++], argv[i], &err) != MARSAD_OK)
            return complain(&err);
    return see_all(lexicon, (const marsad_gazetteer *const *)gazetteers, count);
}
