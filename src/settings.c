/* Settings of an archive: a table of names, each with its default and with what it may be. */
#include "settings.h"

#include <stdio.h>

#include "marsad_ledger.h"
#include "publication.h"
#include "said.h"

/* --- what is allowed ---------------------------------------------------------------------------------------------------------- */

static bool is_any_line(const marsad_archive *archive, const char *value)
{
    (void)archive;
    return value[0] == 0 || text_is_line(value, MARSAD_SETTING_BYTES - 1);
}

/* A name of the time zone database: "UTC", "Asia/Damascus", "Etc/GMT+3". Whether there is such a zone is for who shows times to say. */
static bool is_zone(const marsad_archive *archive, const char *value)
{
    (void)archive;
    bool begins = true;
    for (const char *at = value; *at != 0; at++) {
        const bool is_letter = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        const bool goes_on = (*at >= '0' && *at <= '9') || *at == '_' || *at == '-' || *at == '+' || *at == '/';
        if (!is_letter && (begins || !goes_on))
            return false;
        begins = *at == '/';
    }
    return !begins && strlen(value) < 64;
}

static bool is_profile(const marsad_archive *archive, const char *value)
{
    arena memory = {0};
    safety_profile profile;
    const bool is_one = value[0] != 0 && strpbrk(value, "./\\") == NULL && archive_profile(archive, value, &profile, &memory, NULL) == MARSAD_OK;
    arena_free(&memory);
    return is_one;
}

static bool is_language(const marsad_archive *archive, const char *value)
{
    (void)archive;
    return strcmp(value, "ar") == 0 || strcmp(value, "en") == 0 || strcmp(value, "both") == 0;
}

static const setting_row rows[] = {
    {"organisation", "", "a line of at most 255 bytes, or nothing", is_any_line},
    {"zone", "UTC", "a time zone, like Asia/Damascus", is_zone},
    {"profile", "public", "the name of a safety profile beside the rules", is_profile},
    {"languages", "both", "ar, en or both", is_language},
    {NULL, NULL, NULL, NULL},
};

const setting_row *setting_rows(void)
{
    return rows;
}

static marsad_status find_row(const setting_row **out, const char *name, marsad_error *err)
{
    for (*out = rows; (*out)->name != NULL; ++*out)
        if (name != NULL && strcmp((*out)->name, name) == 0)
            return MARSAD_OK;
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no setting '%s'", name == NULL ? "" : name);
}

/* --- asking and setting ---------------------------------------------------------------------------------------------------------- */

marsad_status marsad_setting_get(marsad_archive *archive, const char *name, char out[MARSAD_SETTING_BYTES], marsad_error *err)
{
    arena memory = {0};
    const setting_row *row;
    stored_setting stored;
    marsad_status status = find_row(&row, name, err);
    if (status == MARSAD_OK)
        status = store_setting(&archive->store, name, &stored, &memory, err);
    if (status == MARSAD_OK)
        snprintf(out, MARSAD_SETTING_BYTES, "%s", stored.value != NULL ? stored.value : row->usual);
    arena_free(&memory);
    return status;
}

static marsad_status set_within(marsad_archive *archive, const char *name, const char *value, const char *person, marsad_error *err)
{
    char before[MARSAD_SETTING_BYTES];
    marsad_status status = marsad_setting_get(archive, name, before, err);
    return status != MARSAD_OK || strcmp(before, value) == 0 ? status : store_add_setting(&archive->store, name, value, person, err);
}

marsad_status marsad_setting_set(marsad_archive *archive, const char *name, const char *value, const char *person, int64_t now, marsad_error *err)
{
    const setting_row *row;
    marsad_status status = find_row(&row, name, err);
    if (status == MARSAD_OK)
        status = said_check_person(person, err);
    if (status != MARSAD_OK)
        return status;
    if (value == NULL || !row->is_allowed(archive, value))
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "setting '%s' cannot be '%s': it is %s", name, value == NULL ? "" : value,
                    row->allowed);
    status = archive_begin_step(archive, now, err);
    if (status == MARSAD_OK)
        status = set_within(archive, name, value, person, err);
    return archive_end_step(archive, status, err);
}
