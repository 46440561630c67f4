/* The connection to the queue: its settings, its loss and return, and what went wrong in words. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "queue/inside.h"

enum {
    CONNECT_MILLISECONDS = 2000,
    RECONNECT_MILLISECONDS = 500,
    JITTER_MILLISECONDS = 500, /* so that workers that lost a server together do not come back together */
    PING_MILLISECONDS = 10 * 1000,
    PINGS_UNANSWERED = 2,
    FLUSH_MILLISECONDS = 2000,
    ENDING_MILLISECONDS = 2000,
    ENDING_SECONDS = 5,
    SERVERS_MOST = 16,
    SERVER_BYTES = 256
};

/* --- the client library -------------------------------------------------------------------------------------------------- */

marsad_status queue_library_open(marsad_error *err)
{
    const natsStatus status = nats_Open(-1);
    if (status != NATS_OK)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot begin with the queue: %s", natsStatus_GetText(status));
    return MARSAD_OK;
}

void queue_library_close(void)
{
    nats_CloseAndWait(ENDING_MILLISECONDS);
}

/* --- what went wrong ------------------------------------------------------------------------------------------------------ */

/* Refusals that are the same when asked again. */
static bool is_final(natsStatus status, jsErrCode code)
{
    static const natsStatus statuses[] = {NATS_CONNECTION_AUTH_FAILED,
                                          NATS_NOT_PERMITTED,
                                          NATS_INVALID_ARG,
                                          NATS_ADDRESS_MISSING,
                                          NATS_INVALID_SUBJECT,
                                          NATS_SSL_ERROR,
                                          NATS_MAX_PAYLOAD,
                                          NATS_SECURE_CONNECTION_WANTED,
                                          NATS_SECURE_CONNECTION_REQUIRED,
                                          NATS_NO_SERVER_SUPPORT};
    static const jsErrCode codes[] = {JSStreamNameExistErr,
                                      JSStreamReplicasNotSupportedErr,
                                      JSStreamInvalidConfig,
                                      JSStreamInvalidErr,
                                      JSStreamSubjectOverlapErr,
                                      JSNotEnabledErr,
                                      JSNotEnabledForAccountErr,
                                      JSConsumerWQMultipleUnfilteredErr,
                                      JSConsumerWQConsumerNotUniqueErr,
                                      JSConsumerBadDurableNameErr,
                                      JSBadRequestErr};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (status == statuses[i])
            return true;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == codes[i])
            return true;
    return false;
}

/* Says more than the status, where that cannot be anything that is to be kept secret. */
static const char *detail_of(natsStatus status, jsErrCode code)
{
    const char *detail = status == NATS_SSL_ERROR || code != 0 ? nats_GetLastError(NULL) : NULL;
    const char *place_end = detail == NULL || detail[0] != '(' ? NULL : strstr(detail, "): "); /* "(conn.c:733): ": of the library's own source */
    if (place_end != NULL)
        detail = place_end + 3;
    return detail == NULL ? "" : detail;
}

marsad_status queue_fail(queue *q, natsStatus status, jsErrCode code, const char *what, marsad_error *err)
{
    const char *detail = detail_of(status, code), *reason = natsStatus_GetText(status);
    if (status == NATS_NO_SERVER)
        reason = "no server answers";
    else if (status == NATS_NO_RESPONDERS)
        reason = "nobody answers: no leader, or no JetStream";
    else if (status == NATS_CONNECTION_AUTH_FAILED)
        reason = "the server refuses the login";
    else if (status == NATS_NOT_PERMITTED)
        reason = "the server does not permit it to this login";
    return fail(err, is_final(status, code) ? MARSAD_ERR_ARGUMENT : MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot %s '%s': %s%s%s", what,
                q->settings.stream, reason, detail[0] != 0 ? ": " : "", detail);
}

/* --- settings ------------------------------------------------------------------------------------------------------------- */

static marsad_status set_servers(queue *q, marsad_error *err)
{
    char texts[SERVERS_MOST][SERVER_BYTES];
    const char *servers[SERVERS_MOST];
    int count = 0;
    for (const char *at = q->settings.servers; *at != 0; at += *at == ',') {
        const size_t len = strcspn(at, ",");
        if (len == 0 || len >= SERVER_BYTES || count == SERVERS_MOST)
            return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "servers of the queue are 1 to %d URLs parted by commas", SERVERS_MOST);
        memcpy(texts[count], at, len);
        texts[count][len] = 0;
        servers[count] = texts[count];
        count++;
        at += len;
    }
    if (count == 0 || natsOptions_SetServers(q->options, servers, count) != NATS_OK)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no server of the queue is named");
    return MARSAD_OK;
}

