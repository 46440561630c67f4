/*
 * marsad.h - the whole public contract of libmarsad.
 *
 * Marsad reads a news report in Arabic and gives its records: who did what to whom, where and when, with which figures,
 * and on whose word. What a record is, is defined in docs/record.md.
 *
 * Units      every span counts bytes of the article's UTF-8 text as it was handed over, [start, end), end excluded.
 * Ownership  `_open` and `_new` give a handle that its `_close` or `_free` ends (NULL is harmless). What a reading holds
 *            belongs to the reader and lives until its next marsad_read() or marsad_reader_free().
 * Threads    a lexicon and a gazetteer are only read and may be shared by all threads; a reader belongs to one thread.
 * Errors     a status for the program, a message for a person, an offset for both. Outputs are written on MARSAD_OK only.
 * The library never prints, never exits and never reads the environment.
 */
#ifndef MARSAD_H
#define MARSAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MARSAD_VERSION "0.1.0"

typedef enum {
    MARSAD_OK = 0,
    MARSAD_END,          /* nothing follows: not a failure */
    MARSAD_ERR_ARGUMENT, /* the caller broke a rule stated here */
    MARSAD_ERR_SYSTEM,   /* a file or memory was refused */
    MARSAD_ERR_FORMAT,   /* the bytes are not what they claim to be */
    MARSAD_ERR_REFUSED   /* an archive works, and does not take what it was given: it would not another time either */
} marsad_status;

#define MARSAD_NOWHERE SIZE_MAX

typedef struct {
    size_t offset;     /* byte of the input at fault, or MARSAD_NOWHERE */
    char message[240]; /* one line of UTF-8, always NUL-terminated */
} marsad_error;

/* Bytes that somebody else owns; not NUL-terminated unless said so. */
typedef struct {
    const char *ptr;
    size_t len;
} marsad_view;

typedef struct {
    uint32_t start, end;
} marsad_span;

/* A day of the Gregorian calendar; all zero is "not given". */
typedef struct {
    int16_t year;
    uint8_t month, day;
} marsad_date;

/* --- Lexicon and gazetteer ------------------------------------------------------------------------------------------- */

typedef struct marsad_lexicon marsad_lexicon;
typedef struct marsad_gazetteer marsad_gazetteer;

/*
 * Map a compiled lexicon. Every count and offset of the file is checked once, here.
 * Errors: MARSAD_ERR_SYSTEM if it cannot be opened, MARSAD_ERR_FORMAT if it is cut short, of another version or byte order, or damaged.
 */
marsad_status marsad_lexicon_open(marsad_lexicon **out, const char *path, marsad_error *err);
void marsad_lexicon_close(marsad_lexicon *lexicon);

/* The same for a compiled gazetteer. */
marsad_status marsad_gazetteer_open(marsad_gazetteer **out, const char *path, marsad_error *err);
void marsad_gazetteer_close(marsad_gazetteer *gazetteer);

/*
 * Compile tables of places (TSV with a header line, or GeoNames' dump format, recognised by itself) into one file.
 * Written to a file beside `path` first and renamed, so that `path` is never half written.
 *   places   receives the number of places written; may be NULL.
 * Errors: MARSAD_ERR_FORMAT with table and line in the message.
 */
marsad_status marsad_gazetteer_compile(const char *path, const char *const *tables, size_t table_count, size_t *places, marsad_error *err);

/* One place as the gazetteer knows it. */
typedef struct {
    /* NUL-terminated, "" where not known. They are the gazetteer's, but `country`, which lives until the visit ends. */
    const char *id, *name, *name_en, *country, *admin1, *admin2, *feature, *source;
    double lat, lon; /* WGS84 degrees */
    uint32_t population;
} marsad_place_row;

/* Call `visit` for each place called `name` (with or without ال, hamza, ة as in a report); stops when it returns false. Returns the number visited. */
size_t marsad_gazetteer_find(const marsad_gazetteer *gazetteer, marsad_view name, bool (*visit)(void *context, const marsad_place_row *place),
                             void *context);

