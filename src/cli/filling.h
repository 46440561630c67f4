/* Filling the outbox from files, so that what a file gives is there once, however often that is ended in the middle and begun again. */
#ifndef MARSAD_FILLING_H
#define MARSAD_FILLING_H

#include "cli/command.h"

/*
 * Puts the items of `files` ('-': standard input) into the archive's outbox as the options --input --published --source --language --domains --no-resume of `call`
 * say. Tells what cannot be read and goes on; one line about all on standard output.
 */
exit_status outbox_fill(const invocation *call, marsad_archive *archive, const path_list *files);

#endif
