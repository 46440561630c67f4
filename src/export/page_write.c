/* A page as text and as HTML. Whatever came from outside is escaped, and its direction ends where it ends. */
#include "export/page.h"

#include <stdio.h>

/* Where bytes go; remembers a refusal. */
typedef struct {
    marsad_write *write;
    void *context;
    bool is_refused;
} sink;

static void put(sink *out, const char *text)
{
    const size_t len = strlen(text);
    if (!out->is_refused && len > 0 && !out->write(out->context, text, len))
        out->is_refused = true;
}

/* --- text ------------------------------------------------------------------------------------------------------------ */

/* First-strong isolate and its end, so that a Latin name does not turn the line around it. */
#define ISOLATE "\u2068"
#define ISOLATE_END "\u2069"

/* A sentence begins with a capital; templates can stand anywhere, and are written small. */
static const char *capital(char first[2], const char *text, bool is_first)
{
    if (!is_first || text[0] < 'a' || text[0] > 'z')
        return text;
    first[0] = (char)(text[0] - 'a' + 'A');
    first[1] = 0;
    return text + 1;
}

static void text_line(sink *out, page_line line, bool is_sentence)
{
    for (uint32_t i = 0; i < line.count; i++) {
        const page_run *run = &line.items[i];
        char first[2] = "";
        const bool is_words = run->kind == RUN_WORDS;
        const char *rest = capital(first, run->text, is_words && is_sentence && i == 0);
        put(out, is_words ? first : ISOLATE);
        put(out, rest);
        put(out, is_words ? "" : ISOLATE_END);
    }
}

static void text_block(sink *out, const page_block *block)
{
    static const char *const before[] = {
        [BLOCK_TITLE] = "",  [BLOCK_HEADING] = "\n# ", [BLOCK_GROUP] = "\n## ", [BLOCK_ITEM] = "\n",    [BLOCK_SENTENCE] = "  ",
        [BLOCK_NOTE] = "- ", [BLOCK_SOURCES] = "  [",  [BLOCK_TABLE_HEAD] = "", [BLOCK_TABLE_ROW] = "",
    };
    put(out, before[block->kind]);
    for (uint32_t i = 0; i < block->cell_count; i++) {
        put(out, i > 0 ? " | " : "");
        text_line(out, block->cells[i], block->kind == BLOCK_SENTENCE);
    }
    put(out, block->kind == BLOCK_SOURCES ? "]\n" : "\n");
}

bool page_write_text(const page *pages, uint32_t count, marsad_write *write, void *context)
{
    sink out = {.write = write, .context = context};
    for (uint32_t p = 0; p < count; p++) {
        put(&out, p > 0 ? "\n----\n\n" : "");
        for (uint32_t i = 0; i < pages[p].count; i++)
            text_block(&out, &pages[p].blocks[i]);
    }
    return !out.is_refused;
}

/* --- HTML ------------------------------------------------------------------------------------------------------------ */

static const char style[] =
    ":root{color:#1b1b1b;background:#fff;--line:#8a8a8a;--soft:#f3f3f1;--note:#4a4a4a}\n"
    "body{margin:0;font:16px/1.6 \"Noto Sans\",\"Noto Sans Arabic\",\"DejaVu Sans\",Arial,sans-serif}\n"
    "[lang=ar]{font-family:\"Noto Naskh Arabic\",\"Noto Sans Arabic\",\"Noto Sans\",\"DejaVu Sans\",Tahoma,serif;line-height:1.9}\n"
    "main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem}\n"
    "main+main{border-top:2px solid var(--line)}\n"
    "h1{font-size:1.7rem;margin:0 0 .5rem}\n"
    "h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}\n"
    "h3{font-size:1.1rem;margin:1.4rem 0 .3rem}\n"
    "h4{font-size:1rem;margin:1rem 0 .2rem;overflow-wrap:anywhere}\n"
    "p{margin:.25rem 0;overflow-wrap:anywhere}\n"
    ".note{color:var(--note)}\n"
    ".sources{color:var(--note);font-size:.85rem}\n"
    ".wide{overflow-x:auto;margin:.7rem 0}\n"
    "table{border-collapse:collapse}\n"
    "th,td{border:1px solid var(--line);padding:.2rem .6rem;text-align:start;vertical-align:top}\n"
    "th{background:var(--soft)}\n"
    "a{color:inherit}\n";

static const char print_style[] = "@page{size:A4;margin:18mm 16mm}\n"
                                  "body{font-size:10.5pt}\n"
                                  "main{max-width:none;padding:0}\n"
                                  "main+main{break-before:page;border-top:0}\n"
                                  "h1,h2,h3,h4{break-after:avoid}\n"
                                  "p,tr{break-inside:avoid}\n"
                                  "p{orphans:3;widows:3}\n"
                                  "thead{display:table-header-group}\n"
                                  ".wide{overflow:visible}\n"
                                  "table{width:100%}\n"
                                  "th{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
                                  "a{text-decoration:none}\n";

