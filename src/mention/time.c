/*
 * Time expressions: a run of time words is collected into its parts (day, weekday, month, count and unit, "last", "since" ...), then the
 * parts are turned into days by the rules of the codebook, counted from the day of publication.
 */
#include "mention/calendar.h"
#include "mention/mention.h"

/* What a time expression says; 0 or false where it says nothing. */
typedef struct {
    bool since, until, ago, last, next, this, early, mid, late, now, part, day_given, year_word, during, day_after;
    int day, weekday, second_weekday, month, hijri, unit, day_of_month, year;
    int64_t count; /* of units; 0 none, -1 vague */
    bool unit_given, unit_plural;
    uint32_t row;
    uint32_t words; /* time words taken */
} time_parts;

typedef struct {
    const sentence *s;
    const marsad_lexicon *lexicon;
    uint32_t at;
    time_parts parts;
} time_scan;

static const lex_time *time_word(const time_scan *scan, uint32_t i, const name_hit **hit)
{
    *hit = sentence_hit(scan->s, ENTRY_TIME, i);
    return *hit == NULL ? NULL : lexicon_time(scan->lexicon, hit_row(*hit, 0));
}

/* The rule of the time word that begins at token `i`, TIME_NONE if there is none. */
static int rule_at(const time_scan *scan, uint32_t i)
{
    const name_hit *hit;
    const lex_time *word = time_word(scan, i, &hit);
    return word == NULL ? TIME_NONE : word->rule;
}

static bool form_is(const sentence *s, uint32_t i, const char *form)
{
    return i < s->count && view_equal(s->tokens[i].form, view_of(form));
}

/* The token ends in just these letters: إب is a city, آب a month. */
static bool is_written_with(const sentence *s, uint32_t i, const char *letters)
{
    const span where = s->tokens[i].home;
    return view_ends((view){s->text.ptr + where.start, where.end - where.start}, view_of(letters));
}

static bool is_dual(const sentence *s, uint32_t i)
{
    return view_ends(s->tokens[i].form, view_of("ين")) || view_ends(s->tokens[i].form, view_of("ان")) || form_is(s, i, "يوما");
}

static bool is_year(int64_t value)
{
    return value >= 1900 && value <= 2100;
}

/* ليل الجمعة السبت: a night and the two days that it lies between. */
static bool night_between(const time_parts *p, int weekday)
{
    return p->part && p->second_weekday == 0 && weekday == p->weekday % 7 + 1;
}

/* Take one time word into the parts. False if it cannot belong to this expression. */
static bool take_word(time_scan *scan, const lex_time *word, const name_hit *hit)
{
    time_parts *p = &scan->parts;
    bool conjoined = (hit->clitics & (CLITIC_WA | CLITIC_FA)) != 0 && p->words > 0;
    if (conjoined && word->rule != TIME_UNTIL && word->rule != TIME_WEEKDAY && word->rule != TIME_NOW)
        return false;
    switch (word->rule) {
    case TIME_SINCE:
        if (p->words > 0)
            return false;
        p->since = true;
        break;
    case TIME_UNTIL:
        if (p->words > 0 && !p->since && !(p->weekday != 0 && rule_at(scan, hit->last) == TIME_WEEKDAY)) /* الجمعة إلى الأحد */
            return false;
        p->until = true;
        break;
    case TIME_AGO:
    case TIME_BEFORE:
        if (p->words > 0)
            return false;
        p->ago = true;
        break;
    case TIME_DURING:
        if (p->words > 0)
            return false;
        p->during = true;
        break;
    case TIME_AFTER:
        if (p->words > 0 || !form_is(scan->s, hit->first, "غداة")) /* of the words for "after", the one that says by how much */
            return false;
        p->day_after = true;
        break;
    case TIME_DAY:
        if (p->day_given && !p->until)
            return false;
        if (!p->day_given)
            p->day = word->value;
        p->day_given = true;
        break;
    case TIME_WEEKDAY:
        if (p->weekday != 0 && !conjoined && !p->until && !token_is_mark(scan->s, hit->first - 1, "-") && !night_between(p, word->value))
            return false;
        if (p->weekday != 0)
            p->second_weekday = word->value;
        else
            p->weekday = word->value;
        break;
    case TIME_MONTH:
        if ((p->month != 0 && p->month != word->value) || is_written_with(scan->s, hit->last - 1, "إب"))
            return false;
        p->month = word->value;
        break;
    case TIME_HIJRI:
        if (p->hijri != 0 || (hit->clitics & CLITIC_AL) != 0) /* ساعة الصفر */
            return false;
        p->hijri = word->value;
        break;
    case TIME_UNIT:
        if (p->unit_given && p->unit != UNIT_DAY)
            return false;
        p->unit = word->value;
        p->unit_given = true;
        if (p->count == 0 && is_dual(scan->s, hit->last - 1))
            p->count = 2;
        break;
    case TIME_LAST:
        p->last = true;
        break;
    case TIME_NEXT:
        p->next = true;
        break;
    case TIME_THIS:
        p->this = true;
        break;
    case TIME_EARLY:
        p->early = true;
        break;
    case TIME_MID:
        p->mid = true;
        break;
    case TIME_LATE:
        p->late = true;
        break;
    case TIME_NOW:
        if (p->words > 0 && !p->until && !p->since)
            return false;
        p->now = true;
        break;
    case TIME_YEAR_WORD:
        p->year_word = true;
        break;
    case TIME_PART:
    case TIME_NIGHT:
        p->part = true;
        break;
    default:
        return false;
    }
    p->row = p->row == 0 || word->rule == TIME_DAY || word->rule == TIME_WEEKDAY || word->rule == TIME_MONTH ? word->row : p->row;
    p->words++;
    return true;
}

