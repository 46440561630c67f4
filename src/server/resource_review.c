/* What people decide: on records, and on what is alleged against a truce. */
#include "marsad_ledger.h"
#include "server/places.h"
#include "server/serving.h"

enum { CHANGES_MAX = 32 };

/* --- decisions ------------------------------------------------------------------------------------------------------------------- */

/* Which decisions a role may make is a table of the library. */
static bool may_decide(exchange *x, const char *what)
{
    const marsad_rights needed = marsad_decision_rights(what);
    if (needed == 0)
        return refuse(x, 400, "bad-request", "no decision is called '%s'", what);
    for (int r = 0; r < MARSAD_RIGHT_COUNT; r++)
        if (marsad_rights_allow(needed, (marsad_right)r) && exchange_may(x, (marsad_right)r))
            return true;
    return refuse(x, 403, "not-allowed", "your roles do not allow to %s", what);
}

static bool read_changes(exchange *x, const char **out, size_t *count)
{
    json_t *list = json_object_get(x->json, "changes"), *change;
    size_t i;
    *count = 0;
    if (list != NULL && (!json_is_array(list) || json_array_size(list) > CHANGES_MAX))
        return refuse(x, 400, "bad-request", "'changes' is a list of at most %d", CHANGES_MAX);
    json_array_foreach(list, i, change)
    {
        if (!json_is_string(change))
            return refuse(x, 400, "bad-request", "a change is a text \"field=value\"");
        out[(*count)++] = json_string_value(change);
    }
    return true;
}

/* The place of a change "place=ID", as a gazetteer knows it. */
static const marsad_place_row *changed_place(exchange *x, const char *const *changes, size_t count)
{
    static const char key[] = "place=";
    for (size_t i = 0; i < count; i++)
        if (strncmp(changes[i], key, sizeof key - 1) == 0)
            return place_by_id(x, changes[i] + sizeof key - 1);
    return NULL;
}

static void answer_decided(exchange *x, const char *id, size_t changed)
{
    json_out j;
    const marsad_question question = {.id = id};
    answer_json(x, &j);
    json_object(&j);
    json_put_count(&j, "changed", (int64_t)changed);
    json_key(&j, "records");
    if (!answer_rows(x, &j, "records", &question, NULL))
        return;
    json_end_object(&j);
    answer_json_end(x, &j);
}

void decisions_post(exchange *x)
{
    const char *changes[CHANGES_MAX];
    marsad_error err = {0};
    size_t changed = 0;
    if (exchange_json(x) == NULL)
        return;
    marsad_decision decision = {.what = exchange_text(x, "what"),
                                .person = exchange_person(x),
                                .id = exchange_text(x, "id"),
                                .reason = exchange_text(x, "reason"),
                                .with = exchange_text(x, "with"),
                                .changes = changes};
    if (decision.what == NULL || decision.id == NULL) {
        refuse(x, 400, "bad-request", "a decision has 'what' and 'id'");
        return;
    }
    if (!may_decide(x, decision.what) || !read_changes(x, changes, &decision.change_count))
        return;
    decision.place = changed_place(x, changes, decision.change_count);
    const marsad_status status = marsad_archive_decide(x->archive, &decision, x->now, &changed, &err);
    if (status == MARSAD_ERR_ARGUMENT)
        refuse(x, 409, "conflict", "%s", err.message);
    else if (status != MARSAD_OK)
        refuse_status(x, status, &err);
    else
        answer_decided(x, decision.id, changed);
}

/* --- the truce ---------------------------------------------------------------------------------------------------------------------- */

void agreements_get(exchange *x)
{
    asked a;
    json_out j;
    if (!exchange_question(x, &a))
        return;
    a.question.limit = 0;
    answer_json(x, &j);
    json_object(&j);
    json_key(&j, "agreements");
    if (!answer_rows(x, &j, "agreements", &a.question, NULL))
        return;
    json_key(&j, "rules");
    if (!answer_rows(x, &j, "truce-rules", &a.question, NULL))
        return;
    json_end_object(&j);
    answer_json_end(x, &j);
}

void marks_post(exchange *x)
{
    marsad_error err = {0};
    if (exchange_json(x) == NULL)
        return;
    const marsad_mark mark = {.agreement = exchange_text(x, "agreement"),
                              .rule = exchange_text(x, "rule"),
                              .record = exchange_text(x, "record"),
                              .accused = exchange_text(x, "accused"),
                              .mark = exchange_text(x, "mark"),
                              .reason = exchange_text(x, "reason"),
                              .person = exchange_person(x)};
    if (mark.agreement == NULL || mark.record == NULL || mark.mark == NULL) {
        refuse(x, 400, "bad-request", "a mark has 'agreement', 'record' and 'mark'");
        return;
    }
    if (!exchange_is_agreement(x, mark.agreement))
        return;
    const marsad_status status = marsad_truce_mark(x->archive, &mark, x->now, &err);
    if (status == MARSAD_OK)
        answer_empty(x, 204);
    else if (status == MARSAD_ERR_ARGUMENT)
        refuse(x, 409, "conflict", "%s", err.message);
    else
        refuse_status(x, status, &err);
}
