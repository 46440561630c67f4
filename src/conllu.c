/* The words of an article in CoNLL-U (universaldependencies.org/format): what the lexicon and the rules of choice make of them. */
#include <stdio.h>

#include "reader.h"

typedef struct {
    marsad_write *write;
    void *context;
    char buffer[8192];
    size_t used;
    bool failed;
} out_buffer;

static void out_flush(out_buffer *out)
{
    if (out->used > 0 && !out->failed)
        out->failed = !out->write(out->context, out->buffer, out->used);
    out->used = 0;
}

static void out_view(out_buffer *out, view text)
{
    while (text.len > 0) {
        if (out->used == sizeof out->buffer)
            out_flush(out);
        size_t room = sizeof out->buffer - out->used, part = text.len < room ? text.len : room;
        memcpy(out->buffer + out->used, text.ptr, part);
        out->used += part;
        text = (view){text.ptr + part, text.len - part};
    }
}

static void out_text(out_buffer *out, const char *text)
{
    out_view(out, view_of(text));
}

static void out_number(out_buffer *out, uint32_t number)
{
    char digits[16];
    int len = snprintf(digits, sizeof digits, "%u", (unsigned)number);
    out_view(out, (view){digits, (size_t)len});
}

/* A column may hold no tab or newline; an empty one is "_". */
static void out_column(out_buffer *out, view text)
{
    if (text.len == 0)
        out_text(out, "_");
    for (size_t i = 0; i < text.len; i++)
        out_view(out, text.ptr[i] == '\t' || text.ptr[i] == '\n' || text.ptr[i] == '\r' ? view_of(" ") : (view){text.ptr + i, 1});
}

/* --- one word --- */

typedef struct {
    view form, lemma;
    const char *upos;
    char feats[160];
} node;

enum { MOST_NODES = 4 }; /* و + ب + stem + pronoun */

/* The length in the article of the first `folded` bytes of the word: marks dropped by folding belong to the letter before. */
static size_t home_length(view home, size_t folded)
{
    char letters[8];
    size_t at = 0, seen = 0, step;
    while (at < home.len) {
        utf8_at(home, at, &step);
        const size_t kept = fold_into(letters, sizeof letters, (view){home.ptr + at, step});
        if (kept > 0 && seen >= folded)
            break;
        seen += kept;
        at += step;
    }
    return at;
}

static void feats_append(char *feats, size_t room, const char *feature)
{
    const size_t used = strlen(feats);
    snprintf(feats + used, room - used, "%s%s", used > 0 ? "|" : "", feature);
}

static void feats_write(char *feats, size_t room, const morph_reading *reading)
{
    const unsigned f = reading->feats;
    const bool is_verb = reading->pos == POS_VERB;
    const bool is_nominal = reading->pos == POS_NOUN || reading->pos == POS_ADJ || reading->pos == POS_NAME || reading->pos == POS_QUANT;
    feats[0] = '\0';
    /* in the order of their names, as the format asks */
    if (is_verb)
        feats_append(feats, room, f & FEAT_PAST ? "Aspect=Perf" : "Aspect=Imp");
    if (is_nominal && (reading->clitics & CLITIC_AL) != 0)
        feats_append(feats, room, "Definite=Def");
    if (is_nominal && (f & FEAT_TANWIN) != 0)
        feats_append(feats, room, "Definite=Ind");
    if (f & FEAT_FEM)
        feats_append(feats, room, "Gender=Fem");
    else if (f & FEAT_MASC)
        feats_append(feats, room, "Gender=Masc");
    if (is_verb && (f & FEAT_IMP) != 0)
        feats_append(feats, room, "Mood=Imp");
    if (f & FEAT_PLUR)
        feats_append(feats, room, "Number=Plur");
    else if (f & FEAT_DUAL)
        feats_append(feats, room, "Number=Dual");
    else if (f & FEAT_SING)
        feats_append(feats, room, "Number=Sing");
    if (is_verb)
        feats_append(feats, room, f & FEAT_P1 ? "Person=1" : f & FEAT_P2 ? "Person=2" : "Person=3");
    if (is_verb && (f & (FEAT_PAST | FEAT_PRES)) != 0)
        feats_append(feats, room, f & FEAT_PAST ? "Tense=Past" : "Tense=Pres");
    if (is_verb && (f & (FEAT_ACT | FEAT_PASS)) != 0)
        feats_append(feats, room, f & FEAT_PASS ? "Voice=Pass" : "Voice=Act");
}

