/* The table of routes: the whole interface. */
#ifndef MARSAD_ROUTES_H
#define MARSAD_ROUTES_H

#include "server/exchange.h"

/* Who may. */
typedef enum {
    ALLOW_ALL,    /* whoever asks */
    ALLOW_PUBLIC, /* whoever may read; under --public everybody, through the safety profile */
    ALLOW_READ,
    ALLOW_SELF,   /* whoever is logged in, in a browser */
    ALLOW_OWN,    /* the same, but not before a password was chosen: what outlives the session is made here */
    ALLOW_REVIEW, /* whoever may decide something; the resource looks further */
    ALLOW_EDIT,
    ALLOW_RELEASE,
    ALLOW_KEEP,
    ALLOW_COUNT
} allowance;

/* Who does it. */
typedef enum {
    LANE_HERE,  /* at once, where connections are served: no archive */
    LANE_READ,  /* fast questions */
    LANE_SUMS,  /* questions that read much of the archive: the lists must not wait for them */
    LANE_SLOW,  /* exports, bulletins, evidence: they must not hold up the page */
    LANE_WRITE, /* changes, one after another */
    LANE_LOGIN, /* passwords: costly on purpose */
    LANE_COUNT
} lane;

typedef void resource(exchange *x);

struct route {
    const char *method;
    const char *path; /* "/api/v1/incidents/{id}"; a segment in braces is any one segment, "{path}" at the end all that follows */
    allowance allow;
    lane lane;
    resource *run;
    const char *table;      /* of the archive, for resources that answer with one; else NULL */
    const char *parameters; /* of the query, parted by blanks; others are refused */
    const char *body;       /* the schema of the body (schemas.json); NULL: none */
    const char *answer;     /* the schema of the answer; "rows": of `table`; NULL: 204; with '/': a media type */
    const char *summary;
    size_t limit_most; /* rows of a page */
    size_t body_most;  /* bytes; 0: 64 KiB */
};

extern const route routes[];
extern const size_t route_count;

/* Finds the route and takes the path apart; NULL after 404 or 405 was answered. */
const route *route_find(exchange *x);
/* As the description calls it: "public", "edit" ... */
const char *allowance_name(allowance allow);

/* openapi.c, metrics.c, page.c, events.c */
resource openapi_get, health_get, metrics_get, page_get, events_get;
/* resource_people.c */
resource session_get, session_post, session_delete, password_post, accounts_post, account_patch, account_code_post, tokens_get, tokens_post,
    token_delete;
/* resource_tables.c */
resource table_get, map_get, control_get, incidents_get, incident_get, article_get, evidence_get, record_get, summary_get;
/* resource_review.c */
resource decisions_post, marks_post, agreements_get;
/* resource_publish.c */
resource preview_get, bulletins_post, bulletin_get, sign_post, formats_get, plan_get, export_get, releases_post, release_files_get, release_file_get;
/* resource_manage.c */
resource feeds_post, feeds_delete, settings_get, settings_patch, verify_post;
/* resource_places.c, resource_imports.c */
resource places_get, imports_post;

#endif
