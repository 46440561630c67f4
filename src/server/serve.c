/* Starting and stopping: the socket first, then the sandbox, then threads, which begin in it. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/serving.h"

enum { FILES_MAX = CONNECTIONS_MAX + 256, STOP_SECONDS = 10 };

static marsad_status resolve(const server_settings *s, struct sockaddr_storage *out, bool *is_ipv6, marsad_error *err)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(s->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(s->port)};
    *is_ipv6 = inet_pton(AF_INET, s->address, &v4.sin_addr) != 1;
    if (*is_ipv6 && inet_pton(AF_INET6, s->address, &v6.sin6_addr) != 1)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' is no address: give it in numbers", s->address);
    if (*is_ipv6)
        memcpy(out, &v6, sizeof v6);
    else
        memcpy(out, &v4, sizeof v4);
    return MARSAD_OK;
}

/* Each connection is a file. */
static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < FILES_MAX) {
        limit.rlim_cur = limit.rlim_max < FILES_MAX ? limit.rlim_max : FILES_MAX;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* The socket comes first: what follows runs without the right to make one. */
static marsad_status open_socket(server *s, marsad_error *err)
{
    struct sockaddr_storage address = {0};
    bool is_ipv6 = false;
    const marsad_status status = resolve(s->settings, &address, &is_ipv6, err);
    if (status != MARSAD_OK)
        return status;
    const int on = 1;
    socklen_t size = is_ipv6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    s->socket = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s->socket < 0 || setsockopt(s->socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(s->socket, (const struct sockaddr *)&address, size) != 0 || listen(s->socket, SOMAXCONN) != 0 ||
        getsockname(s->socket, (struct sockaddr *)&address, &size) != 0)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot listen on %s port %u: %s", s->settings->address, s->settings->port,
                    strerror(errno));
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    memcpy(&v4, &address, sizeof v4);
    memcpy(&v6, &address, sizeof v6);
    snprintf(s->url, sizeof s->url, is_ipv6 ? "%s://[%s]:%u" : "%s://%s:%u", s->settings->certificate != NULL ? "https" : "http",
             s->settings->address, ntohs(is_ipv6 ? v6.sin6_port : v4.sin_port));
    return MARSAD_OK;
}

/* A PEM file as text; free() it. */
static char *read_pem(const char *path, marsad_error *err)
{
    mapped_file file;
    if (file_map(&file, path, err) != MARSAD_OK)
        return NULL;
    char *text = malloc(file.size + 1);
    if (text != NULL) {
        memcpy(text, file.bytes, file.size);
        text[file.size] = 0;
    } else {
        fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", path);
    }
    file_unmap(&file);
    return text;
}

static marsad_status read_certificate(server *s, marsad_error *err)
{
    if (s->settings->certificate == NULL)
        return MARSAD_OK;
    s->certificate = read_pem(s->settings->certificate, err);
    s->key = s->certificate == NULL ? NULL : read_pem(s->settings->key, err);
    return s->key != NULL ? MARSAD_OK : MARSAD_ERR_FORMAT;
}

/* No more connections; what was begun is answered, for a while. */
static void stop_serving(server *s)
{
    if (s->daemon == NULL)
        return;
    MHD_quiesce_daemon(s->daemon);
    events_stop(s->events);
    lanes_stop(s->lanes);
    for (int waited = 0; waited < 10 * STOP_SECONDS && guests_answered(s->guests) > 0; waited++)
        poll(NULL, 0, 100);
    MHD_stop_daemon(s->daemon);
}

static void server_close(server *s)
{
    stop_serving(s);
    lanes_close(s->lanes);
    events_close(s->events);
    guests_close(s->guests);
    metrics_close(s->metrics);
    bodies_close(s);
    if (s->socket >= 0)
        close(s->socket);
    free(s->certificate);
    if (s->key != NULL)
        sodium_memzero(s->key, strlen(s->key));
    free(s->key);
}

/* Threads that begin after sandbox_enter() live in the sandbox. */
static marsad_status server_open(server *s, marsad_error *err)
{
    marsad_status status = sodium_init() >= 0 ? open_socket(s, err) : fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "libsodium cannot be used");
    if (status == MARSAD_OK)
        status = read_certificate(s, err);
    if (status == MARSAD_OK && s->settings->has_sandbox)
        status = sandbox_enter(s->settings, err);
    if (status == MARSAD_OK)
        status = bodies_open(s, err);
    if (status == MARSAD_OK && ((s->metrics = metrics_open()) == NULL || (s->guests = guests_open()) == NULL))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot begin a thread");
    if (status == MARSAD_OK)
        status = events_open(&s->events, s, err);
    if (status == MARSAD_OK)
        status = lanes_open(&s->lanes, s, err);
    return status == MARSAD_OK ? listen_start(s, err) : status;
}

marsad_status server_run(const server_settings *settings, int stop, marsad_error *err)
{
    server s = {.settings = settings, .socket = -1};
    raise_file_limit();
    const marsad_status status = server_open(&s, err);
    if (status == MARSAD_OK) {
        settings->listening(settings->context, s.url);
        struct pollfd waited = {.fd = stop, .events = POLLIN};
        while (poll(&waited, 1, -1) < 0 && errno == EINTR)
            continue;
    }
    server_close(&s);
    return status;
}
