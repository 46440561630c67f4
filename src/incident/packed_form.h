/* What packing and unpacking share. Private to pack_write.c and pack_read.c. */
#ifndef MARSAD_PACKED_FORM_H
#define MARSAD_PACKED_FORM_H

enum { PACKED_VERSION = 1, PACKED_NUMBER_MOST = 10 /* bytes of a number */ };
enum { PACKED_PLANNED = 1, PACKED_PERIOD = 2, PACKED_DAYS = 4 };

#endif
