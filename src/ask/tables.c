/* Tables that SQL answers: each a row. */
#include "ask/tables.h"

/*
 * Limits that are left out are null. They are compared before they are asked for being null, or cast: PostgreSQL learns there what they are.
 */
#define HAS_PARTY(incident) "(CAST($17 AS TEXT) IS NULL OR instr(" incident ".body, $17) > 0)"
#define INCIDENT_COLUMNS                                                                                                                             \
    "SELECT i.id, i.first_day, i.last_day, i.kind, p.name, p.name_en, p.admin1, p.country, p.lat, p.lon, i.body ->> 'actors', i.body ->> "           \
    "'targets',"                                                                                                                                     \
    " i.body ->> 'figures', i.statements, i.articles, i.chains, i.grade, i.flags FROM incident i LEFT JOIN place p ON p.key = i.place WHERE "        \
    "i.gone IS NULL"
#define INCIDENT_LIMITS                                                                                                                              \
    " AND i.day BETWEEN coalesce((SELECT day FROM incident WHERE key = $13), $1) AND $2 AND (($3 >> i.kind) & 1) <> 0 AND i.grade >= $11 AND "       \
    "(p.admin1 = $12 OR $12 IS NULL)"                                                                                                                \
    " AND (p.country = $14 OR $14 IS NULL) AND (p.id = $15 OR p.name = $15 OR $15 IS NULL) AND " HAS_PARTY(                                          \
        "i") " AND ($13 = 0 OR (i.day, i.id) > (SELECT day, id FROM incident WHERE key = $13)) ORDER BY i.day, i.id LIMIT $10"
/* Places within a box. Both indexes keep its edges in single precision and a little too wide: what they find is held against the place itself. */
#define BOX_SQLITE "place_box x JOIN place q ON q.key = x.key WHERE x.east >= $6 AND x.north >= $7 AND x.west <= $8 AND x.south <= $9 AND "
#define BOX_POSTGIS "place q WHERE q.point && ST_MakeEnvelope($6, $7, $8, $9, 4326) AND "
/* The page of a box, found in an index alone (incident_place) before anything else of its rows is read. */
#define PLACES_IN(box)                                                                                                                               \
    "(SELECT q.key FROM " box "q.lon BETWEEN $6 AND $8 AND q.lat BETWEEN $7 AND $9 AND (q.admin1 = $12 OR $12 IS NULL) AND (q.country = $14 OR $14 " \
    "IS NULL) AND (q.id = $15 OR q.name = $15 OR $15 IS NULL))"
#define FOUND_IN(box)                                                                                                                                \
    "(SELECT b.key FROM incident b WHERE b.gone IS NULL AND b.place IN " PLACES_IN(                                                                  \
        box) " AND b.day BETWEEN coalesce((SELECT day FROM incident "                                                                                \
             "WHERE key = $13), $1) AND $2 AND (($3 >> b.kind) & 1) <> 0 AND b.grade >= $11 AND " HAS_PARTY(                                         \
                 "b") " AND ($13 = 0 OR (b.day, b.id) > (SELECT "                                                                                    \
                      "day, id FROM incident WHERE key = $13)) ORDER BY b.day, b.id LIMIT $10)"
#define MAP_ROWS "CASE WHEN $10 < 50000 THEN $10 ELSE 50000 END"
#define MAP_COLUMNS "SELECT o.id, p.lat, p.lon, o.kind, o.grade, o.day, o.chains, o.flags, p.feature FROM "
#define MAP_NEWEST " ORDER BY o.day DESC, o.id DESC LIMIT " MAP_ROWS
/* A box's incidents, the newest, found as above; outlines and places are read of those alone. */
#define NEWEST_IN(box)                                                                                                                               \
    "(SELECT b.day, b.id FROM incident b WHERE b.gone IS NULL AND b.place IN " PLACES_IN(                                                            \
        box) " AND b.day BETWEEN $1 AND coalesce((SELECT day FROM "                                                                                  \
             "incident WHERE key = $13), $2) AND (($3 >> b.kind) & 1) <> 0 AND b.grade >= $11 AND " HAS_PARTY(                                       \
                 "b") " AND ($13 = 0 OR (b.day, b.id) < (SELECT "                                                                                    \
                      "day, id FROM incident WHERE key = $13)) ORDER BY b.day DESC, b.id DESC LIMIT " MAP_ROWS ")"
#define MAP_IN(box)                                                                                                                                  \
    MAP_COLUMNS NEWEST_IN(box) " f CROSS JOIN outline o CROSS JOIN place p WHERE o.day = f.day AND o.id = f.id AND p.key = o.place" MAP_NEWEST
