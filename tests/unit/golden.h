/* Output against a file that people have read. MARSAD_RENEW_GOLDEN=1 writes the files anew; then their diff is what is to be reviewed. */
#ifndef MARSAD_GOLDEN_H
#define MARSAD_GOLDEN_H

#include <stdbool.h>

/* True if `bytes` are those of MARSAD_SOURCE_DIR/tests/export/`name`; else says where the first difference is. */
bool is_golden(const char *name, const char *bytes);

#endif
