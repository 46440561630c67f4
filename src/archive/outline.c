/* Outlines: what lists, maps and the queue ask of an incident, kept beside it without its body. The view outline_made says what they are (schema/). */
#include "archive/store.h"

marsad_status store_put_outline(store *s, int64_t incident, marsad_error *err)
{
    const marsad_status status = store_drop_outline(s, incident, err);
    return status != MARSAD_OK
               ? status
               : db_run(s->db, err, "INSERT INTO outline SELECT * FROM outline_made WHERE incident = $1", DB_VALUES(db_int(incident)));
}

marsad_status store_drop_outline(store *s, int64_t incident, marsad_error *err)
{
    return db_run(s->db, err, "DELETE FROM outline WHERE incident = $1", DB_VALUES(db_int(incident)));
}

marsad_status store_outline_faults(store *s, int64_t *out, marsad_error *err)
{
    return db_ask_int(s->db, out, 0, err,
                      "SELECT (SELECT count(*) FROM (SELECT * FROM outline EXCEPT SELECT * FROM outline_made))"
                      " + (SELECT count(*) FROM (SELECT * FROM outline_made EXCEPT SELECT * FROM outline))",
                      DB_NONE);
}
