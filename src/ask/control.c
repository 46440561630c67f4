/* Who is said to hold which town: at a day, or as timelines. */
#include "incident/control.h"
#include "ask/kept.h"
#include "views.h"

const char *const control_columns[] = {"place", "place_en", "admin1", "country", "place_id", "lat",  "lon", "from",
                                       "to",    "side",     "holder", "status",  "claims",   "rule", NULL};

static void put_claims(row_writer *w, const control_span *span, buffer *text)
{
    text->used = 0;
    control_because(text, span);
    rows_json(w, (view){text->bytes, text->used});
}

/* The last day that anything is told of. What lies behind it is no end that anybody told of, but a change of a party's side (rules/sides.tsv). */
static int32_t last_told(const statement_list *statements)
{
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < statements->count; i++) {
        const statement *s = statements->items[i];
        last = s->published > last ? s->published : last;
        last = s->end > last ? s->end : last;
    }
    return last;
}

static void put_row(row_writer *w, const control_span *span, int32_t last, buffer *text)
{
    rows_text(w, span->place->norm);
    rows_text(w, span->place->name_en);
    rows_text(w, span->place->admin1);
    rows_text(w, span->place->country);
    rows_text(w, span->place->id);
    rows_real(w, span->place->lat);
    rows_real(w, span->place->lon);
    rows_day(w, span->from);
    rows_day(w, span->to > last ? INT32_MAX : span->to);
    rows_text(w, span->side);
    rows_text(w, span->holder);
    rows_text(w, span->status);
    put_claims(w, span, text);
    rows_text(w, span->rule);
}

static bool is_asked(const control_span *span, const marsad_question *q, const question_limits *limits)
{
    return span->from <= limits->to && span->to >= limits->from && (q->area == NULL || strcmp(span->place->admin1, q->area) == 0) &&
           (q->country == NULL || strcmp(span->place->country, q->country) == 0) &&
           (q->place == NULL || strcmp(span->place->id, q->place) == 0 || strcmp(span->place->norm, q->place) == 0);
}

static marsad_status derive(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    buffer text = {0};
    question_limits limits;
    statement_list statements = {0};
    control_timeline timeline = {0};
    const int32_t known = date_is_given(question->known) ? day_number(question->known) : INT32_MAX;
    marsad_status status = question_read(&limits, question, err);
    if (status == MARSAD_OK)
        status = question_statements(archive, question, INT32_MIN, INT32_MAX, CONTROL_KINDS, &statements, &memory, err);
    if (status == MARSAD_OK && !control_derive(&timeline, statements.items, statements.count, known, archive->rules, &memory))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for timelines");
    const int32_t last = last_told(&statements);
    if (limits.to == INT32_MAX && status == MARSAD_OK)
        limits.to = last > limits.from ? last : limits.from;
    for (uint32_t i = 0; i < timeline.count && status == MARSAD_OK; i++) {
        if (!is_asked(&timeline.items[i], question, &limits))
            continue;
        put_row(w, &timeline.items[i], last, &text);
        if (!rows_end(w))
            break;
    }
    w->failed = w->failed || text.failed;
    buffer_free(&text);
    arena_free(&memory);
    return status;
}

marsad_status list_control(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    bool is_kept;
    const marsad_status status = kept_for(archive, question, &is_kept, err);
    if (status != MARSAD_OK)
        return status;
    return is_kept ? kept_control(archive, question, w, err) : derive(archive, question, w, err);
}
