/*
 * Chains of many articles at once: pairs of articles that share a band are asked for and compared here, the chains of those that are copies united in a forest, and
 * the articles of chains that became one written together.
 */
#include "archive/chains_bulk.h"

#include <stdlib.h>

#include "archive/chains.h"
#include "archive/staging.h"

/* --- the forest ------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t chain; /* 0: none */
    size_t parent; /* another one of the same tree; at the root itself */
    bool is_united;
} node;

/* Chains by their keys. The room is a power of two, and at most half of it is taken. */
typedef struct {
    node *nodes;
    size_t room, count;
} forest;

static size_t place_of(const forest *f, int64_t chain)
{
    size_t place = ((uint64_t)chain * 0x9E3779B97F4A7C15U >> 32) & (f->room - 1);
    while (f->nodes[place].chain != 0 && f->nodes[place].chain != chain)
        place = (place + 1) & (f->room - 1);
    return place;
}

static size_t root_of(forest *f, size_t place)
{
    while (f->nodes[place].parent != place) {
        f->nodes[place].parent = f->nodes[f->nodes[place].parent].parent;
        place = f->nodes[place].parent;
    }
    return place;
}

/* Room for two more. */
static bool make_room(forest *f)
{
    enum { ROOM_FIRST = 256 };
    forest more = {.room = f->room == 0 ? ROOM_FIRST : 2 * f->room, .count = f->count};
    if ((f->count + 2) * 2 <= f->room)
        return true;
    if ((more.nodes = calloc(more.room, sizeof *more.nodes)) == NULL)
        return false;
    for (size_t i = 0; i < f->room; i++)
        if (f->nodes[i].chain != 0)
            more.nodes[place_of(&more, f->nodes[i].chain)] = f->nodes[i];
    for (size_t i = 0; i < more.room; i++)
        if (more.nodes[i].chain != 0)
            more.nodes[i].parent = place_of(&more, f->nodes[more.nodes[i].parent].chain);
    free(f->nodes);
    *f = more;
    return true;
}

/* The root of the chain's tree; a chain that is new is one. */
static size_t find_root(forest *f, int64_t chain)
{
    const size_t place = place_of(f, chain);
    if (f->nodes[place].chain == 0) {
        f->nodes[place] = (node){.chain = chain, .parent = place};
        f->count++;
    }
    return root_of(f, place);
}

static void unite(forest *f, size_t root, size_t other)
{
    f->nodes[root].is_united = f->nodes[other].is_united = true;
    f->nodes[other].parent = root;
}

/* --- copies ---------------------------------------------------------------------------------------------------------------------------- */

#define PAIRS(of, seasons)                                                                                                                           \
    "SELECT DISTINCT p.own, o.chain, p.published, o.published, p.signature, o.signature FROM (SELECT DISTINCT x.key AS own, c.article AS other, "    \
    "s.published, s.signature FROM staged_article s JOIN article x ON x.id = s.id CROSS JOIN LATERAL (" seasons ") AS t(season) CROSS JOIN LATERAL " \
    "unnest(s.bands) AS b(band) JOIN copy_band c ON c.season = t.season AND c.band = b.band AND c.article <> x.key WHERE s.published IS " of ") p "  \
    "JOIN article o ON o.key = p.other"

/*
 * Those with a day have copies within a season or two, or among those without one, if there are any; those without a day at all times (each season is found by a step
 * in the index). Of the articles of a chain whose signature and day are the same one stands for all.
 */
static const char of_dated[] = PAIRS("NOT NULL", "VALUES (s.season_first), (s.season_last), ((SELECT min(season) FROM copy_band WHERE season < 0))");
static const char of_undated[] = PAIRS(
    "NULL", "WITH RECURSIVE seasons(season) AS (SELECT min(season) FROM copy_band UNION ALL SELECT (SELECT min(n.season) FROM copy_band n WHERE "
            "n.season > seasons.season) FROM seasons WHERE season IS NOT NULL) SELECT season FROM seasons WHERE season IS NOT NULL");

static bool read_signature(signature *out, view bytes)
{
    if (bytes.len != sizeof out->rows)
        return false;
    memcpy(out->rows, bytes.ptr, sizeof out->rows);
    return true;
}

static int64_t day_of(const db_rows *rows, int column)
{
    return db_is_null(rows, column) ? NO_DAY : db_get_int(rows, column);
}

static bool are_copies(const db_rows *rows)
{
    signature own, other;
    return read_signature(&own, db_get_blob(rows, 4)) && read_signature(&other, db_get_blob(rows, 5)) &&
           chains_are_copies(&own, day_of(rows, 2), &other, day_of(rows, 3));
}

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for copies");
}

/* An article that is new is a chain of itself yet. */
static marsad_status unite_pairs(store *s, const char *sql, forest *f, marsad_error *err)
{
    db_rows *rows;
    marsad_status status = db_ask(s->db, &rows, err, sql, DB_NONE);
    while (status == MARSAD_OK && (status = db_next(rows, err)) == MARSAD_OK) {
        if (!make_room(f)) {
            status = no_memory(err);
            break;
        }
        const size_t own = find_root(f, db_get_int(rows, 0)), other = find_root(f, db_get_int(rows, 1));
        if (own != other && are_copies(rows))
            unite(f, own, other);
    }
    db_end(rows);
    return status == MARSAD_END ? MARSAD_OK : status;
}

/* --- joining ---------------------------------------------------------------------------------------------------------------------------- */

/* A chain is named by the first of its articles: so is what several become. */
static const char *const joining[] = {
    ("INSERT INTO stale(area, day) SELECT DISTINCT r.area, r.day FROM staged_chain c JOIN article a ON a.chain = c.chain JOIN record r ON "
     "r.article = a.key"),
    ("UPDATE article a SET chain = f.chain FROM staged_chain c JOIN (SELECT DISTINCT ON (n.part) n.part, n.chain FROM staged_chain n JOIN article x "
     "ON x.key = n.chain ORDER BY n.part, x.published IS NULL, x.published, x.id) f ON f.part = c.part WHERE a.chain = c.chain AND a.chain <> "
     "f.chain"),
};

static marsad_status join_united(store *s, forest *f, marsad_error *err)
{
    buffer rows = {0};
    for (size_t i = 0; i < f->room; i++)
        if (f->nodes[i].is_united)
            db_bulk_row(&rows, (db_value[]){db_int(f->nodes[i].chain), db_int(f->nodes[root_of(f, i)].chain)}, 2);
    marsad_status status = rows.failed ? no_memory(err) : MARSAD_OK;
    if (status == MARSAD_OK && rows.used > 0)
        status = staging_send(s, "staged_chain", &rows, err);
    if (status == MARSAD_OK && rows.used > 0)
        status = staging_run(s, joining, sizeof joining / sizeof *joining, err);
    buffer_free(&rows);
    return status;
}

marsad_status chains_join_staged(store *s, bool has_undated, marsad_error *err)
{
    forest f = {0};
    marsad_status status = unite_pairs(s, of_dated, &f, err);
    if (status == MARSAD_OK && has_undated)
        status = unite_pairs(s, of_undated, &f, err);
    if (status == MARSAD_OK)
        status = join_united(s, &f, err);
    free(f.nodes);
    return status;
}
