/* What the archive is fed with and set to: feeds, imports, settings; and whether it is what it was. */
#include <stdio.h>

#include "marsad_ledger.h"
#include "server/serving.h"

/* --- feeds ------------------------------------------------------------------------------------------------------------------- */

void feeds_post(exchange *x)
{
    marsad_error err = {0};
    json_out j;
    bool is_new = false;
    if (exchange_json(x) == NULL)
        return;
    const char *url = exchange_text(x, "url"), *name = exchange_text(x, "name");
    if (url == NULL) {
        refuse(x, 400, "bad-request", "'url' is missing");
        return;
    }
    const marsad_status status = marsad_source_add(x->archive, x->now, url, name == NULL ? "" : name, exchange_flag(x, "pages"), &is_new, &err);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    answer_json(x, &j);
    json_object(&j);
    json_put_bool(&j, "is_new", is_new);
    json_end_object(&j);
    answer_json_end(x, &j);
}

void feeds_delete(exchange *x)
{
    marsad_error err = {0};
    const char *url = exchange_query(x, "url");
    const marsad_status status =
        url == NULL ? fail(&err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'url' is missing") : marsad_source_remove(x->archive, x->now, url, &err);
    if (status == MARSAD_OK)
        answer_empty(x, 204);
    else
        refuse_status(x, status, &err);
}

/* --- settings ---------------------------------------------------------------------------------------------------------------- */

static const char *const setting_names[] = {"organisation", "zone", "profile", "languages"};
enum { SETTING_COUNT = sizeof setting_names / sizeof *setting_names };

void settings_get(exchange *x)
{
    marsad_error err = {0};
    json_out j;
    answer_json(x, &j);
    json_object(&j);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char value[MARSAD_SETTING_BYTES];
        const marsad_status status = marsad_setting_get(x->archive, setting_names[i], value, &err);
        if (status != MARSAD_OK) {
            refuse_status(x, status, &err);
            return;
        }
        json_put_text(&j, setting_names[i], value);
    }
    json_end_object(&j);
    answer_json_end(x, &j);
}

void settings_patch(exchange *x)
{
    marsad_error err = {0};
    marsad_status status = MARSAD_OK;
    const char *name;
    json_t *value;
    json_t *body = exchange_json(x);
    if (body == NULL)
        return;
    json_object_foreach(body, name, value)
    {
        status = !json_is_string(value) ? fail(&err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "'%s' is a text", name)
                                        : marsad_setting_set(x->archive, name, json_string_value(value), exchange_person(x), x->now, &err);
        if (status != MARSAD_OK)
            break;
    }
    if (status == MARSAD_OK)
        answer_empty(x, 204);
    else
        refuse_status(x, status, &err);
}

/* --- is the archive what it was? ---------------------------------------------------------------------------------------------- */

enum { TOLD_MAX = 200 };

typedef struct {
    json_out *j;
    size_t count;
} telling;

static void tell_line(void *context, bool is_fault, const char *what)
{
    telling *t = context;
    if (is_fault && t->count++ < TOLD_MAX)
        json_string(t->j, view_of(what));
}

void verify_post(exchange *x)
{
    marsad_error err = {0};
    marsad_verdict verdict = {0};
    json_out j;
    telling t = {.j = &j};
    if (!exchange_has_nothing(x))
        return;
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "told");
    json_array(&j);
    const marsad_status status = marsad_archive_verify(x->archive, MARSAD_VERIFY_VIEWS, tell_line, &t, &verdict, &err);
    json_end_array(&j);
    if (status != MARSAD_OK) {
        refuse_status(x, status, &err);
        return;
    }
    json_put_count(&j, "faults", (int64_t)verdict.faults);
    json_put_count(&j, "evidence", (int64_t)verdict.evidence);
    json_put_count(&j, "articles", (int64_t)verdict.articles);
    json_put_count(&j, "records", (int64_t)verdict.records);
    json_put_count(&j, "decisions", (int64_t)verdict.decisions);
    json_put_count(&j, "log_lines", (int64_t)verdict.log_lines);
    json_put_text(&j, "root", verdict.root);
    json_end_object(&j);
    answer_json_end(x, &j);
}