/*
 * Call `visit` for every place, in the order of the file; stops when it returns false. Returns the number visited. A place with names of several kinds comes
 * once for each kind.
 */
size_t marsad_gazetteer_walk(const marsad_gazetteer *gazetteer, bool (*visit)(void *context, const marsad_place_row *place), void *context);

/* Call `visit` with one line of text (no newline) for each thing that the lexicon knows of `word`. Returns the number of lines. */
size_t marsad_lexicon_find(const marsad_lexicon *lexicon, marsad_view word, bool (*visit)(void *context, const char *line), void *context);

/* Call `visit` with one line of text for every entry of the lexicon, in a fixed order. Returns the number of lines. */
size_t marsad_lexicon_dump(const marsad_lexicon *lexicon, bool (*visit)(void *context, const char *line), void *context);

/* --- Articles -------------------------------------------------------------------------------------------------------- */

/* An archive keeps the first 500 bytes of `source`. */
typedef struct {
    marsad_view id, source, title, text; /* UTF-8 without NUL bytes; see marsad_item_parse() for what is mended */
    marsad_view url;                     /* where it stands or stood, as it says itself or its collector; empty where not known */
    marsad_date published;               /* not given: dates relative to it stay unread */
    char sha256[65];                     /* of the bytes as they arrived, lower-case hexadecimal */
} marsad_article;

typedef enum {
    MARSAD_INPUT_TEXT,  /* the stream is one article */
    MARSAD_INPUT_JSONL, /* each line is one */
    MARSAD_INPUT_HTML,  /* the stream is a page with one article */
    MARSAD_INPUT_RSS,   /* a feed: RSS 2.0 and the like, RSS 1.0, Atom; each item is one */
    MARSAD_INPUT_WARC   /* a web archive, plain or gzip: each page that was answered with status 200 is one */
} marsad_input;

/* "text", "jsonl", "html", "rss", "warc"; "" for no kind of input. And back: false if it is none of these. */
const char *marsad_input_name(marsad_input input);
bool marsad_input_of_name(marsad_input *out, marsad_view name);

/* Fill at most `size` bytes; return how many, 0 at the end, SIZE_MAX on failure. */
typedef size_t marsad_read_bytes(void *context, void *bytes, size_t size);

typedef struct marsad_feed marsad_feed;
typedef struct marsad_item marsad_item;

/*
 * Take articles out of a stream of bytes.
 *   name      names the stream in messages, and is the id of an article that has no other; copied.
 *   fallback  id, source, title, url and published for articles that give none; copied; may be NULL. text and sha256 are not looked at.
 */
marsad_status marsad_feed_new(marsad_feed **out, marsad_input input, const char *name, const marsad_article *fallback, marsad_read_bytes *read,
                              void *context, marsad_error *err);
void marsad_feed_free(marsad_feed *feed);

/*
 * Take the next item, unparsed: cheap, so that several threads may take turns and parse side by side.
 * `*out` is NULL to begin with, or an item whose memory is used again; free it with marsad_item_free().
 * Errors: MARSAD_END; MARSAD_ERR_SYSTEM; MARSAD_ERR_FORMAT for an item that cannot be taken: it is over the size limit of 64 MiB (also once it is
 * unpacked), or damaged. It is skipped; go on: what can be taken behind it is, and if nothing can, MARSAD_END follows.
 */
marsad_status marsad_feed_next(marsad_feed *feed, marsad_item **out, marsad_error *err);
void marsad_item_free(marsad_item *item);

/* The item's line in its stream, from 1; in a web archive the number of its record. */
size_t marsad_item_line(const marsad_item *item);

/*
 * The bytes of the item as they arrived, for who keeps evidence; they live as long as the item. Of a text or a page all of it, of JSON Lines the line, of
 * a feed the element of the item (<item>...</item>; a feed that is not UTF-8 is converted first), of a web archive the page that was answered, its
 * transfer coding (chunked) and content coding (gzip, deflate) taken off.
 */
