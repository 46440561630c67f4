/* What a question asks for, in the store's terms. */
#include <stdio.h>

#include "ask/list.h"
#include "review_steps.h"

static marsad_status read_kinds(int64_t *out, const char *const *kinds, marsad_error *err)
{
    *out = kinds == NULL || kinds[0] == NULL ? INT64_MAX : 0;
    for (; kinds != NULL && *kinds != NULL; kinds++) {
        int kind = 0;
        while (kind < MARSAD_KIND_COUNT && strcmp(marsad_kind_name((marsad_kind)kind), *kinds) != 0)
            kind++;
        if (kind == MARSAD_KIND_COUNT)
            return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no kind '%s'", *kinds);
        *out |= (int64_t)1 << kind;
    }
    return MARSAD_OK;
}

static marsad_status read_grade(int *out, const char *grade, marsad_error *err)
{
    *out = 0;
    if (grade == NULL)
        return MARSAD_OK;
    for (int g = 0; g < GRADE_COUNT; g++)
        if (strcmp(incident_grade_name((incident_grade)g), grade) == 0) {
            *out = g;
            return MARSAD_OK;
        }
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no grade '%s'", grade);
}

static marsad_status read_state(int *out, const char *state, marsad_error *err)
{
    *out = -1;
    if (state == NULL)
        return MARSAD_OK;
    for (int s = 0; s < STATE_COUNT; s++)
        if (strcmp(review_state_name((review_state)s), state) == 0) {
            *out = s;
            return MARSAD_OK;
        }
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no state '%s'", state);
}

/* Identifiers are plain: what else is asked for no incident names. */
static marsad_status read_party(char *out, size_t room, const char *party, marsad_error *err)
{
    out[0] = 0;
    if (party == NULL)
        return MARSAD_OK;
    if (strpbrk(party, "\"\\") != NULL || strlen(party) + sizeof "\"who\":\"\"" > room)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no party '%s'", party);
    snprintf(out, room, "\"who\":\"%s\"", party);
    return MARSAD_OK;
}

marsad_status question_read(question_limits *out, const marsad_question *question, marsad_error *err)
{
    out->from = date_is_given(question->from) ? day_number(question->from) : INT32_MIN;
    out->to = date_is_given(question->to) ? day_number(question->to) : INT32_MAX;
    marsad_status status = read_kinds(&out->kinds, question->kinds, err);
    if (status == MARSAD_OK)
        status = read_grade(&out->grade, question->grade, err);
    if (status == MARSAD_OK)
        status = read_state(&out->state, question->state, err);
    return status == MARSAD_OK ? read_party(out->party, sizeof out->party, question->party, err) : status;
}
