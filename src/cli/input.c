/* What a file of articles is: as --input says, or by its name. */
#include <string.h>

#include "cli/command.h"

static const struct {
    const char *ending;
    marsad_input input;
} endings[] = {
    {".jsonl", MARSAD_INPUT_JSONL}, {".html", MARSAD_INPUT_HTML}, {".htm", MARSAD_INPUT_HTML},  {".xml", MARSAD_INPUT_RSS},
    {".rss", MARSAD_INPUT_RSS},     {".atom", MARSAD_INPUT_RSS},  {".warc", MARSAD_INPUT_WARC}, {".warc.gz", MARSAD_INPUT_WARC},
};

marsad_input input_of(const invocation *call, const char *name)
{
    const char *said = option_value(call, "input", NULL);
    const size_t len = strlen(name);
    marsad_input input;
    if (said != NULL && marsad_input_of_name(&input, (marsad_view){said, strlen(said)}))
        return input;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t size = strlen(endings[i].ending);
        if (len > size && strcmp(name + len - size, endings[i].ending) == 0)
            return endings[i].input;
    }
    return MARSAD_INPUT_TEXT;
}
