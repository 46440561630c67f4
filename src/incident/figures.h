/* What one statement says of one figure. Private to src/incident/. */
#ifndef MARSAD_FIGURES_H
#define MARSAD_FIGURES_H

#include "incident/join.h"

enum { GROUP_WHOLE = -1 }; /* everybody, or every thing, that is counted */

/* low <= best <= high; MARSAD_NO_VALUE: `high` is open. */
typedef struct {
    int64_t low, best, high;
    marsad_bound bound;
    bool is_silent;    /* the words name no number: «عدد من القتلى» */
    const char *vague; /* the row of vague.tsv that the bounds are from, or NULL */
} figure_range;

/* One figure of a statement with the group of people that it counts. */
typedef struct {
    const statement *from;
    uint32_t at; /* number of the statement in its incident */
    marsad_figure_of of;
    int group;
    figure_range range;
} figure_told;

/* a + b, at most INT64_MAX; NO_VALUE if either is. */
int64_t figure_sum(int64_t a, int64_t b);

/* Fills `out`, with room for all figures of `s`. */
void figures_told(figure_told *out, const statement *s, uint32_t at, const rule_set *rules);

/*
 * What `told`, all of one statement and one figure, say of `group`. «سبعة، بينهم ثلاثة أطفال»: of the whole 7, of children 3, of civilians 3.
 * «جنديان وثلاثة مسلحين»: of the whole 5. False if they say nothing of it.
 */
bool figures_range(figure_range *out, const figure_told *told, uint32_t count, int group, const victim_rules *victims);

#endif
