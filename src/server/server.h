/*
 * The server: the archive over HTTP, for the page that is built into it and for programs. docs/http.md describes the interface, docs/administration.md how it is run.
 *
 *   connection ─listen.c→ exchange ─routes.c→ route ─lanes.c→ a worker with an archive of its own ─resource→ answer ─listen.c→ bytes
 *
 * The table of routes (routes.c) is the interface: rights, parameters, answers, and the description that /api/v1/openapi.json gives. Resources (resource_*.c) use the library
 * through its public headers.
 */
#ifndef MARSAD_SERVER_H
#define MARSAD_SERVER_H

#include "marsad_archive.h"

typedef struct {
    const char *archive, *rules;   /* a path or the URL of a database; a path */
    const char *releases;          /* the folder of releases: there for an archive on a server, else made by the first beside the archive */
    const marsad_lexicon *lexicon; /* to read what is imported */
    const marsad_gazetteer *const *gazetteers;
    size_t gazetteer_count;
    const char *address;           /* "127.0.0.1", "::1", "0.0.0.0" */
    uint16_t port;                 /* 0: any that is free */
    const char *const *hosts;      /* further names that it is called by; ends with NULL */
    const char *certificate, *key; /* PEM files; NULL: no TLS */
    bool is_public;                /* whoever is not logged in sees what the safety profile "public" lets out */
    bool is_read_only;             /* nobody logs in, nothing can be changed, everything can be read */
    bool has_sandbox;              /* give up what is not needed once it listens */
    bool is_quiet;                 /* no access log */
    int64_t (*now)(void);          /* seconds of Unix time */
    /* Told once it listens: "http://127.0.0.1:8080". */
    void (*listening)(void *context, const char *url);
    void *context;
} server_settings;

/*
 * Serves until `stop` can be read from (a signal handler writes to the other end): then takes no more connections, answers what it has begun, at most for ten seconds, and returns.
 * Errors: MARSAD_ERR_SYSTEM (the port is taken, threads, memory), MARSAD_ERR_FORMAT (certificate), and those of marsad_archive_open().
 */
marsad_status server_run(const server_settings *settings, int stop, marsad_error *err);

#endif
