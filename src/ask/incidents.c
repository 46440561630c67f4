/* Incidents and statements that a question asks for, made anew from the records: as known on any day. */
#include <stdio.h>

#include "ask/list.h"

enum { REACH = 2 }; /* days around that can change what is joined (incident.h) */

static int32_t day_plus(int32_t day, int32_t more)
{
    return day == INT32_MIN || day == INT32_MAX ? day : day + more;
}

marsad_status question_statements(marsad_archive *archive, const marsad_question *question, int32_t from, int32_t to, uint32_t kinds,
                                  statement_list *out, arena *memory, marsad_error *err)
{
    const statement_query query = {.has_days = true, .from_day = from, .to_day = to, .kinds = kinds};
    marsad_status status = store_statements(&archive->store, &query, out, memory, err);
    if (status != MARSAD_OK || !date_is_given(question->known))
        return status;
    const int32_t known = day_number(question->known);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i]->known <= known)
            out->items[kept++] = out->items[i];
    out->count = kept;
    return MARSAD_OK;
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

static bool fits(const incident *i, const marsad_question *q, const question_limits *limits)
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
        status = question_statements(archive, question, day_plus(limits.from, -REACH), day_plus(limits.to, REACH), 0, &statements, memory, err);
    if (status == MARSAD_OK)
        status = archive_join(archive, &statements, out, memory, err);
    if (status != MARSAD_OK)
        return status;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (fits(&out->items[i], question, &limits))
            out->items[kept++] = out->items[i];
    out->count = kept;
    return MARSAD_OK;
}
