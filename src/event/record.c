/* Events to records: spans, parties, places and dates, in the article's arena. */
#include "event/event.h"

#include <stdio.h>
#include <stdlib.h>

/* A thing or quarter is theirs who hold it: الأحياء التي تسيطر عليها الحكومة. */
static void holder_of(scene *e, int32_t chunk, const char **who, const char **code)
{
    for (uint32_t i = 0; i < e->count; i++) {
        const event *hold = &e->events[i];
        if (hold->kind != MARSAD_KIND_HOLD || hold->dropped || hold->actor_count == 0)
            continue;
        for (uint8_t k = 0; k < hold->place_count; k++)
            if (hold->places[k].chunk == chunk)
                scene_identify(e, hold->actors[0], false, who, code);
    }
}

static bool is_bare_number(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    return k->name < 0 &&
           ((k->quantity >= 0 && k->lemma == 0) || (k->type == CHUNK_NOUN && k->last == k->head + 1 && scene_is_vague_number(e, k->head)));
}

/* قتيلا، الجرحى: a word for the dead or hurt counts them and names nobody. */
static bool is_word_for_victims(const scene *e, int32_t chunk)
{
    return scene_is(e, chunk, CLASS_KILLED) || scene_is(e, chunk, CLASS_WOUNDED) || scene_is(e, chunk, CLASS_CASUALTY);
}

static marsad_party *parties(scene *e, const int32_t *chunks, uint8_t count, bool targets, size_t *out_count)
{
    marsad_party *list = arena_alloc(e->keep, (count + 1U) * sizeof *list);
    *out_count = 0;
    if (list == NULL) {
        e->failed = true;
        return NULL;
    }
    for (uint8_t i = 0; i < count; i++) {
        if (is_bare_number(e, chunks[i]) || (targets && is_word_for_victims(e, chunks[i])))
            continue; /* مقتل 21: only the figure knows of them */
        marsad_party *party = &list[(*out_count)++];
        *party = (marsad_party){.span = chunk_span(e->p, e->s, chunks[i]), .who = "unknown", .code = "", .object = ""};
        scene_identify(e, chunks[i], false, &party->who, &party->code);
        if (targets)
            party->object = scene_object(e, chunks[i]);
        if (targets && strcmp(party->who, "unknown") == 0)
            holder_of(e, chunks[i], &party->who, &party->code);
    }
    return list;
}

/* The speaker stands as source, unless he is the doer of his own demand, accusation or the like. */
static bool speaks_for_himself(const scene *e, const event *v, const speaker *who)
{
    if (v->kind < MARSAD_KIND_DEMAND || v->kind > MARSAD_KIND_SUPPORT)
        return false;
    (void)e;
    for (uint8_t i = 0; i < v->actor_count; i++)
        if (v->actors[i] == who->chunk)
            return true;
    return false;
}

/* يجب أن: who says so is who demands. */
static void demand_of_speaker(const scene *e, event *v)
{
    if (v->kind != MARSAD_KIND_DEMAND || v->actor_count > 0 || event_role(v, SLOT_SUBJ) == ROLE_ACTOR || v->speaker < 0)
        return;
    int32_t chunk = e->p->speakers[v->speaker].chunk;
    if (chunk >= 0)
        v->actors[v->actor_count++] = chunk;
}

static marsad_party *sources(scene *e, const event *v, size_t *count)
{
    marsad_party *list = arena_alloc(e->keep, 3 * sizeof *list);
    *count = 0;
    if (list == NULL) {
        e->failed = true;
        return NULL;
    }
    int32_t self = -1;
    if (v->speaker >= 0) {
        speaker *who = &e->p->speakers[v->speaker];
        self = who->chunk;
        if (!speaks_for_himself(e, v, who) && who->trigger != v->token) {
            list[(*count)++] = (marsad_party){.span = who->where, .who = who->who, .code = who->code, .object = ""};
            for (uint32_t c = (uint32_t)(who->chunk < 0 ? 0 : who->chunk) + 1; who->chunk >= 0 && c < e->p->count && *count < 3; c++)
                if (e->p->chunks[c].with == who->chunk) {
                    marsad_party *party = &list[(*count)++];
                    *party = (marsad_party){.span = chunk_span(e->p, e->s, (int32_t)c), .object = ""};
                    scene_identify(e, (int32_t)c, true, &party->who, &party->code);
                }
        }
    }
    if (v->claimant >= 0 && v->claimant != self && *count < 3) {
        marsad_party *party = &list[(*count)++];
        *party = (marsad_party){.span = chunk_span(e->p, e->s, v->claimant), .object = ""};
        scene_identify(e, v->claimant, true, &party->who, &party->code);
    }
    return list;
}

