/* Codes of an incident and of its parties, from the tables of codes.h. */
#include "export/coded.h"

static coded_event code_event(export_run *run, marsad_kind kind, marsad_phase phase, const char *told_mode)
{
    const rule_set *rules = run->options->rules;
    coded_event event = {.code = codes_crosswalk(rules, kind, phase), .scale = ""};
    if (event.code == NULL)
        return event;
    event.cameo = codes_cameo(rules, event.code->cameo);
    event.mode = told_mode[0] != 0 ? codes_mode(rules, event.code->plover, told_mode) : NULL;
    if (event.mode == NULL)
        event.mode = codes_mode(rules, event.code->plover, event.code->mode);
    const mode_row *alone = codes_mode(rules, event.code->plover, "");
    event.scale = event.mode->scale[0] != 0 ? event.mode->scale : alone->scale;
    return event;
}

coded_event coded_statement(export_run *run, const statement *s)
{
    return code_event(run, s->kind, s->phase, s->mode);
}

coded_event coded_incident(export_run *run, const incident *item)
{
    marsad_phase phase = MARSAD_NO_PHASE;
    const char *mode = "";
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        if (s->modality == MARSAD_DENIED || s->kind != item->kind)
            continue;
        phase = s->phase != MARSAD_NO_PHASE ? s->phase : phase;
        mode = mode[0] == 0 ? s->mode : mode;
    }
    return code_event(run, item->kind, phase, mode);
}

/* --- parties --------------------------------------------------------------------------------------------------------- */

const country_row *country_of_code(const export_run *run, const char *iso3)
{
    const code_tables *codes = codes_of(run->options->rules);
    for (uint32_t i = 0; iso3[0] != 0 && i < codes->states.count; i++) {
        const country_row *row = country_find(run->options->rules, codes->states.items[i].iso2);
        if (row != NULL && strcmp(row->iso3, iso3) == 0)
            return row;
    }
    return NULL;
}

/* Puts `part` into the first free of `count` fields, unless it stands there. */
static void put(char fields[][4], int count, const char *part)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(fields[i], part) == 0)
            return;
        if (fields[i][0] == 0) {
            memcpy(fields[i], part, strlen(part) + 1);
            return;
        }
    }
}

static void put_part(coded_actor *actor, const actor_code_row *row)
{
    if (strcmp(row->part, "type") == 0)
        put(actor->type, 3, row->code);
    else if (strcmp(row->part, "religion") == 0)
        put(actor->religion, 2, row->code);
    else if (strcmp(row->part, "ethnic") == 0)
        put(&actor->ethnic, 1, row->code);
    else if (strcmp(row->part, "group") == 0)
        put(&actor->group, 1, row->code);
    if (strlen(row->sector) == 3)
        put(actor->sectors, 3, row->sector);
}

coded_actor coded_party(const export_run *run, const char *code)
{
    coded_actor actor = {0};
    size_t used = 0;
    for (const char *at = code; *at != 0 && used + 4 < sizeof actor.text;) {
        char part[4] = "";
        if (*at == ' ') {
            at++;
            continue;
        }
        for (int i = 0; i < 3 && *at != 0 && *at != ' '; i++)
            part[i] = *at++;
        const actor_code_row *row = codes_actor(run->options->rules, part);
        if (row != NULL && strlen(row->code) == 3)
            put_part(&actor, row);
        else if (used == 0 && country_of_code(run, part) != NULL)
            memcpy(actor.country, part, sizeof part);
        memcpy(actor.text + used, part, sizeof part);
        used += strlen(part);
    }
    return actor;
}

static const char *code_in(const statement_party *parties, uint32_t count, const char *who)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(parties[i].who, who) == 0 && parties[i].code[0] != 0)
            return parties[i].code;
    return "";
}

const char *code_of_party(const incident *item, const char *who)
{
    for (uint32_t i = 0; i < item->statement_count; i++) {
        const statement *s = item->statements[i];
        const char *code = code_in(s->actors, s->actor_count, who);
        if (code[0] == 0)
            code = code_in(s->targets, s->target_count, who);
        if (code[0] != 0)
            return code;
    }
    return "";
}

void count_what_codes_lose(export_run *run, const incident *item)
{
    count_what_rows_lose(run, item);
    export_loss(run, "grade", "no column for it");
    for (uint32_t i = 0; i < item->figure_count; i++)
        if (item->figures[i].of == MARSAD_KILLED)
            export_loss(run, "killed", "no column for this figure");
    for (uint32_t i = 0; i < item->statement_count; i++)
        if (item->statements[i]->speaker_count > 0)
            export_loss(run, "speaker", "no column for it");
    if (item->end != item->start)
        export_loss(run, "last day", "a row has one day");
}
