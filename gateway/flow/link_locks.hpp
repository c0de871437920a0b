// LinkLocks: locks a link for a quarter of an hour when too many codes at it were wrong.
//
// Place:  link desk -> LINK LOCKS -> Journal::lock_link, unlock_link, incidents.
// Thread: core only. run() writes locks that begin and end; when the store fails, it waits.
// Time:   a lock ends by steady time; after a restart, when its UTC end has come.
// Durable: each lock, soon after it began. Later tries are counted in memory and written with its
//         end; after a crash the total is the count at its begin.
#pragma once

#include <map>

#include "gateway/async/event.hpp"
#include "gateway/flow/storage_watch.hpp"
#include "gateway/ports/clock.hpp"
#include "gateway/ports/incidents.hpp"
#include "gateway/ports/journal.hpp"

namespace siaga::flow {

class LinkLocks {
 public:
  struct Context {
    boost::asio::any_io_executor executor;
    Clock& clock;
    Journal& journal;
    StorageWatch& storage;
    IncidentSink& incidents;
  };
  explicit LinkLocks(Context context);

  boost::asio::awaitable<Result<void>> restore();
  boost::asio::awaitable<void> run();
  void stop();

  void lock(Delivery const& delivery, std::int64_t wrong);
  // Until when; nothing when the link is not locked.
  std::optional<UtcTime> until(DeliveryId link) const;
  void count(DeliveryId link);  // one more wrong code, at a locked link
  // The right code of a locked link, so that the store need not be asked again; empty = not known.
  std::string code_of(DeliveryId link) const;
  void note_code(DeliveryId link, std::string code);

  static constexpr std::chrono::minutes lasts{15};

 private:
  struct Locked {
    LinkLock lock;
    SteadyTime until{};
    std::string code;
    bool written = false;  // its beginning
    bool ending = false;   // its end is being written: codes are taken again
  };
  boost::asio::awaitable<bool> write_begun();
  boost::asio::awaitable<bool> write_ended();
  SteadyTime next_end() const;

  Context context_;
  Event changed_;
  std::map<DeliveryId, Locked> locked_;
  bool stopping_ = false;
};

}  // namespace siaga::flow
