#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

bool lexicon_open_for(marsad_lexicon **out, const invocation *call)
{
    const char *named = option_value(call, "lexicon", NULL);
    char *found = named == NULL ? path_of_data("lexicon.bin") : NULL;
    if (named == NULL && found == NULL) {
        message("no lexicon found: 'lexicon.bin' is sought in $MARSAD_DATA, beside the program and in ../share/marsad; or name one with --lexicon");
        return false;
    }
    marsad_error err = {0};
    bool ok = marsad_lexicon_open(out, named != NULL ? named : found, &err) == MARSAD_OK;
    if (!ok)
        message("%s", err.message);
    free(found);
    return ok;
}

static bool gazetteer_add(data_set *data, const char *path)
{
    marsad_error err = {0};
    if (data->gazetteer_count == GAZETTEERS_MAX) {
        message("at most %d gazetteers can be used at once: '%s' is one too many", GAZETTEERS_MAX, path);
        return false;
    }
    if (marsad_gazetteer_open(&data->gazetteers[data->gazetteer_count], path, &err) != MARSAD_OK) {
        message("%s", err.message);
        return false;
    }
    data->gazetteer_count++;
    return true;
}

/* Adds what the options name, or what is found. */
static bool gazetteers_add(data_set *data, const invocation *call)
{
    for (size_t i = 0; i < call->option_count; i++)
        if (strcmp(call->options[i].option->name, "gazetteer") == 0 && !gazetteer_add(data, call->options[i].value))
            return false;
    if (data->gazetteer_count > 0)
        return true;

    char *found = path_of_data("gazetteer.bin");
    if (found == NULL) {
        message("note: no gazetteer found, so places have no position; name one with --gazetteer");
        return true;
    }
    bool ok = gazetteer_add(data, found);
    free(found);
    return ok;
}

bool gazetteers_open_for(data_set *out, const invocation *call)
{
    *out = (data_set){0};
    if (gazetteers_add(out, call))
        return true;
    data_close(out);
    return false;
}

bool data_open(data_set *out, const invocation *call)
{
    *out = (data_set){0};
    if (lexicon_open_for(&out->lexicon, call) && gazetteers_add(out, call))
        return true;
    data_close(out);
    return false;
}

void data_close(data_set *data)
{
    for (size_t i = 0; i < data->gazetteer_count; i++)
        marsad_gazetteer_close(data->gazetteers[i]);
    marsad_lexicon_close(data->lexicon);
    *data = (data_set){0};
}
