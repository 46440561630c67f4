/* The log against itself, and rows against the log. */
#include <sodium.h>
#include <stdio.h>

#include "archive/decide.h"
#include "trust/verify.h"

/* --- one line's rows ------------------------------------------------------------------------------------------------------------ */

static const seal_kind *kind_of(view what)
{
    for (const seal_kind *k = seal_kinds(); k->what != NULL; k++)
        if (view_equal(view_of(k->what), what))
            return k;
    return NULL;
}

/* Whether `detail` has the words "`name` `value`". */
static bool has_word(view detail, const char *name, const char *value)
{
    char wanted[160];
    const int len = snprintf(wanted, sizeof wanted, "%s %s", name, value);
    for (size_t at = 0; len > 0 && at + (size_t)len <= detail.len; at++)
        if (memcmp(detail.ptr + at, wanted, (size_t)len) == 0)
            return true;
    return false;
}

/* An article's records as they were read: where people changed one, as it was before the first change. */
static marsad_status check_read_records(verifier *v, const log_line *line, marsad_error *err)
{
    static const char sql[] =
        "SELECT r.id, coalesce((SELECT d.detail ->> 'before' FROM decision d WHERE d.record = r.id AND d.detail ->> "
        "'before' IS NOT NULL ORDER BY d.key"
        " LIMIT 1), CAST(r.body AS TEXT)) FROM record r WHERE r.article = (SELECT key FROM article WHERE id = $1) ORDER BY r.id";
    records_digest digest;
    records_digest_begin(&digest);
    size_t count = 0;
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, sql, DB_VALUES(db_view(line->subject)));
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        char id[ID_BYTES] = "";
        snprintf(id, sizeof id, "%.*s", (int)db_get_text(rows, 0).len, db_get_text(rows, 0).ptr);
        records_digest_add(&digest, id, db_get_text(rows, 1));
        count++;
    }
    db_end(rows);
    char hex[SEAL_BYTES], told[SEAL_BYTES + 24];
    records_digest_end(&digest, hex);
    snprintf(told, sizeof told, "%zu %s", count, hex);
    if (status == MARSAD_END && !has_word(line->detail, "records", told))
        verify_fault(v, "the records of article '%.*s' are not those that log line %lld tells of", (int)line->subject.len, line->subject.ptr,
                     (long long)line->line);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status check_seal(verifier *v, const seal_kind *kind, const log_line *line, marsad_error *err)
{
    char seal[SEAL_BYTES];
    marsad_status status = seal_of_subject(v->store->db, seal, kind, line->subject, err);
    if (status != MARSAD_OK)
        return status;
    if (seal[0] == 0)
        verify_fault(v, "%s '%.*s' of log line %lld is missing", kind->what, (int)line->subject.len, line->subject.ptr, (long long)line->line);
    else if (!has_word(line->detail, "seal", seal))
        verify_fault(v, "%s '%.*s' is not what log line %lld tells of", kind->what, (int)line->subject.len, line->subject.ptr, (long long)line->line);
    return seal[0] != 0 && strcmp(kind->what, "article") == 0 ? check_read_records(v, line, err) : MARSAD_OK;
}

