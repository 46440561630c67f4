/* Places: which words name one, and which of its namesakes is meant. */
#include "event/event.h"

static bool is_place_noun(const scene *e, int32_t chunk)
{
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, e->p->chunks[chunk].lemma);
    for (int i = 0; i < 4; i++)
        if (lemma->classes[i] >= CLASS_PLACE_COUNTRY && lemma->classes[i] <= CLASS_PLACE_BORDER)
            return e->p->chunks[chunk].lemma != 0;
    return false;
}

static noun_class class_of_lemma(const scene *e, uint32_t index)
{
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, index);
    for (int i = 0; index != 0 && i < 4; i++)
        if (lemma->classes[i] >= CLASS_PLACE_COUNTRY && lemma->classes[i] <= CLASS_PLACE_SITE)
            return (noun_class)lemma->classes[i];
    return CLASS_NONE;
}

/* What kind of place the phrase's noun says; a name of several words can begin with such a noun (محافظة حلب). */
static noun_class place_class(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    noun_class class = class_of_lemma(e, k->lemma);
    bool long_name = k->name >= 0 && e->s->hits[k->name].last > e->s->hits[k->name].first + 1;
    for (uint8_t r = 0; class == CLASS_NONE && long_name && r < e->s->words[k->head].reading_count; r++)
        class = class_of_lemma(e, e->s->words[k->head].readings[r].lemma);
    return class;
}

static const gaz_place *place_at(const scene *e, place_ref ref)
{
    return gazetteer_place(e->names->gazetteers[ref.gazetteer], ref.index);
}

/* An area was named before, so that القطاع, المنطقة can mean it. */
static bool area_is_known(const scene *e)
{
    for (uint32_t i = 0; i < e->memory->place_count; i++)
        if (e->memory->places[i].class == CLASS_PLACE_AREA)
            return true;
    return false;
}

/* The country whose adjective stands in the phrase (الأراضي التركية، العاصمة الليبية), or NULL. */
static const known_country *country_by_adjective(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    for (uint32_t i = k->head + 1; i < k->last; i++) {
        const name_hit *hit = sentence_hit(e->s, ENTRY_DEMONYM, i);
        if (hit == NULL)
            continue;
        const char *name = lexicon_string(e->lexicon, lexicon_demonym(e->lexicon, hit_row(hit, 0))->country);
        for (size_t c = 0; c < e->names->country_count; c++)
            if (strcmp(e->names->countries[c].name, name) == 0)
                return &e->names->countries[c];
    }
    return NULL;
}

static bool is_capital(const scene *e, int32_t chunk)
{
    return strcmp(lexicon_string(e->lexicon, lexicon_lemma(e->lexicon, e->p->chunks[chunk].lemma)->text), "عاصمة") == 0;
}

static const known_country *country_of_article(const scene *e)
{
    for (size_t c = 0; e->memory->has_country && c < e->names->country_count; c++)
        if (memcmp(e->names->countries[c].code, e->memory->country_code, 2) == 0)
            return &e->names->countries[c];
    return NULL;
}

/* «الأراضي التركية» is the country, «العاصمة الليبية» its capital: the place, or false. */
static bool by_adjective(const scene *e, int32_t chunk, place_ref *out)
{
    noun_class class = place_class(e, chunk);
    const known_country *country = class == CLASS_PLACE_COUNTRY || class == CLASS_PLACE_TOWN ? country_by_adjective(e, chunk) : NULL;
    if (country == NULL || e->p->chunks[chunk].gen >= 0)
        return false;
    bool capital = is_capital(e, chunk);
    if (class == CLASS_PLACE_TOWN && !(capital && country->has_capital))
        return false;
    *out = capital ? country->capital : country->place;
    return true;
}

