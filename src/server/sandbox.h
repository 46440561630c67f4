/* The sandbox, between its own files. */
#ifndef MARSAD_SANDBOX_H
#define MARSAD_SANDBOX_H

#include <seccomp.h>
#include <stdbool.h>

/* Lets a file, or a folder and what is in it, be read; what is not there is passed over. */
bool sandbox_allow_reading(int rules, const char *path);

/* --- sandbox_server.c: what an archive on a server needs more -------------------------------------------------------------------- */

/* The files that are read to find the server and to trust it. */
bool sandbox_allow_server_files(int rules, const char *archive);
/* The system calls that connections are made with. */
bool sandbox_allow_connecting(scmp_filter_ctx filter);

#endif
