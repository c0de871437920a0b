// Refusals: records a refused message, even if the store must be waited for, and counts decisions.
//
// Place:  intake, answer intake -> REFUSALS -> Journal::reject -> announcer.
// Thread: core only.
// Errors: when the journal fails, this waits.
#pragma once

#include "gateway/flow/announcer.hpp"
#include "gateway/flow/incidents.hpp"

namespace siaga::flow {

class Refusals {
 public:
  struct Context {
    Clock& clock;
    Journal& journal;
    StorageWatch& storage;
    Announcer& announcer;
    Incidents& incidents;
  };
  explicit Refusals(Context context) : context_(context) {}

  boost::asio::awaitable<void> reject(InboxId from, AgencyId agency, Rejection why);
  // Counted and told as the journal decided: the same bytes again are no news.
  void decided(AgencyId const& agency, Accepted const& answer);

  std::uint64_t rejected() const noexcept { return rejected_; }
  std::uint64_t incidents() const noexcept { return incidents_; }

 private:
  Context context_;
  std::uint64_t rejected_ = 0;
  std::uint64_t incidents_ = 0;
};

}  // namespace siaga::flow