/* A place noun without a name that points back: المدينة، البلدة، البلاد. */
static bool points_back(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    noun_class class = place_class(e, chunk);
    bool kind = class == CLASS_PLACE_TOWN || class == CLASS_PLACE_VILLAGE || class == CLASS_PLACE_GOVERNORATE || class == CLASS_PLACE_DISTRICT ||
                class == CLASS_PLACE_COUNTRY || class == CLASS_PLACE_CAMP;
    bool facility = class == CLASS_PLACE_FACILITY && (k->slot != SLOT_NONE || k->has_direction);
    return (kind || facility || (class == CLASS_PLACE_AREA && area_is_known(e))) && k->definite && k->gen < 0 && k->name < 0 && !k->has_pronoun;
}

static bool feature_fits(uint8_t feature, noun_class class)
{
    switch (class) {
    case CLASS_PLACE_COUNTRY:
        return feature == FEATURE_COUNTRY;
    case CLASS_PLACE_GOVERNORATE:
        return feature == FEATURE_ADM1;
    case CLASS_PLACE_DISTRICT:
        return feature == FEATURE_ADM2 || feature == FEATURE_ADM3 || feature == FEATURE_SEAT2;
    case CLASS_PLACE_TOWN:
        return feature == FEATURE_CAPITAL || feature == FEATURE_SEAT1 || feature == FEATURE_SEAT2 || feature == FEATURE_TOWN;
    case CLASS_PLACE_VILLAGE:
        return feature == FEATURE_TOWN || feature == FEATURE_LOCALITY || feature == FEATURE_SEAT2;
    case CLASS_PLACE_QUARTER:
        return feature == FEATURE_QUARTER;
    case CLASS_PLACE_CAMP:
        return feature == FEATURE_CAMP || feature == FEATURE_QUARTER;
    case CLASS_PLACE_COUNTRYSIDE:
        return feature == FEATURE_ADM1 || feature == FEATURE_SEAT1;
    case CLASS_PLACE_FACILITY:
    case CLASS_PLACE_ROAD:
        return feature == FEATURE_FACILITY || feature == FEATURE_ROAD;
    case CLASS_PLACE_HEIGHT:
        return feature == FEATURE_HEIGHT;
    default:
        return feature != FEATURE_LOCALITY;
    }
}

static bool some_fits(const scene *e, const name_hit *hit, noun_class class)
{
    for (uint8_t i = 0; i < hit->count; i++)
        if (feature_fits(place_at(e, hit->places[i])->feature, class))
            return true;
    return false;
}

/* A place noun before a name that no table has: قرية خربطلو; قرية تل الزيتون, for a settlement is often named after a hill or a spring. */
static bool names_unknown(const scene *e, int32_t chunk)
{
    int32_t gen = e->p->chunks[chunk].gen;
    if (gen < 0 || e->p->chunks[gen].name >= 0)
        return false;
    noun_class class = place_class(e, chunk), inner = class_of_lemma(e, e->p->chunks[gen].lemma);
    bool settlement = class == CLASS_PLACE_TOWN || class == CLASS_PLACE_VILLAGE;
    return sentence_reading(e->s, e->p->chunks[gen].head)->pos == POS_NAME ||
           (settlement && inner == CLASS_PLACE_HEIGHT && e->p->chunks[gen].gen >= 0);
}

