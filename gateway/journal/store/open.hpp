// open_store: the journal and the inbox over one store and the one thread that writes it; and the
// store for those who only ask. This is the one place that chooses the engine.
//
// Place:  app -> OPEN STORE -> Journal& and Inbox& for flow and mqtt.
// Thread: open and close on core; see ports/journal.hpp and ports/inbox.hpp for the rest.
// Errors: storage_corrupt, storage_failed, storage_full, with the file's path and what to do;
//         file_unreadable for the key file of the program before.
// Durable: WAL, synchronous=FULL; at open the schema is migrated and the store's keys are made.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "gateway/journal/changes/transaction.hpp"
#include "gateway/journal/history/history.hpp"
#include "gateway/ports/inbox.hpp"
#include "gateway/ports/journal.hpp"

namespace siaga::journal {

struct StoreSettings : ChangeSettings {
  std::string data_dir;              // created when missing, mode 0700
  std::size_t batch_jobs_max = 512;  // of one group commit
  milliseconds decision_within{2};   // a message's commit waits for what intake decides about it
  // Commits that followed each other at once; from then on recordings wait for an urgent job.
  int busy_after = 8;
  milliseconds company_within{1};
  // Below it new alerts are refused; answers are recorded down to a quarter of it.
  std::uint64_t free_bytes_min = 16u << 20;
  // For tests: called on the store thread at "begin", "before-commit" and "after-commit".
  std::function<void(char const*)> probe;
};

// What answer links are made and read with.
struct LinkKeys {
  std::string store;  // the store's own id
  std::string key;
  // Of links that the program before mailed, which name no later delivery than this; empty = none.
  std::string older_key;
  DeliveryId older_last;
};

class Store {
 public:
  virtual ~Store() = default;  // finishes what was queued, then closes
  virtual Journal& journal() = 0;
  virtual Inbox& inbox() = 0;
  virtual LinkKeys const& link_keys() const = 0;
  // Claims of the process before us become planned again, marked possible_duplicate. Once, at
  // start.
  virtual Result<std::size_t> reopen_claims(Moment now) = 0;
};

Result<std::unique_ptr<Store>> open_store(boost::asio::any_io_executor core,
                                          StoreSettings settings);

// For people who ask, with the gateway up or down. Errors: file_unreadable (no store yet: says
// which path), storage_corrupt, storage_failed.
Result<std::unique_ptr<History>> open_history(std::string const& data_dir);

// Ops say that an older copy of the store is the one that counts now; whether a gateway runs or
// not. Which newer checkpoint was accepted. Errors: not_found when no rollback stands.
Result<std::string> accept_rollback(std::string const& data_dir);

}  // namespace siaga::journal