/* A number among time words. */
typedef struct {
    int64_t value; /* -1 for a vague word */
    uint32_t after;
    bool ordinal;
} time_number;

/* خمسة وعشرين يوما, الحادي والعشرين من نيسان; but الأول والثاني are two days. Returns the token after. */
static uint32_t join_tens(const time_scan *scan, time_number *n)
{
    const name_hit *hit = sentence_hit(scan->s, ENTRY_NUMBER, n->after);
    if (hit == NULL || (hit->clitics & CLITIC_WA) == 0 || n->value < 0)
        return n->after;
    const lex_number *more = lexicon_number(scan->lexicon, hit_row(hit, 0));
    if (more->class == NUMBER_VAGUE || (n->ordinal && more->value < 20))
        return n->after;
    n->value += more->value;
    return hit->last;
}

static bool read_number(const time_scan *scan, uint32_t i, time_number *out)
{
    const sentence *s = scan->s;
    if (form_is(s, i, "ال") && i + 1 < s->count && s->tokens[i + 1].kind == TOKEN_NUMBER) /* الـ48 */
        i++;
    if (s->tokens[i].kind == TOKEN_NUMBER) {
        *out = (time_number){s->tokens[i].value == MARSAD_NO_VALUE ? -1 : s->tokens[i].value, i + 1, false};
        return true;
    }
    const name_hit *hit = sentence_hit(s, ENTRY_NUMBER, i);
    if (hit == NULL || (scan->parts.words > 0 && (hit->clitics & CLITIC_WA) != 0))
        return false;
    const lex_number *number = lexicon_number(scan->lexicon, hit_row(hit, 0));
    *out = (time_number){number->class == NUMBER_VAGUE ? -1 : number->value, hit->last, number->class == NUMBER_ORDINAL};
    out->after = join_tens(scan, out);
    return true;
}

/* True if a day of the month is told at token `i`: a month's name or, after من, "the month": 3 مايو, الخامس من مايو, الخامس من الشهر الجاري. */
static bool month_follows(const time_scan *scan, uint32_t i)
{
    bool of = form_is(scan->s, i, "من");
    const name_hit *hit;
    const lex_time *word = of ? time_word(scan, i + 1, &hit) : time_word(scan, i, &hit);
    return word != NULL && (word->rule == TIME_MONTH || word->rule == TIME_HIJRI || (of && word->rule == TIME_UNIT && word->value == UNIT_MONTH));
}

