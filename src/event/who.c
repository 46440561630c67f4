/* The party that a phrase names: by its name, by the name inside it, by the state's adjective, by what it points back to, or by its noun. */
#include "event/event.h"

static bool date_in(marsad_date day, const lex_actor *row)
{
    if (!date_is_given(day))
        return true;
    int32_t n = day_number(day);
    return (!date_is_given(row->from) || n >= day_number(row->from)) && (!date_is_given(row->to) || n <= day_number(row->to));
}

/* The row of a name that holds on the day and in the country of the article. NULL if none does. */
static const lex_actor *row_of(const scene *e, const name_hit *hit)
{
    const lex_actor *plain = NULL, *here = NULL;
    uint32_t index;
    for (uint32_t i = 0; (index = hit_row(hit, i)) != 0; i++) {
        const lex_actor *row = lexicon_actor(e->lexicon, index);
        if (!date_in(e->names->published, row))
            continue;
        const char *context = lexicon_string(e->lexicon, row->context);
        if (*context == '\0')
            plain = plain == NULL ? row : plain;
        else if (e->memory->country != NULL && strcmp(context, e->memory->country) == 0)
            here = here == NULL ? row : here;
    }
    return here != NULL ? here : plain;
}

static bool is_generic(const scene *e, const lex_actor *row)
{
    return *lexicon_string(e->lexicon, row->context) != '\0';
}

static const lex_demonym *demonym_in(const scene *e, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const name_hit *hit = sentence_hit(e->s, ENTRY_DEMONYM, i);
        if (hit != NULL)
            return lexicon_demonym(e->lexicon, hit_row(hit, 0));
    }
    return NULL;
}

static const lex_actor *actor_in(const scene *e, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        int32_t cover = e->s->cover[i];
        if (cover < 0 || e->s->hits[cover].type != ENTRY_ACTOR)
            continue;
        const lex_actor *row = row_of(e, &e->s->hits[cover]);
        if (row != NULL)
            return row;
        i = e->s->hits[cover].last - 1;
    }
    return NULL;
}

/* داخل، باسم and the like bring what completes a noun as في and من do. */
static bool is_completing(const scene *e, const phrase_chunk *k)
{
    if (k->slot == SLOT_FI || k->slot == SLOT_BI || k->slot == SLOT_MIN || k->slot == SLOT_LI || k->slot == SLOT_DAKHIL || k->slot == SLOT_LADA)
        return true;
    if (k->has_direction)
        return k->direction == MARSAD_IN; /* مصدر داخل المقاومة */
    return k->prep != 0 && strcmp(lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, k->prep)->text), "باسم") == 0;
}

/* The phrase that completes another: مصدر في وزارة الدفاع، متحدث باسم الجيش، قوة تابعة لـ... -1 if there is none. */
static int32_t completion_of(const scene *e, int32_t chunk)
{
    const phrases *p = e->p;
    uint32_t end = chunk_end(p, chunk);
    static const noun_class completed[] = {
        CLASS_OFFICE,  CLASS_DOCUMENT, CLASS_FIGHTER,    CLASS_FORCE,       CLASS_GROUP,          CLASS_MEDIA,      CLASS_BODY,     CLASS_PERSON,
        CLASS_VEHICLE, CLASS_OBJ_BASE, CLASS_OBJ_CONVOY, CLASS_OBJ_VEHICLE, CLASS_OBJ_CHECKPOINT, CLASS_PLACE_SITE, CLASS_DETAINED, CLASS_KILLED};
    bool open = false;
    for (size_t i = 0; i < sizeof completed / sizeof *completed; i++)
        open = open || scene_is(e, chunk, completed[i]);
    int32_t next = -1;
    for (uint32_t c = (uint32_t)chunk + 1; open && c < p->count && c < (uint32_t)chunk + 6 && next < 0; c++)
        if (p->chunks[c].first == end || p->chunks[c].prep_first == end)
            next = (int32_t)c;
    if (next <= chunk || p->chunks[next].type != CHUNK_NOUN || p->chunks[next].conjoined || scene_event_of(e, next) >= 0)
        return -1;
    return is_completing(e, &p->chunks[next]) ? next : -1;
}

static bool has_state_class(const scene *e, int32_t chunk)
{
    static const noun_class classes[] = {CLASS_FORCE,          CLASS_FIGHTER,      CLASS_OFFICE,         CLASS_GOVERNMENT, CLASS_BODY,
                                         CLASS_AIRCRAFT,       CLASS_ARTILLERY,    CLASS_VEHICLE,        CLASS_GROUP,      CLASS_OBJ_BASE,
                                         CLASS_OBJ_GOVERNMENT, CLASS_OBJ_VEHICLE,  CLASS_OBJ_CHECKPOINT, CLASS_OBJ_CONVOY, CLASS_DOCUMENT,
                                         CLASS_STRIKE,         CLASS_OBJ_AIRCRAFT, CLASS_ARMS,           CLASS_DETAINED};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (scene_is(e, chunk, classes[i]))
            return true;
    return false;
}

