#include "worker/program/elf_header.h"

#include <elf.h>

#include <cstring>
#include <fstream>

namespace sluice::program {
namespace {

// e_machine of this process (System V ABI, "ELF Header"); 0: not known, and not compared.
constexpr unsigned own_machine() {
#if defined(__x86_64__)
  return EM_X86_64;
#elif defined(__aarch64__)
  return EM_AARCH64;
#elif defined(__riscv)
  return EM_RISCV;
#elif defined(__powerpc64__)
  return EM_PPC64;
#else
  return 0;
#endif
}

}  // namespace

std::string elf_fault(const std::string& path) {
  // The fields that are looked at are in the same places in both classes.
  Elf64_Ehdr header{};
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  if (file.gcount() < static_cast<std::streamsize>(sizeof(Elf32_Ehdr)) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return "the library is not a shared library";
  }
  const unsigned own_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (header.e_ident[EI_CLASS] != own_class) {
    return std::string("the library is not for this machine: it is a ") +
           (own_class == ELFCLASS64 ? "32" : "64") + "-bit library";
  }
  if (header.e_type != ET_DYN) return "the library is not a shared library, but another ELF file";
  if (own_machine() != 0 && header.e_machine != own_machine()) {
    return "the library is not for this machine: it is for ELF machine " +
           std::to_string(header.e_machine) + ", and this is " + std::to_string(own_machine());
  }
  return {};
}

}  // namespace sluice::program