/* A number that belongs to a time: a day of the month, a year, or a count of units. Returns the token after, or the same token. */
static uint32_t take_number(time_scan *scan, uint32_t i)
{
    time_parts *p = &scan->parts;
    time_number n;
    if (!read_number(scan, i, &n))
        return i;
    if (n.value >= 1 && n.value <= 31 && p->month == 0 && p->hijri == 0 && month_follows(scan, n.after)) {
        p->day_of_month = (int)n.value;
        return n.after;
    }
    if (n.ordinal)
        return i;
    if (rule_at(scan, n.after) == TIME_UNIT && !p->unit_given) {
        p->count = n.value;
        return n.after;
    }
    if (p->unit_given && p->unit_plural && p->count == 0 && n.value > 0 && !is_year(n.value)) { /* الأيام الثلاثة الماضية */
        p->count = n.value;
        return n.after;
    }
    bool year_fits = p->month != 0 || p->year_word || p->since || p->early || p->mid || p->late || (p->unit_given && p->unit == UNIT_YEAR);
    if (is_year(n.value) && p->year == 0 && year_fits) {
        p->year = (int)n.value;
        p->words++;
        return n.after;
    }
    if (p->hijri != 0 && n.value >= 1300 && n.value <= 1600 && p->year == 0) {
        p->year = (int)n.value;
        return n.after;
    }
    return i;
}

/* Words between time words that say nothing of their own: "/" and brackets around a second month name, من and في. */
static uint32_t skip_joint(const time_scan *scan, uint32_t i)
{
    const sentence *s = scan->s;
    const time_parts *p = &scan->parts;
    int next = rule_at(scan, i + 1);
    if (token_is_mark(s, i, "/") && (next == TIME_MONTH || next == TIME_HIJRI))
        return i + 1;
    if (token_is_mark(s, i, "(") && (next == TIME_MONTH || next == TIME_HIJRI) && (token_is_mark(s, i + 2, ")") || token_is_mark(s, i + 3, ")")))
        return i + 1;
    if (token_is_mark(s, i, ")") && p->month != 0 && s->tokens[i].kind == TOKEN_MARK)
        return i + 1;
    if (form_is(s, i, "القليلة") && p->unit_given && (next == TIME_LAST || next == TIME_NEXT))
        return i + 1;
    if (token_is_mark(s, i, "-") && p->weekday != 0 && p->second_weekday == 0 && next == TIME_WEEKDAY) /* ليل السبت-الأحد */
        return i + 1;
    bool of = form_is(s, i, "من") || form_is(s, i, "في");
    bool open = p->part || p->early || p->mid || p->late || p->day_of_month != 0 || p->weekday != 0 || p->count != 0;
    if (of && open && next != TIME_NONE && next != TIME_SINCE && next != TIME_AGO)
        return i + 1;
    if (token_is_mark(s, i, "،") && p->weekday != 0 && p->month == 0 && i + 2 < s->count && s->tokens[i + 1].kind == TOKEN_NUMBER &&
        rule_at(scan, i + 2) == TIME_MONTH)
        return i + 1;
    return i;
}

/* 5/10/2016 as day, month, year; 2016-10-05 the other way round. */
static uint32_t take_slashed(time_scan *scan, uint32_t i)
{
    const token *t = scan->s->tokens;
    if (i + 4 >= scan->s->count || t[i].kind != TOKEN_NUMBER || t[i + 2].kind != TOKEN_NUMBER || t[i + 4].kind != TOKEN_NUMBER)
        return i;
    bool parted = (token_is_mark(scan->s, i + 1, "/") && token_is_mark(scan->s, i + 3, "/")) ||
                  (token_is_mark(scan->s, i + 1, "-") && token_is_mark(scan->s, i + 3, "-"));
    const bool year_first = is_year(t[i].value);
    const int64_t day = t[year_first ? i + 4 : i].value, month = t[i + 2].value, year = t[year_first ? i : i + 4].value;
    if (!parted || day < 1 || day > 31 || month < 1 || month > 12 || !is_year(year))
        return i;
    scan->parts.day_of_month = (int)day;
    scan->parts.month = (int)month;
    scan->parts.year = (int)year;
    scan->parts.words += 3;
    return i + 5;
}

