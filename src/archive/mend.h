/* Mending a record's body: what a person says instead of what was read. The JSON of docs/archive.md, before and after. */
#ifndef MARSAD_MEND_H
#define MARSAD_MEND_H

#include "archive/store.h"

/*
 * Applies "field=value" changes to `body`.
 *
 *   kind=NAME  modality=NAME  phase=NAME|""        names as in docs/record.md
 *   actor=WHO,WHO  target=...  speaker=...         the parties instead of those read; "" for none. Where as many are named as were read, each keeps its words
 *   place=ID|""                                    the place instead of the record's scene; `place` is what the gazetteer knows of it
 *   days=DAY | FIRST/LAST | ""                     YYYY-MM-DD
 *   figure=OF:BEST | OF:LOW:BEST:HIGH | OF:        the one figure of its kind; "-" for an open end
 *
 *   place      may be NULL where no change is of the place
 *   overrides  set if something is changed that the report has words for
 *
 * Errors: MARSAD_ERR_ARGUMENT for a field or a value that is none; MARSAD_ERR_FORMAT for a damaged body.
 */
marsad_status body_mend(view *out, view body, const char *const *changes, size_t count, const stored_place *place, bool *overrides, arena *memory,
                        marsad_error *err);

#endif
