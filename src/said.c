#include "said.h"

enum { PERSON_BYTES_MOST = 64 };

marsad_status said_check_person(const char *person, marsad_error *err)
{
    if (person != NULL && text_is_line(person, PERSON_BYTES_MOST))
        return MARSAD_OK;
    return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE,
                "no person named: who decides is kept with the decision; 1 to 64 bytes of text, no blank at its ends");
}

static char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool said_is_same_person(const char *a, const char *b)
{
    for (; *a != 0 && small_letter(*a) == small_letter(*b); a++, b++)
        ;
    return small_letter(*a) == small_letter(*b);
}
