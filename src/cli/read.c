/* marsad read: articles in, records out. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static const option options[] = {
    {'f', "output", "table|jsonl|conllu",
     "how records are shown: a table for people, a line of JSON an article, or the words in CoNLL-U (default table)", COMPLETE_WORDS},
    OPTIONS_OF_ARTICLES,
    OPTION_OUTPUT_FILE,
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

static marsad_status render_table(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err)
{
    const marsad_reading *reading;
    marsad_status status = marsad_read(reader, article, &reading, err);
    if (status == MARSAD_OK)
        show_reading(out, reading, terminal_columns());
    return status;
}

static marsad_status render_json(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err)
{
    const marsad_reading *reading;
    marsad_status status = marsad_read(reader, article, &reading, err);
    if (status != MARSAD_OK)
        return status;
    status = marsad_reading_json(reading, buffer_write, out);
    if (status != MARSAD_OK)
        snprintf(err->message, sizeof err->message, "out of memory for the records as JSON");
    return status;
}

static marsad_status render_conllu(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err)
{
    return marsad_conllu(reader, article, buffer_write, out, err);
}

static exit_status run(const invocation *call)
{
    const char *output = option_value(call, "output", "table");
    if (strcmp(output, "jsonl") == 0)
        return articles_render(call, render_json);
    if (strcmp(output, "conllu") == 0)
        return articles_render(call, render_conllu);
    return articles_render(call, render_table);
}

const command command_read = {
    .name = "read",
    .run = run,
    .options = options,
    .operands = "[FILE...|-]",
    .operand_most = SIZE_MAX,
    .complete = COMPLETE_FILE,
    .summary = "read articles, print their records",
    .description =
        "Reads news reports in Arabic and prints who did what to whom, where and when, with which figures, and on whose word. "
        "Without a FILE, or where it is '-', standard input is read.\n"
        "\n"
        "A FILE is one article in plain text, or JSON Lines: {\"id\", \"source\", \"published\", \"title\", \"url\", \"text\"} a line, or a page in "
        "HTML, "
        "a feed (RSS, Atom) or a web archive (WARC, also compressed). Of a page only its main text is read: no menus, related links, comments or "
        "captions. "
        "Text is UTF-8; UTF-16 and windows-1256 are recognised and converted, with a note. "
        "What cannot be read is told with its file and line, and the rest is read.\n"
        "\n"
        "'Yesterday' and the like are counted from the day of publication. Where an article gives none and --published neither, they stay unread.\n"
        "\n"
        "Records as JSON are described in docs/record.md.",
};
