/* marsad serve: the archive in the browser. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "marsad_people.h"
#include "server/server.h"

enum { HOSTS_MAX = 16 };

static const option serve_options[] = {
    OPTION_ARCHIVE,
    {'l', "listen", "ADDRESS:PORT", "where (default 127.0.0.1:8080: this machine alone); port 0: any that is free", COMPLETE_NONE},
    {0, "host", "NAME", "a further name that the server is called by, as behind a proxy; may be repeated", COMPLETE_NONE},
    {0, "tls", "CERT", "serve HTTPS with this certificate; its key is the operand KEY (both PEM)", COMPLETE_FILE},
    {0, "releases", "FOLDER",
     "where releases lie (default: ARCHIVE.releases; of an archive on a server, releases-DATABASE beside the default archive)", COMPLETE_FILE},
    {0, "public", NULL, "whoever is not logged in sees what the safety profile 'public' lets out", COMPLETE_NONE},
    {0, "read-only", NULL, "nobody logs in, everybody reads, nothing can be changed", COMPLETE_NONE},
    {0, "login-code", "NAME", "print a code that lets NAME in once, as keeper, if no keeper has a password yet", COMPLETE_NONE},
    {0, "no-sandbox", NULL, "keep all rights of the process (for finding faults)", COMPLETE_NONE},
    {'q', "quiet", NULL, "write no line for each request", COMPLETE_NONE},
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_HELP,
    {0},
};

/* What a signal writes to: the only thing that a handler can reach. */
static int stop_pipe[2] = {-1, -1};

static void on_signal(int number)
{
    const int kept = errno;
    const char byte = (char)number;
    if (write(stop_pipe[1], &byte, 1) < 0)
        errno = kept; /* full: it is stopping already */
    errno = kept;
}

static bool catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    if (pipe(stop_pipe) == 0 && fcntl(stop_pipe[1], F_SETFL, O_NONBLOCK) == 0 && sigaction(SIGINT, &action, NULL) == 0 &&
        sigaction(SIGTERM, &action, NULL) == 0)
        return true;
    message("cannot wait for signals: %s", strerror(errno));
    return false;
}

typedef struct {
    char code[MARSAD_CODE_BYTES];
} starting;

static void on_listening(void *context, const char *url)
{
    const starting *s = context;
    printf("%s\n", url);
    if (s->code[0] != 0)
        printf("log in once within a quarter of an hour: %s/#code=%s\n", url, s->code);
    fflush(stdout);
}

/* Brings incidents up to date before anybody asks, and makes the login code. */
static exit_status prepare(const invocation *call, starting *s)
{
    marsad_archive *archive;
    marsad_error err = {0};
    bool is_needed = false;
    const char *name = option_value(call, "login-code", NULL);
    exit_status status = archive_open_for(&archive, call, option_is_given(call, "read-only") ? MARSAD_ARCHIVE_READ_ONLY : 0);
    if (status != STATUS_OK)
        return status;
    if (name != NULL && marsad_first_code(archive, name, time_now(), &is_needed, s->code, &err) != MARSAD_OK) {
        message("%s", err.message);
        status = STATUS_DATA;
    } else if (name != NULL && !is_needed) {
        message("no login code is needed: a keeper has a password. 'marsad account' makes another");
    }
    marsad_archive_close(archive);
    return status;
}

static exit_status serve(const invocation *call, const server_settings *settings)
{
    marsad_error err = {0};
    if (!catch_signals())
        return STATUS_PARTLY;
    const marsad_status status = server_run(settings, stop_pipe[0], &err);
    close(stop_pipe[0]);
    close(stop_pipe[1]);
    if (status == MARSAD_OK)
        return STATUS_OK;
    if (status == MARSAD_ERR_ARGUMENT)
        return usage_error(call, "%s", err.message);
    message("%s", err.message);
    return STATUS_DATA;
}

static exit_status run(const invocation *call)
{
    char address[ADDRESS_BYTES];
    const char *hosts[HOSTS_MAX + 1] = {0};
    size_t host_count = 0;
    data_set data;
    starting s = {0};
    server_settings settings = {.address = address,
                                .hosts = hosts,
                                .certificate = option_value(call, "tls", NULL),
                                .key = call->operand_count > 0 ? call->operands[0] : NULL,
                                .is_public = option_is_given(call, "public"),
                                .is_read_only = option_is_given(call, "read-only"),
                                .has_sandbox = !option_is_given(call, "no-sandbox"),
                                .is_quiet = option_is_given(call, "quiet"),
                                .now = time_now,
                                .listening = on_listening,
                                .context = &s};
    if (!address_option(call, "listen", "127.0.0.1:8080", address, &settings.port))
        return STATUS_USAGE;
    if ((settings.certificate == NULL) != (settings.key == NULL))
        return usage_error(call, "HTTPS needs both: --tls CERT KEY");
    for (size_t i = 0; i < call->option_count && host_count < HOSTS_MAX; i++)
        if (strcmp(call->options[i].option->name, "host") == 0)
            hosts[host_count++] = call->options[i].value;
    exit_status status = prepare(call, &s);
    if (status != STATUS_OK)
        return status;
    if (!data_open(&data, call))
        return STATUS_DATA;
    char *path = archive_path_for(call), *rules = path_of_data("rules"), *releases = path == NULL ? NULL : releases_path_for(call, path);
    settings.archive = path;
    settings.releases = releases;
    settings.rules = rules;
    settings.lexicon = data.lexicon;
    settings.gazetteers = (const marsad_gazetteer *const *)data.gazetteers;
    settings.gazetteer_count = data.gazetteer_count;
    status = path == NULL || rules == NULL || releases == NULL ? STATUS_DATA : serve(call, &settings);
    free(path);
    free(releases);
    free(rules);
    data_close(&data);
    return status;
}

const command command_serve = {
    .name = "serve",
    .run = run,
    .options = serve_options,
    .operands = "[KEY]",
    .operand_most = 1,
    .summary = "serve the archive in the browser",
    .description =
        "Serves the page and the interface under /api/v1 until it is told to stop (Ctrl-C, SIGTERM); then it answers what it has begun and ends. It "
        "listens on this machine alone unless --listen says otherwise; beyond it, use --tls CERT KEY, or a proxy and --host.",
};