static size_t proclitic_nodes(const morph_reading *reading, view folded, view home, node *nodes, size_t *home_at, size_t *folded_at)
{
    static const struct {
        unsigned clitic;
        const char *lemma, *upos;
    } list[] = {{CLITIC_WA, "و", "CCONJ"}, {CLITIC_FA, "ف", "CCONJ"}, {CLITIC_BI, "ب", "ADP"},
                {CLITIC_KA, "ك", "ADP"},   {CLITIC_LI, "ل", "ADP"},   {CLITIC_SA, "س", "AUX"}};
    size_t count = 0, letter = strlen("و");
    (void)folded;
    for (size_t i = 0; i < sizeof list / sizeof *list && count < MOST_NODES - 2; i++) {
        if ((reading->clitics & list[i].clitic) == 0)
            continue;
        const size_t end = home_length(home, *folded_at + letter);
        nodes[count] = (node){.form = {home.ptr + *home_at, end - *home_at}, .lemma = view_of(list[i].lemma), .upos = list[i].upos};
        nodes[count].feats[0] = '\0';
        count++;
        *home_at = end;
        *folded_at += letter;
    }
    return count;
}

static size_t word_nodes(const marsad_lexicon *lexicon, const token *t, const morph_reading *reading, view home, node *nodes)
{
    size_t home_at = 0, folded_at = 0;
    size_t count = proclitic_nodes(reading, t->form, home, nodes, &home_at, &folded_at);
    const bool has_pronoun = (reading->clitics & CLITIC_PRON) != 0 && reading->suffix_len < t->form.len;
    const size_t stem_end = has_pronoun ? home_length(home, t->form.len - reading->suffix_len) : home.len;

    node *stem = &nodes[count++];
    *stem = (node){.form = {home.ptr + home_at, stem_end > home_at ? stem_end - home_at : 0}, .upos = morph_upos(lexicon, reading)};
    if (reading->lemma != 0)
        stem->lemma = view_of(lexicon_string(lexicon, lexicon_lemma(lexicon, reading->lemma)->text));
    else
        stem->lemma = (view){t->form.ptr + reading->prefix_len, t->form.len - reading->prefix_len};
    feats_write(stem->feats, sizeof stem->feats, reading);
    if (has_pronoun) {
        nodes[count] = (node){.form = {home.ptr + stem_end, home.len - stem_end}, .lemma = view_of("هو"), .upos = "PRON"};
        nodes[count].feats[0] = '\0';
        count++;
    }
    return count;
}

/* The last column: no blank after the word, and whether the lexicon lacks it. */
static void misc_write(out_buffer *out, bool space_after, bool known)
{
    if (!space_after)
        out_text(out, known ? "SpaceAfter=No\n" : "SpaceAfter=No|Unknown=Yes\n");
    else
        out_text(out, known ? "_\n" : "Unknown=Yes\n");
}

static void node_write(out_buffer *out, uint32_t id, const node *n, bool space_after, bool known)
{
    out_number(out, id);
    out_text(out, "\t");
    out_column(out, n->form);
    out_text(out, "\t");
    out_column(out, n->lemma);
    out_text(out, "\t");
    out_text(out, n->upos);
    out_text(out, "\t_\t");
    out_text(out, n->feats[0] != '\0' ? n->feats : "_");
    out_text(out, "\t_\t_\t_\t");
    misc_write(out, space_after, known);
}

static uint32_t token_write(out_buffer *out, const marsad_lexicon *lexicon, const token *t, const morph_reading *reading, view text, uint32_t id,
                            bool space_after)
{
    const view home = {text.ptr + t->home.start, t->home.end - t->home.start};
    node nodes[MOST_NODES + 1];
    size_t count = 1;
    if (t->kind == TOKEN_WORD && reading != NULL)
        count = word_nodes(lexicon, t, reading, home, nodes);
    else
        nodes[0] = (node){.form = home,
                          .lemma = t->form,
                          .upos = t->kind == TOKEN_NUMBER ? "NUM"
                                  : t->kind == TOKEN_WORD ? "X"
                                                          : "PUNCT",
                          .feats = ""};
    if (count > 1) {
        out_number(out, id);
        out_text(out, "-");
        out_number(out, id + (uint32_t)count - 1);
        out_text(out, "\t");
        out_column(out, home);
        out_text(out, space_after ? "\t_\t_\t_\t_\t_\t_\t_\t_\n" : "\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n");
    }
    for (size_t i = 0; i < count; i++)
        node_write(out, id + (uint32_t)i, &nodes[i], count > 1 || space_after, t->kind != TOKEN_WORD || (reading != NULL && reading->lemma != 0));
    return id + (uint32_t)count;
}

