/* The bulletin of a day: head, sections, foot; checked, then written. */
#include "export/bulletin.h"

#include "export/bulletin_make.h"

static const page_slot end = {0};

static void note(bulletin_maker *m, const char *key, const char *slot, page_line line)
{
    page_add(&m->page, BLOCK_NOTE, line_fill(&m->page, key, (page_slot[]){{slot, line}, end}));
}

static uint32_t unreviewed(const incident_list *incidents)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < incidents->count; i++)
        count += !incidents->items[i].is_reviewed;
    return count;
}

static void add_head(bulletin_maker *m)
{
    const bulletin_input *in = m->in;
    page *p = &m->page;
    page_add(p, BLOCK_TITLE, line_fill(p, "title", (page_slot[]){{"day", make_day(m, in->day)}, end}));
    page_add(p, BLOCK_NOTE, line_fill(p, "head.cutoff", (page_slot[]){{"cutoff", line_name(p, in->cutoff)}, {"zone", line_name(p, in->zone)}, end}));
    if (in->organisation != NULL && in->organisation[0] != 0)
        note(m, "head.organisation", "organisation", line_name(p, in->organisation));
    if (in->number != 0)
        page_add(p, BLOCK_NOTE,
                 line_fill(p, "head.number", (page_slot[]){{"number", line_number(p, in->number)}, {"root", line_name(p, in->root)}, end}));
    if (in->release[0] != 0)
        note(m, "head.release", "release", line_name(p, in->release));
    page_add(p, BLOCK_NOTE, line_words(p, "head", "reading"));
    page_add(p, BLOCK_NOTE,
             line_fill(p, "head.draft",
                       (page_slot[]){{"count", make_count(m, "incidents", unreviewed(in->incidents))},
                                     {"total", make_count(m, "incidents", in->incidents->count)},
                                     end}));
    if (in->incidents->count == 0)
        page_add(p, BLOCK_NOTE, line_words(p, "head", "none"));
}

static void add_unseen(bulletin_maker *m)
{
    const bulletin_input *in = m->in;
    page_add(&m->page, BLOCK_HEADING, line_words(&m->page, "section", "unseen"));
    for (uint32_t i = 0; i < in->unseen_count; i++)
        note(m, "note.unseen", "place", make_governorate(m, in->unseen[i].country, in->unseen[i].governorate));
    if (in->unseen_count == 0)
        page_add(&m->page, BLOCK_NOTE, line_words(&m->page, "note", "seen"));
    if (in->coverage.unread > 0)
        note(m, "note.unread", "articles", make_count(m, "articles", in->coverage.unread));
    if (in->withheld > 0)
        note(m, "note.withheld", "count", line_number(&m->page, (int64_t)in->withheld));
}

static void add_outlets(bulletin_maker *m, const char *key, const char *const *outlets, uint32_t count)
{
    if (count == 0)
        return;
    page_line *lines = arena_alloc(m->page.memory, count * sizeof *lines);
    if (lines == NULL) {
        page_fail(&m->page, MARSAD_ERR_SYSTEM, "out of memory for", key);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        lines[i] = line_name(&m->page, outlets[i]);
    note(m, key, "list", make_list(m, lines, count));
}

static void add_coverage(bulletin_maker *m)
{
    const bulletin_coverage *c = &m->in->coverage;
    page *p = &m->page;
    page_add(p, BLOCK_HEADING, line_words(p, "section", "coverage"));
    page_add(p, BLOCK_NOTE,
             line_fill(p, "note.read",
                       (page_slot[]){{"articles", make_count(m, "articles", c->articles)}, {"copies", make_count(m, "copies", c->copies)}, end}));
    add_outlets(m, "note.outlets", c->outlets, c->outlet_count);
    add_outlets(m, "note.silent", c->silent, c->silent_count);
    note(m, "note.rules", "fingerprint", line_name(p, rules_fingerprint(m->in->rules)));
}

static void make(bulletin_maker *m)
{
    add_head(m);
    bulletin_corrections(m);
    bulletin_totals(m);
    bulletin_incidents(m);
    bulletin_control(m);
    bulletin_truce(m);
    add_unseen(m);
    add_coverage(m);
}

marsad_status bulletin_write(const bulletin_input *input, bulletin_form form, unsigned languages, marsad_write *write, void *context,
                             marsad_error *err)
{
    static const unsigned bits[LANGUAGE_COUNT] = {BULLETIN_AR, BULLETIN_EN};
    arena memory = {0};
    page pages[LANGUAGE_COUNT];
    uint32_t count = 0;

    marsad_status status = bulletin_check(input, err);
    for (int i = 0; status == MARSAD_OK && i < LANGUAGE_COUNT; i++) {
        if ((languages & bits[i]) == 0)
            continue;
        bulletin_maker m = {.in = input, .page = {.wording = rules_wording(input->rules), .language = (wording_language)i, .memory = &memory}};
        make(&m);
        if (input->withheld_names != NULL)
            page_check_names(&m.page, input->withheld_names);
        pages[count++] = m.page;
        if (m.page.status != MARSAD_OK)
            status = fail(err, m.page.status, MARSAD_NOWHERE, "%s", m.page.err.message);
    }
    if (status == MARSAD_OK && count == 0)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no language for the bulletin");
    if (status == MARSAD_OK) {
        const bool is_written = form == BULLETIN_TEXT ? page_write_text(pages, count, write, context)
                                                      : page_write_html(pages, count, form == BULLETIN_PRINT, write, context);
        if (!is_written)
            status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write the bulletin");
    }
    arena_free(&memory);
    return status;
}
