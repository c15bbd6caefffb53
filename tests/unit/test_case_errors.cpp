// Every kind of mistake in a case is reported with its line, its column and the line itself.
#include "support/sample_case.hpp"

namespace tautband::testing {
namespace {

struct Mistake {
  int line;           ///< of small_case that is replaced
  std::string text;   ///< by this
  std::string place;  ///< expected "line:column"
  std::string said;   ///< part of the message
};

const std::vector<Mistake> mistakes{
    {2, "flie = \"m.vtkhdf\"", "2:1", "unknown key \"flie\" in [mesh]; did you mean \"file\"?"},
    {2, "flie = \"m.vtkhdf\"", "1:1", "[mesh] lacks the required key \"file\""},
    {2, "file = \"\"", "2:8", "\"file\" must not be empty"},
    {2, "file = 7", "2:8", "\"file\" is an integer but has to be a string"},
    {4, "end = \"1 kPa\"", "4:7", "\"kPa\" cannot be converted to \"s\""},
    {4, "end = 1", "4:7", "\"end\" lacks its unit; write \"1 s\""},
    {4, "end = \"inf s\"", "4:7", "\"end\" has to be a finite number"},
    {4, "end = true", "4:7", "\"end\" is true or false but has to be a string with a unit"},
    {4, "end = 1979-05-27", "4:7", "\"end\" is a date or time but"},
    {4, "end = \"-1 s\"", "4:7", "the run ends at -1 s, not after its start at 0 s"},
    {4, "end = ", "4:7", "not valid TOML"},
    {5, "step = \"-10 ms\"", "5:8", "\"step\" = -10 ms is out of range: 1e-06 .. 1e+09 ms"},
    {5, "step = \"10 ms\"\nstep = \"20 ms\"", "6:8", "cannot redefine existing string 'step'"},
    {5, "step = \"10 ms\"\nshortest_step = \"1 s\"", "6:17", "\"shortest_step\" is longer than \"step\""},
    {8, "law = \"neo_hokean\"", "8:7", "unknown law \"neo_hokean\"; did you mean \"neo_hookean\"?"},
    {8, "law = \"neo_hookean\"\nvolumetric = \"logaritmic\"", "9:14",
     "is not one of quadratic, logarithmic, simo_taylor"},
    {8, "law = \"neo_hookean\"\nfibre = [1, 1, 0]", "9:9", "not a unit vector: its length is 1.414"},
    {8, "law = \"neo_hookean\"\nfibre = [1, 0]", "9:9", "\"fibre\" has 2 values but needs 3"},
    {8, "law = \"neo_hookean\"\nfibre = [1, 0, \"x\"]", "9:16", "does not begin with a number"},
    {8, "law = \"neo_hookean\"\nactivation = 0.5", "9:14", "\"activation\" has no use here"},
    {8, "law = \"neo_hookean\"\nactive_stress = \"1 kPa\"", "9:1", "only if active is not none"},
    {8, "law = \"neo_hookean_coupled\"\ntangent = \"reduced\"", "9:11", "has no reduced tangent"},
    {8, "law = \"neo_hookean\"\nactivation = { value = 1, array = \"a\" }", "9:14", "not both"},
    {10, "mu = \"0 kPa\"", "10:6", "\"mu\" = 0 kPa is out of range: 1e-09 .. 1e+12 kPa"},
    {10, "mu = { array = \"a\", curve = \"c\" }", "10:29", "there is no [curve.c] (curves: none)"},
    {10, "mu = { array = \"a\", vlaue = 3 }", "10:21", "unknown key \"vlaue\" in \"mu\"; did you mean \"value\"?"},
    {10, "my = \"5 kPa\"", "10:1", "unknown key \"my\" in the parameters of neo_hookean; did you mean \"mu\"?"},
    {13, "kind = \"displacment\"", "13:8", "did you mean \"displacement\"?"},
    {13, "kind = \"spring\"", "14:1", "\"components\" has no use here: only if kind = displacement"},
    {13, "kind = \"spring\"", "11:1", "[[boundary]] lacks the required key \"stiffness\""},
    {14, "components = \"xa\"", "14:14", "lists some of x, y, z, each once"},
    {14, "prestretch = true", "14:14", "the case has no [prestretch]"},
    {15, "[[region]]\nname = \"muscle\"\nlaw = \"yeoh\"", "16:8", "a second [[region]] called \"muscle\""},
    {15, "[[boundary]]\nset = \"x0\"\nkind = \"displacement\"", "15:1",
     "the x displacement of the set \"x0\" is already"},
    {15, "[curve.c]\nkind = \"ramp\"\nend = \"1 s\"", "15:1", "nothing uses the curve \"c\""},
    {15, "[curve.c]\nkind = \"table\"\ntimes = [\"0 s\"]\nvalues = [1]", "15:1", "fewer than two times"},
    {15, "[prestretch]\nstretch = 1.1", "15:1", "no boundary is moved by [prestretch]"},
    {15, "[probe]\nname = \"a\"", "15:2", "\"probe\" is a table but is written [[probe]]"},
    {15, "[[mechanics]]", "15:3", "\"mechanics\" is an array but is written [mechanics]"},
    {15, "[mehcanics]", "15:2", "unknown section \"mehcanics\"; did you mean \"mechanics\"?"},
    {15, "[mechanics]\nnewton_iterations = 2.5", "16:21",
     "\"newton_iterations\" is a number but has to be a whole number"},
    {15, "[mechanics]\nnewton_iterations = 0", "16:21", "\"newton_iterations\" = 0 is out of range: 1 .. 1000"},
    {15, "[mechanics]\nspectral_radius = 0.5", "16:1", "only if inertia = dynamic"},
    {15, "[motor_pool]\nseed = -1", "16:8", "\"seed\" must not be negative"},
    {15, "[reflex]\nglobal_weight = nan", "16:17", "\"global_weight\" has to be a finite number"},
    {15, "[[golgi]]\nset = \"nowhere\"", "16:7", "no [[boundary]] on the set \"nowhere\""},
    {15, "[reflex]\nsecondary_delay = \"9 ms\"", "16:19", "without spindles.model = \"mileusnic2006\""},
    {15, "[reflex]\ntendon_delay = \"8 ms\"", "16:16", "without a tendon organ"},
    {15, "[activation]\nmodel = \"twitch\"", "16:9", "twitches belong to motor_pool.model"},
    {15, "[motor_pool]\nmodel = \"fuglevand1993\"\nunits = 5\nterritories = 6", "18:15", "more territories"},
    {15, "[motor_pool]\nmodel = \"fuglevand1993\"\ngain = 3", "17:1", "only if model = linear"},
    {15, "[spindles]\nrest_length = 1.1", "16:1", "only if model = mileusnic2006"},
};

TEST(CaseErrors, EachMistakeIsPlacedAndNamed) {
  for (const Mistake& mistake : mistakes) {
    const std::string message = case_error(with_line(small_case, mistake.line, mistake.text));
    const std::string line = "case.toml:" + mistake.place + ": ";
    bool found = false;
    std::istringstream lines(message);
    for (std::string said; std::getline(lines, said);)
      found = found || (said.starts_with(line) && contains(said, mistake.said));
    EXPECT_TRUE(found) << line << mistake.said << "\nis not in\n" << message;
  }
}

TEST(CaseErrors, TheLineIsShownWithACaret) {
  const std::string message = case_error(with_line(small_case, 10, "\tmu = \"5 mm\""));
  EXPECT_TRUE(contains(message, "  10 | \tmu = \"5 mm\"\n     | \t     ^~~~~~\n")) << message;
  const std::string umlaut = case_error(with_line(small_case, 7, "name = \"müde\" # ä\nfibre_aray = \"ä\""));
  EXPECT_TRUE(contains(umlaut, "  8 | fibre_aray = \"ä\"\n    | ^~~~~~~~~~\n")) << umlaut;
}

TEST(CaseErrors, AllAreReportedInTheOrderOfTheFile) {
  std::string text = with_line(small_case, 14, "component = \"x\"");
  text = with_line(with_line(text, 5, "step = \"10 mm\""), 10, "mu = 5");
  const std::string message = case_error(text);
  const auto step = message.find("case.toml:5:"), mu = message.find("case.toml:10:"),
             component = message.find(":14:1:");
  EXPECT_LT(step, mu);
  EXPECT_LT(mu, component);
  EXPECT_NE(component, std::string::npos);
  EXPECT_TRUE(contains(message, "3 problems in case.toml")) << message;
}

TEST(CaseErrors, MissingSectionsAreNamed) {
  const std::string message = case_error("");
  for (const std::string section : {"[mesh]", "[time]", "[[region]]"})
    EXPECT_TRUE(contains(message, "case.toml: the required section " + section + " is missing")) << message;
}

TEST(CaseErrors, AMissingFileIsAFileError) {
  try {
    read_case("/nowhere/case.toml");
    FAIL();
  } catch (const FileError& error) {
    EXPECT_EQ(error.code, ExitCode::bad_file);
    EXPECT_STREQ(error.what(), "/nowhere/case.toml: cannot be read: No such file or directory");
  }
}

TEST(Overrides, ReachEveryKindOfKey) {
  const spec::Case values = parse_case(
      small_case, "case.toml",
      {"time.step=20 ms", "region.muscle.parameters.mu=7 kPa", "boundary.0.set=y0",
       "boundary.y0.value=[\"0 m\", \"0 m\", \"1 mm\"]", "mechanics.newton_iterations=7", "time.step=\"30 ms\""});
  EXPECT_EQ(values.time.step, 0.03);  // the last one counts
  EXPECT_EQ(values.regions[0].parameters.at("mu").constant, 7000.0);
  EXPECT_EQ(values.boundaries[0].set, "y0");
  EXPECT_EQ(values.boundaries[0].value[2], 1e-3);
  EXPECT_EQ(values.mechanics.newton_iterations, 7);
}

TEST(Overrides, ErrorsNameTheOption) {
  const auto expect = [](const std::string& option, const std::string& said) {
    const std::string message = case_error(small_case, {option});
    EXPECT_TRUE(contains(message, "--set " + option + ": ") && contains(message, said)) << message;
  };
  expect("time.step=5 mm", "\"mm\" cannot be converted to \"ms\"");
  expect("time.stpe=5 ms", "unknown key \"stpe\" in [time]; did you mean \"step\"?");
  expect("tiem.step=5 ms", "unknown section \"tiem\"; did you mean \"time\"?");
  expect("region.mucsle.law=yeoh", "none is \"mucsle\"; did you mean \"muscle\"? (names: muscle)");
  expect("boundary.3.curve=a", "\"boundary\" has 1 entries and none is \"3\"");
  expect("boundary.99999999999999999999.curve=a", "none is");
  expect("time.step.more=1", "\"time.step\" is a string and has no \"more\"");
  expect("step=5 ms", "an override is written section.key=value");
  expect("time.step", "an override is written section.key=value");
  expect("time..step=1", "an override is written section.key=value");
}

}  // namespace
}  // namespace tautband::testing
