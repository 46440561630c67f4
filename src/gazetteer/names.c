/* Names of places as words, and the tables of classes and weights. */
#include "gazetteer/file.h"

/* --- words of a name -------------------------------------------------------------------------------------------------- */

static bool is_arabic_letter(uint32_t c)
{
    return (c >= 0x0620 && c <= 0x064A && c != 0x0640) || (c >= 0x066E && c <= 0x06D3) || c == 0x06D5 || (c >= 0x06EE && c <= 0x06FC) ||
           (c >= 0x0750 && c <= 0x077F);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_other_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x0600);
}

static view without_article(view word)
{
    static const char article[] = "ال", god[] = "الله";
    const size_t two_letters = 4;
    if (view_starts(word, view_of(article)) && word.len >= strlen(article) + two_letters && !view_equal(word, view_of(god)))
        return (view){word.ptr + strlen(article), word.len - strlen(article)};
    return word;
}

void gazetteer_name_read(gazetteer_name *out, view folded)
{
    *out = (gazetteer_name){.count = 0};
    size_t at = 0, step = 0;
    while (at < folded.len) {
        uint32_t c = utf8_at(folded, at, &step);
        if (c == '(' || c == '[' || c == ',' || c == 0x060C) {
            break;
        }
        if (is_other_letter(c)) {
            out->count = 0;
            return;
        }
        if (!is_arabic_letter(c) && !is_digit(c)) {
            at += step;
            continue;
        }
        size_t start = at;
        const bool number = is_digit(c);
        do {
            at += step;
            c = at < folded.len ? utf8_at(folded, at, &step) : 0;
        } while (number ? is_digit(c) : is_arabic_letter(c));

        if (out->count == GAZETTEER_NAME_WORDS) {
            out->count = 0;
            return;
        }
        view word = {folded.ptr + start, at - start}, bare = without_article(word);
        if (out->count == 0)
            out->first_had_article = bare.len != word.len;
        out->words[out->count++] = bare;
    }
}

static bool is_listed(view word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (view_equal(word, view_of(list[i])))
            return true;
    return false;
}
#define IS_LISTED(word, list) is_listed((word), (list), sizeof(list) / sizeof *(list))

static const char *const type_words[] = {"محافظة", "مدينة", "ناحية", "قضاء", "منطقة", "مديرية", "ولاية"};

/* Names of parts of a country by direction or rank, bare. Alone they are words, not names. */
static const char *const directions[] = {"شمال", "جنوب",  "شرق",    "غرب",   "وسط",   "شمالية", "جنوبية", "شرقية", "غربية",
                                         "وسطي", "وسطية", "مركزية", "شمالي", "جنوبي", "شرقي",   "غربي",   "مركز",  "عاصمة"};

/*
 * Bare names of places that news uses far more often as a word, or as a person's name, than for the place: seen by counting which names
 * of places 8,000 articles hold, and reading the list. The shared tables count words for their main names only, and with the article.
 */
