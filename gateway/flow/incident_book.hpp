// IncidentBook: which incidents are open, how often each was raised, which of them the journal does
// not have yet, and which ops have not heard of.
//
// Place:  flow/incidents asks it and writes what it says; the journal keeps it.
// Thread: core only; sans-io, time is handed in.
// Rules:  an incident that lasts is open until it is ended. Others are open while they recur, and
//         end after a quarter of an hour without. Ops get one message for each kind in a quarter of
//         an hour; further ones are counted in the next message. If ops heard of an incident, they
//         hear of its end at once. An incident that was open before a restart ends when nobody has
//         raised it within 90 s, since every watcher has looked by then.
// Bounds: at most `abouts_max` open incidents of a kind; further ones count as one, about "others".
// See:    tests/flow/incident_book_test.cpp.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "gateway/ports/incident_journal.hpp"

namespace siaga::flow {

struct IncidentNotice {
  IncidentReport report;
  std::vector<std::string> abouts;  // all it tells of
};

class IncidentBook {
 public:
  static constexpr std::chrono::minutes tell_every{15};
  static constexpr std::chrono::seconds gather{2};  // what breaks together is told together
  static constexpr std::chrono::seconds taken_up_within{90};
  static constexpr std::size_t abouts_max = 32;

  struct Entry {
    std::string detail;
    UtcTime since{}, last{};
    SteadyTime raised{}, seen{};  // first and last time
    std::size_t count = 0;
    std::size_t unkept = 0;  // of these the journal does not know yet
    std::size_t told = 0;    // of these ops know
    std::optional<UtcTime> ended;
    bool end_kept = false;
    bool end_told = false;
    bool taken_up = false;  // from before the restart, and nobody has raised it since
  };
  using Name = std::pair<IncidentKind, std::string>;

  void restore(std::vector<KeptIncident> const& kept, Moment now);
  // False: it went on already.
  bool raise(IncidentKind kind, std::string about, std::string detail, Moment now);
  void note(IncidentKind kind, std::string about, Moment now);         // the journal has counted it
  bool end(IncidentKind kind, std::string const& about, UtcTime now);  // false: it was not open
  void sweep(Moment now);

  std::vector<IncidentChange> unkept() const;
  void kept(std::vector<IncidentChange> const& changes);
  std::vector<IncidentNotice> untold(SteadyTime now) const;
  void told(std::vector<IncidentNotice> const& notices, SteadyTime now);

  // Those that last and have not ended.
  std::vector<std::pair<Name, Entry>> lasting() const;

 private:
  struct Telling {
    std::optional<SteadyTime> last;
    std::size_t missed = 0;  // raised and over before they could be told
  };
  Entry& entry(IncidentKind kind, std::string& about, Moment now);
  std::optional<IncidentNotice> begin_of(IncidentKind kind, SteadyTime now) const;
  std::optional<IncidentNotice> end_of(IncidentKind kind) const;
  void tidy();

  std::map<Name, Entry> entries_;
  std::map<IncidentKind, Telling> tellings_;
};

}  // namespace siaga::flow
