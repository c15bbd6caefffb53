# shellcheck shell=bash disable=SC2034  # the variables are for the job scripts
# A site with environment modules. Copy to cluster/site.sh and write the modules that Tautband was built with, once:
#   source cluster/site.sh && cmake --preset release -D TAUTBAND_WITH_POST=OFF && cmake --build --preset release
module purge
module load gcc/12 openmpi/4.1 hdf5-mpi/1.12 kokkos/4.6 hypre/2.26 metis/5.1 boost/1.74

tautband=(build/bin/tautband)
# `srun --mpi=list` shows what a site has. With mpirun instead:
#   launch=(mpirun --mca odls_base_sigkill_timeout 10)
launch=(srun --mpi=pmix)
export OMP_NUM_THREADS=1
