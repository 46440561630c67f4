/*
 * marsad_ledger.h - what people decide beside the records: truce marks, bulletins that are kept and signed, settings.
 *
 * All of it is only added to, has a line in the log of the archive, and is covered by marsad_archive_verify().
 * Persons    a pseudonym is enough: it is kept in the log for good. 1 to 64 bytes of text.
 * Errors     MARSAD_ERR_ARGUMENT with the reason where something is not allowed or not there; then nothing was changed.
 */
#ifndef MARSAD_LEDGER_H
#define MARSAD_LEDGER_H

#include "marsad_archive.h"

/* --- Truce marks (docs/truce.md) ---------------------------------------------------------------------------------------------- */

/*
 * What one person holds a candidate of the truce ledger for.
 *   agreement, rule  as in marsad_question: what the candidate is one of; rule NULL: the first
 *   record           the candidate's record
 *   accused          NULL: whoever it accuses. Must be given for "breach" where it accuses several, as fighting does
 *   mark             "breach", "not-in-scope", "self-defence", "insufficient"; "none" takes a mark back
 *   reason           must be given where the rule says otherwise (it counts and is marked anything but a breach, it does not count and is marked a breach), and
 *                    where another person's mark is changed; NULL or "" else
 */
typedef struct {
    const char *agreement, *rule, *record, *accused, *mark, *reason, *person;
} marsad_mark;

marsad_status marsad_truce_mark(marsad_archive *archive, const marsad_mark *mark, int64_t now, marsad_error *err);

/* --- Bulletins (docs/bulletin.md) ----------------------------------------------------------------------------------------------- */

/*
 * A bulletin to be kept. Of `bulletin`, `form` is not looked at: all forms are made. NULL in its `languages` and `zone`, and in `profile`: as the settings say.
 * NULL in `cutoff`: the time of preparing, in UTC, whatever `zone` says.
 *   profile   the name of a profile beside the rules
 *   corrects  the number of the bulletin that it corrects, of the same day and profile; 0 for none
 */
typedef struct {
    marsad_bulletin bulletin;
    const char *profile;
    const marsad_gazetteer *gazetteer;
    const char *person;
    int64_t corrects;
} marsad_bulletin_plan;

/*
 * Makes a bulletin in all forms from the archive as it is, checks it, and keeps its bytes under `*number`, unsigned.
 * Errors: those of marsad_archive_bulletin(); MARSAD_ERR_FORMAT where a name that the profile withholds stands in it.
 */
marsad_status marsad_bulletin_prepare(marsad_archive *archive, const marsad_bulletin_plan *plan, int64_t now, int64_t *number, marsad_error *err);

/* Signs a bulletin: once, and never by who prepared it (names are compared as docs/people.md says). */
marsad_status marsad_bulletin_sign(marsad_archive *archive, int64_t number, const char *person, int64_t now, marsad_error *err);

/* The bytes of a bulletin as they were kept. `form`: "text", "html", "print". Errors: MARSAD_ERR_FORMAT if they are damaged. */
marsad_status marsad_bulletin_text(marsad_archive *archive, int64_t number, const char *form, marsad_write *write, void *context, marsad_error *err);

/* --- Settings (docs/archive.md) --------------------------------------------------------------------------------------------------- */

enum { MARSAD_SETTING_BYTES = 256 };

/* "organisation", "zone", "profile", "languages": the value in force, the default where none was set. */
marsad_status marsad_setting_get(marsad_archive *archive, const char *name, char out[MARSAD_SETTING_BYTES], marsad_error *err);
/* Sets it from now on. A value that it has already changes nothing. Errors: MARSAD_ERR_ARGUMENT for a value that is not allowed. */
marsad_status marsad_setting_set(marsad_archive *archive, const char *name, const char *value, const char *person, int64_t now, marsad_error *err);

#endif
