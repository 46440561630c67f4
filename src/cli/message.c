#include <stdarg.h>
#include <stdio.h>

#include "cli/command.h"

void message(const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    for (char *c = text; *c != 0; c++) /* a file's name must not steer the terminal */
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = '?';
    fprintf(stderr, "marsad: %s\n", text);
}

exit_status status_told(marsad_status status, const marsad_error *err)
{
    if (status == MARSAD_OK)
        return STATUS_OK;
    message("%s", err->message);
    return status == MARSAD_ERR_ARGUMENT ? STATUS_USAGE : STATUS_DATA;
}
