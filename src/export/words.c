/* Where, when and on whose word, in the words of a row. */
#include "export/sides.h"

const statement_place *place_of_row(export_run *run, const incident *item)
{
    for (uint32_t i = 1; i < item->place_count; i++)
        export_loss(run, "further place", "a row has one place");
    return item->place_count > 0 ? item->places[0] : NULL;
}

const char *place_words(const export_run *run, const statement_place *place)
{
    const char *const names[] = {place->name_en, place->norm, place->admin2, place->admin1};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i][0] != 0)
            return names[i];
    const country_row *country = country_find(run->options->rules, place->country);
    return country != NULL ? country->name_en : place->country;
}

const char *why_no_event(const incident *item)
{
    if (item->is_planned)
        return "told as intended only";
    if (item->denials > 0 && item->denials == item->statement_count)
        return "told by those who deny it only";
    if (item->is_period)
        return "a bound over several days, not an event";
    return item->start == NO_DAY ? "no day is known" : NULL;
}

const char *outlets_of(export_run *run, const incident *item)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++)
        text_part(&text, "; ", item->statements[i]->outlet);
    return text_done(&text);
}

static void put_speakers(export_text *text, const statement *s)
{
    for (uint32_t i = 0; i < s->speaker_count; i++)
        text_part(text, "; ", party_is_named(&s->speakers[i]) ? party_name(text->run, s->speakers[i].who) : "a source without a name");
}

const char *asserters_of(export_run *run, const incident *item)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (item->statements[i]->modality != MARSAD_DENIED)
            put_speakers(&text, item->statements[i]);
    return text_done(&text);
}

int32_t first_report(const incident *item)
{
    int32_t first = NO_DAY;
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const int32_t day = item->statements[i]->published;
        first = first == NO_DAY || (day != NO_DAY && day < first) ? day : first;
    }
    return first;
}

int32_t last_report(const incident *item)
{
    int32_t last = NO_DAY;
    for (uint32_t i = 0; i < item->statement_count; i++)
        last = item->statements[i]->published > last ? item->statements[i]->published : last;
    return last; /* NO_DAY is the smallest number there is */
}
