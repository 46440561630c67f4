#include "statements.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

enum { FIELDS_MAX = 64, PARTS_MAX = 8, ITEMS_MAX = 16 };

static _Noreturn void refuse(const char *words, const char *field)
{
    print_error("statement_make: cannot read '%s' in '%s'\n", field, words);
    abort();
}

static char *copy(arena *memory, const char *text)
{
    char *own = arena_string(memory, view_of(text));
    if (own == NULL)
        abort();
    return own;
}

static char *copy_blanks(arena *memory, const char *text)
{
    char *own = copy(memory, text);
    for (char *at = own; *at != 0; at++)
        if (*at == '_')
            *at = ' ';
    return own;
}

static size_t cut(char *text, char mark, char **parts, size_t room)
{
    size_t count = 0;
    for (char *at = text; at != NULL && count < room; count++) {
        parts[count] = at;
        at = strchr(at, mark);
        if (at != NULL)
            *at++ = 0;
    }
    return count;
}

int32_t day_of(const char *text)
{
    marsad_date date;
    marsad_error err;
    if (marsad_date_parse(&date, view_of(text), &err) != MARSAD_OK)
        refuse(text, "day");
    return day_number(date);
}

const char *record_id_of(arena *memory, const char *word)
{
    const char *id = arena_format(memory, "R-%016llx", (unsigned long long)view_hash(view_of(word)));
    if (id == NULL)
        abort();
    return id;
}

static const char *article_id_of(arena *memory, const char *word)
{
    const char *id = arena_format(memory, "A-%016llx", (unsigned long long)view_hash(view_of(word)));
    if (id == NULL)
        abort();
    return id;
}