static marsad_place *places(scene *e, const event *v, size_t *count)
{
    marsad_place *list = arena_alloc(e->keep, (v->place_count + 1U) * sizeof *list);
    *count = 0;
    if (list == NULL) {
        e->failed = true;
        return NULL;
    }
    for (uint8_t i = 0; i < v->place_count; i++)
        if ((v->place_count == 1 || scene_is_place(e, v->places[i].chunk) || e->p->chunks[v->places[i].chunk].has_direction) &&
            scene_place(e, v->places[i].chunk, v->places[i].relation, &list[*count]))
            (*count)++;
    return list;
}

static void fill_when(const scene *e, const event *v, marsad_record *r)
{
    if (v->time < 0)
        return;
    const time_mention *t = &e->s->times[v->time];
    bool future = v->modality == MARSAD_PLANNED;
    r->has_when = true;
    r->when = (marsad_when){.span = sentence_span(e->s, t->first, t->last),
                            .start = future ? t->future_start : t->start,
                            .end = future ? t->future_end : t->end,
                            .precision = t->precision};
}

static const char *rule_name(scene *e, const event *v, uint8_t i)
{
    const phrase_chunk *k = &e->p->chunks[v->chunk];
    (void)k;
    const char *lemma = lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, v->frame->lemma)->text);
    if (v->rules[i].row == v->frame->row)
        return arena_format(e->keep, "%s:%s.%s", v->rules[i].prefix, lemma, marsad_kind_name((marsad_kind)v->kind));
    const token *t = &e->s->tokens[v->rules[i].token];
    return arena_format(e->keep, "%s:%.*s", v->rules[i].prefix, (int)t->form.len, t->form.ptr);
}

static marsad_rule *rules(scene *e, event *v, size_t *count)
{
    if (v->time >= 0)
        event_add_rule(v, "time", e->s->times[v->time].row, e->s->times[v->time].first);
    if (v->speaker >= 0 && e->p->speakers[v->speaker].row != 0)
        event_add_rule(v, "speaker", e->p->speakers[v->speaker].row, e->p->speakers[v->speaker].trigger);
    marsad_rule *list = arena_alloc(e->keep, (v->rule_count + 1U) * sizeof *list);
    *count = 0;
    if (list == NULL) {
        e->failed = true;
        return NULL;
    }
    for (uint8_t i = 0; i < v->rule_count; i++) {
        lex_place where = lexicon_row(e->lexicon, v->rules[i].row);
        const char *name = rule_name(e, v, i);
        if (name == NULL) {
            e->failed = true;
            return NULL;
        }
        list[(*count)++] = (marsad_rule){
            .name = name, .table = where.table, .line = where.line, .span = sentence_span(e->s, v->rules[i].token, v->rules[i].token + 1)};
    }
    return list;
}

static uint8_t phase_of(const event *v)
{
    bool has_phase = scene_has_phases(v->kind);
    if (!has_phase)
        return MARSAD_NO_PHASE;
    if (v->phase != MARSAD_NO_PHASE)
        return v->phase;
    if (v->modality == MARSAD_PLANNED)
        return MARSAD_PHASE_PLANNED;
    return v->kind == MARSAD_KIND_AGREEMENT ? MARSAD_AGREED : MARSAD_IN_FORCE;
}

static const char *mode_of(const scene *e, const event *v)
{
    if (v->kind == MARSAD_KIND_BOMBING)
        for (uint32_t i = 0; i < e->s->count; i++) {
            const morph_reading *r = sentence_reading(e->s, i);
            if (r->lemma != 0 && lemma_is(lexicon_lemma(e->lexicon, r->lemma), CLASS_SUICIDE))
                return "suicide";
        }
    return marsad_kind_mode((marsad_kind)v->kind);
}

