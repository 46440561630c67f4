/* What a worker does, line by line. */
#include <stdio.h>
#include <time.h>

#include "base/base.h"
#include "cli/work.h"

static void put_value(json_out *j, const log_field *f)
{
    if (f->text != NULL)
        json_string(j, view_of(f->text));
    else
        json_real(j, f->number, 3);
}

static void put_object(buffer *line, const char *when, const char *level, const char *what, const log_field *fields, size_t count)
{
    json_out j = {.write = buffer_write, .context = line};
    json_object(&j);
    json_put_text(&j, "time", when);
    json_put_text(&j, "level", level);
    json_put_text(&j, "what", what);
    for (size_t i = 0; i < count; i++) {
        json_key(&j, fields[i].name);
        put_value(&j, &fields[i]);
    }
    json_end_object(&j);
    line->failed = !json_flush(&j) || line->failed;
}

static void put_words(buffer *line, const char *when, const char *level, const char *what, const log_field *fields, size_t count)
{
    buffer_format(line, "%s %s %s", when, level, what);
    for (size_t i = 0; i < count; i++) {
        json_out j = {.write = buffer_write, .context = line};
        buffer_format(line, " %s=", fields[i].name);
        put_value(&j, &fields[i]);
        line->failed = !json_flush(&j) || line->failed;
    }
}

void work_tell(bool as_json, log_level level, const char *what, const log_field *fields, size_t count)
{
    static const char *const levels[] = {"note", "warning", "error"};
    const time_t now = time(NULL);
    struct tm parts;
    char when[32] = "";
    buffer line = {0};
    if (gmtime_r(&now, &parts) != NULL)
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &parts);
    (as_json ? put_object : put_words)(&line, when, levels[level], what, fields, count);
    buffer_add(&line, "\n", 1);
    if (!line.failed)
        fwrite(line.bytes, 1, line.used, stderr); /* one call: lines of threads do not run into each other */
    buffer_free(&line);
}