/* The hit that names the place of a phrase: its own name, or the one in its genitive. NULL if the gazetteer knows none. */
static const name_hit *name_of(const scene *e, int32_t chunk)
{
    const phrases *p = e->p;
    const phrase_chunk *k = &p->chunks[chunk];
    const name_hit *own = sentence_hit(e->s, HIT_PLACE, k->head);
    bool noun = is_place_noun(e, chunk);
    const name_hit *inner = own != NULL && own->last > own->first + 1 ? sentence_hit(e->s, HIT_PLACE, k->head + 1) : NULL;
    if (inner != NULL && inner->last == own->last && !some_fits(e, own, place_class(e, chunk)) && some_fits(e, inner, place_class(e, chunk)))
        return inner; /* مدينة نجران is a name of the governorate in some tables */
    if (own != NULL && (k->name >= 0 || own->last > own->first + 1 || !noun))
        return own;
    for (uint32_t t = k->head + 1; noun && t < k->last; t++) /* منطقة «نصيب» */
        if (sentence_hit(e->s, HIT_PLACE, t) != NULL && token_is_mark(e->s, t - 1, "«"))
            return sentence_hit(e->s, HIT_PLACE, t);
    for (int32_t c = k->gen; noun && c >= 0 && !names_unknown(e, chunk); c = p->chunks[c].gen) {
        const name_hit *hit = sentence_hit(e->s, HIT_PLACE, p->chunks[c].head);
        if (hit != NULL)
            return hit;
    }
    if (noun && k->definite && (uint32_t)chunk + 1 < p->count) { /* العاصمة صنعاء */
        const phrase_chunk *next = &p->chunks[chunk + 1];
        if (next->type == CHUNK_NOUN && next->slot == SLOT_NONE && !next->conjoined && next->first == k->last)
            return sentence_hit(e->s, HIT_PLACE, next->head);
    }
    return NULL;
}

enum { KNOWN_ENOUGH = 30, WELL_KNOWN = 60 };

/* A usual word that is also a place, in a setting that only a place has: في الباب. */
static bool is_place_by_setting(const scene *e, const phrase_chunk *k, const name_hit *hit)
{
    if (hit->last > hit->first + 1)
        return true;
    const gaz_place *place = place_at(e, hit->places[0]);
    const morph_reading *r = sentence_reading(e->s, k->head);
    const lex_lemma *lemma = lexicon_lemma(e->lexicon, r->lemma);
    bool set = k->slot == SLOT_FI || k->has_direction || (k->slot != SLOT_NONE && place->prominence >= WELL_KNOWN);
    return set && r->rank > 0 && lemma->classes[0] == CLASS_NONE && lemma->frame_count == 0 && place->prominence >= KNOWN_ENOUGH && k->gen < 0 &&
           k->last == k->head + 1 && hit->definite == ((r->clitics & CLITIC_AL) != 0);
}

/* A party whose name is a place's, too: a state, a capital that stands for it. */
bool scene_could_be_place(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->name < 0)
        return false;
    const name_hit *name = &e->s->hits[k->name], *place = sentence_hit(e->s, HIT_PLACE, k->head);
    if (place == NULL || place->last != name->last || name->type != ENTRY_ACTOR)
        return false;
    uint8_t kind = lexicon_actor(e->lexicon, hit_row(name, 0))->kind;
    return kind == ACTOR_STATE || kind == ACTOR_GOVERNMENT;
}

bool scene_is_place(const scene *e, int32_t chunk)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    if (k->type != CHUNK_NOUN)
        return false;
    const name_hit *hit = sentence_hit(e->s, HIT_PLACE, k->head);
    bool by_preposition = k->slot == SLOT_FI || k->slot == SLOT_ILA || k->slot == SLOT_MIN || k->slot == SLOT_ALA || k->slot == SLOT_BI ||
                          k->slot == SLOT_DAKHIL || k->slot == SLOT_BITTIJAH || k->has_direction || (k->of >= 0 && is_place_noun(e, k->of));
    if (k->name >= 0) {
        return e->s->hits[k->name].type == HIT_PLACE || (by_preposition && scene_could_be_place(e, chunk));
    }
    if (is_place_noun(e, chunk)) {
        if (points_back(e, chunk))
            return place_class(e, chunk) != CLASS_PLACE_COUNTRY || e->memory->has_country;
        place_ref ignored;
        if (name_of(e, chunk) != NULL || by_adjective(e, chunk, &ignored))
            return true;
        bool described = k->gen < 0 && k->last > k->head + 1; /* حول بلدة استراتيجية */
        if (described && k->has_direction && place_class(e, chunk) <= CLASS_PLACE_CAMP)
            return true;
        return names_unknown(e, chunk);
    }
    return hit != NULL && is_place_by_setting(e, k, hit);
}

