/* The writers of the formats, one a file: for the table in formats.c. */
#ifndef MARSAD_FORMATS_H
#define MARSAD_FORMATS_H

#include "export/export.h"

bool write_flat(export_run *run, const incident_list *incidents);
bool write_jsonl(export_run *run, const incident_list *incidents);

#endif