marsad_view marsad_item_bytes(const marsad_item *item);

/* Call `visit` for each reason why records of a web archive were no item so far, with their number. Returns the number of reasons; 0 for other streams. */
size_t marsad_feed_skipped(const marsad_feed *feed, void (*visit)(void *context, const char *reason, size_t count), void *context);

/*
 * Read the item as an article. What the views point at lives as long as the item.
 * Text in UTF-8 is kept byte for byte (a byte order mark is skipped, spans count from after it). Bytes that are not UTF-8 are taken for UTF-16 (by mark
 * or by pattern) or windows-1256 when they look like it, converted, and `note` says so; then spans count bytes of the converted text.
 * Else invalid bytes and NUL bytes are read as blanks of the same length and `note` tells the first position.
 *
 * Of a page, the text is its main text, a paragraph a line: menus, related links, comments and captions are left out. windows-1256, ISO-8859-6 and
 * UTF-16 are also taken where the page or its server declares them. `url` is its canonical link, else the address of the record; `id` is the url;
 * `source` is the name that the site gives itself, else the fallback's, else the host of the url. A day of publication comes from its metadata alone.
 * Of a feed, the text is all that the item tells, `source` the title of the feed, `id` the link, else the guid. `sha256` is of the text as the item
 * holds it (of JSON Lines: the string; of a feed: the content, in HTML), of a text or page of marsad_item_bytes().
 *   note  receives one line for a person, or an empty string; may be NULL.
 * Errors: MARSAD_ERR_FORMAT with the reason (bad JSON: offset in the line; no text). A 'published' that is no date is left out, and `note` says so.
 */
marsad_status marsad_item_parse(marsad_item *item, marsad_article *out, char note[240], marsad_error *err);

/*
 * Two cheap looks at an item that is not parsed yet, for who goes through a crawl.
 * Is it Arabic, by its bytes: are enough of the letters outside tags and scripts Arabic ones, and few of those that Persian, Urdu, Pashto, Kurdish or Uyghur have
 * and Arabic has not? UTF-8, UTF-16, windows-1256 and ISO-8859-6 are told apart; entities and JSON's escapes are letters. docs/queue.md tells what it misses.
 */
bool marsad_item_is_arabic(marsad_item *item);
/*
 * The address that is given with the item: of a web archive the record's, of a feed the link, of JSON Lines the line's `url` (which is read for it), else the
 * fallback's; empty where there is none. Lives until the item is parsed or taken into again.
 */
marsad_view marsad_item_address(marsad_item *item);

/*
 * A parcel: an item as it arrived, not yet read, to be kept or handed to a program that reads it later (include/marsad_outbox.h).
 *   id           "Q-" and 16 digits: a hash of input, given and bytes, wherever they lay; two items of the same content are one parcel
 *   place, line  name of the stream and line in it: for messages, and for articles that have no other id
 *   given        what stream and caller say of the item beside its bytes: a JSON object (docs/queue.md)
 *   bytes        marsad_item_bytes()
 *   queued       Unix time when it was put into an outbox; 0 for one that was just packed
 */
typedef char marsad_parcel_id[20];

typedef struct {
    marsad_parcel_id id;
    marsad_input input;
    const char *place;
    size_t line;
    marsad_view given, bytes;
    int64_t queued;
} marsad_parcel;

/*
 * The item that was taken, as a parcel; what its views point at lives until the item is taken into again.
 * Errors: MARSAD_ERR_ARGUMENT if the name of the stream, or what the caller gave as fallback, is no UTF-8 or is no day; MARSAD_ERR_SYSTEM.
 */
