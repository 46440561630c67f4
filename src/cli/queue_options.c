/* How the queue is reached, as options say. */
#include "cli/queue_options.h"

enum { REPLICAS_MOST = 5 /* of JetStream */ };

bool queue_settings_from(queue_settings *out, const invocation *call)
{
    unsigned long replicas;
    if (!number_option(call, "replicas", 0, 1, REPLICAS_MOST, &replicas))
        return false;
    *out = (queue_settings){.servers = option_value(call, "nats", NULL),
                            .stream = option_value(call, "stream", "MARSAD"),
                            .replicas = (int)replicas,
                            .authority = option_value(call, "nats-ca", NULL),
                            .certificate = option_value(call, "nats-cert", NULL),
                            .key = option_value(call, "nats-key", NULL),
                            .credentials = option_value(call, "nats-credentials", NULL),
                            .nkey = option_value(call, "nats-nkey", NULL),
                            .name = "marsad"};
    return true;
}

bool queue_begin(const queue_settings *settings)
{
    marsad_error err = {0};
    if (settings->servers == NULL || queue_library_open(&err) == MARSAD_OK)
        return true;
    message("%s", err.message);
    return false;
}

void queue_end(const queue_settings *settings)
{
    if (settings->servers != NULL)
        queue_library_close();
}