/* Collect the expression that begins at token `first`. Returns the token after its last time word; `first` if there is none. */
static uint32_t collect(time_scan *scan, uint32_t first)
{
    const sentence *s = scan->s;
    uint32_t at = first, end = take_slashed(scan, first);
    if (end > first)
        return end;
    while (at < s->count) {
        const name_hit *hit;
        const lex_time *word = s->tokens[at].kind == TOKEN_WORD ? time_word(scan, at, &hit) : NULL;
        if (word != NULL) {
            scan->parts.unit_plural = scan->parts.unit_plural || (word->rule == TIME_UNIT && (sentence_reading(s, at)->feats & FEAT_PLUR) != 0);
            if (!take_word(scan, word, hit))
                break;
            at = end = hit->last;
            continue;
        }
        uint32_t next = take_number(scan, at);
        if (next > at) {
            at = next;
            if (scan->parts.words > 0)
                end = at;
            continue;
        }
        next = skip_joint(scan, at);
        if (next == at)
            break;
        at = next;
        if (token_is_mark(s, at - 1, ")"))
            end = at;
    }
    return end;
}

/* --- from parts to days ------------------------------------------------------------------------------------------------ */

typedef struct {
    day_range past, future; /* they differ where the tense of the verb decides */
    const char *precision;
} day_meaning;

static day_meaning same(int32_t start, int32_t end, const char *precision)
{
    return (day_meaning){{start, end}, {start, end}, precision};
}

/* Days 1-10, 11-20, 21-end of a month. */
static day_range third_of(day_range month, const time_parts *p)
{
    if (p->early)
        return (day_range){month.start, month.start + 9};
    if (p->mid)
        return (day_range){month.start + 10, month.start + 19};
    if (p->late)
        return (day_range){month.start + 20, month.end};
    return month;
}

static day_range part_of_year(int year, const time_parts *p)
{
    if (p->early)
        return month_range(year, 1);
    if (p->mid)
        return (day_range){month_range(year, 6).start, month_range(year, 7).end};
    if (p->late)
        return month_range(year, 12);
    return year_range(year);
}

static day_range month_or_day(int year, const time_parts *p)
{
    day_range month = month_range(year, p->month);
    if (p->day_of_month >= 1 && p->day_of_month <= month.end - month.start + 1)
        return (day_range){month.start + p->day_of_month - 1, month.start + p->day_of_month - 1};
    return third_of(month, p);
}

static bool month_days(const time_parts *p, int32_t today, bool dated, day_meaning *out)
{
    const char *precision = p->day_of_month != 0 ? "day" : p->early || p->mid || p->late ? "range" : "month";
    if (p->year != 0) {
        day_range r = month_or_day(p->year, p);
        *out = same(r.start, r.end, precision);
        return true;
    }
    if (!dated)
        return false;
    if (p->unit_given && p->unit == UNIT_YEAR && (p->last || p->next || p->this)) { /* في أيار العام الماضي */
        day_range r = month_or_day(day_date(today).year + (p->last ? -1 : p->next ? 1 : 0), p);
        *out = same(r.start, r.end, precision);
        return true;
    }
    int year = day_date(today).year, month = day_date(today).month;
    day_range past = month_or_day(year, p), future = past;
    if (past.start > today || (p->last && p->month == month && p->day_of_month == 0))
        past = month_or_day(year - 1, p);
    if (future.end < today || (p->next && p->month == month))
        future = month_or_day(year + 1, p);
    *out = (day_meaning){p->next ? future : past, p->last ? past : future, precision};
    return true;
}

static bool hijri_days(const time_parts *p, int32_t today, bool dated, day_meaning *out)
{
    if (p->year == 0 && !dated)
        return false;
    int year = p->year != 0 ? p->year : hijri_year(today);
    day_range past = hijri_month_range(year, p->hijri), future = past;
    if (p->year == 0 && (past.start > today || (p->last && past.end >= today)))
        past = hijri_month_range(year - 1, p->hijri);
    if (p->year == 0 && future.end < today)
        future = hijri_month_range(year + 1, p->hijri);
    if (p->day_of_month >= 1 && p->day_of_month <= 30) {
        past = (day_range){past.start + p->day_of_month - 1, past.start + p->day_of_month - 1};
        future = (day_range){future.start + p->day_of_month - 1, future.start + p->day_of_month - 1};
    }
    *out = (day_meaning){p->next ? future : past, p->last ? past : future, p->day_of_month != 0 ? "day" : "month"};
    return true;
}