static marsad_status set_files(queue *q, marsad_error *err)
{
    const queue_settings *s = &q->settings;
    char key[NKEY_PUBLIC_BYTES];
    natsStatus status = NATS_OK;
    const char *at_fault = NULL;
    if (s->authority != NULL && (status = natsOptions_LoadCATrustedCertificates(q->options, s->authority)) != NATS_OK)
        at_fault = s->authority;
    else if (s->certificate != NULL && (status = natsOptions_LoadCertificatesChain(q->options, s->certificate, s->key)) != NATS_OK)
        at_fault = s->certificate;
    else if ((s->authority != NULL || s->certificate != NULL) && (status = natsOptions_SetSecure(q->options, true)) != NATS_OK)
        at_fault = s->authority;
    else if (s->credentials != NULL && (status = natsOptions_SetUserCredentialsFromFiles(q->options, s->credentials, NULL)) != NATS_OK)
        at_fault = s->credentials;
    if (status != NATS_OK)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot use '%s': %s", at_fault, natsStatus_GetText(status));
    if (s->nkey == NULL)
        return MARSAD_OK;
    const marsad_status read = nkey_public(key, s->nkey, err);
    if (read == MARSAD_OK && (status = natsOptions_SetNKeyFromSeed(q->options, key, s->nkey)) != NATS_OK)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cannot use '%s': %s", s->nkey, natsStatus_GetText(status));
    return read;
}

static void tell(const queue *q, queue_event event)
{
    if (q->settings.tell != NULL && !atomic_load(&q->is_closing))
        q->settings.tell(q->settings.context, event);
}

static void on_lost(natsConnection *connection, void *context)
{
    (void)connection;
    tell(context, QUEUE_DISCONNECTED);
}

static void on_found(natsConnection *connection, void *context)
{
    queue *q = context;
    (void)connection;
    atomic_fetch_add(&q->reconnects, 1);
    tell(q, QUEUE_RECONNECTED);
}

static void on_ended(natsConnection *connection, void *context)
{
    queue *q = context;
    (void)connection;
    pthread_mutex_lock(&q->lock);
    q->links_ended++;
    pthread_cond_signal(&q->ended);
    pthread_mutex_unlock(&q->lock);
}

/* `told`: "Permissions Violation for Publish to "$JS.API.CONSUMER.MSG.NEXT.MARSAD.readers"". */
static queue_refusal kind_of(const queue *q, const char *told)
{
    if (told != NULL && strstr(told, "$JS.API.CONSUMER.MSG.NEXT.") != NULL)
        return REFUSED_FETCH;
    return told != NULL && strstr(told, q->subject) != NULL ? REFUSED_SEND : REFUSED_LOOK;
}

/* Without one, the library prints. What else it would tell is seen where it matters: at the call that fails. */
static void on_error(natsConnection *connection, natsSubscription *subscription, natsStatus status, void *context)
{
    queue *q = context;
    (void)connection;
    (void)subscription;
    if (status == NATS_NOT_PERMITTED)
        atomic_fetch_add(&q->refusals[kind_of(q, nats_GetLastError(NULL))], 1);
}

unsigned queue_refusals(const queue *q, queue_refusal kind)
{
    return atomic_load(&q->refusals[kind]);
}

natsStatus queue_no_answer(const queue *q, queue_refusal kind, unsigned before, natsStatus status)
{
    return status == NATS_TIMEOUT && queue_refusals(q, kind) != before ? NATS_NOT_PERMITTED : status;
}

static bool set_behaviour(queue *q)
{
    natsOptions *o = q->options;
    return natsOptions_SetName(o, q->settings.name != NULL ? q->settings.name : "marsad") == NATS_OK &&
           natsOptions_SetTimeout(o, CONNECT_MILLISECONDS) == NATS_OK && natsOptions_SetAllowReconnect(o, true) == NATS_OK &&
           natsOptions_SetMaxReconnect(o, -1) == NATS_OK && natsOptions_SetReconnectWait(o, RECONNECT_MILLISECONDS) == NATS_OK &&
           natsOptions_SetReconnectJitter(o, JITTER_MILLISECONDS, JITTER_MILLISECONDS) == NATS_OK &&
           natsOptions_SetPingInterval(o, PING_MILLISECONDS) == NATS_OK && natsOptions_SetMaxPingsOut(o, PINGS_UNANSWERED) == NATS_OK &&
           natsOptions_SetFailRequestsOnDisconnect(o, true) == NATS_OK && natsOptions_SetErrorHandler(o, on_error, q) == NATS_OK &&
           natsOptions_SetDisconnectedCB(o, on_lost, q) == NATS_OK && natsOptions_SetReconnectedCB(o, on_found, q) == NATS_OK &&
           natsOptions_SetClosedCB(o, on_ended, q) == NATS_OK;
}

static bool is_stream_name(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    const size_t len = strlen(name);
    return len > 0 && len <= 32 && strspn(name, allowed) == len;
}

