/* What the commands of accounts and of their tokens share. */
#ifndef MARSAD_CLI_ACCOUNT_H
#define MARSAD_CLI_ACCOUNT_H

#include "cli/command.h"
#include "marsad_people.h"

/* Options: who does it. */
#define OPTION_BY                                                                                                                                    \
    {                                                                                                                                                \
        'P', "person", "NAME", "who does it (else $MARSAD_PERSON), for the log", COMPLETE_NONE                                                       \
    }

typedef struct {
    char bytes[MARSAD_PASSWORD_MOST + 3]; /* with the end of its line */
    size_t size;
} password;

/* Asked for twice at a terminal, else a line of standard input. Tells why there is none. */
bool password_read(password *out);
/* Overwrites it. */
void password_forget(password *p);

#endif
