/* Outlines: what lists, maps and the queue ask of an incident, kept beside it without its body. What they weigh is told in docs/review.md. */
#include "archive/store.h"

/* Outlines as they must be, of living incidents. The first of their states is that which waits the most urgently: in work, new, needs source, accepted. */
#define OUTLINES_MADE                                                                                                                                \
    "SELECT day, id, key, first_day, kind, place, grade, chains, flags, CAST(killed ->> 'low' AS BIGINT), CAST(killed ->> 'high' AS BIGINT), open, " \
    "second,"                                                                                                                                        \
    " CASE urgent WHEN 0 THEN 1 WHEN 1 THEN 0 WHEN 2 THEN 3 WHEN 3 THEN 2 END,"                                                                      \
    " CASE WHEN instr(body, '\"of\":\"killed\"') > 0 OR instr(body, '\"of\":\"wounded\"') > 0 THEN 4 ELSE 0 END"                                     \
    " + CASE WHEN (flags & 16) > 0 THEN 3 ELSE 0 END + CASE WHEN (flags & 8) > 0 THEN 3 ELSE 0 END"                                                  \
    " + CASE WHEN chains > 1 THEN 2 ELSE 0 END + CASE WHEN open = 0 THEN 1 ELSE 0 END"                                                               \
    " FROM (SELECT i.*, (SELECT count(*) FROM record r WHERE r.incident = i.key AND r.state IN (0, 1, 3)) AS open,"                                  \
    " (SELECT count(*) FROM record r WHERE r.incident = i.key AND r.state = 2 AND r.verified = 0) AS second,"                                        \
    " (SELECT min(CASE r.state WHEN 1 THEN 0 WHEN 0 THEN 1 WHEN 3 THEN 2 ELSE 3 END) FROM record r WHERE r.incident = i.key AND"                     \
    " (r.state IN (0, 1, 3) OR (r.state = 2 AND r.verified = 0))) AS urgent,"                                                                        \
    " (SELECT f.value FROM json_each(i.body, '$.figures') f WHERE f.value ->> 'of' = 'killed' AND coalesce(f.value ->> 'group', '') = ''"            \
    " LIMIT 1) AS killed FROM incident i WHERE i.gone IS NULL) AS made"

marsad_status store_put_outline(store *s, int64_t incident, marsad_error *err)
{
    const marsad_status status = store_drop_outline(s, incident, err);
    return status != MARSAD_OK ? status : db_run(s->db, err, "INSERT INTO outline " OUTLINES_MADE " WHERE key = $1", DB_VALUES(db_int(incident)));
}

marsad_status store_put_staged_outlines(store *s, marsad_error *err)
{
    const marsad_status status = db_run(s->db, err, "DELETE FROM outline WHERE incident IN (SELECT key FROM staged_outline)", DB_NONE);
    return status != MARSAD_OK ? status
                               : db_run(s->db, err, "INSERT INTO outline " OUTLINES_MADE " WHERE key IN (SELECT key FROM staged_outline)", DB_NONE);
}

marsad_status store_drop_outline(store *s, int64_t incident, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM outline WHERE incident = $1", DB_VALUES(db_int(incident)));
}

marsad_status store_outline_faults(store *s, int64_t *out, marsad_error *err)
{
    return db_ask_int(s->db, out, 0, err,
                      "SELECT (SELECT count(*) FROM (SELECT * FROM outline EXCEPT " OUTLINES_MADE ") AS kept)"
                      " + (SELECT count(*) FROM (" OUTLINES_MADE " EXCEPT SELECT * FROM outline) AS lacking)",
                      DB_NONE);
}
