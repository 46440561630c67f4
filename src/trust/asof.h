/* The archive as it was at a line of its log: what was stored after is not there, what was decided after is not in force. */
#ifndef MARSAD_ASOF_H
#define MARSAD_ASOF_H

#include "keeping.h"

/* The statements and the incidents that follow from them. All in `memory`. */
marsad_status archive_as_of(marsad_archive *archive, int64_t line, statement_list *statements, incident_list *incidents, arena *memory,
                            marsad_error *err);

#endif
