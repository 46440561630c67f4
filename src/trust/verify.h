/* Verifying: what the checks share. Each check is a function in a file of its subject; verify.c is their table. */
#ifndef MARSAD_VERIFY_H
#define MARSAD_VERIFY_H

#include "archive/seal.h"
#include "keeping.h"

typedef struct {
    marsad_archive *archive;
    store *store;
    marsad_tell *tell;
    void *context;
    marsad_verdict *verdict;
    arena memory; /* of the row at work */
} verifier;

/* One line: what is wrong and where. Faults are counted. */
void verify_fault(verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
void verify_note(verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Errors are of the engine: verify.c tells them as faults and goes on with the next check. */
typedef marsad_status verify_check(verifier *v, marsad_error *err);

verify_check verify_engine, verify_log, verify_rows_have_lines; /* verify.c, verify_log.c */
verify_check verify_accounts;                                   /* verify_accounts.c */
verify_check verify_evidence, verify_articles;                  /* verify_evidence.c */
verify_check verify_records, verify_bonds, verify_leases;       /* verify_records.c */
verify_check verify_incidents, verify_boxes, verify_chains;     /* verify_views.c */
verify_check verify_kept;                                       /* verify_kept.c */
verify_check verify_bulletins;                                  /* verify_bulletins.c */
verify_check verify_words;                                      /* verify_words.c */

#endif