/* The words of the phrase's names, folded and blank-separated, for remembering people. */
static bool folded_words(const scene *e, uint32_t first, uint32_t end, char *out, size_t room)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = first; i < end; i++) {
        const token *t = &e->s->tokens[i];
        if (t->kind != TOKEN_WORD || used + t->form.len + 2 > room)
            continue;
        if (used > 0)
            out[used++] = ' ';
        memcpy(out + used, t->form.ptr, t->form.len);
        used += t->form.len;
        out[used] = '\0';
    }
    return used > 0;
}

static bool word_in(const char *words, view word)
{
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (len == word.len && memcmp(at, word.ptr, len) == 0)
            return true;
        at += len;
        while (*at == ' ')
            at++;
    }
    return false;
}

/* Somebody named before, by a part of the name: إيرو after جان مارك إيرو. */
static const known_person *known_by_name(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->name >= 0 || sentence_reading(e->s, k->head)->pos != POS_NAME)
        return NULL;
    uint32_t last = chunk_end(e->p, chunk) - 1;
    for (uint32_t i = e->memory->person_count; i-- > 0;)
        if (word_in(e->memory->people[i].name_folded, e->s->tokens[last].form) ||
            word_in(e->memory->people[i].name_folded, e->s->tokens[k->head].form))
            return &e->memory->people[i];
    return NULL;
}

/* «القوات»: of the armies and governments named so far the one named most, of equals the latest. */
static const known_party *most_named_force(const scene *e, int32_t chunk)
{
    const known_party *most = NULL;
    if (!e->p->chunks[chunk].definite)
        return NULL;
    for (uint32_t i = e->memory->party_count; i-- > 0;) {
        const known_party *party = &e->memory->parties[i];
        bool force = party->class == CLASS_FORCE || party->kind == ACTOR_ARMY || party->kind == ACTOR_GOVERNMENT;
        if (force && (most == NULL || party->times > most->times))
            most = party;
    }
    return most;
}

/* What a definite noun points back to: المصدر, الجماعة, القوات. */
static const known_party *known_by_noun(const scene *e, int32_t chunk, bool speaks)
{
    const known_party *most = scene_is(e, chunk, CLASS_FORCE) && !speaks ? most_named_force(e, chunk) : NULL;
    if (most != NULL)
        return most;
    static const noun_class classes[] = {CLASS_OFFICE,     CLASS_DOCUMENT, CLASS_GROUP,   CLASS_FORCE,
                                         CLASS_GOVERNMENT, CLASS_BODY,     CLASS_FIGHTER, CLASS_MEDIA};
    if (!e->p->chunks[chunk].definite)
        return NULL;
    for (uint32_t i = e->memory->party_count; i-- > 0;) {
        const known_party *party = &e->memory->parties[i];
        for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
            if (party->class == classes[k] && scene_is(e, chunk, classes[k]))
                return party;
        if (speaks && scene_is(e, chunk, CLASS_DOCUMENT) &&
            (party->kind == ACTOR_ARMY || party->kind == ACTOR_GOVERNMENT || party->kind == ACTOR_COALITION || party->kind == ACTOR_STATE))
            return party;
        bool group = scene_is(e, chunk, CLASS_GROUP) && (party->kind == ACTOR_GROUP || party->kind == ACTOR_COALITION);
        bool force = scene_is(e, chunk, CLASS_FORCE) && (party->kind == ACTOR_ARMY || party->kind == ACTOR_GOVERNMENT);
        if (!speaks && (group || force))
            return party;
    }
    return NULL;
}

static bool is_coded(const char *who)
{
    return *who != '\0' && strcmp(who, "unknown") != 0 && strcmp(who, "other") != 0;
}

static noun_class main_class(const scene *e, int32_t chunk)
{
    uint32_t lemma = e->p->chunks[chunk].lemma != 0 ? e->p->chunks[chunk].lemma : sentence_reading(e->s, e->p->chunks[chunk].head)->lemma;
    return (noun_class)(lemma != 0 ? lexicon_lemma(e->lexicon, lemma)->classes[0] : CLASS_NONE);
}

