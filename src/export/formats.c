/* The table of formats. */
#include "export/formats.h"

#include "export/export.h"

static const export_format formats[] = {
    {"csv", ".csv", "Marsad's own flat table: one row an incident, all that fits into cells", write_flat},
    {"jsonl", ".jsonl", "whole incidents with their statements, one JSON object a line", write_jsonl},
    {NULL, NULL, NULL, NULL},
};

const export_format *export_formats(void)
{
    return formats;
}

const export_format *export_format_find(const char *name)
{
    for (const export_format *format = formats; format->name != NULL; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}
