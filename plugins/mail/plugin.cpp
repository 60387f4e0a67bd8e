// SPDX-License-Identifier: Apache-2.0
#include "mail/converter.hpp"

SLUICE_PLUGIN("mail", "1.0.0", {"mail", sluice::make_converter<sluice::mail::MailConverter>},
              {"mbox", sluice::make_converter<sluice::mail::MboxConverter>})
