/* Statements of an incident, side by side: who says what, in which words, and why they stand together. */
#include "ask/list.h"
#include "publication.h"

const char *const statement_columns[] = {"id",      "published", "outlet",  "speakers", "copy_of", "modality", "kind", "actors",
                                         "targets", "figures",   "because", "sentence", "article", "state",    NULL};

static void put_parties(row_writer *w, const statement_party *parties, uint32_t count, buffer *text)
{
    text->used = 0;
    for (uint32_t i = 0; i < count; i++)
        buffer_format(text, "%s%s", i == 0 ? "" : ", ", party_is_named(&parties[i]) || parties[i].words[0] == 0 ? parties[i].who : parties[i].words);
    rows_view(w, (view){text->bytes, text->used});
}

static void put_figures(row_writer *w, const statement *s, buffer *text)
{
    text->used = 0;
    for (uint32_t i = 0; i < s->figure_count; i++)
        buffer_format(text, "%s%s %s", i == 0 ? "" : ", ", marsad_figure_name(s->figures[i].of), s->figures[i].words);
    rows_view(w, (view){text->bytes, text->used});
}

static void put_why(row_writer *w, unsigned why, buffer *text)
{
    text->used = 0;
    for (unsigned bit = 0; bit < WHY_COUNT; bit++)
        if ((why >> bit & 1U) != 0)
            buffer_format(text, "%s%s", text->used == 0 ? "" : "; ", incident_why_words((incident_why)(1U << bit)));
    rows_view(w, (view){text->bytes, text->used});
}

/* The article's words for it. */
static marsad_status put_sentence(marsad_archive *archive, const statement *s, row_writer *w, arena *memory, marsad_error *err)
{
    view text;
    marsad_status status = store_article_text(&archive->store, s->article, &text, memory, err);
    if (status == MARSAD_OK && s->sentence.end > text.len)
        status = fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "record '%s' points behind the end of its article", s->id);
    if (status == MARSAD_OK)
        rows_view(w, (view){text.ptr + s->sentence.start, s->sentence.end - s->sentence.start});
    return status;
}

/* Rows on their way, and what they may tell. */
typedef struct {
    marsad_archive *archive;
    row_writer *w;
    buffer text;
    arena memory;
    bool shows_texts;
} telling;

static marsad_status put_row(telling *t, const incident *i, const statement *s, marsad_error *err)
{
    row_writer *w = t->w;
    buffer *text = &t->text;
    marsad_status status = MARSAD_OK;
    rows_text(w, s->id);
    rows_day(w, s->published);
    rows_text(w, s->outlet);
    put_parties(w, s->speakers, s->speaker_count, text);
    rows_text(w, strcmp(s->chain, s->article) == 0 ? NULL : s->chain);
    rows_text(w, marsad_modality_name(s->modality));
    rows_text(w, marsad_kind_name(s->kind));
    put_parties(w, s->actors, s->actor_count, text);
    put_parties(w, s->targets, s->target_count, text);
    put_figures(w, s, text);
    put_why(w, incident_why_of(i, s), text);
    if (t->shows_texts)
        status = put_sentence(t->archive, s, w, &t->memory, err);
    else
        rows_text(w, NULL);
    rows_text(w, s->article);
    rows_text(w, review_state_name(s->state));
    return status;
}

static marsad_status may_tell(telling *t, const marsad_publication *publication, marsad_error *err)
{
    publication_safety with;
    t->shows_texts = true;
    if (publication == NULL)
        return MARSAD_OK;
    const marsad_status status = publication_open(&with, t->archive, publication, &t->memory, err);
    t->shows_texts = status == MARSAD_OK && safety_shows_texts(&with.profile);
    return status;
}

marsad_status list_statements(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    telling t = {.archive = archive, .w = w};
    incident_list incidents = {0};
    marsad_status status = may_tell(&t, question->publication, err);
    if (status == MARSAD_OK)
        status = question_incident(archive, question, &incidents, &t.memory, err);
    for (uint32_t i = 0; i < incidents.count && status == MARSAD_OK; i++)
        for (uint32_t s = 0; s < incidents.items[i].statement_count && status == MARSAD_OK; s++) {
            status = put_row(&t, &incidents.items[i], incidents.items[i].statements[s], err);
            if (status == MARSAD_OK && !rows_end(w))
                break;
        }
    w->failed = w->failed || t.text.failed;
    buffer_free(&t.text);
    arena_free(&t.memory);
    return status;
}
