/* What parties and kinds are called, as the rules tell it: the same for everybody. */
#include <stdio.h>

#include "archive/words.h"
#include "ask/list.h"
#include "incident/codes.h"
#include "incident/parties.h"
#include "incident/sides.h"
#include "incident/wording.h"

const char *const party_columns[] = {"who", "name_ar", "name_en", "side", "type", "country", NULL};
const char *const kind_columns[] = {"kind", "name_ar", "name_en", "plover", "cameo", NULL};

static const char *text_or_null(const char *text)
{
    return text == NULL || text[0] == 0 ? NULL : text;
}

/* Does each of `wanted` (search keys, parted by blanks) begin a word of the party's names? */
static bool has_words(const party_row *party, const char *wanted, row_writer *w)
{
    buffer own = {0};
    bool has_all = true;
    buffer_text(&own, " ");
    words_add_keys(&own, view_of(party->name_ar));
    buffer_text(&own, " ");
    words_add_keys(&own, view_of(party->name_en));
    buffer_text(&own, " ");
    words_add_keys(&own, view_of(party->who));
    buffer_add(&own, "", 1);
    w->failed = w->failed || own.failed;
    while (*wanted != 0 && !own.failed) {
        char word[128];
        const size_t len = strcspn(wanted, " ");
        snprintf(word, sizeof word, " %.*s", (int)len, wanted);
        has_all = has_all && strstr(own.bytes, word) != NULL;
        wanted += len + (wanted[len] == ' ');
    }
    buffer_free(&own);
    return has_all;
}

marsad_status list_parties(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    const party_table *parties = rules_parties(archive->rules);
    const int32_t day = date_is_given(question->to) ? day_number(question->to) : NO_DAY;
    const char *country = question->country == NULL ? "" : question->country;
    buffer keys = {0};
    (void)err; /* what can fail is told by the writer */
    if (question->words != NULL)
        words_add_keys(&keys, view_of(question->words));
    buffer_add(&keys, "", 1);
    w->failed = keys.failed;
    for (uint32_t i = 0; i < parties->count && !keys.failed; i++) {
        const party_row *party = &parties->items[i];
        if (!has_words(party, keys.bytes, w))
            continue;
        rows_text(w, party->who);
        rows_text(w, party->name_ar);
        rows_text(w, party->name_en);
        rows_text(w, text_or_null(side_of(rules_sides(archive->rules), party->who, country, day)));
        rows_text(w, party_type_name(party->type));
        rows_text(w, text_or_null(party->country));
        if (!rows_end(w))
            break;
    }
    buffer_free(&keys);
    return MARSAD_OK;
}

marsad_status list_kinds(marsad_archive *archive, const marsad_question *question, row_writer *w, marsad_error *err)
{
    const wording *words = rules_wording(archive->rules);
    question_limits limits;
    const marsad_status status = question_read(&limits, question, err);
    for (int kind = 0; status == MARSAD_OK && kind < MARSAD_KIND_COUNT; kind++) {
        char key[64];
        const crosswalk_row *codes = codes_crosswalk(archive->rules, (marsad_kind)kind, MARSAD_NO_PHASE);
        if ((limits.kinds >> kind & 1) == 0)
            continue;
        snprintf(key, sizeof key, "kind.%s", marsad_kind_name((marsad_kind)kind));
        rows_text(w, marsad_kind_name((marsad_kind)kind));
        rows_text(w, wording_text(words, LANGUAGE_AR, key));
        rows_text(w, wording_text(words, LANGUAGE_EN, key));
        rows_text(w, codes == NULL ? NULL : text_or_null(codes->plover));
        rows_text(w, codes == NULL ? NULL : text_or_null(codes->cameo));
        if (!rows_end(w))
            break;
    }
    return status;
}
