#!/usr/bin/env bash
# From a fresh Debian 12 machine to a picture of a taut band:
#   ./quickstart.sh run     build, run cases/bundle_knot on all cores, draw the pictures
#   ./quickstart.sh test    build, run all tests
# Missing Debian packages are installed without asking. TAUTBAND_PRESET chooses another preset than `release`.
set -euo pipefail
cd "$(dirname "$0")"

preset=${TAUTBAND_PRESET:-release}
cores=$(nproc)
packages=(
  ca-certificates clang-format cmake g++ git libbenchmark-dev libboost-dev libcli11-dev libfmt-dev libgl1-mesa-dri
  libgtest-dev libhdf5-dev libhdf5-openmpi-dev libhypre-dev libmetis-dev libopenmpi-dev libtomlplusplus-dev
  libtrilinos-kokkos-dev libudunits2-dev libvtk9-dev ninja-build nlohmann-json3-dev openmpi-bin xauth xvfb
)
[[ $preset == ci ]] && packages+=(clang libclang-rt-14-dev)  # for the fuzzing tests
# For the tests of jobs, which need root to start a Slurm of their own; without them these tests are skipped.
slurm_packages=(libpmix-dev munge slurm-wlm)

usage() {
  echo "usage: ./quickstart.sh run|test" >&2
  exit 2
}

missing_packages() {
  local installed
  installed=$(dpkg-query --show --showformat '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^ii *//p' || true)
  comm -23 <(printf '%s\n' "$@" | sort) <(sort <<<"$installed")
}

# Prefix for commands that need root: nothing, sudo, or a hint what to type and the end of this script.
become_root() {
  [[ $EUID == 0 ]] && return
  if command -v sudo >/dev/null && sudo --non-interactive true 2>/dev/null; then
    echo "sudo --non-interactive"
  else
    echo "Packages are missing; run this once, then ./quickstart.sh again:" >&2
    echo "su -c 'apt-get update && apt-get install -y --no-install-recommends $*'" >&2
    exit 1
  fi
}

install_packages() {
  if ! command -v apt-get >/dev/null; then
    echo "No apt-get here: expecting the libraries that README.md lists." >&2
    return
  fi
  local missing root
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} == 0 ]] && return
  root=$(become_root "${missing[@]}")
  apt_get() { $root env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$@"; }
  local install=(install --yes --no-install-recommends "${missing[@]}")
  echo "Installing ${missing[*]}"
  apt-cache show "${missing[@]}" >/dev/null 2>&1 || apt_get update
  # Package lists can be too old for the mirror.
  apt_get "${install[@]}" || { apt_get update && apt_get "${install[@]}"; }
}

build() {
  cmake --preset "$preset" --log-level=WARNING >/dev/null
  cmake --build --preset "$preset" --parallel "$cores"
}

run_main_case() {
  local case=cases/bundle_knot result=results/bundle_knot
  build/bin/tautband-mesh --config $case/mesh.toml make bundle -o $case/mesh.vtkhdf >/dev/null
  mpirun --oversubscribe --bind-to none -n "$cores" build/bin/tautband run $case/case.toml -o $result
  build/bin/tautband-post bands $result
  build/bin/tautband-post render $result
  build/bin/tautband-post plot $result
  build/bin/tautband-post plot --body $result
  echo "Pictures:"
  ls "$PWD"/$result/*.png
}

[[ $# == 1 && $1 =~ ^(run|test)$ ]] || usage
# Open MPI refuses root unless told twice, and needs no remote shell on one machine.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_plm_rsh_agent=

install_packages "${packages[@]}"
if [[ $1 == test && $EUID == 0 ]]; then
  install_packages "${slurm_packages[@]}" ||
    echo "Could not install ${slurm_packages[*]}: the tests of jobs under Slurm will be skipped." >&2
fi
build
case $1 in
  run) run_main_case ;;
  test) ctest --preset "$preset" --parallel "$cores" ;;
esac