/* The number of a name that `name_of` knows; MAX when it knows none. */
#define NAMED(type, text, name_of, most)                                                                                                             \
    static type text(const char *name)                                                                                                               \
    {                                                                                                                                                \
        int i = 0;                                                                                                                                   \
        while (i < (most) && strcmp(name, name_of((type)i)) != 0)                                                                                    \
            i++;                                                                                                                                     \
        if (i == (most))                                                                                                                             \
            refuse(name, #type);                                                                                                                     \
        return (type)i;                                                                                                                              \
    }
NAMED(marsad_kind, kind_named, marsad_kind_name, MARSAD_KIND_COUNT)
NAMED(marsad_modality, modality_named, marsad_modality_name, MARSAD_MODALITY_COUNT)
NAMED(marsad_phase, phase_named, marsad_phase_name, MARSAD_PHASE_COUNT)
NAMED(marsad_relation, relation_named, marsad_relation_name, MARSAD_RELATION_COUNT)
NAMED(marsad_figure_of, figure_named, marsad_figure_name, MARSAD_FIGURE_COUNT)
NAMED(marsad_bound, bound_named, marsad_bound_name, MARSAD_BOUND_COUNT)

static marsad_precision precision_named(const char *name)
{
    for (int i = 0; i < MARSAD_PRECISION_COUNT; i++)
        if (strcmp(name, marsad_precision_name((marsad_precision)i)) == 0)
            return (marsad_precision)i;
    if (strcmp(name, "none") == 0)
        return MARSAD_PRECISION_NONE;
    refuse(name, "precision");
}

static statement_place place_read(arena *memory, char *value)
{
    char *part[PARTS_MAX] = {0};
    const size_t count = cut(value, ':', part, PARTS_MAX);
    if (part[0][0] == '?')
        return (statement_place){.id = "", .norm = copy_blanks(memory, part[0] + 1), .name_en = "", .country = "", .admin1 = "", .admin2 = ""};
    return (statement_place){.id = copy(memory, part[0]),
                             .norm = copy(memory, part[0]),
                             .name_en = copy(memory, part[0]),
                             .precision = count > 1 ? precision_named(part[1]) : MARSAD_PRECISION_TOWN,
                             .country = count > 2 ? copy(memory, part[2]) : "SY",
                             .admin1 = count > 3 ? copy_blanks(memory, part[3]) : "Aleppo",
                             .admin2 = count > 4 ? copy_blanks(memory, part[4]) : "",
                             .relation = count > 5 ? relation_named(part[5]) : MARSAD_IN,
                             .lat = 36.0,
                             .lon = 37.0};
}

static statement_party party_read(arena *memory, char *value)
{
    char *part[PARTS_MAX] = {0};
    const size_t count = cut(value, ':', part, PARTS_MAX);
    return (statement_party){.who = copy(memory, part[0]),
                             .code = "",
                             .object = count > 1 ? copy(memory, part[1]) : "",
                             .words = count > 2 ? copy_blanks(memory, part[2]) : ""};
}

static int64_t number_read(const char *text)
{
    return strcmp(text, "-") == 0 ? MARSAD_NO_VALUE : strtoll(text, NULL, 10);
}

static void bounds_follow(statement_figure *f)
{
    f->low = f->high = f->value;
    if (f->bound == MARSAD_AT_LEAST || f->bound == MARSAD_OVER)
        f->high = MARSAD_NO_VALUE;
    if (f->bound == MARSAD_OVER)
        f->low = f->value + 1;
    if (f->bound == MARSAD_UP_TO)
        f->low = MARSAD_NO_VALUE;
}

static statement_figure figure_read(arena *memory, const char *words, char *value)
{
    char *part[PARTS_MAX] = {0};
    const size_t count = cut(value, ':', part, PARTS_MAX);
    if (count < 3)
        refuse(words, value);
    statement_figure f = {.of = figure_named(part[0]), .bound = bound_named(part[1]), .value = number_read(part[2]), .words = ""};
    bounds_follow(&f);
    if (count > 4) {
        f.low = number_read(part[3]);
        f.high = number_read(part[4]);
    }
    if (count > 5)
        f.words = copy_blanks(memory, part[5]);
    return f;
}

typedef struct {
    statement_party actors[ITEMS_MAX], targets[ITEMS_MAX], speakers[ITEMS_MAX];
    statement_place places[ITEMS_MAX];
    statement_figure figures[ITEMS_MAX];
} statement_lists;

static bool field_in_list(arena *memory, statement *s, statement_lists *lists, const char *words, const char *name, char *value)
{
    if (strcmp(name, "actor") == 0 && s->actor_count < ITEMS_MAX)
        lists->actors[s->actor_count++] = party_read(memory, value);
    else if (strcmp(name, "target") == 0 && s->target_count < ITEMS_MAX)
        lists->targets[s->target_count++] = party_read(memory, value);
    else if (strcmp(name, "speaker") == 0 && s->speaker_count < ITEMS_MAX)
        lists->speakers[s->speaker_count++] = party_read(memory, value);
    else if (strcmp(name, "place") == 0 && s->place_count < ITEMS_MAX)
        lists->places[s->place_count++] = place_read(memory, value);
    else if (strcmp(name, "figure") == 0 && s->figure_count < ITEMS_MAX)
        lists->figures[s->figure_count++] = figure_read(memory, words, value);
    else
        return false;
    return true;
}

static bool field_of_time(statement *s, const char *name, const char *value)
{
    const int32_t day = strcmp(value, "-") == 0 ? NO_DAY
                        : strcmp(name, "day") == 0 || strcmp(name, "start") == 0 || strcmp(name, "end") == 0 || strcmp(name, "published") == 0
                            ? day_of(value)
                            : NO_DAY;
    if (strcmp(name, "day") == 0)
        s->start = s->end = day;
    else if (strcmp(name, "start") == 0)
        s->start = day;
    else if (strcmp(name, "end") == 0)
        s->end = day;
    else if (strcmp(name, "published") == 0)
        s->published = day;
    else
        return false;
    s->time_precision = s->start == NO_DAY ? "" : s->start == s->end ? "day" : "range";
    return true;
}

static bool field_of_review(statement *s, const char *name, const char *value)
{
    if (strcmp(name, "state") == 0)
        s->state = (review_state)strtol(value, NULL, 10);
    else if (strcmp(name, "verified") == 0)
        s->is_verified = true;
    else if (strcmp(name, "quoted") == 0)
        s->is_quoted = true;
    else if (strcmp(name, "confidence") == 0)
        s->confidence = strtod(value, NULL);
    else
        return false;
    return true;
}

static bool field_of_itself(arena *memory, statement *s, const char *name, const char *value)
{
    if (strcmp(name, "id") == 0)
        s->id = record_id_of(memory, value);
    else if (strcmp(name, "article") == 0)
        s->article = article_id_of(memory, value);
    else if (strcmp(name, "chain") == 0)
        s->chain = article_id_of(memory, value);
    else if (strcmp(name, "outlet") == 0)
        s->outlet = copy(memory, value);
    else if (strcmp(name, "kind") == 0)
        s->kind = kind_named(value);
    else if (strcmp(name, "modality") == 0)
        s->modality = modality_named(value);
    else if (strcmp(name, "phase") == 0)
        s->phase = phase_named(value);
    else if (strcmp(name, "mode") == 0)
        s->mode = copy(memory, value);
    else
        return false;
    return true;
}

static void *list_copy(arena *memory, const void *items, size_t size)
{
    void *own = arena_alloc(memory, size);
    if (own == NULL)
        abort();
    return memcpy(own, items, size);
}

statement *statement_make(arena *memory, const char *words)
{
    statement *s = arena_alloc(memory, sizeof *s);
    statement_lists lists;
    char *field[FIELDS_MAX], *text = copy(memory, words);
    *s = (statement){.id = record_id_of(memory, words),
                     .outlet = "outlet",
                     .url = "",
                     .mode = "",
                     .kind = MARSAD_KIND_AIRSTRIKE,
                     .modality = MARSAD_ASSERTED,
                     .start = NO_DAY,
                     .end = NO_DAY,
                     .time_precision = "",
                     .published = day_of("2016-05-10"),
                     .confidence = 0.9};

    const size_t count = cut(text, ' ', field, FIELDS_MAX);
    for (size_t i = 0; i < count; i++) {
        char *value = strchr(field[i], '=');
        if (field[i][0] == 0)
            continue;
        if (value == NULL)
            refuse(words, field[i]);
        *value++ = 0;
        if (!field_of_itself(memory, s, field[i], value) && !field_of_time(s, field[i], value) && !field_of_review(s, field[i], value) &&
            !field_in_list(memory, s, &lists, words, field[i], value))
            refuse(words, field[i]);
    }
    if (s->article == NULL)
        s->article = article_id_of(memory, s->id);
    if (s->chain == NULL)
        s->chain = s->article;
    s->actors = list_copy(memory, lists.actors, s->actor_count * sizeof *lists.actors);
    s->targets = list_copy(memory, lists.targets, s->target_count * sizeof *lists.targets);
    s->speakers = list_copy(memory, lists.speakers, s->speaker_count * sizeof *lists.speakers);
    s->places = list_copy(memory, lists.places, s->place_count * sizeof *lists.places);
    s->figures = list_copy(memory, lists.figures, s->figure_count * sizeof *lists.figures);
    return s;
}