static marsad_status check_decision(verifier *v, const log_line *line, marsad_error *err)
{
    long long key = 0;
    char told[SEAL_BYTES] = "", start[120];
    snprintf(start, sizeof start, "%.*s", (int)(line->detail.len < 110 ? line->detail.len : 110), line->detail.ptr);
    if (sscanf(start, "decision %18lld %64[0-9a-f]", &key, told) != 2) /* NOLINT(cert-err34-c): no number of 18 digits is too large */
        return MARSAD_OK;
    v->verdict->decisions++;
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, "SELECT time, person, what, record, detail, reason, line FROM decision WHERE key = $1",
                                  DB_VALUES(db_int(key)));
    if (status == MARSAD_OK)
        status = db_next(rows, err);
    if (status == MARSAD_END) {
        verify_fault(v, "decision %lld of log line %lld is missing", key, (long long)line->line);
    } else if (status == MARSAD_OK) {
        char digest[SEAL_BYTES];
        decision_digest(digest, &(decision_row){.key = key,
                                                .time = db_get_int(rows, 0),
                                                .person = db_get_text(rows, 1),
                                                .what = db_get_text(rows, 2),
                                                .record = db_get_text(rows, 3),
                                                .detail = db_get_text(rows, 4),
                                                .reason = db_get_text(rows, 5)});
        if (strcmp(digest, told) != 0 || db_get_int(rows, 6) != line->line)
            verify_fault(v, "decision %lld is not what log line %lld tells of", key, (long long)line->line);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

static marsad_status check_line_rows(verifier *v, const log_line *line, marsad_error *err)
{
    const seal_kind *kind = kind_of(line->what);
    if (kind != NULL)
        return kind->is_changing ? MARSAD_OK : check_seal(v, kind, line, err);
    if (view_equal(line->what, view_of("clock")))
        verify_note(v, "log line %lld: %.*s", (long long)line->line, (int)line->detail.len, line->detail.ptr);
    return check_decision(v, line, err);
}

/* --- the chain -------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    unsigned char before[LOG_HASH_BYTES];
    int64_t line, time;
    bool is_broken; /* the first break is told; what follows from it is not */
} chain;

static void check_chain(verifier *v, chain *c, const log_line *line, view stored)
{
    unsigned char hash[LOG_HASH_BYTES];
    log_hash(hash, c->before, line);
    if (!c->is_broken && line->line != c->line + 1)
        verify_fault(v, "log line %lld is missing", (long long)c->line + 1);
    else if (!c->is_broken && (stored.len != sizeof hash || memcmp(stored.ptr, hash, sizeof hash) != 0))
        verify_fault(v, "log line %lld is not what it was, or one before it is gone: its hash does not follow", (long long)line->line);
    else if (!c->is_broken && line->time < c->time)
        verify_fault(v, "log line %lld is older than the one before", (long long)line->line);
    else
        goto done;
    c->is_broken = true;
done:
    c->line = line->line;
    c->time = line->time;
    if (stored.len == sizeof c->before)
        memcpy(c->before, stored.ptr, sizeof c->before);
}

marsad_status verify_log(verifier *v, marsad_error *err)
{
    chain c = {0};
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, "SELECT line, time, what, subject, detail, hash FROM log ORDER BY line", DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const log_line line = {.line = db_get_int(rows, 0),
                               .time = db_get_int(rows, 1),
                               .what = db_get_text(rows, 2),
                               .subject = db_get_text(rows, 3),
                               .detail = db_get_text(rows, 4)};
        v->verdict->log_lines++;
        check_chain(v, &c, &line, db_get_blob(rows, 5));
        status = check_line_rows(v, &line, err);
    }
    db_end(rows);
    if (v->verdict->log_lines > 0)
        sodium_bin2hex(v->verdict->root, sizeof v->verdict->root, c.before, sizeof c.before);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- rows that no line tells of ------------------------------------------------------------------------------------------------------ */

static marsad_status tell_orphans(verifier *v, const char *what, const char *sql, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(v->store->db, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        const view subject = db_get_text(rows, 0);
        verify_fault(v, "no line of the log tells of %s '%.*s'", what, (int)subject.len, subject.ptr);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

marsad_status verify_rows_have_lines(verifier *v, marsad_error *err)
{
    marsad_status status = MARSAD_OK;
    for (const seal_kind *k = seal_kinds(); k->what != NULL && status == MARSAD_OK; k++)
        status = tell_orphans(v, k->what, k->orphans, err);
    if (status == MARSAD_OK)
        status = tell_orphans(
            v, "decision",
            "SELECT key FROM decision d WHERE NOT EXISTS (SELECT 1 FROM log WHERE line = d.line AND subject = d.record AND what = d.what)"
            " ORDER BY key LIMIT 20",
            err);
    return status;
}