static bool record_of(scene *e, event *v, const marsad_article *article, double likelihood, marsad_record *r)
{
    char key[160];
    *r = (marsad_record){.kind = (marsad_kind)v->kind,
                         .trigger = sentence_span(e->s, v->token, v->token_end),
                         .sentence = e->s->where,
                         .modality = (marsad_modality)v->modality,
                         .phase = (marsad_phase)phase_of(v),
                         .quoted = e->p->chunks[v->chunk].in_quotes};
    snprintf(key, sizeof key, "%s %u %u", article->sha256, (unsigned)v->kind, (unsigned)r->trigger.start);
    r->id = arena_format(e->keep, "%016llx", (unsigned long long)view_hash(view_of(key)));
    demand_of_speaker(e, v);
    r->actors = parties(e, v->actors, v->actor_count, false, &r->actor_count);
    r->targets = parties(e, v->targets, v->target_count, true, &r->target_count);
    r->sources = sources(e, v, &r->source_count);
    r->places = places(e, v, &r->place_count);
    fill_when(e, v, r);
    r->rules = rules(e, v, &r->rule_count);
    r->mode = mode_of(e, v);
    r->confidence = likelihood;
    marsad_figure *figures = arena_alloc(e->keep, (v->figure_count + 1U) * sizeof *figures);
    if (figures == NULL || r->id == NULL || e->failed)
        return false;
    memcpy(figures, v->figures, v->figure_count * sizeof *figures);
    r->figures = figures;
    r->figure_count = v->figure_count;
    return true;
}

enum { YEARS_OF_HISTORY = 5 };

/* Something that happened years before the report is history, not news. */
static bool is_history(const scene *e, const event *v)
{
    if (v->time < 0 || !date_is_given(e->names->published))
        return false;
    return e->s->times[v->time].end.year + YEARS_OF_HISTORY <= e->names->published.year;
}

static record_note note_of(const scene *e, const event *v)
{
    const lex_lemma *trigger = lexicon_lemma(e->lexicon, v->frame->lemma);
    bool verb = e->p->chunks[v->chunk].type == CHUNK_VERB;
    uint8_t weight = (uint8_t)((v->actor_count > 0) + (v->target_count > 0) + (v->place_count > 0) + (v->time >= 0) + 2 * (v->figure_count > 0) +
                               verb + v->governed + v->reported);
    bool blast = v->kind == MARSAD_KIND_BOMBING && v->token_end == v->token + 1 && !lemma_is(trigger, CLASS_EXPLOSIVE) &&
                 strcmp(lexicon_string(e->lexicon, trigger->text), "انفجار") == 0 && e->p->chunks[v->chunk].gen < 0;
    return (record_note){weight, blast};
}

/* Speakers get their identity in the order of the text, so that later ones can point back. */
static void identify_speakers(scene *e)
{
    for (uint32_t i = 0; i < e->p->speaker_count; i++) {
        speaker *who = &e->p->speakers[i];
        if (who->chunk >= 0)
            scene_identify(e, who->chunk, true, &who->who, &who->code);
        else if (who->who == NULL)
            who->who = "unknown", who->code = "";
        if (who->chunk >= 0) {
            e->memory->speech.last = *who;
            e->memory->speech.has_last = true;
        }
    }
}

static int by_trigger(const void *a, const void *b)
{
    const event *x = a, *y = b;
    return x->token < y->token ? -1 : x->token > y->token;
}

static void note_kind(record_list *out, uint8_t kind)
{
    out->kinds[kind]++;
    if (kind == MARSAD_KIND_ATTACK || kind == MARSAD_KIND_SHELLING || kind == MARSAD_KIND_AIRSTRIKE || kind == MARSAD_KIND_BOMBING)
        out->last_attack = kind;
}

#define LIKELY 0.25 /* less likely events are no records: what is missed is not seen again, what is too much a reviewer rejects */

bool event_records(scene *e, const marsad_article *article, record_list *out)
{
    identify_speakers(e);
    if (e->count > 1)
        qsort(e->events, e->count, sizeof *e->events, by_trigger);
    for (uint32_t i = 0; i < e->count; i++) {
        if (e->events[i].dropped)
            continue;
        if (!ARENA_GROW(e->keep, out->items, out->count, out->room) || !ARENA_GROW(e->keep, out->notes, out->count, out->note_room))
            return false;
        double likelihood = event_likelihood(e, &e->events[i], out);
        if (likelihood < LIKELY || is_history(e, &e->events[i]))
            continue;
        out->notes[out->count] = note_of(e, &e->events[i]);
        if (!record_of(e, &e->events[i], article, likelihood, &out->items[out->count]))
            return false;
        note_kind(out, e->events[i].kind);
        out->count++;
    }
    return !e->failed;
}