#define RECORD_COLUMNS                                                                                                                               \
    "SELECT r.id, r.kind, r.modality, r.day, p.name, a.outlet, a.id, i.id, r.state, r.verified, r.body FROM record r JOIN article a ON a.key = "     \
    "r.article LEFT JOIN place p ON p.key = r.place LEFT JOIN incident i ON i.key = r.incident WHERE "
#define RECORD_LIMITS                                                                                                                                \
    "r.day BETWEEN $1 AND $2 AND (($3 >> r.kind) & 1) <> 0 AND r.key > $13 AND (r.state = $16 OR $16 IS NULL) ORDER BY r.key LIMIT $10"
/* Of a record's id, an article's or an incident's. */
#define RECORDS_OF_ID                                                                                                                                \
    "r.key IN (SELECT key FROM record WHERE id = $4 UNION ALL SELECT key FROM record WHERE article = (SELECT key FROM article WHERE id = $4)"        \
    " UNION ALL SELECT key FROM record WHERE incident = (SELECT key FROM incident WHERE id = $4)) AND "
#define ARTICLE_COLUMNS                                                                                                                              \
    "SELECT a.id, a.outlet, a.published, a.title, a.url, c.id, a.stored, (SELECT count(*) FROM record r WHERE r.article = a.key), a.note FROM "      \
    "article a JOIN article c ON c.key = a.chain WHERE "
/* The row of number $5. */
#define AFTER_NUMBER(table, key) "SELECT " key " FROM " table " WHERE " key " = $5"
/* Behind the row of the page before, the newest or the oldest first. */
#define NEWEST_FIRST(key) " WHERE ($13 = 0 OR " key " < $13) ORDER BY " key " DESC LIMIT $10"
#define OLDEST_FIRST(key) " WHERE " key " > $13 ORDER BY " key " LIMIT $10"
#define BATCH_COLUMNS "SELECT key, begun, what, added, known, problems FROM batch"
#define PROBLEM_COLUMNS "SELECT p.key, b.begun, b.what, p.place, p.line, p.reason FROM problem p JOIN batch b ON b.key = p.batch"
/* A parcel, in the outbox or given up. */
#define PARCEL_COLUMNS "SELECT id, input, place, line, size, queued"
#define PARCEL_SHOWN                                                                                                                                 \
    {"id", SHOW_TEXT}, {"input", SHOW_TEXT}, {"place", SHOW_TEXT}, {"line", SHOW_INTEGER}, {"size", SHOW_INTEGER},                                   \
    {                                                                                                                                                \
        "queued", SHOW_TIME                                                                                                                          \
    }
#define OUTBOX_COLUMNS PARCEL_COLUMNS ", sent FROM outbox"
#define DEAD_LETTER_COLUMNS PARCEL_COLUMNS ", time, deliveries, reason FROM dead_letter"
#define LOG_COLUMNS "SELECT line, time, what, subject, detail, hex(hash) FROM log"
#define FOUND_ARTICLES "(SELECT rowid FROM article_words($5) ORDER BY rowid DESC LIMIT 1000)"

