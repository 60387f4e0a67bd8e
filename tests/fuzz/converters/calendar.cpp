// The input is a calendar, or contacts.
#include "calendar/converter.hpp"
#include "fuzz_converter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool is_card = size > 7 && (data[7] | 0x20) == 'a';
  if (is_card) {
    return sluice::fuzz::fuzz_converter<sluice::calendar::ContactsConverter>(
        data, size, {"cards.vcf", "text/vcard", {"{}"}});
  }
  return sluice::fuzz::fuzz_converter<sluice::calendar::CalendarConverter>(
      data, size, {"calendar.ics", "text/calendar", {"{}"}});
}
