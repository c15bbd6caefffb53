// The command line of tautband-mesh.
#pragma once

#include "meshes/block.hpp"
#include "meshes/body.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace tautband::meshing {

/// Declares all commands. Parsing fills the option structs and runs the command given; everything it can go wrong with
/// is thrown as CaseError or FileError.
class CommandLine {
 public:
  CommandLine();
  CLI::App& app() { return app_; }

 private:
  void declare_block(CLI::App& make);
  void declare_bundle(CLI::App& make);
  void declare_fusiform(CLI::App& make);
  void declare_check();
  void declare_common(CLI::App& command);
  void declare_body(CLI::App& command, BodyOptions& options);
  void finish_block();

  CLI::App app_;
  std::function<void()> work_;  ///< of the command given
  std::string output_, checked_file_;
  ElementKind kind_ = ElementKind::hex27;
  BlockOptions block_{};
  BundleOptions bundle_{};
  FusiformOptions fusiform_{};
  std::string size_, corners_, cells_, edge_, fibre_ = "1,0,0";
};

}  // namespace tautband::meshing
