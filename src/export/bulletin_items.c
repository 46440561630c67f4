#include "export/bulletin_items.h"

#include <stdio.h>

#include "base/buffer.h"
#include "export/bulletin_make.h"

/* --- of incidents ------------------------------------------------------------------------------------------------------------------ */

static void add_parties(buffer *out, const char *role, const statement_party *parties, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buffer_format(out, "%s %s %s\n", role, parties[i].who, parties[i].object);
}

/* All that a sentence of the bulletin can tell of the statement. */
static void add_content(buffer *out, const statement *s)
{
    buffer_format(out, "%s %s %d %d\n", marsad_kind_name(s->kind), marsad_modality_name(s->modality), (int)s->start, (int)s->end);
    add_parties(out, "actor", s->actors, s->actor_count);
    add_parties(out, "target", s->targets, s->target_count);
    add_parties(out, "speaker", s->speakers, s->speaker_count);
    for (uint32_t i = 0; i < s->place_count; i++)
        buffer_format(out, "place %s %s %s %s %s\n", marsad_relation_name(s->places[i].relation), s->places[i].id, s->places[i].norm,
                      s->places[i].admin1, s->places[i].admin2);
    for (uint32_t i = 0; i < s->figure_count; i++)
        buffer_format(out, "figure %s %s %lld %lld %lld\n", marsad_figure_name(s->figures[i].of), marsad_bound_name(s->figures[i].bound),
                      (long long)s->figures[i].value, (long long)s->figures[i].low, (long long)s->figures[i].high);
}

static const char *digest_of(const statement *s, arena *memory)
{
    buffer content = {0};
    add_content(&content, s);
    const char *digest = content.failed ? NULL : arena_format(memory, "%016llx", (unsigned long long)view_hash((view){content.bytes, content.used}));
    buffer_free(&content);
    return digest;
}

static bool make_item(bulletin_item *out, const incident *from, int64_t number, arena *memory)
{
    *out = (bulletin_item){.number = number,
                           .incident = from->id,
                           .grade = incident_grade_name(from->is_reviewed ? from->grade : GRADE_DRAFT),
                           .figures = arena_alloc(memory, (from->figure_count + 1) * sizeof *out->figures),
                           .statements = arena_alloc(memory, (from->statement_count + 1) * sizeof *out->statements),
                           .figure_count = from->figure_count,
                           .statement_count = from->statement_count};
    if (out->figures == NULL || out->statements == NULL)
        return false;
    for (uint32_t i = 0; i < from->figure_count; i++) {
        const incident_figure *f = &from->figures[i];
        out->figures[i] = (item_figure){marsad_figure_name(f->of), f->group, f->low, f->high};
    }
    for (uint32_t i = 0; i < from->statement_count; i++) {
        const statement *s = from->statements[i];
        out->statements[i] = (item_statement){s->id, s->outlet, digest_of(s, memory)};
        if (out->statements[i].says == NULL)
            return false;
    }
    return true;
}

bool bulletin_items_of(bulletin_items *out, const incident_list *incidents, arena *memory)
{
    uint32_t count;
    const incident **order = bulletin_order(incidents, &count, memory);
    *out = (bulletin_items){.items = arena_alloc(memory, (incidents->count + 1) * sizeof *out->items)};
    if (order == NULL || out->items == NULL)
        return false;
    for (; out->count < count; out->count++)
        if (!make_item(&out->items[out->count], order[out->count], (int64_t)out->count + 1, memory))
            return false;
    return true;
}

/* --- as JSON --------------------------------------------------------------------------------------------------------------------- */

static void write_item(json_out *j, const bulletin_item *item)
{
    json_object(j);
    json_put_count(j, "item", item->number);
    json_put_text(j, "incident", item->incident);
    json_put_text(j, "grade", item->grade);
    json_key(j, "figures");
    json_array(j);
    for (uint32_t i = 0; i < item->figure_count; i++) {
        json_object(j);
        json_put_text(j, "of", item->figures[i].of);
        json_put_text(j, "group", item->figures[i].group);
        json_put_count(j, "low", item->figures[i].low);
        json_put_count(j, "high", item->figures[i].high);
        json_end_object(j);
    }
    json_end_array(j);
    json_key(j, "statements");
    json_array(j);
    for (uint32_t i = 0; i < item->statement_count; i++) {
        json_object(j);
        json_put_text(j, "id", item->statements[i].id);
        json_put_text(j, "outlet", item->statements[i].outlet);
        json_put_text(j, "says", item->statements[i].says);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

bool bulletin_items_write(const bulletin_items *items, marsad_write *write, void *context)
{
    json_out j = {.write = write, .context = context};
    json_object(&j);
    json_put_text(&j, "format", "marsad-bulletin-items-1");
    json_key(&j, "items");
    json_array(&j);
    for (uint32_t i = 0; i < items->count; i++)
        write_item(&j, &items->items[i]);
    json_end_array(&j);
    json_end_object(&j);
    json_newline(&j);
    return json_flush(&j);
}
