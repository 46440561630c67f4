/* Reading tables of places. A table says itself what it is: by the names in its header line, or, for GeoNames, by its 19 columns without one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "gazetteer/file.h"

enum { COLUMNS_MAX = 64, GEONAMES_COLUMNS = 19 };

/* The columns that are read; others may stand in a table and are passed over. */
typedef enum {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_ALTERNATIVES,
    COLUMN_NAME_EN,
    COLUMN_FCLASS,
    COLUMN_KIND,
    COLUMN_COUNTRY,
    COLUMN_ADMIN1,
    COLUMN_ADMIN2,
    COLUMN_LAT,
    COLUMN_LON,
    COLUMN_POPULATION,
    COLUMN_PROMINENCE,
    COLUMN_CUE,
    COLUMN_CORPUS,
    COLUMN_SOURCE,
    COLUMN_ISO2,
    COLUMN_CAPITAL,
    COLUMN_CAPITAL_EN,
    COLUMN_CAPITAL_LAT,
    COLUMN_CAPITAL_LON,
    COLUMN_COUNT
} column;

static const char *const column_names[COLUMN_COUNT] = {
    [COLUMN_ID] = "id",
    [COLUMN_NAME] = "name_ar",
    [COLUMN_ALTERNATIVES] = "alt_names_ar",
    [COLUMN_NAME_EN] = "name_en",
    [COLUMN_FCLASS] = "fclass",
    [COLUMN_KIND] = "kind",
    [COLUMN_COUNTRY] = "country",
    [COLUMN_ADMIN1] = "admin1_ar",
    [COLUMN_ADMIN2] = "admin2_ar",
    [COLUMN_LAT] = "lat",
    [COLUMN_LON] = "lon",
    [COLUMN_POPULATION] = "population",
    [COLUMN_PROMINENCE] = "prominence",
    [COLUMN_CUE] = "cue",
    [COLUMN_CORPUS] = "corpus_df",
    [COLUMN_SOURCE] = "source",
    [COLUMN_ISO2] = "iso2",
    [COLUMN_CAPITAL] = "capital_ar",
    [COLUMN_CAPITAL_EN] = "capital_en",
    [COLUMN_CAPITAL_LAT] = "capital_lat",
    [COLUMN_CAPITAL_LON] = "capital_lon",
};

typedef struct {
    const char *path;
    size_t line;
    size_t column_count;     /* of the header */
    size_t at[COLUMN_COUNT]; /* where each column stands, or MARSAD_NOWHERE */
    view cells[COLUMNS_MAX];
    size_t cell_count;
    gazetteer_take *take;
    void *context;
    marsad_error *err;
} table;

static marsad_status bad_row(const table *t, const char *reason)
{
    return fail(t->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read row in '%s:%zu': %s", t->path, t->line, reason);
}

static void split(table *t, view line)
{
    t->cell_count = 0;
    for (;;) {
        const char *tab = line.len > 0 ? memchr(line.ptr, '\t', line.len) : NULL;
        size_t len = tab != NULL ? (size_t)(tab - line.ptr) : line.len;
        if (t->cell_count < COLUMNS_MAX)
            t->cells[t->cell_count] = (view){line.ptr, len};
        t->cell_count++;
        if (tab == NULL)
            return;
        line = (view){tab + 1, line.len - len - 1};
    }
}

static view cell(const table *t, column which)
{
    return t->at[which] == MARSAD_NOWHERE ? (view){"", 0} : t->cells[t->at[which]];
}

static bool has(const table *t, column which)
{
    return t->at[which] != MARSAD_NOWHERE;
}

/* Digits with at most one point, a sign before: the same in every locale. */
static bool read_degrees(double *out, view text, double limit)
{
    double value = 0, unit = 1;
    bool negative = false, after_point = false, any = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (i == 0 && (c == '-' || c == '+')) {
            negative = c == '-';
        } else if (c == '.' && !after_point) {
            after_point = true;
        } else if (c >= '0' && c <= '9' && i < 24) {
            value = value * 10 + (c - '0');
            unit = after_point ? unit * 10 : unit;
            any = true;
        } else {
            return false;
        }
    }
    value = negative ? -value / unit : value / unit;
    if (!any || value < -limit || value > limit)
        return false;
    *out = value;
    return true;
}

/* An empty cell is 0. */
static bool read_count(uint32_t *out, view text)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
        if (value > UINT32_MAX)
            return false;
    }
    *out = (uint32_t)value;
    return true;
}