static void remember(scene *e, int32_t chunk, uint32_t end, const char *who, const char *code, uint8_t kind)
{
    char words[256];
    if (!is_coded(who))
        return;
    memory_note_party(e->memory, who, code, kind, main_class(e, chunk));
    for (uint32_t c = (uint32_t)chunk; c < e->p->count && c < (uint32_t)chunk + 5; c++) {
        const phrase_chunk *k = &e->p->chunks[c];
        bool named = k->type == CHUNK_NOUN && ((int32_t)c == chunk || k->apposed == chunk) &&
                     (k->name >= 0 ? kind == ACTOR_PERSON : sentence_reading(e->s, k->head)->pos == POS_NAME);
        if (named && known_by_name(e, (int32_t)c) == NULL && folded_words(e, k->first, k->last, words, sizeof words))
            memory_note_person(e->memory, e->keep, words, who, code);
    }
    (void)end;
}

/* «وجرح أربعة آخرون»: of those told of before. The chunk, or -1. */
static int32_t others_of(const scene *e, int32_t chunk)
{
    static const char *const words[] = {"اخرون", "اخرين", "اخر", "اخران"};
    const phrases *p = e->p;
    bool others = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        others = others || view_equal(e->s->tokens[p->chunks[chunk].head].form, view_of(words[i]));
    for (int32_t c = chunk - 1; others && c >= 0 && c > chunk - 10; c--)
        if (p->chunks[c].type == CHUNK_NOUN && (scene_is(e, c, CLASS_FIGHTER) || scene_is(e, c, CLASS_CIVILIAN) || scene_is(e, c, CLASS_PERSON) ||
                                                sentence_hit(e->s, ENTRY_DEMONYM, p->chunks[c].head) != NULL))
            return c;
    return -1;
}

/* The feature of the noun that an attached pronoun stands for. */
static uint16_t pronoun_feats(view form)
{
    return view_ends(form, view_of("ها")) ? FEAT_FEM | FEAT_SING : view_ends(form, view_of("هم")) ? FEAT_MASC | FEAT_PLUR : FEAT_MASC | FEAT_SING;
}

/* «فقدت الميليشيا خمسة من عناصرها»: the party before, in the clause or the sentence, whose men, planes or posts these are. -1 if there is none. */
static int32_t owner_of(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    bool owned = k->type == CHUNK_NOUN && k->has_pronoun && (has_state_class(e, chunk) || scene_is(e, chunk, CLASS_PLACE_SITE));
    if (!owned || chunk_end(e->p, chunk) > k->last)
        return -1;
    uint16_t feats = pronoun_feats(e->s->tokens[k->head].form);
    bool before;
    int32_t subject = k->segment >= 0 ? segment_subject(e->p, k->segment, &before) : -1;
    if (subject >= 0 && subject < chunk && scene_can_act(e, subject) && chunk_agrees(e->p, e->s, e->lexicon, subject, feats))
        return subject;
    for (int32_t c = chunk - 1; c >= 0; c--)
        if (e->p->chunks[c].type == CHUNK_NOUN && e->p->chunks[c].of < 0 && scene_can_act(e, c) && chunk_agrees(e->p, e->s, e->lexicon, c, feats))
            return c;
    return -1;
}