marsad_status queue_open(queue **out, const queue_settings *settings, marsad_error *err)
{
    *out = NULL;
    if (!is_stream_name(settings->stream))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a stream is called by 1 to 32 letters, digits, '_' and '-', not '%s'",
                    settings->stream);
    if ((settings->certificate == NULL) != (settings->key == NULL))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a certificate needs its key, and a key its certificate");
    if (settings->credentials != NULL && settings->nkey != NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "credentials and a seed alone are two logins: one of them is used");

    queue *q = calloc(1, sizeof *q);
    if (q == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the queue");
    q->settings = *settings;
    snprintf(q->subject, sizeof q->subject, "%s.parcels", settings->stream);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->ended, NULL);
    pthread_mutex_init(&q->window.lock, NULL);
    pthread_cond_init(&q->window.answered, NULL);
    marsad_status status = MARSAD_OK;
    if (natsOptions_Create(&q->options) != NATS_OK || !set_behaviour(q))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for the queue");
    if (status == MARSAD_OK)
        status = set_servers(q, err);
    if (status == MARSAD_OK)
        status = set_files(q, err);
    if (status == MARSAD_OK)
        *out = q;
    else
        queue_close(q);
    return status;
}

/* --- connecting ------------------------------------------------------------------------------------------------------------ */

static void link_free(queue_link *link)
{
    natsSubscription_Destroy(link->readers);
    jsCtx_Destroy(link->js);
    natsConnection_Destroy(link->connection);
    free(link);
}

static natsStatus link_new(queue_link **out, queue *q)
{
    jsOptions options;
    queue_link *link = calloc(1, sizeof *link);
    if (link == NULL)
        return NATS_NO_MEMORY;
    natsStatus status = natsConnection_Connect(&link->connection, q->options);
    if (status == NATS_OK)
        status = jsOptions_Init(&options);
    if (status == NATS_OK) {
        options.PublishAsync.MaxPending = QUEUE_WINDOW;
        options.PublishAsync.AckHandler = queue_on_answer;
        options.PublishAsync.AckHandlerClosure = q;
        status = natsConnection_JetStream(&link->js, link->connection, &options);
    }
    if (status == NATS_OK)
        *out = link;
    else
        link_free(link);
    return status;
}

/* Under the lock. */
static marsad_status connect(queue *q, marsad_error *err)
{
    /* A login that is refused twice in a row ends a connection for good. */
    const bool is_there = q->link != NULL && !natsConnection_IsClosed(q->link->connection);
    if (is_there && natsConnection_Status(q->link->connection) == NATS_CONN_STATUS_CONNECTED)
        return MARSAD_OK;
    if (is_there)
        return queue_fail(q, NATS_CONNECTION_DISCONNECTED, 0, "reach the queue", err);
    queue_link *link = NULL;
    const natsStatus status = link_new(&link, q);
    if (status != NATS_OK)
        return queue_fail(q, status, 0, "reach the queue", err);
    link->older = q->link;
    q->link = link;
    tell(q, QUEUE_CONNECTED);
    return MARSAD_OK;
}

marsad_status queue_connect(queue *q, queue_link **out, marsad_error *err)
{
    pthread_mutex_lock(&q->lock);
    const marsad_status status = connect(q, err);
    *out = q->link;
    pthread_mutex_unlock(&q->lock);
    return status;
}

marsad_status queue_ready(queue *q, queue_use use, bool *made, marsad_error *err)
{
    bool is_made = false;
    pthread_mutex_lock(&q->lock);
    marsad_status status = connect(q, err);
    if (status == MARSAD_OK)
        status = queue_prepare(q, q->link, use, &is_made, err);
    pthread_mutex_unlock(&q->lock);
    if (made != NULL)
        *made = is_made;
    return status;
}

uint64_t queue_reconnects(const queue *q)
{
    return atomic_load(&q->reconnects);
}

unsigned queue_ack_seconds(const queue *q)
{
    return atomic_load(&q->ack_seconds);
}

void queue_flush(queue *q)
{
    pthread_mutex_lock(&q->lock);
    const queue_link *link = q->link;
    pthread_mutex_unlock(&q->lock);
    if (link != NULL)
        natsConnection_FlushTimeout(link->connection, FLUSH_MILLISECONDS);
}

/* Ends all connections. The library tells that later, in a thread of its own: what it is told by must live until then. */
static void end_links(queue *q)
{
    size_t links = 0;
    int waited = 0;
    struct timespec until;
    for (queue_link *link = q->link; link != NULL; link = link->older, links++)
        natsConnection_Close(link->connection);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ENDING_SECONDS;
    pthread_mutex_lock(&q->lock);
    while (q->links_ended < links && waited == 0)
        waited = pthread_cond_timedwait(&q->ended, &q->lock, &until);
    pthread_mutex_unlock(&q->lock);
}

void queue_close(queue *q)
{
    if (q == NULL)
        return;
    atomic_store(&q->is_closing, true);
    end_links(q);
    while (q->link != NULL) {
        queue_link *older = q->link->older;
        link_free(q->link);
        q->link = older;
    }
    natsOptions_Destroy(q->options);
    pthread_cond_destroy(&q->window.answered);
    pthread_mutex_destroy(&q->window.lock);
    pthread_cond_destroy(&q->ended);
    pthread_mutex_destroy(&q->lock);
    free(q);
}