/*
 * The lexicon keeps بسبب and لان whole, as the grammar needs them; CoNLL-U parts them: the reading with the preposition taken off, if there is one.
 * The lemma of يمكن and its like is that of the verb.
 */
static const morph_reading *reading_parted(const marsad_lexicon *lexicon, const morph_word *word, uint8_t choice)
{
    const morph_reading *chosen = &word->readings[choice];
    if (chosen->pos < POS_PREP || chosen->prefix_len != 0 || (chosen->clitics & CLITIC_PRON) != 0)
        return chosen;
    for (uint8_t i = 0; i < word->reading_count; i++) {
        const morph_reading *other = &word->readings[i];
        if (chosen->pos == POS_POSSIBLE && other->pos == POS_VERB && other->clitics == 0 && strcmp(morph_upos(lexicon, chosen), "VERB") == 0)
            return other;
        if ((other->clitics & (CLITIC_BI | CLITIC_LI)) == 0 || (other->clitics & (CLITIC_WA | CLITIC_FA | CLITIC_PRON)) != 0)
            continue;
        const size_t letters = (size_t)(word->bares[0].end - other->prefix_len) / 2;
        if ((other->pos == POS_NOUN && other->rank <= 3 && letters >= 3) || other->pos == POS_COMP || other->pos == POS_NEG || other->pos == POS_REL)
            return other;
    }
    return chosen;
}

/* --- one sentence --- */

static bool sentence_write(marsad_reader *reader, out_buffer *out, const marsad_article *article, view text, span where, uint32_t number)
{
    token *tokens;
    uint32_t count, id = 1;
    if (!tokens_of(&reader->sentence, text, where, &tokens, &count))
        return false;
    morph_word *words = arena_alloc(&reader->sentence, (count + 1) * sizeof *words);
    uint8_t *choice = arena_alloc(&reader->sentence, count + 1);
    if (words == NULL || choice == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i].kind == TOKEN_WORD)
            morph_word_read(reader->lexicon, reader->cache, tokens[i].form, tokens[i].flags, &words[i]);
    morph_choose(reader->lexicon, tokens, words, count, choice);

    out_text(out, "# sent_id = ");
    out_column(out, article->id.len > 0 ? article->id : view_of("text"));
    out_text(out, "-");
    out_number(out, number);
    out_text(out, "\n# text = ");
    out_column(out, (view){text.ptr + where.start, where.end - where.start});
    out_text(out, "\n");
    for (uint32_t i = 0; i < count; i++) {
        const morph_reading *reading = words[i].reading_count > 0 ? reading_parted(reader->lexicon, &words[i], choice[i]) : NULL;
        const bool space_after = i + 1 >= count || (tokens[i + 1].flags & TOKEN_GLUED) == 0;
        id = token_write(out, reader->lexicon, &tokens[i], reading, text, id, space_after);
    }
    out_text(out, "\n");
    return true;
}

marsad_status marsad_conllu(marsad_reader *reader, const marsad_article *article, marsad_write *write, void *context, marsad_error *err)
{
    if (reader == NULL || article == NULL || write == NULL)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "marsad_conllu() needs a reader, an article and a place to write to");
    const size_t bad = utf8_invalid(article->text);
    if (bad != MARSAD_NOWHERE)
        return fail(err, MARSAD_ERR_ARGUMENT, bad, "the article is not UTF-8 at byte %zu", bad);
    if (article->text.len > UINT32_MAX / 2)
        return fail(err, MARSAD_ERR_ARGUMENT, MARSAD_NOWHERE, "the article is too long");

    out_buffer out = {.write = write, .context = context};
    size_t at = 0;
    span where;
    uint32_t number = 1;
    while (!out.failed && sentence_next(article->text, &at, &where)) {
        const bool good = sentence_write(reader, &out, article, article->text, where, number++);
        arena_reset(&reader->sentence);
        if (!good)
            return fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "out of memory for sentence %u", (unsigned)(number - 1));
    }
    out_flush(&out);
    return out.failed ? fail(err, MARSAD_ERR_SYSTEM, MARSAD_NOWHERE, "the output was refused") : MARSAD_OK;
}