static const char *const common_words[] = {
    /* grammar words, verbs, numbers */
    "عند", "عبر", "بل", "بلا", "كيف", "حيث", "قبل", "خمس", "خميس", "اصبح", "ذكر", "تلو", "هوي", "كوم", "دان", "سال", "يبعث", "ادري", "اني", "حكما",
    "تبين",
    /* people and offices */
    "علي", "محمد", "حسن", "حسين", "صالح", "خالد", "ابراهيم", "طارق", "بدر", "قاسم", "عمران", "صوفيا", "فيكتوريا", "ستانلي", "هاملتون", "كاميرون",
    "جورجتاون", "كينغستون", "امير", "مساعد", "شيوخ", "زعيم", "مديرا", "مشرف", "اب", "ابي", "معين", "روس", "يهود", "ارمن",
    /* bodies, things, actions */
    "حكومة", "لواء", "وحدة", "مملكة", "جمهورية", "حي", "قطاع", "ضفة", "قرية", "بلدة", "بلد", "بلاد", "وطن", "ميناء", "مطار", "سوق", "محطة", "حدود",
    "جزيرة", "ساحل", "سهل", "باب", "تل", "جبل", "وادي", "قلعة", "سجن", "عين", "عيون", "قارة", "ثورة", "خبر", "حرية", "نصر", "سلام", "تحرير", "عودة",
    "هجرة", "تقسيم", "صناعة", "اشهر", "اهداف", "كاس", "رصد", "خلق", "شعوب", "تبني", "قنوات", "مشهد", "انماء", "بورصة", "كوكب", "حجر", "حجة", "مفتاح",
    "طبقة", "هول", "طور", "امد", "جيب", "متن", "عمد", "زينة", "حبلة", "خناق", "حافة", "كرامة", "زهرة", "عمارة", "كسوة", "ظهيرة", "رابعة", "مشورة",
    "ازال", "نجد", "سكري", "زمالك",
    /* adjectives */
    "جديدة", "مالي", "مدني", "متوسط", "حربية", "هندية", "صينية", "رومانية", "تركية", "سلمية", "بسيط", "بيضاء", "سوداء", "سود", "سودة", "ازرق",
    "نادرة", "عريقة", "قائم", "قصير", "اقصي", "صباحية", "سليمة", "خالص", "عفيف", "صافية", "ديلي", "وجدة", "نيس", "مني", "ربوع", "صبيحة", "كرمة"};

bool gazetteer_name_strip(gazetteer_name *name)
{
    if (name->count < 2 || name->first_had_article || !IS_LISTED(name->words[0], type_words))
        return false;
    if (name->count == 2 && IS_LISTED(name->words[1], directions))
        return false;
    memmove(name->words, name->words + 1, (name->count - 1) * sizeof name->words[0]);
    name->count--;
    return true;
}

/* First parts of village names that reports write joined to the second part or apart from it. */
static const char *const joined_parts[] = {"كفر", "معر", "تل", "دير", "ابو", "عبد"};
/* ... and that are told apart in the joined form: a word hardly begins with them by chance. */
static const char *const parted_parts[] = {"كفر", "معر"};

static bool join_first_two(gazetteer_name *out, char *letters, const gazetteer_name *name)
{
    if (name->count < 2 || !IS_LISTED(name->words[0], joined_parts))
        return false;
    const view first = name->words[0], second = name->words[1];
    if (second.ptr != first.ptr + first.len + 1 || first.len + second.len > GAZETTEER_NAME_BYTES)
        return false; /* كفر الزيات: nobody joins an article */
    *out = *name;
    memcpy(letters, first.ptr, first.len);
    memcpy(letters + first.len, second.ptr, second.len);
    out->words[0] = (view){letters, first.len + second.len};
    memmove(out->words + 1, out->words + 2, (name->count - 2) * sizeof *out->words);
    out->count--;
    return true;
}

static bool part_first(gazetteer_name *out, const gazetteer_name *name)
{
    const size_t three_letters = 6;
    if (name->count == 0 || name->count == GAZETTEER_NAME_WORDS)
        return false;
    const view word = name->words[0];
    for (size_t i = 0; i < sizeof parted_parts / sizeof *parted_parts; i++) {
        view part = view_of(parted_parts[i]);
        if (!view_starts(word, part) || word.len < part.len + three_letters)
            continue;
        *out = *name;
        memmove(out->words + 2, out->words + 1, (name->count - 1) * sizeof *out->words);
        out->words[0] = (view){word.ptr, part.len};
        out->words[1] = (view){word.ptr + part.len, word.len - part.len};
        out->count++;
        return true;
    }
    return false;
}

bool gazetteer_name_respell(gazetteer_name *out, char *letters, const gazetteer_name *name)
{
    return join_first_two(out, letters, name) || part_first(out, name);
}

bool gazetteer_name_is_common(const gazetteer_name *name)
{
    return name->count == 1 &&
           (IS_LISTED(name->words[0], directions) || IS_LISTED(name->words[0], common_words) || IS_LISTED(name->words[0], type_words));
}

