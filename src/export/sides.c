/* The two sides of an incident, as a row with one actor and one target holds them. */
#include "export/sides.h"

/* A party claimed more often comes first; the order of the incident decides between equals. */
static const incident_party *lead_of(const incident_party *parties, uint32_t count)
{
    const incident_party *lead = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (parties[i].claim_count > 0 && (lead == NULL || parties[i].claim_count > lead->claim_count))
            lead = &parties[i];
    return lead;
}

/* Does one statement claim both? Else they are two versions of who it was. */
static bool are_together(const incident_party *a, const incident_party *b)
{
    for (uint32_t i = 0; i < a->claim_count; i++)
        for (uint32_t k = 0; k < b->claim_count; k++)
            if (a->claims[i] == b->claims[k])
                return true;
    return false;
}

static party_inter inter_in(const party_row *party, const char *country)
{
    const bool is_abroad = party->type == PARTY_STATE && party->country[0] != 0 && country[0] != 0 && strcmp(party->country, country) != 0;
    return is_abroad ? INTER_EXTERNAL : party->inter;
}

static side side_of(export_run *run, const incident_party *parties, uint32_t count, const char *country)
{
    const incident_party *lead = lead_of(parties, count);
    side out = {.names = ""};
    if (lead == NULL)
        return out;
    export_text others = {.run = run};
    for (uint32_t i = 0; i < count; i++)
        if (&parties[i] != lead && are_together(lead, &parties[i]))
            text_part(&others, "; ", party_name(run, parties[i].who));
    out.who = lead->who;
    out.party = party_find(rules_parties(run->options->rules), lead->who);
    out.inter = out.party != NULL ? inter_in(out.party, country) : INTER_NONE;
    out.names = text_done(&others);
    return out;
}

static bool is_in_row(const export_run *run, const side *one, const char *who)
{
    return one->who != NULL && (strcmp(one->who, who) == 0 || strstr(one->names, party_name(run, who)) != NULL);
}

static void count_versions(export_run *run, const incident_party *parties, uint32_t count, const sides *both)
{
    for (uint32_t i = 0; i < count; i++) {
        if (parties[i].denial_count > 0)
            export_loss(run, "denial of a party", "told in words only");
        if (parties[i].claim_count > 0 && !is_in_row(run, &both->a, parties[i].who) && !is_in_row(run, &both->b, parties[i].who))
            export_loss(run, "another version of who it was", "a row has one version");
    }
}

void count_lost_versions(export_run *run, const incident *item, const sides *both)
{
    count_versions(run, item->actors, item->actor_count, both);
    count_versions(run, item->targets, item->target_count, both);
}

/* Both sides of a clash may be told as doers: then the one that is not claimed first is the other side. */
static void part_doers(export_run *run, sides *both, const incident *item, const char *country)
{
    if (item->kind != MARSAD_KIND_CLASH || both->b.who != NULL || both->a.who == NULL || item->actor_count < 2)
        return;
    const uint32_t lead = (uint32_t)(lead_of(item->actors, item->actor_count) - item->actors);
    incident_party others[8];
    uint32_t count = 0;
    for (uint32_t i = 0; i < item->actor_count && count < sizeof others / sizeof *others; i++)
        if (i != lead)
            others[count++] = item->actors[i];
    both->a.names = "";
    both->b = side_of(run, others, count, country);
}

sides sides_of(export_run *run, const incident *item)
{
    const char *country = item->place_count > 0 ? item->places[0]->country : "";
    sides both = {.a = side_of(run, item->actors, item->actor_count, country), .b = side_of(run, item->targets, item->target_count, country)};
    part_doers(run, &both, item, country);
    return both;
}

const country_row *country_of_incident(const export_run *run, const incident *item)
{
    return item->place_count > 0 ? country_find(run->options->rules, item->places[0]->country) : NULL;
}
