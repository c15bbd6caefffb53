// [pain] and [adaptation]: from sensitising substances to nociception, pain, referred pain and the loss of strength.
#pragma once

#include "spec/describe.hpp"

#include <array>
#include <string>
#include <vector>

namespace tautband::spec {

enum class Side { left, right };
template <>
inline constexpr std::array enum_table<Side> = {EnumEntry<Side>{"left", Side::left},
                                                EnumEntry<Side>{"right", Side::right}};

/// [pain]: docs/model.md 11.
struct Pain {
  std::string muscle;         ///< name in the table of referral; empty = no referred pain
  std::string referral_file;  ///< in place of the built-in table
  Side side = Side::right;
  double sensitiser_threshold = 0.40, acid_gain = 0.3, acid_threshold = 0.4, half_activity = 0.15;
  double pressure_gain = 4e-6;                   ///< 1/Pa
  double pressure_threshold = 60e3;              ///< Pa, local
  double threshold_loss = 0.5;                   ///< per unit of sensitiser
  double transfer = 0.2;                         ///< pressure in the muscle per pressure on the skin
  double reference_volume = 50e-9;               ///< m^3
  double half_nociception = 0.3;                 ///< of central sensitisation
  double time_up = 1800.0, time_down = 86400.0;  ///< s, of central sensitisation
  double pain_gain = 0.5;
  double segment_input = 0.85, segment_time = 30.0, segment_spread = 0.1, sensitised_spread = 3.0;
  double referral_gate = 0.3;
  double emg_amplitude = 20e-6;  ///< V per unit of excess acetylcholine
  double emg_reach = 0.5e-3;     ///< m

  bool operator==(const Pain&) const = default;
};

/// [adaptation]: strength lost by disuse.
struct Adaptation {
  double largest_loss = 0.5, pain_of_largest_loss = 0.8;
  double time_loss = 30.0 * 86400.0, time_gain = 60.0 * 86400.0;  ///< s

  bool operator==(const Adaptation&) const = default;
};

/// One zone in which a muscle's pain is felt.
struct ReferralZone {
  int region = 0;         ///< 0 .. body_regions - 1
  std::string key, name;  ///< "back_of_neck", "back of the neck"
  bool essential = true;  ///< else spill-over
};

/// One muscle of the table of referral.
struct ReferralPattern {
  std::string muscle;
  std::vector<int> segments;  ///< 0 .. spinal_segments - 1
  std::vector<ReferralZone> zones;
};

template <Of<Pain> Self, class Visitor> void describe_nociceptor(Self& self, Visitor& visit) {
  visit("sensitiser_threshold", self.sensitiser_threshold,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "S_th: sensitiser above which nociceptors fire",
         .source = "calibrated: docs/model.md 11.1"});
  visit("acid_gain", self.acid_gain,
        {.lowest = 0.0, .highest = 10.0, .meaning = "w_H: per pH unit", .source = "calibrated: docs/model.md 11.1"});
  visit("acid_threshold", self.acid_threshold,
        {.lowest = 0.0,
         .highest = 7.0,
         .meaning = "acid load, in pH units, above which it adds to nociception",
         .source = "calibrated: docs/model.md 11.1"});
  visit("half_activity", self.half_activity,
        {.lowest = 1e-6,
         .highest = 10.0,
         .meaning = "K_N: input above the threshold at half activity",
         .source = "calibrated: docs/model.md 11.1"});
  visit("pressure_gain", self.pressure_gain,
        {.unit = "1/kPa",
         .lowest = 0.0,
         .highest = 10.0,
         .meaning = "w_P: of local pressure above its threshold",
         .source = "calibrated: docs/model.md 11.1"});
  visit("pressure_threshold", self.pressure_threshold,
        {.unit = "kPa",
         .lowest = 0.0,
         .highest = 1e5,
         .meaning = "p0: local pressure that adds to nociception in healthy tissue",
         .source = "calibrated: docs/model.md 11.1, about 300 kPa on the skin"});
  visit("threshold_loss", self.threshold_loss,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "k_S: part of the pressure threshold lost at full sensitisation",
         .source = "calibrated: docs/model.md 11.1, loss at trigger points of 105 kPa (Geri 2022)"});
  visit("transfer", self.transfer,
        {.lowest = 1e-3,
         .highest = 1.0,
         .meaning = "pressure in the muscle per pressure of an algometer on the skin",
         .source = "calibrated: docs/model.md 11.1"});
}

