/* An incident as one JSON object: what the archive keeps of it for lists, and shows. docs/archive.md describes it. */
#ifndef MARSAD_INCIDENT_BODY_H
#define MARSAD_INCIDENT_BODY_H

#include "incident/incident.h"

void incident_body(json_out *j, const incident *i);

#endif