static bool weekday_days(const time_parts *p, int32_t today, day_meaning *out)
{
    int back = (day_weekday(today) - p->weekday + 7) % 7;
    if (p->last && back == 0)
        back = 7;
    int32_t past = today - back, future = past + 7 > today ? past + 7 : past + 14;
    if (p->last)
        future = past;
    if (p->next)
        past = future;
    *out = (day_meaning){{past, past}, {future, future}, "day"};
    if (p->second_weekday != 0) {
        int32_t step = (p->second_weekday - p->weekday + 7) % 7;
        if (past + step > today)
            out->past = (day_range){past - 7, past - 7 + step};
        else
            out->past.end += step;
        out->future.end += step;
        out->precision = "range";
    }
    return true;
}

/* A unit of time with "last", "next" or "this" and perhaps a count. */
static bool unit_days(const time_parts *p, int32_t today, day_meaning *out)
{
    marsad_date date = day_date(today);
    int32_t n = p->count > 0 && p->count < 4000 ? (int32_t)p->count : 0;
    if (p->ago) {
        if (p->count < 0 || (p->unit_plural && n == 0))
            return false;
        if (n == 0)
            n = 1;
        int32_t day = today;
        if (p->unit == UNIT_DAY)
            day = today - n;
        else if (p->unit == UNIT_WEEK)
            day = today - 7 * n;
        else if (p->unit == UNIT_MONTH)
            day = month_shift(today, -n);
        else if (p->unit == UNIT_YEAR)
            day = month_shift(today, -12 * n);
        *out = same(day, day, "day");
        return true;
    }
    if (p->year != 0 && (p->unit == UNIT_YEAR)) {
        day_range r = part_of_year(p->year, p);
        *out = same(r.start, r.end, p->early || p->late ? "month" : "year");
        return true;
    }
    if ((p->last || p->next) && (p->unit == UNIT_HOUR || p->unit == UNIT_MINUTE)) {
        int32_t days = n > 24 ? (n + 23) / 24 : 1;
        *out = p->last ? same(today - days, today, "range") : same(today, today + days, "range");
        return true;
    }
    if (p->last && n > 0) {
        int32_t start = p->unit == UNIT_DAY    ? today - n
                        : p->unit == UNIT_WEEK ? today - 7 * n
                                               : month_shift(today, p->unit == UNIT_MONTH ? -n : -12 * n);
        *out = same(start, today - 1, "range");
        return true;
    }
    if (p->unit_plural || p->count < 0 || (!p->last && !p->next && !p->this && !p->early && !p->late))
        return false;
    int offset = p->last ? -1 : p->next ? 1 : 0;
    day_range r;
    switch (p->unit) {
    case UNIT_DAY:
        *out = same(today + offset, today + offset, "day");
        return p->last || p->next || p->this;
    case UNIT_WEEK:
        r = week_range(today, offset);
        *out = same(r.start, r.end, "week");
        return true;
    case UNIT_MONTH:
        r = third_of(month_range(date.year, date.month + offset), p);
        if (p->day_of_month != 0 && r.start + p->day_of_month - 1 <= r.end) {
            *out = same(r.start + p->day_of_month - 1, r.start + p->day_of_month - 1, "day");
            return true;
        }
        if (p->this && !p->early && !p->mid && !p->late)
            r.end = today;
        *out = same(r.start, r.end, "month");
        return true;
    case UNIT_YEAR:
        r = part_of_year(date.year + offset, p);
        if (p->this && !p->early && !p->mid && !p->late)
            r.end = today;
        *out = same(r.start, r.end, "year");
        return true;
    default:
        return false;
    }
}

