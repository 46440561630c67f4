/* The lexicon for people: what it knows of a word, and all of it, one line of text a thing. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/format.h"
#include "text/text.h"

typedef bool visit_line(void *context, const char *line);

typedef struct {
    const marsad_lexicon *lexicon;
    visit_line *visit;
    void *context;
    size_t lines;
    bool stopped;
} teller;

static void tell(teller *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void tell(teller *t, const char *format, ...)
{
    char line[1024];
    if (t->stopped)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    t->lines++;
    t->stopped = !t->visit(t->context, line);
}

static const char *const pos_names[POS_COUNT] = {"none",  "verb",   "noun", "adj",  "name",     "prep",       "coord",  "sub",
                                                 "comp",  "rel",    "dem",  "pron", "neg",      "neg_future", "future", "possible",
                                                 "quant", "interj", "part", "adv",  "contrast", "vocative",   "except"};
static const char *const role_names[ROLE_COUNT] = {"none", "actor", "target", "agent", "place", "from", "to", "event", "weapon"};
static const char *const kind_names[MARSAD_KIND_COUNT] = {
#define KIND(constant, name, plover, mode, cameo) name,
    MARSAD_KINDS(KIND)
#undef KIND
};
static const char *const effect_names[] = {"none", "light", "aspect", "cause", "phase", "modality", "repel", "wanted", "claim", "includes"};
static const char *const entry_names[] = {"", "actor", "demonym", "time", "number", "bound", "direction", "title", "word", "saying", "noun"};

static const char *string_at(const teller *t, uint32_t offset)
{
    return lexicon_string(t->lexicon, offset);
}

static void feats_text(char *out, size_t room, unsigned feats)
{
    static const char *const names[] = {"past", "pres", "imp", "act", "pass", "m", "f", "s", "d", "p", "1", "2", "3", "construct", "tanwin"};
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof *names && used < room; i++)
        if (feats & (1u << i))
            used += (size_t)snprintf(out + used, room - used, " %s", names[i]);
}

/* --- rows of a lemma --- */

static void tell_frame(teller *t, const lex_frame *frame)
{
    char roles[400] = "";
    size_t used = 0;
    for (size_t i = 0; i < frame->role_count && used < sizeof roles; i++)
        used +=
            (size_t)snprintf(roles + used, sizeof roles - used, " %s=%s", lexicon_slot_name(frame->roles[i].slot), role_names[frame->roles[i].role]);
    const lex_place row = lexicon_row(t->lexicon, frame->row);
    const lex_lemma *lemma = lexicon_lemma(t->lexicon, frame->lemma), *second = lexicon_lemma(t->lexicon, frame->second);
    tell(t, "frame\t%s%s%s\t%s\t%s\t%s:%u", string_at(t, lemma->text), frame->second != 0 ? " " : "", string_at(t, second->text),
         kind_names[frame->kind], roles[0] == ' ' ? roles + 1 : roles, row.table, (unsigned)row.line);
}

static void tell_governor(teller *t, const lex_governor *governor)
{
    const lex_place row = lexicon_row(t->lexicon, governor->row);
    tell(t, "governor\t%s\t%s via %s\tsubject %s\t%s:%u", string_at(t, lexicon_lemma(t->lexicon, governor->lemma)->text),
         effect_names[governor->effect], lexicon_slot_name(governor->via), role_names[governor->subject], row.table, (unsigned)row.line);
}

static void tell_saying(teller *t, const lex_saying *saying)
{
    const lex_place row = lexicon_row(t->lexicon, saying->row);
    tell(t, "saying\t%s\tspeaker %s\t%s:%u", string_at(t, lexicon_lemma(t->lexicon, saying->lemma)->text),
         saying->speaker == SPEAKER_LAST ? "last" : lexicon_slot_name(saying->speaker), row.table, (unsigned)row.line);
}

