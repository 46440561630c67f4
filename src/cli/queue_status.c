/* marsad queue-status: how much waits where. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cli/queue_options.h"

enum { FIGURES_MOST = 24 };

/* One line each, in this order. */
typedef struct {
    const char *name, *key;
    const char *text; /* NULL: a number */
    int64_t number;
} figure;

typedef struct {
    figure items[FIGURES_MOST];
    size_t count;
    char leader[64];
} figures;

static void add(figures *f, const char *key, const char *name, int64_t number)
{
    f->items[f->count++] = (figure){.name = name, .key = key, .number = number};
}

static exit_status add_outbox(figures *out, marsad_archive *archive)
{
    marsad_outbox_figures f;
    marsad_error err = {0};
    const marsad_status status = marsad_outbox_counts(archive, &f, &err);
    if (status != MARSAD_OK)
        return status_told(status, &err);
    add(out, "unsent", "outbox, not sent", (int64_t)f.unsent);
    add(out, "sent", "outbox, sent", (int64_t)f.sent);
    add(out, "dead_letters", "dead letters", (int64_t)f.dead);
    add(out, "oldest_seconds", "oldest in the outbox, seconds", f.oldest == 0 ? 0 : time_now() - f.oldest);
    return STATUS_OK;
}

static exit_status add_queue(figures *out, const queue_settings *settings)
{
    queue *q = NULL;
    queue_figures f = {0};
    marsad_error err = {0};
    marsad_status status = queue_open(&q, settings, &err);
    if (status == MARSAD_OK)
        status = queue_look(q, &f, &err);
    if (status == MARSAD_OK && f.has_stream) {
        add(out, "messages", "stream, messages", (int64_t)f.messages);
        add(out, "bytes", "stream, bytes", (int64_t)f.bytes);
        add(out, "replicas", "stream, replicas", f.replicas);
        add(out, "replicas_current", "stream, replicas up to date", f.replicas_current);
        snprintf(out->leader, sizeof out->leader, "%s", f.leader);
        out->items[out->count++] = (figure){.name = "stream, leader", .key = "leader", .text = out->leader};
    }
    if (status == MARSAD_OK && f.has_consumer) {
        add(out, "pending", "consumer, never delivered", (int64_t)f.pending);
        add(out, "ack_pending", "consumer, at work", f.ack_pending);
        add(out, "redelivered", "consumer, at work again", f.redelivered);
        add(out, "waiting", "consumer, workers that wait", f.waiting);
    }
    if (status == MARSAD_OK && !f.has_stream)
        message("note: there is no stream '%s' yet", settings->stream);
    queue_close(q);
    return status_told(status, &err);
}

static bool write_out(void *context, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, context) == size;
}

static void print_json(const figures *f)
{
    json_out j = {.write = write_out, .context = stdout};
    json_object(&j);
    for (size_t i = 0; i < f->count; i++) {
        json_key(&j, f->items[i].key);
        if (f->items[i].text != NULL)
            json_string(&j, view_of(f->items[i].text));
        else
            json_integer(&j, f->items[i].number);
    }
    json_end_object(&j);
    json_newline(&j);
    json_flush(&j);
}

static void print_lines(const figures *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].text == NULL)
            printf("%-32s%" PRId64 "\n", f->items[i].name, f->items[i].number);
        else if (f->items[i].text[0] != 0)
            printf("%-32s%s\n", f->items[i].name, f->items[i].text);
}

/* For Prometheus: a gauge each; who leads is a label, as it is no number. */
static void print_gauges(const figures *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const figure *one = &f->items[i];
        printf("# HELP marsad_queue_%s Of 'marsad queue-status': %s.\n# TYPE marsad_queue_%s gauge\n", one->key, one->name, one->key);
        if (one->text != NULL)
            printf("marsad_queue_%s{server=\"%s\"} %d\n", one->key, one->text, one->text[0] != 0);
        else
            printf("marsad_queue_%s %" PRId64 "\n", one->key, one->number);
    }
}

static void print(const figures *f, const char *format)
{
    if (strcmp(format, "json") == 0)
        print_json(f);
    else if (strcmp(format, "prometheus") == 0)
        print_gauges(f);
    else
        print_lines(f);
}

static exit_status run(const invocation *call)
{
    marsad_archive *archive = NULL;
    queue_settings settings;
    figures f = {0};
    if (!queue_settings_from(&settings, call))
        return STATUS_USAGE;
    if (!queue_begin(&settings))
        return STATUS_PARTLY;
    exit_status status = archive_open_for(&archive, call, MARSAD_ARCHIVE_READ_ONLY);
    if (status == STATUS_OK)
        status = add_outbox(&f, archive);
    marsad_archive_close(archive);
    if (status == STATUS_OK && settings.servers != NULL)
        status = add_queue(&f, &settings);
    if (f.count > 0)
        print(&f, option_value(call, "output", "text"));
    queue_end(&settings);
    return status;
}

static const option options[] = {
    OPTION_ARCHIVE,
    OPTIONS_OF_QUEUE,
    {'f', "output", "text|json|prometheus", "how figures are shown: a line each, one object of JSON, or gauges for Prometheus (default text)",
     COMPLETE_WORDS},
    OPTION_HELP,
    {0},
};

const command command_queue_status = {
    .name = "queue-status",
    .run = run,
    .options = options,
    .operands = "",
    .summary = "show what waits in the outbox and on the queue",
    .description = "Shows how many parcels wait in the archive's outbox, how many are dead letters, and with --nats what stream and consumer hold. "
                   "What the archive tells "
                   "is what counts: the queue may repeat what is done.",
};