/* --- classes ---------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint8_t least, most; /* prominence */
} features[] = {
    [FEATURE_OTHER] = {"other", 0, 30},      [FEATURE_COUNTRY] = {"country", 100, 100}, [FEATURE_ADM1] = {"adm1", 85, 100},
    [FEATURE_ADM2] = {"adm2", 42, 90},       [FEATURE_ADM3] = {"adm3", 30, 80},         [FEATURE_CAPITAL] = {"capital", 95, 100},
    [FEATURE_SEAT1] = {"seat1", 70, 100},    [FEATURE_SEAT2] = {"seat2", 40, 100},      [FEATURE_TOWN] = {"town", 10, 100},
    [FEATURE_QUARTER] = {"quarter", 8, 100}, [FEATURE_LOCALITY] = {"locality", 0, 8},   [FEATURE_FACILITY] = {"facility", 5, 60},
    [FEATURE_AREA] = {"area", 10, 100},      [FEATURE_HEIGHT] = {"height", 5, 60},      [FEATURE_WATER] = {"water", 5, 60},
    [FEATURE_CAMP] = {"camp", 20, 100},      [FEATURE_ROAD] = {"road", 5, 60},
};

/* GeoNames: geonames.org/export/codes.html; lower case: the kinds of REGIONS_hand.tsv and TOWNS_hand_ar.tsv. */
static const struct {
    const char *code;
    place_feature feature;
} codes[] = {
    {"PCLI", FEATURE_COUNTRY},  {"PCL", FEATURE_COUNTRY},       {"PCLD", FEATURE_COUNTRY},     {"PCLF", FEATURE_COUNTRY},
    {"PCLS", FEATURE_COUNTRY},  {"TERR", FEATURE_COUNTRY},      {"ADM1", FEATURE_ADM1},        {"ADM2", FEATURE_ADM2},
    {"ADM3", FEATURE_ADM3},     {"ADM4", FEATURE_ADM3},         {"PPLC", FEATURE_CAPITAL},     {"PPLA", FEATURE_SEAT1},
    {"PPLG", FEATURE_SEAT1},    {"PPLA2", FEATURE_SEAT2},       {"PPLA3", FEATURE_TOWN},       {"PPLA4", FEATURE_TOWN},
    {"PPLA5", FEATURE_TOWN},    {"PPL", FEATURE_TOWN},          {"PPLS", FEATURE_TOWN},        {"STLMT", FEATURE_TOWN},
    {"PPLX", FEATURE_QUARTER},  {"PPLL", FEATURE_LOCALITY},     {"PPLF", FEATURE_LOCALITY},    {"PPLQ", FEATURE_LOCALITY},
    {"PPLW", FEATURE_LOCALITY}, {"PPLH", FEATURE_LOCALITY},     {"PPLCH", FEATURE_TOWN},       {"FRM", FEATURE_LOCALITY},
    {"FRMS", FEATURE_LOCALITY}, {"FRMT", FEATURE_LOCALITY},     {"CMPRF", FEATURE_CAMP},       {"CMP", FEATURE_CAMP},
    {"CMPS", FEATURE_FACILITY}, {"MILB", FEATURE_FACILITY},     {"AIRB", FEATURE_FACILITY},    {"AIRP", FEATURE_FACILITY},
    {"AIRF", FEATURE_FACILITY}, {"HSP", FEATURE_FACILITY},      {"DAM", FEATURE_FACILITY},     {"PRT", FEATURE_FACILITY},
    {"CSTM", FEATURE_FACILITY}, {"PS", FEATURE_FACILITY},       {"OILF", FEATURE_FACILITY},    {"OILR", FEATURE_FACILITY},
    {"BDG", FEATURE_ROAD},      {"RD", FEATURE_ROAD},           {"RDJCT", FEATURE_ROAD},       {"ST", FEATURE_ROAD},
    {"HLL", FEATURE_HEIGHT},    {"HLLS", FEATURE_HEIGHT},       {"MT", FEATURE_HEIGHT},        {"MTS", FEATURE_HEIGHT},
    {"PK", FEATURE_HEIGHT},     {"RDGE", FEATURE_HEIGHT},       {"PASS", FEATURE_HEIGHT},      {"ISL", FEATURE_AREA},
    {"ISLS", FEATURE_AREA},     {"RGN", FEATURE_AREA},          {"AREA", FEATURE_AREA},        {"VAL", FEATURE_AREA},
    {"PLN", FEATURE_AREA},      {"DSRT", FEATURE_AREA},         {"OAS", FEATURE_AREA},         {"STM", FEATURE_WATER},
    {"LK", FEATURE_WATER},      {"WAD", FEATURE_AREA},          {"STRT", FEATURE_WATER},       {"SEA", FEATURE_WATER},
    {"GULF", FEATURE_WATER},    {"BAY", FEATURE_WATER},         {"area", FEATURE_AREA},        {"plain", FEATURE_AREA},
    {"valley", FEATURE_AREA},   {"desert", FEATURE_AREA},       {"mountains", FEATURE_HEIGHT}, {"mountain", FEATURE_HEIGHT},
    {"dam", FEATURE_FACILITY},  {"crossing", FEATURE_FACILITY}, {"base", FEATURE_FACILITY},    {"airbase", FEATURE_FACILITY},
    {"strait", FEATURE_WATER},  {"town", FEATURE_TOWN},
};

