/* Opening the compiled lexicon: every count, offset and index is checked here once, so that lookup may follow them blindly. */
#include <stdlib.h>

#include "lexicon/format.h"

static marsad_status refuse(marsad_error *err, const char *path, size_t offset, const char *why)
{
    return fail(err, MARSAD_ERR_FORMAT, offset, "cannot use lexicon '%s': %s", path, why);
}

static const char *const section_names[SECTION_COUNT] = {
#define SECTION(constant, type) #constant,
    LEXICON_SECTIONS(SECTION)
#undef SECTION
};

static const size_t section_elements[SECTION_COUNT] = {
#define SECTION(constant, type) sizeof(type),
    LEXICON_SECTIONS(SECTION)
#undef SECTION
};

/* NULL, or what is wrong with the header and the table of sections. */
static const char *header_fault(const mapped_file *file, size_t *where)
{
    const lexicon_header *header = (const void *)file->bytes;
    *where = 0;
    if (file->size < sizeof header->magic || memcmp(header->magic, LEXICON_MAGIC, sizeof header->magic) != 0)
        return "it is no compiled lexicon";
    if (file->size < sizeof *header)
        return "it is cut short";
    *where = offsetof(lexicon_header, byte_order);
    if (header->byte_order != LEXICON_BYTE_ORDER)
        return "it was compiled for a machine of another byte order";
    *where = offsetof(lexicon_header, version);
    if (header->version != LEXICON_VERSION)
        return "it is of another version: compile it again";
    *where = offsetof(lexicon_header, size);
    if (header->size != file->size)
        return header->size > file->size ? "it is cut short" : "bytes follow its end";
    *where = offsetof(lexicon_header, section_count);
    if (header->section_count != SECTION_COUNT)
        return "it has another number of sections";

    uint64_t end = sizeof *header;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        const lexicon_section_place *place = &header->sections[i];
        *where = (size_t)((const unsigned char *)place - file->bytes);
        if (place->element != section_elements[i])
            return section_names[i];
        /* Sections follow each other, with less than 8 bytes between: none may overlap. */
        if (place->offset % 8 != 0 || place->offset < end || place->offset - end >= 8 || place->offset > file->size)
            return section_names[i];
        if (place->count > (file->size - place->offset) / place->element || place->count == 0)
            return section_names[i];
        end = place->offset + (uint64_t)place->count * place->element;
    }
    return NULL;
}

