// The input is an Outlook file, or a winmail.dat.
#include "fuzz_converter.h"
#include "msg/converter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> options = {R"({"body":"auto"})", R"({"body":"plain"})"};
  const bool is_tnef = size > 0 && data[0] == 0x78;
  if (is_tnef) {
    return sluice::fuzz::fuzz_converter<sluice::msg::TnefConverter>(
        data, size, {"winmail.dat", "application/ms-tnef", options});
  }
  return sluice::fuzz::fuzz_converter<sluice::msg::MsgConverter>(
      data, size, {"message.msg", "application/vnd.ms-outlook", options});
}
