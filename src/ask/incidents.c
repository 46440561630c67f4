/* Incidents and statements that a question asks for, made anew from the records: as known on any day. */
#include <stdio.h>

#include "ask/list.h"
#include "publication.h"

enum { REACH = 2 }; /* days around that can change what is joined (incident.h) */

static int32_t day_plus(int32_t day, int32_t more)
{
    return day == INT32_MIN || day == INT32_MAX ? day : day + more;
}

/* --- what may leave --------------------------------------------------------------------------------------------------------------- */

static marsad_status veil_statements(const marsad_archive *archive, const marsad_publication *publication, statement_list *list, arena *memory,
                                     marsad_error *err)
{
    publication_safety with;
    loss_report losses = {0};
    const statement *const *shown;
    marsad_status status = publication_open(&with, archive, publication, memory, err);
    if (status == MARSAD_OK && !safety_view_statements(&shown, &list->count, list->items, list->count, &with.safety, &losses, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for what may leave");
    for (size_t i = 0; status == MARSAD_OK && i < list->count; i++)
        list->items[i] = shown[i];
    return status;
}

static marsad_status veil_incidents(const marsad_archive *archive, const marsad_publication *publication, incident_list *list, arena *memory,
                                    marsad_error *err)
{
    publication_safety with;
    loss_report losses = {0};
    public_view view;
    marsad_status status = publication_open(&with, archive, publication, memory, err);
    if (status == MARSAD_OK && !safety_view(&view, list, &with.safety, &losses, memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for what may leave");
    if (status == MARSAD_OK)
        *list = view.incidents;
    return status;
}

/* --- statements and incidents -------------------------------------------------------------------------------------------------------- */

static void drop_unknown(statement_list *list, const marsad_question *question)
{
    const int32_t known = day_number(question->known);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->known <= known)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* As they are kept. */
static marsad_status read_statements(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, uint32_t kinds,
                                     statement_list *out, arena *memory, marsad_error *err)
{
    const statement_query query = {.has_days = true, .from_day = from, .to_day = to, .kinds = kinds};
    marsad_status status = store_statements(&archive->store, &query, out, memory, err);
    if (status == MARSAD_OK && date_is_given(question->known))
        drop_unknown(out, question);
    return status;
}

marsad_status question_statements(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, uint32_t kinds,
                                  statement_list *out, arena *memory, marsad_error *err)
{
    const marsad_status status = read_statements(archive, question, from, to, kinds, out, memory, err);
    return status == MARSAD_OK && question->publication != NULL ? veil_statements(archive, question->publication, out, memory, err) : status;
}

marsad_status question_incident(marsad_archive *archive, const marsad_question *question, incident_list *out, arena *memory, marsad_error *err)
{
    const statement_query query = {.incident = question->id};
    statement_list statements;
    if (question->id == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "name an incident by its id");
    marsad_status status = store_statements(&archive->store, &query, &statements, memory, err);
    if (status == MARSAD_OK && date_is_given(question->known))
        drop_unknown(&statements, question);
    if (status == MARSAD_OK)
        status = archive_join(archive, &statements, out, memory, err);
    return status == MARSAD_OK && question->publication != NULL ? veil_incidents(archive, question->publication, out, memory, err) : status;
}

/* --- what fits ------------------------------------------------------------------------------------------------------------------ */

static bool is_there(const incident *i, const marsad_question *q)
{
    if (q->area == NULL && q->country == NULL && q->place == NULL && !q->has_box)
        return true;
    for (uint32_t p = 0; p < i->place_count; p++) {
        const statement_place *place = i->places[p];
        if ((q->area == NULL || strcmp(place->admin1, q->area) == 0) && (q->country == NULL || strcmp(place->country, q->country) == 0) &&
            (q->place == NULL || strcmp(place->id, q->place) == 0 || strcmp(place->norm, q->place) == 0) &&
            (!q->has_box || (place->precision != MARSAD_PRECISION_NONE && place->lon >= q->west && place->lon <= q->east && place->lat >= q->south &&
                             place->lat <= q->north)))
            return true;
    }
    return false;
}

static bool has_party(const incident *i, const char *party)
{
    for (uint32_t p = 0; p < i->actor_count; p++)
        if (strcmp(i->actors[p].who, party) == 0)
            return true;
    for (uint32_t p = 0; p < i->target_count; p++)
        if (strcmp(i->targets[p].who, party) == 0)
            return true;
    return false;
}

bool question_fits(const incident *i, const marsad_question *q, const question_limits *limits)
{
    return i->start >= limits->from && i->start <= limits->to && (limits->kinds >> i->kind & 1) == 1 && (int)i->grade >= limits->grade &&
           (q->id == NULL || strcmp(i->id, q->id) == 0) && is_there(i, q) && (q->party == NULL || has_party(i, q->party));
}

marsad_status question_incidents(marsad_archive *archive, const marsad_question *question, incident_list *out, arena *memory, marsad_error *err)
{
    question_limits limits;
    statement_list statements;
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = read_statements(archive, question, day_plus(limits.from, -REACH), day_plus(limits.to, REACH), 0, &statements, memory, err);
    if (status == MARSAD_OK)
        status = archive_join(archive, &statements, out, memory, err);
    if (status == MARSAD_OK && question->publication != NULL)
        status = veil_incidents(archive, question->publication, out, memory, err);
    if (status != MARSAD_OK)
        return status;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (question_fits(&out->items[i], question, &limits))
            out->items[kept++] = out->items[i];
    out->count = kept;
    return MARSAD_OK;
}
