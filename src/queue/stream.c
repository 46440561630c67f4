/* Stream and consumer: made where they are not there, held against what they must be where they are. Nothing that is there is changed. */
#include <inttypes.h>
#include <stdio.h>

#include "queue/inside.h"

#define SECONDS INT64_C(1000000000) /* the broker counts nanoseconds */

enum {
    STREAM_BYTES_MOST = 1024 * 1024 * 1024, /* a message takes about 100: seven million wait at once, the others in the outbox */
    MESSAGE_BYTES_MOST = 256,
    DUPLICATES_SECONDS = 120,
    ACK_SECONDS = 60,
    ACK_PENDING_MOST = 20000
};

/* --- what they must be -------------------------------------------------------------------------------------------------------- */

static void describe_stream(jsStreamConfig *out, const queue *q, const char **subjects)
{
    jsStreamConfig_Init(out);
    subjects[0] = q->subject;
    out->Name = q->settings.stream;
    out->Subjects = subjects;
    out->SubjectsLen = 1;
    out->Retention = js_WorkQueuePolicy;
    out->Storage = js_FileStorage;
    out->Discard = js_DiscardNew;
    out->MaxBytes = STREAM_BYTES_MOST;
    out->MaxMsgSize = MESSAGE_BYTES_MOST;
    out->MaxMsgs = -1;
    out->MaxAge = 0; /* none: what waits long is what nobody may lose */
    out->Duplicates = DUPLICATES_SECONDS * SECONDS;
    out->Replicas = q->settings.replicas > 0 ? q->settings.replicas : 1;
}

static void describe_consumer(jsConsumerConfig *out, const queue *q)
{
    jsConsumerConfig_Init(out);
    out->Durable = QUEUE_CONSUMER;
    out->DeliverPolicy = js_DeliverAll;
    out->AckPolicy = js_AckExplicit;
    out->AckWait = (q->settings.ack_seconds > 0 ? (int64_t)q->settings.ack_seconds : ACK_SECONDS) * SECONDS;
    out->MaxDeliver = -1;
    out->MaxAckPending = ACK_PENDING_MOST;
}

/* --- what they are ------------------------------------------------------------------------------------------------------------- */

/* One setting that must be as it is described. */
typedef struct {
    const char *name;
    int64_t want, have;
    bool is_free; /* any is right */
} setting;

static marsad_status hold_against(const char *what, const char *name, const setting *settings, size_t count, marsad_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!settings[i].is_free && settings[i].want != settings[i].have)
            return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                        "%s '%s' is there with other settings: %s is %" PRId64 ", not %" PRId64 "; it is left as it is", what, name, settings[i].name,
                        settings[i].have, settings[i].want);
    return MARSAD_OK;
}

static marsad_status check_stream(const queue *q, const jsStreamConfig *have, marsad_error *err)
{
    jsStreamConfig want;
    const char *subjects[1];
    describe_stream(&want, q, subjects);
    if (have->SubjectsLen != 1 || strcmp(have->Subjects[0], q->subject) != 0)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "stream '%s' is there for other subjects than '%s'; it is left as it is",
                    q->settings.stream, q->subject);
    const setting settings[] = {
        {"retention (2: work queue)", want.Retention, have->Retention, false},
        {"storage (0: files)", want.Storage, have->Storage, false},
        {"what is discarded when it is full (1: new messages)", want.Discard, have->Discard, false},
        {"bytes at most", want.MaxBytes, have->MaxBytes, false},
        {"bytes of a message at most", want.MaxMsgSize, have->MaxMsgSize, false},
        {"messages at most", want.MaxMsgs, have->MaxMsgs, false},
        {"age at most, in ns", want.MaxAge, have->MaxAge, false},
        {"window of duplicates, in ns", want.Duplicates, have->Duplicates, false},
        {"number of replicas", want.Replicas, have->Replicas, q->settings.replicas == 0},
    };
    return hold_against("stream", q->settings.stream, settings, sizeof settings / sizeof *settings, err);
}

static marsad_status check_consumer(const queue *q, const jsConsumerConfig *have, marsad_error *err)
{
    jsConsumerConfig want;
    describe_consumer(&want, q);
    const setting settings[] = {
        {"acknowledgement (2: explicit)", want.AckPolicy, have->AckPolicy, false},
        {"what is delivered (0: all)", want.DeliverPolicy, have->DeliverPolicy, false},
        {"deliveries at most", want.MaxDeliver, have->MaxDeliver, false},
        {"unanswered messages at most", want.MaxAckPending, have->MaxAckPending, false},
        {"time to answer, in ns", want.AckWait, have->AckWait, q->settings.ack_seconds == 0},
    };
    return hold_against("consumer", QUEUE_CONSUMER, settings, sizeof settings / sizeof *settings, err);
}

/* --- finding and making -------------------------------------------------------------------------------------------------------- */

