#include "store.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/body.h"
#include "archive/words.h"
#include "incident/incident.h"

enum { PLACES_MAX = 8000, WORDS = 30000, WORD_BYTES = 24, OUTLETS = 40, RECORDS_MAX = 16, FIRST_DAY = 15706 /* 2013-01-01 */, DAYS = 6 * 365 };

typedef struct {
    char id[24], name[96], name_en[96], country[4], admin1[96];
    double lat, lon;
} made_place;

struct generator {
    uint64_t seed;
    const rule_set *rules;
    made_place *places; /* the most told of first */
    size_t place_count;
    char (*words)[WORD_BYTES];
    buffer text, title, keys, evidence, body, before; /* before: the text that a copy is made of */
    int32_t day_before;
    uint64_t number, articles; /* of the article at work; about how many there will be */
    arena memory;
    stored_place stored[RECORDS_MAX];
    stored_record records[RECORDS_MAX];
};

static unsigned roll(generator *g, unsigned sides) /* splitmix64 */
{
    g->seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = g->seed;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % sides);
}

/* 0 .. sides - 1; the n-th about as often as 1/n. */
static unsigned roll_zipf(generator *g, unsigned sides)
{
    return (unsigned)(pow((double)sides, (double)roll(g, 1U << 24) / (1U << 24)) - 1);
}

/* --- places and words ---------------------------------------------------------------------------------------------------------- */

typedef struct {
    made_place place;
    long prominence;
} table_row;

static int by_prominence(const void *a, const void *b)
{
    const table_row *x = a, *y = b;
    const int order = (x->prominence < y->prominence) - (x->prominence > y->prominence);
    return order != 0 ? order : strcmp(x->place.id, y->place.id);
}

static void copy(char *out, size_t room, const char *text)
{
    const size_t length = strnlen(text, room - 1);
    memcpy(out, text, length);
    out[length] = 0;
}

/* id name_ar alt_names_ar name_en fclass country admin1_ar admin2_ar lat lon population prominence ... */
static bool row_read(table_row *out, char *line)
{
    char *column[12], *at = line;
    for (int c = 0; c < 12; c++) {
        column[c] = at;
        at = strchr(at, '\t');
        if (at == NULL)
            return false;
        *at++ = 0;
    }
    made_place *p = &out->place;
    copy(p->id, sizeof p->id, column[0]);
    copy(p->name, sizeof p->name, column[1]);
    copy(p->name_en, sizeof p->name_en, column[3]);
    copy(p->country, sizeof p->country, column[5]);
    copy(p->admin1, sizeof p->admin1, column[6]);
    p->lat = strtod(column[8], NULL);
    p->lon = strtod(column[9], NULL);
    out->prominence = strtol(column[11], NULL, 10);
    return p->lat != 0 && p->name_en[0] != 0;
}

static void read_places(generator *g, char *const *tables, size_t count)
{
    table_row *rows = calloc(PLACES_MAX, sizeof *rows);
    char line[4096];
    if (rows == NULL) {
        stop("places", "out of memory");
        return;
    }
    for (size_t t = 0; t < count; t++) {
        FILE *file = fopen(tables[t], "r");
        if (file == NULL)
            stop(tables[t], "cannot be opened");
        while (g->place_count < PLACES_MAX && fgets(line, sizeof line, file) != NULL)
            g->place_count += row_read(&rows[g->place_count], line);
        fclose(file);
    }
    g->places = calloc(g->place_count + 1, sizeof *g->places);
    if (g->places == NULL || g->place_count == 0)
        stop("places", "none");
    qsort(rows, g->place_count, sizeof *rows, by_prominence);
    for (size_t i = 0; i < g->place_count; i++)
        g->places[i] = rows[i].place;
    free(rows);
}

/* Words of three to seven letters. */
static void make_words(generator *g)
{
    static const char *const letters[] = {"ا", "ل", "ي", "م", "و", "ن", "ر", "ت", "ب", "د", "ع",
                                          "س", "ق", "ف", "ح", "ك", "ه", "ج", "ش", "ص", "ط", "خ"};
    for (size_t w = 0; w < WORDS; w++) {
        char *at = g->words[w];
        for (unsigned i = 3 + roll(g, 5); i > 0; i--)
            at += snprintf(at, 4, "%s", letters[roll_zipf(g, sizeof letters / sizeof *letters)]);
    }
}

