# Tables in Markdown from the JSON of run.sh, which has one member per line.

function close_load_step() {
  if (dofs == "") return
  split(file, part, "/")
  step_rows = step_rows sprintf("| %s | %.0f | %d | %s | %.0f | %.2f | %.1f | %.1f | %.1f | %.1f | %.1f | %.3f | %.3f | %.2f |\n", \
    body, dofs / 1e3, ranks, newton, per_solve, set_up, preconditioner, krylov, residual + linearise, other, steps_seconds, \
    dofs * steps / steps_seconds / 1e6, dofs * newton_iterations / steps_seconds / 1e6, memory)
  key = kind SUBSEP ranks
  per_newton = steps_seconds / newton_iterations / dofs
  if (!(key in least) || dofs < least[key]) { least[key] = dofs; first_time[key] = per_newton; first_solve[key] = per_solve }
  if (!(key in most) || dofs > most[key]) { most[key] = dofs; last_time[key] = per_newton; last_solve[key] = per_solve; last_memory[key] = memory; last_steps[key] = steps_seconds / steps }
  dofs = ""
}

function close_many_runs(    way, i) {
  if (many_dofs == "") return
  many_rows = many_rows sprintf("| %d x %.1f | %d ", runs, many_dofs / 1e3, ranks)
  for (i = 1; i <= 3; ++i) {
    way = ways[i]
    many_rows = many_rows sprintf("| %.3g (%.3g) ", many[way, "seconds"], many[way, "cpu_seconds"])
  }
  for (i = 1; i <= 3; ++i) many_rows = many_rows "| " many[ways[i], "newton"] ", " many[ways[i], "krylov"] " "
  for (i = 1; i <= 3; ++i) many_rows = many_rows sprintf("| %.1f ", many[ways[i], "megabytes"])
  many_rows = many_rows "|\n"
  many_dofs = ""
}

function best(kernel, ranks,    size, found) { # rate near 600 kDoF, else the largest
  found = 0
  for (size in sizes) if ((kernel, ranks, size) in rate && size + 0 <= 1e6 && size + 0 > found) found = size + 0
  return found
}

function met(value, mark) { return value >= mark ? "met" : "missed" }

BEGIN { split("in_turn packed batch", ways, " ") }

