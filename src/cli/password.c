/* A password, from the terminal without showing it, or from what is piped in. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/account.h"

/* One line of standard input without its end. False if there is none, or it is too long. */
static bool read_line(password *out)
{
    const bool ok = fgets(out->bytes, sizeof out->bytes, stdin) != NULL;
    out->size = ok ? strcspn(out->bytes, "\r\n") : 0;
    return ok && (out->bytes[out->size] != 0 || feof(stdin) != 0);
}

/* Nothing of the line is shown, and keys that end programs are letters meanwhile: an end here would leave the terminal without a show of letters. */
static bool read_hidden(password *out, const char *prompt)
{
    struct termios before, hidden;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    fputs(prompt, stderr);
    fflush(stderr);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    const bool ok = read_line(out);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputs("\n", stderr);
    return ok && memchr(out->bytes, 3, out->size) == NULL; /* Ctrl-C */
}

bool password_read(password *out)
{
    if (isatty(STDIN_FILENO) != 1) {
        if (read_line(out))
            return true;
        message("no password: a line of standard input is one, of at most %d bytes", (int)MARSAD_PASSWORD_MOST);
        password_forget(out);
        return false;
    }
    password again = {.size = 0};
    bool ok = read_hidden(out, "Password: ") && read_hidden(&again, "The same again: ");
    if (!ok)
        message("no password given");
    else if (again.size != out->size || memcmp(again.bytes, out->bytes, out->size) != 0)
        message("these were two passwords");
    ok = ok && again.size == out->size && memcmp(again.bytes, out->bytes, out->size) == 0;
    password_forget(&again);
    if (!ok)
        password_forget(out);
    return ok;
}

void password_forget(password *p)
{
    sodium_memzero(p, sizeof *p);
}
