#include "gateway/flow/incident_book.hpp"

#include <algorithm>
#include <utility>

namespace siaga::flow {
namespace {

bool lasts(IncidentKind kind) {
  return words_of(kind).lasts;
}

// When it was by the steady clock, as far as that matters.
SteadyTime steady_of(UtcTime then, Moment now) {
  milliseconds const most = IncidentBook::tell_every;
  return now.steady - std::clamp(now.utc - then, milliseconds(0), most);
}

void add(IncidentNotice& notice, std::string const& about, IncidentBook::Entry const& entry) {
  auto& report = notice.report;
  if (notice.abouts.empty()) {
    report.about = about;
    report.since = entry.since;
  } else {
    ++report.more;
    report.since = std::min(report.since, entry.since);
  }
  notice.abouts.push_back(about);
}

}  // namespace

void IncidentBook::restore(std::vector<KeptIncident> const& kept, Moment now) {
  for (auto const& one : kept) {
    if (one.told_at) {
      auto& last = tellings_[one.kind].last;
      auto const then = steady_of(*one.told_at, now);
      last = last ? std::max(*last, then) : then;
    }
    if (one.ended) continue;
    Entry entry;
    entry.detail = one.detail;
    entry.since = one.since;
    entry.last = one.last;
    entry.raised = now.steady;
    entry.seen = lasts(one.kind) ? now.steady : steady_of(one.last, now);
    entry.count = one.count;
    entry.told = one.told;
    entry.taken_up = true;
    entries_[{one.kind, one.about}] = std::move(entry);
  }
}

IncidentBook::Entry& IncidentBook::entry(IncidentKind kind, std::string& about, Moment now) {
  auto const is_kind = [&](auto const& one) { return one.first.first == kind; };
  if (!entries_.contains({kind, about}) &&
      std::ranges::count_if(entries_, is_kind) >= static_cast<std::ptrdiff_t>(abouts_max))
    about = "others";
  auto& one = entries_[{kind, about}];
  if (one.end_kept || one.count == 0) {
    one = Entry();
    one.since = now.utc;
    one.raised = now.steady;
  }
  one.last = now.utc;
  one.seen = now.steady;
  one.ended.reset();
  return one;
}

bool IncidentBook::raise(IncidentKind kind, std::string about, std::string detail, Moment now) {
  auto& one = entry(kind, about, now);
  one.detail = std::move(detail);
  if (std::exchange(one.taken_up, false) && lasts(kind)) return false;  // still the same
  ++one.count;
  ++one.unkept;
  return one.count == 1;
}

void IncidentBook::note(IncidentKind kind, std::string about, Moment now) {
  ++entry(kind, about, now).count;
}

bool IncidentBook::end(IncidentKind kind, std::string const& about, UtcTime now) {
  auto const found = entries_.find({kind, about});
  if (found == entries_.end() || found->second.ended) return false;
  found->second.ended = now;
  return true;
}

void IncidentBook::sweep(Moment now) {
  for (auto& [name, one] : entries_) {
    if (one.ended) continue;
    auto const quiet = now.steady - one.seen;
    bool const over = lasts(name.first) ? one.taken_up && quiet >= taken_up_within
                                        : one.told >= one.count && quiet >= tell_every;
    if (over) one.ended = now.utc;
  }
}

std::vector<IncidentChange> IncidentBook::unkept() const {
  std::vector<IncidentChange> changes;
  for (auto const& [name, one] : entries_) {
    bool const ends = one.ended && !one.end_kept;
    if (one.unkept == 0 && !ends) continue;
    changes.push_back({name.first, name.second, one.detail, one.since, one.last, one.unkept, ends});
  }
  return changes;
}

void IncidentBook::kept(std::vector<IncidentChange> const& changes) {
  for (auto const& change : changes) {
    auto const found = entries_.find({change.kind, change.about});
    if (found == entries_.end()) continue;
    auto& one = found->second;
    one.unkept -= std::min(one.unkept, change.times);
    if (!change.ended) continue;
    if (one.ended) {
      one.end_kept = true;
    } else {  // raised again meanwhile: to the journal that is another one
      one.since = one.last;
      one.raised = one.seen;
      one.count = one.unkept;
      one.told = 0;
    }
  }
  tidy();
}

// What is over and needs no more telling is forgotten.
void IncidentBook::tidy() {
  for (auto at = entries_.begin(); at != entries_.end();) {
    auto const& one = at->second;
    bool const end_untold = lasts(at->first.first) && one.told > 0 && !one.end_told;
    if (!one.end_kept || end_untold) {
      ++at;
      continue;
    }
    tellings_[at->first.first].missed += one.count - std::min(one.told, one.count);
    at = entries_.erase(at);
  }
}

std::optional<IncidentNotice> IncidentBook::begin_of(IncidentKind kind, SteadyTime now) const {
  auto const telling = tellings_.find(kind);
  bool const known = telling != tellings_.end();
  if (known && telling->second.last && now - *telling->second.last < tell_every) return {};
  IncidentNotice notice;
  notice.report.kind = kind;
  notice.report.count = known ? telling->second.missed : 0;
  bool ripe = false;
  for (auto at = entries_.lower_bound({kind, ""}); at != entries_.end() && at->first.first == kind;
       ++at) {
    auto const& one = at->second;
    if (one.count <= one.told || (one.ended && lasts(kind))) continue;
    ripe = ripe || now - one.raised >= gather;
    notice.report.count += one.count - one.told;
    add(notice, at->first.second, one);
  }
  if (!ripe) return {};
  return notice;
}

std::optional<IncidentNotice> IncidentBook::end_of(IncidentKind kind) const {
  if (!lasts(kind)) return {};
  IncidentNotice notice;
  notice.report.kind = kind;
  for (auto at = entries_.lower_bound({kind, ""}); at != entries_.end() && at->first.first == kind;
       ++at) {
    auto const& one = at->second;
    if (!one.ended || one.told == 0 || one.end_told) continue;
    add(notice, at->first.second, one);
    auto& ended = notice.report.ended;
    ended = ended ? std::max(*ended, *one.ended) : *one.ended;
  }
  if (notice.abouts.empty()) return {};
  return notice;
}

std::vector<IncidentNotice> IncidentBook::untold(SteadyTime now) const {
  std::vector<IncidentNotice> notices;
  for (std::size_t i = 0; i < all_words<IncidentKind>().size(); ++i) {
    auto const kind = static_cast<IncidentKind>(i);
    if (auto over = end_of(kind)) notices.push_back(std::move(*over));
    if (auto begun = begin_of(kind, now)) notices.push_back(std::move(*begun));
  }
  return notices;
}

void IncidentBook::told(std::vector<IncidentNotice> const& notices, SteadyTime now) {
  for (auto const& notice : notices) {
    auto const kind = notice.report.kind;
    bool const over = notice.report.ended.has_value();
    if (!over) tellings_[kind] = Telling{now, 0};
    for (auto const& about : notice.abouts) {
      auto const found = entries_.find({kind, about});
      if (found == entries_.end()) continue;
      if (!over) found->second.told = found->second.count;
      found->second.end_told = over && found->second.ended;
    }
  }
  tidy();
}

std::vector<std::pair<IncidentBook::Name, IncidentBook::Entry>> IncidentBook::lasting() const {
  std::vector<std::pair<Name, Entry>> open;
  for (auto const& [name, one] : entries_)
    if (lasts(name.first) && !one.ended) open.emplace_back(name, one);
  return open;
}

}  // namespace siaga::flow