FNR == 1 {
  close_load_step()
  close_many_runs()
  file = FILENAME
  is_step = file ~ /load_step\./
  is_speed = file ~ /speed\./
  is_many = file ~ /many_runs\./
  kind = file ~ /\.plain\./ ? "plain" : "hard"
}
{ line = $0; gsub(/[][",]/, "") }

is_step && $1 == "ranks:" { ranks = $2 }
is_step && $1 == "body:" { body = substr($0, index($0, $2)) (kind == "hard" ? ", each solve to 1e-6" : "") }
is_step && $1 == "preconditioner:" { if ($2 != "automatic") body = body ", " $2 }
is_step && $1 == "dofs:" { dofs = $2 }
is_step && $1 == "steps:" { steps = $2 }
is_step && $1 == "newton_of_steps:" { newton = substr($0, index($0, $2)); gsub(/ /, ", ", newton) }
is_step && $1 == "newton_iterations:" { newton_iterations = $2 }
is_step && $1 == "krylov_per_solve:" { per_solve = $2 }
is_step && $1 == "set_up_seconds:" { set_up = $2 }
is_step && $1 == "steps_seconds:" { steps_seconds = $2 }
is_step && $1 == "residual_seconds:" { residual = $2 }
is_step && $1 == "linearise_seconds:" { linearise = $2 }
is_step && $1 == "preconditioner_seconds:" { preconditioner = $2 }
is_step && $1 == "krylov_seconds:" { krylov = $2 }
is_step && $1 == "other_seconds:" { other = $2 }
is_step && $1 == "kilobytes_per_dof:" { memory = $2 }

is_many && $1 == "ranks:" { ranks = $2 }
is_many && $1 == "runs:" { runs = $2 }
is_many && $1 == "dofs_per_run:" { many_dofs = $2 }
is_many && match($1, /^(in_turn|packed|batch)_/) {
  way = substr($1, 1, RLENGTH - 1)
  what = substr($1, RLENGTH + 1, length($1) - RLENGTH - 1)
  total = 0
  for (i = 2; i <= NF; ++i) total += $i
  many[way, what] = total
}

is_speed && $1 == "ranks:" { ranks = $2 }
is_speed && $1 == "triad_bytes_per_s:" { bandwidth = $2 }
is_speed && $1 == "name:" { split($2, part, "/"); kernel = part[1]; size = $2; sub(/\/iterations.*/, "", size); sub(/.*\//, "", size) }
is_speed && $1 == "bound_fraction:" { fraction = $2 }
is_speed && $1 == "bytes_per_dof:" { bytes = $2 }
is_speed && $1 == "dof_per_s:" { speed = $2 }
is_speed && $1 == "multiply_add_flops_per_s:" { peak = $2 }
is_speed && $1 == "flops_per_dof:" {
  triad[ranks] = bandwidth
  peaks[ranks] = peak
  sizes[size] = 1
  rate[kernel, ranks, size] = speed
  kernel_rows[ranks] = kernel_rows[ranks] sprintf("| %s | %.0f | %.2f | %s | %s | %s |\n", kernel, size / 1e3, speed / 1e6, \
    bytes > 0 ? sprintf("%.0f", bytes) : "-", $2 > 0 ? sprintf("%.0f", $2) : "-", fraction > 0 ? sprintf("%.0f %%", 100 * fraction) : "-")
}

END {
  close_load_step()
  close_many_runs()
  size = best("operator", 2)
  operator = rate["operator", 2, size] / 1e6
  against = rate["csr", 2, size] > 0 ? rate["operator", 2, size] / rate["csr", 2, size] : 0
  blocks = rate["bsr3", 2, size] > 0 ? rate["operator", 2, size] / rate["bsr3", 2, size] : 0
  iteration = rate["multigrid_pcg_iteration", 2, size] / 1e6
  jacobi = rate["pcg_iteration", 2, size] / 1e6
  key = "plain" SUBSEP 2
  if (!(key in most)) key = "plain" SUBSEP 1
  hard = "hard" SUBSEP 2
  print ""
  print "Marks, 2 ranks (numbers of a kernel at " sprintf("%.0f", size / 1e3) " kDoF):"
  print ""
  print "| measure | mark | measured | |"
  print "| --- | --- | --- | --- |"
  printf "| operator, 2 AVX-512 cores | 50 MDoF/s | %.0f MDoF/s | %s |\n", operator, met(operator, 50)
  printf "| operator against assembled CSR (BSR3), same process | 4 times | %.1f (%.1f) times | %s |\n", against, blocks, met(against, 4)
  printf "| operator, one H200 | 8.4 GDoF/s parity, 11 good, 14 stretch | section 4: not run | |\n"
  printf "| iteration with p-multigrid | 5 MDoF/s | %.1f MDoF/s; with Jacobi %.0f | %s |\n", iteration, jacobi, met(iteration, 5)
  printf "| load step | 50 times Flexodeal-lite, 5 times deal.II matrix-free | section 6 | |\n"
  printf "| memory of a run, %.0f kDoF | 1.2 kB/DoF | %.2f kB/DoF | %s |\n", most[key] / 1e3, last_memory[key], met(1.2, last_memory[key])
  growth = last_time[key] / first_time[key] - 1
  printf "| time per DoF and Newton iteration, %.0f to %.0f kDoF | within 20 %% | %+.0f %% | %s |\n", least[key] / 1e3, most[key] / 1e3, 100 * growth, met(0.2, growth)
  if (hard in most) {
    growth = last_solve[hard] / first_solve[hard] - 1
    printf "| iterations to 1e-6 with knot and tendon, %.0f to %.0f kDoF | within 30 %% | %.0f to %.0f, %+.0f %% | %s |\n", least[hard] / 1e3, most[hard] / 1e3, first_solve[hard], last_solve[hard], 100 * growth, met(0.3, growth)
  }
  for (ranks = 1; ranks <= 2; ++ranks) {
    if (!(ranks in kernel_rows)) continue
    printf "\nKernels, %d rank%s; triad %.1f GB/s, multiply-add %.0f Gflop/s:\n\n", ranks, (ranks > 1 ? "s" : ""), triad[ranks] / 1e9, peaks[ranks] / 1e9
    print "| kernel | kDoF | MDoF/s | bytes/DoF | flops/DoF | of the bound |"
    print "| --- | --- | --- | --- | --- | --- |"
    printf "%s", kernel_rows[ranks]
  }
  print "\nLoad steps, seconds of all steps together:\n"
  print "| body | kDoF | ranks | Newton | iterations per solve | set-up of the run | preconditioner | Krylov | residual, tangent | other | all steps | MDoF/s per step | MDoF/s per Newton iteration | kB/DoF |"
  print "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  printf "%s", step_rows
  print "\nRuns that differ in parameters only, one after the other, packed and as a batch; seconds (of processors):\n"
  print "| kDoF | ranks | in turn | packed | batch | iterations of Newton, linear, in turn | packed | batch | MB in turn | packed | batch |"
  print "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
  printf "%s", many_rows
  if (!operator || !iteration || step_rows == "" || many_rows == "") {
    print "report.awk: figures are missing" > "/dev/stderr"
    exit 1
  }
}