static uint8_t most_of(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

static uint8_t within_class(uint8_t prominence, place_feature feature)
{
    prominence = most_of(prominence, gazetteer_prominence_least(feature));
    uint8_t most = gazetteer_prominence_most(feature);
    return prominence < most ? prominence : most;
}

static marsad_status read_point(const table *t, column lat, column lon, gazetteer_row *row)
{
    if (!read_degrees(&row->lat, cell(t, lat), 90))
        return bad_row(t, "column 'lat' is no latitude");
    if (!read_degrees(&row->lon, cell(t, lon), 180))
        return bad_row(t, "column 'lon' is no longitude");
    return MARSAD_OK;
}

static view file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return view_of(slash != NULL ? slash + 1 : path);
}

/* Hand-made rows have no number: their country and English name identify them, "SY-Eastern-Ghouta". */
static view made_id(char *buffer, size_t room, view country, view name)
{
    int len = snprintf(buffer, room, "%.*s-%.*s", (int)country.len, country.ptr, (int)(name.len < 100 ? name.len : 100), name.ptr);
    for (int i = 0; i < len && (size_t)i < room; i++)
        if (buffer[i] == ' ')
            buffer[i] = '-';
    return view_of(buffer);
}

/* One row of the table of countries: the country, and its capital where it has an Arabic name and a point. */
static marsad_status take_country(const table *t)
{
    gazetteer_row country = {
        .id = cell(t, COLUMN_ISO2),
        .name = cell(t, COLUMN_NAME),
        .alternatives = cell(t, COLUMN_ALTERNATIVES),
        .separator = '|',
        .name_en = cell(t, COLUMN_NAME_EN),
        .country = cell(t, COLUMN_ISO2),
        .source = file_name(t->path),
        .feature = FEATURE_COUNTRY,
        .prominence = within_class(0, FEATURE_COUNTRY),
    };
    if (country.id.len != 2)
        return bad_row(t, "column 'iso2' is no country code");
    marsad_status status = read_point(t, COLUMN_LAT, COLUMN_LON, &country);
    if (status == MARSAD_OK)
        status = t->take(t->context, &country, t->err);
    if (status != MARSAD_OK || cell(t, COLUMN_CAPITAL).len == 0 || cell(t, COLUMN_CAPITAL_LAT).len == 0)
        return status;

    char id[128];
    gazetteer_row capital = {
        .id = made_id(id, sizeof id, country.id, cell(t, COLUMN_CAPITAL_EN)),
        .name = cell(t, COLUMN_CAPITAL),
        .separator = '|',
        .name_en = cell(t, COLUMN_CAPITAL_EN),
        .country = country.id,
        .source = country.source,
        .feature = FEATURE_CAPITAL,
        .prominence = within_class(0, FEATURE_CAPITAL),
    };
    status = read_point(t, COLUMN_CAPITAL_LAT, COLUMN_CAPITAL_LON, &capital);
    return status == MARSAD_OK ? t->take(t->context, &capital, t->err) : status;
}

/* A name that much news holds and few languages know is a word or a person first: علي, كل, أحد. */
static bool is_word_first(uint32_t articles, uint32_t languages, place_feature feature)
{
    const bool is_great = feature == FEATURE_COUNTRY || feature == FEATURE_ADM1 || feature == FEATURE_CAPITAL || feature == FEATURE_SEAT1;
    if (is_great && (languages >= 20 || feature == FEATURE_ADM1))
        return false;
    return (articles >= 10 && languages < 10) || (articles >= 100 && languages < 50);
}

