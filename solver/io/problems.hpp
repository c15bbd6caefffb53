// Everything wrong with a case, gathered so that it is reported at once.
#pragma once

#include "spec/describe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tautband {

class Problems {
 public:
  /// `text` is that of the file at `path`, to show the lines; it may be empty.
  Problems(std::string path, std::string_view text);

  void add(const spec::Place& place, const std::string& message);
  bool empty() const { return problems_.empty(); }

  /// Throws CaseError with all of them in the order of the file; does nothing when there are none.
  void throw_if_any() const;

 private:
  struct Problem {
    spec::Place place;
    std::string message;
  };
  std::string show(const Problem& problem) const;

  std::string path_;
  std::vector<std::string> lines_;
  std::vector<Problem> problems_;
};

}  // namespace tautband
