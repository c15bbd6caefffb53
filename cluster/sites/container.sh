# shellcheck shell=bash disable=SC2034  # the variables are for the job scripts
# A site with Apptainer and a Slurm that offers PMIx, which is how the ranks in their containers find each other. Copy to
# cluster/site.sh. Once, in the source tree, anywhere:
#   apptainer build tautband.sif cluster/tautband.def
# On one node the container's own mpirun does without the site's:
#   tautband=(apptainer exec tautband.sif mpirun tautband) launch=()
tautband=(apptainer exec --bind "$PWD" tautband.sif tautband)
launch=(srun --mpi=pmix)
export OMP_NUM_THREADS=1
