// When events act and how much, and what a case with events may not say.
#include "spec/event.hpp"
#include "support/sample_case.hpp"

#include <cmath>

namespace tautband::testing {
namespace {

using spec::Event;
using spec::EventKind;

constexpr double day = 86400.0;

TEST(Events, EpisodesRiseStayAndFall) {
  const Event event{
      .kind = EventKind::unloading, .start = 10.0, .duration = 6.0, .ramp = 2.0, .repeats = 3, .interval = 8.0};
  for (double start : {10.0, 18.0, 26.0}) {
    EXPECT_DOUBLE_EQ(share_at(event, start), 0.0);
    EXPECT_DOUBLE_EQ(share_at(event, start + 0.5), 0.25);
    EXPECT_DOUBLE_EQ(share_at(event, start + 3.0), 1.0);
    EXPECT_DOUBLE_EQ(share_at(event, start + 5.0), 0.5);
    EXPECT_DOUBLE_EQ(share_at(event, start + 7.0), 0.0);
  }
  EXPECT_EQ(share_at(event, 9.0), 0.0);
  EXPECT_EQ(share_at(event, 35.0), 0.0);  // there is no fourth episode
  EXPECT_EQ(corners(event), (std::vector<double>{10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32}));
}

TEST(Events, WithoutEndTheyStay) {
  const Event event{.kind = EventKind::statin, .start = 1.0, .ramp = 0.0};
  EXPECT_EQ(share_at(event, 0.999), 0.0);
  EXPECT_EQ(share_at(event, 1.0), 1.0);
  EXPECT_EQ(share_at(event, 1e9), 1.0);
  EXPECT_EQ(corners(event), (std::vector<double>{1.0}));
}

// d/dt [(1 - exp(-t/r)) exp(-t/d)] = 0 at t = r ln(1 + d/r): 14.72 days for r = 5, d = 90 days. Late in the decay the
// first factor is 1, so that the share falls by e in d.
TEST(Events, BotulinumHasItsPeakAndItsTimes) {
  const Event event{.kind = EventKind::botulinum, .start = 2.0 * day, .block = 0.7};
  const double peak = 2.0 * day + 5.0 * day * std::log(19.0);
  EXPECT_EQ(share_at(event, 2.0 * day), 0.0);
  EXPECT_NEAR(share_at(event, peak), 1.0, 1e-12);
  EXPECT_LT(share_at(event, peak - day), 1.0);
  EXPECT_LT(share_at(event, peak + day), 1.0);
  EXPECT_NEAR(share_at(event, 290.0 * day) / share_at(event, 200.0 * day), std::exp(-1.0), 1e-12);
  EXPECT_EQ(corners(event), (std::vector<double>{2.0 * day}));
}

// The second of two injections blocks `block` times its own share of what the first leaves open.
TEST(Events, InjectionsAddUpToNoMoreThanAll) {
  const Event one{.kind = EventKind::botulinum, .block = 0.9};
  const Event two{.kind = EventKind::botulinum, .repeats = 2, .interval = 10.0 * day, .block = 0.9};
  EXPECT_DOUBLE_EQ(share_at(two, 9.0 * day), share_at(one, 9.0 * day));
  const double open = (1.0 - 0.9 * share_at(one, 20.0 * day)) * (1.0 - 0.9 * share_at(one, 10.0 * day));
  EXPECT_NEAR(0.9 * share_at(two, 20.0 * day), 1.0 - open, 1e-14);
}

TEST(Events, APatchMovesAndRubs) {
  const Event event{.kind = EventKind::pressure,
                    .start = 1.0,
                    .duration = 4.0,
                    .repeats = 2,
                    .interval = 10.0,
                    .centre = {1, 2, 3},
                    .velocity = {0.5, 0, 0},
                    .stroke = {0, 0.1, 0},
                    .frequency = 0.25};
  EXPECT_EQ(centre_at(event, 0.0), (std::array<double, 3>{1, 2, 3}));
  EXPECT_NEAR(centre_at(event, 2.0)[0], 1.5, 1e-15);
  EXPECT_NEAR(centre_at(event, 2.0)[1], 2.1, 1e-15);  // a quarter of a stroke
  EXPECT_NEAR(centre_at(event, 12.0)[0], 1.5, 1e-15);
  EXPECT_NEAR(centre_at(event, 8.0)[0], 3.0, 1e-15);  // between episodes it rests where it ended
}

const std::string muscle_case = small_case + "[motor_pool]\n[chemistry]\n";

/// small_case, or one with physiology, and an event of these lines, from line 15 or 17.
std::string with_event(const std::string& lines, const std::string& base = muscle_case) {
  return base + "[[event]]\n" + lines;
}

TEST(EventErrors, EachMistakeIsPlacedAndNamed) {
  struct Mistake {
    std::string lines, place, said;
  };
  const std::string needle = "kind = \"needling\"\nstart = \"1 s\"\ncentre = [\"0 mm\", \"0 mm\", \"0 mm\"]\n";
  const std::string pull = "kind = \"stretch\"\nstart = \"1 s\"\nduration = \"9 s\"\n";
  for (const Mistake& mistake : std::vector<Mistake>{
           {"kind = \"needeling\"\nstart = \"1 s\"", "18:8", "did you mean \"needling\"?"},
           {"kind = \"statin\"", "17:1", "[[event]] lacks the required key \"start\""},
           {"kind = \"needling\"\nstart = \"0 s\"\ncentre = [\"0 m\", \"0 m\", \"0 m\"]\nradius = \"1 mm\"", "19:9",
            "a needling has to come after the start of the run, at 0 s"},
           {needle, "17:1", "lacks the required key \"radius\""},
           {needle + "radius = \"1 mm\"\nduration = \"3 s\"", "22:1", "only if kind is not needling or botulinum"},
           {needle + "radius = \"1 mm\"\nblock = 0.5", "22:1", "only if kind = botulinum"},
           {needle + "radius = \"1 mm\"\nmemory_reset = 1.5", "22:16",
            "\"memory_reset\" = 1.5 is out of range: 0 .. 1"},
           {needle + "radius = \"1 mm\"\nrepeats = 2", "17:1", "repeats above 1 need an \"interval\""},
           {"kind = \"statin\"\nstart = \"1 s\"\ninterval = \"3 s\"", "20:1", "only if repeats is above 1"},
           {"kind = \"statin\"\nstart = \"1 s\"\nduration = \"3 s\"\nrepeats = 2\ninterval = \"2 s\"", "17:1",
            "its \"interval\" is shorter than its \"duration\""},
           {"kind = \"statin\"\nstart = \"1 s\"\nduration = \"1 s\"", "17:1",
            "its \"duration\" is shorter than its two ramps"},
           {"kind = \"posture_load\"\nstart = \"1 s\"", "17:1", "lacks the required key \"tonic_drive\""},
           {"kind = \"stretch\"\nstart = \"1 s\"\nset = \"x0\"\ndirection = [1, 0, 0]", "17:1",
            "it has to end: give it a \"duration\""},
           {pull + "set = \"x0\"\ndirection = [0.6, 0, 0]", "22:13", "not a unit vector: its length is 0.6"},
           {pull + "set = \"x0\"\ndirection = [0, 0, 1]", "22:13",
            "no [[boundary]] on the set \"x0\" holds its z displacement"},
           {pull + "set = \"x1\"\ndirection = [1, 0, 0]", "21:7",
            "no [[boundary]] of kind displacement or spring is on the set \"x1\""},
           {pull + "set = \"x0\"\ndirection = [1, 0, 0]\ndisplacement = \"1 mm\"\nfraction = 0.1", "24:1",
            "only if kind = stretch without displacement"},
           {"kind = \"pressure\"\nstart = \"1 s\"\nduration = \"9 s\"\nfrequency = \"1 Hz\"", "21:1",
            "only if stroke is given"},
       }) {
    const std::string message = case_error(with_event(mistake.lines));
    EXPECT_TRUE(contains(message, "case.toml:" + mistake.place + ": ") && contains(message, mistake.said))
        << mistake.place << ": " << mistake.said << "\nis not in\n"
        << message;
  }
}

TEST(EventErrors, PhysiologyHasToBeThere) {
  const std::string lines = "kind = \"statin\"\nstart = \"1 s\"\n";
  EXPECT_TRUE(contains(case_error(with_event(lines, small_case)), "case.toml:16:8: it has nothing to act on"));
  EXPECT_TRUE(contains(case_error(with_event(lines, small_case + "[motor_pool]\n")),
                       "case.toml:17:8: it has nothing to act on: the case has no [chemistry]"));
  EXPECT_EQ(parse_case(with_event(lines), "case.toml").events.size(), 1u);
}

TEST(EventErrors, AMechanicalEventNeedsNoPhysiology) {
  const std::string lines =
      "kind = \"stretch\"\nstart = \"1 s\"\nduration = \"9 s\"\nset = \"x0\"\ndirection = [1, 0, 0]\n";
  const spec::Case values = parse_case(with_event(lines, small_case), "case.toml");
  EXPECT_FALSE(values.physiology.active);
  EXPECT_EQ(values.events[0].fraction, 0.05);
}

}  // namespace
}  // namespace tautband::testing
