#include "gateway/app/memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <span>

namespace siaga::memory {
namespace {

// Linking and starting touch most of the program and of forty libraries; little of it serves
// alerts.
int unmap_code(dl_phdr_info* object, std::size_t, void*) {
  auto const page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  for (auto const& segment : std::span(object->dlpi_phdr, object->dlpi_phnum)) {
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
    auto const begin = object->dlpi_addr + segment.p_vaddr;
    auto const aligned = begin / page * page;
    ::madvise(reinterpret_cast<void*>(aligned), begin + segment.p_memsz - aligned, MADV_DONTNEED);
  }
  return 0;
}

}  // namespace

void give_back() {
  ::malloc_trim(0);
  ::dl_iterate_phdr(unmap_code, nullptr);
}

}  // namespace siaga::memory
