/* The table of letters: ASCII and the Arabic block drawn here, the rest by its category in Unicode. */
#include "text/letter.h"

#include <utf8proc.h>

const char ascii_roles[128 + 1] = "~~~~~~~~~     ~~" /* 00 */
                                  "~~~~~~~~~~~~    " /* 10 */
                                  " ..#............" /* 20  !"#$%&'()*+,-./ */
                                  "0000000000......" /* 30 0123456789:;<=>? */
                                  ".XXXXXXXXXXXXXXX" /* 40 @ABCDEFGHIJKLMNO */
                                  "XXXXXXXXXXX....#" /* 50 PQRSTUVWXYZ[\]^_ */
                                  ".xxxxxxxxxxxxxxx" /* 60 `abcdefghijklmno */
                                  "xxxxxxxxxxx....~" /* 70 pqrstuvwxyz{|}~ */;

const char arabic_roles[256 + 1] = "................" /* 0600 number signs, ، */
                                   "-----------.~..." /* 0610 honorific signs, ؛, U+061C direction mark, ؟ */
                                   "bbaAbIbbbbbbbbbb" /* 0620 ؠ ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ د */
                                   "bbbbbbbbbbbbbbbb" /* 0630 ذ ر ز س ش ص ض ط ظ ع غ */
                                   "-bbbbbbbbYbnnn-u" /* 0640 tatweel, ف ق ك ل م ن ه و ى ي, tanwin, fatha, damma */
                                   "-w--^v----------" /* 0650 kasra, shadda, sukun, madda, hamza over and under */
                                   "0000000000....bb" /* 0660 ٠-٩ ٪ ٫ ٬ ٭ */
                                   "-aaababbbbbbbbbb" /* 0670 superscript alef, ٱ and other alefs */
                                   "bbbbbbbbbbbbbbbb" /* 0680 */
                                   "bbbbbbbbbbbbbbbb" /* 0690 */
                                   "bbbbbbbbbkkbbbbb" /* 06A0 ک ڪ */
                                   "bbbbbbbbbbbbbbbb" /* 06B0 */
                                   "bbbbbbbbbbbbybbb" /* 06C0 ی */
                                   "bbbb.b-------..-" /* 06D0 ۔, signs of the Quran */
                                   "---------.----bb" /* 06E0 */
                                   "0000000000bbb..b" /* 06F0 ۰-۹ */;

bool is_blank(uint32_t code)
{
    return (code >= 0x09 && code <= 0x0D) || (code >= 0x1C && code <= 0x20) || code == 0x85 || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* Diacritics outside the Arabic block. Vowel signs of Indian scripts are not among them: there they are letters. */
static bool is_diacritic(uint32_t code)
{
    return (code >= 0x0300 && code <= 0x036F) || (code >= 0x0898 && code <= 0x089F) || (code >= 0x08CA && code <= 0x08FF && code != 0x08E2) ||
           (code >= 0x1AB0 && code <= 0x1AFF) || (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20FF) ||
           (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xFE20 && code <= 0xFE2F);
}

static bool is_form_of_signs(uint32_t code) /* a diacritic standing alone or on a tatweel */
{
    return (code >= 0xFE70 && code <= 0xFE7F) || (code >= 0xFC5E && code <= 0xFC63) || (code >= 0xFCF2 && code <= 0xFCF4);
}

static letter_role role_of_form(uint32_t code, utf8proc_category_t category)
{
    if (code == 0xFDFA || code == 0xFDFB)
        return ROLE_PHRASE;
    if (is_form_of_signs(code))
        return ROLE_SIGN;
    return category == UTF8PROC_CATEGORY_LO || code == 0xFDFC /* ﷼ */ ? ROLE_FORM : ROLE_MARK;
}

static bool is_form(uint32_t code)
{
    return (code >= 0xFB50 && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC);
}

static bool is_arabic_supplement(uint32_t code)
{
    return (code >= 0x0750 && code <= 0x077F) || (code >= 0x0870 && code <= 0x08C9);
}

static letter_role role_by_category(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    if (is_form(code))
        return role_of_form(code, category);

    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return is_arabic_supplement(code) ? ROLE_KEPT : ROLE_FOREIGN;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return is_diacritic(code) ? ROLE_SIGN : ROLE_FOREIGN;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return ROLE_FOREIGN;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
        return ROLE_HIDDEN;
    default:
        return ROLE_MARK;
    }
}

letter_role role_of(uint32_t code)
{
    if (code < 0x80)
        return (letter_role)ascii_roles[code];
    if (code >= 0x600 && code < 0x700)
        return (letter_role)arabic_roles[code - 0x600];
    return is_blank(code) ? ROLE_BLANK : role_by_category(code);
}