marsad_status marsad_item_pack(marsad_item *item, marsad_parcel *out, marsad_error *err);
/*
 * The item that a parcel was made of: marsad_item_parse() gives the same article and note, byte for byte. `*item` as for marsad_feed_next(). Everything is copied.
 * Errors: MARSAD_ERR_FORMAT if the parcel is none that marsad_item_pack() makes, or its id is of other content; MARSAD_ERR_SYSTEM.
 */
marsad_status marsad_item_unpack(marsad_item **item, const marsad_parcel *parcel, marsad_error *err);

/* "2016-05-10" as a day. MARSAD_ERR_FORMAT if it is none. */
marsad_status marsad_date_parse(marsad_date *out, marsad_view text, marsad_error *err);

/* --- Records --------------------------------------------------------------------------------------------------------- */

/* Kinds, in the order of the annotation codebook (see docs/record.md). `MARSAD_KIND(constant, name, plover, mode, cameo)` */
#define MARSAD_KINDS(MARSAD_KIND)                                                                                                                    \
    MARSAD_KIND(CLASH, "clash", "ASSAULT", "firearms", "190")                                                                                        \
    MARSAD_KIND(AIRSTRIKE, "airstrike", "ASSAULT", "aerial", "195")                                                                                  \
    MARSAD_KIND(SHELLING, "shelling", "ASSAULT", "heavy-weapons", "194")                                                                             \
    MARSAD_KIND(BOMBING, "bombing", "ASSAULT", "explosives", "183")                                                                                  \
    MARSAD_KIND(ATTACK, "attack", "ASSAULT", "", "180")                                                                                              \
    MARSAD_KIND(KILLING, "killing", "ASSAULT", "", "186")                                                                                            \
    MARSAD_KIND(DESTRUCTION, "destruction", "ASSAULT", "property", "182")                                                                            \
    MARSAD_KIND(ABDUCTION, "abduction", "ASSAULT", "abduct", "181")                                                                                  \
    MARSAD_KIND(DETENTION, "detention", "COERCE", "arrest", "173")                                                                                   \
    MARSAD_KIND(SIEGE, "siege", "COERCE", "", "191")                                                                                                 \
    MARSAD_KIND(ABUSE, "abuse", "ASSAULT", "", "182")                                                                                                \
    MARSAD_KIND(CAPTURE, "capture", "ASSAULT", "territory", "192")                                                                                   \
    MARSAD_KIND(HOLD, "hold", "", "", "")                                                                                                            \
    MARSAD_KIND(ADVANCE, "advance", "ASSAULT", "", "190")                                                                                            \
    MARSAD_KIND(WITHDRAW, "withdraw", "RETREAT", "", "087")                                                                                          \
    MARSAD_KIND(DEPLOY, "deploy", "MOBILIZE", "", "150")                                                                                             \
    MARSAD_KIND(MILITARY_AID, "military_aid", "AID", "military", "072")                                                                              \
    MARSAD_KIND(TRUCE, "truce", "AGREE", "", "0871")                                                                                                 \
    MARSAD_KIND(TALKS, "talks", "CONSULT", "", "040")                                                                                                \
    MARSAD_KIND(AGREEMENT, "agreement", "AGREE", "", "057")                                                                                          \
    MARSAD_KIND(AID, "aid", "AID", "humanitarian", "073")                                                                                            \
    MARSAD_KIND(DISPLACEMENT, "displacement", "", "", "")                                                                                            \
    MARSAD_KIND(RELEASE, "release", "CONCEDE", "", "0841")                                                                                           \
    MARSAD_KIND(PROTEST, "protest", "PROTEST", "", "140")                                                                                            \
    MARSAD_KIND(DEMAND, "demand", "REQUEST", "", "020")                                                                                              \
    MARSAD_KIND(ACCUSE, "accuse", "ACCUSE", "", "112")                                                                                               \
    MARSAD_KIND(THREATEN, "threaten", "THREATEN", "", "130")                                                                                         \
    MARSAD_KIND(REJECT, "reject", "REJECT", "", "120")                                                                                               \
    MARSAD_KIND(SUPPORT, "support", "SUPPORT", "", "051")                                                                                            \
    MARSAD_KIND(SANCTION, "sanction", "SANCTION", "", "160")

