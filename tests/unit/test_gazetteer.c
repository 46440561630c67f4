/* The gazetteer: tables in, places found; and a compiled file with any byte changed is refused or safe. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gazetteer/file.h"
#include "refuse_alloc.h"

static const char core_head[] =
    "id\tname_ar\talt_names_ar\tname_en\tfclass\tcountry\tadmin1_ar\tadmin2_ar\tlat\tlon\tpopulation\tprominence\tcue\tsource\n";
static const char core_rows[] = "SY-1\tحلب\tالشهباء\tAleppo\tADM1\tSY\tحلب\t\t36.2037\t37.1726\t3734000\t95\t0\town\n"
                                "SY-2\tحلب\t\tAleppo\tPPLA\tSY\tحلب\t\t36.2037\t37.1726\t1602264\t92\t0\town\n"
                                "SY-3\tخان طومان\t\tKhan Tuman\tPPL\tSY\tحلب\t\t36.1170\t37.0510\t0\t40\t0\town\n"
                                "SY-4\tالباب\tالباب الكبير\tAl-Bab\tPPLA2\tSY\tحلب\t\t36.3699\t37.5179\t130745\t60\t1\town\n"
                                "SY-5\tكفر نبل\tالشمال\tKafr Nabl\tPPL\tSY\tإدلب\t\t35.6138\t36.5645\t24754\t44\t0\town\n"
                                "IQ-1\tالفلوجة\t\tFallujah\tPPL\tIQ\tالأنبار\t\t33.3558\t43.7861\t190159\t60\t0\town\n";
static const char shared_head[] =
    "id\tname_ar\talt_names_ar\tname_en\tfclass\tadmin1_ar\tadmin1_en\tadmin2_ar\tadmin2_en\tadmin3_ar\tadmin3_en\tlat\tlon\t"
    "population\tprominence\tcorpus_df\tgn_id\tsource\tsource_id\n";

static char folder[64], table_path[96], other_path[96], compiled_path[96];

static void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void write_table(const char *path, const char *head, const char *rows)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "%s%s", head, rows);
    assert_int_equal(fclose(file), 0);
}

static unsigned char *read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static marsad_status compile_table(const char *head, const char *rows, marsad_error *err)
{
    const char *const tables[] = {table_path};
    write_table(table_path, head, rows);
    return marsad_gazetteer_compile(compiled_path, tables, 1, NULL, err);
}

static marsad_gazetteer *open_table(const char *head, const char *rows)
{
    marsad_error err = {0};
    marsad_gazetteer *gazetteer = NULL;
    assert_int_equal(compile_table(head, rows, &err), MARSAD_OK);
    assert_int_equal(marsad_gazetteer_open(&gazetteer, compiled_path, &err), MARSAD_OK);
    return gazetteer;
}

/* The ids of the places found, with blanks between. */
static bool add_id(void *context, const marsad_place_row *place)
{
    char *ids = context;
    snprintf(ids + strlen(ids), 200 - strlen(ids), "%s%s", ids[0] != 0 ? " " : "", place->id);
    return true;
}

static void expect_found(const marsad_gazetteer *gazetteer, const char *name, const char *ids)
{
    char got[200] = "";
    marsad_gazetteer_find(gazetteer, view_of(name), add_id, got);
    assert_string_equal(got, ids);
}

/* --- what is found ----------------------------------------------------------------------------------------------------- */

