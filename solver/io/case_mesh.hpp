// The mesh a case asks for, and whether the two fit.
#pragma once

#include "mesh/mesh.hpp"
#include "spec/case.hpp"

namespace tautband {

/// Reads the mesh of a case and checks the case against it. Throws FileError for a missing (with the command that makes
/// it, where the case has one), damaged or unsound mesh, and CaseError as check_against_mesh does.
Mesh read_case_mesh(const spec::Case& values);

/// Throws CaseError with every name of the case that the mesh does not have (regions, sets, arrays; with what it has),
/// every region without a law, empty set, array of the wrong shape, dimension or range (with the cell or node), and
/// missing or non-unit fibre where the law or the contracture needs one.
void check_against_mesh(const spec::Case& values, const Mesh& mesh);

}  // namespace tautband
