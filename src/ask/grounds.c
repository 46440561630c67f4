/* What an incident rests on: who is said to have done it and who denies that, which rule gave the grade and each figure, and who says which number. */
#include <stdio.h>

#include "ask/list.h"

const char *const ground_columns[] = {"what", "says", "figure", "disputed", "rule", "low_from", "best_from", "high_from", "from", NULL};

/* A row on its way: what is not set is null. */
typedef struct {
    const char *what, *says, *rule;
    const incident_figure *figure;
    view from; /* a JSON list */
} ground;

static void put_figure(row_writer *w, const incident_figure *f)
{
    char text[256];
    const char *of = marsad_figure_name(f->of);
    if (f->high == MARSAD_NO_VALUE)
        snprintf(text, sizeof text, "[{\"of\":\"%s\",\"group\":\"%s\",\"low\":%lld,\"best\":%lld,\"high\":null}]", of, f->group, (long long)f->low,
                 (long long)f->best);
    else
        snprintf(text, sizeof text, "[{\"of\":\"%s\",\"group\":\"%s\",\"low\":%lld,\"best\":%lld,\"high\":%lld}]", of, f->group, (long long)f->low,
                 (long long)f->best, (long long)f->high);
    rows_json(w, view_of(text));
}

static void put_ground(row_writer *w, const ground *g)
{
    const incident_figure *f = g->figure;
    rows_text(w, g->what);
    rows_text(w, g->says);
    if (f != NULL)
        put_figure(w, f);
    else
        rows_json(w, view_of("[]"));
    rows_text(w, f != NULL && f->is_disputed ? "sources disagree" : NULL);
    rows_text(w, g->rule);
    rows_text(w, f == NULL ? NULL : f->low_from->id);
    rows_text(w, f == NULL ? NULL : f->best_from->id);
    rows_text(w, f == NULL ? NULL : f->high_from->id);
    rows_json(w, g->from.len > 0 ? g->from : view_of("[]"));
}

/* --- whose word it is ---------------------------------------------------------------------------------------------------------------- */

static const char *voice_of(const statement *s)
{
    const char *speaker = statement_speaker(s);
    if (speaker != NULL)
        return speaker;
    return s->speaker_count > 0 && s->speakers[0].words[0] != 0 ? s->speakers[0].words : s->outlet;
}

/* "at least 7"; of words that give no number the words. */
static void add_number(buffer *out, const statement_figure *f)
{
    static const char *const before[MARSAD_BOUND_COUNT] = {
        [MARSAD_AT_LEAST] = "at least ", [MARSAD_OVER] = "more than ", [MARSAD_ABOUT] = "about ", [MARSAD_UP_TO] = "up to "};
    if (f->value == MARSAD_NO_VALUE)
        buffer_format(out, "«%s»", f->words);
    else
        buffer_format(out, "%s%lld", before[f->bound] == NULL ? "" : before[f->bound], (long long)f->value);
}

/* What is being listed: lines of plain text, as a JSON list. */
typedef struct {
    buffer line, text;
    json_out list;
} line_list;

static void lines_begin(line_list *lines)
{
    lines->text.used = 0;
    lines->list = (json_out){.write = buffer_write, .context = &lines->text};
    json_array(&lines->list);
}

static void line_end(line_list *lines)
{
    json_string(&lines->list, (view){lines->line.bytes, lines->line.used});
    lines->line.used = 0;
}

static view lines_end(line_list *lines)
{
    json_end_array(&lines->list);
    json_flush(&lines->list);
    return (view){lines->text.bytes, lines->text.used};
}

static view lines_of_figure(line_list *lines, const incident_figure *f)
{
    lines_begin(lines);
    for (uint32_t i = 0; i < f->from_count; i++) {
        const statement *s = f->from[i];
        size_t numbers = 0;
        for (uint32_t k = 0; k < s->figure_count; k++) {
            if (s->figures[k].of != f->of)
                continue;
            buffer_text(&lines->line, numbers++ == 0 ? "" : ", ");
            add_number(&lines->line, &s->figures[k]);
        }
        buffer_format(&lines->line, ", according to %s (%s)", voice_of(s), s->id);
        line_end(lines);
    }
    return lines_end(lines);
}

static void add_party_lines(line_list *lines, const char *what, const statement *const *from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buffer_format(&lines->line, "%s by %s (%s)", what, voice_of(from[i]), from[i]->id);
        line_end(lines);
    }
}

static view lines_of_doer(line_list *lines, const incident_party *party)
{
    lines_begin(lines);
    add_party_lines(lines, "named", party->claims, party->claim_count);
    add_party_lines(lines, "denied", party->denials, party->denial_count);
    return lines_end(lines);
}

/* --- rows ----------------------------------------------------------------------------------------------------------------------------- */

/* "airstrike of 2016-05-08, كفرنبل (إدلب)" */
static const char *happening_of(const incident *i, arena *memory)
{
    const statement_place *place = i->place_count == 0 ? NULL : i->places[0];
    const char *when = "", *where = "";
    if (i->start != NO_DAY) {
        const marsad_date day = day_date(i->start);
        when = arena_format(memory, " of %04d-%02u-%02u", day.year, (unsigned)day.month, (unsigned)day.day);
    }
    if (place != NULL)
        where = arena_format(memory, ", %s%s%s%s", place->norm, place->admin1[0] == 0 ? "" : " (", place->admin1, place->admin1[0] == 0 ? "" : ")");
    if (when == NULL || where == NULL)
        return NULL;
    return arena_format(memory, "%s%s%s: %u statements in %u articles, %u independent chains", marsad_kind_name(i->kind), when, where,
                        i->statement_count, i->articles, i->chains);
}

static void put_grounds(row_writer *w, const incident *i, line_list *lines, arena *memory)
{
    bool more = true;
    put_ground(w, &(ground){.what = "happening", .says = happening_of(i, memory)});
    more = rows_end(w);
    if (more) {
        put_ground(w, &(ground){.what = "grade", .says = incident_grade_name(i->grade), .rule = i->grade_rule});
        more = rows_end(w);
    }
    for (uint32_t k = 0; k < i->actor_count && more; k++) {
        put_ground(w, &(ground){.what = "doer", .says = i->actors[k].who, .from = lines_of_doer(lines, &i->actors[k])});
        more = rows_end(w);
    }
    for (uint32_t k = 0; k < i->figure_count && more; k++) {
        put_ground(w,
                   &(ground){.what = "figure", .figure = &i->figures[k], .rule = i->figures[k].rule, .from = lines_of_figure(lines, &i->figures[k])});
        more = rows_end(w);
    }
}

marsad_status list_grounds(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    arena memory = {0};
    line_list lines = {0};
    incident_list incidents = {0};
    marsad_status status = question_incident(archive, question, &incidents, &memory, err);
    for (uint32_t i = 0; i < incidents.count && status == MARSAD_OK; i++)
        put_grounds(w, &incidents.items[i], &lines, &memory);
    w->failed = w->failed || lines.line.failed || lines.text.failed;
    buffer_free(&lines.line);
    buffer_free(&lines.text);
    arena_free(&memory);
    return status;
}
