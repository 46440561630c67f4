/* The query of a request as a question to the archive. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/exchange.h"
#include "server/serving.h"

static bool read_day(exchange *x, const char *name, marsad_date *out)
{
    const char *text = exchange_query(x, name);
    if (text == NULL || marsad_date_parse(out, view_of(text), NULL) == MARSAD_OK)
        return true;
    return refuse(x, 400, "bad-request", "'%s' of '%s' is no day YYYY-MM-DD", text, name);
}

/* Since when changes are told: the begin of a day (UTC), of yesterday if none is given. */
static bool read_since(exchange *x, int64_t *out)
{
    enum { DAY = 24 * 60 * 60 };
    marsad_date day = {0};
    *out = x->now - x->now % DAY - DAY;
    if (!read_day(x, "since", &day))
        return false;
    if (date_is_given(day))
        *out = (int64_t)day_number(day) * DAY;
    return true;
}

static bool read_limit(exchange *x, size_t *out)
{
    enum { USUAL = 100 };
    const size_t most = x->route->limit_most;
    const char *text = exchange_query(x, "limit");
    *out = most < USUAL ? most : USUAL;
    if (text == NULL)
        return true;
    char *end;
    errno = 0;
    const unsigned long limit = strtoul(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9' || *end != 0 || limit == 0 || limit > most)
        return refuse(x, 400, "bad-request", "'limit' is a number from 1 to %zu", most);
    *out = limit;
    return true;
}

static bool read_order(exchange *x, bool *newest)
{
    const char *text = exchange_query(x, "order");
    *newest = text != NULL && strcmp(text, "newest") == 0;
    return text == NULL || *newest || strcmp(text, "oldest") == 0 || refuse(x, 400, "bad-request", "'order' is newest or oldest");
}

static bool read_box(exchange *x, marsad_question *q)
{
    double edges[4];
    const char *text = exchange_query(x, "box");
    if (text == NULL)
        return true;
    q->has_box = text_numbers(text, edges, 4);
    q->west = edges[0];
    q->south = edges[1];
    q->east = edges[2];
    q->north = edges[3];
    return q->has_box || refuse(x, 400, "bad-request", "'box' is no WEST,SOUTH,EAST,NORTH in degrees");
}

/* "shelling,airstrike", parted in place. */
static bool read_kinds(exchange *x, asked *out)
{
    const char *text = exchange_query(x, "kind");
    char *at = text == NULL ? NULL : arena_string(&x->memory, view_of(text));
    size_t count = 0;
    while (at != NULL && *at != 0) {
        if (count == KINDS_MAX)
            return refuse(x, 400, "bad-request", "at most %d kinds", KINDS_MAX);
        out->kinds[count++] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = 0;
    }
    out->question.kinds = count > 0 ? out->kinds : NULL;
    return true;
}

/* A name of a file NAME.json of `folder`, which lies in that of the rules. The library would take a path for a file of the server's. */
static bool is_file(exchange *x, const char *folder, const char *name)
{
    if (strchr(name, '/') != NULL || name[0] == '.' || view_ends(view_of(name), view_of(".json")))
        return false;
    const char *path = arena_format(&x->memory, "%s/%s/%s.json", x->server->settings->rules, folder, name);
    return path != NULL && access(path, R_OK) == 0;
}

bool exchange_is_agreement(exchange *x, const char *name)
{
    return name == NULL || is_file(x, "../agreements", name) || refuse(x, 400, "bad-request", "no agreement '%s'", name);
}

bool exchange_is_profile(exchange *x, const char *name)
{
    return name == NULL || is_file(x, "safety", name) || refuse(x, 400, "bad-request", "no safety profile '%s'", name);
}

bool exchange_question(exchange *x, asked *out)
{
    *out = (asked){0};
    marsad_question *q = &out->question;
    q->id = exchange_query(x, "id");
    q->words = exchange_query(x, "words");
    q->area = exchange_query(x, "area");
    q->country = exchange_query(x, "country");
    q->place = exchange_query(x, "place");
    q->party = exchange_query(x, "party");
    q->grade = exchange_query(x, "grade");
    q->by = exchange_query(x, "by");
    q->agreement = exchange_query(x, "agreement");
    q->rule = exchange_query(x, "rule");
    q->after = exchange_query(x, "after");
    q->now = x->now;
    if (x->segment_count > 0)
        q->id = x->segments[0];
    out->publication = server_publication(x, exchange_query(x, "profile"));
    q->publication = x->asker.is_public ? &out->publication : NULL;
    q->state = exchange_query(x, "state");
    q->priority = exchange_query(x, "priority");
    q->person = exchange_query(x, "mine") != NULL ? exchange_person(x) : NULL;
    return read_order(x, &q->newest) && exchange_is_agreement(x, q->agreement) && read_day(x, "from", &q->from) && read_day(x, "to", &q->to) &&
           read_day(x, "known", &q->known) && read_since(x, &q->since) && read_limit(x, &q->limit) && read_box(x, q) && read_kinds(x, out);
}
