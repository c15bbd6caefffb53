// Sections of the spec as TOML, with every key that has a use: what sections_reader.hpp reads back.
#pragma once

#include "io/value_text.hpp"
#include "laws/registry.hpp"

#include <map>

namespace tautband {

/// Visitor of `describe`: one line per key that has a use.
class SectionWriter {
 public:
  SectionWriter(std::string& out, std::string path) : out_(out), path_(std::move(path)) {}

  template <class T> void operator()(std::string_view key, const T& member, const spec::About& about) {
    if (!about.used) return;
    const std::string text = value_text(member, about);
    if (!text.empty()) out_ += std::string(key) + " = " + text + "\n";
  }

  void parameters(std::string_view key, const std::string& law, const std::map<std::string, spec::Field>& member,
                  const spec::About&) {
    out_ += "[" + path_ + "." + std::string(key) + "]\n";
    const LawInfo* info = find_law(law);
    if (!info) return;
    for (const ParameterInfo& row : info->parameters)
      if (const auto field = member.find(std::string(row.name)); field != member.end())
        (*this)(row.name, field->second, {.unit = row.unit});
  }

 private:
  std::string& out_;
  std::string path_;
};

/// Visitor of `describe_sections`.
class SectionsWriter {
 public:
  template <class T> void section(std::string_view name, const T& member, const spec::SectionAbout& about) {
    if (about.used) write("[" + std::string(name) + "]", std::string(name), member);
  }
  template <class T> void list(std::string_view name, const std::vector<T>& members, const spec::SectionAbout&) {
    for (const T& member : members) write("[[" + std::string(name) + "]]", std::string(name), member);
  }
  template <class T>
  void named(std::string_view name, const std::map<std::string, T>& members, const spec::SectionAbout&) {
    for (const auto& [key, member] : members) {
      const std::string path = std::string(name) + "." + toml_string(key);
      write("[" + path + "]", path, member);
    }
  }
  const std::string& text() const { return text_; }

 private:
  template <class T> void write(const std::string& header, const std::string& path, const T& member) {
    text_ += (text_.empty() ? "" : "\n") + header + "\n";
    SectionWriter writer(text_, path);
    describe(member, writer);
  }

  std::string text_;
};

/// A document of all sections of `values`.
template <class T> std::string write_sections(const T& values) {
  SectionsWriter writer;
  describe_sections(values, writer);
  return writer.text();
}

}  // namespace tautband
