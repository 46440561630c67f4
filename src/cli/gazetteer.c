/* marsad gazetteer compile | find */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

/* --- compile ----------------------------------------------------------------------------------------------------------- */

static const option compile_options[] = {
    {'o', "output-file", "FILE", "write the compiled gazetteer to FILE (required)", COMPLETE_FILE},
    OPTION_HELP,
    {0},
};

static exit_status run_compile(const invocation *call)
{
    const char *path = option_value(call, "output-file", NULL);
    if (path == NULL)
        return usage_error(call, "no file to write: name it with --output-file");

    size_t places;
    marsad_error err = {0};
    if (marsad_gazetteer_compile(path, (const char *const *)call->operands, call->operand_count, &places, &err) != MARSAD_OK) {
        message("%s", err.message);
        return STATUS_PARTLY;
    }
    printf("%zu places in '%s'\n", places, path);
    return STATUS_OK;
}

const command command_gazetteer_compile = {
    .name = "gazetteer compile",
    .run = run_compile,
    .options = compile_options,
    .operands = "TABLE...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .complete = COMPLETE_FILE,
    .summary = "compile tables of places",
    .description =
        "Compiles each TABLE into one file that 'marsad read --gazetteer' uses. A TABLE is TSV whose first line names its columns "
        "(name_ar, lat, lon, and fclass or kind are needed), or a dump of GeoNames; of the latter only places with a name in Arabic script are kept. "
        "Places of one name and class within 3 km of each other become one.\n"
        "\n"
        "A row that cannot be read is told with its table and line, and nothing is written.",
};

/* --- find -------------------------------------------------------------------------------------------------------------- */

static const option find_options[] = {OPTION_GAZETTEER, OPTION_HELP, {0}};

static void add_column(buffer *line, const char *text, bool is_seen)
{
    if (is_seen) /* nothing may steer the terminal */
        show_text(line, (marsad_view){text, strlen(text)});
    else
        buffer_text(line, text);
    buffer_text(line, "\t");
}

static bool print_place(void *context, const marsad_place_row *place)
{
    const bool *is_seen = context;
    const char *const columns[] = {place->id, place->name, place->name_en, place->feature, place->country, place->admin1, place->admin2};
    buffer line = {0};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        add_column(&line, columns[i], *is_seen);
    buffer_format(&line, "%.4f\t%.4f\t", place->lat, place->lon);
    if (place->population > 0)
        buffer_format(&line, "%lu", (unsigned long)place->population);
    buffer_text(&line, "\t");
    add_column(&line, place->source, *is_seen);
    line.used -= line.used > 0; /* the last column's tab */
    buffer_text(&line, "\n");
    fwrite(line.bytes, 1, line.used, stdout);
    buffer_free(&line);
    return ferror(stdout) == 0;
}

static exit_status run_find(const invocation *call)
{
    data_set data;
    if (!gazetteers_open_for(&data, call))
        return STATUS_DATA;
    if (data.gazetteer_count == 0)
        return STATUS_DATA; /* told by then */

    exit_status status = STATUS_OK;
    bool is_seen = isatty(STDOUT_FILENO) == 1;
    puts("id\tname\tname_en\tfeature\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tsource");
    for (size_t i = 0; i < call->operand_count; i++) {
        const char *name = call->operands[i];
        size_t found = 0;
        for (size_t g = 0; g < data.gazetteer_count; g++)
            found += marsad_gazetteer_find(data.gazetteers[g], (marsad_view){name, strlen(name)}, print_place, &is_seen);
        if (found == 0) {
            message("no place is called '%s'", name);
            status = STATUS_PARTLY;
        }
    }
    data_close(&data);
    return status;
}

const command command_gazetteer_find = {
    .name = "gazetteer find",
    .run = run_find,
    .options = find_options,
    .operands = "NAME...",
    .operand_least = 1,
    .operand_most = SIZE_MAX,
    .summary = "print the places of a name",
    .description =
        "Prints each place called NAME, the most prominent first, in columns parted by tabs. The name may stand with or without its article, as in a "
        "report. The status is 1 if no place is called so.",
};
