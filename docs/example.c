/* Reads a report and prints the kind, the trigger and the place of each record: example LEXICON GAZETTEER REPORT.txt */
#include <marsad.h>
#include <stdio.h>

static void print_record(marsad_view text, const marsad_record *record)
{
    marsad_span t = record->trigger;
    const char *place = record->place_count > 0 ? record->places[0].norm : "-";
    printf("%s\t%.*s\t%s\n", marsad_kind_name(record->kind), (int)(t.end - t.start), text.ptr + t.start, place);
}

int main(int argc, char **argv)
{
    static char text[1 << 20];
    marsad_lexicon *lexicon = NULL;
    marsad_gazetteer *gazetteer = NULL;
    marsad_reader *reader = NULL;
    const marsad_reading *reading = NULL;
    marsad_error err = {0};

    FILE *report = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (report == NULL)
        return fprintf(stderr, "usage: example LEXICON GAZETTEER REPORT.txt\n"), 2;
    marsad_article article = {.published = {.year = 2016, .month = 5, .day = 10}};
    article.text = (marsad_view){text, fread(text, 1, sizeof text, report)};
    fclose(report);

    bool is_read = marsad_lexicon_open(&lexicon, argv[1], &err) == MARSAD_OK && marsad_gazetteer_open(&gazetteer, argv[2], &err) == MARSAD_OK &&
                   marsad_reader_new(&reader, lexicon, (const marsad_gazetteer *const[]){gazetteer}, 1, &err) == MARSAD_OK &&
                   marsad_read(reader, &article, &reading, &err) == MARSAD_OK;
    for (size_t i = 0; is_read && i < reading->record_count; i++)
        print_record(article.text, &reading->records[i]);
    if (!is_read)
        fprintf(stderr, "example: %s\n", err.message);

    marsad_reader_free(reader); /* NULL is harmless, so that there is one way out */
    marsad_gazetteer_close(gazetteer);
    marsad_lexicon_close(lexicon);
    return is_read ? 0 : 1;
}
