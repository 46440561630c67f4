/*
 * What only the whole article can tell. A mention of an attack that tells little is believed where the article reports fighting, and taken for
 * background where it stands alone. A bare explosion is what the article says that it was.
 */
#include "event/event.h"

/* How much of an event must be told (record_note.weight), and how likely it must be, for an article to report it for certain; fully told, it may be less likely. */
enum { STRONG = 3, STRONG_PROTEST = 1, FULLY_TOLD = 4 };
#define CERTAIN 0.65 /* confidence */
#define LIKELY_ENOUGH 0.4

static bool is_violence(const marsad_record *r)
{
    return scene_is_assault((uint8_t)r->kind) || r->kind == MARSAD_KIND_ABDUCTION || r->kind == MARSAD_KIND_ABUSE;
}

static bool is_strong(const marsad_record *r, const record_note *note)
{
    if (r->modality != MARSAD_ASSERTED || note->weight < (r->kind == MARSAD_KIND_PROTEST ? STRONG_PROTEST : STRONG))
        return false;
    return r->confidence >= (note->weight >= FULLY_TOLD ? LIKELY_ENOUGH : CERTAIN);
}

/* True if the article reports something of the same family for certain. */
static bool article_reports(const record_list *list, bool violence)
{
    for (uint32_t i = 0; i < list->count; i++) {
        bool same = violence ? is_violence(&list->items[i]) : list->items[i].kind == MARSAD_KIND_PROTEST;
        if (same && is_strong(&list->items[i], &list->notes[i]))
            return true;
    }
    return false;
}

static bool same_place(const marsad_record *a, const marsad_record *b)
{
    for (size_t i = 0; i < a->place_count; i++)
        for (size_t k = 0; k < b->place_count; k++)
            if (strcmp(a->places[i].norm, b->places[k].norm) == 0)
                return true;
    return false;
}

/* The fire that the article tells of where the blast was, if it is of one kind: MARSAD_KIND_COUNT else. */
static marsad_kind fire_at(const record_list *list, const marsad_record *blast)
{
    uint32_t shelling = 0, airstrike = 0, bombing = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const marsad_record *r = &list->items[i];
        bool here = blast->place_count == 0 || same_place(r, blast);
        shelling += r->kind == MARSAD_KIND_SHELLING && here;
        airstrike += r->kind == MARSAD_KIND_AIRSTRIKE && here;
        bombing += r->kind == MARSAD_KIND_BOMBING && !list->notes[i].bare_blast;
    }
    if (bombing > 0 || shelling + airstrike == 0)
        return MARSAD_KIND_COUNT;
    return shelling >= airstrike ? MARSAD_KIND_SHELLING : MARSAD_KIND_AIRSTRIKE;
}

/* A bare explosion is what the article says that it was. */
static void name_blasts(record_list *records)
{
    for (uint32_t i = 0; i < records->count; i++) {
        marsad_kind fire = records->notes[i].bare_blast ? fire_at(records, &records->items[i]) : MARSAD_KIND_COUNT;
        if (fire == MARSAD_KIND_COUNT)
            continue;
        records->items[i].kind = fire;
        records->items[i].mode = marsad_kind_mode(fire);
    }
}

void event_settle(record_list *records)
{
    bool fighting = article_reports(records, true), protest = article_reports(records, false);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < records->count; i++) {
        marsad_record *r = &records->items[i];
        bool lone = (is_violence(r) && !fighting) || (r->kind == MARSAD_KIND_PROTEST && !protest);
        if (lone && r->modality == MARSAD_ASSERTED)
            continue;
        records->items[kept] = *r;
        records->notes[kept++] = records->notes[i];
    }
    records->count = kept;
    name_blasts(records);
}
