/*
 * Incidents and statements packed: what tallies, control and the truce ledger ask of them, in a few bytes each, so that answers need neither records nor bodies.
 *
 *   packed = version, strings (each with a NUL), places, then the items, whose words and places are numbers into the two lists before them
 *
 * Numbers are LEB128, signed ones folded (0, -1, 1, -2 ...). The same incidents give the same bytes on every machine.
 *
 * Ownership  what is unpacked lives in `memory`, with its strings.
 * Errors     unpacking: MARSAD_ERR_FORMAT for bytes that packing does not make, MARSAD_ERR_SYSTEM when memory is out.
 */
#ifndef MARSAD_PACKED_H
#define MARSAD_PACKED_H

#include "base/buffer.h"
#include "incident/incident.h"

/*
 * Packs incidents into two pieces, of which the second is needed only for who says what.
 *   incidents  id, kind, days, grade, places, parties (their identifiers), figures
 *   told       of each statement: id, outlet, published, kind, modality, and the identifiers of actors, targets and the speaker
 * An incident that is told by nobody, only denied, is left out: it is in no tally and accuses nobody. False when memory is out. The buffers are emptied first.
 */
bool incidents_pack(buffer *incidents, buffer *told, const incident *items, uint32_t count);

/*
 * Adds them to `out`. Where `told` is empty the incidents have no statements. Of a figure only what was packed is there: who gave its bounds is not, but for the
 * low bound of a period, of which the id alone is.
 */
marsad_status incidents_unpack(incident_list *out, view incidents, view told, arena *memory, marsad_error *err);

/* One statement with all that control asks of it: besides the above article, chain, days, state and places. */
bool statement_pack(buffer *out, const statement *s);
marsad_status statement_unpack(statement *out, view packed, arena *memory, marsad_error *err);

#endif
