/* The order in which the events of a sentence are read. */
#include "event/event.h"

bool event_read(scene *e, const marsad_article *article, record_list *out)
{
    e->taken = arena_alloc(e->scratch, e->p->count + 1);
    if (e->taken == NULL || !event_triggers(e))
        return false;
    event_governors(e);
    event_absorb(e);
    event_moods(e);
    event_roles(e);
    event_places_times(e);
    event_figures(e);
    event_joins(e);
    event_weapons(e, out);
    event_unite(e);
    event_attach(e);
    event_mere_mentions(e);
    scene_note_places(e);
    return !e->failed && event_records(e, article, out);
}
