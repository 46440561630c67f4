/* Tables of what people keep beside the records, and of what the truce board needs to show. */
#ifndef MARSAD_ASK_LEDGER_H
#define MARSAD_ASK_LEDGER_H

#include "ask/list.h"

/* Names of the agreements' files of a folder, without their ending, sorted. */
typedef struct {
    const char **items;
    uint32_t count, room;
} name_list;
marsad_status agreement_names(name_list *out, const char *folder, arena *memory, marsad_error *err);

list_function list_settings;                                      /* settings.c */
list_function list_agreements, list_truce_rules;                  /* agreements.c */
list_function list_bulletins, list_bulletin_files, list_releases; /* published.c */
extern const char *const setting_columns[],
    *const agreement_columns[], *const truce_rule_columns[], *const bulletin_columns[], *const bulletin_file_columns[], *const release_columns[];

#endif
