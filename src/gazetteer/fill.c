/* A place of the gazetteer as a record tells it. */
#include "gazetteer/gazetteer.h"

marsad_precision gazetteer_precision(place_feature feature)
{
    switch (feature) {
    case FEATURE_COUNTRY:
        return MARSAD_PRECISION_COUNTRY;
    case FEATURE_ADM1:
        return MARSAD_PRECISION_GOVERNORATE;
    case FEATURE_ADM2:
    case FEATURE_ADM3:
        return MARSAD_PRECISION_DISTRICT;
    case FEATURE_AREA:
    case FEATURE_HEIGHT:
    case FEATURE_WATER:
    case FEATURE_OTHER:
        return MARSAD_PRECISION_AREA;
    case FEATURE_FACILITY:
    case FEATURE_QUARTER:
    case FEATURE_CAMP:
        return MARSAD_PRECISION_EXACT;
    default:
        return MARSAD_PRECISION_TOWN;
    }
}

void gazetteer_fill(const marsad_gazetteer *gazetteer, const gaz_place *place, marsad_place *out)
{
    out->id = gazetteer_string(gazetteer, place->id);
    out->norm = gazetteer_string(gazetteer, place->name);
    out->lat = (double)place->lat;
    out->lon = (double)place->lon;
    out->precision = gazetteer_precision((place_feature)place->feature);
    out->name_en = gazetteer_string(gazetteer, place->name_en);
    out->admin1 = gazetteer_string(gazetteer, place->admin1);
    out->admin2 = gazetteer_string(gazetteer, place->admin2);
    out->feature = gazetteer_feature_name((place_feature)place->feature);
    memcpy(out->country, place->country, sizeof place->country);
}
