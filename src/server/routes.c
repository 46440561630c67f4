/* The routes, and how a path finds its own. */
#include "server/routes.h"

#define API "/api/v1"
#define DAYS "from to known "
#define WHERE "area country place box "
#define WHAT "kind party grade words "
#define PAGE "after limit "
#define PUBLISHING "profile from to known kind area country place party grade words"

enum { ROWS = 1000, POINTS = 50000, IMPORT_BYTES = 64 * 1024 * 1024 };

const route routes[] = {
    {"GET", "/health", ALLOW_ALL, LANE_HERE, health_get, NULL, "", NULL, "Health", "whether the server answers", 0, 0},
    {"GET", "/metrics", ALLOW_READ, LANE_READ, metrics_get, NULL, "", NULL, "text/plain", "numbers for Prometheus", 0, 0},
    {"GET", API "/openapi.json", ALLOW_ALL, LANE_HERE, openapi_get, NULL, "", NULL, "Description", "this description", 0, 0},

    {"GET", API "/session", ALLOW_ALL, LANE_READ, session_get, NULL, "", NULL, "Session", "who asks, and what they may", 0, 0},
    {"POST", API "/session", ALLOW_ALL, LANE_LOGIN, session_post, NULL, "", "Login", "Session", "log in, by password or login code", 0, 0},
    {"DELETE", API "/session", ALLOW_SELF, LANE_LOGIN, session_delete, NULL, "", NULL, NULL, "log out", 0, 0},
    {"POST", API "/session/password", ALLOW_SELF, LANE_LOGIN, password_post, NULL, "", "NewPassword", NULL, "choose another password", 0, 0},
    {"GET", API "/events", ALLOW_READ, LANE_READ, events_get, NULL, "", NULL, "text/event-stream", "what is new, as it happens", 0, 0},

    {"GET", API "/incidents", ALLOW_PUBLIC, LANE_READ, incidents_get, "incidents", DAYS WHERE WHAT PAGE "format", NULL, "rows", "incidents by day",
     ROWS, 0},
    {"GET", API "/incidents/{id}", ALLOW_PUBLIC, LANE_READ, incident_get, "incidents", "known", NULL, "Incident", "an incident with what it rests on",
     ROWS, 0},
    {"GET", API "/map", ALLOW_PUBLIC, LANE_READ, map_get, "map", DAYS WHERE WHAT "limit", NULL, "Map", "incidents that have a point, newest first",
     POINTS, 0},
    {"GET", API "/series", ALLOW_PUBLIC, LANE_SUMS, table_get, "series", DAYS WHERE WHAT "by limit", NULL, "rows", "incidents counted by day", POINTS,
     0},
    {"GET", API "/tallies", ALLOW_PUBLIC, LANE_SLOW, table_get, "tallies", DAYS WHERE WHAT "by limit", NULL, "rows", "figures added up", POINTS, 0},
    {"GET", API "/control", ALLOW_PUBLIC, LANE_SUMS, control_get, "control", DAYS "at area country place limit", NULL, "rows",
     "who is said to hold which town", POINTS, 0},
    {"GET", API "/actors", ALLOW_PUBLIC, LANE_READ, table_get, "parties", "words " PAGE, NULL, "rows", "parties and what they are called", ROWS, 0},
    {"GET", API "/kinds", ALLOW_PUBLIC, LANE_READ, table_get, "kinds", "", NULL, "rows", "kinds of events", ROWS, 0},
    {"GET", API "/places", ALLOW_PUBLIC, LANE_READ, places_get, NULL, "name id near limit", NULL, "Places", "places of the gazetteer", 200, 0},

    {"GET", API "/articles", ALLOW_READ, LANE_READ, table_get, "articles", "from to words id " PAGE, NULL, "rows", "articles in the order of storing",
     ROWS, 0},
    {"GET", API "/articles/{id}", ALLOW_READ, LANE_READ, article_get, "texts", "", NULL, "Article", "an article's text with its records", ROWS, 0},
    {"GET", API "/articles/{id}/evidence", ALLOW_READ, LANE_SLOW, evidence_get, NULL, "", NULL, "application/octet-stream",
     "the bytes that an article came in", 0, 0},
    {"GET", API "/records", ALLOW_READ, LANE_READ, table_get, "records", "from to kind id state " PAGE, NULL, "rows",
     "records in the order of storing", ROWS, 0},
    {"GET", API "/records/{id}", ALLOW_READ, LANE_READ, record_get, "records", "", NULL, "Record", "a record and what people decided", ROWS, 0},
    {"GET", API "/queue", ALLOW_READ, LANE_READ, table_get, "queue", "from to kind area state priority mine " PAGE, NULL, "rows",
     "what waits for a person, the weightiest first", ROWS, 0},
    {"POST", API "/decisions", ALLOW_REVIEW, LANE_WRITE, decisions_post, NULL, "", "Decision", "Decided", "decide on a record or an incident", 0, 0},
    {"GET", API "/decisions", ALLOW_READ, LANE_READ, table_get, "decisions", "id " PAGE, NULL, "rows", "what people decided", ROWS, 0},

    {"GET", API "/truce", ALLOW_PUBLIC, LANE_SLOW, table_get, "truce", "agreement rule from to known limit", NULL, "rows",
     "what is alleged against a truce, by governorate and side", ROWS, 0},
    {"GET", API "/truce/agreements", ALLOW_PUBLIC, LANE_READ, agreements_get, "agreements", "", NULL, "Agreements", "agreements and counting rules",
     ROWS, 0},
    {"GET", API "/truce/candidates", ALLOW_READ, LANE_SLOW, table_get, "candidates", "agreement rule from to known limit", NULL, "rows",
     "what is alleged against a truce", ROWS, 0},
    {"POST", API "/truce/marks", ALLOW_EDIT, LANE_WRITE, marks_post, NULL, "", "Mark", NULL, "mark what is alleged", 0, 0},

    {"GET", API "/bulletins", ALLOW_PUBLIC, LANE_READ, table_get, "bulletins", PAGE, NULL, "rows", "bulletins that are kept", ROWS, 0},
    {"GET", API "/bulletins/preview", ALLOW_READ, LANE_SLOW, preview_get, NULL, "day languages form agreement rule profile zone", NULL, "text/html",
     "a bulletin as it would be", 0, 0},
    {"POST", API "/bulletins", ALLOW_EDIT, LANE_WRITE, bulletins_post, NULL, "", "BulletinPlan", "Number", "keep a bulletin, unsigned", 0, 0},
    {"GET", API "/bulletins/{number}", ALLOW_PUBLIC, LANE_READ, bulletin_get, NULL, "form", NULL, "text/html", "a bulletin as it was kept", 0, 0},
    {"POST", API "/bulletins/{number}/sign", ALLOW_RELEASE, LANE_WRITE, sign_post, NULL, "", "Nothing", NULL, "sign a bulletin as the second person",
     0, 0},

    {"GET", API "/exports/formats", ALLOW_PUBLIC, LANE_READ, formats_get, NULL, "", NULL, "Formats", "formats and safety profiles", 0, 0},
    {"GET", API "/exports/plan", ALLOW_PUBLIC, LANE_SLOW, plan_get, NULL, "format " PUBLISHING, NULL, "Plan",
     "what an export would hold, withhold and lose", 0, 0},
    {"GET", API "/exports/{format}", ALLOW_PUBLIC, LANE_SLOW, export_get, NULL, PUBLISHING, NULL, "application/octet-stream",
     "incidents as others read them", 0, 0},
    {"GET", API "/releases", ALLOW_PUBLIC, LANE_READ, table_get, "releases", PAGE, NULL, "rows", "releases", ROWS, 0},
    {"POST", API "/releases", ALLOW_RELEASE, LANE_WRITE, releases_post, NULL, "", "ReleasePlan", "Number", "seal and write a release", 0, 0},
    {"GET", API "/releases/{number}/files", ALLOW_PUBLIC, LANE_SLOW, release_files_get, NULL, "", NULL, "Files", "the files of a release", 0, 0},
    {"GET", API "/releases/{number}/files/{path}", ALLOW_PUBLIC, LANE_SLOW, release_file_get, NULL, "", NULL, "application/octet-stream",
     "a file of a release", 0, 0},

    {"GET", API "/summary", ALLOW_READ, LANE_SUMS, summary_get, "summary", "from to since", NULL, "Summary", "the archive in numbers", 0, 0},
    {"GET", API "/intake", ALLOW_READ, LANE_SUMS, table_get, "intake", "from to limit", NULL, "rows", "what outlets brought", POINTS, 0},
    {"GET", API "/feeds", ALLOW_READ, LANE_READ, table_get, "feeds", PAGE, NULL, "rows", "feeds and how they do", ROWS, 0},
    {"POST", API "/feeds", ALLOW_EDIT, LANE_WRITE, feeds_post, NULL, "", "Feed", "IsNew", "have a feed asked for news", 0, 0},
    {"DELETE", API "/feeds", ALLOW_EDIT, LANE_WRITE, feeds_delete, NULL, "url", NULL, NULL, "ask a feed no more", 0, 0},
    {"GET", API "/problems", ALLOW_READ, LANE_READ, table_get, "problems", "limit", NULL, "rows", "what could not be read", POINTS, 0},
    {"GET", API "/batches", ALLOW_READ, LANE_READ, table_get, "batches", PAGE, NULL, "rows", "how news came in", ROWS, 0},
    {"GET", API "/tombstones", ALLOW_READ, LANE_SUMS, table_get, "tombstones", "id " PAGE, NULL, "rows", "incidents that are no more", ROWS, 0},
    {"GET", API "/log", ALLOW_READ, LANE_READ, table_get, "log", PAGE, NULL, "rows", "what happened to the archive", ROWS, 0},
    {"GET", API "/proposals", ALLOW_READ, LANE_SLOW, table_get, "proposals", "limit", NULL, "rows", "rows of the lexicon that corrections propose",
     POINTS, 0},
    {"POST", API "/imports", ALLOW_EDIT, LANE_WRITE, imports_post, NULL, "", "Import", "Imported",
     "read tables or reports into the archive, or try to", 0, IMPORT_BYTES},

    {"GET", API "/accounts", ALLOW_KEEP, LANE_READ, table_get, "accounts", PAGE, NULL, "rows", "who works here", ROWS, 0},
    {"POST", API "/accounts", ALLOW_KEEP, LANE_LOGIN, accounts_post, NULL, "", "NewAccount", "Created", "add an account", 0, 0},
    {"PATCH", API "/accounts/{name}", ALLOW_KEEP, LANE_LOGIN, account_patch, NULL, "", "AccountChange", NULL, "change an account", 0, 0},
    {"POST", API "/accounts/{name}/code", ALLOW_KEEP, LANE_LOGIN, account_code_post, NULL, "", "Nothing", "Created",
     "make a login code for an account", 0, 0},
    {"GET", API "/tokens", ALLOW_OWN, LANE_READ, tokens_get, "tokens", PAGE, NULL, "rows", "one's own API tokens", ROWS, 0},
    {"POST", API "/tokens", ALLOW_OWN, LANE_WRITE, tokens_post, NULL, "", "NewToken", "Token", "make an API token", 0, 0},
    {"DELETE", API "/tokens/{id}", ALLOW_OWN, LANE_WRITE, token_delete, NULL, "", NULL, NULL, "take away an API token", 0, 0},
    {"GET", API "/settings", ALLOW_READ, LANE_READ, settings_get, NULL, "", NULL, "Settings", "settings in force", 0, 0},
    {"PATCH", API "/settings", ALLOW_KEEP, LANE_WRITE, settings_patch, NULL, "", "Settings", NULL, "change settings", 0, 0},
    {"POST", API "/verify", ALLOW_KEEP, LANE_SLOW, verify_post, NULL, "", "Nothing", "Verdict", "hold the archive against itself", 0, 0},

    {"GET", "/{path}", ALLOW_ALL, LANE_HERE, page_get, NULL, "", NULL, "text/html", "the page and its files", 0, 0},
};
const size_t route_count = sizeof routes / sizeof *routes;

