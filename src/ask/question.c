/* What a question asks for, in the store's terms. */
#include "ask/list.h"

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

marsad_status question_read(question_limits *out, const marsad_question *question, marsad_error *err)
{
    out->from = date_is_given(question->from) ? day_number(question->from) : INT32_MIN;
    out->to = date_is_given(question->to) ? day_number(question->to) : INT32_MAX;
    marsad_status status = read_kinds(&out->kinds, question->kinds, err);
    return status == MARSAD_OK ? read_grade(&out->grade, question->grade, err) : status;
}