static marsad_status take_place(const table *t)
{
    char id[128];
    gazetteer_row row = {
        .id = cell(t, COLUMN_ID),
        .name = cell(t, COLUMN_NAME),
        .alternatives = cell(t, COLUMN_ALTERNATIVES),
        .separator = '|',
        .name_en = cell(t, COLUMN_NAME_EN),
        .country = cell(t, COLUMN_COUNTRY),
        .admin1 = cell(t, COLUMN_ADMIN1),
        .admin2 = cell(t, COLUMN_ADMIN2),
        .source = cell(t, COLUMN_SOURCE),
        .feature = gazetteer_feature(cell(t, has(t, COLUMN_FCLASS) ? COLUMN_FCLASS : COLUMN_KIND)),
        .is_curated = has(t, COLUMN_CUE),
    };
    if (row.name.len == 0)
        return bad_row(t, "empty column 'name_ar'");
    if (!has(t, COLUMN_COUNTRY) && row.id.len > 2)
        row.country = (view){row.id.ptr, 2};
    if (row.country.len != 0 && row.country.len != 2)
        return bad_row(t, "column 'country' is no country code");
    if (row.id.len == 0)
        row.id = made_id(id, sizeof id, row.country, row.name_en.len > 0 ? row.name_en : row.name);
    if (!has(t, COLUMN_SOURCE))
        row.source = file_name(t->path);

    marsad_status status = read_point(t, COLUMN_LAT, COLUMN_LON, &row);
    if (status != MARSAD_OK)
        return status;
    uint32_t prominence, articles, cue;
    if (!read_count(&row.population, cell(t, COLUMN_POPULATION)))
        return bad_row(t, "column 'population' is no number");
    if (!read_count(&prominence, cell(t, COLUMN_PROMINENCE)))
        return bad_row(t, "column 'prominence' is no number");
    if (!read_count(&articles, cell(t, COLUMN_CORPUS)))
        return bad_row(t, "column 'corpus_df' is no number");
    if (!read_count(&cue, cell(t, COLUMN_CUE)) || cue > 1)
        return bad_row(t, "column 'cue' is neither 0 nor 1");

    if (row.is_curated) {
        if (prominence > GAZETTEER_PROMINENCE_LIMIT)
            return bad_row(t, "column 'prominence' is above 100");
        row.prominence = (uint8_t)prominence;
        row.cue = cue == 1;
    } else if (has(t, COLUMN_CORPUS)) {
        uint8_t weight = most_of(gazetteer_prominence_of_languages(prominence), gazetteer_prominence_of_people(row.population));
        row.prominence = within_class(weight, row.feature);
        row.cue = is_word_first(articles, prominence, row.feature);
    } else {
        const uint8_t by_hand = 45; /* somebody thought it worth a row */
        row.prominence = within_class(by_hand, row.feature);
    }
    return t->take(t->context, &row, t->err);
}

/* --- GeoNames --------------------------------------------------------------------------------------------------------- */

enum { GEO_ID = 0, GEO_NAME = 1, GEO_ALTERNATES = 3, GEO_LAT = 4, GEO_LON = 5, GEO_CLASS = 6, GEO_CODE = 7, GEO_COUNTRY = 8, GEO_POPULATION = 14 };

/* How Arabic a name looks: 2 Arabic letters only, 1 with letters that Persian shares with careless Arabic, 0 another script or language. */
static int arabic_of(view name)
{
    static const uint32_t persian[] = {0x067E, 0x0686, 0x0698, 0x06A9, 0x06AF, 0x06CC, 0x06A4};
    int best = name.len > 0 ? 2 : 0;
    bool any = false;
    for (size_t at = 0, step = 0; at < name.len; at += step) {
        uint32_t c = utf8_at(name, at, &step);
        if ((c >= 0x0621 && c <= 0x0652) || (c >= 0xFB50 && c <= 0xFEFC)) {
            any = true;
        } else if (c == ' ' || c == '-' || c == '\'' || c == '.' || c == 0x200C || c == 0x200F || c == 0x200E || (c >= '0' && c <= '9')) {
            continue;
        } else {
            bool shared = false;
            for (size_t i = 0; i < sizeof persian / sizeof *persian; i++)
                shared = shared || c == persian[i];
            if (!shared)
                return 0;
            best = 1;
        }
    }
    return any ? best : 0;
}

/* The most Arabic of the comma-separated names, the first of equals; empty if none is. */
static view arabic_name(view names)
{
    view best = {"", 0};
    int best_rank = 0;
    for (size_t start = 0; start <= names.len;) {
        const char *comma = start < names.len ? memchr(names.ptr + start, ',', names.len - start) : NULL;
        size_t end = comma != NULL ? (size_t)(comma - names.ptr) : names.len;
        view name = {names.ptr + start, end - start};
        int rank = arabic_of(name);
        if (rank > best_rank) {
            best = name;
            best_rank = rank;
        }
        start = end + 1;
    }
    return best;
}

static marsad_status take_geonames(const table *t)
{
    if (t->cell_count != GEONAMES_COLUMNS)
        return bad_row(t, "a row of GeoNames has 19 columns");

    char id[32];
    view code = t->cells[GEO_CODE], number = t->cells[GEO_ID], country = t->cells[GEO_COUNTRY];
    snprintf(id, sizeof id, "gn:%.*s", (int)(number.len < 20 ? number.len : 20), number.ptr);
    gazetteer_row row = {
        .id = view_of(id),
        .name = arabic_name(t->cells[GEO_ALTERNATES]),
        .alternatives = t->cells[GEO_ALTERNATES],
        .separator = ',',
        .name_en = t->cells[GEO_NAME],
        .country = country.len == 2 ? country : (view){"", 0},
        .source = view_of("GeoNames"),
        .feature = gazetteer_feature(code),
    };
    if (!read_degrees(&row.lat, t->cells[GEO_LAT], 90) || !read_degrees(&row.lon, t->cells[GEO_LON], 180))
        return bad_row(t, "columns 5 and 6 are no latitude and longitude");
    if (!read_count(&row.population, t->cells[GEO_POPULATION]))
        row.population = UINT32_MAX; /* continents and the world */
    if (row.name.len == 0)
        return MARSAD_OK; /* no name in Arabic script: nothing that a report could call it */

    char class = t->cells[GEO_CLASS].len > 0 ? t->cells[GEO_CLASS].ptr[0] : ' ';
    if (row.feature == FEATURE_OTHER)
        row.feature = gazetteer_feature_of_class(class);
    row.prominence = within_class(gazetteer_prominence_of_people(row.population), row.feature);
    return t->take(t->context, &row, t->err);
}