static marsad_status prepare_stream(queue *q, jsCtx *js, bool *made, marsad_error *err)
{
    jsStreamInfo *info = NULL;
    jsErrCode code = 0;
    const unsigned refusals = queue_refusals(q, REFUSED_LOOK);
    natsStatus status = js_GetStreamInfo(&info, js, q->settings.stream, NULL, &code);
    if (status == NATS_NOT_FOUND) {
        jsStreamConfig config;
        const char *subjects[1];
        describe_stream(&config, q, subjects);
        code = 0;
        status = js_AddStream(&info, js, &config, NULL, &code);
        *made = status == NATS_OK;
    }
    status = queue_no_answer(q, REFUSED_LOOK, refusals, status);
    const marsad_status checked = status == NATS_OK ? check_stream(q, info->Config, err)
                                                    : queue_fail(q, status, code, *made ? "make the stream" : "find or make the stream", err);
    jsStreamInfo_Destroy(info);
    return checked;
}

static marsad_status prepare_consumer(queue *q, jsCtx *js, marsad_error *err)
{
    jsConsumerInfo *info = NULL;
    jsErrCode code = 0;
    const unsigned refusals = queue_refusals(q, REFUSED_LOOK);
    natsStatus status = js_GetConsumerInfo(&info, js, q->settings.stream, QUEUE_CONSUMER, NULL, &code);
    if (status == NATS_NOT_FOUND) {
        jsConsumerConfig config;
        describe_consumer(&config, q);
        code = 0;
        status = js_AddConsumer(&info, js, q->settings.stream, &config, NULL, &code);
    }
    status = queue_no_answer(q, REFUSED_LOOK, refusals, status);
    const marsad_status checked =
        status == NATS_OK ? check_consumer(q, info->Config, err) : queue_fail(q, status, code, "find or make the consumer of the stream", err);
    if (checked == MARSAD_OK)
        atomic_store(&q->ack_seconds, (unsigned)(info->Config->AckWait / SECONDS));
    jsConsumerInfo_Destroy(info);
    return checked;
}

marsad_status queue_prepare(queue *q, queue_link *link, queue_use use, bool *made, marsad_error *err)
{
    jsErrCode code = 0;
    marsad_status status = prepare_stream(q, link->js, made, err);
    if (status == MARSAD_OK && use == QUEUE_TO_READ)
        status = prepare_consumer(q, link->js, err);
    if (status != MARSAD_OK || use != QUEUE_TO_READ || link->readers != NULL)
        return status;
    jsSubOptions options;
    jsSubOptions_Init(&options);
    options.Stream = q->settings.stream;
    options.Consumer = QUEUE_CONSUMER;
    natsSubscription *readers = NULL;
    const unsigned refusals = queue_refusals(q, REFUSED_LOOK);
    natsStatus bound = js_PullSubscribe(&readers, link->js, q->subject, QUEUE_CONSUMER, NULL, &options, &code);
    bound = queue_no_answer(q, REFUSED_LOOK, refusals, bound);
    link->readers = readers;
    return bound == NATS_OK ? MARSAD_OK : queue_fail(q, bound, code, "bind to the consumer of the stream", err);
}

/* --- what they hold -------------------------------------------------------------------------------------------------------------- */

static void copy_stream(queue_figures *out, const jsStreamInfo *info)
{
    const jsClusterInfo *cluster = info->Cluster;
    out->has_stream = true;
    out->messages = info->State.Msgs;
    out->bytes = info->State.Bytes;
    out->first = info->State.FirstSeq;
    out->last = info->State.LastSeq;
    out->replicas = out->replicas_current = 1;
    if (cluster == NULL)
        return;
    snprintf(out->leader, sizeof out->leader, "%s", cluster->Leader == NULL ? "" : cluster->Leader);
    for (int i = 0; i < cluster->ReplicasLen; i++) {
        out->replicas++;
        out->replicas_current += cluster->Replicas[i]->Current && !cluster->Replicas[i]->Offline;
    }
}

static void copy_consumer(queue_figures *out, const jsConsumerInfo *info)
{
    out->has_consumer = true;
    out->pending = info->NumPending;
    out->ack_pending = info->NumAckPending;
    out->redelivered = info->NumRedelivered;
    out->waiting = info->NumWaiting;
}

marsad_status queue_look(queue *q, queue_figures *out, marsad_error *err)
{
    queue_link *link;
    jsErrCode code = 0;
    jsStreamInfo *stream = NULL;
    jsConsumerInfo *consumer = NULL;
    *out = (queue_figures){0};
    const marsad_status status = queue_connect(q, &link, err);
    if (status != MARSAD_OK)
        return status;
    const unsigned refusals = queue_refusals(q, REFUSED_LOOK);
    natsStatus found = js_GetStreamInfo(&stream, link->js, q->settings.stream, NULL, &code);
    if (found == NATS_OK) {
        copy_stream(out, stream);
        code = 0;
        found = js_GetConsumerInfo(&consumer, link->js, q->settings.stream, QUEUE_CONSUMER, NULL, &code);
    }
    if (consumer != NULL)
        copy_consumer(out, consumer);
    found = queue_no_answer(q, REFUSED_LOOK, refusals, found);
    jsStreamInfo_Destroy(stream);
    jsConsumerInfo_Destroy(consumer);
    return found == NATS_OK || found == NATS_NOT_FOUND ? MARSAD_OK : queue_fail(q, found, code, "look at the stream", err);
}