#define MARSAD_KIND(constant, name, plover, mode, cameo) MARSAD_KIND_##constant,
typedef enum { MARSAD_KINDS(MARSAD_KIND) MARSAD_KIND_COUNT } marsad_kind;
#undef MARSAD_KIND

typedef enum { MARSAD_ASSERTED, MARSAD_PLANNED, MARSAD_DENIED, MARSAD_POSSIBLE, MARSAD_MODALITY_COUNT } marsad_modality;

typedef enum {
    MARSAD_NO_PHASE,
    MARSAD_PROPOSED,
    MARSAD_PHASE_PLANNED,
    MARSAD_AGREED,
    MARSAD_IN_FORCE,
    MARSAD_EXTENDED,
    MARSAD_VIOLATED,
    MARSAD_COLLAPSED,
    MARSAD_EXCLUDES,
    MARSAD_PHASE_COUNT
} marsad_phase;

typedef enum {
    MARSAD_IN,
    MARSAD_NEAR,
    MARSAD_NORTH_OF,
    MARSAD_SOUTH_OF,
    MARSAD_EAST_OF,
    MARSAD_WEST_OF,
    MARSAD_NORTHEAST_OF,
    MARSAD_NORTHWEST_OF,
    MARSAD_SOUTHEAST_OF,
    MARSAD_SOUTHWEST_OF,
    MARSAD_FROM,
    MARSAD_TO,
    MARSAD_RELATION_COUNT
} marsad_relation;

typedef enum {
    MARSAD_KILLED,
    MARSAD_WOUNDED,
    MARSAD_CASUALTIES,
    MARSAD_MISSING,
    MARSAD_DETAINED,
    MARSAD_ABDUCTED,
    MARSAD_DISPLACED,
    MARSAD_RELEASED,
    MARSAD_STRIKES,
    MARSAD_MUNITIONS,
    MARSAD_VEHICLES,
    MARSAD_FIGHTERS,
    MARSAD_PEOPLE,
    MARSAD_FIGURE_COUNT
} marsad_figure_of;

typedef enum { MARSAD_EXACT, MARSAD_AT_LEAST, MARSAD_OVER, MARSAD_ABOUT, MARSAD_UP_TO, MARSAD_VAGUE, MARSAD_BOUND_COUNT } marsad_bound;

typedef enum {
    MARSAD_PRECISION_NONE, /* place without a point; date without a day */
    MARSAD_PRECISION_EXACT,
    MARSAD_PRECISION_TOWN,
    MARSAD_PRECISION_DISTRICT,
    MARSAD_PRECISION_GOVERNORATE,
    MARSAD_PRECISION_COUNTRY,
    MARSAD_PRECISION_AREA,
    MARSAD_PRECISION_COUNT
} marsad_precision;

/* The names used in JSON and in tables, e.g. "airstrike", "north_of", "at_least"; "" where there is none. */
const char *marsad_kind_name(marsad_kind kind);
const char *marsad_kind_plover(marsad_kind kind);
const char *marsad_kind_mode(marsad_kind kind);
const char *marsad_kind_cameo(marsad_kind kind);
const char *marsad_modality_name(marsad_modality modality);
const char *marsad_phase_name(marsad_phase phase);
const char *marsad_relation_name(marsad_relation relation);
const char *marsad_figure_name(marsad_figure_of of);
const char *marsad_bound_name(marsad_bound bound);
const char *marsad_precision_name(marsad_precision precision);

/* An actor, a target or a source. */
typedef struct {
    marsad_span span;
    const char *who;    /* identifier of the codebook, never NULL; "unknown" where the text leaves it open */
    const char *code;   /* CAMEO/PLOVER actor code, "" where there is none */
    const char *object; /* target of a protected kind: "hospital", "school" ...; "" else */
} marsad_party;

