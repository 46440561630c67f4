/*
 * Learned choices. A model answers up to MODEL_OUTPUTS yes-or-no questions of one thing by a sum of weights. What it sees are parts ("slot=في"); a template joins
 * some of them to a feature; weights of features are rows of lexicon/ar/weights.tsv, made by tools/learn.py. A model adds nothing where no row speaks.
 */
#ifndef MARSAD_MODEL_H
#define MARSAD_MODEL_H

#include "lexicon/lexicon.h"

enum { MODEL_PARTS_MAX = 40, TEMPLATE_PARTS = 4 };

typedef struct {
    const char *name;         /* column `model` of the table */
    const char *const *parts; /* their names */
    size_t part_count;
    const uint8_t (*templates)[TEMPLATE_PARTS]; /* numbers of parts, TEMPLATE_END after the last */
    size_t template_count;
} model;
enum { TEMPLATE_END = 255 };
#define MODEL_COUNT(list) (sizeof(list) / sizeof *(list))
#define MODEL(name, parts, templates)                                                                                                                \
    {                                                                                                                                                \
        name, parts, MODEL_COUNT(parts), templates, MODEL_COUNT(templates)                                                                           \
    }

/* What is seen of one thing. Values are NUL-terminated and without '|'; a part left NULL is not seen, and neither are features that need it. */
typedef struct {
    const char *values[MODEL_PARTS_MAX];
} model_view;

/* Add the weights of all features: thousandths of a logit into `scores`, one for each question. */
void model_score(const model *m, const marsad_lexicon *lexicon, const model_view *seen, int32_t scores[MODEL_OUTPUTS]);

/* Writes down what models see, so that weights can be learned of it. NULL in all normal use. */
typedef struct {
    void (*see)(void *context, const model *m, const model_view *seen, span trigger, const char *kind, span filler);
    void *context;
} model_observer;

#endif
