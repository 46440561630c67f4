/* The table of formats. */
#include "export/formats.h"

#include "export/export.h"

static const export_format formats[] = {
    {"acled", ".acled.csv", "ACLED's column layout, with Marsad's own ids and rows", write_acled},
    {"ged", ".ged.csv", "UCDP GED's column layout: lethal events", write_ged},
    {"geojson", ".geojson", "points on the map (RFC 7946)", write_geojson},
    {"hapi", ".hapi.csv", "HDX HAPI's counts by place and month", write_hapi},
    {"hxl", ".hxl.csv", "ACLED-shaped columns with HXL tags", write_hxl},
    {"plover", ".plover.jsonl", "PLOVER: one JSON object a statement", write_plover},
    {"polecat", ".polecat.tsv", "POLECAT's weekly layout", write_polecat},
    {"gdelt", ".gdelt.tsv", "GDELT 2.0's table of events, without a header", write_gdelt},
    {"airwars", ".airwars.csv", "Airwars' layout of incidents", write_airwars},
    {"airwars-casualties", ".airwars-casualties.csv", "Airwars' layout of casualties, a row a group", write_airwars_casualties},
    {"airwars-statements", ".airwars-statements.csv", "Airwars' layout of what belligerents say", write_airwars_statements},
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
