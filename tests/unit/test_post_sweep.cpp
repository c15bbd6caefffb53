// Tables of sweeps: what is read and refused, planes, cells of heat maps and ticks.
#include <gtest/gtest.h>

#include "post/axis_ticks.hpp"
#include "post/errors.hpp"
#include "post/hdf5_file.hpp"
#include "post/heat_map.hpp"
#include "sweep_table_file.hpp"
#include "temporary_result.hpp"

#include <fstream>

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::fail_row;
using fixture::grid_table;
using fixture::row_of;
using fixture::TemporaryFolder;
using fixture::write_table;

TEST(SweepTable, IsReadAsWritten) {
  const TemporaryFolder folder;
  EXPECT_FALSE(is_sweep_result(folder.path()));
  SweepTable written = grid_table();
  fail_row(written, 5);
  write_table(folder.path(), written);
  EXPECT_TRUE(is_sweep_result(folder.path()));
  const SweepTable table = read_sweep_table(folder.path());
  EXPECT_EQ(table.design, "grid");
  ASSERT_EQ(table.parameters.size(), 3u);
  EXPECT_EQ(table.parameters[1].name, "rate");
  EXPECT_EQ(table.parameters[1].key, "section.rate");
  EXPECT_EQ(table.parameters[2].unit, "ms");
  EXPECT_TRUE(table.parameters[1].log);
  EXPECT_FALSE(table.parameters[0].log);
  EXPECT_EQ(table.parameters[1].from, 1.0);
  EXPECT_EQ(table.parameters[1].to, 100.0);
  EXPECT_EQ(table.parameters[2].values, written.parameters[2].values);
  EXPECT_EQ(table.outputs[1].name, "phase");
  EXPECT_EQ(table.outputs[0].values[6], written.outputs[0].values[6]);
  EXPECT_TRUE(table.has(table.outputs[0], 4));
  EXPECT_FALSE(table.has(table.outputs[0], 5));
  EXPECT_EQ(table.status[5], "failed");
  EXPECT_NEAR(table.parameters[1].place(10.0), 0.5, 1e-15);
  EXPECT_EQ(table.find_outputs({}), (std::vector<size_t>{0, 1}));
  EXPECT_EQ(table.find_outputs({"phase"}), (std::vector<size_t>{1}));
  EXPECT_THROW(table.find_outputs({"force"}), CommandError);
}

TEST(SweepTable, WhatDoesNotFitIsRefused) {
  const TemporaryFolder folder;
  const auto refused = [&](const SweepTable& table) {
    write_table(folder.path(), table);
    EXPECT_THROW(read_sweep_table(folder.path()), FileError);
  };
  SweepTable few_rows = grid_table();
  few_rows.status.pop_back();
  refused(few_rows);
  SweepTable few_outputs = grid_table();
  for (SweepOutput& output : few_outputs.outputs) output.values.pop_back();
  refused(few_outputs);
  SweepTable no_saltelli = grid_table();  // 24 rows are no whole samples of 5
  no_saltelli.design = "saltelli";
  no_saltelli.samples = 5;
  refused(no_saltelli);
  SweepTable other_count = grid_table();  // 24 rows are 6 trajectories of 4
  other_count.design = "morris";
  other_count.samples = 7;
  refused(other_count);
  other_count.samples = 6;
  write_table(folder.path(), other_count);
  EXPECT_NO_THROW(read_sweep_table(folder.path()));
  SweepTable below_zero = grid_table();
  below_zero.parameters[1].values[3] = 0.0;
  refused(below_zero);
}

