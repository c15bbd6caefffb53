// Writes JSON with indentation; a number that is not finite becomes null.
#pragma once

#include <string>
#include <vector>

namespace tautband::post {

class JsonWriter {
 public:
  JsonWriter() { text_ = "{"; }
  void open(const std::string& key);  ///< begins an object under `key`
  void close();                       ///< ends the innermost object
  void number(const std::string& key, double value);
  void integer(const std::string& key, long long value);
  void truth(const std::string& key, bool value);
  void string(const std::string& key, const std::string& value);
  void numbers(const std::string& key, const std::vector<double>& values);
  /// Closes what is open and returns the text. Call once.
  std::string finish();

 private:
  void key(const std::string& name);
  std::string text_;
  int depth_ = 1;
  bool first_ = true;
};

}  // namespace tautband::post
