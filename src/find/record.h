/* record.h - what was found -> the document record, in code points of the text as given. */
#ifndef KIJI_FIND_RECORD_H
#define KIJI_FIND_RECORD_H

#include "find/find.h"
#include "read/decode.h"

/* Fill *doc from a finished case. Memory from the case's arena. */
void kiji_record(kiji_doc *doc, const kiji_case *c, const kiji_input *input, const kiji_decoded *decoded);

#endif