typedef struct {
    marsad_span span;
    const char *norm; /* bare name of the place meant */
    marsad_relation relation;
    marsad_precision precision; /* NONE: the gazetteer does not know it, lat and lon are not set */
    const char *id;             /* gazetteer id or "" */
    double lat, lon;
    uint32_t others;                                 /* how many other places of this name it could have been */
    const char *name_en, *admin1, *admin2, *feature; /* as the gazetteer has them, "" where it does not know */
    char country[3];                                 /* ISO 3166-1 alpha-2 or "" */
} marsad_place;

typedef struct {
    marsad_span span;
    marsad_date start, end; /* both days included */
    const char *precision;  /* "day", "week", "month", "year", "range" */
} marsad_when;

#define MARSAD_NO_VALUE INT64_MIN /* also "no bound" in low and high */

typedef struct {
    marsad_span span;
    marsad_figure_of of;
    marsad_bound bound;
    int64_t value;     /* MARSAD_NO_VALUE for a vague word */
    int64_t low, high; /* what the words allow: "more than 90" is 91..; MARSAD_NO_VALUE where open */
} marsad_figure;

/* One row or rule that made a part of the record. */
typedef struct {
    const char *name;  /* "frame:شن.غارة", "time:أمس", "speaker:قال" */
    const char *table; /* file of the lexicon, or "" for a rule of the grammar */
    uint32_t line;     /* line in that file, 0 if none */
    marsad_span span;  /* the words it was applied to */
} marsad_rule;

typedef struct {
    const char *id; /* 16 hexadecimal digits: stable for the same article, trigger and kind */
    marsad_kind kind;
    marsad_span trigger, sentence;
    marsad_modality modality;
    marsad_phase phase;
    bool has_when, quoted;
    marsad_when when;
    const marsad_party *actors, *targets, *sources;
    const marsad_place *places;
    const marsad_figure *figures;
    const marsad_rule *rules;
    size_t actor_count, target_count, source_count, place_count, figure_count, rule_count;
    double confidence; /* 0..1: how likely there is such a record; docs/accuracy.md tells how well it holds */
    const char *mode;  /* PLOVER mode, may be narrower than the kind's: "suicide" */
} marsad_record;

typedef struct {
    marsad_article article; /* as handed over */
    const marsad_record *records;
    size_t record_count;
    size_t word_count, sentence_count;
} marsad_reading;

typedef struct marsad_reader marsad_reader;

/*
 * A reader for one thread. It keeps `lexicon` and the gazetteers by reference: close them after it.
 *   gazetteers  later ones add to earlier ones; at most 8; none is allowed (then places are named and have no point).
 */
marsad_status marsad_reader_new(marsad_reader **out, const marsad_lexicon *lexicon, const marsad_gazetteer *const *gazetteers, size_t gazetteer_count,
                                marsad_error *err);
void marsad_reader_free(marsad_reader *reader);

/*
 * Read one article. Time and memory grow in proportion to its length; text over 64 MiB is refused.
 * The article's views must stay valid as long as the reading is used.
 * Errors: MARSAD_ERR_ARGUMENT (text is not UTF-8: offset; too long), MARSAD_ERR_SYSTEM (memory). The reader can be used again after any of them.
 */
marsad_status marsad_read(marsad_reader *reader, const marsad_article *article, const marsad_reading **out, marsad_error *err);

/* Where output goes: return false to stop (the call then returns MARSAD_ERR_SYSTEM). */
typedef bool marsad_write(void *context, const char *bytes, size_t size);

/* The reading as one line of JSON with a newline: docs/record.md. */
marsad_status marsad_reading_json(const marsad_reading *reading, marsad_write *write, void *context);

/* The words of `article` in CoNLL-U: clitics as multi-word tokens, lemma, UPOS, features. */
marsad_status marsad_conllu(marsad_reader *reader, const marsad_article *article, marsad_write *write, void *context, marsad_error *err);

#endif