place_feature gazetteer_feature(view code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (view_equal(code, view_of(codes[i].code)))
            return codes[i].feature;
    return FEATURE_OTHER;
}

place_feature gazetteer_feature_of_class(char letter)
{
    switch (letter) {
    case 'P':
        return FEATURE_TOWN;
    case 'H':
        return FEATURE_WATER;
    case 'L':
        return FEATURE_AREA;
    case 'R':
        return FEATURE_ROAD;
    case 'S':
        return FEATURE_FACILITY;
    case 'T':
        return FEATURE_HEIGHT;
    default:
        return FEATURE_OTHER;
    }
}

place_feature gazetteer_feature_named(view name)
{
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (view_equal(name, view_of(features[i].name)))
            return (place_feature)i;
    return FEATURE_OTHER;
}

const char *gazetteer_feature_name(place_feature feature)
{
    return features[feature].name;
}

/* --- prominence ------------------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t count, prominence;
} weight;

/* Straight lines between the rows, which rise about as the logarithm. */
static uint8_t weigh(uint32_t count, const weight *rows, size_t row_count)
{
    for (size_t i = 1; i < row_count; i++)
        if (count < rows[i].count) {
            uint64_t above = count - rows[i - 1].count, width = rows[i].count - rows[i - 1].count;
            return (uint8_t)(rows[i - 1].prominence + above * (rows[i].prominence - rows[i - 1].prominence) / width);
        }
    return (uint8_t)rows[row_count - 1].prominence;
}

uint8_t gazetteer_prominence_of_languages(uint32_t languages)
{
    static const weight rows[] = {{0, 0},   {1, 10},  {2, 15},  {3, 20},  {5, 28},   {8, 36},   {13, 45},
                                  {20, 53}, {30, 59}, {50, 68}, {80, 76}, {120, 83}, {200, 92}, {320, 100}};
    return weigh(languages, rows, sizeof rows / sizeof *rows);
}

uint8_t gazetteer_prominence_of_people(uint32_t people)
{
    static const weight rows[] = {{0, 0}, {100, 5}, {1000, 20}, {10000, 38}, {50000, 50}, {200000, 62}, {1000000, 78}, {10000000, 95}};
    return weigh(people, rows, sizeof rows / sizeof *rows);
}

uint8_t gazetteer_prominence_least(place_feature feature)
{
    return features[feature].least;
}

uint8_t gazetteer_prominence_most(place_feature feature)
{
    return features[feature].most;
}
