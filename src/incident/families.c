/* families.tsv: which kinds can tell one happening. */
#include "incident/rules_tables.h"

static const char *const key_names[] = {"place", "parties", "parties+place"};
static const char *const parting_names[] = {"never", "both", "actors", "sides"};
static const char *const yes_no[] = {"no", "yes"};

enum { COLUMN_KIND, COLUMN_FAMILY, COLUMN_GROUP, COLUMN_LEVEL, COLUMN_KEY, COLUMN_PARTED, COLUMN_WIDER, COLUMN_VERSION };
static const char *const columns[] = {"kind", "family", "group", "level", "key", "parted", "wider", "version", NULL};

static bool family_row_read(void *context, const char *const *cells, size_t line, marsad_error *err)
{
    (void)line;
    rule_set *rules = context;
    marsad_kind kind;
    unsigned level;
    if (!rules_kind(&kind, cells[COLUMN_KIND], err) || !rules_number(&level, cells[COLUMN_LEVEL], RULE_LEVELS_MAX - 1, err))
        return false;
    if (rules->families.of[kind].family != NULL)
        return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "a second row of kind '%s'", cells[COLUMN_KIND]) == MARSAD_OK;

    const int key = rules_word(cells[COLUMN_KEY], key_names, sizeof key_names / sizeof *key_names, "key", err);
    const int parted = key < 0 ? -1 : rules_word(cells[COLUMN_PARTED], parting_names, sizeof parting_names / sizeof *parting_names, "parting", err);
    const int wider = parted < 0 ? -1 : rules_word(cells[COLUMN_WIDER], yes_no, 2, "answer", err);
    if (wider < 0)
        return false;

    family_row *row = &rules->families.of[kind];
    *row = (family_row){.level = level,
                        .key = (family_key)key,
                        .parting = (family_parting)parted,
                        .may_be_wider = wider == 1,
                        .group = rules_keep(rules, cells[COLUMN_GROUP], err),
                        .version = rules_keep(rules, cells[COLUMN_VERSION], err),
                        .family = rules_keep(rules, cells[COLUMN_FAMILY], err)};
    return row->group != NULL && row->version != NULL && row->family != NULL;
}

marsad_status family_rules_load(rule_set *rules, const char *folder, marsad_error *err)
{
    const marsad_status status = rules_read_table(rules, folder, "families.tsv", columns, family_row_read, err);
    for (int kind = 0; status == MARSAD_OK && kind < MARSAD_KIND_COUNT; kind++)
        if (rules->families.of[kind].family == NULL)
            return fail(err, MARSAD_ERR_FORMAT, MARSAD_NOWHERE, "%s/families.tsv: no row of kind '%s'", folder, marsad_kind_name((marsad_kind)kind));
    return status;
}
