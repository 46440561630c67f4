/* The writers of the formats, one a file: for the table in formats.c. */
#ifndef MARSAD_FORMATS_H
#define MARSAD_FORMATS_H

#include "export/export.h"

bool write_acled(export_run *run, const incident_list *incidents);
bool write_ged(export_run *run, const incident_list *incidents);
bool write_geojson(export_run *run, const incident_list *incidents);
bool write_hapi(export_run *run, const incident_list *incidents);
bool write_hxl(export_run *run, const incident_list *incidents);
bool write_plover(export_run *run, const incident_list *incidents);
bool write_polecat(export_run *run, const incident_list *incidents);
bool write_gdelt(export_run *run, const incident_list *incidents);
bool write_airwars(export_run *run, const incident_list *incidents);
bool write_airwars_casualties(export_run *run, const incident_list *incidents);
bool write_airwars_statements(export_run *run, const incident_list *incidents);
bool write_flat(export_run *run, const incident_list *incidents);
bool write_jsonl(export_run *run, const incident_list *incidents);

#endif