generator *generator_new(char *const *tables, size_t count, const rule_set *rules, int64_t records)
{
    generator *g = calloc(1, sizeof *g);
    if (g == NULL) {
        stop("generator", "out of memory");
        return NULL;
    }
    g->words = calloc(WORDS, sizeof *g->words);
    if (g->words == NULL)
        stop("generator", "out of memory");
    g->rules = rules;
    g->articles = (uint64_t)records * 2 / 7 + 1;
    read_places(g, tables, count);
    make_words(g);
    return g;
}

void generator_free(generator *g)
{
    buffer *const all[] = {&g->text, &g->title, &g->keys, &g->evidence, &g->body, &g->before};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buffer_free(all[i]);
    arena_free(&g->memory);
    free(g->words);
    free(g->places);
    free(g);
}

/* --- one record ------------------------------------------------------------------------------------------------------------------ */

static const char *const kinds[] = {"attack",  "demand",  "clash",  "airstrike", "killing", "shelling",    "talks", "agreement",
                                    "bombing", "capture", "accuse", "detention", "truce",   "destruction", "hold",  "protest"};
static const char *const parties[] = {"syria.government", "russia",          "isis",    "us.coalition", "turkey",
                                      "civilians",        "iraq.government", "houthis", "kurds.ypg",    "unknown"};

static void add_parties(generator *g, const char *role, unsigned most)
{
    buffer_format(&g->body, "\"%s\":[", role);
    for (unsigned i = roll(g, most + 1); i > 0; i--) {
        const char *who = parties[roll_zipf(g, sizeof parties / sizeof *parties)];
        buffer_format(&g->body, "{\"span\":[%u,%u],\"who\":\"%s\",\"code\":\"GOV\",\"object\":null,\"words\":\"%s\"}%s", i, i + 20, who,
                      g->words[roll_zipf(g, WORDS)], i > 1 ? "," : "");
    }
    buffer_text(&g->body, "],");
}

static const stored_place *add_place(generator *g, stored_place *out)
{
    if (roll(g, 100) >= 23) {
        buffer_text(&g->body, "\"places\":[],");
        return NULL;
    }
    const made_place *p = &g->places[roll_zipf(g, (unsigned)g->place_count)];
    *out = (stored_place){.id = p->id,
                          .name = p->name,
                          .name_en = p->name_en,
                          .country = p->country,
                          .admin1 = p->admin1,
                          .admin2 = "",
                          .feature = "town",
                          .lat = p->lat,
                          .lon = p->lon};
    buffer_format(&g->body,
                  "\"places\":[{\"span\":[10,20],\"norm\":\"%s\",\"relation\":\"in\",\"id\":\"%s\",\"lat\":%.4f,\"lon\":%.4f,\"precision\":\"town\","
                  "\"others\":0,\"name_en\":\"%s\",\"country\":\"%s\",\"admin1\":\"%s\",\"admin2\":\"\",\"feature\":\"town\"}],",
                  p->name, p->id, p->lat, p->lon, p->name_en, p->country, p->admin1);
    return out;
}

static void add_figures(generator *g)
{
    static const char *const of[] = {"killed", "wounded", "strikes"};
    buffer_text(&g->body, "\"figures\":[");
    if (roll(g, 3) == 0) {
        const unsigned value = 1 + roll_zipf(g, 100);
        buffer_format(&g->body, "{\"of\":\"%s\",\"value\":%u,\"bound\":\"exact\",\"low\":%u,\"high\":%u,\"span\":[30,40],\"words\":\"%u\"}",
                      of[roll(g, 3)], value, value, value, value);
    }
    buffer_text(&g->body, "],");
}

static void add_when(generator *g, int32_t published)
{
    if (roll(g, 3) > 0) {
        buffer_text(&g->body, "\"when\":null,");
        return;
    }
    const marsad_date day = day_date(published - (int32_t)roll(g, 3));
    buffer_format(&g->body, "\"when\":{\"span\":[50,60],\"start\":\"%04d-%02d-%02d\",\"end\":\"%04d-%02d-%02d\",\"precision\":\"day\"},", day.year,
                  day.month, day.day, day.year, day.month, day.day);
}