/* --- choice among namesakes -------------------------------------------------------------------------------------------------------- */

/* A governorate that the sentence names is where its towns are. */
static bool admin_is_named(const scene *e, const gaz_place *place, const marsad_gazetteer *gazetteer)
{
    const char *admin = gazetteer_string(gazetteer, place->admin1_folded);
    if (*admin == '\0')
        return false;
    for (uint32_t i = 0; i < e->s->hit_count; i++) {
        const name_hit *hit = &e->s->hits[i];
        if (hit->type != HIT_PLACE)
            continue;
        for (uint8_t c = 0; c < hit->count; c++) {
            const gaz_place *other = place_at(e, hit->places[c]);
            if (other != place && other->feature == FEATURE_ADM1 && memcmp(other->country, place->country, 2) == 0 &&
                strcmp(gazetteer_string(e->names->gazetteers[hit->places[c].gazetteer], other->admin1_folded), admin) == 0)
                return true;
        }
    }
    return false;
}

static double likelihood(const scene *e, place_ref ref, noun_class class)
{
    const gaz_place *place = place_at(e, ref);
    double score = place->prominence / 25.0;
    uint32_t times = memory_country_times(e->memory, place->country);
    score += times > 10 ? 5 : times * 0.5;
    if (e->memory->has_country && memcmp(place->country, e->memory->country_code, 2) == 0)
        score += 3;
    if (feature_fits(place->feature, class))
        score += class == CLASS_NONE ? 1 : 3;
    if (place->feature == FEATURE_COUNTRY)
        score += 3;
    if (class == CLASS_NONE && (place->feature == FEATURE_SEAT1 || place->feature == FEATURE_CAPITAL))
        score += 0.5;
    if (admin_is_named(e, place, e->names->gazetteers[ref.gazetteer]))
        score += 3;
    return score;
}

static place_ref choose_place(const scene *e, const name_hit *hit, noun_class class)
{
    place_ref best = hit->places[0];
    double best_score = likelihood(e, best, class);
    for (uint8_t i = 1; i < hit->count; i++) {
        double score = likelihood(e, hit->places[i], class);
        if (score > best_score) {
            best = hit->places[i];
            best_score = score;
        }
    }
    return best;
}

/* Other places of that name: those in the same spot (a governorate and its seat) do not count. */
static uint32_t count_others(const scene *e, const name_hit *hit, place_ref chosen)
{
    const gaz_place *place = place_at(e, chosen);
    uint32_t same = 0;
    for (uint8_t i = 0; i < hit->count; i++) {
        const gaz_place *other = place_at(e, hit->places[i]);
        float lat = other->lat - place->lat, lon = other->lon - place->lon;
        same += memcmp(other->country, place->country, 2) == 0 && lat * lat + lon * lon < 0.5F;
    }
    return hit->places_total > same ? hit->places_total - same : 0;
}

static void fill_point(const scene *e, place_ref ref, marsad_place *out)
{
    gazetteer_fill(e->names->gazetteers[ref.gazetteer], place_at(e, ref), out);
}

/* The latest place that a noun such as المدينة can mean. */
static bool recall(const scene *e, int32_t chunk, noun_class class, place_ref *out)
{
    const known_country *country = is_capital(e, chunk) ? country_of_article(e) : NULL;
    if (country != NULL && country->has_capital) {
        *out = country->capital;
        return true;
    }
    if (class == CLASS_PLACE_COUNTRY) {
        *out = e->memory->country_place;
        return e->memory->has_country;
    }
    for (uint32_t i = e->memory->place_count; i-- > 0;) {
        const known_place *known = &e->memory->places[i];
        if (known->class == class || (known->class == CLASS_NONE && feature_fits(place_at(e, known->place)->feature, class))) {
            *out = known->place;
            return true;
        }
    }
    return false;
}

