/* What adding articles one by one and in bulk share. */
#ifndef MARSAD_ADD_H
#define MARSAD_ADD_H

#include "archive/store.h"

enum { LOG_DETAIL_BYTES = 320 };

/* What an article's line in the log says behind its seal: "records N DIGEST evidence SHA-256 text SHA-256". False when memory is out. */
bool article_log_detail(char out[LOG_DETAIL_BYTES], const stored_article *article, const stored_record *records, size_t count);

#endif