/* `asked` tells that another phrase asks, which this one completes or owns: it does not ask back. */
static void identify(scene *e, int32_t chunk, bool speaks, bool asked, const char **who, const char **code)
{
    const marsad_lexicon *lexicon = e->lexicon;
    int32_t meant = others_of(e, chunk);
    chunk = meant >= 0 ? meant : chunk;
    const phrase_chunk *k = &e->p->chunks[chunk];
    int32_t completion = completion_of(e, chunk), owner = -1;
    uint32_t end = chunk_end(e->p, chunk), far = completion >= 0 ? chunk_end(e->p, completion) : end;
    const lex_lemma *lemma = lexicon_lemma(lexicon, k->lemma);
    const char *own = k->lemma != 0 ? lexicon_string(lexicon, lemma->who) : "";
    uint8_t kind = ACTOR_OTHER;
    *who = "";
    *code = "";

    const lex_actor *actor = NULL;
    bool of_no_list = strcmp(own, "other") == 0; /* said last, if nothing tells more */
    own = of_no_list ? "" : own;
    bool victim = *own != '\0' && !has_state_class(e, chunk) && k->name < 0;
    if (!victim)
        actor = actor_in(e, k->first, end);
    const lex_demonym *demonym = demonym_in(e, k->first, end);
    const lex_actor *beyond = !victim ? actor_in(e, end, far) : NULL;
    if (actor == NULL || (is_generic(e, actor) && beyond != NULL))
        actor = beyond != NULL ? beyond : actor;
    if (speaks && scene_is(e, chunk, CLASS_MEDIA)) {
        *who = "media";
    } else if (victim && speaks && strcmp(own, "civilians") == 0) {
        *who = "witnesses";
    } else if (victim) {
        *who = own;
    } else if (scene_is(e, chunk, CLASS_MEDIA) && speaks) {
        *who = "media";
    } else if (actor != NULL && !(is_generic(e, actor) && demonym != NULL)) {
        *who = lexicon_string(lexicon, actor->who);
        *code = lexicon_string(lexicon, actor->code);
        kind = actor->kind;
    } else if (demonym != NULL || (demonym = demonym_in(e, end, far)) != NULL) {
        *who = lexicon_string(lexicon, demonym->who);
        *code = lexicon_string(lexicon, demonym->code);
        kind = ACTOR_STATE;
    } else if (!asked && (owner = owner_of(e, chunk)) >= 0) {
        identify(e, owner, false, true, who, code);
        return;
    } else if (*own != '\0' && !k->definite) {
        *who = own;
    } else {
        const known_person *person = known_by_name(e, chunk);
        const known_party *party = person == NULL ? known_by_noun(e, chunk, speaks) : NULL;
        if (person != NULL) {
            *who = person->who;
            *code = person->code;
        } else if (*own != '\0') {
            *who = own;
        } else if (party != NULL) {
            *who = party->who;
            *code = party->code;
            kind = party->kind;
        }
    }
    if (**who == '\0' && completion >= 0 && !asked) { /* متحدثة باسم الوحدات، ضابط في الشرطة */
        identify(e, completion, speaks, true, who, code);
        if (strcmp(*who, "unknown") == 0 || strcmp(*who, "civilians") == 0)
            *who = "", *code = "";
    }
    remember(e, chunk, end, *who, *code, kind);
    if (**who == '\0')
        *who = of_no_list ? "other" : "unknown";
}

/* «قصف الأحياء التي تسيطر عليها الحكومة»: who holds an area is who is hit in it. The holder's phrase, or the area itself. */
static int32_t holder_of(const scene *e, int32_t chunk)
{
    bool area = scene_is(e, chunk, CLASS_PLACE_AREA) || scene_is(e, chunk, CLASS_PLACE_QUARTER) || scene_is(e, chunk, CLASS_PLACE_TOWN) ||
                scene_is(e, chunk, CLASS_PLACE_VILLAGE) || scene_is(e, chunk, CLASS_OBJ_RESIDENTIAL);
    for (uint32_t i = 0; area && i < e->count; i++) {
        const event *hold = &e->events[i];
        for (uint8_t p = 0; hold->kind == MARSAD_KIND_HOLD && hold->actor_count > 0 && p < hold->place_count; p++)
            if (hold->places[p].chunk == chunk)
                return hold->actors[0];
    }
    return chunk;
}

void scene_identify(scene *e, int32_t chunk, bool speaks, const char **who, const char **code)
{
    if (!speaks)
        chunk = holder_of(e, chunk);
    identify(e, chunk, speaks, false, who, code);
}

const char *scene_object(const scene *e, int32_t chunk)
{
    static const struct {
        noun_class class;
        const char *name;
    } objects[] = {
        {CLASS_OBJ_HOSPITAL, "hospital"},
        {CLASS_OBJ_SCHOOL, "school"},
        {CLASS_OBJ_MARKET, "market"},
        {CLASS_OBJ_WORSHIP, "worship"},
        {CLASS_OBJ_RESIDENTIAL, "residential"},
        {CLASS_OBJ_CAMP, "camp"},
        {CLASS_OBJ_INFRASTRUCTURE, "infrastructure"},
        {CLASS_OBJ_VEHICLE, "vehicle"},
        {CLASS_OBJ_AIRCRAFT, "aircraft"},
        {CLASS_OBJ_BASE, "base"},
        {CLASS_OBJ_CHECKPOINT, "checkpoint"},
        {CLASS_OBJ_CONVOY, "convoy"},
        {CLASS_OBJ_MEDIA, "media"},
        {CLASS_OBJ_PRISON, "prison"},
        {CLASS_OBJ_GOVERNMENT, "government_building"},
    };
    const phrase_chunk *k = &e->p->chunks[chunk];
    bool counted = k->type == CHUNK_NOUN && (k->quantity >= 0 || (sentence_reading(e->s, k->head)->feats & FEAT_PLUR) != 0);
    if (counted && scene_is(e, chunk, CLASS_DETAINED))
        return ""; /* 50 معتقلا are no prison */
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (scene_is(e, chunk, objects[i].class))
            return objects[i].name;
    return "";
}
