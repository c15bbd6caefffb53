// Memory pages of 2 MiB for arrays that a kernel streams through.
#pragma once

#include "base/views.hpp"

#include <cstdint>
#include <string>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace tautband {

/// A zeroed View whose memory is in large pages where the host's system grants them: a tangent operation that streams
/// 0.1 GB through pages of 4 KiB loses a fifth of its speed to address translation. On a device a plain View.
template <class ViewType, class... Extents> ViewType large_page_view(const std::string& label, Extents... extents) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if constexpr (host_execution) {
    const ViewType view(Kokkos::view_alloc(label, Kokkos::WithoutInitializing), extents...);
    constexpr std::uintptr_t page = std::uintptr_t{1} << 21;
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(view.data()),
                         end = begin + view.size() * sizeof(*view.data()), first = (begin + page - 1) / page * page;
    if (first + page <= end) madvise(reinterpret_cast<void*>(first), (end - first) / page * page, MADV_HUGEPAGE);
    Kokkos::deep_copy(view, 0.0);
    return view;
  }
#endif
  return ViewType(label, extents...);
}

}  // namespace tautband
