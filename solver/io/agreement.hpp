// Failures that every rank has to hear of: a rank that throws alone leaves the others waiting for it.
#pragma once

#include <mpi.h>

#include <string>

namespace tautband {

/// When `failure` is not empty on some rank, every rank throws FileError with the text of the lowest such rank.
/// Collective.
void fail_together(const std::string& failure, MPI_Comm comm);

/// The text of rank 0, on every rank. Collective.
std::string broadcast(std::string text, MPI_Comm comm, int root = 0);

}  // namespace tautband
