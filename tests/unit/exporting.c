#include "exporting.h"

#include "unit.h"

void exporting_open(export_fixture *fixture)
{
    marsad_error err = {0};
    *fixture = (export_fixture){0};
    if (rules_open(&fixture->rules, MARSAD_SOURCE_DIR "/rules", &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    if (safety_profile_read(&fixture->shown, MARSAD_SOURCE_DIR "/rules/safety/internal.json", &err) != MARSAD_OK)
        fail_msg("%s", err.message);
    if (safety_profile_read(&fixture->hidden, MARSAD_SOURCE_DIR "/rules/safety/public.json", &err) != MARSAD_OK)
        fail_msg("%s", err.message);
}

void exporting_close(export_fixture *fixture)
{
    rules_close(fixture->rules);
    arena_free(&fixture->memory);
}

bool sink_write(void *context, const char *bytes, size_t size)
{
    byte_sink *sink = context;
    if (sink->count + size + 1 > sink->room) {
        const uint32_t room = (uint32_t)(sink->count + size + 1) * 2;
        char *wider = arena_alloc(sink->memory, room);
        if (wider == NULL)
            return false;
        if (sink->count > 0)
            memcpy(wider, sink->bytes, sink->count);
        sink->bytes = wider;
        sink->room = room;
    }
    memcpy(sink->bytes + sink->count, bytes, size);
    sink->count += (uint32_t)size;
    sink->bytes[sink->count] = 0;
    return true;
}

bool centre_of_names(void *context, const char *country, const char *admin1, const char *admin2, double *lat, double *lon)
{
    (void)context;
    *lat = 10 + (double)(view_hash(view_of(country)) % 10) + (double)(view_hash(view_of(admin1)) % 100) / 100;
    *lon = 20 + (double)(view_hash(view_of(admin2)) % 1000) / 1000;
    return admin1[0] != 0;
}

const char *exported(export_fixture *fixture, const char *format, const safety_profile *profile, const incident_list *incidents, int32_t today,
                     loss_report *report)
{
    byte_sink sink = {.memory = &fixture->memory, .bytes = ""};
    marsad_error err = {0};
    const export_options options = {
        .write = sink_write, .context = &sink, .profile = profile, .rules = fixture->rules, .today = today, .centre = centre_of_names};
    if (export_write(export_format_find(format), incidents, &options, report, &fixture->memory, &err) != MARSAD_OK)
        fail_msg("%s: %s", format, err.message);
    return sink.bytes;
}

const char *losses_told(export_fixture *fixture, const loss_report *report)
{
    byte_sink sink = {.memory = &fixture->memory, .bytes = ""};
    assert_true(loss_write_text(report, sink_write, &sink));
    assert_true(loss_write_json(report, sink_write, &sink));
    return sink.bytes;
}
