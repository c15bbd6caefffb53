#include "app/physiology_record.hpp"

#include "fem/field_range.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace tautband {
namespace {

void add_mean_and_max(const std::vector<double>& values, std::vector<double>& row) {
  double sum = 0.0, most = 0.0;
  for (double v : values) {
    sum += v;
    most = std::max(most, v);
  }
  row.push_back(values.empty() ? 0.0 : sum / static_cast<double>(values.size()));
  row.push_back(most);
}

}  // namespace

PhysiologyRecord::PhysiologyRecord(Physiology& physiology, const MuscleState& state, const LocalMesh& mesh,
                                   const Geometry& geometry, const std::vector<RegionBatches>& muscle)
    : physiology_(physiology), state_(state), mesh_(mesh), geometry_(geometry), muscle_(muscle) {}

std::vector<PhysiologyRecord::ChemistryField> PhysiologyRecord::chemistry_fields() const {
  const ChemistryStage* stage = physiology_.chemistry();
  if (!stage) return {};
  const ChemistryState& state = physiology_.chemistry_state();
  return {{"calcium", "umol/L", "calcium at the end plates", state.calcium, false},
          {"energy", "1", "energy index", state.energy, true},
          {"acetylcholine", "1", "excess acetylcholine", state.acetylcholine, false},
          {"contracture_memory", "1", "contracture memory", state.memory, false},
          {"contracture_activation", "1", "contracture activation", state_.contracture_activation, false},
          {"capillary_pressure", "Pa", "pressure on capillaries", stage->capillary_pressure(), false},
          {"perfusion", "1", "perfusion factor", stage->perfusion(), true},
          {"oxygen", "mmHg", "oxygen partial pressure", stage->oxygen(), true},
          {"acid", "1", "acid load: pH units below 7.1", stage->acid(), false},
          {"sensitiser", "1", "sensitising substances", stage->sensitiser(), false},
          {"nociceptor_activity", "1", "activity of nociceptors", stage->nociception(), false}};
}

std::vector<HistoryColumn> PhysiologyRecord::columns() const {
  std::vector<HistoryColumn> all;
  ReflexArc& arc = physiology_.arc();
  for (const char* name : {"drive_mean", "drive_max"})
    all.push_back({name, "1", "drive of the motor pool, fraction of MVC"});
  for (int i = 0; i < arc.units(); ++i)
    all.push_back({fmt::format("excitation_{}", i), "1", "excitation of a motor unit"});
  for (const char* name : {"afferent_rate_mean", "afferent_rate_max"})
    all.push_back({name, "1/s", "firing rate of spindle afferents"});
  for (const char* name : {"activation_fast", "activation_slow"})
    all.push_back({name, "1", "mean activation by one form of the reflex when both were last compared"});
  for (int i = 0; i < arc.spindles(); ++i)
    all.push_back({fmt::format("afferent_{}", i), "1/s", "firing rate of a spindle", false});
  if (physiology_.chemistry()) {
    for (const ChemistryField& f : chemistry_fields())
      all.push_back({fmt::format("{}_{}", f.name, f.lowest ? "min" : "max"), f.unit,
                     fmt::format("{}, {}", f.long_name, f.lowest ? "lowest" : "largest")});
    all.push_back({"contracted_volume", "m^3", "volume with a contracture activation above one half"});
    for (const PainStage::Reported& r : physiology_.pain()->report(physiology_.nervous()))
      all.push_back({r.name, r.unit, r.long_name});
  }
  return all;
}

std::vector<double> PhysiologyRecord::row() {
  std::vector<double> r;
  const ReflexStage::Report& report = physiology_.arc().report();
  add_mean_and_max(report.drive, r);
  r.insert(r.end(), report.excitation.begin(), report.excitation.end());
  add_mean_and_max(report.afferent_rate, r);
  r.insert(r.end(), {physiology_.arc().check().fast, physiology_.arc().check().slow});
  r.insert(r.end(), report.afferent_rate.begin(), report.afferent_rate.end());
  if (physiology_.chemistry()) {
    for (const ChemistryField& f : chemistry_fields()) {
      const FieldRange range = field_range(mesh_, geometry_, muscle_, f.values);
      r.push_back(f.lowest ? range.lowest : range.highest);
    }
    r.push_back(volume_above(mesh_, geometry_, muscle_, state_.contracture_activation, 0.5));
    for (const PainStage::Reported& said : physiology_.pain()->report(physiology_.nervous())) r.push_back(said.value);
  }
  return r;
}

std::vector<ResultField> PhysiologyRecord::fields() const {
  std::vector<ResultField> all{{"end_plate", 1, "1", "end-plate zone", Centre::point, false, Stored::real},
                               {"territory", 1, "1", "strongest motor unit", Centre::point, false, Stored::integer}};
  for (const ChemistryField& f : chemistry_fields())
    all.push_back({f.name, 1, f.unit, f.long_name, Centre::point, true, Stored::real});
  return all;
}

void PhysiologyRecord::write_static(ResultFile& result, NodalAverage& average) const {
  result.write("end_plate", average(physiology_.end_plate()));
  result.write("territory", physiology_.arc().territories().strongest);
}

void PhysiologyRecord::write(ResultFile& result, NodalAverage& average) const {
  for (const ChemistryField& f : chemistry_fields()) result.write(f.name, average(f.values));
}

}  // namespace tautband
