/* Fetching what is to be read, and answering for it. */
#include "queue/inside.h"

#define MILLISECONDS INT64_C(1000) /* of a second */

static void take_message(queue_delivery *out, natsMsg *message)
{
    jsMsgMetaData *about = NULL;
    const char *data = natsMsg_GetData(message);
    const size_t len = (size_t)natsMsg_GetDataLength(message);
    *out = (queue_delivery){.deliveries = 1, .message = message};
    if (len < sizeof out->id && len > 0 && memchr(data, 0, len) == NULL)
        memcpy(out->id, data, len);
    if (natsMsg_GetMetaData(&about, message) == NATS_OK)
        out->deliveries = about->NumDelivered;
    jsMsgMetaData_Destroy(about);
}

marsad_status queue_fetch(queue *q, queue_delivery *out, size_t most, unsigned milliseconds, size_t *count, marsad_error *err)
{
    queue_link *link;
    jsErrCode code = 0;
    natsMsgList list = {0};
    *count = 0;
    const marsad_status status = queue_connect(q, &link, err);
    if (status != MARSAD_OK)
        return status;
    if (link->readers == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "the stream '%s' is not ready", q->settings.stream);

    const unsigned refusals = queue_refusals(q, REFUSED_FETCH);
    natsStatus fetched = natsSubscription_Fetch(&list, link->readers, (int)most, milliseconds, &code);
    fetched = queue_no_answer(q, REFUSED_FETCH, refusals, fetched);
    for (int i = 0; i < list.Count; i++) {
        take_message(&out[(*count)++], list.Msgs[i]);
        list.Msgs[i] = NULL; /* ours now */
    }
    natsMsgList_Destroy(&list);
    if (fetched == NATS_OK || fetched == NATS_TIMEOUT || *count > 0)
        return MARSAD_OK;
    return queue_fail(q, fetched, code, "fetch from the stream", err);
}

void queue_ack(queue_delivery *d)
{
    if (d->message != NULL)
        natsMsg_Ack(d->message, NULL);
}

void queue_nak(queue_delivery *d, unsigned seconds)
{
    if (d->message != NULL)
        natsMsg_NakWithDelay(d->message, seconds * MILLISECONDS, NULL);
}

void queue_work_on(queue_delivery *d)
{
    if (d->message != NULL)
        natsMsg_InProgress(d->message, NULL);
}

void queue_release(queue_delivery *d)
{
    natsMsg_Destroy(d->message);
    d->message = NULL;
}