const sql_list sql_lists[] = {
    {.name = "incidents",
     .sql = INCIDENT_COLUMNS INCIDENT_LIMITS,
     .sql_words = INCIDENT_COLUMNS " AND i.key IN (SELECT r.incident FROM record r WHERE r.article IN " FOUND_ARTICLES ")" INCIDENT_LIMITS,
     .sql_box = INCIDENT_COLUMNS " AND i.key IN " FOUND_IN(BOX_SQLITE) INCIDENT_LIMITS,
     .sql_box_postgis = INCIDENT_COLUMNS " AND i.key IN " FOUND_IN(BOX_POSTGIS) INCIDENT_LIMITS,
     .sql_id = INCIDENT_COLUMNS " AND i.id = $4" INCIDENT_LIMITS,
     .sql_after = "SELECT key FROM incident WHERE id = $4",
     .made_anew = list_incidents_anew,
     .columns = {{"id", SHOW_TEXT},
                 {"first_day", SHOW_DAY},
                 {"last_day", SHOW_DAY},
                 {"kind", SHOW_KIND},
                 {"place", SHOW_TEXT},
                 {"place_en", SHOW_TEXT},
                 {"admin1", SHOW_TEXT},
                 {"country", SHOW_TEXT},
                 {"lat", SHOW_REAL},
                 {"lon", SHOW_REAL},
                 {"actors", SHOW_JSON},
                 {"targets", SHOW_JSON},
                 {"figures", SHOW_JSON},
                 {"statements", SHOW_INTEGER},
                 {"articles", SHOW_INTEGER},
                 {"chains", SHOW_INTEGER},
                 {"grade", SHOW_GRADE},
                 {"flags", SHOW_FLAGS},
                 {NULL, SHOW_TEXT}}},
    {.name = "map",
     .sql = MAP_COLUMNS
     "outline o CROSS JOIN place p WHERE p.key = o.place AND o.day BETWEEN $1 AND coalesce((SELECT day FROM incident WHERE key = "
     "$13), $2) AND (($3 >> o.kind) & 1) <> 0 AND o.grade >= $11 AND (p.admin1 = $12 OR $12 IS NULL) AND (p.country = $14 "
     "OR $14 IS NULL) AND (p.id = $15 OR p.name = $15 OR $15 IS NULL) AND (CAST($17 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM incident i WHERE i.key "
     "= "
     "o.incident AND instr(i.body, $17) > 0)) AND ($13 = 0 OR (o.day, o.id) < (SELECT day, id FROM incident WHERE key = $13))" MAP_NEWEST,
     .sql_box = MAP_IN(BOX_SQLITE),
     .sql_box_postgis = MAP_IN(BOX_POSTGIS),
     .sql_after = "SELECT key FROM incident WHERE id = $4",
     .made_anew = list_map_anew,
     .columns = {{"id", SHOW_TEXT},
                 {"lat", SHOW_REAL},
                 {"lon", SHOW_REAL},
                 {"kind", SHOW_KIND},
                 {"grade", SHOW_GRADE},
                 {"day", SHOW_DAY},
                 {"chains", SHOW_INTEGER},
                 {"flags", SHOW_FLAGS},
                 {"precision", SHOW_PRECISION},
                 {NULL, SHOW_TEXT}}},
    {.name = "articles",
     .sql = ARTICLE_COLUMNS "(a.published BETWEEN $1 AND $2 OR (a.published IS NULL AND $1 <= -2147483648)) AND a.key > $13 ORDER BY a.key LIMIT $10",
     .sql_id = ARTICLE_COLUMNS "a.id = $4 AND a.key > $13 LIMIT $10",
     .sql_words = ARTICLE_COLUMNS "a.key IN " FOUND_ARTICLES " AND a.key > $13 ORDER BY a.key LIMIT $10",
     .sql_after = "SELECT key FROM article WHERE id = $4",
     .columns = {{"id", SHOW_TEXT},
                 {"outlet", SHOW_TEXT},
                 {"published", SHOW_DAY},
                 {"title", SHOW_TEXT},
                 {"url", SHOW_TEXT},
                 {"copy_of", SHOW_TEXT},
                 {"stored", SHOW_TIME},
                 {"records", SHOW_INTEGER},
                 {"note", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = "records",
     .sql = RECORD_COLUMNS RECORD_LIMITS,
     .sql_id = RECORD_COLUMNS RECORDS_OF_ID RECORD_LIMITS,
     .sql_state = RECORD_COLUMNS "r.state = $16 AND " RECORD_LIMITS,
     .sql_after = "SELECT key FROM record WHERE id = $4",
     .columns = {{"id", SHOW_TEXT},
                 {"kind", SHOW_KIND},
                 {"modality", SHOW_MODALITY},
                 {"day", SHOW_DAY},
                 {"place", SHOW_TEXT},
                 {"outlet", SHOW_TEXT},
                 {"article", SHOW_TEXT},
                 {"incident", SHOW_TEXT},
                 {"state", SHOW_STATE},
                 {"verified", SHOW_INTEGER},
                 {"record", SHOW_JSON},
                 {NULL, SHOW_TEXT}}},
    {.name = "decisions",
     .sql = "SELECT d.key, d.time, d.person, d.what, d.record, d.detail ->> 'from', d.detail ->> 'state', d.reason, d.detail ->> 'changes',"
            " d.detail ->> 'with', d.line, d.detail ->> 'before' FROM decision d WHERE (d.record = $4 OR $4 IS NULL OR d.record IN (SELECT r.id FROM"
            " record r JOIN incident i ON i.key = r.incident WHERE i.id = $4)) AND d.key > $13 ORDER BY d.key LIMIT $10",
     .sql_after = AFTER_NUMBER("decision", "key"),
     .columns = {{"decision", SHOW_INTEGER},
                 {"time", SHOW_TIME},
                 {"person", SHOW_TEXT},
                 {"what", SHOW_TEXT},
                 {"record", SHOW_TEXT},
                 {"from", SHOW_TEXT},
                 {"to", SHOW_TEXT},
                 {"reason", SHOW_TEXT},
                 {"changes", SHOW_JSON},
                 {"with", SHOW_JSON},
                 {"line", SHOW_INTEGER},
                 {"before", SHOW_JSON},
                 {NULL, SHOW_TEXT}}},
    {.name = "batches",
     .sql = BATCH_COLUMNS OLDEST_FIRST("key"),
     .sql_newest = BATCH_COLUMNS NEWEST_FIRST("key"),
     .sql_after = AFTER_NUMBER("batch", "key"),
     .columns = {{"batch", SHOW_INTEGER},
                 {"begun", SHOW_TIME},
                 {"what", SHOW_TEXT},
                 {"added", SHOW_INTEGER},
                 {"known", SHOW_INTEGER},
                 {"problems", SHOW_INTEGER},
                 {NULL, SHOW_TEXT}}},
    {.name = "problems",
     .sql = PROBLEM_COLUMNS OLDEST_FIRST("p.key"),
     .sql_newest = PROBLEM_COLUMNS NEWEST_FIRST("p.key"),
     .sql_after = AFTER_NUMBER("problem", "key"),
     .columns = {{"problem", SHOW_INTEGER},
                 {"time", SHOW_TIME},
                 {"what", SHOW_TEXT},
                 {"place", SHOW_TEXT},
                 {"line", SHOW_INTEGER},
                 {"reason", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = "outbox",
     .sql = OUTBOX_COLUMNS OLDEST_FIRST("key"),
     .sql_newest = OUTBOX_COLUMNS NEWEST_FIRST("key"),
     .sql_after = "SELECT key FROM outbox WHERE id = $4",
     .columns = {PARCEL_SHOWN, {"sent", SHOW_TIME}, {NULL, SHOW_TEXT}}},
    {.name = "dead_letters",
     .sql = DEAD_LETTER_COLUMNS OLDEST_FIRST("key"),
     .sql_newest = DEAD_LETTER_COLUMNS NEWEST_FIRST("key"),
     .sql_after = "SELECT key FROM dead_letter WHERE id = $4",
     .columns = {PARCEL_SHOWN, {"time", SHOW_TIME}, {"deliveries", SHOW_INTEGER}, {"reason", SHOW_TEXT}, {NULL, SHOW_TEXT}}},
    {.name = "feeds",
     .sql = "SELECT url, name, pages, worked, failed, failures, note, next, COALESCE(newest, added), articles, unchanged FROM feed WHERE key > $13 "
            "ORDER BY key LIMIT $10",
     .sql_after = "SELECT key FROM feed WHERE url = $4",
     .columns = {{"feed", SHOW_TEXT},
                 {"name", SHOW_TEXT},
                 {"pages", SHOW_INTEGER},
                 {"last_success", SHOW_TIME},
                 {"last_failure", SHOW_TIME},
                 {"failures", SHOW_INTEGER},
                 {"reason", SHOW_TEXT},
                 {"next_try", SHOW_TIME},
                 {"silent_since", SHOW_TIME},
                 {"articles", SHOW_INTEGER},
                 {"unchanged", SHOW_INTEGER},
                 {NULL, SHOW_TEXT}}},
    {.name = "tombstones",
     .sql = "SELECT id, first_day, kind, made, gone, became FROM incident WHERE gone IS NOT NULL AND key > $13 ORDER BY key LIMIT $10",
     .sql_id = "SELECT id, first_day, kind, made, gone, became FROM incident WHERE gone IS NOT NULL AND id = $4",
     .sql_after = "SELECT key FROM incident WHERE id = $4 AND gone IS NOT NULL",
     .columns = {{"id", SHOW_TEXT},
                 {"first_day", SHOW_DAY},
                 {"kind", SHOW_KIND},
                 {"made", SHOW_TIME},
                 {"gone", SHOW_TIME},
                 {"became", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = "log",
     .sql = LOG_COLUMNS OLDEST_FIRST("line"),
     .sql_newest = LOG_COLUMNS NEWEST_FIRST("line"),
     .sql_after = AFTER_NUMBER("log", "line"),
     .columns = {{"line", SHOW_INTEGER},
                 {"time", SHOW_TIME},
                 {"what", SHOW_TEXT},
                 {"subject", SHOW_TEXT},
                 {"detail", SHOW_TEXT},
                 {"hash", SHOW_TEXT},
                 {NULL, SHOW_TEXT}}},
    {.name = NULL},
};