static bool days_of(const time_parts *p, marsad_date published, day_meaning *out)
{
    bool dated = date_is_given(published);
    int32_t today = dated ? day_number(published) : 0;
    if (p->month != 0)
        return month_days(p, today, dated, out);
    if (p->hijri != 0)
        return hijri_days(p, today, dated, out);
    if (p->year != 0 && !p->ago) {
        day_range r = part_of_year(p->year, p);
        *out = same(r.start, r.end, p->early || p->late ? "month" : "year");
        return true;
    }
    if (!dated)
        return false;
    if (p->day_given && (p->day != 0 || p->weekday == 0)) { /* of اليوم الثلاثاء the weekday tells */
        *out = same(today + p->day, today + p->day, "day");
        return true;
    }
    if (p->weekday != 0)
        return weekday_days(p, today, out);
    if (p->unit_given) {
        time_parts counted = *p;
        counted.ago = p->ago || (p->since && (p->count > 0 || (!p->last && !p->this && !p->next && !p->early && !p->late)));
        return unit_days(&counted, today, out);
    }
    return false;
}

/* "since" opens the days to the day of publication. */
static void apply_since(const time_parts *p, marsad_date published, day_meaning *m)
{
    if (!p->since || p->second_weekday != 0 || !date_is_given(published))
        return;
    int32_t today = day_number(published);
    if (m->past.start > today)
        return;
    m->past.end = today;
    m->future = m->past;
    m->precision = "range";
}

/* غداة: the day after the last one told. */
static void apply_day_after(const time_parts *p, day_meaning *m)
{
    if (p->day_after)
        *m = (day_meaning){{m->past.end + 1, m->past.end + 1}, {m->future.end + 1, m->future.end + 1}, "day"};
}

/* "منذ 300 سنة" counts years, and tells no day that an archive keeps. */
static bool is_of_our_time(const day_meaning *m)
{
    return m->past.start >= year_range(FIRST_YEAR).start && m->future.end <= year_range(LAST_YEAR).end;
}

static bool time_add(sentence *s, arena *a, uint32_t first, uint32_t last, const time_parts *p, const day_meaning *m)
{
    if (!ARENA_GROW(a, s->times, s->time_count, s->time_room))
        return false;
    for (uint32_t i = first; i < last; i++)
        s->time_at[i] = (int32_t)s->time_count;
    time_mention *t = &s->times[s->time_count++];
    *t = (time_mention){.first = first, .last = last, .row = p->row};
    if (m != NULL) {
        t->resolved = true;
        t->start = day_date(m->past.start);
        t->end = day_date(m->past.end);
        t->future_start = day_date(m->future.start);
        t->future_end = day_date(m->future.end);
        t->precision = m->precision;
    }
    return true;
}

static bool time_may_begin(const sentence *s, uint32_t i)
{
    const name_hit *time = sentence_hit(s, ENTRY_TIME, i);
    if (time != NULL && form_is(s, i, "في") && time->last == i + 1)
        return false; /* a preposition, no part of what it governs */
    return time != NULL || s->tokens[i].kind == TOKEN_NUMBER || sentence_hit(s, ENTRY_NUMBER, i) != NULL || form_is(s, i, "ال");
}

bool mention_times(sentence *s, arena *a, const sources_of_names *names)
{
    s->time_at = arena_alloc(a, (s->count + 1) * sizeof *s->time_at);
    if (s->time_at == NULL)
        return false;
    memset(s->time_at, 0xFF, (s->count + 1) * sizeof *s->time_at);

    for (uint32_t i = 0; i < s->count;) {
        bool may_begin = time_may_begin(s, i);
        if (!may_begin || (s->cover[i] >= 0 && s->hits[s->cover[i]].last > s->hits[s->cover[i]].first + 1)) {
            i++;
            continue;
        }
        time_scan scan = {.s = s, .lexicon = names->lexicon};
        uint32_t last = collect(&scan, i);
        day_meaning meaning;
        if (last == i || scan.parts.words == 0 || !days_of(&scan.parts, names->published, &meaning)) {
            i++;
            continue;
        }
        apply_since(&scan.parts, names->published, &meaning);
        apply_day_after(&scan.parts, &meaning);
        if (!is_of_our_time(&meaning)) {
            i = last;
            continue;
        }
        if (!time_add(s, a, i, last, &scan.parts, &meaning))
            return false;
        i = last;
    }
    return true;
}
