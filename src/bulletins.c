/*
 * Bulletins that are kept: prepared by one person, signed by another, corrected by a later one. None is ever changed.
 *
 *   plan ─settings→ what is asked ─bulletin_take→ input ─number, root, corrections→ text, html, print, items ─→ rows, line of the log
 */
#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "archive/bulletins.h"
#include "bulletin_take.h"
#include "marsad_ledger.h"
#include "said.h"

typedef struct {
    marsad_archive *archive;
    const marsad_bulletin_plan *plan;
    int64_t now;
    arena memory;
    marsad_error *err;

    marsad_bulletin asked;
    char languages[MARSAD_SETTING_BYTES], zone[MARSAD_SETTING_BYTES], profile[MARSAD_SETTING_BYTES], organisation[MARSAD_SETTING_BYTES];
    char cutoff[32], root[2 * SHA256_BYTES + 1];
    marsad_publication publication;
    bulletin_taken taken;
    stored_bulletin row;
    bulletin_correction correction;
    buffer files[BULLETIN_FORMS];
} preparing;

static marsad_status no_memory(marsad_error *err)
{
    return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for a bulletin");
}

/* --- what is asked --------------------------------------------------------------------------------------------------------------- */

/* What the plan says, else what the settings say, else `*status` tells why not. */
static const char *chosen(preparing *p, const char *given, const char *setting, char room[MARSAD_SETTING_BYTES], marsad_status *status)
{
    if (given != NULL || *status != MARSAD_OK)
        return given;
    *status = marsad_setting_get(p->archive, setting, room, p->err);
    return room;
}

static bool is_language(const char *languages)
{
    return strcmp(languages, "ar") == 0 || strcmp(languages, "en") == 0 || strcmp(languages, "both") == 0;
}

/* A time that nobody gives is of UTC: the zone of the settings is for times that people give. */
static void choose_cutoff(preparing *p)
{
    const time_t now = (time_t)p->now;
    struct tm utc;
    if (p->asked.cutoff != NULL)
        return;
    if (gmtime_r(&now, &utc) != NULL)
        strftime(p->cutoff, sizeof p->cutoff, "%Y-%m-%d %H:%M", &utc);
    p->asked.cutoff = p->cutoff;
    p->asked.zone = "UTC";
}

static marsad_status choose(preparing *p)
{
    const marsad_bulletin_plan *plan = p->plan;
    const time_t now = (time_t)p->now;
    struct tm utc;
    marsad_status status = said_check_person(plan->person, p->err);
    p->asked = plan->bulletin;
    choose_cutoff(p);
    p->asked.languages = chosen(p, p->asked.languages, "languages", p->languages, &status);
    p->asked.zone = chosen(p, p->asked.zone, "zone", p->zone, &status);
    p->publication.profile = chosen(p, plan->profile, "profile", p->profile, &status);
    (void)chosen(p, NULL, "organisation", p->organisation, &status);
    p->publication.gazetteer = plan->gazetteer;
    if (status == MARSAD_OK && !is_language(p->asked.languages))
        status = fail(p->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "no language '%s': ar, en or both", p->asked.languages);
    if (status == MARSAD_OK && (!text_is_line(p->asked.cutoff, 64) || !text_is_line(p->asked.zone, 64)))
        status = fail(p->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "cut-off and zone are lines of at most 64 bytes");
    if (status == MARSAD_OK && strpbrk(p->publication.profile, "./\\") != NULL)
        status = fail(p->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "a kept bulletin needs the name of a safety profile that lies beside the rules");
    if (gmtime_r(&now, &utc) != NULL)
        p->publication.today = (marsad_date){(int16_t)(utc.tm_year + 1900), (uint8_t)(utc.tm_mon + 1), (uint8_t)utc.tm_mday};
    return status;
}

/* --- making ------------------------------------------------------------------------------------------------------------------------ */

/* Number, line and root: within the transaction, so that nothing comes between. */
static marsad_status number_it(preparing *p)
{
    store *s = &p->archive->store;
    log_line head;
    marsad_status status = log_head(s->db, &head, p->err);
    if (status == MARSAD_OK)
        status = db_ask_int(s->db, &p->row.number, 0, p->err, "SELECT coalesce(max(number), 0) + 1 FROM bulletin", DB_NONE);
    p->row.log_line = head.line;
    memcpy(p->row.root, head.hash, sizeof p->row.root);
    sodium_bin2hex(p->root, sizeof p->root, head.hash, sizeof head.hash);
    return status;
}

/* Both must be of one day and profile: else what differs would tell what one of them withholds. */
static marsad_status read_corrected(preparing *p)
{
    stored_bulletin was;
    view items;
    const long long number = (long long)p->plan->corrects;
    marsad_status status = store_bulletin(&p->archive->store, p->plan->corrects, &was, &p->memory, p->err);
    if (status == MARSAD_OK && was.day != day_number(p->asked.day))
        status = fail(p->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "bulletin %lld is of another day", number);
    if (status == MARSAD_OK && strcmp(was.profile, p->taken.profile.name) != 0)
        status = fail(p->err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "bulletin %lld was made through profile '%s', not '%s'", number, was.profile,
                      p->taken.profile.name);
    if (status == MARSAD_OK)
        status = store_bulletin_file(&p->archive->store, p->plan->corrects, "items", &items, &p->memory, p->err);
    if (status == MARSAD_OK)
        status = bulletin_items_read(&p->correction.was, items, &p->memory, p->err);
    return status;
}