template <Of<Pain> Self, class Visitor> void describe_cord(Self& self, Visitor& visit) {
  visit("half_nociception", self.half_nociception,
        {.lowest = 1e-3,
         .highest = 1.0,
         .meaning = "nociception of half central sensitisation",
         .source = "calibrated: docs/model.md 11.2"});
  visit("time_up", self.time_up,
        {.unit = "min",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "time constant of rising central sensitisation",
         .source = "calibrated: docs/model.md 11.2"});
  visit("time_down", self.time_down,
        {.unit = "h",
         .lowest = 1e-3,
         .highest = 1e6,
         .meaning = "time constant of falling central sensitisation",
         .source = "calibrated: docs/model.md 11.2"});
  visit("pain_gain", self.pain_gain,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "k: pain = nociception (1 + k central sensitisation)",
         .source = "calibrated: docs/model.md 11.2"});
}

template <Of<Pain> Self, class Visitor> void describe_referral(Self& self, Visitor& visit) {
  const bool referred = !self.muscle.empty();
  constexpr std::string_view when = "muscle is given";
  visit("segment_input", self.segment_input,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "input to the muscle's spinal segments per nociception",
         .source = "calibrated: docs/model.md 11.3",
         .used = referred,
         .when = when});
  visit("segment_time", self.segment_time,
        {.unit = "s",
         .lowest = 1e-3,
         .highest = 1e7,
         .meaning = "time constant in which segments wake",
         .source = "calibrated: docs/model.md 11.3",
         .used = referred,
         .when = when});
  visit("segment_spread", self.segment_spread,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "kappa: exchange with neighbouring segments",
         .source = "calibrated: docs/model.md 11.3",
         .used = referred,
         .when = when});
  visit("sensitised_spread", self.sensitised_spread,
        {.lowest = 0.0,
         .highest = 100.0,
         .meaning = "factor by which full central sensitisation adds to the exchange",
         .source = "calibrated: docs/model.md 11.3",
         .used = referred,
         .when = when});
  visit("referral_gate", self.referral_gate,
        {.lowest = 0.0,
         .highest = 1.0,
         .meaning = "level of the muscle's segments above which pain is referred",
         .source = "calibrated: docs/model.md 11.3",
         .used = referred,
         .when = when});
}

template <Of<Pain> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("muscle", self.muscle,
        {.meaning = "which muscle this is, by its name in the table of referred pain; without it pain stays local",
         .default_text = "none"});
  visit(
      "referral_file", self.referral_file,
      {.meaning = "a table of referred pain in place of the built-in one; relative to the case file, in its folder or "
                  "below unless --allow-outside is given",
       .default_text = "the built-in table, data/referral.toml",
       .used = !self.muscle.empty(),
       .when = "muscle is given"});
  visit("side", self.side,
        {.meaning = "side of the body, for pictures", .used = !self.muscle.empty(), .when = "muscle is given"});
  describe_nociceptor(self, visit);
  visit("reference_volume", self.reference_volume,
        {.unit = "mm^3",
         .lowest = 0.0,
         .highest = 1e9,
         .meaning = "nociception of the muscle is the mean over this much of its worst tissue",
         .source = "calibrated: docs/model.md 11.1"});
  describe_cord(self, visit);
  describe_referral(self, visit);
  visit("emg_amplitude", self.emg_amplitude,
        {.unit = "uV",
         .lowest = 0.0,
         .highest = 1e6,
         .meaning = "amplitude of spontaneous electrical activity per unit of excess acetylcholine",
         .source = "calibrated: docs/model.md 11.1, end-plate noise of 10-50 uV (Simons 2001)"});
  visit("emg_reach", self.emg_reach,
        {.unit = "mm",
         .lowest = 1e-3,
         .highest = 1e3,
         .meaning = "distance from its source at which the amplitude has fallen to 1/e",
         .source = "calibrated: a nidus of 1-2 mm (Hubbard & Berkoff 1993, Spine 18:1803)"});
}

template <Of<Adaptation> Self, class Visitor> void describe(Self& self, Visitor& visit) {
  visit("largest_loss", self.largest_loss,
        {.lowest = 0.0,
         .highest = 0.99,
         .meaning = "part of the strength lost in the end when pain forbids use",
         .source = "calibrated: docs/model.md 11.4"});
  visit("pain_of_largest_loss", self.pain_of_largest_loss,
        {.lowest = 1e-3,
         .highest = 10.0,
         .meaning = "pain from which the loss grows no further",
         .source = "calibrated: docs/model.md 11.4"});
  visit("time_loss", self.time_loss,
        {.unit = "day",
         .lowest = 1e-3,
         .highest = 1e5,
         .meaning = "time constant of losing strength",
         .source = "calibrated: docs/model.md 11.4, bed rest (Marusic 2021, J Appl Physiol 131:194)"});
  visit("time_gain", self.time_gain,
        {.unit = "day",
         .lowest = 1e-3,
         .highest = 1e5,
         .meaning = "time constant of regaining strength",
         .source = "calibrated: docs/model.md 11.4"});
}

}  // namespace tautband::spec
