/* The checks, in their order, and how faults are told. */
#include "trust/verify.h"

#include <stdio.h>

enum { LINE_BYTES = sizeof(((marsad_error *)0)->message) };

static void tell(verifier *v, bool is_fault, const char *text)
{
    marsad_error line; /* fail() makes one clean line of it */
    (void)fail(&line, MARSAD_OK, MARSAD_NOWHERE, "%s", text);
    v->verdict->faults += is_fault;
    v->tell(v->context, is_fault, line.message);
}

void verify_fault(verifier *v, const char *format, ...)
{
    char text[LINE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tell(v, true, text);
}

void verify_note(verifier *v, const char *format, ...)
{
    char text[LINE_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tell(v, false, text);
}

static void tell_engine(void *context, const char *fault)
{
    const verifier *v = context;
    verify_fault(context, "the %s is damaged: %s", db_is_postgres(v->store->db) ? "database" : "file", fault);
}

marsad_status verify_engine(verifier *v, marsad_error *err)
{
    marsad_status status = db_check(v->store->db, tell_engine, v, err);
    return status == MARSAD_OK ? db_check_schema(v->store->db, tell_engine, v, err) : status;
}

typedef struct {
    const char *what;
    verify_check *check;
    bool is_of_views;
} row;

static const row checks[] = {
    {"the file", verify_engine, false},
    {"the log", verify_log, false},
    {"rows", verify_rows_have_lines, false},
    {"evidence", verify_evidence, false},
    {"articles", verify_articles, false},
    {"records", verify_records, false},
    {"merges and splits", verify_bonds, false},
    {"leases", verify_leases, false},
    {"bulletins", verify_bulletins, false},
    {"accounts", verify_accounts, false},
    {"copies", verify_chains, true},
    {"boxes", verify_boxes, true},
    {"incidents", verify_incidents, true},
    {"what follows from incidents", verify_kept, true},
    {"search words", verify_words, true},
};

marsad_status marsad_archive_verify(marsad_archive *archive, unsigned flags, marsad_tell *tell_caller, void *context, marsad_verdict *verdict,
                                    marsad_error *err)
{
    *verdict = (marsad_verdict){0};
    verifier v = {.archive = archive, .store = &archive->store, .tell = tell_caller, .context = context, .verdict = verdict};
    (void)err;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        marsad_error reason = {0};
        if (checks[i].is_of_views && (flags & MARSAD_VERIFY_VIEWS) == 0)
            continue;
        if (checks[i].check(&v, &reason) != MARSAD_OK)
            verify_fault(&v, "%s cannot be read: %s", checks[i].what, reason.message);
        arena_reset(&v.memory);
    }
    arena_free(&v.memory);
    return MARSAD_OK;
}
