/* Rows that change with a line of the log each time (accounts, API tokens) against the last line that tells of them. */
#include <stdio.h>

#include "trust/verify.h"

static marsad_status check_last_line(verifier *v, const seal_kind *kind, const db_rows *rows, marsad_error *err)
{
    const long long line = db_get_int(rows, 0);
    const view subject = db_get_text(rows, 1), detail = db_get_text(rows, 2);
    char seal[SEAL_BYTES], wanted[SEAL_BYTES + 8];
    marsad_status status = seal_of_subject(v->store->db, seal, kind, subject, err);
    if (status != MARSAD_OK)
        return status;
    snprintf(wanted, sizeof wanted, "seal %s ", seal);
    const bool is_removed = !view_starts(detail, view_of("seal "));
    if (is_removed && seal[0] != 0)
        verify_fault(v, "%s '%.*s' is there, and log line %lld removed it", kind->what, (int)subject.len, subject.ptr, line);
    else if (!is_removed && seal[0] == 0)
        verify_fault(v, "%s '%.*s' of log line %lld is missing", kind->what, (int)subject.len, subject.ptr, line);
    else if (!is_removed && !view_starts(detail, view_of(wanted)))
        verify_fault(v, "%s '%.*s' is not what log line %lld tells of", kind->what, (int)subject.len, subject.ptr, line);
    return MARSAD_OK;
}

marsad_status verify_accounts(verifier *v, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (const seal_kind *kind = seal_kinds(); kind->what != NULL && status == MARSAD_OK; kind++) {
        if (!kind->is_changing)
            continue;
        db_rows *rows;
        status = db_ask(v->store->db, &rows, err,
                        "SELECT l.line, l.subject, l.detail FROM log l JOIN (SELECT max(line) AS line FROM log WHERE what = $1 GROUP BY subject) m"
                        " ON m.line = l.line ORDER BY l.line",
                        DB_VALUES(db_text(kind->what)));
        while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
            status = check_last_line(v, kind, rows, err);
        db_end(rows);
        status = status == MARSAD_END ? MARSAD_OK : status;
    }
    return status;
}
