// A hash that tells texts and tables apart; it does not protect against forgery.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tautband {

/// FNV-1a of 64 bits, taken in piece by piece.
/// Source: Fowler, Noll, Vo & Eastlake 2024, RFC 9923: offset basis and prime.
class Hash {
 public:
  void add(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) value_ = (value_ ^ std::to_integer<std::uint64_t>(byte)) * 1099511628211u;
  }
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
  /// The values with how many they are.
  template <class T> void add_list(std::span<const T> values) {
    const std::uint64_t count = values.size();
    add(std::as_bytes(std::span(&count, 1)));
    add(std::as_bytes(values));
  }
  /// 16 hexadecimal digits.
  std::string text() const {
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[value_ >> shift & 15];
    return digits;
  }

 private:
  std::uint64_t value_ = 14695981039346656037u;
};

}  // namespace tautband