static void tell_lemma(teller *t, uint32_t index)
{
    const lex_lemma *lemma = lexicon_lemma(t->lexicon, index);
    const lex_place row = lexicon_row(t->lexicon, lemma->row);
    char classes[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < sizeof lemma->classes && lemma->classes[i] != CLASS_NONE; i++)
        used += (size_t)snprintf(classes + used, sizeof classes - used, "%s%s", i > 0 ? " " : "", lexicon_class_name(lemma->classes[i]));
    if (lemma->row != 0)
        tell(t, "lemma\t%s\t%s\t%s\t%s\t%s:%u", string_at(t, lemma->text), pos_names[lemma->pos], classes, string_at(t, lemma->who), row.table,
             (unsigned)row.line);
    else
        tell(t, "lemma\t%s\t%s\t%s\t%s\topen vocabulary", string_at(t, lemma->text), pos_names[lemma->pos], classes, string_at(t, lemma->who));
    for (uint32_t i = 0; i < lemma->frame_count; i++)
        tell_frame(t, lexicon_frame(t->lexicon, lemma->first_frame + i));
    for (uint32_t i = 0; i < lemma->governor_count; i++)
        tell_governor(t, lexicon_governor(t->lexicon, lemma->first_governor + i));
    for (uint32_t i = 0; i < lemma->saying_count; i++)
        tell_saying(t, lexicon_saying(t->lexicon, lemma->first_saying + i));
}

static void tell_readings(teller *t, const char *form, const lex_reading *readings, uint32_t count)
{
    char feats[120];
    for (uint32_t i = 0; i < count; i++) {
        feats_text(feats, sizeof feats, readings[i].feats);
        tell(t, "form\t%s\t%s\t%s\t%s\t%u", form, string_at(t, lexicon_lemma(t->lexicon, readings[i].lemma)->text), pos_names[readings[i].pos],
             feats[0] == ' ' ? feats + 1 : feats, (unsigned)readings[i].rank);
    }
}

/* --- phrases --- */

static void tell_entry(teller *t, const char *phrase, const lex_entry *entry)
{
    const marsad_lexicon *x = t->lexicon;
    const char *what = "", *more = "";
    uint32_t row = 0;
    switch (entry->type) {
    case ENTRY_ACTOR:
        what = string_at(t, lexicon_actor(x, entry->index)->who);
        more = string_at(t, lexicon_actor(x, entry->index)->code);
        row = lexicon_actor(x, entry->index)->row;
        break;
    case ENTRY_DEMONYM:
        what = string_at(t, lexicon_demonym(x, entry->index)->country);
        more = string_at(t, lexicon_demonym(x, entry->index)->code);
        row = lexicon_demonym(x, entry->index)->row;
        break;
    case ENTRY_TIME:
        row = lexicon_time(x, entry->index)->row;
        break;
    case ENTRY_NUMBER:
        row = lexicon_number(x, entry->index)->row;
        break;
    case ENTRY_BOUND:
        row = lexicon_bound(x, entry->index)->row;
        break;
    case ENTRY_DIRECTION:
        row = lexicon_direction(x, entry->index)->row;
        break;
    case ENTRY_TITLE:
        row = lexicon_title(x, entry->index)->row;
        break;
    case ENTRY_WORD:
        what = pos_names[lexicon_word(x, entry->index)->pos];
        row = lexicon_word(x, entry->index)->row;
        break;
    case ENTRY_SAYING:
        row = lexicon_saying(x, entry->index)->row;
        break;
    case ENTRY_NOUN:
        what = string_at(t, lexicon_lemma(x, entry->index)->who);
        row = lexicon_lemma(x, entry->index)->row;
        break;
    default:
        return;
    }
    const lex_place place = lexicon_row(x, row);
    tell(t, "%s\t%s%s\t%s\t%s\t%s:%u", entry_names[entry->type], entry->definite_first ? "ال" : "", phrase, what, more, place.table,
         (unsigned)place.line);
}

static view word_of(view *rest)
{
    while (rest->len > 0 && rest->ptr[0] == ' ')
        *rest = (view){rest->ptr + 1, rest->len - 1};
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != ' ')
        len++;
    const view word = {rest->ptr, len};
    *rest = (view){rest->ptr + len, rest->len - len};
    return word;
}

/* The state after `key`, tried as the word stands and without its ال. */
static uint32_t step_of(const marsad_lexicon *lexicon, uint32_t state, view word)
{
    const view al = view_of("ال");
    uint32_t next = lexicon_step(lexicon, state, lexicon_key(lexicon, word));
    if (next == 0 && view_starts(word, al))
        next = lexicon_step(lexicon, state, lexicon_key(lexicon, (view){word.ptr + al.len, word.len - al.len}));
    return next;
}

static void tell_phrase(teller *t, view text)
{
    view rest = text, word;
    uint32_t state = 0, count;
    char phrase[256];
    while ((word = word_of(&rest)).len > 0) {
        state = step_of(t->lexicon, state, word);
        if (state == 0)
            return;
    }
    const lex_entry *entries = lexicon_entries(t->lexicon, state, &count);
    snprintf(phrase, sizeof phrase, "%.*s", (int)(text.len < sizeof phrase ? text.len : sizeof phrase - 1), text.ptr);
    for (uint32_t i = 0; i < count; i++)
        tell_entry(t, phrase, &entries[i]);
}

