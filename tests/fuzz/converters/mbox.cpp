#include "fuzz_converter.h"
#include "mail/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::mail::MboxConverter, "mailbox.mbox", "application/mbox",
                      {R"({"body":"auto"})"})