static void put_escaped(sink *out, const char *text)
{
    for (const char *at = text; *at != 0 && !out->is_refused;) {
        const size_t plain = strcspn(at, "&<>\"'");
        if (plain > 0 && !out->write(out->context, at, plain))
            out->is_refused = true;
        at += plain;
        switch (*at) {
        case '&':
            put(out, "&amp;");
            break;
        case '<':
            put(out, "&lt;");
            break;
        case '>':
            put(out, "&gt;");
            break;
        case '"':
            put(out, "&quot;");
            break;
        case '\'':
            put(out, "&#39;");
            break;
        default:
            break;
        }
        at += *at != 0;
    }
}

static void html_name(sink *out, const page_run *run)
{
    if (run->url != NULL) {
        put(out, "<a rel=\"noreferrer noopener nofollow\" href=\"");
        put_escaped(out, run->url);
        put(out, "\">");
    }
    put(out, "<bdi>");
    put_escaped(out, run->text);
    put(out, run->url != NULL ? "</bdi></a>" : "</bdi>");
}

static void html_line(sink *out, page_line line, bool is_sentence)
{
    for (uint32_t i = 0; i < line.count; i++) {
        char first[2] = "";
        if (line.items[i].kind != RUN_WORDS) {
            html_name(out, &line.items[i]);
            continue;
        }
        const char *rest = capital(first, line.items[i].text, is_sentence && i == 0);
        put(out, first);
        put_escaped(out, rest);
    }
}

static bool is_table(const page *p, uint32_t i)
{
    return i < p->count && p->blocks[i].kind == BLOCK_TABLE_ROW;
}

static void html_row(sink *out, const page *p, uint32_t i)
{
    const page_block *block = &p->blocks[i];
    const bool is_head = block->kind == BLOCK_TABLE_HEAD;
    put(out, is_head ? "<div class=\"wide\"><table><thead><tr>" : "<tr>");
    for (uint32_t c = 0; c < block->cell_count; c++) {
        put(out, is_head ? "<th scope=\"col\">" : "<td>");
        html_line(out, block->cells[c], false);
        put(out, is_head ? "</th>" : "</td>");
    }
    put(out, is_head ? "</tr></thead><tbody>\n" : "</tr>\n");
    if (!is_table(p, i + 1))
        put(out, "</tbody></table></div>\n");
}

static void html_block(sink *out, const page *p, uint32_t i)
{
    static const char *const open[] = {[BLOCK_TITLE] = "<h1>",
                                       [BLOCK_HEADING] = "<h2>",
                                       [BLOCK_GROUP] = "<h3>",
                                       [BLOCK_ITEM] = "<h4>",
                                       [BLOCK_SENTENCE] = "<p>",
                                       [BLOCK_NOTE] = "<p class=\"note\">",
                                       [BLOCK_SOURCES] = "<p class=\"sources\">"},
                             *const close[] = {
                                 [BLOCK_TITLE] = "</h1>\n",   [BLOCK_HEADING] = "</h2>\n", [BLOCK_GROUP] = "</h3>\n", [BLOCK_ITEM] = "</h4>\n",
                                 [BLOCK_SENTENCE] = "</p>\n", [BLOCK_NOTE] = "</p>\n",     [BLOCK_SOURCES] = "</p>\n"};
    const page_block *block = &p->blocks[i];
    if (block->kind == BLOCK_TABLE_HEAD || block->kind == BLOCK_TABLE_ROW) {
        html_row(out, p, i);
        return;
    }
    put(out, open[block->kind]);
    html_line(out, block->cells[0], block->kind == BLOCK_SENTENCE);
    put(out, close[block->kind]);
}

static const char *direction(const page *p)
{
    return p->language == LANGUAGE_AR ? "rtl" : "ltr";
}

static void html_tag(sink *out, const char *tag, const page *p)
{
    put(out, "<");
    put(out, tag);
    put(out, " lang=\"");
    put(out, wording_language_code(p->language));
    put(out, "\" dir=\"");
    put(out, direction(p));
    put(out, "\">\n");
}

/* The name of the document: words without tags. */
static void html_title(sink *out, const page *p)
{
    put(out, "<title>");
    for (uint32_t i = 0; p->count > 0 && i < p->blocks[0].cells[0].count; i++)
        put_escaped(out, p->blocks[0].cells[0].items[i].text);
    put(out, "</title>\n");
}

bool page_write_html(const page *pages, uint32_t count, bool is_print, marsad_write *write, void *context)
{
    sink out = {.write = write, .context = context};
    put(&out, "<!DOCTYPE html>\n");
    html_tag(&out, "html", &pages[0]);
    put(&out, "<head>\n<meta charset=\"utf-8\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    html_title(&out, &pages[0]);
    put(&out, "<style>\n");
    put(&out, style);
    put(&out, is_print ? print_style : "");
    put(&out, "</style>\n</head>\n<body>\n");
    for (uint32_t p = 0; p < count; p++) {
        html_tag(&out, "main", &pages[p]);
        for (uint32_t i = 0; i < pages[p].count; i++)
            html_block(&out, &pages[p], i);
        put(&out, "</main>\n");
    }
    put(&out, "</body>\n</html>\n");
    return !out.is_refused;
}