static void make_record(generator *g, const stored_article *a, unsigned n)
{
    stored_record *r = &g->records[n];
    char reading_id[32];
    snprintf(reading_id, sizeof reading_id, "%u", n);
    record_id(r->id, a->id, reading_id);
    g->body.used = 0;
    buffer_format(&g->body, "{\"id\":\"%s\",\"kind\":\"%s\",\"trigger\":[%u,%u],\"sentence\":[0,400],\"modality\":\"%s\",\"phase\":null,", r->id + 2,
                  kinds[roll_zipf(g, sizeof kinds / sizeof *kinds)], 40 * n, 40 * n + 10, roll(g, 20) == 0 ? "denied" : "asserted");
    add_parties(g, "actors", 2);
    add_parties(g, "targets", 1);
    r->place = add_place(g, &g->stored[n]);
    add_when(g, a->published);
    add_figures(g);
    add_parties(g, "sources", 1);
    buffer_text(&g->body, "\"quoted\":false,\"plover\":\"ASSAULT\",\"mode\":\"aerial\",\"cameo\":\"195\",\"confidence\":0.9,"
                          "\"rules\":[\"frame:غارة.airstrike\",\"time:أمس\"]}");

    marsad_error err;
    incident_neighbourhood where;
    statement s = {.id = r->id, .article = a->id, .chain = a->id, .outlet = a->outlet.ptr, .url = "", .published = a->published};
    const char *body = arena_string(&g->memory, (view){g->body.bytes, g->body.used});
    r->body = (view){body, g->body.used};
    must(body_read(&s, r->body, &g->memory, &err), &err, "body");
    if (!incident_neighbourhood_of(&where, &s, g->rules, &g->memory))
        stop("neighbourhood", "out of memory");
    r->kind = s.kind;
    r->modality = s.modality;
    r->area = where.area;
    r->day = where.day;
}

/* --- one article ------------------------------------------------------------------------------------------------------------------ */

static void make_text(generator *g, bool is_copy)
{
    g->text.used = 0;
    if (is_copy) {
        buffer_add(&g->text, g->before.bytes, g->before.used - g->before.used / 8);
        while (g->text.used > 0 && g->text.bytes[g->text.used - 1] != ' ')
            g->text.used--;
        return;
    }
    for (unsigned i = 60 + roll(g, 180); i > 0; i--)
        buffer_format(&g->text, "%s ", g->words[roll_zipf(g, WORDS)]);
    if (roll(g, 3) == 0)
        buffer_text(&g->text, COMMON_WORD " ");
    if (roll(g, 5000) == 0)
        buffer_text(&g->text, RARE_WORD " ");
    g->before.used = 0;
    buffer_add(&g->before, g->text.bytes, g->text.used);
}

/* In the order of days, one of ten late by up to a month. */
static int32_t next_day(generator *g)
{
    const double part = (double)g->number / (double)g->articles;
    const int32_t day = FIRST_DAY + (int32_t)(DAYS * (part < 1 ? part : 1));
    return roll(g, 10) == 0 ? day - (int32_t)roll(g, 30) : day;
}

static view view_in(const buffer *b)
{
    return (view){b->bytes, b->used};
}

void generator_next(generator *g, stored_article *a, const stored_record **records, size_t *count)
{
    const bool is_copy = g->before.used > 0 && roll(g, 100) < 15;
    char outlet[32];
    arena_reset(&g->memory);
    make_text(g, is_copy);
    if (!is_copy)
        g->day_before = next_day(g);
    g->title.used = g->evidence.used = g->keys.used = 0;
    buffer_format(&g->title, "%s %s %llu", g->words[roll_zipf(g, WORDS)], g->words[roll_zipf(g, WORDS)], (unsigned long long)g->number++);
    buffer_format(&g->evidence, "{\"title\":\"%.*s\",\"text\":\"%.*s\"}", (int)g->title.used, g->title.bytes, (int)g->text.used, g->text.bytes);
    words_add_keys(&g->keys, view_in(&g->text));
    snprintf(outlet, sizeof outlet, "outlet-%u", roll_zipf(g, OUTLETS));

    *a = (stored_article){.outlet = {arena_string(&g->memory, view_of(outlet)), strlen(outlet)},
                          .given_id = view_of(""),
                          .url = view_of(""),
                          .title = view_in(&g->title),
                          .note = view_of(""),
                          .published = g->day_before,
                          .evidence_size = g->evidence.used,
                          .text_size = g->text.used,
                          .media = "jsonl",
                          .reader = "generator"};
    crypto_hash_sha256(a->evidence_sha256, (const unsigned char *)g->evidence.bytes, g->evidence.used);
    crypto_hash_sha256(a->text_sha256, (const unsigned char *)g->text.bytes, g->text.used);
    signature_of(&a->signature, view_in(&g->keys));
    if (!pack_bytes(view_in(&g->evidence), &a->evidence, &g->memory) || !pack_bytes(view_in(&g->text), &a->text, &g->memory))
        stop("pack", "out of memory");
    words_add_keys(&g->keys, a->title);
    a->keys = view_in(&g->keys);
    article_id(a->id, a);
    *count = 1 + roll(g, 6);
    for (size_t n = 0; n < *count; n++)
        make_record(g, a, (unsigned)n);
    *records = g->records;
}
