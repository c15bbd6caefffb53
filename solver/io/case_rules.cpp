#include "io/case_rules.hpp"

#include "base/units.hpp"
#include "io/map_rules.hpp"
#include "io/network_rules.hpp"
#include "io/referral_table.hpp"
#include "laws/registry.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace tautband {
namespace {

using Keys = std::vector<std::string>;

class Rules {
 public:
  Rules(const spec::Case& values, CaseReading& reading) : case_(values), reading_(reading) {}

  void time();
  void curves();
  void regions();
  void boundaries();
  void prestretch();
  void pain();
  void chemistry();
  void events();
  void point();
  void network();
  void rest();
  void report(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) require(false, fault.keys, fault.message);
  }

 private:
  /// Reports `message` at the first of `keys`, unless one of them could not be read.
  void require(bool good, const Keys& keys, const std::string& message) {
    if (good || std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return reading_.failed.count(key) > 0; }))
      return;
    reading_.problems.add(find_place(reading_.places, keys.front()), message);
  }
  bool given(const std::string& key) const { return reading_.places.count(key) > 0; }
  void unit_vector(const std::array<double, 3>& v, const std::string& key);
  void distinct_names(const std::string& list, const Names& names);
  void moves_once(std::size_t i, std::size_t j);
  void moves_with(const spec::Event& event, const std::string& path);

  const spec::Case& case_;
  CaseReading& reading_;
};

/// Names become keys, columns and file parts.
bool plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
}

void Rules::unit_vector(const std::array<double, 3>& v, const std::string& key) {
  constexpr double tolerance = 1e-6;  // that of the mesh's fibres
  const double length = std::hypot(v[0], v[1], v[2]);
  require(std::abs(length - 1.0) <= tolerance, {key}, "not a unit vector: its length is " + format_number(length));
}

void Rules::distinct_names(const std::string& list, const Names& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string key = list + "." + std::to_string(i) + ".name";
    const bool first =
        std::find(names.begin(), names.end(), names[i]) == names.begin() + static_cast<std::ptrdiff_t>(i);
    require(first || names[i].empty(), {key}, "a second [[" + list + "]] called " + in_quotes(names[i]));
  }
}

void Rules::time() {
  require(!given("time") || !case_.mesh.file.empty() || reading_.failed.count("mesh.file") > 0, {"time"},
          "[time] is of no use without [mesh]: [point] has its own times");
  const spec::Time& t = case_.time;
  require(
      t.end > t.start, {"time.end", "time.start"},
      "the run ends at " + format_quantity(t.end, "s") + ", not after its start at " + format_quantity(t.start, "s"));
  require(t.shortest_step <= t.step, {"time.shortest_step", "time.step"}, "\"shortest_step\" is longer than \"step\"");
  require(t.longest_step >= t.step, {"time.longest_step", "time.step"}, "\"longest_step\" is shorter than \"step\"");
}

void Rules::curves() {
  Names names;
  for (const auto& [name, curve] : case_.curves) {
    names.push_back(name);
    const std::string path = "curve." + name;
    require(plain_name(name), {path}, "the name " + in_quotes(name) + " may only have letters, digits, _ and -");
    const std::string fault = curve_fault(curve);
    require(fault.empty(), {path, path + ".kind", path + ".times", path + ".values", path + ".start", path + ".end"},
            "curve " + in_quotes(name) + ": " + fault);
    require(reading_.curves_named.count(name) > 0, {path}, "nothing uses the curve " + in_quotes(name));
  }
  for (const auto& [name, place] : reading_.curves_named)
    if (case_.curves.count(name) == 0)
      reading_.problems.add(place, "there is no [curve." + name + "]" + did_you_mean(name, names) +
                                       " (curves: " + list_names(names) + ")");
}

void Rules::regions() {
  Names names;
  for (std::size_t i = 0; i < case_.regions.size(); ++i) {
    const spec::Region& region = case_.regions[i];
    const std::string path = "region." + std::to_string(i);
    names.push_back(region.name);
    if (region.fibre) unit_vector(*region.fibre, path + ".fibre");
    require(!region.fibre || region.fibre_array.empty(), {path + ".fibre_array", path + ".fibre"},
            "\"fibre\" and \"fibre_array\" exclude each other");
    const LawInfo* law = find_law(region.law);
    if (!law) continue;
    require(law->reduced || region.tangent != spec::TangentForm::reduced, {path + ".tangent"},
            "the law " + region.law + " has no reduced tangent");
    require(law->fibre || region.active != spec::Active::none || region.activation == spec::Field{},
            {path + ".activation", path + ".active"},
            "\"activation\" has no use here: " + region.law + " has no active part and \"active\" is none");
  }
  distinct_names("region", names);
}

