// The phase diagram: what is read, what is refused, and colours where they belong.
#include <gtest/gtest.h>

#include "post/colour_map.hpp"
#include "post/errors.hpp"
#include "post/hdf5_file.hpp"
#include "post/phase_diagram.hpp"
#include "program_and_image.hpp"
#include "temporary_result.hpp"

namespace tautband::post {
namespace {

namespace fs = std::filesystem;
using fixture::Image;
using fixture::run;
using fixture::TemporaryFolder;

void put_text(hid_t owner, const char* name, const std::string& text) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose), space(H5Screate(H5S_SCALAR), H5Sclose);
  H5Tset_size(type.get(), text.size());
  const Handle made(H5Acreate2(owner, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  H5Awrite(made.get(), type.get(), text.c_str());
}

Handle put(hid_t file, const char* name, hid_t type, const std::vector<hsize_t>& shape, const void* data) {
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose);
  Handle made(H5Dcreate2(file, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Dclose);
  H5Dwrite(made.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
  return made;
}

/// A plane of 4 x 2 points: healthy turns active in its right half, an active start is latent in the upper row.
void write_map(const fs::path& folder, int starts_written) {
  const Handle file(H5Fcreate((folder / "map.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  const Handle group(H5Gcreate2(file.get(), "/map", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  put_text(group.get(), "duration", "12 h");
  const double x[] = {0.0, 0.1, 0.2, 0.3}, y[] = {10.0, 20.0};
  const Handle along = put(file.get(), "/map/x", H5T_NATIVE_DOUBLE, {4}, x);
  put_text(along.get(), "key", "motor_pool.tonic_drive");
  put_text(along.get(), "units", "1");
  const Handle up = put(file.get(), "/map/y", H5T_NATIVE_DOUBLE, {2}, y);
  put_text(up.get(), "key", "trigger_point.ectopic_rate");
  put_text(up.get(), "units", "pps");
  const Handle name(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(name.get(), 7);
  put(file.get(), "/map/starts", name.get(), {2}, "healthyactive\0");
  const long long condition[] = {0, 0, 2, 2, 0, 0, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1};
  put(file.get(), "/map/condition", H5T_NATIVE_LLONG, {static_cast<hsize_t>(starts_written), 2, 4}, condition);
}

TEST(PostMap, ReadsWhatTheFileHolds) {
  const TemporaryFolder folder;
  EXPECT_FALSE(is_map_result(folder.path()));
  write_map(folder.path(), 2);
  EXPECT_TRUE(is_map_result(folder.path()));
  const PhaseMap map = read_map(folder.path());
  EXPECT_EQ(map.starts, (std::vector<std::string>{"healthy", "active"}));
  EXPECT_EQ(map.x.key, "motor_pool.tonic_drive");
  EXPECT_EQ(map.y.unit, "pps");
  EXPECT_EQ(map.duration, "12 h");
  EXPECT_EQ(map.letters(0, 0), "HX");
  EXPECT_EQ(map.letters(2, 0), "XX");
  EXPECT_EQ(map.letters(1, 1), "HL");
  EXPECT_EQ(map.letters(3, 1), "XL");
}

TEST(PostMap, RefusesAFileThatDoesNotFit) {
  const TemporaryFolder folder;
  write_map(folder.path(), 1);
  EXPECT_THROW(read_map(folder.path()), FileError);
  EXPECT_EQ(run("plot " + folder.path().string()).code, 3);
  EXPECT_EQ(run("plot " + (folder.path() / "none" / "map.h5").string()).code, 3);
}

TEST(PostMap, DrawsADarkerColourWhereItIsWorse) {
  if (!fixture::pictures_possible()) GTEST_SKIP() << "neither a display nor xvfb-run";
  const TemporaryFolder folder;
  write_map(folder.path(), 2);
  const auto outcome = run("plot --width 1400 " + folder.path().string());
  ASSERT_EQ(outcome.code, 0) << outcome.text;
  const Image picture(folder.path() / "phase_diagram.png");
  EXPECT_EQ(picture.width(), 1400);
  // The plot fills 110..950 x 120..770 pixels: middles of the cells of the plane.
  const auto lightness_at = [&](double x, double y) {
    const auto rgb = picture.at(static_cast<int>(110 + 840 * x), static_cast<int>(120 + 650 * y));
    const double scaled[3] = {rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0};
    return lightness(scaled);
  };
  const double healthy_latent = lightness_at(0.2, 0.75), healthy_active = lightness_at(0.2, 0.25);
  const double active_latent = lightness_at(0.8, 0.75), active_active = lightness_at(0.8, 0.25);
  EXPECT_GT(healthy_latent, healthy_active + 5.0);
  EXPECT_GT(healthy_active, active_latent + 5.0);
  EXPECT_GT(active_latent, active_active + 5.0);
  EXPECT_NEAR(lightness_at(0.3, 0.4), healthy_active, 1.0);  // the same cell, elsewhere
  EXPECT_NEAR(lightness_at(0.45, 0.25), healthy_active, 1.0);
  EXPECT_NEAR(lightness_at(0.55, 0.25), active_active, 1.0);
}

}  // namespace
}  // namespace tautband::post
