/* One sentence on an incident in English, for tables that have a column for notes. Whose word it is comes first, and nothing is told as a fact. */
#include "export/sides.h"

static const char *const kind_words[MARSAD_KIND_COUNT] = {
    [MARSAD_KIND_CLASH] = "an armed clash",
    [MARSAD_KIND_AIRSTRIKE] = "an air strike",
    [MARSAD_KIND_SHELLING] = "shelling or missile fire",
    [MARSAD_KIND_BOMBING] = "an explosion of a bomb or mine",
    [MARSAD_KIND_ATTACK] = "an attack",
    [MARSAD_KIND_KILLING] = "a killing",
    [MARSAD_KIND_DESTRUCTION] = "destruction of property",
    [MARSAD_KIND_ABDUCTION] = "an abduction",
    [MARSAD_KIND_DETENTION] = "a detention",
    [MARSAD_KIND_SIEGE] = "a siege",
    [MARSAD_KIND_ABUSE] = "abuse of persons",
    [MARSAD_KIND_CAPTURE] = "the taking of a place",
    [MARSAD_KIND_HOLD] = "the holding of a place",
    [MARSAD_KIND_ADVANCE] = "an advance",
    [MARSAD_KIND_WITHDRAW] = "a withdrawal",
    [MARSAD_KIND_DEPLOY] = "a deployment of forces",
    [MARSAD_KIND_MILITARY_AID] = "military aid",
    [MARSAD_KIND_TRUCE] = "a truce",
    [MARSAD_KIND_TALKS] = "talks",
    [MARSAD_KIND_AGREEMENT] = "an agreement",
    [MARSAD_KIND_AID] = "humanitarian aid",
    [MARSAD_KIND_DISPLACEMENT] = "displacement",
    [MARSAD_KIND_RELEASE] = "a release of persons",
    [MARSAD_KIND_PROTEST] = "a protest",
    [MARSAD_KIND_DEMAND] = "a demand",
    [MARSAD_KIND_ACCUSE] = "an accusation",
    [MARSAD_KIND_THREATEN] = "a threat",
    [MARSAD_KIND_REJECT] = "a rejection",
    [MARSAD_KIND_SUPPORT] = "support",
    [MARSAD_KIND_SANCTION] = "a sanction",
};

/* "Syrian Observatory for Human Rights (in outlet)", or the outlet alone where it speaks itself. */
static void put_source(export_text *text, const statement *s)
{
    const char *speaker = statement_speaker(s), *outlet = s->outlet[0] != 0 ? s->outlet : "a report without an outlet";
    export_text one = {.run = text->run};
    if (s->speaker_count == 0) {
        text_put(&one, outlet);
    } else {
        text_put(&one, speaker != NULL ? party_name(text->run, speaker) : "a source without a name");
        text_put(&one, " (in ");
        text_put(&one, outlet);
        text_put(&one, ")");
    }
    text_part(text, "; ", text_done(&one));
}

/* The sources of those of `list` that claim (or deny) something. */
static const char *sources_of(export_run *run, const statement *const *list, uint32_t count)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < count; i++)
        put_source(&text, list[i]);
    return text_done(&text);
}

/* Statements that deny (or do not) the happening. */
static const char *sources_of_incident(export_run *run, const incident *item, bool are_denials)
{
    export_text text = {.run = run};
    for (uint32_t i = 0; i < item->statement_count; i++)
        if ((item->statements[i]->modality == MARSAD_DENIED) == are_denials)
            put_source(&text, item->statements[i]);
    return text_done(&text);
}

static void put_when_and_where(export_text *text, const incident *item)
{
    char day[16];
    if (item->place_count > 0) {
        text_put(text, " in or near ");
        text_put(text, place_words(text->run, item->places[0]));
    }
    if (item->start == NO_DAY)
        return;
    text_put(text, item->has_days ? " on " : " reported on ");
    text_put(text, day_text(day, item->start));
    if (item->end != item->start) {
        text_put(text, " to ");
        text_put(text, day_text(day, item->end));
    }
}

/* ". Named as acting: X, according to ... Not X, according to ..." */
static void put_parties(export_text *text, const char *role, const incident_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (parties[i].claim_count > 0) {
            text_put(text, role);
            text_put(text, party_name(text->run, parties[i].who));
            text_put(text, ", according to ");
            text_put(text, sources_of(text->run, parties[i].claims, parties[i].claim_count));
        }
        if (parties[i].denial_count > 0) {
            text_put(text, ". Not ");
            text_put(text, party_name(text->run, parties[i].who));
            text_put(text, ", according to ");
            text_put(text, sources_of(text->run, parties[i].denials, parties[i].denial_count));
        }
    }
}

static void put_figure(export_text *text, const incident_figure *figure)
{
    text_put(text, ". Reported ");
    text_put(text, marsad_figure_name(figure->of));
    if (figure->group[0] != 0) {
        text_put(text, ", ");
        text_put(text, figure->group);
    }
    text_put(text, figure->high == MARSAD_NO_VALUE ? ": at least " : ": ");
    text_integer(text, figure->low);
    if (figure->high != MARSAD_NO_VALUE && figure->high != figure->low) {
        text_put(text, " to ");
        text_integer(text, figure->high);
    }
    text_put(text, ", according to ");
    text_put(text, sources_of(text->run, figure->from, figure->from_count));
}

const char *note_in_english(export_run *run, const incident *item)
{
    export_text text = {.run = run};
    const char *sources = sources_of_incident(run, item, false), *deniers = sources_of_incident(run, item, true);
    text_put(&text, "According to ");
    text_put(&text, sources);
    text_put(&text, ": ");
    text_put(&text, (size_t)item->kind < MARSAD_KIND_COUNT ? kind_words[item->kind] : "an event");
    put_when_and_where(&text, item);
    put_parties(&text, ". Named as acting: ", item->actors, item->actor_count);
    put_parties(&text, ". Named as target or other side: ", item->targets, item->target_count);
    for (uint32_t i = 0; i < item->figure_count; i++)
        put_figure(&text, &item->figures[i]);
    if (deniers[0] != 0) {
        text_put(&text, ". Denied, according to ");
        text_put(&text, deniers);
    }
    return text_done(&text);
}