void Rules::moves_once(std::size_t i, std::size_t j) {
  const spec::Boundary &a = case_.boundaries[i], &b = case_.boundaries[j];
  if (a.set != b.set || a.kind != spec::BoundaryKind::displacement || b.kind != a.kind) return;
  for (const char component : a.components)
    require(
        b.components.find(component) == std::string::npos, {"boundary." + std::to_string(j)},
        "the " + std::string(1, component) + " displacement of the set " + in_quotes(a.set) + " is already prescribed");
}

void Rules::boundaries() {
  for (std::size_t j = 0; j < case_.boundaries.size(); ++j) {
    std::string components = case_.boundaries[j].components;
    std::sort(components.begin(), components.end());
    const bool doubled = std::adjacent_find(components.begin(), components.end()) != components.end();
    require(!components.empty() && !doubled && components.find_first_not_of("xyz") == std::string::npos,
            {"boundary." + std::to_string(j) + ".components"}, "\"components\" lists some of x, y, z, each once");
    for (std::size_t i = 0; i < j; ++i) moves_once(i, j);
  }
}

void Rules::prestretch() {
  const bool present = given("prestretch");
  bool used = false;
  for (std::size_t i = 0; i < case_.boundaries.size(); ++i) {
    used = used || case_.boundaries[i].prestretch;
    require(present || !case_.boundaries[i].prestretch, {"boundary." + std::to_string(i) + ".prestretch"},
            "the case has no [prestretch]");
  }
  if (!present) return;
  require(used, {"prestretch"}, "no boundary is moved by [prestretch]: give one of them prestretch = true");
  unit_vector(case_.prestretch.axis, "prestretch.axis");
  require(case_.time.start <= -case_.prestretch.duration, {"time.start", "prestretch.duration"},
          "the run has to start at -prestretch.duration or before");
}

/// A stretch needs boundaries on its set that prescribe every component it moves.
void Rules::moves_with(const spec::Event& event, const std::string& path) {
  unit_vector(event.direction, path + ".direction");
  bool found = false;
  std::array<bool, 3> moved{false, false, false};
  for (const spec::Boundary& boundary : case_.boundaries) {
    const bool displacement = boundary.kind == spec::BoundaryKind::displacement;
    if (boundary.set != event.set || (!displacement && boundary.kind != spec::BoundaryKind::spring)) continue;
    found = true;
    for (std::size_t i = 0; i < 3; ++i)
      moved[i] = moved[i] ||
                 (displacement ? boundary.components.find("xyz"[i]) != std::string::npos : boundary.stiffness[i] > 0.0);
  }
  require(found, {path + ".set"},
          "no [[boundary]] of kind displacement or spring is on the set " + in_quotes(event.set));
  for (std::size_t i = 0; found && i < 3; ++i)
    require(moved[i] || event.direction[i] == 0.0, {path + ".direction", path + ".set"},
            "no [[boundary]] on the set " + in_quotes(event.set) + " holds its " + std::string(1, "xyz"[i]) +
                " displacement");
}

void Rules::events() {
  for (std::size_t i = 0; i < case_.events.size(); ++i) {
    const spec::Event& event = case_.events[i];
    const std::string path = "event." + std::to_string(i);
    if (reading_.failed.count(path + ".kind") > 0) continue;
    const std::string fault = spec::event_fault(event);
    require(fault.empty(), {path, path + ".duration", path + ".ramp", path + ".repeats", path + ".interval"}, fault);
    require(spec::is_mechanical(event.kind) || case_.physiology.active, {path + ".kind"},
            "it has nothing to act on: the case has no physiology, such as [motor_pool]");
    const bool chemical = event.kind == spec::EventKind::needling || event.kind == spec::EventKind::statin ||
                          event.kind == spec::EventKind::mitochondria;
    require(!chemical || !case_.physiology.active || case_.physiology.chemistry.active, {path + ".kind"},
            "it has nothing to act on: the case has no [chemistry]");
    require(event.kind != spec::EventKind::needling || event.start > case_.time.start, {path + ".start", "time.start"},
            "a needling has to come after the start of the run, at " + format_quantity(case_.time.start, "s"));
    const bool meshless = case_.mesh.file.empty();
    if (event.kind == spec::EventKind::stretch && !meshless) moves_with(event, path);
  }
}

void Rules::chemistry() {
  if (case_.physiology.chemistry.active) return;
  for (const char* section : {"contracture", "diffusion", "latent_point.0", "pain", "adaptation"}) {
    const std::string_view path = section;
    const std::string name(path.substr(0, path.find('.')));
    require(!given(section), {section}, "[" + name + "] has no use without [chemistry]");
  }
}

void Rules::pain() {
  const spec::Pain& pain = case_.physiology.pain;
  if (pain.muscle.empty() || reading_.failed.count("pain.referral_file") > 0) return;  // a table out of reach
  const std::string fault = muscle_fault(referral_table_of(pain), pain.muscle);
  require(fault.empty(), {"pain.muscle", "pain.referral_file"}, fault);
}

