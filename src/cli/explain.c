/* marsad explain: the words and rules behind each record. */
#include <string.h>

#include "cli/command.h"

static const option options[] = {OPTIONS_OF_ARTICLES, OPTION_LEXICON, OPTION_GAZETTEER, OPTION_HELP, {0}};

static marsad_view words_of(const marsad_reading *reading, marsad_span span)
{
    marsad_view text = reading->article.text;
    const bool is_sound = span.start <= span.end && span.end <= text.len;
    return is_sound ? (marsad_view){text.ptr + span.start, span.end - span.start} : (marsad_view){"", 0};
}

static void explain_span(buffer *out, const marsad_reading *reading, marsad_span span)
{
    show_text(out, words_of(reading, span));
    buffer_format(out, " [%u,%u)", (unsigned)span.start, (unsigned)span.end);
}

static void explain_sentence(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    const marsad_span s = record->sentence, t = record->trigger;
    buffer_text(out, "  sentence  ");
    if (s.start > t.start || t.end > s.end) {
        explain_span(out, reading, s);
        buffer_text(out, "\n");
        return;
    }
    buffer marked = {0}; /* one run of text, so that the direction of its parts is the direction of the sentence */
    marsad_view before = words_of(reading, (marsad_span){s.start, t.start}), trigger = words_of(reading, t);
    marsad_view after = words_of(reading, (marsad_span){t.end, s.end});
    buffer_add(&marked, before.ptr, before.len);
    buffer_text(&marked, ">>");
    buffer_add(&marked, trigger.ptr, trigger.len);
    buffer_text(&marked, "<<");
    buffer_add(&marked, after.ptr, after.len);
    show_text(out, (marsad_view){marked.bytes, marked.used});
    out->failed = out->failed || marked.failed;
    buffer_free(&marked);
    buffer_text(out, "\n");
}

static void explain_parties(buffer *out, const marsad_reading *reading, const char *field, const marsad_party *parties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_format(out, "  %-9s ", field);
        explain_span(out, reading, parties[i].span);
        buffer_format(out, " is %s", parties[i].who);
        if (parties[i].object[0] != 0)
            buffer_format(out, ", %s", parties[i].object);
        if (parties[i].code[0] != 0)
            buffer_format(out, " (%s)", parties[i].code);
        buffer_text(out, "\n");
    }
}

static void explain_places(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    for (size_t i = 0; i < record->place_count; i++) {
        const marsad_place *place = &record->places[i];
        buffer_text(out, "  place     ");
        explain_span(out, reading, place->span);
        buffer_format(out, " is %s ", marsad_relation_name(place->relation));
        show_text(out, (marsad_view){place->norm, strlen(place->norm)});
        if (place->precision == MARSAD_PRECISION_NONE)
            buffer_text(out, ", not in the gazetteer");
        else
            buffer_format(out, ", %s at %.4f %.4f (%s)", place->id, place->lat, place->lon, marsad_precision_name(place->precision));
        if (place->others > 0)
            buffer_format(out, ", chosen among %u", (unsigned)place->others + 1);
        buffer_text(out, "\n");
    }
}

static void add_date(buffer *out, marsad_date date)
{
    buffer_format(out, "%04d-%02u-%02u", date.year, (unsigned)date.month, (unsigned)date.day);
}

static void explain_when(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    if (!record->has_when)
        return;
    buffer_text(out, "  when      ");
    explain_span(out, reading, record->when.span);
    buffer_text(out, " is ");
    add_date(out, record->when.start);
    buffer_text(out, " to ");
    add_date(out, record->when.end);
    buffer_format(out, " (%s)\n", record->when.precision);
}

static void add_value(buffer *out, const char *name, int64_t value)
{
    if (value != MARSAD_NO_VALUE)
        buffer_format(out, ", %s %lld", name, (long long)value);
}

static void explain_figures(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    for (size_t i = 0; i < record->figure_count; i++) {
        const marsad_figure *figure = &record->figures[i];
        buffer_text(out, "  figure    ");
        explain_span(out, reading, figure->span);
        buffer_format(out, " is %s, %s", marsad_figure_name(figure->of), marsad_bound_name(figure->bound));
        add_value(out, "value", figure->value);
        add_value(out, "low", figure->low);
        add_value(out, "high", figure->high);
        buffer_text(out, "\n");
    }
}

static void explain_rules(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    for (size_t i = 0; i < record->rule_count; i++) {
        const marsad_rule *rule = &record->rules[i];
        buffer_text(out, "  rule      ");
        show_text(out, (marsad_view){rule->name, strlen(rule->name)});
        if (rule->table[0] != 0)
            buffer_format(out, "  %s:%u", rule->table, (unsigned)rule->line);
        else
            buffer_text(out, "  grammar");
        buffer_text(out, "  ");
        explain_span(out, reading, rule->span);
        buffer_text(out, "\n");
    }
}

static void explain_record(buffer *out, const marsad_reading *reading, const marsad_record *record)
{
    buffer_format(out, "%s %s, %s", record->id, marsad_kind_name(record->kind), marsad_modality_name(record->modality));
    if (record->phase != MARSAD_NO_PHASE)
        buffer_format(out, ", %s", marsad_phase_name(record->phase));
    if (record->quoted)
        buffer_text(out, ", quoted");
    buffer_format(out, ", confidence %.2f\n", record->confidence);

    explain_sentence(out, reading, record);
    explain_parties(out, reading, "actor", record->actors, record->actor_count);
    explain_parties(out, reading, "target", record->targets, record->target_count);
    explain_places(out, reading, record);
    explain_when(out, reading, record);
    explain_figures(out, reading, record);
    explain_parties(out, reading, "source", record->sources, record->source_count);
    explain_rules(out, reading, record);
}

static marsad_status render(marsad_reader *reader, const marsad_article *article, buffer *out, marsad_error *err)
{
    const marsad_reading *reading;
    marsad_status status = marsad_read(reader, article, &reading, err);
    if (status != MARSAD_OK)
        return status;
    show_text(out, article->id);
    buffer_format(out, ": %zu records in %zu sentences\n\n", reading->record_count, reading->sentence_count);
    for (size_t i = 0; i < reading->record_count; i++) {
        explain_record(out, reading, &reading->records[i]);
        buffer_text(out, "\n");
    }
    return MARSAD_OK;
}

static exit_status run(const invocation *call)
{
    return articles_render(call, render);
}

const command command_explain = {
    .name = "explain",
    .run = run,
    .options = options,
    .operands = "[FILE...|-]",
    .operand_most = SIZE_MAX,
    .complete = COMPLETE_FILE,
    .summary = "show the words and rules behind each record",
    .description = "Reads articles as 'marsad read' does and shows for each record the sentence with its trigger between >> and <<, each field with "
                   "its words and "
                   "their place in the text in bytes, and each rule that made it: its name, the table and line of the lexicon where it is written, "
                   "and the words "
                   "it was applied to.",
};