static void sections_bind(marsad_lexicon *lexicon)
{
    const lexicon_header *header = lexicon->header;
#define SECTION(constant, type)                                                                                                                      \
    lexicon->at.constant = (const void *)(lexicon->file.bytes + header->sections[SECTION_##constant].offset);                                        \
    lexicon->count.constant = header->sections[SECTION_##constant].count;
    LEXICON_SECTIONS(SECTION)
#undef SECTION
}

static bool is_power_of_two(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static bool run_fits(uint32_t first, uint32_t count, uint32_t all)
{
    return first <= all && count <= all - first;
}

/* A string of another section must begin inside the pool; the pool's last byte is NUL, so it ends inside too. */
static bool is_string(const marsad_lexicon *lexicon, uint32_t offset)
{
    return offset < lexicon->count.STRINGS;
}

static const char *strings_fault(const marsad_lexicon *x)
{
    if (x->at.STRINGS[0] != '\0' || x->at.STRINGS[x->count.STRINGS - 1] != '\0')
        return "its strings do not end";
    for (uint32_t i = 0; i < x->count.ROWS; i++)
        if (!is_string(x, x->at.ROWS[i].table))
            return "a row names no table";
    return NULL;
}

static const char *lemmas_fault(const marsad_lexicon *x)
{
    for (uint32_t i = 0; i < x->count.LEMMAS; i++) {
        const lex_lemma *lemma = &x->at.LEMMAS[i];
        if (!is_string(x, lemma->text) || !is_string(x, lemma->who) || lemma->row >= x->count.ROWS || lemma->pos >= POS_COUNT)
            return "a lemma points outside";
        if (!run_fits(lemma->first_frame, lemma->frame_count, x->count.FRAMES) ||
            !run_fits(lemma->first_governor, lemma->governor_count, x->count.GOVERNORS) ||
            !run_fits(lemma->first_saying, lemma->saying_count, x->count.SAYINGS))
            return "a lemma's rows lie outside";
        for (size_t c = 0; c < 4; c++)
            if (lemma->classes[c] >= CLASS_COUNT)
                return "a lemma is of no known class";
    }
    return NULL;
}

static bool is_class(uint8_t class)
{
    return class < CLASS_COUNT || class == NEED_PLACE || class == NEED_ACTOR;
}

static bool is_cue(uint8_t cue)
{
    return cue < CLASS_COUNT || cue == CUE_PRES || cue == CUE_PAST || cue == CUE_NEG;
}

static const char *frames_fault(const marsad_lexicon *x)
{
    for (uint32_t i = 0; i < x->count.FRAMES; i++) {
        const lex_frame *frame = &x->at.FRAMES[i];
        if (frame->lemma >= x->count.LEMMAS || frame->second >= x->count.LEMMAS || frame->row >= x->count.ROWS || frame->kind >= MARSAD_KIND_COUNT ||
            (frame->pos >= POS_COUNT && frame->pos != FRAME_THING))
            return "a frame points outside";
        if (frame->role_count > sizeof frame->roles / sizeof *frame->roles ||
            frame->variant_count > sizeof frame->variants / sizeof *frame->variants || frame->need_count > sizeof frame->needs / sizeof *frame->needs)
            return "a frame counts too much";
        for (size_t k = 0; k < frame->role_count; k++)
            if (frame->roles[k].slot >= SLOT_COUNT || frame->roles[k].role >= ROLE_COUNT)
                return "a frame has an unknown role";
        for (size_t k = 0; k < frame->variant_count; k++)
            if (!is_cue(frame->variants[k].cue) || frame->variants[k].kind >= MARSAD_KIND_COUNT)
                return "a frame has an unknown variant";
        for (size_t k = 0; k < frame->need_count; k++)
            if (frame->needs[k].lemma >= x->count.LEMMAS || frame->needs[k].slot >= SLOT_COUNT || !is_class(frame->needs[k].class))
                return "a frame has an unknown need";
    }
    return NULL;
}

static const char *governors_fault(const marsad_lexicon *x)
{
    for (uint32_t i = 0; i < x->count.GOVERNORS; i++) {
        const lex_governor *governor = &x->at.GOVERNORS[i];
        if (governor->lemma >= x->count.LEMMAS || governor->row >= x->count.ROWS || governor->via >= SLOT_COUNT ||
            governor->effect > EFFECT_INCLUDES || governor->subject >= ROLE_COUNT || governor->pos >= POS_COUNT)
            return "a governor points outside";
        if (governor->value >= (governor->effect == EFFECT_PHASE ? (int)MARSAD_PHASE_COUNT : (int)MARSAD_MODALITY_COUNT))
            return "a governor has an unknown effect";
    }
    for (uint32_t i = 0; i < x->count.SAYINGS; i++) {
        const lex_saying *saying = &x->at.SAYINGS[i];
        if (saying->lemma >= x->count.LEMMAS || saying->row >= x->count.ROWS || saying->pos >= POS_COUNT ||
            (saying->speaker >= SLOT_COUNT && saying->speaker != SPEAKER_LAST))
            return "a saying points outside";
    }
    return NULL;
}

static bool is_date_or_open(marsad_date date)
{
    return !date_is_given(date) || (date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31);
}

static const char *names_fault(const marsad_lexicon *x)
{
    const uint32_t rows = x->count.ROWS;
    for (uint32_t i = 0; i < x->count.ACTORS; i++) {
        const lex_actor *actor = &x->at.ACTORS[i];
        if (!is_string(x, actor->name) || !is_string(x, actor->who) || !is_string(x, actor->code) || !is_string(x, actor->parent) ||
            !is_string(x, actor->context) || actor->row >= rows || actor->kind > ACTOR_PEOPLE || !is_date_or_open(actor->from) ||
            !is_date_or_open(actor->to))
            return "an actor points outside";
    }
    for (uint32_t i = 0; i < x->count.DEMONYMS; i++) {
        const lex_demonym *demonym = &x->at.DEMONYMS[i];
        if (!is_string(x, demonym->country) || !is_string(x, demonym->who) || !is_string(x, demonym->code) || demonym->row >= rows)
            return "a demonym points outside";
    }
    return NULL;
}

static bool is_time(const lex_time *time)
{
    const int value = time->value;
    switch (time->rule) {
    case TIME_WEEKDAY:
        return value >= 1 && value <= 7;
    case TIME_MONTH:
    case TIME_HIJRI:
        return value >= 1 && value <= 12;
    case TIME_UNIT:
        return value >= UNIT_MINUTE && value <= UNIT_YEAR;
    default:
        return time->rule <= TIME_YEAR_WORD;
    }
}

static const char *small_tables_fault(const marsad_lexicon *x)
{
    const uint32_t rows = x->count.ROWS;
    for (uint32_t i = 0; i < x->count.TIMES; i++)
        if (x->at.TIMES[i].row >= rows || !is_time(&x->at.TIMES[i]))
            return "a time word points outside";
    for (uint32_t i = 0; i < x->count.NUMBERS; i++)
        if (x->at.NUMBERS[i].row >= rows || x->at.NUMBERS[i].class > NUMBER_HALF)
            return "a number word points outside";
    for (uint32_t i = 0; i < x->count.BOUNDS; i++)
        if (x->at.BOUNDS[i].row >= rows || x->at.BOUNDS[i].bound >= MARSAD_BOUND_COUNT)
            return "a bound points outside";
    for (uint32_t i = 0; i < x->count.DIRECTIONS; i++)
        if (x->at.DIRECTIONS[i].row >= rows || x->at.DIRECTIONS[i].relation >= MARSAD_RELATION_COUNT)
            return "a direction points outside";
    for (uint32_t i = 0; i < x->count.TITLES; i++)
        if (x->at.TITLES[i].row >= rows)
            return "a title points outside";
    for (uint32_t i = 0; i < x->count.WORDS; i++)
        if (x->at.WORDS[i].lemma >= x->count.LEMMAS || x->at.WORDS[i].row >= rows || x->at.WORDS[i].pos >= POS_COUNT ||
            x->at.WORDS[i].slot >= SLOT_COUNT)
            return "a grammar word points outside";
    return NULL;
}

static const char *forms_fault(const marsad_lexicon *x)
{
    /* Kept plain so that the compiler can do several at once: this is most of the file. */
    const uint32_t lemmas = x->count.LEMMAS;
    uint32_t bad = 0;
    for (uint32_t i = 0; i < x->count.READINGS; i++)
        bad |= (uint32_t)(x->at.READINGS[i].lemma >= lemmas) | (uint32_t)(x->at.READINGS[i].pos >= POS_COUNT);
    if (bad)
        return "a reading points outside";

    if (!is_power_of_two(x->count.FORMS) || x->count.FORM_TAGS != x->count.FORMS)
        return "the table of forms has no proper size";
    uint32_t used = 0;
    for (uint32_t i = 0; i < x->count.FORMS; i++)
        used += x->at.FORM_TAGS[i] != 0;
    if (used == x->count.FORMS)
        return "the table of forms has no free slot";
    const uint32_t strings = x->count.STRINGS, readings = x->count.READINGS;
    for (uint32_t i = 0; i < x->count.FORMS; i++) {
        const lexicon_form_slot *slot = &x->at.FORMS[i];
        bad |= (uint32_t)(slot->text >= strings) | (uint32_t)((uint64_t)slot->reading + slot->count > readings);
    }
    return bad ? "a form points outside" : NULL;
}

static const char *hashes_fault(const marsad_lexicon *x)
{
    uint32_t used = 0;
    if (!is_power_of_two(x->count.LEMMA_SLOTS) || !is_power_of_two(x->count.KEYS) || !is_power_of_two(x->count.STEPS))
        return "a table of keys has no proper size";
    for (uint32_t i = 0; i < x->count.LEMMA_SLOTS; i++) {
        used += x->at.LEMMA_SLOTS[i] != 0;
        if (x->at.LEMMA_SLOTS[i] >= x->count.LEMMAS)
            return "a lemma's slot points outside";
    }
    if (used == x->count.LEMMA_SLOTS)
        return "the table of lemmas has no free slot";

    used = 0;
    for (uint32_t i = 0; i < x->count.KEYS; i++) {
        used += x->at.KEYS[i].key != 0;
        if (!is_string(x, x->at.KEYS[i].text) || x->at.KEYS[i].key > x->header->key_count)
            return "a key points outside";
    }
    if (used == x->count.KEYS)
        return "the table of keys has no free slot";

    used = 0;
    for (uint32_t i = 0; i < x->count.STEPS; i++) {
        used += x->at.STEPS[i].next != 0;
        if (x->at.STEPS[i].next >= x->count.STATES)
            return "a step leads outside";
    }
    return used == x->count.STEPS ? "the table of steps has no free slot" : NULL;
}

static const char *weights_fault(const marsad_lexicon *x)
{
    uint32_t used = 0;
    if (!is_power_of_two(x->count.WEIGHTS))
        return "the table of weights has no proper size";
    for (uint32_t i = 0; i < x->count.WEIGHTS; i++)
        used += x->at.WEIGHTS[i].feature != 0;
    return used == x->count.WEIGHTS ? "the table of weights has no free slot" : NULL;
}

static const char *trie_fault(const marsad_lexicon *x)
{
    const uint32_t counts[] = {0,
                               x->count.ACTORS,
                               x->count.DEMONYMS,
                               x->count.TIMES,
                               x->count.NUMBERS,
                               x->count.BOUNDS,
                               x->count.DIRECTIONS,
                               x->count.TITLES,
                               x->count.WORDS,
                               x->count.SAYINGS,
                               x->count.LEMMAS};
    for (uint32_t i = 0; i < x->count.STATES; i++)
        if (!run_fits(x->at.STATES[i].first, x->at.STATES[i].count, x->count.ENTRIES))
            return "a phrase's entries lie outside";
    for (uint32_t i = 0; i < x->count.ENTRIES; i++) {
        const lex_entry *entry = &x->at.ENTRIES[i];
        if (entry->type > ENTRY_NOUN || (entry->type != 0 && entry->index >= counts[entry->type]) || (entry->type == 0 && i != 0))
            return "a phrase points outside";
    }
    return NULL;
}

static const char *content_fault(const marsad_lexicon *lexicon)
{
    static const char *(*const checks[])(const marsad_lexicon *) = {strings_fault,      lemmas_fault, frames_fault, governors_fault, names_fault,
                                                                    small_tables_fault, forms_fault,  hashes_fault, trie_fault,      weights_fault};
    const char *fault = NULL;
    for (size_t i = 0; i < sizeof checks / sizeof *checks && fault == NULL; i++)
        fault = checks[i](lexicon);
    return fault;
}

marsad_status marsad_lexicon_open(marsad_lexicon **out, const char *path, marsad_error *err)
{
    mapped_file file = {0};
    marsad_lexicon *lexicon = NULL;
    const char *fault;
    size_t where;

    if (out == NULL || path == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "marsad_lexicon_open() needs a place for the lexicon and a path");
    *out = NULL;
    marsad_status status = file_map(&file, path, err);
    if (status != MARSAD_OK)
        goto done;
    fault = header_fault(&file, &where);
    if (fault != NULL) {
        status = refuse(err, path, where, fault);
        goto done;
    }
    lexicon = calloc(1, sizeof *lexicon);
    if (lexicon == NULL) {
        status = fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for '%s'", path);
        goto done;
    }
    lexicon->file = file; /* handed over: from here the lexicon unmaps it */
    file = (mapped_file){0};
    lexicon->header = (const void *)lexicon->file.bytes;
    sections_bind(lexicon);
    fault = content_fault(lexicon);
    if (fault != NULL) {
        status = refuse(err, path, MARSAD_NOWHERE, fault);
        goto done;
    }
    *out = lexicon;
    lexicon = NULL;
done:
    marsad_lexicon_close(lexicon);
    file_unmap(&file); /* harmless on an empty one */
    return status;
}

void marsad_lexicon_close(marsad_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    file_unmap(&lexicon->file);
    free(lexicon);
}
