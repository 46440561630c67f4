/*
 * What only the whole article can tell. A mention of an attack that tells little is believed where the article reports fighting, and taken for
 * background where it stands alone. A bare explosion is what the article says that it was.
 */
#include "event/event.h"

enum { STRONG = 3, STRONG_PROTEST = 1 };

static bool is_violence(const marsad_record *r)
{
    return scene_is_assault((uint8_t)r->kind) || r->kind == MARSAD_KIND_ABUSE;
}

static bool is_strong(const marsad_record *r, const record_note *note)
{
    return r->modality == MARSAD_ASSERTED && note->weight >= (r->kind == MARSAD_KIND_PROTEST ? STRONG_PROTEST : STRONG);
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

/* The fire that the article speaks of, if it is of one kind: MARSAD_KIND_COUNT else. */
static marsad_kind fire_of(const record_list *list)
{
    uint32_t shelling = 0, airstrike = 0, bombing = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        shelling += list->items[i].kind == MARSAD_KIND_SHELLING;
        airstrike += list->items[i].kind == MARSAD_KIND_AIRSTRIKE;
        bombing += list->items[i].kind == MARSAD_KIND_BOMBING && !list->notes[i].bare_blast;
    }
    if (bombing > 0 || shelling + airstrike == 0)
        return MARSAD_KIND_COUNT;
    return shelling >= airstrike ? MARSAD_KIND_SHELLING : MARSAD_KIND_AIRSTRIKE;
}

void event_settle(record_list *records)
{
    bool fighting = article_reports(records, true), protest = article_reports(records, false);
    marsad_kind fire = fire_of(records);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < records->count; i++) {
        marsad_record *r = &records->items[i];
        bool lone = (is_violence(r) && !fighting) || (r->kind == MARSAD_KIND_PROTEST && !protest);
        if (lone && r->modality == MARSAD_ASSERTED)
            continue;
        if (records->notes[i].bare_blast && fire != MARSAD_KIND_COUNT) {
            r->kind = fire;
            r->mode = marsad_kind_mode(fire);
        }
        records->items[kept] = *r;
        records->notes[kept++] = records->notes[i];
    }
    records->count = kept;
}