TEST(SweepTable, OtherFilesAreRefused) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "table.h5";
  EXPECT_THROW(read_sweep_table(folder.path()), FileError);
  std::ofstream(file) << "not HDF5";
  EXPECT_THROW(read_sweep_table(file), FileError);
  { const Handle empty(H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose); }
  EXPECT_THROW(read_sweep_table(file), FileError);
  write_table(folder.path(), grid_table());
  {
    const Handle newer(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    const Handle version(H5Aopen(newer.get(), "version", H5P_DEFAULT), H5Aclose);
    const long long two = 2;
    H5Awrite(version.get(), H5T_NATIVE_LLONG, &two);
  }
  EXPECT_THROW(read_sweep_table(file), FileError);
  write_table(folder.path(), grid_table());
  {
    const Handle cut(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    H5Adelete_by_name(cut.get(), "/parameters", "units", H5P_DEFAULT);
  }
  EXPECT_THROW(read_sweep_table(file), FileError);
}

TEST(HeatMap, AveragesOverTheOtherParameters) {
  SweepTable table = grid_table();
  fail_row(table, row_of(2, 1, 0));
  fail_row(table, row_of(3, 1, 0));
  fail_row(table, row_of(3, 1, 1));
  table.status[row_of(0, 0, 0)] = table.status[row_of(0, 0, 1)] = "missing";
  const Plane plane = choose_plane(table, {"gain", "rate", {}});
  EXPECT_EQ(plane.averaged, (std::vector<size_t>{2}));
  const std::vector<MapCell> cells = heat_map(table, plane, table.outputs[0]);
  ASSERT_EQ(cells.size(), 12u);
  EXPECT_NEAR(cells[1 * 4 + 1].mean, 1.0 + 10.0 + 20.0, 1e-12);
  EXPECT_NEAR(cells[1 * 4 + 2].mean, 2.0 + 10.0 + 30.0, 1e-12);  // without the failed row
  EXPECT_EQ(cells[1 * 4 + 2].failed, 1u);
  EXPECT_EQ(cells[1 * 4 + 3].used, 0u);
  EXPECT_EQ(cells[1 * 4 + 3].failed, 2u);
  EXPECT_EQ(cells[0].unfinished, 2u);
}

TEST(HeatMap, HoldsAParameterAtAValue) {
  const SweepTable table = grid_table();
  const Plane plane = choose_plane(table, {"", "", {{"delay", 30.0}}});
  EXPECT_EQ(plane.x, 0u);
  EXPECT_EQ(plane.y, 1u);
  EXPECT_TRUE(plane.averaged.empty());
  EXPECT_NEAR(heat_map(table, plane, table.outputs[0])[2 * 4 + 3].mean, 3.0 + 20.0 + 30.0, 1e-12);
  const Plane turned = choose_plane(table, {"", "gain", {{"delay", 10.0}}});
  EXPECT_EQ(turned.x, 1u);
  EXPECT_EQ(turned.y, 0u);
}

TEST(HeatMap, PlanesThatAreNoneAreRefused) {
  const SweepTable table = grid_table();
  EXPECT_THROW(choose_plane(table, {}), CommandError);                           // three parameters vary
  EXPECT_THROW(choose_plane(table, {"gain", "", {}}), CommandError);             // two remain
  EXPECT_THROW(choose_plane(table, {"gain", "gain", {}}), CommandError);         // a line
  EXPECT_THROW(choose_plane(table, {"gain", "force", {}}), CommandError);        // unknown
  EXPECT_THROW(choose_plane(table, {"", "", {{"delay", 20.0}}}), CommandError);  // between two values
  EXPECT_THROW(choose_plane(table, {"", "", {{"force", 20.0}}}), CommandError);  // unknown
  SweepTable scattered = table;
  for (size_t row = 0; row < scattered.n_rows(); ++row)
    scattered.parameters[0].values[row] += 1e-3 * static_cast<double>(row);
  EXPECT_THROW(choose_plane(scattered, {"gain", "rate", {}}), CommandError);
}

std::vector<std::string> texts_of(const Scale& scale, int count) {
  std::vector<std::string> texts;
  for (const Tick& tick : axis_ticks(scale, count)) texts.push_back(tick.text);
  return texts;
}

TEST(AxisTicks, AreRoundOnBothScales) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts_of({0.0, 1.0, false}, 5), (Texts{"0", "0.2", "0.4", "0.6", "0.8", "1"}));
  EXPECT_EQ(texts_of({-1e-13, 1e-13, false}, 4), (Texts{"-1e-13", "-5e-14", "0", "5e-14", "1e-13"}));
  EXPECT_EQ(texts_of({1.0, 100.0, true}, 7), (Texts{"1", "2", "5", "10", "20", "50", "100"}));
  EXPECT_EQ(texts_of({1e-6, 1e-1, true}, 7), (Texts{"1e-6", "1e-5", "0.0001", "0.001", "0.01", "0.1"}));
  EXPECT_EQ(texts_of({1e-9, 1e3, true}, 7), (Texts{"1e-8", "1e-6", "0.0001", "0.01", "1", "100"}));
  EXPECT_EQ(texts_of({20.0, 40.0, true}, 5), (Texts{"20", "25", "30", "35", "40"}));
  EXPECT_EQ((Scale{1.0, 100.0, true}).place(10.0), 0.5);
}

}  // namespace
}  // namespace tautband::post
