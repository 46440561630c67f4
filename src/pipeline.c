/*
 * Bytes to records: the table of contents of reading. An article is read sentence by sentence; what later sentences need of earlier ones
 * (who spoke, which parties and places were named) is in the reader's memory.
 */
#include "reader.h"

enum { TEXT_MAX = 64 * 1024 * 1024 };

/* The names and phrases of one sentence. */
static bool prepare(marsad_reader *reader, const sources_of_names *names, sentence *s, view text, span where)
{
    return sentence_prepare(s, &reader->sentence, names, reader->cache, text, where) && mention_find(s, &reader->sentence, names);
}

/* Count the countries that the title and the beginning speak of, so that الجيش and namesakes are read by the right one. */
static bool preview(marsad_reader *reader, const sources_of_names *names, view text)
{
    size_t at = 0;
    span where;
    while (at < PREVIEW_BYTES && sentence_next(text, &at, &where)) {
        sentence s;
        if (!prepare(reader, names, &s, text, where))
            return false;
        memory_count_countries(&reader->memory, &s, names);
        memory_count_weapons(&reader->memory, &s, reader->lexicon);
        arena_reset(&reader->sentence);
    }
    return true;
}

static bool read_sentence(marsad_reader *reader, const sources_of_names *names, const marsad_article *article, span where, record_list *records)
{
    sentence s;
    phrases p;
    if (!prepare(reader, names, &s, article->text, where))
        return false;
    reader->reading.sentence_count++;
    for (uint32_t i = 0; i < s.count; i++)
        reader->reading.word_count += s.tokens[i].kind != TOKEN_MARK;
    if (!phrase_build(&p, &reader->sentence, &s, reader->lexicon) ||
        !phrase_speakers(&p, &reader->sentence, &s, reader->lexicon, &reader->memory.speech))
        return false;
    scene e = {.names = names,
               .lexicon = reader->lexicon,
               .s = &s,
               .p = &p,
               .memory = &reader->memory,
               .scratch = &reader->sentence,
               .keep = &reader->article,
               .observer = reader->observer};
    return event_read(&e, article, records);
}

marsad_status marsad_read(marsad_reader *reader, const marsad_article *article, const marsad_reading **out, marsad_error *err)
{
    if (reader == NULL || article == NULL || out == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "marsad_read needs a reader, an article and a place for the reading");
    if (article->text.len > TEXT_MAX)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the text has %zu bytes, more than the %d that are read", article->text.len,
                    (int)TEXT_MAX);
    size_t invalid = utf8_invalid(article->text);
    if (invalid != MARSAD_NOWHERE)
        return fail(err, MARSAD_ERR_ARGUMENT, invalid, "the text is not UTF-8 at byte %zu", invalid);

    arena_reset(&reader->article);
    arena_reset(&reader->sentence);
    reader->memory = (memory){0};
    reader->reading = (marsad_reading){.article = *article};
    const sources_of_names names = {.lexicon = reader->lexicon,
                                    .gazetteers = reader->gazetteers,
                                    .gazetteer_count = reader->gazetteer_count,
                                    .published = article->published,
                                    .countries = reader->countries,
                                    .country_count = reader->country_count};
    record_list records = {.last_attack = -1};
    bool ok = preview(reader, &names, article->title) && preview(reader, &names, article->text);
    memory_settle_country(&reader->memory, &names);

    size_t at = 0;
    span where;
    while (ok && sentence_next(article->text, &at, &where)) {
        ok = read_sentence(reader, &names, article, where, &records);
        arena_reset(&reader->sentence);
    }
    if (!ok) {
        arena_reset(&reader->sentence);
        return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory");
    }
    event_settle(&records);
    reader->reading.records = records.items;
    reader->reading.record_count = records.count;
    *out = &reader->reading;
    return MARSAD_OK;
}
