/*
 * The bulletin of a day: what sources say, in Arabic and English, every sentence with its source. Text, HTML, and HTML for A4.
 * Made of incidents after the safety profile (public_view) and of what follows from them; sentences are rows (wording.h), names of parties are rows (parties.h).
 */
#ifndef MARSAD_BULLETIN_H
#define MARSAD_BULLETIN_H

#include "export/bulletin_items.h"
#include "export/withheld.h"
#include "incident/control.h"
#include "incident/tally.h"
#include "incident/truce.h"

/* What was read for the day. Names are of outlets. */
typedef struct {
    uint32_t articles, copies;                  /* read; copies of other articles among them */
    uint32_t unread;                            /* fetched, and could not be read */
    const char *const *outlets, *const *silent; /* that gave something; that are followed and gave nothing */
    uint32_t outlet_count, silent_count;
} bulletin_coverage;

/* A governorate that is followed and of which no report read speaks on the day. */
typedef struct {
    const char *country, *governorate;
} bulletin_unseen;

/* The bulletin that is corrected, and both as items. */
typedef struct {
    int64_t number;
    bulletin_items was, now;
} bulletin_correction;

typedef struct {
    int32_t day;
    int64_t number;                      /* of a bulletin that is kept; 0: it is not, and `root` is not told */
    const char *root;                    /* of the archive's log when it was made, in hexadecimal */
    const char *organisation;            /* who issues it; NULL or "": not told */
    const bulletin_correction *corrects; /* NULL: none */
    const char *cutoff;                  /* "2016-05-11 06:00": when the last report was taken in */
    const char *zone;                    /* "Asia/Damascus (UTC+3)" */
    const char *release;                 /* its number or name; "" for none */

    const incident_list *incidents;   /* of the day */
    const tally_table *totals;        /* tally_incidents(incidents, 0) */
    const tally_table *by_area;       /* tally_incidents(incidents, TALLY_BY_AREA) */
    const control_timeline *control;  /* NULL: not told */
    const truce_agreement *agreement; /* with `truce`; NULL: not told */
    const truce_table *truce;
    const bulletin_unseen *unseen;
    uint32_t unseen_count;
    bulletin_coverage coverage;
    uint64_t withheld;              /* values and incidents that the safety profile kept back */
    const name_set *withheld_names; /* sorted: must not stand in it; NULL: is not asked */

    const rule_set *rules;             /* for words, and for names of parties */
    const marsad_gazetteer *gazetteer; /* for English names of governorates; NULL: they stay Arabic */
} bulletin_input;

typedef enum { BULLETIN_TEXT, BULLETIN_HTML, BULLETIN_PRINT } bulletin_form;
enum { BULLETIN_AR = 1, BULLETIN_EN = 2 };

/*
 * Do the totals equal the table by governorate, and both what the incidents give? Asked by bulletin_write() before a byte is written.
 * Errors: MARSAD_ERR_ARGUMENT with the figure and both numbers.
 */
marsad_status bulletin_check(const bulletin_input *input, marsad_error *err);

/*
 * Writes the bulletin; `languages` is BULLETIN_AR, BULLETIN_EN or both, Arabic first. Equal inputs give equal bytes.
 * Errors: those of bulletin_check(); MARSAD_ERR_FORMAT for a row that the tables of words lack, and where a withheld name would stand in it; MARSAD_ERR_SYSTEM for memory or a refused write.
 */
marsad_status bulletin_write(const bulletin_input *input, bulletin_form form, unsigned languages, marsad_write *write, void *context,
                             marsad_error *err);

#endif