static bool is_geonames(const table *t)
{
    uint32_t id;
    double degrees;
    return t->cell_count == GEONAMES_COLUMNS && t->cells[GEO_ID].len > 0 && read_count(&id, t->cells[GEO_ID]) &&
           read_degrees(&degrees, t->cells[GEO_LAT], 90) && read_degrees(&degrees, t->cells[GEO_LON], 180);
}

/* --- the file --------------------------------------------------------------------------------------------------------- */

static marsad_status read_header(table *t)
{
    if (t->cell_count > COLUMNS_MAX)
        return bad_row(t, "more than 64 columns");
    t->column_count = t->cell_count;
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        t->at[c] = MARSAD_NOWHERE;
        for (size_t i = 0; i < t->cell_count; i++)
            if (view_equal(t->cells[i], view_of(column_names[c])))
                t->at[c] = i;
    }
    static const column needed[] = {COLUMN_NAME, COLUMN_LAT, COLUMN_LON};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!has(t, needed[i]))
            return fail(t->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE,
                        "cannot read table '%s': its first line names no column '%s', and it is no dump of GeoNames", t->path,
                        column_names[needed[i]]);
    if (has(t, COLUMN_ISO2))
        return MARSAD_OK;
    if (!has(t, COLUMN_FCLASS) && !has(t, COLUMN_KIND))
        return fail(t->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read table '%s': its first line names no column 'fclass' or 'kind'", t->path);
    if (!has(t, COLUMN_COUNTRY) && !has(t, COLUMN_ID))
        return fail(t->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read table '%s': its first line names no column 'country' or 'id'", t->path);
    return MARSAD_OK;
}

static marsad_status take_row(table *t)
{
    if (t->cell_count != t->column_count) {
        char reason[80];
        snprintf(reason, sizeof reason, "%zu columns, the first line has %zu", t->cell_count, t->column_count);
        return bad_row(t, reason);
    }
    return has(t, COLUMN_ISO2) ? take_country(t) : take_place(t);
}

static marsad_status read_lines(table *t, FILE *file, char **buffer, size_t *room)
{
    enum { UNKNOWN, HEADED, GEONAMES } form = UNKNOWN;
    ssize_t got;

    errno = 0;
    while ((got = getline(buffer, room, file)) >= 0) {
        view line = {*buffer, (size_t)got};
        t->line++;
        while (line.len > 0 && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
            line.len--;
        if (t->line == 1 && view_starts(line, view_of("\xEF\xBB\xBF")))
            line = (view){line.ptr + 3, line.len - 3};
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (memchr(line.ptr, 0, line.len) != NULL || utf8_invalid(line) != MARSAD_NOWHERE)
            return bad_row(t, "not UTF-8 text");

        split(t, line);
        marsad_status status = MARSAD_OK;
        if (form == UNKNOWN) {
            form = is_geonames(t) ? GEONAMES : HEADED;
            if (form == HEADED) {
                status = read_header(t);
                if (status != MARSAD_OK)
                    return status;
                continue;
            }
        }
        status = form == GEONAMES ? take_geonames(t) : take_row(t);
        if (status != MARSAD_OK)
            return status;
    }
    if (!feof(file))
        return fail(t->err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot read '%s': %s", t->path, strerror(errno));
    if (form == UNKNOWN)
        return fail(t->err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "cannot read table '%s': it is empty", t->path);
    return MARSAD_OK;
}

marsad_status gazetteer_table_read(const char *path, gazetteer_take *take, void *context, marsad_error *err)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot open '%s': %s", path, strerror(errno));

    table t = {.path = path, .take = take, .context = context, .err = err};
    char *buffer = NULL;
    size_t room = 0;
    marsad_status status = read_lines(&t, file, &buffer, &room);
    free(buffer);
    fclose(file);
    return status;
}