void Rules::point() {
  const spec::Point& point = case_.point;
  if (!point.active) return;
  const spec::PointUses uses(point.protocol);
  Names regions;
  for (const spec::Region& region : case_.regions) regions.push_back(region.name);
  require(point.region.empty() || std::find(regions.begin(), regions.end(), point.region) != regions.end(),
          {"point.region", "region"},
          "there is no [[region]] called " + in_quotes(point.region) + did_you_mean(point.region, regions) +
              " (regions: " + list_names(regions) + ")");
  require(point.duration / point.sample_step < 1e7, {"point.sample_step", "point.duration"},
          "more than ten million rows: \"sample_step\" is too short for \"duration\"");
  require(!uses.isometric || !point.stretches.empty(), {"point.stretches"}, "\"stretches\" is empty");
  require(!uses.isokinetic || !point.rates.empty(), {"point.rates"}, "\"rates\" is empty");
  require(!uses.excited || point.offset > point.onset, {"point.offset", "point.onset"},
          "the excitation ends before it starts");
  const bool moves = uses.ramp || uses.release;
  require(!moves || point.stretch_end != point.stretch, {"point.stretch_end", "point.stretch"},
          "\"stretch_end\" is where the movement begins");
  const double movement =
      uses.ramp ? std::abs(point.stretch_end - point.stretch) / point.rate : (uses.release ? point.sample_step : 0.0);
  require(uses.isokinetic || point.start + movement <= point.duration,
          {"point.duration", "point.start", "point.rate", "point.stretch_end", "point.stretch"},
          "the trial ends at " + format_quantity(point.duration, "s") +
              ", before the movement or stimulation does at " + format_quantity(point.start + movement, "s"));
  require(uses.isokinetic || point.sample_step <= point.duration, {"point.sample_step", "point.duration"},
          "\"sample_step\" is longer than \"duration\"");
}

void Rules::network() {
  for (const NetworkFault& fault : network_faults(case_)) require(false, {fault.key}, fault.message);
}

void Rules::rest() {
  Names probes;
  for (std::size_t i = 0; i < case_.probes.size(); ++i) {
    const std::string& name = case_.probes[i].name;
    probes.push_back(name);
    require(plain_name(name), {"probe." + std::to_string(i) + ".name"},
            "the name " + in_quotes(name) + " may only have letters, digits, _ and -");
  }
  distinct_names("probe", probes);
  const spec::Mechanics& mechanics = case_.mechanics;
  require(mechanics.krylov_tolerance <= mechanics.krylov_first,
          {"mechanics.krylov_tolerance", "mechanics.krylov_first"},
          "\"krylov_tolerance\" is looser than \"krylov_first\"");
  const spec::MotorPool& pool = case_.physiology.motor_pool;
  require(pool.threshold_first <= pool.threshold_last, {"motor_pool.threshold_first", "motor_pool.threshold_last"},
          "the first unit is recruited after the last");
  for (std::size_t i = 0; i < case_.physiology.misfires.size(); ++i) {
    const std::string path = "misfire." + std::to_string(i);
    const spec::Misfire& misfire = case_.physiology.misfires[i];
    require(misfire.end > misfire.start, {path + ".end", path + ".start"}, "the misfire ends before it starts");
  }
}

}  // namespace

spec::Place find_place(const std::map<std::string, spec::Place>& places, std::string path) {
  while (true) {
    if (const auto found = places.find(path); found != places.end()) return found->second;
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) return {};
    path.resize(dot);
  }
}

void resolve_defaults(spec::Case& values, const CaseReading& reading) {
  values.physiology.chemistry.active = reading.places.count("chemistry") > 0;
  values.physiology.trigger_point.active = reading.places.count("trigger_point") > 0;
  const bool without_space =
      values.map.active || (values.point.active && values.point.protocol == spec::Protocol::trigger_point);
  if (without_space && values.mesh.file.empty()) {  // it is their case: all of their numbers are told
    values.physiology.active = true;
    values.physiology.chemistry.active = true;
    values.physiology.trigger_point.active = true;
  }
  spec::Time& time = values.time;
  if (reading.places.count("time.longest_step") == 0) time.longest_step = time.step;
  if (reading.places.count("time.start") == 0 && reading.places.count("prestretch") > 0)
    time.start = -values.prestretch.duration;
}

void check_rules(const spec::Case& values, CaseReading& reading) {
  Rules rules(values, reading);
  rules.time();
  rules.curves();
  rules.regions();
  rules.boundaries();
  rules.prestretch();
  rules.pain();
  rules.chemistry();
  rules.events();
  rules.point();
  rules.report(map_faults(values));
  rules.network();
  rules.rest();
}

}  // namespace tautband
