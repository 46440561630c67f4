#include "event/model.h"

void model_score(const model *m, const marsad_lexicon *lexicon, const model_view *seen, int32_t scores[MODEL_OUTPUTS])
{
    uint64_t parts[MODEL_PARTS_MAX];
    const uint64_t name = view_hash(view_of(m->name));
    for (size_t i = 0; i < m->part_count; i++)
        if (seen->values[i] != NULL)
            parts[i] = feature_part(view_hash(view_of(m->parts[i])), view_hash(view_of(seen->values[i])));
    memset(scores, 0, MODEL_OUTPUTS * sizeof *scores);
    for (size_t t = 0; t < m->template_count; t++) {
        uint64_t feature = name;
        bool whole = true;
        for (size_t i = 0; i < TEMPLATE_PARTS && m->templates[t][i] != TEMPLATE_END && whole; i++) {
            whole = seen->values[m->templates[t][i]] != NULL;
            feature = whole ? feature_join(feature, parts[m->templates[t][i]]) : 0;
        }
        const int16_t *weights = whole ? lexicon_weights(lexicon, feature) : NULL;
        for (size_t i = 0; weights != NULL && i < MODEL_OUTPUTS; i++)
            scores[i] += weights[i];
    }
}
