# shellcheck shell=bash disable=SC2034  # the variables are for the job scripts
# A site without modules for everything: the libraries come from the Spack environment cluster/spack.yaml. Copy to
# cluster/site.sh. Once, on a node of the kind the jobs run on:
#   spack -e ./cluster install
#   source cluster/site.sh && cmake --preset release -D TAUTBAND_WITH_POST=OFF && cmake --build --preset release
# shellcheck source=/dev/null
source "${SPACK_ROOT:-$HOME/spack}/share/spack/setup-env.sh"
spack env activate ./cluster

tautband=(build/bin/tautband)
# With mpirun instead: launch=(mpirun --mca odls_base_sigkill_timeout 10)
launch=(srun --mpi=pmix)
export OMP_NUM_THREADS=1
