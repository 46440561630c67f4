/* What the names and classes of elements tell. */
#include "feed/page.h"

/* Sorted by name. */
static const struct {
    const char *name;
    tag_kind kind;
} tags[] = {
    {"a", TAG_LINK},
    {"abbr", TAG_INLINE},
    {"acronym", TAG_INLINE},
    {"article", TAG_ARTICLE},
    {"aside", TAG_ASIDE},
    {"audio", TAG_DROPPED},
    {"b", TAG_INLINE},
    {"bdi", TAG_INLINE},
    {"bdo", TAG_INLINE},
    {"big", TAG_INLINE},
    {"blockquote", TAG_PARAGRAPH},
    {"br", TAG_BREAK},
    {"button", TAG_DROPPED},
    {"canvas", TAG_DROPPED},
    {"cite", TAG_INLINE},
    {"code", TAG_INLINE},
    {"data", TAG_INLINE},
    {"dd", TAG_PARAGRAPH},
    {"del", TAG_INLINE},
    {"dfn", TAG_INLINE},
    {"dialog", TAG_ASIDE},
    {"dt", TAG_PARAGRAPH},
    {"em", TAG_INLINE},
    {"embed", TAG_DROPPED},
    {"figcaption", TAG_ASIDE},
    {"font", TAG_INLINE},
    {"footer", TAG_ASIDE},
    {"h1", TAG_HEADING},
    {"h2", TAG_HEADING},
    {"h3", TAG_HEADING},
    {"h4", TAG_HEADING},
    {"h5", TAG_HEADING},
    {"h6", TAG_HEADING},
    {"hr", TAG_BREAK},
    {"i", TAG_INLINE},
    {"iframe", TAG_DROPPED},
    {"img", TAG_INLINE},
    {"input", TAG_INLINE},
    {"ins", TAG_INLINE},
    {"kbd", TAG_INLINE},
    {"label", TAG_INLINE},
    {"li", TAG_PARAGRAPH},
    {"link", TAG_META},
    {"map", TAG_DROPPED},
    {"mark", TAG_INLINE},
    {"math", TAG_DROPPED},
    {"menu", TAG_ASIDE},
    {"meta", TAG_META},
    {"nav", TAG_ASIDE},
    {"nobr", TAG_INLINE},
    {"noscript", TAG_DROPPED},
    {"object", TAG_DROPPED},
    {"optgroup", TAG_DROPPED},
    {"option", TAG_DROPPED},
    {"p", TAG_PARAGRAPH},
    {"pre", TAG_PARAGRAPH},
    {"q", TAG_INLINE},
    {"ruby", TAG_INLINE},
    {"s", TAG_INLINE},
    {"samp", TAG_INLINE},
    {"script", TAG_SCRIPT},
    {"select", TAG_DROPPED},
    {"small", TAG_INLINE},
    {"span", TAG_INLINE},
    {"strike", TAG_INLINE},
    {"strong", TAG_INLINE},
    {"style", TAG_DROPPED},
    {"sub", TAG_INLINE},
    {"sup", TAG_INLINE},
    {"svg", TAG_DROPPED},
    {"template", TAG_DROPPED},
    {"textarea", TAG_DROPPED},
    {"time", TAG_INLINE},
    {"title", TAG_TITLE},
    {"tt", TAG_INLINE},
    {"u", TAG_INLINE},
    {"var", TAG_INLINE},
    {"video", TAG_DROPPED},
    {"wbr", TAG_INLINE},
};

tag_kind tag_find(const char *tag)
{
    const size_t count = sizeof tags / sizeof *tags;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(tag, tags[middle].name);
        if (order == 0)
            return tags[middle].kind;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TAG_BOX;
}

/* Beginnings of words in classes and ids. */
static const struct {
    const char *word;
    aside means;
} aside_words[] = {
    {"advert", ASIDE_LAYOUT},    {"banner", ASIDE_LAYOUT},   {"breadcrumb", ASIDE_CLASS}, {"caption", ASIDE_CLASS},  {"comment", ASIDE_CLASS},
    {"cookie", ASIDE_CLASS},     {"copyright", ASIDE_CLASS}, {"discuss", ASIDE_CLASS},    {"disqus", ASIDE_CLASS},   {"footer", ASIDE_LAYOUT},
    {"keywords", ASIDE_CLASS},   {"menu", ASIDE_LAYOUT},     {"modal", ASIDE_LAYOUT},     {"mostread", ASIDE_CLASS}, {"nav", ASIDE_LAYOUT},
    {"newsletter", ASIDE_CLASS}, {"pager", ASIDE_CLASS},     {"pagination", ASIDE_CLASS}, {"popup", ASIDE_LAYOUT},   {"promo", ASIDE_LAYOUT},
    {"recommend", ASIDE_CLASS},  {"related", ASIDE_CLASS},   {"share", ASIDE_CLASS},      {"sharing", ASIDE_CLASS},  {"sidebar", ASIDE_LAYOUT},
    {"social", ASIDE_CLASS},     {"sponsor", ASIDE_CLASS},   {"subscri", ASIDE_CLASS},    {"tags", ASIDE_CLASS},     {"toolbar", ASIDE_LAYOUT},
    {"trending", ASIDE_CLASS},   {"widget", ASIDE_LAYOUT},
};

static char lower(char letter)
{
    return (char)(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
}

static bool begins_with(view text, const char *word)
{
    const size_t len = strlen(word);
    return text.len >= len && view_is((view){text.ptr, len}, word);
}

static bool is_letter(char letter)
{
    return lower(letter) >= 'a' && lower(letter) <= 'z';
}

/* Does a word begin at `at`: post-share, postShare? */
static bool begins_word(view names, size_t at)
{
    char letter = names.ptr[at], before = at == 0 ? ' ' : names.ptr[at - 1];
    return is_letter(letter) && (!is_letter(before) || (lower(before) == before && lower(letter) != letter));
}

/* "has-sidebar" tells of something else on the page. */
static bool tells_of_another(view before)
{
    return view_ends(before, view_of("has-")) || view_ends(before, view_of("no-")) || view_ends(before, view_of("with-")) ||
           view_ends(before, view_of("without-"));
}

aside class_aside(view names)
{
    aside found = ASIDE_NOT;
    for (size_t at = 0; at < names.len; at++) {
        if (!begins_word(names, at) || tells_of_another((view){names.ptr, at}))
            continue;
        for (size_t i = 0; i < sizeof aside_words / sizeof *aside_words; i++)
            if (aside_words[i].means > found && begins_with((view){names.ptr + at, names.len - at}, aside_words[i].word))
                found = aside_words[i].means;
    }
    return found;
}