const char *allowance_name(allowance allow)
{
    static const char *const names[ALLOW_COUNT] = {
        [ALLOW_ALL] = "all",       [ALLOW_PUBLIC] = "public", [ALLOW_READ] = "read",       [ALLOW_SELF] = "self", [ALLOW_OWN] = "own",
        [ALLOW_REVIEW] = "review", [ALLOW_EDIT] = "edit",     [ALLOW_RELEASE] = "release", [ALLOW_KEEP] = "keep"};
    return names[allow];
}

static view segment_of(const char *path)
{
    return (view){path, strcspn(path, "/")};
}

/* Does `path` fit `pattern`? What stands for a segment in braces goes into `found`. */
static bool fits(const char *pattern, const char *path, view found[SEGMENTS_MAX], size_t *count)
{
    *count = 0;
    while (*pattern == '/' && *path == '/') {
        const view wanted = segment_of(pattern + 1), given = segment_of(path + 1);
        const bool is_open = wanted.len > 0 && wanted.ptr[0] == '{';
        if (is_open && view_equal(wanted, view_of("{path}"))) {
            found[(*count)++] = view_of(path);
            return true;
        }
        if (is_open && given.len > 0 && *count < SEGMENTS_MAX)
            found[(*count)++] = given;
        else if (!view_equal(wanted, given))
            return false;
        pattern = wanted.ptr + wanted.len;
        path = given.ptr + given.len;
    }
    return *pattern == 0 && *path == 0;
}

/* The daemon has decoded the path: what it holds beside letters of a name is looked at by whoever uses it. */
static bool take_segments(exchange *x, const view *found, size_t count)
{
    x->segment_count = count;
    for (size_t i = 0; i < count; i++)
        if (utf8_invalid(found[i]) != MARSAD_NOWHERE || (x->segments[i] = arena_string(&x->memory, found[i])) == NULL)
            return refuse(x, 400, "bad-request", "the path is no UTF-8");
    return true;
}

const route *route_find(exchange *x)
{
    view found[SEGMENTS_MAX];
    size_t count;
    bool is_path = false;
    const bool is_api = strncmp(x->path, "/api/", 5) == 0;
    const char *method = strcmp(x->method, "HEAD") == 0 ? "GET" : x->method;
    for (size_t i = 0; i < route_count; i++) {
        if ((is_api && i + 1 == route_count) || !fits(routes[i].path, x->path, found, &count))
            continue;
        is_path = true;
        if (strcmp(routes[i].method, method) == 0)
            return take_segments(x, found, count) ? &routes[i] : NULL;
    }
    if (is_path)
        refuse(x, 405, "not-allowed", "%s is not done here", x->method);
    else
        refuse(x, 404, "not-there", "there is nothing here");
    return NULL;
}
