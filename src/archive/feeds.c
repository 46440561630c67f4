/* Feeds: what is known of each, and which of their pages were fetched. */
#include "archive/store.h"

static db_value time_value(int64_t time)
{
    return time == 0 ? db_null() : db_int(time);
}

marsad_status store_add_feed(store *s, const char *url, const char *name, bool wants_pages, bool *is_new, marsad_error *err)
{
    *is_new = false;
    marsad_status status = db_run(s->db, err, "INSERT INTO feed(url, name, pages, added, next) VALUES($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING",
                                  DB_VALUES(db_text(url), db_text(name), db_int(wants_pages), db_int(s->now)));
    if (status != MARSAD_OK || db_changed(s->db) == 0)
        return status;
    *is_new = true;
    return log_add(s->db, s->now, "feed added", url, view_of(name), err);
}

marsad_status store_remove_feed(store *s, const char *url, bool *was_there, marsad_error *err)
{
    *was_there = false;
    marsad_status status = db_run(s->db, err, "DELETE FROM feed_page WHERE feed = (SELECT key FROM feed WHERE url = $1)", DB_VALUES(db_text(url)));
    if (status == MARSAD_OK)
        status = db_run(s->db, err, "DELETE FROM feed WHERE url = $1", DB_VALUES(db_text(url)));
    if (status != MARSAD_OK || db_changed(s->db) == 0)
        return status;
    *was_there = true;
    return log_add(s->db, s->now, "feed removed", url, view_of(""), err);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------- */

#define FEED_COLUMNS "url, name, pages, added, worked, failed, newest, next, hold, failures, articles, unchanged, etag, modified, note"
enum { URL, NAME, PAGES, ADDED, WORKED, FAILED, NEWEST, NEXT, HOLD, FAILURES, ARTICLES, UNCHANGED, ETAG, MODIFIED, NOTE };

static const char *keep(const db_rows *rows, int column, arena *memory, bool *ok)
{
    const char *kept = arena_string(memory, db_get_text(rows, column));
    *ok = *ok && kept != NULL;
    return kept;
}

static bool read_feed(marsad_source *out, const db_rows *rows, arena *memory)
{
    bool ok = true;
    *out = (marsad_source){.url = keep(rows, URL, memory, &ok),
                           .name = keep(rows, NAME, memory, &ok),
                           .wants_pages = db_get_int(rows, PAGES) != 0,
                           .added = db_get_int(rows, ADDED),
                           .worked = db_get_int(rows, WORKED),
                           .failed = db_get_int(rows, FAILED),
                           .newest = db_get_int(rows, NEWEST),
                           .next = db_get_int(rows, NEXT),
                           .hold = db_get_int(rows, HOLD),
                           .failures = (uint32_t)db_get_int(rows, FAILURES),
                           .articles = (uint64_t)db_get_int(rows, ARTICLES),
                           .unchanged = (uint64_t)db_get_int(rows, UNCHANGED),
                           .etag = keep(rows, ETAG, memory, &ok),
                           .last_modified = keep(rows, MODIFIED, memory, &ok),
                           .note = keep(rows, NOTE, memory, &ok)};
    return ok;
}

marsad_status store_feeds(store *s, marsad_source **out, size_t *count, arena *memory, marsad_error *err)
{
    marsad_source *feeds = NULL;
    uint32_t used = 0, room = 0;
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, "SELECT " FEED_COLUMNS " FROM feed ORDER BY key", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK)
        if (!ARENA_GROW(memory, feeds, used, room) || !read_feed(&feeds[used++], rows, memory))
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for feeds");
    db_end(rows);
    *out = feeds;
    *count = used;
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- what asking came to ------------------------------------------------------------------------------------------------------- */

marsad_status store_note_feed(store *s, const marsad_source *feed, marsad_error *err)
{
    return db_run(s->db, err,
                  "UPDATE feed SET worked = $2, failed = $3, newest = $4, next = $5, hold = $6, failures = $7, articles = $8, unchanged = $9,"
                  " etag = $10, modified = $11, note = $12 WHERE url = $1",
                  DB_VALUES(db_text(feed->url), time_value(feed->worked), time_value(feed->failed), time_value(feed->newest), db_int(feed->next),
                            db_int(feed->hold), db_int(feed->failures), db_int((int64_t)feed->articles), db_int((int64_t)feed->unchanged),
                            db_text(feed->etag), db_text(feed->last_modified), db_text(feed->note)));
}

marsad_status store_has_feed_page(store *s, const char *feed, const char *url, bool *out, marsad_error *err)
{
    int64_t count = 0;
    marsad_status status =
        db_ask_int(s->db, &count, 0, err, "SELECT count(*) FROM feed_page WHERE feed = (SELECT key FROM feed WHERE url = $1) AND url = $2",
                   DB_VALUES(db_text(feed), db_text(url)));
    *out = count > 0;
    return status;
}

marsad_status store_add_feed_page(store *s, const char *feed, const char *url, marsad_error *err)
{
    return db_run(s->db, err, "INSERT INTO feed_page(feed, url) SELECT key, $2 FROM feed WHERE url = $1 ON CONFLICT DO NOTHING",
                  DB_VALUES(db_text(feed), db_text(url)));
}
