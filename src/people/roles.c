/* Who may do what: the one table of it. */
#include <stdio.h>

#include "base/base.h"
#include "marsad_people.h"

#define RIGHT(name) (1U << MARSAD_RIGHT_##name)

static const char *const right_names[MARSAD_RIGHT_COUNT] = {"read", "code", "verify", "edit", "release", "keep"};

static const struct {
    const char *name;
    marsad_rights rights;
} roles_table[MARSAD_ROLE_COUNT] = {
    [MARSAD_ROLE_READER] = {"reader", RIGHT(READ)},
    [MARSAD_ROLE_CODER] = {"coder", RIGHT(READ) | RIGHT(CODE)},
    [MARSAD_ROLE_VERIFIER] = {"verifier", RIGHT(READ) | RIGHT(VERIFY)},
    [MARSAD_ROLE_EDITOR] = {"editor", RIGHT(READ) | RIGHT(CODE) | RIGHT(EDIT)},
    [MARSAD_ROLE_RELEASER] = {"releaser", RIGHT(READ) | RIGHT(RELEASE)},
    [MARSAD_ROLE_KEEPER] = {"keeper", RIGHT(READ) | RIGHT(KEEP)},
};

/* Any one of the rights is enough. */
static const struct {
    const char *what;
    marsad_rights rights;
} decisions[] = {
    {"take", RIGHT(CODE) | RIGHT(VERIFY)},
    {"leave", RIGHT(CODE) | RIGHT(VERIFY)},
    {"accept", RIGHT(CODE)},
    {"edit", RIGHT(CODE)},
    {"reject", RIGHT(CODE)},
    {"duplicate", RIGHT(CODE)},
    {"needs-source", RIGHT(CODE)},
    {"cannot-verify", RIGHT(CODE)},
    {"contradict", RIGHT(CODE)},
    {"verify", RIGHT(VERIFY)},
    {"merge", RIGHT(EDIT)},
    {"split", RIGHT(EDIT)},
    {"reopen", RIGHT(EDIT)},
};

const char *marsad_role_name(marsad_role role)
{
    return (unsigned)role < MARSAD_ROLE_COUNT ? roles_table[role].name : "";
}

const char *marsad_right_name(marsad_right right)
{
    return (unsigned)right < MARSAD_RIGHT_COUNT ? right_names[right] : "";
}

/* --- sets ------------------------------------------------------------------------------------------------------------------------ */

typedef const char *name_of(unsigned number);

static const char *role_at(unsigned number)
{
    return marsad_role_name((marsad_role)number);
}

static const char *right_at(unsigned number)
{
    return marsad_right_name((marsad_right)number);
}

/* 0 where there is none of this name. */
static unsigned bit_of(view name, name_of *at)
{
    for (unsigned i = 0; at(i)[0] != 0; i++)
        if (view_equal(name, view_of(at(i))))
            return 1U << i;
    return 0;
}

static bool read_set(unsigned *out, const char *names, name_of *at)
{
    unsigned set = 0;
    for (const char *from = names;;) {
        const size_t len = strcspn(from, ",");
        const unsigned bit = bit_of(view_trim((view){from, len}), at);
        set |= bit;
        if (bit == 0)
            return false;
        if (from[len] == 0)
            break;
        from += len + 1;
    }
    *out = set;
    return true;
}

static void write_set(char out[MARSAD_SET_TEXT_BYTES], unsigned set, name_of *at)
{
    size_t used = 0;
    out[0] = 0;
    for (unsigned i = 0; at(i)[0] != 0; i++)
        if ((set >> i & 1U) != 0 && used < MARSAD_SET_TEXT_BYTES)
            used += (size_t)snprintf(out + used, MARSAD_SET_TEXT_BYTES - used, "%s%s", used > 0 ? "," : "", at(i));
}

bool marsad_roles_read(marsad_roles *out, const char *names)
{
    return read_set(out, names, role_at);
}

bool marsad_rights_read(marsad_rights *out, const char *names)
{
    return read_set(out, names, right_at);
}

void marsad_roles_text(char out[MARSAD_SET_TEXT_BYTES], marsad_roles roles)
{
    write_set(out, roles, role_at);
}

void marsad_rights_text(char out[MARSAD_SET_TEXT_BYTES], marsad_rights rights)
{
    write_set(out, rights, right_at);
}

/* --- what they allow ------------------------------------------------------------------------------------------------------------- */

marsad_rights marsad_rights_of(marsad_roles roles)
{
    marsad_rights rights = 0;
    for (unsigned i = 0; i < MARSAD_ROLE_COUNT; i++)
        if ((roles >> i & 1U) != 0)
            rights |= roles_table[i].rights;
    return rights;
}

bool marsad_rights_allow(marsad_rights rights, marsad_right right)
{
    return (unsigned)right < MARSAD_RIGHT_COUNT && (rights >> right & 1U) != 0;
}

bool marsad_role_allows(marsad_roles roles, marsad_right right)
{
    return marsad_rights_allow(marsad_rights_of(roles), right);
}

marsad_rights marsad_decision_rights(const char *what)
{
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++)
        if (strcmp(decisions[i].what, what) == 0)
            return decisions[i].rights;
    return 0;
}
