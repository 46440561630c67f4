/* marsad edit: what people say instead of what was read. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { CHANGES_MAX = 64 };

static const option edit_options[] = {
    OPTION_ARCHIVE,
    OPTION_PERSON,
    OPTION_REASON,
    {0, "kind", "KIND", "what happened", COMPLETE_NONE},
    {0, "modality", "asserted|planned|denied|possible", "whether it is said to have happened", COMPLETE_WORDS},
    {0, "phase", "PHASE", "of a truce, talks or an agreement; '' for none", COMPLETE_NONE},
    {0, "actor", "WHO,...", "who did it; '' for nobody named", COMPLETE_NONE},
    {0, "target", "WHO,...", "to whom", COMPLETE_NONE},
    {0, "speaker", "WHO,...", "on whose word", COMPLETE_NONE},
    {0, "place", "ID|NAME", "where: a place of the archive or the gazetteer; '' for none", COMPLETE_NONE},
    {0, "place-id", "ID", "which of the places of that name", COMPLETE_NONE},
    {0, "days", "DAY|FIRST/LAST", "when; '' for no day", COMPLETE_NONE},
    {0, "figure", "OF:BEST|OF:LOW:BEST:HIGH", "how many, such as killed:5 or killed:3:5:-; 'killed:' for none; may be repeated", COMPLETE_NONE},
    {0, "as-read", NULL, "the record as it was read, whatever was changed since; stands alone", COMPLETE_NONE},
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

/* What the gazetteer knows of a name. */
typedef struct {
    const char *id;          /* the one wanted; NULL: the only one */
    marsad_place_row chosen; /* its texts belong to the gazetteer, but for the country's, which is only lent */
    char country[3];
    size_t count;
    buffer offered; /* the places of that name */
} place_choice;

static bool see_place(void *context, const marsad_place_row *place)
{
    place_choice *choice = context;
    const bool is_wanted = choice->id == NULL || strcmp(choice->id, place->id) == 0;
    if (is_wanted) {
        choice->chosen = *place;
        snprintf(choice->country, sizeof choice->country, "%s", place->country);
        choice->chosen.country = choice->country;
        choice->count++;
    }
    buffer_format(&choice->offered, "  %s  %s, %s (%s)  %.3f %.3f\n", place->id, place->name_en, place->admin1, place->feature, place->lat,
                  place->lon);
    return true;
}

/* Finds the place of --place in the gazetteer; where it knows none of that name, it is an id of the archive's. */
static bool choose_place(const invocation *call, const data_set *data, place_choice *choice)
{
    const char *name = option_value(call, "place", NULL);
    choice->id = option_value(call, "place-id", NULL);
    for (size_t g = 0; g < data->gazetteer_count; g++)
        marsad_gazetteer_find(data->gazetteers[g], (marsad_view){name, strlen(name)}, see_place, choice);
    if (choice->count == 1 || choice->offered.used == 0)
        return true;
    buffer_add(&choice->offered, "", 1);
    usage_error(call, "%zu places are called '%s': --place-id says which", choice->count, name);
    fputs(choice->offered.failed ? "" : choice->offered.bytes, stderr);
    return false;
}

typedef struct {
    const char *items[CHANGES_MAX];
    buffer texts[CHANGES_MAX];
    size_t count;
} change_list;

static void add_change(change_list *list, const char *field, const char *value)
{
    if (list->count == CHANGES_MAX)
        return;
    buffer *text = &list->texts[list->count];
    buffer_format(text, "%s=%s", field, value);
    buffer_add(text, "", 1);
    if (!text->failed)
        list->items[list->count++] = text->bytes;
}

static void read_changes(const invocation *call, change_list *list, const place_choice *place)
{
    if (option_is_given(call, "as-read"))
        list->items[list->count++] = "as-read";
    static const char *const fields[] = {"kind", "modality", "phase", "actor", "target", "speaker", "days", "figure"};
    for (size_t i = 0; i < call->option_count; i++)
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            if (strcmp(call->options[i].option->name, fields[f]) == 0)
                add_change(list, fields[f], call->options[i].value);
    if (option_is_given(call, "place"))
        add_change(list, "place", place->count == 1 ? place->chosen.id : option_value(call, "place", ""));
}

static exit_status run_edit(const invocation *call)
{
    data_set data = {0};
    place_choice place = {0};
    change_list changes = {0};
    const char *name = option_value(call, "place", "");
    exit_status status = name[0] == 0 || gazetteers_open_for(&data, call) ? STATUS_OK : STATUS_DATA;
    if (status == STATUS_OK && name[0] != 0 && !choose_place(call, &data, &place))
        status = STATUS_USAGE;
    if (status == STATUS_OK) {
        read_changes(call, &changes, &place);
        status = review_decide(call, &(marsad_decision){.what = "edit",
                                                        .person = review_person(call),
                                                        .reason = option_value(call, "reason", NULL),
                                                        .changes = changes.items,
                                                        .change_count = changes.count,
                                                        .place = place.count == 1 ? &place.chosen : NULL});
    }
    for (size_t i = 0; i < CHANGES_MAX; i++)
        buffer_free(&changes.texts[i]);
    buffer_free(&place.offered);
    data_close(&data);
    return status;
}

const command command_edit = {
    .name = "edit",
    .run = run_edit,
    .options = edit_options,
    .operands = "ID",
    .operand_least = 1,
    .operand_most = 1,
    .summary = "mend what was read wrongly",
    .description =
        "Changes fields of a record; the reading stays in its history. Where words of the report are overruled, a reason is needed. Parties are "
        "identifiers as in docs/record.md.",
};