static marsad_status write_form(preparing *p, const char *form, buffer *out)
{
    const bulletin_input *input = &p->taken.input;
    if (strcmp(form, "items") == 0)
        return bulletin_items_write(&p->correction.now, buffer_write, out) ? MARSAD_OK : no_memory(p->err);
    return bulletin_write(input, bulletin_form_named(form), bulletin_languages_named(p->asked.languages), buffer_write, out, p->err);
}

static marsad_status make(preparing *p)
{
    p->taken = (bulletin_taken){.archive = p->archive, .asked = &p->asked, .publication = &p->publication, .memory = &p->memory};
    marsad_status status = number_it(p);
    if (status == MARSAD_OK)
        status = bulletin_take(&p->taken, p->err);
    if (status == MARSAD_OK && p->plan->corrects != 0)
        status = read_corrected(p);
    if (status == MARSAD_OK && !bulletin_items_of(&p->correction.now, p->taken.input.incidents, &p->memory))
        status = no_memory(p->err);
    p->correction.number = p->plan->corrects;
    p->taken.input.number = p->row.number;
    p->taken.input.root = p->root;
    p->taken.input.organisation = p->organisation;
    p->taken.input.corrects = p->plan->corrects != 0 ? &p->correction : NULL;
    for (int f = 0; f < BULLETIN_FORMS && status == MARSAD_OK; f++)
        status = write_form(p, bulletin_forms[f], &p->files[f]);
    return status;
}

static marsad_status keep(preparing *p)
{
    const bool has_truce = p->asked.agreement != NULL;
    const char *rule = p->asked.rule != NULL ? p->asked.rule : truce_rule_name(p->archive->rules, 0);
    view files[BULLETIN_FORMS];
    p->row.day = day_number(p->asked.day);
    p->row.agreement = has_truce ? p->taken.ledger.agreement.id : "";
    p->row.rule = has_truce ? rule : "";
    p->row.languages = p->asked.languages;
    p->row.profile = p->taken.profile.name;
    p->row.cutoff = p->asked.cutoff;
    p->row.zone = p->asked.zone;
    p->row.prepared_by = p->plan->person;
    p->row.corrects = p->plan->corrects;
    p->row.rules = rules_fingerprint(p->archive->rules);
    p->row.program = "marsad " MARSAD_VERSION;
    for (int f = 0; f < BULLETIN_FORMS; f++) {
        if (p->files[f].failed)
            return no_memory(p->err);
        files[f] = (view){p->files[f].bytes, p->files[f].used};
    }
    return store_add_bulletin(&p->archive->store, &p->row, files, &p->memory, p->err);
}

marsad_status marsad_bulletin_prepare(marsad_archive *archive, const marsad_bulletin_plan *plan, int64_t now, int64_t *number, marsad_error *err)
{
    preparing p = {.archive = archive, .plan = plan, .now = now, .err = err};
    marsad_status status = choose(&p);
    if (status == MARSAD_OK) {
        status = archive_begin_step(archive, now, err);
        if (status == MARSAD_OK)
            status = make(&p);
        if (status == MARSAD_OK)
            status = keep(&p);
        status = archive_end_step(archive, status, err);
    }
    if (status == MARSAD_OK)
        *number = p.row.number;
    for (int f = 0; f < BULLETIN_FORMS; f++)
        buffer_free(&p.files[f]);
    arena_free(&p.memory);
    return status;
}

/* --- signing ------------------------------------------------------------------------------------------------------------------------ */

static marsad_status sign(marsad_archive *archive, int64_t number, const char *person, arena *memory, marsad_error *err)
{
    stored_bulletin bulletin;
    const char *signer = NULL;
    bool is_same = false;
    marsad_status status = store_bulletin(&archive->store, number, &bulletin, memory, err);
    if (status == MARSAD_OK)
        status = store_bulletin_signer(&archive->store, number, &signer, memory, err);
    if (status == MARSAD_OK && signer != NULL)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "bulletin %lld is signed already, by '%s'", (long long)number, signer);
    if (status == MARSAD_OK)
        status = said_is_same_person(bulletin.prepared_by, person, &is_same, err);
    if (status == MARSAD_OK && is_same)
        status = fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "bulletin %lld was prepared by '%s': a second person signs", (long long)number,
                      bulletin.prepared_by);
    return status == MARSAD_OK ? store_sign_bulletin(&archive->store, &bulletin, person, err) : status;
}

marsad_status marsad_bulletin_sign(marsad_archive *archive, int64_t number, const char *person, int64_t now, marsad_error *err)
{
    arena memory = {0};
    marsad_status status = said_check_person(person, err);
    if (status == MARSAD_OK) {
        status = archive_begin_step(archive, now, err);
        if (status == MARSAD_OK)
            status = sign(archive, number, person, &memory, err);
        status = archive_end_step(archive, status, err);
    }
    arena_free(&memory);
    return status;
}

marsad_status marsad_bulletin_text(marsad_archive *archive, int64_t number, const char *form, marsad_write *write, void *context, marsad_error *err)
{
    arena memory = {0};
    view bytes = {"", 0};
    marsad_status status = store_bulletin_file(&archive->store, number, form, &bytes, &memory, err);
    if (status == MARSAD_OK && !write(context, bytes.ptr, bytes.len))
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "cannot write bulletin %lld", (long long)number);
    arena_free(&memory);
    return status;
}
