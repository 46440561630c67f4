#include "event/memory.h"

static uint32_t *country_slot(memory *m, const char code[2])
{
    if (code[0] == '\0')
        return NULL;
    for (uint32_t i = 0; i < m->country_count; i++)
        if (memcmp(m->countries[i].code, code, 2) == 0)
            return &m->countries[i].times;
    if (m->country_count == COUNTRIES_MAX)
        return NULL;
    memcpy(m->countries[m->country_count].code, code, 2);
    m->countries[m->country_count].times = 0;
    return &m->countries[m->country_count++].times;
}

uint32_t memory_country_times(const memory *m, const char code[2])
{
    for (uint32_t i = 0; i < m->country_count; i++)
        if (memcmp(m->countries[i].code, code, 2) == 0)
            return m->countries[i].times;
    return 0;
}

static const gaz_place *place_of(const sources_of_names *names, place_ref ref)
{
    return gazetteer_place(names->gazetteers[ref.gazetteer], ref.index);
}

/* The country called `name` (folded words parted by blanks), or false. */
static bool find_country(const sources_of_names *names, const char *name, place_ref *out)
{
    for (size_t g = 0; g < names->gazetteer_count; g++) {
        const marsad_gazetteer *gazetteer = names->gazetteers[g];
        uint32_t state = 0;
        bool ok = true;
        for (const char *word = name; *word != '\0' && ok;) {
            size_t len = strcspn(word, " ");
            view bare = {word, len};
            uint32_t key = 0;
            if (len > 8 && view_starts(bare, view_of("ال")))
                key = gazetteer_key(gazetteer, (view){word + 4, len - 4});
            if (key == 0)
                key = gazetteer_key(gazetteer, bare);
            state = key != 0 ? gazetteer_step(gazetteer, state, key) : 0;
            ok = state != 0;
            word += len;
            while (*word == ' ')
                word++;
        }
        uint32_t count = 0;
        const uint32_t *places = ok ? gazetteer_places(gazetteer, state, &count) : NULL;
        for (uint32_t i = 0; i < count; i++)
            if (gazetteer_place(gazetteer, places[i])->feature == FEATURE_COUNTRY) {
                *out = (place_ref){places[i], (uint8_t)g};
                return true;
            }
    }
    return false;
}

enum { WELL_KNOWN = 40 };

static void count_place(memory *m, const name_hit *hit, const sources_of_names *names)
{
    const gaz_place *best = place_of(names, hit->places[0]);
    for (uint8_t i = 1; i < hit->count; i++) {
        const gaz_place *other = place_of(names, hit->places[i]);
        if (other->feature == FEATURE_COUNTRY || other->prominence > best->prominence)
            best = other;
    }
    if (best->feature != FEATURE_COUNTRY && best->prominence < WELL_KNOWN)
        return;
    uint32_t *times = country_slot(m, best->country);
    if (times != NULL)
        *times += best->feature == FEATURE_COUNTRY ? 2 : 1;
}

unsigned memory_weapon_cue(const sentence *s, const marsad_lexicon *lexicon, uint32_t token)
{
    const morph_reading *r = sentence_reading(s, token);
    if (r->lemma == 0)
        return 0;
    const lex_lemma *lemma = lexicon_lemma(lexicon, r->lemma);
    bool air = lemma_is(lemma, CLASS_AIRCRAFT) || lemma_is(lemma, CLASS_AIR) || lemma_is(lemma, CLASS_STRIKE);
    bool explosive = lemma_is(lemma, CLASS_EXPLOSIVE) || lemma_is(lemma, CLASS_SUICIDE);
    bool fire = lemma_is(lemma, CLASS_ARTILLERY) || lemma_is(lemma, CLASS_ROCKET) || lemma_is(lemma, CLASS_MUNITION);
    return (air ? CUE_AIR : 0U) | (fire && !air ? CUE_FIRE : 0U) | (explosive ? CUE_EXPLOSIVE : 0U);
}

void memory_count_weapons(memory *m, const sentence *s, const marsad_lexicon *lexicon)
{
    for (uint32_t i = 0; i < s->count; i++) {
        unsigned cue = memory_weapon_cue(s, lexicon, i);
        for (unsigned w = 0; w < WEAPON_CUES; w++)
            m->weapons[w] += (cue >> w) & 1U;
    }
}

const char *memory_main_weapon(const memory *m)
{
    static const char *const names[WEAPON_CUES] = {"air", "fire", "explosive"};
    unsigned best = 0;
    for (unsigned w = 1; w < WEAPON_CUES; w++)
        best = m->weapons[w] > m->weapons[best] ? w : best;
    return m->weapons[best] > 0 ? names[best] : "none";
}

void memory_count_countries(memory *m, const sentence *s, const sources_of_names *names)
{
    for (uint32_t i = 0; i < s->hit_count; i++) {
        const name_hit *hit = &s->hits[i];
        if (hit->type == HIT_PLACE && (s->cover[hit->first] >= 0)) {
            count_place(m, hit, names);
        } else if (hit->type == ENTRY_DEMONYM) {
            const lex_demonym *demonym = lexicon_demonym(names->lexicon, hit_row(hit, 0));
            place_ref ref;
            if (find_country(names, lexicon_string(names->lexicon, demonym->country), &ref)) {
                uint32_t *times = country_slot(m, place_of(names, ref)->country);
                if (times != NULL)
                    *times += 1;
            }
        }
    }
}

void memory_settle_country(memory *m, const sources_of_names *names)
{
    uint32_t best = 0;
    m->country = "";
    m->has_country = false;
    for (uint32_t i = 1; i < m->country_count; i++)
        if (m->countries[i].times > m->countries[best].times)
            best = i;
    if (m->country_count == 0)
        return;
    memcpy(m->country_code, m->countries[best].code, 2);
    for (size_t i = 0; i < names->country_count; i++)
        if (memcmp(names->countries[i].code, m->country_code, 2) == 0) {
            m->country = names->countries[i].name;
            m->country_place = names->countries[i].place;
            m->has_country = true;
            return;
        }
}

void memory_note_party(memory *m, const char *who, const char *code, uint8_t kind, noun_class class)
{
    for (uint32_t i = 0; i < m->party_count; i++)
        if (strcmp(m->parties[i].who, who) == 0 && m->parties[i].class == class) {
            known_party again = m->parties[i];
            again.times++;
            memmove(&m->parties[i], &m->parties[i + 1], (m->party_count - i - 1) * sizeof *m->parties);
            m->parties[m->party_count - 1] = again;
            return;
        }
    if (m->party_count == PARTIES_MAX) {
        memmove(m->parties, m->parties + 1, (PARTIES_MAX - 1) * sizeof *m->parties);
        m->party_count--;
    }
    m->parties[m->party_count++] = (known_party){who, code, kind, class, 1};
}

void memory_note_person(memory *m, arena *a, const char *name_folded, const char *who, const char *code)
{
    if (m->person_count == PEOPLE_MAX)
        return;
    char *name = arena_string(a, view_of(name_folded));
    if (name != NULL)
        m->people[m->person_count++] = (known_person){name, who, code};
}

void memory_note_place(memory *m, place_ref place, noun_class class)
{
    if (m->place_count == PLACES_KEPT) {
        memmove(m->places, m->places + 1, (PLACES_KEPT - 1) * sizeof *m->places);
        m->place_count--;
    }
    m->places[m->place_count++] = (known_place){place, class};
}