size_t marsad_lexicon_find(const marsad_lexicon *lexicon, marsad_view word, visit_line *visit, void *context)
{
    teller t = {.lexicon = lexicon, .visit = visit, .context = context};
    char folded[512];
    if (lexicon == NULL || visit == NULL || word.len >= sizeof folded || utf8_invalid(word) != MARSAD_NOWHERE)
        return 0;
    const view form = {folded, fold_into(folded, sizeof folded, word)};
    if (form.len == 0)
        return 0;

    uint32_t count;
    view bare = form;
    const lex_reading *readings = lexicon_form(lexicon, bare, &count);
    const view al = view_of("ال");
    if (readings == NULL && view_starts(form, al)) {
        bare = (view){form.ptr + al.len, form.len - al.len};
        readings = lexicon_form(lexicon, bare, &count);
    }
    if (readings != NULL)
        tell_readings(&t, bare.ptr, readings, count);
    for (uint32_t i = 0; readings != NULL && i < count; i++) {
        bool told = false;
        for (uint32_t k = 0; k < i; k++)
            told = told || readings[k].lemma == readings[i].lemma;
        if (!told)
            tell_lemma(&t, readings[i].lemma);
    }
    tell_phrase(&t, form);
    return t.lines;
}

/* --- everything --- */

/* Phrases are kept as steps between states; walked back from a state they give its words. */
typedef struct {
    uint32_t *from, *key; /* of each state: where it is reached from and by which word */
    const char **words;   /* of each key */
} way_back;

static bool way_back_find(const marsad_lexicon *x, way_back *way)
{
    way->from = calloc(x->count.STATES, sizeof *way->from);
    way->key = calloc(x->count.STATES, sizeof *way->key);
    way->words = calloc((size_t)x->header->key_count + 1, sizeof *way->words);
    if (way->from == NULL || way->key == NULL || way->words == NULL)
        return false;
    for (uint32_t i = 0; i < x->count.KEYS; i++)
        way->words[x->at.KEYS[i].key] = x->at.STRINGS + x->at.KEYS[i].text;
    for (uint32_t i = 0; i < x->count.STEPS; i++) {
        const lexicon_step_slot *step = &x->at.STEPS[i];
        /* every state is made after the one before it; a damaged file that says otherwise is not followed round in circles */
        if (step->next > step->state && step->key <= x->header->key_count) {
            way->from[step->next] = step->state;
            way->key[step->next] = step->key;
        }
    }
    return true;
}

static void phrase_text(const way_back *way, uint32_t state, char *out, size_t room)
{
    /* Written from the end: the last word is met first. */
    char *at = out + room - 1;
    *at = '\0';
    for (; state != 0 && way->key[state] != 0; state = way->from[state]) {
        const char *word = way->words[way->key[state]];
        if (word == NULL)
            break;
        const size_t len = strlen(word), blank = *at != '\0';
        if (len + blank > (size_t)(at - out))
            break;
        if (blank)
            *--at = ' ';
        at -= len;
        memcpy(at, word, len);
    }
    memmove(out, at, strlen(at) + 1);
}

size_t marsad_lexicon_dump(const marsad_lexicon *lexicon, visit_line *visit, void *context)
{
    teller t = {.lexicon = lexicon, .visit = visit, .context = context};
    way_back way = {0};
    char phrase[512];
    if (lexicon == NULL || visit == NULL)
        return 0;
    for (uint32_t i = 1; i < lexicon->count.LEMMAS && !t.stopped; i++)
        tell_lemma(&t, i);
    if (way_back_find(lexicon, &way)) {
        for (uint32_t i = 1; i < lexicon->count.STATES && !t.stopped; i++) {
            uint32_t count;
            const lex_entry *entries = lexicon_entries(lexicon, i, &count);
            phrase_text(&way, i, phrase, sizeof phrase);
            for (uint32_t k = 0; k < count; k++)
                tell_entry(&t, phrase, &entries[k]);
        }
    }
    free(way.from);
    free(way.key);
    free(way.words);
    for (uint32_t i = 0; i < lexicon->count.FORMS && !t.stopped; i++)
        if (lexicon->at.FORM_TAGS[i] != 0)
            tell_readings(&t, string_at(&t, lexicon->at.FORMS[i].text), lexicon->at.READINGS + lexicon->at.FORMS[i].reading,
                          lexicon->at.FORMS[i].count);
    return t.lines;
}
