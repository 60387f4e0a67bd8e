#include "fuzz_converter.h"
#include "mail/converter.hpp"

SLUICE_FUZZ_CONVERTER(sluice::mail::MailConverter, "message.eml", "message/rfc822",
                      {R"({"body":"auto"})", R"({"body":"plain"})", R"({"body":"html"})"})