static void finds_names(void **state)
{
    (void)state;
    static const struct {
        const char *name, *ids;
    } rows[] = {
        {"حلب", "SY-1 SY-2"},
        {"حَلَب", "SY-1 SY-2"},
        {"خان طومان", "SY-3"},
        {"خـان  طومان", "SY-3"},
        {"الباب", "SY-4"},
        {"باب", "SY-4"},
        {"فلوجة", "IQ-1"},
        {"الفلوجه", "IQ-1"},
        {"كفرنبل", "SY-5"},
        {"كفر نبل", "SY-5"},
        {"خان", ""},
        {"طومان", ""},
        {"خان طومان الشرقي", ""},
        {"", ""},
        {"  ", ""},
        {"Aleppo", ""},
        {"كفر", ""},
        {"\xFF\xFE", ""},
        {"ال", ""},
        {"الشهباء", "SY-1"},
        {"الباب الكبير (ريف)", "SY-4"},
    };
    marsad_gazetteer *gazetteer = open_table(core_head, core_rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_found(gazetteer, rows[i].name, rows[i].ids);
    marsad_gazetteer_close(gazetteer);
    marsad_gazetteer_close(NULL);
}

static bool stop_at_once(void *context, const marsad_place_row *place)
{
    (void)context;
    (void)place;
    return false;
}

static void stops_when_told(void **state)
{
    (void)state;
    marsad_gazetteer *gazetteer = open_table(core_head, core_rows);
    assert_int_equal(marsad_gazetteer_find(gazetteer, view_of("حلب"), stop_at_once, NULL), 1);
    marsad_gazetteer_close(gazetteer);
}

static const gaz_place *only_place(const marsad_gazetteer *gazetteer, const char *first, const char *second)
{
    uint32_t at = gazetteer_step(gazetteer, 0, gazetteer_key(gazetteer, view_of(first))), count;
    if (second != NULL)
        at = gazetteer_step(gazetteer, at, gazetteer_key(gazetteer, view_of(second)));
    assert_int_not_equal(at, 0);
    const uint32_t *places = gazetteer_places(gazetteer, at, &count);
    assert_int_equal(count, 1);
    return gazetteer_place(gazetteer, places[0]);
}

static void knows_common_words(void **state)
{
    (void)state;
    marsad_gazetteer *gazetteer = open_table(core_head, core_rows);
    assert_int_equal(only_place(gazetteer, "باب", NULL)->cue, 1);
    assert_int_equal(only_place(gazetteer, "باب", "كبير")->cue, 0); /* another name of the same place, and no word */
    assert_int_equal(only_place(gazetteer, "كفر", "نبل")->cue, 0);
    assert_int_equal(only_place(gazetteer, "شمال", NULL)->cue, 1);
    assert_int_equal(only_place(gazetteer, "باب", NULL)->article, ARTICLE_ALWAYS);
    assert_int_equal(only_place(gazetteer, "كفرنبل", NULL)->article, ARTICLE_NEVER);
    assert_int_equal(only_place(gazetteer, "كفر", "نبل")->article, ARTICLE_ANY);
    assert_string_equal(gazetteer_string(gazetteer, only_place(gazetteer, "فلوجة", NULL)->admin1_folded), "انبار");
    marsad_gazetteer_close(gazetteer);
}

static void steps_out_of_nothing(void **state)
{
    (void)state;
    marsad_gazetteer *gazetteer = open_table(core_head, core_rows);
    uint32_t count = 7;
    assert_int_equal(gazetteer_key(gazetteer, view_of("")), 0);
    assert_int_equal(gazetteer_step(gazetteer, 0, 0), 0);
    assert_int_equal(gazetteer_step(gazetteer, UINT32_MAX, 1), 0);
    assert_int_equal(gazetteer_step(gazetteer, 1, UINT32_MAX), 0);
    gazetteer_places(gazetteer, 0, &count);
    assert_int_equal(count, 0);
    gazetteer_places(gazetteer, UINT32_MAX, &count);
    assert_int_equal(count, 0);
    marsad_gazetteer_close(gazetteer);
}

static void merges_namesakes_on_one_spot(void **state)
{
    (void)state;
    static const char rows[] = "SY00001\tسوريا\tسورية\tSyria\tPCLI\t\t\t\t\t\t\t35.0\t38.3\t17070135\t270\t1040\t1\twof\t1\n"
                               "SY00002\tدوما\t\tDouma\tPPL\tريف دمشق\t\t\t\t\t\t33.572\t36.403\t\t47\t30\t2\twof\t2\n"
                               "SY00003\tدُوما\t\tDuma\tPPLA2\tريف دمشق\t\t\t\t\t\t33.580\t36.403\t111864\t3\t30\t3\twof\t3\n"
                               "SY00004\tدوما\t\tDouma\tPPL\tالسويداء\t\t\t\t\t\t32.85\t36.77\t\t3\t30\t4\twof\t4\n"
                               "SY00005\tدوما\t\tDouma\tADM2\tريف دمشق\t\t\t\t\t\t33.572\t36.403\t433719\t\t30\t\topensyria\t5\n"
                               "IQ00001\tعلي\t\tAli\tPPL\t\t\t\t\t\t\t33.0\t44.0\t\t3\t26257\t6\twof\t6\n"
                               "SY00006\tمحافظة حمص\t\tHoms\tADM1\t\t\t\t\t\t\t34.7\t36.7\t\t\t60\t7\topensyria\t7\n"
                               "SY00007\tمزرعة العلي\t\tFarm\tPPLL\t\t\t\t\t\t\t34.7\t36.7\t\t9\t0\t8\twof\t8\n";
    marsad_gazetteer *gazetteer = open_table(shared_head, rows);
    expect_found(gazetteer, "دوما", "SY00003 SY00005 SY00004"); /* SY00002 and SY00003 are one town, kept as the seat that it is */
    expect_found(gazetteer, "حمص", "SY00006");
    assert_int_equal(only_place(gazetteer, "علي", NULL)->cue, 1);
    assert_int_equal(only_place(gazetteer, "سوريا", NULL)->prominence, 100);
    assert_memory_equal(only_place(gazetteer, "سورية", NULL)->country, "SY", 2);
    assert_true(only_place(gazetteer, "مزرعة", "علي")->prominence <= 10);
    marsad_gazetteer_close(gazetteer);
}

static void reads_countries_and_hand_tables(void **state)
{
    (void)state;
    marsad_gazetteer *gazetteer =
        open_table("iso2\tiso3\tname_ar\talt_names_ar\tname_en\tcapital_en\tcapital_ar\tlat\tlon\tcapital_lat\tcapital_lon\n",
                   "SY\tSYR\tسوريا\tسورية\tSyria\tDamascus\tدمشق\t35\t38\t33.51585\t36.28145\n"
                   "US\tUSA\tالولايات المتحدة\tأميركا\tUnited States\tWashington\t\t38\t-97\t\t\n");
    expect_found(gazetteer, "سورية", "SY");
    expect_found(gazetteer, "دمشق", "SY-Damascus");
    assert_int_equal(only_place(gazetteer, "دمشق", NULL)->feature, FEATURE_CAPITAL);
    expect_found(gazetteer, "الولايات المتحدة", "US");
    marsad_gazetteer_close(gazetteer);

    gazetteer = open_table("country\tname_ar\talt_names_ar\tname_en\tkind\tlat\tlon\n",
                           "SY\tالغوطة الشرقية\tغوطة دمشق الشرقية\tEastern Ghouta\tarea\t33.53\t36.45\n");
    expect_found(gazetteer, "الغوطة الشرقية", "SY-Eastern-Ghouta");
    assert_int_equal(only_place(gazetteer, "غوطة", "شرقية")->feature, FEATURE_AREA);
    marsad_gazetteer_close(gazetteer);
}

static void reads_geonames(void **state)
{
    (void)state;
    marsad_gazetteer *gazetteer =
        open_table("170063\tAleppo\tAleppo\tAlep,Halab,حلب,Алеппо,حلب "
                   "الشهباء,حەلەب\t36.20124\t37.16117\tP\tPPLA\tSY\t\t09\t\t\t\t1602264\t\t393\tAsia/Damascus\t2019-01-01\n",
                   "1\tNowhere\tNowhere\tNirgendwo\t1\t1\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t\n"
                   "2\tDam\tDam\tسد الفرات\t35.9\t38.6\tS\tDAM\tSY\t\t\t\t\t\t0\t\t\t\t\n");
    expect_found(gazetteer, "حلب", "gn:170063");
    expect_found(gazetteer, "حلب الشهباء", "gn:170063");
    expect_found(gazetteer, "سد الفرات", "gn:2");
    assert_int_equal(only_place(gazetteer, "حلب", NULL)->feature, FEATURE_SEAT1);
    assert_int_equal(gazetteer_count(gazetteer), 3); /* Aleppo once for each kind of name, and the dam */
    marsad_gazetteer_close(gazetteer);
}

/* --- what is refused --------------------------------------------------------------------------------------------------- */

static void refuses_bad_tables(void **state)
{
    (void)state;
    static const struct {
        const char *head, *rows, *message; /* a part of it */
    } cases[] = {
        {core_head, "SY-1\tحلب\n", ":2': 2 columns, the first line has 14"},
        {core_head, "# remark\n\nSY-1\tحلب\t\t\tADM1\tSY\t\t\tnorth\t37\t\t\t\t\n", ":4': column 'lat' is no latitude"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t91\t37\t\t\t\t\n", "latitude"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t181\t\t\t\t\n", "longitude"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t\t\t\t\t\n", "longitude"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t1e1\t\t\t\t\n", "longitude"},
        {core_head, "SY-1\t\t\t\tADM1\tSY\t\t\t36\t37\t\t\t\t\n", "empty column 'name_ar'"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSyria\t\t\t36\t37\t\t\t\t\n", "country"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t37\tmany\t\t\t\n", "population"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t37\t\t101\t\t\n", "prominence"},
        {core_head, "SY-1\tحلب\t\t\tADM1\tSY\t\t\t36\t37\t\t\t2\t\n", "cue"},
        {core_head, "SY-1\tحل\xD8\t\t\tADM1\tSY\t\t\t36\t37\t\t\t\t\n", "UTF-8"},
        {core_head, "", "no place"},
        {"", "", "empty"},
        {"a\tb\tc\n", "", "name_ar"},
        {"name_ar\tlat\tlon\n", "", "fclass"},
        {"name_ar\tlat\tlon\tkind\n", "", "country"},
        {"1\tA\tA\tحلب\t36\t37\tP\tPPL\tSY\t\t\t\t\t\t0\t\t\t\t\n", "1\tA\n", "19 columns"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        marsad_error err = {0};
        unlink(compiled_path);
        assert_int_equal(compile_table(cases[i].head, cases[i].rows, &err), MARSAD_ERR_FORMAT);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("case %zu: '%s' does not say '%s'", i, err.message, cases[i].message);
        assert_int_not_equal(access(compiled_path, F_OK), 0);
    }
}

static void refuses_bad_paths(void **state)
{
    (void)state;
    marsad_error err = {0};
    marsad_gazetteer *gazetteer = NULL;
    const char *const missing[] = {"/nowhere/table.tsv"}, *const is_folder[] = {folder}, *const good[] = {table_path};
    write_table(table_path, core_head, core_rows);
    assert_int_equal(marsad_gazetteer_compile(compiled_path, missing, 1, NULL, &err), MARSAD_ERR_SYSTEM);
    assert_int_equal(marsad_gazetteer_compile(compiled_path, is_folder, 1, NULL, &err), MARSAD_ERR_SYSTEM);
    assert_int_equal(marsad_gazetteer_compile("/nowhere/gazetteer.bin", good, 1, NULL, &err), MARSAD_ERR_SYSTEM);
    assert_int_equal(marsad_gazetteer_compile(compiled_path, good, 0, NULL, &err), MARSAD_ERR_ARGUMENT);
    assert_int_equal(marsad_gazetteer_open(&gazetteer, "/nowhere/gazetteer.bin", &err), MARSAD_ERR_SYSTEM);
    assert_int_not_equal(marsad_gazetteer_open(&gazetteer, folder, &err), MARSAD_OK);
    assert_null(gazetteer);
}

static void keeps_the_old_file_when_a_table_is_bad(void **state)
{
    (void)state;
    marsad_error err = {0};
    marsad_gazetteer_close(open_table(core_head, core_rows));
    assert_int_equal(compile_table(core_head, "bad\n", &err), MARSAD_ERR_FORMAT);
    marsad_gazetteer *gazetteer = NULL;
    assert_int_equal(marsad_gazetteer_open(&gazetteer, compiled_path, &err), MARSAD_OK);
    marsad_gazetteer_close(gazetteer);
}

static void gives_the_same_bytes(void **state)
{
    (void)state;
    size_t size, again_size;
    marsad_gazetteer_close(open_table(core_head, core_rows));
    unsigned char *bytes = read_bytes(compiled_path, &size);
    marsad_gazetteer_close(open_table(core_head, core_rows));
    unsigned char *again = read_bytes(compiled_path, &again_size);
    assert_int_equal(size, again_size);
    assert_memory_equal(bytes, again, size);
    free(bytes);
    free(again);
}

/* --- damage ------------------------------------------------------------------------------------------------------------ */

/* Walks through all that a file offers; the sanitizers tell if any of it leads outside. */
static void walk(const marsad_gazetteer *gazetteer, uint32_t state, int depth)
{
    uint32_t count;
    const uint32_t *places = gazetteer_places(gazetteer, state, &count);
    for (uint32_t i = 0; i < count; i++) {
        const gaz_place *place = gazetteer_place(gazetteer, places[i]);
        const uint32_t strings[] = {place->id, place->name, place->name_en, place->admin1, place->admin2, place->source, place->admin1_folded};
        for (size_t s = 0; s < sizeof strings / sizeof *strings; s++)
            assert_true(strlen(gazetteer_string(gazetteer, strings[s])) < 1u << 20);
    }
    for (uint32_t key = 1; key < 64 && depth < 4; key++) {
        uint32_t next = gazetteer_step(gazetteer, state, key);
        assert_true(next == 0 || next > state); /* the trie never leads back */
        if (next != 0)
            walk(gazetteer, next, depth + 1);
    }
}

/* Opens changed bytes. If they are taken for good, everything in them must be safe to use. */
static marsad_status try_bytes(const unsigned char *bytes, size_t size, marsad_error *err)
{
    marsad_gazetteer *gazetteer = NULL;
    write_bytes(other_path, bytes, size);
    *err = (marsad_error){0};
    marsad_status status = marsad_gazetteer_open(&gazetteer, other_path, err);
    if (status == MARSAD_OK) {
        char ids[200] = "";
        marsad_gazetteer_find(gazetteer, view_of("خان طومان"), add_id, ids);
        gazetteer_key(gazetteer, view_of("غير معروف"));
        walk(gazetteer, 0, 0);
        marsad_gazetteer_close(gazetteer);
    } else {
        assert_true(err->message[0] != 0);
        assert_null(gazetteer);
    }
    return status;
}

static unsigned char *compiled_bytes(size_t *size)
{
    marsad_gazetteer_close(open_table(core_head, core_rows));
    return read_bytes(compiled_path, size);
}

/* With a right sum again: damage that the sum does not tell. */
static void sum_again(unsigned char *bytes, size_t size)
{
    uint64_t sum = gazetteer_sum(bytes + sizeof(gazetteer_header), size - sizeof(gazetteer_header));
    memcpy(bytes + offsetof(gazetteer_header, sum), &sum, sizeof sum);
}

static void refuses_every_header_field(void **state)
{
    (void)state;
    static const struct {
        size_t offset, size;
        const char *message;
    } fields[] = {
        {offsetof(gazetteer_header, magic), 8, "no compiled gazetteer"},
        {offsetof(gazetteer_header, version), 4, "version"},
        {offsetof(gazetteer_header, byte_order), 4, "byte order"},
        {offsetof(gazetteer_header, size), 8, ""},
        {offsetof(gazetteer_header, sum), 8, "sum"},
        {offsetof(gazetteer_header, place_count), 4, ""},
        {offsetof(gazetteer_header, key_count), 4, ""},
        {offsetof(gazetteer_header, slot_count), 4, ""},
        {offsetof(gazetteer_header, state_count), 4, ""},
        {offsetof(gazetteer_header, first_words), 4, ""},
        {offsetof(gazetteer_header, item_count), 4, ""},
        {offsetof(gazetteer_header, string_bytes), 4, ""},
    };
    size_t size;
    marsad_error err;
    unsigned char *bytes = compiled_bytes(&size);
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        for (size_t at = fields[f].offset; at < fields[f].offset + fields[f].size; at++)
            for (int bit = 0; bit < 8; bit++) {
                bytes[at] ^= (unsigned char)(1 << bit);
                assert_int_equal(try_bytes(bytes, size, &err), MARSAD_ERR_FORMAT);
                assert_non_null(strstr(err.message, fields[f].message));
                bytes[at] ^= (unsigned char)(1 << bit);
            }
    assert_int_equal(try_bytes(bytes, size, &err), MARSAD_OK);
    free(bytes);
}

static void refuses_other_byte_order(void **state)
{
    (void)state;
    size_t size;
    marsad_error err;
    unsigned char *bytes = compiled_bytes(&size);
    const unsigned char swapped[] = {1, 2, 3, 4};
    memcpy(bytes + offsetof(gazetteer_header, byte_order), swapped, sizeof swapped);
    if (bytes[offsetof(gazetteer_header, version)] == 0)
        memcpy(bytes + offsetof(gazetteer_header, byte_order), (unsigned char[]){4, 3, 2, 1}, sizeof swapped);
    assert_int_equal(try_bytes(bytes, size, &err), MARSAD_ERR_FORMAT);
    assert_non_null(strstr(err.message, "other byte order"));
    free(bytes);
}

static void refuses_every_cut(void **state)
{
    (void)state;
    size_t size;
    marsad_error err;
    unsigned char *bytes = compiled_bytes(&size);
    for (size_t cut = 0; cut < size; cut += cut < 200 || cut + 200 > size ? 1 : 37)
        assert_int_not_equal(try_bytes(bytes, cut, &err), MARSAD_OK);
    assert_non_null(strstr((try_bytes(bytes, size - 1, &err), err.message), "cut short"));
    free(bytes);
}

static void refuses_every_changed_byte(void **state)
{
    (void)state;
    size_t size;
    marsad_error err;
    unsigned char *bytes = compiled_bytes(&size);
    for (size_t at = sizeof(gazetteer_header); at < size; at++) {
        bytes[at] ^= 0x10;
        assert_int_equal(try_bytes(bytes, size, &err), MARSAD_ERR_FORMAT);
        bytes[at] ^= 0x10;
    }
    free(bytes);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* The sum is put right after each change, so that the structure's own checks must tell it, or it must be harmless. */
static void survives_malice(void **state)
{
    (void)state;
    size_t size;
    marsad_error err;
    unsigned char *bytes = compiled_bytes(&size), *changed = malloc(size);
    uint64_t seed = 20160510;
    int refused = 0, tries = 20000;
    assert_non_null(changed);
    for (int i = 0; i < tries; i++) {
        memcpy(changed, bytes, size);
        for (uint64_t n = next_random(&seed) % 4; n < 4; n++) {
            size_t at = next_random(&seed) % (size - 4);
            if (at >= offsetof(gazetteer_header, size) && at < offsetof(gazetteer_header, place_count))
                continue;
            static const uint32_t words[] = {0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000};
            uint32_t word = next_random(&seed) % 2 != 0 ? words[next_random(&seed) % 7] : (uint32_t)next_random(&seed);
            memcpy(changed + (next_random(&seed) % 2 != 0 ? at / 4 * 4 : at), &word, sizeof word);
        }
        sum_again(changed, size);
        refused += try_bytes(changed, size, &err) != MARSAD_OK;
    }
    assert_true(refused > tries / 10);
    free(bytes);
    free(changed);
}

/* --- memory ------------------------------------------------------------------------------------------------------------ */

static void survives_refused_memory(void **state)
{
    (void)state;
    write_table(table_path, core_head, core_rows);
    const char *const tables[] = {table_path};
    for (size_t n = 1; n < 1000; n++) {
        marsad_error err = {0};
        refuse_alloc_at(n);
        marsad_status status = marsad_gazetteer_compile(compiled_path, tables, 1, NULL, &err);
        const bool was_refused = refuse_alloc_stop();
        assert_true(status == MARSAD_OK || status == MARSAD_ERR_SYSTEM);
        if (!was_refused)
            break;
    }
    for (size_t n = 1; n < 100; n++) {
        marsad_gazetteer *gazetteer = NULL;
        refuse_alloc_at(n);
        marsad_status status = marsad_gazetteer_open(&gazetteer, compiled_path, NULL);
        const bool was_refused = refuse_alloc_stop();
        assert_true((status == MARSAD_OK) == (gazetteer != NULL));
        marsad_gazetteer_close(gazetteer);
        if (!was_refused)
            break;
    }
}

/* --- */

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/marsad-gazetteer-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(table_path, sizeof table_path, "%s/table.tsv", folder);
    snprintf(other_path, sizeof other_path, "%s/other.bin", folder);
    snprintf(compiled_path, sizeof compiled_path, "%s/gazetteer.bin", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(table_path);
    unlink(other_path);
    unlink(compiled_path);
    return rmdir(folder); /* fails if a half-written file was left */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(knows_common_words),
        cmocka_unit_test(steps_out_of_nothing),
        cmocka_unit_test(merges_namesakes_on_one_spot),
        cmocka_unit_test(reads_countries_and_hand_tables),
        cmocka_unit_test(reads_geonames),
        cmocka_unit_test(refuses_bad_tables),
        cmocka_unit_test(refuses_bad_paths),
        cmocka_unit_test(keeps_the_old_file_when_a_table_is_bad),
        cmocka_unit_test(gives_the_same_bytes),
        cmocka_unit_test(refuses_every_header_field),
        cmocka_unit_test(refuses_other_byte_order),
        cmocka_unit_test(refuses_every_cut),
        cmocka_unit_test(refuses_every_changed_byte),
        cmocka_unit_test(survives_malice),
        cmocka_unit_test(survives_refused_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