static const char *words_of(scene *e, int32_t chunk)
{
    span where = chunk_span(e->p, e->s, chunk);
    if (e->p->chunks[chunk].gen >= 0)
        where = chunk_span(e->p, e->s, e->p->chunks[chunk].gen);
    const char *words = arena_string(e->keep, (view){e->s->text.ptr + where.start, where.end - where.start});
    if (words == NULL)
        e->failed = true;
    return words == NULL ? "" : words;
}

bool scene_place(scene *e, int32_t chunk, uint8_t relation, marsad_place *out)
{
    const phrase_chunk *k = &e->p->chunks[chunk];
    noun_class class = place_class(e, chunk);
    const name_hit *hit = name_of(e, chunk);
    place_ref ref;
    *out = (marsad_place){.span = chunk_span(e->p, e->s, chunk),
                          .norm = "",
                          .relation = (marsad_relation)relation,
                          .id = "",
                          .name_en = "",
                          .admin1 = "",
                          .admin2 = "",
                          .feature = ""};
    bool beside_countryside = k->with >= 0 && class == CLASS_NONE && place_class(e, k->with) == CLASS_PLACE_COUNTRYSIDE; /* ريفي حماة وحلب */
    if ((class == CLASS_PLACE_COUNTRYSIDE || beside_countryside) && relation == MARSAD_IN)
        out->relation = MARSAD_NEAR;
    bool facility = class == CLASS_PLACE_FACILITY || class == CLASS_PLACE_ROAD || class == CLASS_PLACE_BORDER || class == CLASS_PLACE_HEIGHT;
    bool quarter = class == CLASS_PLACE_QUARTER && (sentence_reading(e->s, k->head)->feats & FEAT_PLUR) == 0; /* but أحياء حلب is Aleppo */
    if (hit != NULL && (facility || quarter) && hit->first != k->head && !some_fits(e, hit, class)) {
        out->norm = words_of(e, chunk); /* an airport is not its town, nor a quarter the town of that name */
        return !e->failed;
    }
    if (hit != NULL) {
        ref = choose_place(e, hit, class);
        fill_point(e, ref, out);
        out->others = count_others(e, hit, ref);
        /* a part of a country or governorate is in it: شمال سوريا */
        uint8_t feature = place_at(e, ref)->feature;
        bool direction = out->relation >= MARSAD_NORTH_OF && out->relation <= MARSAD_SOUTHWEST_OF;
        if (direction && (feature == FEATURE_COUNTRY || (feature == FEATURE_ADM1 && class == CLASS_PLACE_GOVERNORATE) || feature == FEATURE_AREA))
            out->relation = MARSAD_IN;
        return true;
    }
    if (by_adjective(e, chunk, &ref)) {
        fill_point(e, ref, out);
        return true;
    }
    if (points_back(e, chunk) && recall(e, chunk, class, &ref)) {
        fill_point(e, ref, out);
        if (class == CLASS_PLACE_COUNTRY && out->relation >= MARSAD_NORTH_OF && out->relation <= MARSAD_SOUTHWEST_OF)
            out->relation = MARSAD_IN;
        return true;
    }
    out->norm = words_of(e, chunk);
    return !e->failed;
}

void scene_note_places(scene *e)
{
    for (uint32_t c = 0; c < e->p->count; c++) {
        if (e->p->chunks[c].type != CHUNK_NOUN || e->p->chunks[c].of >= 0)
            continue;
        const name_hit *hit = scene_is_place(e, (int32_t)c) ? name_of(e, (int32_t)c) : NULL;
        noun_class class = place_class(e, (int32_t)c);
        if (hit != NULL && class != CLASS_PLACE_FACILITY && class != CLASS_PLACE_ROAD && class != CLASS_PLACE_BORDER)
            memory_note_place(e->memory, choose_place(e, hit, class), class);
    }
}
