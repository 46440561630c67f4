/* Options of the commands that use the queue. */
#ifndef MARSAD_QUEUE_OPTIONS_H
#define MARSAD_QUEUE_OPTIONS_H

#include "cli/command.h"
#include "queue/queue.h"

#define OPTIONS_OF_QUEUE                                                                                                                             \
    {0, "nats", "URL[,URL...]", "servers of NATS JetStream, all of one cluster: nats://HOST:4222, or tls://", COMPLETE_NONE},                        \
        {0, "stream", "NAME", "the stream's name (default MARSAD); it is made where it is not there", COMPLETE_NONE},                                \
        {0, "replicas", "N", "of a stream that is made: on so many servers (default 1); of one that is there: must be so many", COMPLETE_NONE},      \
        {0, "nats-ca", "FILE", "certificates of who signed the servers' (PEM); implies TLS", COMPLETE_FILE},                                         \
        {0, "nats-cert", "FILE", "our certificate (PEM), with --nats-key", COMPLETE_FILE}, {0, "nats-key", "FILE", "its key (PEM)", COMPLETE_FILE},  \
        {0, "nats-credentials", "FILE", "log in with this file of credentials (JWT and seed)", COMPLETE_FILE},                                       \
    {                                                                                                                                                \
        0, "nats-nkey", "FILE", "log in with the seed (SU...) in this file", COMPLETE_FILE                                                           \
    }

/* What the options say; servers is NULL where --nats is not given. False after a usage error was told. */
bool queue_settings_from(queue_settings *out, const invocation *call);

/* Begins with the client library, where a queue is named: before an archive is opened. False after it was told why not. */
bool queue_begin(const queue_settings *settings);
/* Ends with it: the last that a command does. */
void queue_end(const queue_settings *settings);

/* sending.c: sends what the outbox holds unsent; waits for a queue that is away until it is back. */
exit_status outbox_send(const queue_settings *settings, marsad_archive *archive);

#endif
