/* Places of the gazetteers that the server was given. */
#ifndef MARSAD_SERVER_PLACES_H
#define MARSAD_SERVER_PLACES_H

#include "server/exchange.h"

/* The place `id`, in the exchange's memory; NULL where no gazetteer has it. */
const marsad_place_row *place_by_id(exchange *x, const char *id);

#endif
